"""The registry of partnerships: the list, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.lists import (
    Cell,
    Column,
    Paging,
    Row,
    nothing,
    paged,
    searched,
    sortable,
    taken_away,
    whole_file,
    whole_list,
)
from dashboard.components.sheet import facts, sheet
from dashboard.components.sources import source_link
from dashboard.exports.lists import EVERYTHING
from dashboard.metrics.evidence import Statement
from dashboard.metrics.registry import DATED, UNIDENTIFIED, Entry
from dashboard.metrics.registry_page import ROWS, RegistryPage
from dashboard.strings import Words

REGISTRY = "registry"
MARKS = {"dated": "d", "undated": "n", "unidentified": "o"}


def registry(words: Words, found: Sequence[Entry], *, basis_label: str, rows: int) -> list[Component]:
    """The card with the list of the entries that count; `rows` is how many the data has in all."""
    if not found:
        return [sheet(REGISTRY, words("registry.none"), [nothing(words("card.empty_filters"))])]
    named = sum(each.is_identified for each in found)
    dated = sum(each.recorded == DATED for each in found)
    columns = [
        Column(words("registry.us")),
        Column(words("registry.abroad")),
        Column(words("column.country")),
        Column(words("registry.since"), is_number=True),
        Column(words("registry.status")),
        Column(words("registry.confidence")),
        Column(words("registry.sources"), is_number=True),
    ]
    source = words("registry.source", basis=basis_label)
    return [
        sheet(
            REGISTRY,
            words("registry.headline", count=len(found), named=named, dated=dated),
            [
                searched(words, REGISTRY, label=words("registry.find")),
                sortable(
                    words, REGISTRY, columns, [_row(words, each) for each in found], caption=words("registry.caption")
                ),
            ],
            acts=[
                *taken_away(words, REGISTRY, file="partnerships.csv", source=source, rows=len(found)),
                _every_row(words, rows),
            ],
            note=words("registry.note"),
            source=[html.Span(source)],
        )
    ]


def _every_row(words: Words, rows: int) -> Component:
    """The way to a file of the whole data, whatever is chosen."""
    label, says = words("registry.every_row", rows=f"{rows:,}"), words("registry.every_row_says")
    return whole_file(EVERYTHING, label, says, rows=rows)


def registry_by_page(
    words: Words, page: RegistryPage, *, find: str, basis_label: str, rows_in_data: int
) -> list[Component]:
    """The same of a collection too large for one list."""
    columns = {
        "us": Column(words("registry.us")),
        "abroad": Column(words("registry.abroad")),
        "country": Column(words("column.country")),
        "since": Column(words("registry.since"), is_number=True),
        "status": Column(words("registry.status")),
        "confidence": Column(words("registry.confidence")),
        "": Column(words("registry.sources"), is_number=True),
    }
    after = page.start + ROWS
    paging = Paging(
        first=min(page.start + 1, page.matching),
        last=page.start + len(page.entries),
        found=page.matching,
        find=find,
        sort=page.sort,
        before=page.start - ROWS if page.start else None,
        after=after if after < page.matching else None,
    )
    rows = [_row(words, each) for each in page.entries]
    return [
        sheet(
            REGISTRY,
            words("registry.headline", count=page.total, named=page.named, dated=page.dated),
            [
                paged(words, REGISTRY, columns, rows, paging, caption=words("registry.caption")),
                *([] if rows else [nothing(words("registry.none_found"))]),
            ],
            acts=[whole_list(words, REGISTRY, rows=page.total), _every_row(words, rows_in_data)],
            note=words("registry.note"),
            source=[html.Span(words("registry.source", basis=basis_label))],
        )
    ]


def _row(words: Words, each: Entry) -> Row:
    address = f"/partnerships/{each.id}"
    mark = html.I(className=f"u u-{MARKS[each.recorded]}", title=words(f"registry.recorded.{each.recorded}"))
    name = each.us_name if each.is_identified else words("registry.unidentified")
    link = html.A(name, href=address, className="row-link", **{"data-keeps-view": ""})
    return Row(
        [
            Cell([mark, link], each.us_name),
            Cell(each.partner_community, each.partner_community),
            Cell(each.country, each.country),
            Cell(_since(words, each), each.start_year or ""),
            Cell(words(f"panel.statuses.{each.status}") if each.status else "", each.status),
            Cell(words(f"panel.confidences.{each.confidence}"), each.confidence),
            Cell(len(each.sources), len(each.sources)),
        ],
        spellings=each.spellings,
        class_name="is-open" if each.recorded == UNIDENTIFIED else "",
    )


def _since(words: Words, each: Entry) -> str | Component:
    if each.start_year is not None:
        return f"{each.start_year}"
    if each.known_by is not None and each.is_identified:
        return html.Span(words("registry.by", year=each.known_by), className="missing")
    return html.Span(words("registry.unknown"), className="missing")


def entry_title(words: Words, each: Entry) -> str:
    """What the page of one partnership is called, and says in its headline."""
    if not each.is_identified:
        return words("partnership.open", country=each.country)
    pair: dict[str, Any] = {"us": each.us_name, "abroad": each.partner_community, "country": each.country}
    if each.is_left_out:
        return words(f"partnership.left_out.{each.status}", **pair)
    if each.end_year is not None and each.start_year is not None:
        return words("partnership.ended", **pair, first=each.start_year, last=each.end_year)
    if each.start_year is not None:
        return words("partnership.since", **pair, year=each.start_year)
    if each.known_by is not None:
        return words("partnership.by", **pair, year=each.known_by)
    return words("partnership.undated", **pair)


def entry(
    words: Words,
    each: Entry,
    *,
    belongs: Mapping[str, str],
    programs: Sequence[Mapping[str, Any]],
    candidates: Sequence[Entry],
    statements: Sequence[Statement],
    contact: Sequence[Component],
    map_card: Sequence[Component],
) -> list[Component]:
    """The page of one. `belongs`: label of a count -> yes, no, unknown."""
    years = [
        (words("partnership.start"), f"{each.start_year}" if each.start_year else words("registry.unknown")),
        *([(words("partnership.known_by"), f"{each.known_by}")] if each.known_by else []),
        *([(words("partnership.end"), f"{each.end_year}")] if each.end_year else []),
        (words("registry.status"), words(f"panel.statuses.{each.status}") if each.status else "–"),
        (words("registry.confidence"), words(f"panel.confidences.{each.confidence}")),
    ]
    counted = [html.Li(words(f"partnership.belongs.{value}", basis=label)) for label, value in belongs.items()]
    if each.is_left_out:
        counted.append(html.Li(words("partnership.belongs.nowhere")))
    said = [html.P([html.B(words("partnership.note")), " ", each.note], className="prose")] if each.note else []
    spelled = (
        [html.P(words("panel.deck", label=each.deck_label), className="prose")]
        if each.deck_label and each.deck_label != each.country
        else []
    )
    about = sheet(
        "partnership",
        entry_title(words, each),
        [facts(years), html.Ul(counted, className="plain"), *said, *spelled],
        note=f"{each.country} · {each.region}",
    )
    sources = sheet(
        "partnership-sources",
        words("partnership.sources", count=len(each.sources)),
        [html.Ol([html.Li(source_link(source, source.title, words)) for source in each.sources], className="plain")],
    )
    back = html.A(words("partnership.back"), href="/partnerships", className="back", **{"data-keeps-view": ""})
    left = [
        about,
        *_disputed(words, each, statements),
        *_maybe(words, each, candidates),
        _programs(words, programs),
        sources,
    ]
    return [
        back,
        html.Div(
            [
                html.Div(left, className="column"),
                html.Div([*map_card, _tell(words, contact)], className="column"),
            ],
            className="grid pages-grid",
            id="figures",
            tabIndex="-1",
        ),
    ]


def _disputed(words: Words, each: Entry, statements: Sequence[Statement]) -> list[Component]:
    """What sources say differently, each with its own: shown, not settled."""
    if not statements:
        return []
    items = [
        html.Li(
            [
                html.P(f"{said.date}: {said.text}" if said.date else said.text),
                *(html.Div(source_link(source, source.title, words)) for source in said.sources),
            ]
        )
        for said in statements
    ]
    return [
        sheet(
            "statements",
            words("partnership.statements", count=len(items)),
            [html.Ul(items, className="plain told")],
            note=words("partnership.statements_note" if each.start_year else "partnership.statements_shown"),
        )
    ]


def _maybe(words: Words, each: Entry, candidates: Sequence[Entry]) -> list[Component]:
    """Pairings that one not yet identified may be: listed as candidates, never as found."""
    if each.is_identified:
        return []
    items = [
        html.Li(
            [
                html.A(
                    f"{one.us_name}–{one.partner_community}", href=f"/partnerships/{one.id}", **{"data-keeps-view": ""}
                ),
                html.Small(f" {one.start_year or words('registry.unknown')}"),
            ]
        )
        for one in candidates
    ]
    if not items:
        return [sheet("candidates", words("partnership.no_candidates"), [])]
    return [
        sheet(
            "candidates",
            words("partnership.candidates", count=len(items)),
            [html.Ul(items, className="plain")],
            note=words("partnership.candidates_note"),
        )
    ]


def _programs(words: Words, programs: Sequence[Mapping[str, Any]]) -> Component:
    if not programs:
        return sheet("programs", words("partnership.no_programs"), [], note=words("programs.note"))
    items = [
        html.Li(
            [
                html.B(row["title"]),
                html.Small(" · ".join(filter(None, (row["sector"], f"{row['year'] or ''}")))),
                html.P(row["summary"]),
            ]
        )
        for row in programs
    ]
    return sheet(
        "programs",
        words("partnership.programs", count=len(items)),
        [html.Ul(items, className="plain told")],
        note=words("programs.note"),
    )


def _tell(words: Words, contact: Sequence[Component]) -> Component:
    return sheet("tell", words("contact.tell"), [html.P(words("contact.ask"), className="prose"), *contact])
