"""The Dash app: stock Dash with Dash Pages, on the same Flask server as the old pages, below a path of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dash import Dash, dcc, html, page_container
from flask import Flask, request
from markupsafe import Markup

from dashboard.frames import House
from dashboard.live import Live
from dashboard.pages import PAGES
from dashboard.second.components.raw_html import RawHtml
from dashboard.second.context import current_house
from dashboard.second.pages import overview
from dashboard.second.templating import PageText, render

PREFIX = "/next/"
ASSETS = Path(__file__).resolve().parents[2] / "assets" / "second"
# run before anything is painted, so it is named in the head
EARLY = "early.js"
# how wide a window is too narrow for two columns and names on the map, as in the style sheet
NARROW = "(max-width: 700px)"
OVERVIEW_PAGE = "overview"
SCRIPT = re.compile(r'src="([^"]+)"')
# in the name of a file of Dash's
VERSION = re.compile(r"\.v\w+\.js$|\.v\w+m\d+\.")
# what Dash asks for by itself once there is a graph on the page
LATER = ("_dash-component-suites/dash/dcc/async-graph.js",)
# but for that of the whole, by which the script takes it away
IDS = re.compile(r' id="(?!first")[^"]*"')


@dataclass(frozen=True)
class Files:
    """Addresses of what pages load beside Dash's own: the style sheet, Plotly, the fonts and boundaries of the first
    paint, the icon."""

    styles: str
    plotly: str
    fonts: Sequence[str]
    boundaries: Sequence[str]
    icon: str


class SecondApp(Dash):
    """Dash whose document says title, key figures and headlines as text, before any script has run."""

    def __init__(self, files: Files, **settings: object) -> None:
        self.files = files
        super().__init__(__name__, **settings)  # type: ignore[arg-type]

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document of the page that is asked for."""
        house, prefix = current_house(), str(self.config.requests_pathname_prefix)
        first = ""
        if request.path == self.config.routes_pathname_prefix:
            query = request.query_string.decode("utf-8", "replace")
            around = {"header": header(house, prefix), "footer": footer(house)}
            first = without_ids(overview.first_text(query, **around))
        return render(
            "index",
            house.words,
            parts={name: Markup(part) for name, part in parts.items()},
            first=Markup(first),
            narrow=NARROW,
            early=f"{self.get_asset_url(EARLY)}?m={(ASSETS / EARLY).stat().st_mtime}",
            graph=prefix + LATER[0],
            asked_first=[prefix + "_dash-layout", prefix + "_dash-dependencies"],
            **vars(self.files),
        )


def without_ids(markup: str) -> str:
    """HTML whose elements have no ids, for they stand again in what Dash makes."""
    return IDS.sub("", markup)


def header(house: House, home: str) -> str:
    """Brand, the pages, what can be done with this one. `home` is the address of the overview."""
    words = house.words
    links = [
        (home if page.id == OVERVIEW_PAGE else page.path, words(f"page.{page.id}.name"), page.id == OVERVIEW_PAGE)
        for page in PAGES
        if page.is_in_navigation
    ]
    return render("header", words, links=links, home=home)


def footer(house: House) -> str:
    """When the data was collected, all sources, whose boundaries."""
    page = PageText(house.words, {}, 0)
    return page.render("footer", collected=house.dataset.about.collected.isoformat())


def _layout(prefix: str) -> html.Div:
    """What stands on every page."""
    house = current_house()
    words = house.words
    said = {"data-copied": words("action.copied"), "data-failed": words("action.copy_failed")}
    attributes = " ".join(Markup('{}="{}"').format(name, text) for name, text in said.items())
    return html.Div(
        [
            html.A(words("app.skip"), href="#figures", className="skip"),
            RawHtml(header(house, prefix), tag="header", className="top"),
            page_container,
            # beside what it fills: a page that brought it along would have its callback run at once
            dcc.Store(id="sources-of", data=""),
            RawHtml(footer(house), tag="footer", className="foot"),
            html.Dialog(
                [
                    RawHtml(render("sources_head", words), tag="header"),
                    RawHtml(id="sources-list"),
                ],
                id="sources",
                **{"aria-labelledby": "sources-title"},
            ),
            RawHtml(f'<span id="toast" role="status" {attributes}></span>', className="toast"),
            RawHtml(id="announcement", className="unseen", attributes={"role": "status"}),
        ],
        className="app page-overview",
    )


def add_second_app(
    server: Flask, live: Live, files: Files, *, prefix: str = PREFIX, outer_prefix: str | None = None
) -> SecondApp:
    """Puts the app on a server, below `prefix`; `outer_prefix` is what browsers ask for, where a proxy in front adds
    to it.

    Has to be called before the first request, after everything that refuses requests.
    """
    words = live.house.words
    app = SecondApp(
        files,
        server=server,
        use_pages=True,
        pages_folder="",
        routes_pathname_prefix=prefix,
        requests_pathname_prefix=outer_prefix or prefix,
        assets_folder=str(ASSETS),
        assets_ignore=EARLY.replace(".", r"\."),
        title=words("page.overview.title"),
        # Dash looks for the page of a document by its whole path, so below a prefix it finds none
        include_pages_meta=False,
        update_title=None,
        # each page has only some of the elements that callbacks name
        suppress_callback_exceptions=True,
    )
    overview.register(app, words)
    app.layout = lambda: _layout(outer_prefix or prefix)
    return app


def finish_setup(app: SecondApp) -> list[str]:
    """Lets Dash finish what it leaves for the first request: with threads, a second one would be answered 500
    meanwhile. Gives the hashes of the lines of script that Dash writes into documents, for the security policy."""
    with app.server.test_request_context(app.config.routes_pathname_prefix):
        app.server.preprocess_request()
    return list(app.csp_hashes())


@dataclass(frozen=True)
class ServedFile:
    """A file that pages load: `is_versioned` where its address changes with its content."""

    body: bytes
    is_versioned: bool


def read_files(app: SecondApp) -> dict[str, ServedFile]:
    """What every page loads of Dash and of our script, by path, after `finish_setup`: to be compressed once. (Dash also
    learns here what it may serve, and a browser may ask one worker for a script before it ever asked it for a page.)"""
    with app.server.test_request_context(app.config.routes_pathname_prefix):
        document = app.index()
    outer, prefix = str(app.config.requests_pathname_prefix), str(app.config.routes_pathname_prefix)
    found = {}
    for address in dict.fromkeys([*SCRIPT.findall(str(document)), *(outer + each for each in LATER)]):
        path, mark, _ = address.partition("?")
        if path.startswith(outer):
            inner = prefix + path.removeprefix(outer)
            with app.server.test_request_context(inner):
                reply = app.server.make_response(app.server.dispatch_request())
            reply.direct_passthrough = False
            found[inner] = ServedFile(reply.get_data(), bool(mark) or VERSION.search(path) is not None)
    return found


def tables_of_callbacks(app: SecondApp) -> Mapping[str, Any]:
    """Dash's table of the callbacks of this app, by output."""
    table: Mapping[str, Any] = app.callback_map
    return table
