"""The Dash app: Dash Pages, and what its documents say beside what Dash writes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dash import Dash, dcc, html, page_container
from flask import Flask, request
from markupsafe import Markup

from dashboard.addresses import root
from dashboard.current import current_context, links_keep_language
from dashboard.first_text import first_text
from dashboard.link_preview import preview_of_request
from dashboard.page_list import contents_of, find_page, module_of
from dashboard.pages import PAGES, present
from dashboard.pages.shared import add_callbacks
from dashboard.strings import Catalog
from dashboard.templating import render

# parts of a font beside Latin, as the style sheet has them; a language is written in one if at least every OFTEN-th of
# its letters is of it
LETTERS = {"latin-ext": re.compile("[\u0100-\u024f]"), "cyrillic": re.compile("[\u0400-\u04ff]")}
LETTERS["arabic"] = re.compile("[\u0600-\u06ff]")
OFTEN = 500
# how wide a window is too narrow for two columns and names on the map, as in the style sheet; in the size
# of text of the browser, for larger text needs more
NARROW = "(max-width: 43.75em)"
SCRIPT = re.compile(r'src="([^"]+)"')
# where Dash has its own files and those of components
SUITES = "_dash-component-suites/"
# what Dash asks for by itself once there is a graph on the page
LATER = (SUITES + "dash/dcc/async-graph.js",)
# scripts of Dash that are left out: help for old browsers, which replaces functions by slow ones, and DataTable, which
# is on no page
UNUSED = re.compile(r'<script src="[^"]*/(?:deps/polyfill@|dash_table/)[^"]*"></script>')
# Left out of the document's config: versions, which only help an attacker, and `end_id`, which is another in each
# document and would defeat ETags and kept answers. (It is for background callbacks, and there are none.)
UNSAID = re.compile(r'"(python_version|dash_version|plotly_version|end_id)":\s*"[^"]*"')
# all ids but `first`, by which the script takes this text away
IDS = re.compile(r' id="(?!first")[^"]*"')


@dataclass(frozen=True)
class Files:
    """Addresses of what pages load beside Dash's own: the style sheet, the script, and the part of it that runs before
    anything is painted; Plotly, the fonts (by the letters that they are for) and boundaries of the first paint, the
    icon."""

    styles: str
    script: str
    early: str
    plotly: str
    fonts: Mapping[str, Sequence[str]]
    boundaries: Sequence[str]
    icon: str


class DashboardApp(Dash):
    """Dash whose document says title, key figures and headlines as text, before any script has run."""

    def __init__(self, files: Files, **settings: object) -> None:
        self.files = files
        super().__init__(__name__, **settings)  # type: ignore[arg-type]

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document of the page that is asked for."""
        context, prefix = current_context(), str(self.config.requests_pathname_prefix)
        preview = preview_of_request(request.path)
        parts["config"] = UNSAID.sub(r'"\1":null', parts["config"])
        parts["scripts"] = UNUSED.sub("", parts["scripts"])
        return render(
            "index",
            context.t,
            preview=preview,
            parts={name: Markup(part) for name, part in parts.items()},
            first=links_keep_language(without_ids(first_text(preview))) if preview else "",
            scripts=SCRIPT.findall(parts["scripts"]),
            languages=context.languages,
            root=root(),
            narrow=NARROW,
            is_stage=request.path == present.PATH,
            has_graphs=has_graphs(request.path),
            graph=prefix + LATER[0],
            asked_first=[prefix + "_dash-layout", prefix + "_dash-dependencies"],
            **vars(self.files) | {"fonts": self.first_fonts(context.t)},
        )

    def first_fonts(self, t: Catalog) -> list[str]:
        """Addresses of the fonts that the first text of a page is written in."""
        parts = letters_of(t)
        # Arabic letters have no serif, so nothing is written in one (assets/css/22-writing.css)
        if "arabic" in parts:
            return [*self.files.fonts["arabic"], *self.files.fonts["latin"][:-1]]
        return [font for part in parts for font in self.files.fonts[part]]


@cache
def letters_of(t: Catalog) -> tuple[str, ...]:
    """Which parts of a font the texts of a language are written in; a letter that is rare in them, as in a foreign
    name, is no part of it."""
    letters = "".join(t.texts.values())
    found = (part for part, span in LETTERS.items() if len(span.findall(letters)) > len(letters) / OFTEN)
    return ("latin", *found)


def has_graphs(path: str) -> bool:
    """Whether the page at a path has figures that Plotly draws; others need not load it. The stage draws by itself, and
    an embedded card says its chart in its path: both have some."""
    page, key = find_page(path) or ({}, "")
    module = module_of(str(page.get("id", "")))
    contents = contents_of(module, key)
    return contents is None or module is present or bool(contents.graphs)


def without_ids(markup: str) -> str:
    """HTML whose elements have no ids, for they stand again in what Dash makes."""
    return IDS.sub("", markup)


def _layout() -> html.Div:
    """The page of the address; beside it what its script sets for a dialog that any page can open."""
    # `sources-of` stands here and not on each page, for a store that is inserted runs its callback at once
    return html.Div([page_container, dcc.Store(id="sources-of", data="")])


def build_dash_app(server: Flask, files: Files, *, outer_prefix: str) -> DashboardApp:
    """The app on a server, with all pages; `outer_prefix` is what browsers ask for before each path, "/" or "/ipi/".

    Has to be called before the first request.
    """
    app = DashboardApp(
        files,
        server=server,
        use_pages=True,
        pages_folder="",
        routes_pathname_prefix="/",
        requests_pathname_prefix=outer_prefix,
        # ours are collected by http/static.py; Dash would list each script by itself, forty requests
        include_assets_files=False,
        external_scripts=[files.script],
        # previews of links are made by link_preview.py, with the headline of the view, which Dash does not know
        include_pages_meta=False,
        update_title=None,
        # each page has only some of the elements that callbacks name
        suppress_callback_exceptions=True,
    )
    add_callbacks(app)
    for page in PAGES:
        page.register(app)
    app.layout = _layout
    return app


def finish_setup(app: DashboardApp) -> list[str]:
    """Lets Dash finish what it leaves for the first request: with threads, a second one would be answered 500
    meanwhile. Gives the hashes of the lines of script that Dash writes into documents, for the security policy."""
    with app.server.test_request_context("/"):
        app.server.preprocess_request()
    return list(app.csp_hashes())


def read_suites(app: DashboardApp) -> dict[str, bytes]:
    """What every page loads of Dash, by path, after `finish_setup`. (Dash also learns here what it
    may serve, and a browser may ask one worker for a script before it ever asked it for a page.)"""
    with app.server.test_request_context("/"):
        document = app.index()
    outer = str(app.config.requests_pathname_prefix)
    found = {}
    for address in dict.fromkeys([*SCRIPT.findall(str(document)), *(outer + each for each in LATER)]):
        path, _, _ = address.partition("?")
        if path.startswith(outer + SUITES):
            inner = "/" + path.removeprefix(outer)
            with app.server.test_request_context(inner):
                reply = app.server.make_response(app.server.dispatch_request())
            reply.direct_passthrough = False
            found[inner] = reply.get_data()
    return found
