"""What stands around every page: header, footer, the dialog of sources, notes; and above its figures what could not
be understood and, on paper, what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

import dash
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.frames import House
from dashboard.pages import PAGES as OLD_PAGES
from dashboard.second.components.raw_html import RawHtml
from dashboard.second.page_request import PageRequest, stores
from dashboard.second.templating import PageText, render
from dashboard.strings import Words

# callbacks whose requests only read, so that one that is not answered may be asked again (assets/second/js/pending.js)
READING = ("frames", "table-shown", "sources-list")


def page_frame(
    page: str, request: PageRequest, children: Sequence[Component], *, title: str, is_bare: bool = False
) -> html.Div:
    """A whole page: `children` between header and footer, below a heading that only screen readers hear. A bare one
    has neither."""
    house, words = request.house, request.house.words
    main = html.Main([*stores(page, request), html.H1(title, className="unseen"), *children])
    said = {"data-copied": words("action.copied"), "data-failed": words("action.copy_failed")}
    attributes = " ".join(Markup('{}="{}"').format(name, text) for name, text in said.items())
    around: list[Component] = (
        [main]
        if is_bare
        else [
            html.A(words("app.skip"), href="#figures", className="skip"),
            RawHtml(header(house, page), tag="header", className="top"),
            main,
            RawHtml(footer(house), tag="footer", className="foot"),
        ]
    )
    return html.Div(
        [
            *around,
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
        className=f"app page-{page}",
        **{"data-page": page},
    )


def header(house: House, page: str) -> str:
    """Brand, the pages, what can be done with this one."""
    words = house.words
    # a page that is not on stock Dash yet is the other app's
    here = {each["id"]: each["relative_path"] for each in registered_pages() if each["path_template"] is None}
    links = [
        (here.get(each.id, each.path), words(f"page.{each.id}.name"), each.id == page)
        for each in OLD_PAGES
        if each.is_in_navigation
    ]
    return render("header", words, links=links, home=here["overview"])


def registered_pages() -> list[dict[str, object]]:
    """The pages as Dash lists them, with the `id` that each is registered with."""
    return [each for each in dash.page_registry.values() if "id" in each]


def footer(house: House) -> str:
    """When the data was collected, all sources, whose boundaries."""
    page = PageText(house.words, {}, 0)
    return page.render("footer", collected=house.dataset.about.collected.isoformat())


def notices(request: PageRequest) -> RawHtml:
    """What could not be taken as it stood, and what is wrong with the connection: the script fills it."""
    return RawHtml(id="notices", className="notices", attributes=notice_words(request.house.words))


def notice_words(words: Words) -> dict[str, str]:
    """The attributes of the element `notices`: what the script says in it."""
    said = {
        "heading": "notice.heading",
        "dismiss": "action.dismiss",
        "failed": "notice.failed",
        "retry": "notice.retry",
        "waiting": "connection.waiting",
        "again": "connection.again",
    }
    return {
        "role": "status",
        **{f"data-{name}": words(key) for name, key in said.items()},
        "data-repeats": " ".join(READING),
    }


def paper_line(request: PageRequest) -> RawHtml:
    """On paper: what is chosen."""
    return RawHtml(request.page.render("paper"), className="contents")
