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

from dashboard.live import Live
from dashboard.second.addresses import root
from dashboard.second.context import current_house
from dashboard.second.link_preview import preview_of_request
from dashboard.second.pages import PAGES, overview, present
from dashboard.second.pages.shared import add_callbacks
from dashboard.second.templating import render

PREFIX = "/next/"
ASSETS = Path(__file__).resolve().parents[2] / "assets" / "second"
# run before anything is painted, so it is named in the head
EARLY = "early.js"
# how wide a window is too narrow for two columns and names on the map, as in the style sheet
NARROW = "(max-width: 700px)"
SCRIPT = re.compile(r'src="([^"]+)"')
# in the name of a file of Dash's
VERSION = re.compile(r"\.v\w+\.js$|\.v\w+m\d+\.")
# what Dash asks for by itself once there is a graph on the page
LATER = ("_dash-component-suites/dash/dcc/async-graph.js",)
# Dash's help for old browsers replaces functions of today's by slow ones; its old table is on no page
UNUSED = re.compile(r'<script src="[^"]*/(?:deps/polyfill@|dash_table/)[^"]*"></script>')
# versions are nobody's business, and a token of each load, for callbacks in the background, which there are none of,
# would make every document and every question another
UNSAID = re.compile(r'"(python_version|dash_version|plotly_version|end_id)":\s*"[^"]*"')
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
            first = without_ids(overview.first_text(request.query_string.decode("utf-8", "replace")))
        preview = preview_of_request("/" + request.path.removeprefix(self.config.routes_pathname_prefix))
        parts["config"] = UNSAID.sub(r'"\1":null', parts["config"])
        parts["scripts"] = UNUSED.sub("", parts["scripts"])
        return render(
            "index",
            house.words,
            preview=preview,
            parts={name: Markup(part) for name, part in parts.items()},
            first=Markup(first),
            root=root(),
            narrow=NARROW,
            is_stage=request.path == str(self.config.routes_pathname_prefix) + present.PATH.lstrip("/"),
            early=f"{self.get_asset_url(EARLY)}?m={(ASSETS / EARLY).stat().st_mtime}",
            graph=prefix + LATER[0],
            asked_first=[prefix + "_dash-layout", prefix + "_dash-dependencies"],
            **vars(self.files),
        )


def without_ids(markup: str) -> str:
    """HTML whose elements have no ids, for they stand again in what Dash makes."""
    return IDS.sub("", markup)


def _layout() -> html.Div:
    """The page of the address; beside it what its script sets for a dialog that any page can open."""
    # a page that brought it along would have its callback run at once
    return html.Div([page_container, dcc.Store(id="sources-of", data="")])


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
    add_callbacks(app)
    for page in PAGES:
        page.register(app, words)
    app.layout = _layout
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
