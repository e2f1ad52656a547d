"""Program models by sector, with examples."""

from __future__ import annotations

from dashboard.dataset.labels import label_of
from dashboard.metrics.programs import Program, by_sector, programs
from dashboard.report.model import Block, Heading, Paragraph, Points
from dashboard.report.sections.writing import Sections, Writing, ended
from dashboard.strings import Catalog

# of each sector
MOST_EXAMPLES = 3


def write_programs(writing: Writing) -> Sections:
    """How many there are, and examples of each sector."""
    view, t = writing.view, writing.view.t
    examples = programs(view.dataset, view.selection)
    if not examples:
        return ended(t, t("programs.none"))
    sectors = by_sector(examples)
    first = next(iter(sectors))
    headline = t(
        "programs.headline",
        count=len(examples),
        sectors=len(sectors),
        first=label_of(t, "sector", first),
        most=sectors[first],
    )
    blocks: list[Block] = [Paragraph(ended(t, headline), is_lead=True), Paragraph(t("programs.note"), is_note=True)]
    for sector, count in sectors.items():
        items = []
        for each in [one for one in examples if one.sector == sector][:MOST_EXAMPLES]:
            items.append((_example(each, t), writing.notes.cite(source.id for source in each.sources)))
        blocks += [
            Heading(t("report.sector", sector=label_of(t, "sector", sector), count=count)),
            Points(items, is_english=True),
        ]
    return blocks


def _example(each: Program, t: Catalog) -> str:
    where = each.pair or str(each.year or "")
    if each.pair and each.year:
        where = t("report.program_where", pair=each.pair, year=each.year)
    which = "report.program" if where else "report.program_plain"
    return t(which, title=each.title, where=where, summary=each.summary)
