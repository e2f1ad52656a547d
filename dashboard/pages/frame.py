"""What every page has around its body: header, footer, dialogs, and the stores between the browser and Dash."""

from __future__ import annotations

from dash import dcc, html

from dashboard.components import shell, story
from dashboard.pages import PAGES
from dashboard.pages.page import Asked, Page

# what passes between the browser's scripts and the callbacks (dashboard/callbacks/view.py)
WIRES = ("view", "frames", "arrived", "sources-of", "chosen-by-control")


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
            *(dcc.Store(id=name) for name in WIRES),
        ],
        className=f"app page-{page.id}",
        **({"data-key": asked.key} if asked.key else {}),
    )


def title(page: Page, asked: Asked) -> str:
    """The title of a page in the browser's tab."""
    return page.title(asked) if page.title is not None else asked.house.words(f"page.{page.id}.title")
