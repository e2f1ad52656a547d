"""Where the partnerships are, and how they grew, with what is not known."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.counted import how_counted
from dashboard.report.model import Block, Heading, Paragraph, Points, TableBlock
from dashboard.report.sections.writing import Sections, Writing, draw_figure, ended, list_table


def write_where(writing: Writing) -> Sections:
    """The map, and the table of countries."""
    t, said = writing.view.t, writing.chart("map")
    table = writing.chart("countries")
    table_rows = table.table[table.table["upper"] > 0]
    if table_rows.empty:
        return t("report.left.where", year=writing.year)
    return [
        Paragraph(ended(t, said.headline), writing.notes.few(said.source_ids), is_lead=True),
        draw_figure(writing, said),
        Paragraph(ended(t, table.headline), writing.notes.few(table.source_ids)),
        list_table(
            writing, table, t("report.caption.countries", year=writing.year), rows=table_rows, leaves=("region",)
        ),
        Paragraph(how_counted("countries", t), is_note=True),
    ]


def write_growth(writing: Writing) -> Sections:
    """The figure and what it says; in the full form the decades, and what is not known."""
    view, t, said = writing.view, writing.view.t, writing.chart("growth")
    if not view.totals["upper"][view.basis.years.index(writing.year)]:
        return t("report.left.growth", year=writing.year)
    blocks: list[Block] = [
        Paragraph(ended(t, said.headline), writing.notes.few(said.source_ids), is_lead=True),
        draw_figure(writing, said, has_all_notes=not writing.is_short, is_low=writing.is_short),
    ]
    if writing.is_short:
        return blocks
    facts = [*unknown_of(writing), t("report.unknown.ended")]
    blocks += [Paragraph(said.description), _by_decade(writing), Heading(t("report.not_known"))]
    return [*blocks, Points([(text, ()) for text in facts]), Paragraph(how_counted("growth", t), is_note=True)]


def unknown_of(writing: Writing) -> list[str]:
    """What is not known of the partnerships counted, in sentences."""
    view, t = writing.view, writing.view.t
    at = view.basis.years.index(writing.year)
    undated = view.totals["undated"][at]
    identified, total = writing.count("identified"), writing.count("total")
    facts = [t("report.unknown.years", count=undated)] if undated else []
    if total > identified:
        facts.append(t("report.unknown.cities", count=total - identified, total=total))
    if (maybe := view.totals["upper"][at] - view.totals["partnerships"][at]) > 0:
        facts.append(t("report.unknown.maybe", count=maybe, year=writing.year))
    if view.without_state:
        facts.append(t("report.unknown.state", count=view.without_state, state=view.state_name))
    return facts


def _by_decade(writing: Writing) -> TableBlock:
    """What was on record at the end of each decade, and in the year."""
    view, t = writing.view, writing.view.t
    years = list(view.basis.years)[: view.basis.years.index(writing.year) + 1]
    some = [each for each in years if each % 10 == 0 or each == years[-1]]
    rows = []
    for each in some:
        at = view.basis.years.index(each)
        numbers = [view.totals[name][at] for name in ("partnerships", "dated", "undated", "upper")]
        if numbers[-1]:
            rows.append([str(each), *(t.number(number) for number in numbers)])
    names = ("year", "partnerships", "dated", "undated", "upper")
    titles = [t(f"column.{name}") for name in names]
    caption = t("report.caption.decades")
    return TableBlock(caption, pd.DataFrame(rows, columns=titles), frozenset(titles[1:]))
