"""Lists that a person searches, sorts and takes away in the browser (assets/js/55-lists.js)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.exports.lists import MOST_XLSX_ROWS
from dashboard.strings import Words


@dataclass(frozen=True)
class Cell:
    """One cell: what is seen (what Dash takes as children), and the plain value for sorting and for files."""

    seen: Any
    value: str | int | None = None


@dataclass(frozen=True)
class Row:
    """One row: its cells, the folded spellings it is found by, `values` it can be picked by ("sector:Education")."""

    cells: Sequence[Cell]
    spellings: str = ""
    values: Sequence[str] = ()
    class_name: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers."""

    label: str
    is_number: bool = False


def searched(words: Words, of: str, *, label: str) -> html.Div:
    """A box that narrows the list `of` as one types, and how many are left."""
    return html.Div(
        [
            html.Label(label, htmlFor=f"find-{of}"),
            dbc.Input(id=f"find-{of}", type="search", autocomplete="off"),
            html.Output(
                className="left",
                role="status",
                **{
                    "data-count-of": of,
                    "data-some": words("list.some", shown="{shown}", total="{total}"),
                    "data-all": words("list.all", total="{total}"),
                },
            ),
        ],
        className="searched",
        **{"data-filter": of},
    )


def sortable(words: Words, name: str, columns: Sequence[Column], rows: Sequence[Row], *, caption: str) -> html.Div:
    """A table whose headings sort it. `name` is what `searched` and `taken_away` call it."""
    heads = [
        html.Th(
            html.Button(
                column.label, type="button", title=words("list.sort", column=column.label), **{"data-sort": at}
            ),
            scope="col",
            className="n" if column.is_number else "",
        )
        for at, column in enumerate(columns)
    ]
    body = [
        html.Tr(
            [
                html.Td(
                    cell.seen,
                    className="n" if column.is_number else "",
                    **({} if cell.value is None else {"data-value": str(cell.value)}),
                )
                for column, cell in zip(columns, row.cells, strict=True)
            ],
            className=row.class_name,
            **{"data-words": row.spellings, "data-values": "|".join(row.values)},
        )
        for row in rows
    ]
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr(heads)), html.Tbody(body)],
        id=name,
        className="sortable",
    )
    return html.Div(table, className="rows wide-rows", tabIndex="0", role="group", **{"aria-label": caption})


@dataclass(frozen=True)
class Paging:
    """Where a long list stands: rows `first` to `last` of `found`. `sort` names a column, with "-" before
    it for the other way; `before` and `after` are where other pages begin, None where there is none."""

    first: int
    last: int
    found: int
    find: str
    sort: str
    before: int | None
    after: int | None


def paged(
    words: Words, name: str, columns: Mapping[str, Column], rows: Sequence[Row], paging: Paging, *, caption: str
) -> html.Div:
    """A table that the server finds, sorts and cuts: what is typed, pressed and turned goes into the address (`find`,
    `sort`, `start`). `columns` by what `sort` calls them; a column called "" is not sorted by."""
    heads = [_head(words, key, column, paging.sort) for key, column in columns.items()]
    marks = ["n" if column.is_number else "" for column in columns.values()]
    body = [
        html.Tr(
            [html.Td(cell.seen, className=mark) for cell, mark in zip(row.cells, marks, strict=True)],
            className=row.class_name,
        )
        for row in rows
    ]
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr(heads)), html.Tbody(body)],
        id=name,
        className="sortable",
    )
    shown = words("list.paged", first=paging.first, last=paging.last, found=paging.found)
    turns = [_turn(words("list.before"), paging.before), _turn(words("list.after"), paging.after)]
    find = html.Div(
        [
            html.Label(words("registry.find"), htmlFor=f"find-{name}"),
            html.Div(
                dbc.Input(id=f"find-{name}", type="search", autocomplete="off", value=paging.find),
                **{"data-ask": "find", "data-clears": "start"},
            ),
            html.Output(shown, className="left", role="status"),
            *turns,
        ],
        className="searched",
    )
    return html.Div(
        [
            find,
            html.Div(table, className="rows wide-rows", tabIndex="0", role="group", **{"aria-label": caption}),
        ]
    )


def _turn(label: str, to: int | None) -> html.Button:
    return html.Button(label, type="button", className="button", disabled=to is None, **{"data-set": f"start={to}"})


def _head(words: Words, key: str, column: Column, sort: str) -> html.Th:
    look = {"scope": "col", "className": "n" if column.is_number else ""}
    if not key:
        return html.Th(column.label, **look)
    is_by, is_down = sort.removeprefix("-") == key, sort.startswith("-")
    wanted = key if not is_by or is_down else f"-{key}"
    if is_by:
        look["aria-sort"] = "descending" if is_down else "ascending"
    title = words("list.sort", column=column.label)
    stays = {"data-set": f"sort={wanted}", "data-stays": ""}
    return html.Th(html.Button(column.label, type="button", title=title, **stays), **look)


def taken_away(words: Words, of: str, *, file: str, source: str, rows: int) -> list[Component]:
    """A button that saves the rows seen of the list `of` as CSV, with `source` under them, and a link to a file of all
    its `rows`, which the server makes."""
    seen = html.Button(
        words("list.csv"),
        type="button",
        className="button",
        title=words("list.csv_says"),
        **{"data-csv": of, "data-file": file, "data-source": source},
    )
    return [seen, whole_list(words, of, rows=rows)]


def whole_list(words: Words, of: str, *, rows: int) -> html.A:
    """The link to a file of all rows that the filters leave."""
    label = words("list.xlsx") if rows <= MOST_XLSX_ROWS else words("list.csv_all")
    return whole_file(of, label, words("list.xlsx_says"), rows=rows)


def whole_file(of: str, label: str, says: str, *, rows: int) -> html.A:
    """A link to a file of all rows of the list `of`: a workbook, or CSV where they are too many for one."""
    kind = "xlsx" if rows <= MOST_XLSX_ROWS else "csv"
    return html.A(
        label, href=f"/export/{of}.{kind}", className="button", download="", title=says, **{"data-keeps-view": ""}
    )


def nothing(text: str) -> html.P:
    """Why a list is empty, and what to do."""
    return html.P(text, className="empty")
