"""The HTML document around the app: language, styles, and the first frames, so that no request is needed for them."""

from __future__ import annotations

import html
from urllib.parse import quote

from dash import Dash
from flask import request

from dashboard.frames import House, answer

DOCUMENT = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
{metas}
<meta name="description" content="{description}">
<title>{title}</title>
<link rel="icon" href="{icon}">
{css}
<script src="/assets/early/theme.js"></script>
</head>
<body data-ready="false">
<noscript>{no_script}</noscript>
<div id="react-entry-point"><div class="_dash-loading">{loading}</div></div>
<script type="application/json" id="first-frames">{frames}</script>
{config}{scripts}{renderer}
</body>
</html>"""


# in the document itself: browsers ask for a linked icon again whenever the address changes, so at each step of the year
ICON = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0A5855"/>'
    '<path d="M7 20C10 9 22 9 25 20" fill="none" stroke="#fff" stroke-width="2.4"/>'
    '<circle cx="7" cy="21" r="3.4" fill="#fff"/><circle cx="25" cy="21" r="3.4" fill="#FFA866"/></svg>'
)


class Page(Dash):
    """Dash with this document and one house's words and frames in it."""

    def __init__(self, house: House, **settings: object) -> None:
        self.house = house
        super().__init__(__name__, **settings)  # type: ignore[arg-type]

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        words = self.house.words
        return DOCUMENT.format(
            language=words.language,
            direction=words.direction,
            metas=parts["metas"],
            description=html.escape(words("app.description")),
            title=html.escape(words("app.title")),
            icon=ICON,
            css=parts["css"],
            no_script=html.escape(words("app.no_script")),
            loading=html.escape(words("app.loading")),
            frames=answer(self.house, request.query_string.decode("utf-8", "replace")).replace("</", "<\\/"),
            config=parts["config"],
            scripts=parts["scripts"],
            renderer=parts["renderer"],
        )
