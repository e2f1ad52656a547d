"""Small pieces of pages about one thing."""

from __future__ import annotations

from dash import html

from dashboard.addresses import root
from dashboard.components.raw_html import RawHtml
from dashboard.strings import Catalog
from dashboard.templating import render


def back_link(label: str, path: str) -> html.A:
    """The way back to a list, as it was left."""
    return html.A(label, href=root().rstrip("/") + path, className="back", **{"data-keeps-view": ""})


def not_known(t: Catalog) -> html.Main:
    """What a page says of which there is none; the document itself says it too, with its status."""
    return html.Main(RawHtml(render("not_known", t), className="lost"))
