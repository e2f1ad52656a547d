"""The HTML document of a page as it is seen at first, and with it what Dash holds, its callbacks and the first frames,
so that no request is needed for them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dash import Dash, page_registry
from dash._utils import to_json
from flask import Response, g, has_request_context, request

from dashboard.components.markup import Writer
from dashboard.frames import House, answer
from dashboard.frames.search_index import search_index
from dashboard.frames.steps import value_at
from dashboard.live import Live
from dashboard.pages import PAGES, Asked, Page, find, frame
from dashboard.serving.bundles import Bundles, gather
from dashboard.serving.files import Shelf
from dashboard.serving.robots import ICON_SVG
from dashboard.serving.robots import PATHS as ROBOTS_PATHS

# painted when all of the page is there (`expect`): half a page would be laid out for nothing, and again
DOCUMENT = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<link rel="expect" href="#react-entry-point" blocking="render">
<title>{title}</title>
<link rel="icon" href="{icon}">
{head}
</head>
<body data-ready="false">
<noscript><p class="no-script">{no_script}</p></noscript>
{page}
<div id="react-entry-point" data-scripts="{platform}" data-soon="{soon}" hidden></div>
<script type="application/json" id="first-layout">{layout}</script>
<script type="application/json" id="first-dependencies">{dependencies}</script>
<script type="application/json" id="first-frames">{frames}</script>
<script type="application/json" id="moved-files">{moved}</script>
{config}
</body>
</html>"""


# as wide as `narrow` of assets/js/12-moments.js is not
AHEAD = '<link rel="preload" media="(min-width:701px)" fetchpriority="low" as="{kind}" href="{path}">'
# boundaries that the first frames name
BOUNDARIES = re.compile(r'"(/assets/map/[\w-]+\.json)"')
# versions and the interpreter are nobody's business, and a token of each load would make every document another
UNSAID = ("python_version", "dash_version", "plotly_version", "end_id")
# what Dash itself answers beside pages
OWN_PATHS = (
    *(
        "/_",
        "/assets/",
        "/health",
        "/export/",
        "/search-index.json",
        "/sw.js",
        "/next/_",
        "/next/assets/",
        "/next/sw.js",
    ),
    *ROBOTS_PATHS,
)
# before the pages on stock Dash (dashboard/second)
SECOND = "/next/"
# in the document itself: browsers ask for a linked icon again whenever the address changes, so at each step of the year
ICON = "data:image/svg+xml," + quote(ICON_SVG)


NOT_FOUND = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="{icon}">{head}</head>
<body><main class="lost"><h1>{title}</h1><p>{text}</p><a class="button" href="/">{back}</a></main></body>
</html>"""


class Site(Dash):
    """Dash with this document, and the words and frames of the house of the moment in it."""

    def __init__(self, live: Live, shelf: Shelf, **settings: object) -> None:
        self.live = live
        self.shelf = shelf
        super().__init__(__name__, **settings)  # type: ignore[arg-type]
        self.layout = self._layout_alone

    @property
    def house(self) -> House:
        """The house that the current request began with, so that one answer is of one version of the data."""
        if not has_request_context():
            return self.live.house
        if "house" not in g:
            g.house = self.live.house
        house: House = g.house
        return house

    def first_page(self, address: str) -> tuple[Page, Asked]:
        """The overview with the query of an address, whatever its path."""
        _, mark, query = address.partition("?")
        return PAGES[0], Asked(self.house, "", mark + query)

    def asked(self) -> tuple[Page, Asked]:
        """The page that the current request is for; the overview where it is for none."""
        address = f"{request.path}?{request.query_string.decode('utf-8', 'replace')}"
        return find(self.house, address) or self.first_page(address)

    def _layout_alone(self) -> object:
        """The layout, for a browser whose document did not bring it along (`assets/early/first.js`)."""
        path = request.args.get("page", "/") if request else "/"
        writer = Writer(live={name: {} for name in frame.LIVE})
        writer.write(frame.document(*(find(self.house, path) or self.first_page(path))))
        return frame.layout(writer.islands)

    def detail(self) -> dict[str, object]:
        """What /health says of the data: its version, counts, the day it was collected; and whether there is newer data
        that is bad, with what is wrong with it."""
        state = self.live.state
        dataset = state.house.dataset
        return {
            "version": state.house.version,
            "is_stale": bool(state.trouble),
            "detail": state.trouble,
            "collected": dataset.about.collected.isoformat(),
            "partnerships": len(dataset.partnerships),
            "countries": len(dataset.countries),
            "waves": len(dataset.survey.waves),
        }

    def not_found(self) -> str:
        """The document for an address where there is no page."""
        words = self.house.words
        return NOT_FOUND.format(
            language=words.language,
            direction=words.direction,
            title=html.escape(words("app.not_found_title")),
            text=html.escape(words("app.not_found")),
            back=html.escape(words("app.to_overview")),
            icon=ICON,
            head=f'<link rel="stylesheet" href="{self.bundles.styles}"><script src="{self.bundles.early}"></script>',
        )

    def index(self, *_path: str, **_more: str) -> str:
        """The answer to every address that is not one of `OWN_PATHS`. Dash's own would name each of its scripts."""
        return self.interpolate_index(config=self._generate_config_html())

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document of a page, with what the address asks for."""
        words = self.house.words
        page, asked = self.asked()
        frames = answer(self.house, asked.query, page.contents, key=asked.key)
        found = json.loads(frames)
        live = {name: found["controls"].get(name, {}) for name in frame.LIVE}
        writer = Writer(value=_values(found), live=live)
        body, soon = writer.write(frame.document(page, asked)), self._soon(frames)
        return DOCUMENT.format(
            language=words.language,
            direction=words.direction,
            description=html.escape(words("app.description")),
            title=html.escape(frame.title(page, asked)),
            icon=ICON,
            head=self._head(soon, has_figures="data-plot=" in body),
            no_script=html.escape(words("app.no_script")),
            page=body,
            layout=_inside(to_json(frame.layout(writer.islands))),
            dependencies=_inside(to_json(self._callback_list)),
            frames=_inside(frames),
            platform=" ".join(self.bundles.platform),
            soon=" ".join(soon),
            moved=_inside(json.dumps(dict(self.bundles.moved), separators=(",", ":"))),
            config=parts["config"],
        )

    @cached_property
    def bundles(self) -> Bundles:
        """What pages load; made at the first use, when every callback is known."""
        return gather(self, Path(self.config.assets_folder), self.shelf)

    def _soon(self, frames: str) -> list[str]:
        """The boundaries that the first figures need."""
        moved = self.bundles.moved
        return [moved[path] for path in dict.fromkeys(BOUNDARIES.findall(frames)) if path in moved]

    def _head(self, soon: Sequence[str], *, has_figures: bool) -> str:
        """What the document names in its head: all that the first paint needs, and our script, which asks for the rest
        when that is done (assets/js/40-plots.js, 15-islands.js). What figures need, wide screens ask for at once."""
        bundles = self.bundles
        figures = [AHEAD.format(kind="script", path=bundles.plotly)] if has_figures else []
        return "\n".join(
            [
                f'<script src="{bundles.early}"></script>',
                f'<link rel="stylesheet" href="{bundles.styles}">',
                f'<script defer src="{bundles.own}"></script>',
                *(
                    f'<link rel="preload" href="{path}" as="font" type="font/woff2" crossorigin>'
                    for path in bundles.fonts
                ),
                *figures,
                *(AHEAD.format(kind='fetch" crossorigin="anonymous', path=path) for path in soon),
            ]
        )

    def _config(self) -> dict[str, Any]:
        """What Dash tells its own scripts, without what they do not need."""
        return {**super()._config(), **dict.fromkeys(UNSAID)}


def _values(frames: Mapping[str, Any]) -> Callable[[str], object]:
    """What a path of these frames is at the year that they were asked for; "" where there is no such path."""
    year = frames["last"] if frames["year"] is None else frames["year"]
    texts, at = frames["texts"], year - frames["first"]
    return lambda path: value_at(texts[path], at) if path in texts else ""


def _inside(text: str) -> str:
    """JSON that can stand in a script element."""
    return text.replace("</", "<\\/")


def answer_searches(app: Site) -> None:
    """The index of the search box: the same until the data changes, so browsers may keep it and ask whether it did."""
    names = tuple((page.path, app.house.words(f"page.{page.id}.name")) for page in PAGES if not page.is_bare)

    @app.server.get("/search-index.json")
    def index() -> object:
        reply = Response(search_index(app.house, names), mimetype="application/json")
        reply.cache_control.no_cache = True
        reply.add_etag()
        return reply.make_conditional(request)


def answer_unknown_paths(app: Site) -> None:
    """Dash shows the first page at every address; one where there is no page gets a 404 that says so."""

    @app.server.before_request
    def refuse() -> tuple[str, int] | None:
        if request.path.startswith(OWN_PATHS) or _is_second(request.path) or find(app.house, request.path):
            return None
        return app.not_found(), 404


def _is_second(path: str) -> bool:
    """Whether a page on stock Dash has this path, or one above it ("/next/states/TX")."""
    if not path.startswith(SECOND):
        return False
    pages = [str(page["path_template"] or page["path"]) for page in page_registry.values()]
    parts = path.removeprefix(SECOND).split("/")
    return any(_fits(parts, page.strip("/").split("/")) for page in pages)


def _fits(parts: list[str], page: list[str]) -> bool:
    """Whether a path is of a page, whose own may have a gap ("states/<code>")."""
    return len(parts) == len(page) and all(
        part == own or own.startswith("<") for part, own in zip(parts, page, strict=True)
    )
