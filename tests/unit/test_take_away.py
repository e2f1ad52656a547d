"""What is taken away: words of the dialog with code to embed, colours of paper."""

from __future__ import annotations

from flask import Flask

from dashboard.application import create_app
from dashboard.charts.palette import palette
from dashboard.components.frame import paper_colours
from dashboard.components.menus import EMBED_SITES, embed_dialog
from dashboard.settings import Settings
from dashboard.strings import Catalog


def test_the_dialog_says_which_setting_lets_other_sites_show_a_card(t: Catalog) -> None:
    server = Flask(__name__)
    with server.app_context():
        assert "DASHBOARD_EMBED_SITES" in embed_dialog(t)
        server.config[EMBED_SITES] = ("https://a.example", "https://b.example")
        text = embed_dialog(t)
    assert "DASHBOARD_EMBED_SITES" not in text
    assert "https://a.example" in text and "https://b.example" in text


def test_the_dialog_names_the_sites_of_the_settings(t: Catalog) -> None:
    site = "https://a.example"
    server = create_app(Settings(embed_sites=site)).server
    with server.app_context():
        assert site in embed_dialog(t)


def test_each_dark_colour_of_figures_stands_for_one_of_paper() -> None:
    light, dark = palette("light"), palette("dark")
    colours = {name for name in dark if dark[name].startswith(("#", "rgba")) and dark[name] != light[name]}
    assert {name: paper_colours()[dark[name].lower()] for name in colours} == {name: light[name] for name in colours}
