"""What every page has around its body: header, footer, dialogs; and which of all that Dash holds."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components import shell, story
from dashboard.components.island import Island, Wire
from dashboard.components.markup import island_id
from dashboard.pages import PAGES
from dashboard.pages.page import Asked, Page

# what passes between the browser's scripts and the callbacks (dashboard/callbacks/view.py)
WIRES = ("view", "frames", "sources-of", "chosen-by-control")
# the components that Dash holds; everything else is HTML
LIVE = ("filter-basis", "filter-region", "filter-state", "filter-wave", "sources-list")


def document(page: Page, asked: Asked) -> html.Div:
    """The whole page. A bare one has no header and no footer."""
    words = asked.house.words
    main = html.Main([html.H1(title(page, asked), className="unseen"), *page.body(asked)])
    collected = asked.house.dataset.about.collected.isoformat()
    links = [
        (each.path, words(f"page.{each.id}.name"), each is page)
        for each in PAGES
        if each.is_in_navigation and len(PAGES) > 1
    ]
    around = (
        [main]
        if page.is_bare
        else [
            shell.skip_link(words),
            shell.header(words, links, has_figures=bool(page.figures(asked.key))),
            main,
            shell.footer(words, collected=collected),
        ]
    )
    return html.Div(
        [
            *around,
            shell.sources_dialog(words),
            *([] if page.is_bare else story.panel(words)),
            shell.toast(words),
        ],
        className=f"app page-{page.id}",
        **({"data-key": asked.key} if asked.key else {}),
    )


def layout(islands: Sequence[Component]) -> html.Div:
    """What Dash holds of a page: the controls found in it, each for its place, and the wires."""
    places = [Island(each, into=island_id(str(getattr(each, "id", "")))) for each in islands]
    return html.Div([*places, *map(Wire, WIRES)])


def title(page: Page, asked: Asked) -> str:
    """The title of a page in the browser's tab."""
    return page.title(asked) if page.title is not None else asked.house.words(f"page.{page.id}.title")
