"""What stands around every page: header, footer, the dialog of sources, notes; and above its figures what could not
be understood and, on paper, what is chosen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard.charts.look import DARK, LIGHT
from dashboard.charts.palette import palette
from dashboard.components.header import header
from dashboard.components.menus import embed_dialog
from dashboard.components.raw_html import RawHtml
from dashboard.components.story import story_panel
from dashboard.context import AppContext
from dashboard.filters import Selection, to_query, with_language
from dashboard.page_request import PageRequest, stores
from dashboard.strings import FIRST_LANGUAGE, Catalog
from dashboard.templating import PageText, render

# callbacks whose requests only read, so that one that is not answered may be asked again (assets/js/pending.js)
READING = ("frames", "table-shown", "sources-list")


def page_frame(
    page: str,
    request: PageRequest,
    children: Sequence[Component],
    *,
    title: str,
    section: str = "",
    is_bare: bool = False,
) -> html.Div:
    """A whole page: `children` between header and footer, below a heading that only screen readers hear. A bare one
    has neither. `section`: the page of the navigation that a page about one thing belongs to."""
    section = section or page
    context, t = request.context, request.context.t
    query = to_query(request.selection, context.choices)
    newer = RawHtml(render("newer_data", t), className="notices newer", attributes={"role": "status"})
    main = html.Main([*stores(page, request), html.H1(title, className="unseen"), newer, *children])
    tools = Markup("").join([embed_dialog(t), story_panel(t)])
    said = {"data-copied": t("action.copied"), "data-failed": t("action.copy_failed")}
    attributes = " ".join(Markup('{}="{}"').format(name, text) for name, text in said.items())
    around: list[Component] = (
        [main]
        if is_bare
        else [
            html.A(t("app.skip"), href="#figures", className="skip"),
            RawHtml(
                header(context, section, query=query, has_figures=bool(request.contents.charts)),
                tag="header",
                className="top",
            ),
            main,
            RawHtml(footer(context, section, request.selection), tag="footer", className="foot"),
        ]
    )
    return html.Div(
        [
            *around,
            html.Dialog(
                [
                    RawHtml(render("sources_head", t), tag="header"),
                    RawHtml(id="sources-list"),
                ],
                id="sources",
                **{"aria-labelledby": "sources-title"},
            ),
            *([] if is_bare else [RawHtml(tools, className="contents")]),
            RawHtml(f'<span id="toast" role="status" {attributes}></span>', className="toast"),
            RawHtml(id="announcement", className="unseen", attributes={"role": "status"}),
        ],
        className=f"app page-{section}",
        **{"data-page": page},
    )


def footer(context: AppContext, page: str, selection: Selection) -> str:
    """When the data was collected, all sources, whose boundaries; of a translation, that it is one; on paper, where the
    sources of this page go."""
    text = PageText(context.t, {}, 0)
    collected = context.t.date(context.dataset.about.collected.isoformat())
    return text.render(
        "footer",
        collected=collected,
        page_id=page,
        paper_colours=json.dumps(paper_colours()),
        **translation(context, selection),
    )


def translation(context: AppContext, selection: Selection) -> dict[str, Any]:
    """What a page of a translation says of that, for `translated.html`: the same view in English, whom to write to."""
    in_english = with_language(to_query(selection, context.choices), FIRST_LANGUAGE)
    return {"in_english": in_english, "contact": context.contact}


def paper_colours() -> dict[str, str]:
    """The colours of figures that paper shows in others: those of the dark theme, with the light ones of the same
    name."""
    light, dark = palette(LIGHT), palette(DARK)
    return {
        dark[name].lower(): light[name]
        for name in dark
        if dark[name].startswith(("#", "rgba")) and dark[name] != light[name]
    }


def notices(request: PageRequest) -> RawHtml:
    """What could not be taken as it stood, and what is wrong with the connection: the script fills it."""
    return RawHtml(id="notices", className="notices", attributes=notice_words(request.context.t))


def notice_words(t: Catalog) -> dict[str, str]:
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
        **{f"data-{name}": t(key) for name, key in said.items()},
        "data-repeats": " ".join(READING),
    }


def paper_line(request: PageRequest) -> RawHtml:
    """On paper: what is chosen."""
    return RawHtml(request.page.render("paper"), className="contents")
