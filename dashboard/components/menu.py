"""What can be taken away: the menu of a card, and that of the page. Native disclosure elements, so that touch,
keyboard and screen readers know them; `assets/js/75-take.js` closes them and does what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.bind import icon
from dashboard.strings import Words

# the chart whose picture goes onto a slide as the browser draws it
ON_SLIDE = "map"


def card_menu(words: Words, name: str) -> html.Details:
    """Pictures, data, links of the card `name`."""
    items = [
        _act(words("take.picture_png"), "png", **{"data-failed": words("take.picture_failed")}),
        _act(words("take.picture_svg"), "svg", **{"data-failed": words("take.picture_failed")}),
        _file(words("take.csv"), f"/export/{name}.csv"),
        _file(words("take.xlsx"), f"/export/{name}.xlsx"),
        html.Button(words("action.copy_card"), type="button", **{"data-copy": f"card-{name}"}),
        _act(words("take.embed"), f"embed/{name}", **{"data-done": words("take.embed_copied")}),
    ]
    return _menu([icon("more")], items, label=words("action.menu"), class_name="menu icon-only")


def export_menu(words: Words, *, has_figures: bool) -> html.Details:
    """The whole page: slides, where it has figures to put on them, and print."""
    slides = _act(words("take.slides"), "slides", **{"data-failed": words("take.slides_failed"), "data-of": ON_SLIDE})
    # it can be reached, so that whoever does not see it is told why, too
    none = html.Button(words("take.no_slides"), type="button", **{"aria-disabled": "true"})
    items = [slides if has_figures else none, _act(words("take.print"), "print")]
    title: list[Component | str] = [icon("down"), html.Span(words("take.label"), className="wide")]
    return _menu(title, items, label=words("take.label"), class_name="menu")


def _menu(title: Sequence[Component | str], items: Sequence[Component], *, label: str, class_name: str) -> html.Details:
    summary = html.Summary(
        title, title=label, className="button" if class_name == "menu" else "", **{"aria-label": label}
    )
    return html.Details([summary, html.Div(items, className="items")], className=class_name)


def _act(label: str, what: str, **more: Any) -> html.Button:
    return html.Button(label, type="button", **{"data-take": what, **more})


def _file(label: str, address: str) -> html.A:
    return html.A(label, href=address, download="", **{"data-keeps-view": ""})
