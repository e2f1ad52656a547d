"""The registry, and the page of each partnership behind it."""

from __future__ import annotations

from typing import Any

from dash import Dash, html, register_page

from dashboard.components.cards import graph_card
from dashboard.components.filter_bar import filter_bar
from dashboard.components.frame import notices, page_frame, paper_line
from dashboard.components.lists import (
    MOST_AT_ONCE,
    ListCard,
    ListColumn,
    ListPage,
    list_card,
    list_markup,
    list_parts,
    read_list_state,
)
from dashboard.components.raw_html import RawHtml
from dashboard.components.sheets import back_link, not_known
from dashboard.context import AppContext
from dashboard.current import current_context
from dashboard.dataset.place_names import deck_label
from dashboard.exports.lists import MOST_XLSX_ROWS
from dashboard.filters import Filters
from dashboard.metrics.evidence import statements_of
from dashboard.metrics.registry import DATED, UNDATED, UNIDENTIFIED, Entry, candidates, find_entry, programs_of
from dashboard.metrics.registry_page import RegistryPage, registry_page
from dashboard.page_request import PageRequest, answer, read_address, read_choice
from dashboard.pages.shared import add_choice_callback, in_words
from dashboard.payload import Contents
from dashboard.settings import Contact
from dashboard.strings import Catalog
from dashboard.templating import render

# The registry, and the page of one: each has its own store and callback. Of one whose cities are not identified there
# is no map.
PAGE, PAGE_OF_ONE, PAGE_OF_OPEN = "partnerships", "partnership", "partnership-open"
PATH = "/partnerships"
REGISTRY = "registry"
CONTENTS, CONTENTS_OF_ONE = Contents(follows_year=False), Contents(charts=("pair",), follows_year=False)
# the small square before a row, by what is recorded
MARKS = {DATED: "d", UNDATED: "n", UNIDENTIFIED: "o"}


def register(app: Dash) -> None:
    """Registers the pages with Dash, and their callbacks with an app."""
    description = in_words("app.description")
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.partnerships.title"),
        layout=layout,
        description=description,
        headline=headline,
    )
    register_page(
        f"{__name__}.one",
        path_template=f"{PATH}/<key>",
        id=PAGE_OF_ONE,
        title=title,
        layout=layout_of_one,
        find_key=find_key,
        description=describe_one,
    )
    for page, contents, parts, select in (
        (PAGE, CONTENTS, list_parts(REGISTRY), select_rows),
        (PAGE_OF_ONE, CONTENTS_OF_ONE, [], select_one),
        (PAGE_OF_OPEN, CONTENTS, [], select_open),
    ):
        add_choice_callback(app, page, contents, select, parts=parts)


# ---- which partnership a path names
def find_key(context: AppContext, text: str) -> str | None:
    """The id of the partnership that the end of a path names, in large or small letters; None for none."""
    ids = context.dataset.partnerships["id"]
    found = ids[ids.str.casefold() == text.casefold()]
    return None if found.empty else str(found.iloc[0])


def _entry(context: AppContext, text: str) -> Entry | None:
    return find_entry(context.dataset, find_key(context, text) or "")


def title(key: str = "") -> str:
    """The title of the page of a partnership."""
    context = current_context()
    entry = _entry(context, key)
    if entry is None:
        return context.t("app.not_found_title")
    return context.t("page.partnerships.title_of", name=entry_title(context.t, entry))


def describe_one(key: str = "") -> str:
    """What is known of a partnership, in a sentence."""
    context = current_context()
    entry = _entry(context, key)
    return context.t("app.description") if entry is None else entry_title(context.t, entry)


# ---- the registry
def layout(**query: str | list[str]) -> html.Div:
    """The registry at an address."""
    request = read_address(query, CONTENTS)
    t = request.context.t
    children = [
        filter_bar(request, has_year=False),
        notices(request),
        paper_line(request),
        html.Div(
            list_card(t, registry(request)),
            className="pages-column",
            id="figures",
            tabIndex="-1",
            **{"data-waits": ""},
        ),
    ]
    return page_frame(PAGE, request, children, title=t("page.partnerships.title"))


def select_rows(choice: object) -> dict[str, Any]:
    """The rows that a choice leaves."""
    request = read_choice(choice, CONTENTS)
    return answer(request, list_markup(request.context.t, registry(request)))


def headline(request: PageRequest) -> str:
    """How many partnerships there are, named and dated."""
    return _headline(request.context.t, _found(request))


def registry(request: PageRequest) -> ListCard:
    """The partnerships that count, of all years."""
    context, selection, found = request.context, request.selection, _found(request)
    t = context.t
    page = ListPage(read_list_state(selection, REGISTRY), found.entries, found.start, found.matching, found.total)
    columns = [
        ListColumn("us", t("registry.us")),
        ListColumn("abroad", t("registry.abroad")),
        ListColumn("country", t("column.country")),
        ListColumn("since", t("registry.since"), is_number=True),
        ListColumn("status", t("registry.status")),
        ListColumn("confidence", t("registry.confidence")),
        ListColumn("sources", t("registry.sources"), is_number=True),
    ]
    rows_in_data = len(context.dataset.partnerships)
    return ListCard(
        page,
        headline=_headline(t, found),
        rows=render("registry_rows", t, list=page, columns=columns, marks=MARKS),
        label=t("registry.find"),
        acts=render("registry_acts", t, list=page, rows_in_data=rows_in_data, most_xlsx_rows=MOST_XLSX_ROWS),
        note=t("registry.note"),
        source=t("registry.source", basis=context.basis_label(selection.basis)),
    )


def _found(request: PageRequest) -> RegistryPage:
    selection = request.selection.without_year()
    state = read_list_state(selection, REGISTRY)
    return registry_page(
        request.context.dataset, selection, find=state.find, sort=state.sort, start=state.start, most=MOST_AT_ONCE
    )


def _headline(t: Catalog, found: RegistryPage) -> str:
    if not found.total:
        return t("registry.none")
    return t("registry.headline", count=found.total, named=found.named, dated=found.dated)


# ---- one partnership
def layout_of_one(key: str = "", **query: str | list[str]) -> html.Div:
    """The page of the partnership that a path names."""
    context = current_context()
    entry = _entry(context, key)
    if entry is None:
        return not_known(context.t)
    t, has_map = context.t, entry.is_identified
    request = read_address(query, CONTENTS_OF_ONE if has_map else CONTENTS, entry.id)
    main = render("partnership", t, **_recorded(context, entry))
    form = f"/tell/partnership/{entry.id}" if context.has_tell_form else ""
    tell = render("tell", t, form=form, contact=context.contact, is_of_deck=context.contact == Contact())
    children = [
        notices(request),
        paper_line(request),
        back_link(t("partnership.back"), PATH),
        html.Div(
            [
                RawHtml(main, className="column"),
                html.Div(
                    [
                        *([graph_card("pair", request)] if has_map else []),
                        RawHtml(tell, className="contents"),
                    ],
                    className="column",
                ),
            ],
            className="grid pages-grid",
            id="figures",
            tabIndex="-1",
        ),
    ]
    page = PAGE_OF_ONE if has_map else PAGE_OF_OPEN
    return page_frame(page, request, children, title=title(entry.id), section=PAGE)


def select_one(choice: object) -> dict[str, Any]:
    """The map as a browser shows it: nothing else of a partnership follows what is chosen."""
    return answer(read_choice(choice, CONTENTS_OF_ONE))


def select_open(choice: object) -> dict[str, Any]:
    """The same of one whose cities are not identified, without a map."""
    return answer(read_choice(choice, CONTENTS))


def _recorded(context: AppContext, entry: Entry) -> dict[str, Any]:
    """What the page's template says of a partnership."""
    dataset = context.dataset
    candidates_of_counts = [
        one
        for snapshot in dataset.snapshots
        if not entry.is_identified and entry.belongs[snapshot.id] == "yes"
        for one in candidates(dataset, snapshot, Filters.of(country=entry.country_iso3))
    ]
    return {
        "each": entry,
        "deck_label": deck_label(dataset, entry.country_iso3),
        "title": entry_title(context.t, entry),
        "belongs": [(context.basis_label(snapshot.id), entry.belongs[snapshot.id]) for snapshot in dataset.snapshots],
        "statements": statements_of(dataset, entry.id),
        "candidates": candidates_of_counts,
        "programs": programs_of(dataset, entry),
    }


def entry_title(t: Catalog, entry: Entry) -> str:
    """What the page of a partnership is called, and says in its headline."""
    if not entry.is_identified:
        return t("partnership.open", country=entry.country)
    pair: dict[str, Any] = {"us": entry.us_name, "abroad": entry.partner_community, "country": entry.country}
    if entry.is_left_out:
        return t(f"partnership.left_out.{entry.status}", **pair)
    if entry.end_year is not None and entry.start_year is not None:
        return t("partnership.ended", **pair, first=entry.start_year, last=entry.end_year)
    if entry.start_year is not None:
        return t("partnership.since", **pair, year=entry.start_year)
    if entry.known_by is not None:
        return t("partnership.by", **pair, year=entry.known_by)
    return t("partnership.undated", **pair)
