"""Lists that a person searches, sorts and turns the pages of. What is typed and pressed goes into the address; the
server finds, sorts and cuts, so that a list of ten rows and one of a million are one piece of code.

A page makes a `ListPage` of its rows (`narrow_rows`, or for a large table in columns), a template of its own renders
the rows with `list_table` of `templates/list.html`, and `list_card` puts find box, count and rows into a card. The
callback of the page answers with `list_markup` for `list_parts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dash import html
from markupsafe import escape

from dashboard.components.raw_html import RawHtml
from dashboard.dataset.spelling import normalize
from dashboard.filters import Selection, list_param
from dashboard.strings import Catalog
from dashboard.templating import render

T = TypeVar("T")
Value = str | int | None

# a longer list goes by pages: so many rows are sent and laid out without a wait
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class ListColumn:
    """A column: what `sort` in the address calls it ("" where the list is not sorted by it), and its heading."""

    key: str
    label: str
    is_number: bool = False


@dataclass(frozen=True)
class ListState:
    """What an address says of the list `name`: the words to find, the column it is sorted by ("-" before it for the
    other way, "" as it comes), the position of the first row."""

    name: str
    find: str = ""
    sort: str = ""
    start: int = 0

    @property
    def key(self) -> str:
        """The column it is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def is_down(self) -> bool:
        """Whether the last comes first."""
        return self.sort.startswith("-")

    def param(self, what: str) -> str:
        """What the address calls `find`, `sort` or `start` of this list."""
        return list_param(self.name, what)


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """What is seen of a list: `rows` from position `start` on, of `found` that fit, of `total`."""

    state: ListState
    rows: Sequence[T]
    start: int
    found: int
    total: int

    @property
    def before(self) -> int | None:
        """Where the page before begins; None where there is none."""
        return max(self.start - MOST_AT_ONCE, 0) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next page begins; None where there is none."""
        following = self.start + len(self.rows)
        return following if following < self.found else None

    def sorted_as(self, key: str) -> str:
        """ "ascending" or "descending" where the list is sorted by a column; else ""."""
        if not key or key != self.state.key:
            return ""
        return "descending" if self.state.is_down else "ascending"


def read_list_state(selection: Selection, name: str) -> ListState:
    """What a selection says of a list."""
    find, sort, start = (selection.page_param(list_param(name, what)) for what in ("find", "sort", "start"))
    return ListState(name, find, sort, int(start) if start.isdecimal() else 0)


def first_of_page(start: int, found: int) -> int:
    """The first row of the page that holds position `start`, of a list of `found` rows."""
    return min(max(start, 0), max(found - 1, 0)) // MOST_AT_ONCE * MOST_AT_ONCE


def narrow_rows(
    rows: Sequence[T],
    state: ListState,
    *,
    spelled: Callable[[T], str],
    values: Mapping[str, Callable[[T], Value]],
    name_key: Callable[[str], Any] = normalize,
) -> ListPage[T]:
    """The rows that have every word looked for in their spellings (`spelled`: as `normalize` gives them), sorted by one
    of `values`, names by `name_key`. What is not recorded (None, "") stands last, whichever way it goes."""
    looked_for = [word for word in map(normalize, state.find.split()) if word]
    found = [row for row in rows if all(word in spelled(row) for word in looked_for)] if looked_for else list(rows)
    if (value := values.get(state.key)) is not None:
        known = [row for row in found if value(row) not in (None, "")]
        known.sort(key=lambda row: _in_order(value(row), name_key), reverse=state.is_down)
        found = [*known, *(row for row in found if value(row) in (None, ""))]
    start = first_of_page(state.start, len(found))
    return ListPage(state, found[start : start + MOST_AT_ONCE], start, len(found), len(rows))


def _in_order(value: Value, name_key: Callable[[str], Any]) -> tuple[int, Any]:
    return (value, "") if isinstance(value, int) else (0, name_key(value or ""))


def list_count(t: Catalog, page: ListPage[T]) -> str:
    """How many of how many rows are seen."""
    if page.found > len(page.rows):
        return t("list.paged", first=page.start + 1, last=page.start + len(page.rows), found=page.found)
    if page.found == page.total:
        return t("list.all", total=page.total)
    return t("list.some", shown=page.found, total=page.total)


@dataclass(frozen=True)
class ListCard:
    """A card with a list. `rows` is what the list's own template makes, `acts` what can be taken away; `label` is of
    the find box, `note` a quiet line under the headline, `source` what the list rests on."""

    page: ListPage[Any]
    headline: str
    rows: str
    label: str
    acts: str = ""
    note: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        """The list's name, of which the ids are made."""
        return self.page.state.name


# the parts of a list that come anew with each choice. The find box does not, so that the keyboard stays in it
PARTS = ("head", "note", "count", "rows", "source")


def part_id(name: str, part: str) -> str:
    """The id of one of `PARTS` of a list."""
    return f"{part}-{name}"


def list_parts(name: str) -> list[str]:
    """The ids of what a page's callback answers for a list."""
    return [part_id(name, part) for part in PARTS]


def list_markup(t: Catalog, card: ListCard) -> dict[str, str]:
    """The answer for `list_parts`."""
    made = {
        "head": render("list_head", t, card=card),
        "note": escape(card.note),
        "count": escape(list_count(t, card.page)),
        "rows": card.rows,
        "source": render("list_source", t, source=card.source) if card.source else "",
    }
    return {part_id(card.name, part): str(markup) for part, markup in made.items()}


def list_card(t: Catalog, card: ListCard) -> html.Section:
    """The card: headline, find box and count, rows, source line."""
    name, markup = card.name, list_markup(t, card)

    def part(which: str, tag: str = "div", **props: Any) -> RawHtml:
        key = part_id(name, which)
        return RawHtml(markup[key], id=key, tag=tag, **props)

    box = RawHtml(render("list_find", t, state=card.page.state, label=card.label), className="contents")
    count = part("count", "output", className="left", attributes={"role": "status"})
    return html.Section(
        [
            part("head", "header"),
            part("note", "p", className="subline"),
            html.Div(
                [html.Div([box, count], className="searched"), part("rows", className="listed")], className="body"
            ),
            part("source", className="source"),
        ],
        id=f"card-{name}",
        className="card sheet",
        **{"aria-labelledby": f"headline-{name}"},
    )
