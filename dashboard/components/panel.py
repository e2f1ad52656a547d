"""The panel of one country: its partnerships, what is not known, programs, sources."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.advisories import advisory_text
from dashboard.components.bind import attributes, choose
from dashboard.components.sources import source_link
from dashboard.dataset.model import DOCUMENTED
from dashboard.metrics.panel import CountryPanel, Excess, PanelPair
from dashboard.metrics.sources import Source
from dashboard.strings import Words

CONFIDENCE = {"high": 3, "medium": 2, "low": 1}
NAMED_CANDIDATES = 4
NAMED_EXCESS = 6


def country_panel(panel: CountryPanel, words: Words) -> list[Component]:
    """Facts, the table of partnerships, what is not identified, counts that differ, travel advisories, programs."""
    return [
        _facts(panel, words),
        *_pairs(panel, words),
        *_asides(panel, words),
        *advisory_text(words, panel.advisories, panel.name),
        *_programs(panel, words),
    ]


def _facts(panel: CountryPanel, words: Words) -> html.Dl:
    facts = [
        (panel.counted, words("panel.basis_count", basis=panel.basis_label)),
        (panel.identified, words("panel.known")),
    ]
    if panel.unidentified:
        facts += [
            (panel.unidentified, words("panel.unknown")),
            (len(panel.candidates), words("panel.candidates")),
        ]
    if panel.ended:
        facts.append((panel.ended, words("panel.has_ended")))
    return html.Dl([html.Div([html.Dt(label), html.Dd(str(number))]) for number, label in facts], className="facts")


def _pairs(panel: CountryPanel, words: Words) -> list[Component]:
    if not panel.pairs and not panel.unidentified:
        return [html.P([words("panel.nothing", country=panel.name), *_everything(panel, words)], className="aside")]
    head = html.Thead(
        html.Tr(
            [
                html.Th(words(f"panel.{name}"), scope="col")
                for name in ("partnership", "since", "status", "confidence", "source")
            ]
        )
    )
    rows = [_pair(pair, words) for pair in panel.pairs]
    if panel.unidentified:
        squares = [html.I(className="u u-o") for _ in range(panel.unidentified)]
        what = html.Td(
            [
                html.B(words("panel.unidentified", count=panel.unidentified, who=panel.counted_by)),
                html.Small(squares, **{"aria-hidden": "true"}),
            ]
        )
        confidence = html.Td(
            [_dots("high"), words("panel.confidences.high"), html.Small(words("panel.unidentified_what"))]
        )
        rows.append(
            html.Tr(
                [
                    what,
                    html.Td(html.Span(words("panel.not_recorded"), className="missing")),
                    html.Td(),
                    confidence,
                    _links(panel.count_sources, words),
                ]
            )
        )
    more = words("panel.more", count=panel.more) if panel.more else ""
    link = html.A(more, href="/partnerships", className="link", **{"data-keeps-view": ""})
    return [html.Table([head, html.Tbody(rows)], className="pairs"), *([html.P(link)] if more else [])]


def _everything(panel: CountryPanel, words: Words) -> list[Component]:
    """The way to what research found and this basis does not count."""
    if not panel.later and not panel.candidates:
        return []
    go = {**choose("basis", DOCUMENTED), "data-stays": ""}
    return [" ", html.Button(words("panel.everything"), type="button", className="quiet-link", **go)]


def _pair(pair: PanelPair, words: Words) -> html.Tr:
    name = html.Td(
        [
            html.B(words("panel.pair", us=pair.us_name, partner=pair.partner)),
            *([html.Small(pair.note.split(";")[0], title=pair.note)] if pair.note else []),
        ]
    )
    confidence = html.Td([_dots(pair.confidence), words(f"panel.confidences.{pair.confidence}")])
    status = html.Td(words(f"panel.statuses.{pair.status or 'unknown'}"))
    return html.Tr(
        [
            name,
            html.Td(_since(pair, words), className="when"),
            status,
            confidence,
            _links(pair.sources, words),
        ],
        **attributes(data_state=f"panel.{pair.id}"),
    )


def _since(pair: PanelPair, words: Words) -> Component:
    if pair.start is not None:
        return html.Span(words("panel.ended", start=pair.start, end=pair.end) if pair.end else str(pair.start))
    if pair.end is not None:
        return html.Span(words("panel.ended_undated", end=pair.end), className="missing")
    text = words("panel.known_by", year=pair.known_by) if pair.known_by else words("panel.not_recorded")
    return html.Span(text, className="missing")


def _dots(confidence: str) -> html.Span:
    full = CONFIDENCE[confidence]
    return html.Span(
        [html.I(className="full" if at < full else "") for at in range(3)],
        className="dots",
        **{"aria-hidden": "true"},
    )


def _links(cited: Sequence[Source], words: Words) -> html.Td:
    return html.Td([html.Div(source_link(source, source.name, words)) for source in cited])


def _asides(panel: CountryPanel, words: Words) -> list[Component]:
    parts: list[Component] = []
    if panel.candidates and panel.unidentified:
        what = words("panel.candidates_what", count=len(panel.candidates), unknown=panel.unidentified)
        names = words.listing(panel.candidates[:NAMED_CANDIDATES])
        parts.append(html.P([html.B(what), " ", words("panel.candidates_named", names=names)], className="aside"))
    if panel.later:
        parts.append(html.P(html.Small(words("panel.later", count=panel.later, year=panel.year)), className="aside"))
    if panel.excess:
        parts.append(html.P(_excess(panel.excess, words), className="aside"))
    if len(panel.published) > 1:
        counts = words.listing(
            [
                words("panel.conflict_item", number=number, date=date, scope=scope)
                for number, date, scope in panel.published
            ]
        )
        parts.append(html.P(words("panel.conflict", counts=counts), className="aside"))
    return parts


def _excess(excess: Excess, words: Words) -> str:
    """More is documented by the year of a count than it has: said, not settled."""
    more = ["…"] if len(excess.names) > NAMED_EXCESS else []
    return words(
        "panel.excess",
        count=len(excess.names),
        year=f"{excess.year}",
        names=words.listing([*excess.names[:NAMED_EXCESS], *more]),
        who=excess.counted_by,
        counted=excess.counted,
    )


def _programs(panel: CountryPanel, words: Words) -> list[Component]:
    if not panel.programs:
        return []
    title = html.H3(words("panel.programs", count=len(panel.programs)))
    items = [html.Div([program, html.Small(detail)]) for program, detail in panel.programs]
    return [html.Div([title, *items], className="programs")]
