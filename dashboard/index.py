"""The HTML document of a page: language, styles, and with it layout, callbacks and first frames, so that no request
is needed for them."""

from __future__ import annotations

import html
from urllib.parse import quote

from dash import Dash
from dash._utils import to_json
from flask import request

from dashboard.frames import House, answer
from dashboard.pages import PAGES, Asked, Page, find, frame

DOCUMENT = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
{metas}
<meta name="description" content="{description}">
<title>{title}</title>
<link rel="icon" href="{icon}">
{css}
<script src="/assets/early/theme.js"></script>
<script src="/assets/early/first.js"></script>
</head>
<body data-ready="false">
<noscript>{no_script}</noscript>
<div id="react-entry-point"><div class="_dash-loading">{loading}</div></div>
<script type="application/json" id="first-layout">{layout}</script>
<script type="application/json" id="first-dependencies">{dependencies}</script>
<script type="application/json" id="first-frames">{frames}</script>
{config}{scripts}{renderer}
</body>
</html>"""


STYLES = ("10-tokens.css", "20-base.css")
# what Dash itself answers beside pages
OWN_PATHS = ("/_", "/assets/", "/health", "/export/", "/sw.js")
# in the document itself: browsers ask for a linked icon again whenever the address changes, so at each step of the year
ICON = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0A5855"/>'
    '<path d="M7 20C10 9 22 9 25 20" fill="none" stroke="#fff" stroke-width="2.4"/>'
    '<circle cx="7" cy="21" r="3.4" fill="#fff"/><circle cx="25" cy="21" r="3.4" fill="#FFA866"/></svg>'
)


NOT_FOUND = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="{icon}">{css}</head>
<body><main class="lost"><h1>{title}</h1><p>{text}</p><a class="button" href="/">{back}</a></main></body>
</html>"""


class Site(Dash):
    """Dash with this document, and one house's words and frames in it."""

    def __init__(self, house: House, **settings: object) -> None:
        self.house = house
        super().__init__(__name__, **settings)  # type: ignore[arg-type]
        self.layout = self._layout_alone

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
        return frame.document(*(find(self.house, path) or self.first_page(path)))

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
            css="".join(f'<link rel="stylesheet" href="{self.get_asset_url(f"css/{name}")}">' for name in STYLES),
        )

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The document of a page, with what the address asks for."""
        words = self.house.words
        page, asked = self.asked()
        return DOCUMENT.format(
            language=words.language,
            direction=words.direction,
            metas=parts["metas"],
            description=html.escape(words("app.description")),
            title=html.escape(frame.title(page, asked)),
            icon=ICON,
            css=parts["css"],
            no_script=html.escape(words("app.no_script")),
            loading=html.escape(words("app.loading")),
            layout=_inside(to_json(frame.document(page, asked))),
            dependencies=_inside(to_json(self._callback_list)),
            frames=_inside(answer(self.house, asked.query, page.contents)),
            config=parts["config"],
            scripts=parts["scripts"],
            renderer=parts["renderer"],
        )


def _inside(text: str) -> str:
    """JSON that can stand in a script element."""
    return text.replace("</", "<\\/")


def answer_unknown_paths(app: Site) -> None:
    """Dash shows the first page at every address; one where there is no page gets a 404 that says so."""

    @app.server.before_request
    def refuse() -> tuple[str, int] | None:
        if request.path.startswith(OWN_PATHS) or find(app.house, request.path):
            return None
        return app.not_found(), 404
