"""The whole application: the one place where all layers meet."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, redirect, request

from dashboard.addresses import ROOT, STATIC
from dashboard.components.header import navigation
from dashboard.components.menus import EMBED_SITES
from dashboard.current import USUAL_LANGUAGE, current_context, links_keep_language
from dashboard.dash_app import DashboardApp, Files, build_dash_app, finish_setup, read_suites
from dashboard.data import open_data
from dashboard.http import Framing, install
from dashboard.http.files import file_routes
from dashboard.http.headers import headers_of
from dashboard.http.prefix import stand_below, trust_proxies
from dashboard.http.robots import ICON_SVG
from dashboard.http.search import search_routes
from dashboard.http.slides import slide_routes
from dashboard.http.static import EARLY, SCRIPT, STYLES, StaticFiles
from dashboard.page_list import PageList
from dashboard.report.check import check_texts
from dashboard.settings import Settings
from dashboard.staff.area import StaffArea
from dashboard.staff.areas import AREAS
from dashboard.staff.guard import install_staff
from dashboard.staff.public_form import install_public_form
from dashboard.templating import render

ROOT_FOLDER = Path(__file__).resolve().parents[1]
ASSETS = ROOT_FOLDER / "assets"
# files as an earlier start compressed them
COMPRESSED = ROOT_FOLDER / "var" / "compressed"
# files that are asked for by themselves; style sheets are joined, and so are scripts but for the one in the head
SINGLE = ("fonts", "map", "previews", "vendor", EARLY)
# the icon stands in the document itself: a linked one is asked for again whenever the address changes, so at each year
ICON = "data:image/svg+xml," + quote(ICON_SVG)
BOOTSTRAP = "vendor/bootstrap.css"
PLOTLY = "vendor/plotly-cut.min.js"
# fonts of what stands on every page, by the letters that they are for, the serif last; a head names those of its
# language, and others are loaded when a letter needs them
SANS, SERIF = "fonts/ibm-plex-sans-{}-{}-normal.woff2", "fonts/source-serif-4-{}-600-normal.woff2"
FIRST_FONTS = {
    part: (*(SANS.format(part, weight) for weight in (400, 500, 600)), SERIF.format(part))
    for part in ("latin", "latin-ext", "cyrillic")
}
FIRST_FONTS["arabic"] = tuple(SANS.format("arabic-arabic", weight) for weight in (400, 500, 600))
FIRST_BOUNDARIES = ("map/world.json", "map/hatch.json")
# the rule of Dash's that answers every path with a document
ANY_PATH = "/<path:path>"


def create_app(settings: Settings) -> DashboardApp:
    """The Dash app on the data that the settings name.

    Raises BadData, with every problem, before anything is served.
    """
    data = open_data(settings)
    static = StaticFiles(settings.path)
    static.put_assets(ASSETS, SINGLE)
    static.put_styles([ASSETS / BOOTSTRAP, *sorted((ASSETS / "css").glob("*.css"))])
    static.put_scripts(path for path in sorted((ASSETS / "js").glob("*.js")) if path != ASSETS / EARLY)
    server = Flask(__name__, static_folder=None)
    server.config[ROOT] = settings.path
    server.config[EMBED_SITES] = settings.framing_sites
    server.config[USUAL_LANGUAGE] = settings.language
    server.extensions["data"] = data
    server.extensions[STATIC] = static
    app = build_dash_app(server, _files(static), outer_prefix=settings.path)
    pages = PageList(settings.path)
    hashes: list[str] = []
    install(
        server,
        settings,
        data,
        current_context=current_context,
        callbacks=app.callback_map,
        scripts=lambda: hashes,
        framings=[Framing("/embed/", settings.framing_sites)],
        blueprints=[
            slide_routes(current_context),
            file_routes(current_context, pages),
            search_routes(current_context, navigation),
        ],
    )
    _answer_unknown_paths(app, pages)
    files = {"styles": app.files.styles, "early": app.files.early, "icon": ICON}
    area = StaffArea(data, settings, data.current.t, check_texts, files, lambda: _not_found(app))
    install_staff(server, area, AREAS)
    install_public_form(server, area)
    # what Dash would do at the first request is done now: of two first requests at once one would fail
    hashes += finish_setup(app)
    static.put_suites(read_suites(app))
    static.compress(COMPRESSED)
    static.serve(server, headers_of)
    stand_below(server, settings.path)
    trust_proxies(server, settings.proxies)
    return app


def _files(static: StaticFiles) -> Files:
    return Files(
        styles=static.address(STYLES),
        script=static.address(SCRIPT),
        early=static.address(EARLY),
        plotly=static.address(PLOTLY),
        fonts={part: [static.address(font) for font in fonts] for part, fonts in FIRST_FONTS.items()},
        boundaries=[static.address(boundary) for boundary in FIRST_BOUNDARIES],
        icon=ICON,
    )


def _answer_unknown_paths(app: DashboardApp, pages: PageList) -> None:
    """Dash answers every path with a document; one where there is no page gets a 404 that says so, and one that is a
    page's but for a slash leads there."""

    @app.server.before_request
    def refuse() -> Response | tuple[str, int] | None:
        if request.url_rule is None or request.url_rule.rule != ANY_PATH:
            return None
        context, path = current_context(), request.path
        if pages.has(context, path):
            return None
        if path.endswith("/") and pages.has(context, path.rstrip("/")):
            query = "?" + request.query_string.decode("latin-1") if request.query_string else ""
            found: Response = redirect(pages.root.rstrip("/") + path.rstrip("/") + query, 308)  # type: ignore[assignment]
            return found
        return _not_found(app)


def _not_found(app: DashboardApp) -> tuple[str, int]:
    """The document of a path where there is nothing."""
    t = current_context().t
    return links_keep_language(render("not_found", t, icon=ICON, early=app.files.early, styles=app.files.styles)), 404
