"""What is around the cards on every page: header, notices, footer, the dialog of sources."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.components.bind import choose, icon, icon_button, show, text
from dashboard.components.menu import export_menu
from dashboard.strings import Words


def header(words: Words, links: Sequence[tuple[str, str, bool]], *, has_figures: bool) -> html.Header:
    """Brand, the pages, copy link, theme. `links`: path, name, whether it is the page one is on. `has_figures`: whether
    this page can become slides."""
    brand = html.A([html.B(words("app.name")), html.Span(words("app.organisation"))], href="/", className="brand")
    acts = [
        html.Button(
            [icon("link"), html.Span(words("action.share"), className="wide")],
            type="button",
            className="button",
            title=words("action.share"),
            **{"data-copy": "", "aria-label": words("action.share")},
        ),
        export_menu(words, has_figures=has_figures),
        html.Button(
            words("stage.room"),
            type="button",
            className="button room-switch",
            title=words("stage.room_what"),
            **choose("room", "1"),
        ),
        html.A(
            [icon("play"), html.Span(words("stage.present"), className="wide")],
            href="/present",
            className="button",
            title=words("stage.present"),
            **{"aria-label": words("stage.present")},
        ),
        icon_button("theme", words("action.theme"), class_name="button icon-only", **{"data-theme-switch": ""}),
    ]
    return html.Header(
        [brand, *_navigation(words, links), _search(words), html.Div(acts, className="acts")], className="top"
    )


def _search(words: Words) -> html.Div:
    """The box that finds everything; the browser has the index and the list of finds (assets/js/70-search.js)."""
    box = dbc.Input(id="search", type="text", autocomplete="off", placeholder=words("search.placeholder"))
    return html.Div(
        [html.Label(words("search.open"), htmlFor="search", className="unseen"), box],
        className="search",
        role="search",
        **{
            "data-search": "",
            "data-search-words": "",
            "data-none": words("search.none"),
            "data-results": words("search.results", number="{number}"),
            "data-failed": words("search.failed"),
        },
    )


def _navigation(words: Words, links: Sequence[tuple[str, str, bool]]) -> list[Component]:
    """Links to the pages, each with the view one has (the browser adds the query)."""
    if not links:
        return []
    items = [
        html.A(name, href=path, **{"data-keeps-view": ""}, **({"aria-current": "page"} if is_here else {}))
        for path, name, is_here in links
    ]
    return [html.Nav(items, className="nav", **{"aria-label": words("app.pages")})]


def skip_link(words: Words) -> html.A:
    """The first thing Tab reaches: past the filters."""
    return html.A(words("app.skip"), href="#figures", className="skip")


def notices(words: Words) -> html.Div:
    """Where what was not understood is said; the browser fills it from a template."""
    return html.Div(
        id="notices",
        className="notices",
        role="status",
        **{
            "data-heading": words("notice.heading"),
            "data-dismiss": words("action.dismiss"),
            "data-failed": words("notice.failed"),
            "data-retry": words("notice.retry"),
            "data-waiting": words("connection.waiting"),
            "data-again": words("connection.again"),
            "data-newer": words("notice.newer"),
            "data-reload": words("notice.reload"),
        },
    )


def footer(words: Words, *, collected: str) -> html.Footer:
    """When the data was collected, all sources, whose boundaries."""
    left: list[Component] = [
        html.Span(words("footer.collected", date=collected)),
        html.Span(
            [" · ", html.Button(words("footer.sources"), type="button", **{"data-sources": "all"})],
            className="foot-sources",
        ),
        html.Span([" · ", html.Strong(words("footer.sample"))], **show("view.is_sample")),
    ]
    cited = html.Div(id="paper-sources", **{"data-heading": words("footer.sources")})
    return html.Footer([html.Span(left), html.Span(words("footer.boundaries")), cited], className="foot")


def paper_line(words: Words) -> html.P:
    """On paper the controls are gone: what is shown, in words."""
    return html.P(
        [html.Span(words("app.organisation")), " · ", html.Span(**text("view.summary"))], className="on-paper"
    )


def sources_dialog(words: Words) -> html.Dialog:
    """The sources of one figure, or of everything; its list is fetched when it is opened."""
    head = html.Header(
        [
            html.H2(words("sources.title"), id="sources-title"),
            icon_button("close", words("action.close"), class_name="button icon-only", **{"data-close": ""}),
        ]
    )
    return html.Dialog([head, html.Div(id="sources-list")], id="sources", **{"aria-labelledby": "sources-title"})


def toast(words: Words) -> html.Div:
    """A short word at the bottom, such as that a link was copied."""
    said = {"data-copied": words("action.copied"), "data-failed": words("action.copy_failed")}
    return html.Div(html.Span(id="toast", role="status", **said), className="toast")
