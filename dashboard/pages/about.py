"""What the initiative is for, what it plans, how to take part, whom to ask: the deck in our own words."""

from __future__ import annotations

from dash import Dash, html, register_page
from markupsafe import Markup

from dashboard.components.frame import notices, page_frame
from dashboard.components.raw_html import RawHtml
from dashboard.context import AppContext
from dashboard.page_request import read_address
from dashboard.pages.shared import in_words
from dashboard.payload import Contents
from dashboard.settings import Contact
from dashboard.templating import render

PAGE = "about"
PATH = "/about"
CONTENTS = Contents()
# sections of the catalogue (about.<name>), each a card; those of the second column after those of the first
LEFT = ("purpose", "research", "task_force")
RIGHT = ("outreach", "programs")
# ways to take part, each with the page that helps
STEPS = (
    ("match", "/opportunities"),
    ("dialogue", "/programs"),
    ("reach_out", "/partnerships"),
    ("help", "/research"),
)


def register(_app: Dash) -> None:
    """Registers the page with Dash; nothing on it follows a choice."""
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.about.title"),
        description=in_words("about.purpose.text"),
        layout=layout,
    )


def layout(**query: str | list[str]) -> html.Div:
    """Five sections, four steps, one contact."""
    request = read_address(query, CONTENTS)
    context = request.context
    children = [
        notices(request),
        RawHtml(render_sections(context), id="figures", className="grid pages-grid", attributes={"tabIndex": -1}),
        html.P(context.t("about.source"), className="prose page-source"),
    ]
    return page_frame(PAGE, request, children, title=context.t("page.about.title"))


def render_sections(context: AppContext) -> Markup:
    """The two columns."""
    return render(
        "about",
        context.t,
        left=LEFT,
        right=RIGHT,
        steps=STEPS,
        contact=context.contact,
        is_of_deck=context.contact == Contact(),
    )
