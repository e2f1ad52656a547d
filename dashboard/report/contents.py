"""The report of a selection: every sentence, table and figure computed from the same tables as the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

import pandas as pd

from dashboard.charts import CHARTS, View
from dashboard.charts.base import mark_sample, note_of
from dashboard.charts.cells import Cell, cell_text, cells_of
from dashboard.charts.counted import GENERAL, how_counted
from dashboard.charts.file_names import filename
from dashboard.context import AppContext
from dashboard.dataset.model import Wave
from dashboard.dataset.records import records
from dashboard.dataset.report_words import COMPUTED, CONCLUSIONS, FOREWORD, RECOMMENDATIONS
from dashboard.exports.bundle import basis_in_full, chosen
from dashboard.filters import Selection, to_query
from dashboard.metrics.cities import partner_cities
from dashboard.metrics.findings import is_about_barriers, published_surveys
from dashboard.metrics.match import Candidate, find_example, for_community, for_partner
from dashboard.metrics.partnerships import tiles_table
from dashboard.metrics.programs import Program, by_sector, programs
from dashboard.metrics.registry import DATED, UNIDENTIFIED, Entry, entries
from dashboard.metrics.research import QUESTIONS, progress_table, questions_table
from dashboard.metrics.sources import ids_under, sources
from dashboard.metrics.states import SIZES, state_page
from dashboard.metrics.survey import survey_of
from dashboard.presentation.reasons import in_groups, reason_sentence
from dashboard.report.figures import FIGURES
from dashboard.report.model import (
    Block,
    FigureBlock,
    Heading,
    Notes,
    Paragraph,
    Points,
    Report,
    TableBlock,
    Terms,
    sections_of,
)
from dashboard.report.words import written_in
from dashboard.strings import Catalog

PATH = "/report"
SENTENCES = 5
# examples of each sector, matches of a city, rows of the register: what a reader can take in, and a printer print
MOST_EXAMPLES, MOST_MATCHES, MOST_ENTRIES = 3, 3, 600
REMEMBERED = 16
ORDER = (FOREWORD, *COMPUTED[:-1], CONCLUSIONS, RECOMMENDATIONS, COMPUTED[-1])
UNNUMBERED = (FOREWORD,)
# words of the page of those who take part (about.steps), as the report asks for them
STEPS = ("match", "dialogue", "reach_out", "help")
TERMS = ("basis", "dated", "undated", "maybe", "least", "identified", "region", "scope")


@dataclass(frozen=True)
class Writing:
    """What the sections are written from: a view and a year of it, and the notes so far."""

    context: AppContext
    view: View
    year: int
    notes: Notes

    @property
    def selection(self) -> Selection:
        """The selection, of its year alone."""
        return replace(self.view.selection, year=self.year)

    def count(self, name: str) -> int:
        """One of the figures of `tiles_table`, in the year."""
        rows = self.view.compute(tiles_table)
        return int(rows.loc[(rows["year"] == self.year) & (rows["name"] == name), "value"].iloc[0])

    def chart(self, name: str, view: View | None = None) -> ChartWords:
        """What a chart says in the year."""
        view, chart = view or self.view, CHARTS[name]
        rows = chart.table(view)
        return ChartWords(
            headline=mark_sample(chart, chart.headline(rows, view, self.year), view),
            description=mark_sample(chart, chart.description(rows, view, self.year), view),
            note=note_of(chart, rows, view, self.year),
            table=chart.shown(rows, view, self.year),
            columns=chart.columns,
            state=chart.display_state(rows, view, self.year),
            ids=() if chart.is_sample(view) else tuple(chart.sources(view)),
            is_sample=chart.is_sample(view),
        )


@dataclass(frozen=True)
class ChartWords:
    """What a chart says: its words, the rows of its table tab with its columns, the state of its card, its sources."""

    headline: str
    description: str
    note: str
    table: pd.DataFrame
    columns: Sequence[str]
    state: str
    ids: Sequence[str]
    is_sample: bool


def build_report(context: AppContext, selection: Selection, *, address: str = "") -> Report:
    """The report of a selection. `address` is where it can be seen, "" where that is not known."""
    return _build(context, replace(selection, map="countries", page_params=(), is_large_print=False), address)


@lru_cache(maxsize=REMEMBERED)
def _build(context: AppContext, selection: Selection, address: str) -> Report:
    t, view = context.t, context.view(selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    writing = Writing(context, view, year, Notes())
    written = written_in(view, year)
    found: dict[str, Sequence[Block]] = {}
    left_out: list[tuple[str, str]] = []
    titles = {name: t(f"report.section.{name}") for name in ORDER}
    for name in ORDER:
        computed = SECTIONS[name](writing) if name in SECTIONS else []
        words = [written[name]] if name in written else []
        if isinstance(computed, str):
            left_out.append((titles[name], computed))
            computed = []
        if blocks := [*words, *computed]:
            found[name] = blocks
    is_sample = selection.is_sample
    of = chosen_of(view, year)
    return Report(
        title=t("report.title"),
        of=of,
        organisation=t("app.organisation"),
        sections=sections_of(found, titles, UNNUMBERED),
        sources=sources(context.dataset, writing.notes.numbers),
        stamps=_stamps(writing, address),
        left_out=left_out,
        is_sample=is_sample,
        is_draft=True,
        filename=filename("report", view, year, is_sample=is_sample),
        running_head=t("report.running", name=t("app.name"), of=of),
    )


def chosen_of(view: View, year: int) -> str:
    """Of what the report is, in few words: "Western Asia, 2000"; "All countries, 2007" where nothing is chosen."""
    t, selection = view.t, view.selection
    names = [label for name in ("country", "region", "state", "status") for label in view.labels(name)]
    place = t.listing(names) if names else t("report.everything")
    return t("report.of", place=place, year=year) if selection else place


def address_of(context: AppContext, selection: Selection) -> str:
    """The path and query that give the same report again."""
    return PATH + to_query(replace(selection, page_params=(), map="countries", is_large_print=False), context.choices)


def _stamps(writing: Writing, address: str) -> list[tuple[str, str]]:
    t, view = writing.view.t, writing.view
    pairs = [
        (t("report.stamp.collected"), t.date(view.dataset.about.collected.isoformat())),
        (t("files.about.basis"), basis_in_full(writing.context, view)),
        (t("files.about.year"), str(writing.year)),
        (t("files.about.selection"), chosen(view)),
        (t("report.stamp.version"), writing.context.version[:12]),
        (t("files.about.address"), address or address_of(writing.context, view.selection)),
    ]
    return [(label, text) for label, text in pairs if text]


# ---- sections: blocks, or why there is none
Sections = Sequence[Block] | str


def _summary(writing: Writing) -> Sections:
    said = islice(_sentences(writing), SENTENCES)
    return [Points([(text, writing.notes.few(ids)) for text, ids in said], is_numbered=True)]


def _sentences(writing: Writing) -> Iterator[tuple[str, Sequence[str]]]:
    """The sentences of the summary with the ids of their sources, the most important first."""
    view, t = writing.view, writing.view.t
    yield _counted(writing), ids_under(view.basis, view.selection)
    is_counted, is_of_country = writing.count("partnerships_upper") > 0, view.selection.country is not None
    for name, is_said in (("growth", is_counted), ("barriers", True), ("openings", not is_of_country)):
        if (
            is_said
            and (chart := writing.chart(name, _newest(writing) if name == "barriers" else None)).state != "empty"
        ):
            yield ended(t, chart.headline), chart.ids
    if progress := _progress(writing):
        yield ended(t, progress), ids_under(view.basis, view.selection)
    if is_counted:
        chart = writing.chart("map")
        yield ended(t, chart.headline), chart.ids
    if examples := programs(view.dataset, view.selection):
        ids = [source.id for each in examples for source in each.sources]
        in_sectors = t("report.in_sectors", count=len(by_sector(examples)))
        yield t("report.programs", count=len(examples), in_sectors=in_sectors), ids


def ended(t: Catalog, headline: str) -> str:
    """A headline as a sentence among others."""
    return headline if headline.endswith((".", "!", "?", "؟")) else t("report.sentence", headline=headline)


def together(*sentences: str) -> str:
    """Whole sentences as one paragraph."""
    return " ".join(filter(None, sentences))


def _counted(writing: Writing) -> str:
    """How many partnerships with how many countries and U.S. communities."""
    t, view = writing.view.t, writing.view
    low, high = writing.count("partnerships"), writing.count("partnerships_upper")
    values: dict[str, Any] = {
        "in_countries": t("report.in_countries", count=writing.count("countries")),
        "basis": writing.context.basis_label(view.selection.basis),
        "year": writing.year,
    }
    if not high:
        return t("report.counted_none", **values)
    which = "counted"
    if view.country_name:
        which, values = "counted_country", {**values, "country": view.country_name}
    if high > low:
        return t(f"report.{which}_between", count=high, low=low, high=high, **values)
    return t(f"report.{which}", count=low, **values)


def _where(writing: Writing) -> Sections:
    t, said = writing.view.t, writing.chart("map")
    table = writing.chart("countries")
    table_rows = table.table[table.table["upper"] > 0]
    if table_rows.empty:
        return t("report.left.where", year=writing.year)
    return [
        Paragraph(ended(t, said.headline), writing.notes.few(said.ids), is_lead=True),
        _figure(writing, "map", said),
        Paragraph(ended(t, table.headline), writing.notes.few(table.ids)),
        _table(writing, table, t("report.caption.countries", year=writing.year), rows=table_rows, leaves=("region",)),
        Paragraph(how_counted("countries", t), is_note=True),
    ]


def _growth(writing: Writing) -> Sections:
    view, t, said = writing.view, writing.view.t, writing.chart("growth")
    if not view.totals["upper"][view.basis.years.index(writing.year)]:
        return t("report.left.growth", year=writing.year)
    blocks: list[Block] = [
        Paragraph(ended(t, said.headline), writing.notes.few(said.ids), is_lead=True),
        _figure(writing, "growth", said),
        Paragraph(said.description),
        _by_decade(writing),
        Heading(t("report.not_known")),
    ]
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
    facts.append(t("report.unknown.ended"))
    return [*blocks, Points([(text, ()) for text in facts]), Paragraph(how_counted("growth", t), is_note=True)]


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


def _barriers(writing: Writing) -> Sections:
    """The themes of the first survey beside later answers, each by itself; then what other surveys published."""
    view, t, blocks = writing.view, writing.view.t, list[Block]()
    real = replace(view.selection, is_sample=False, wave=None)
    for wave in survey_of(view.dataset, real).waves:
        if wave.kind == "themes" and wave.year <= writing.year:
            blocks += _themes(writing, wave)
    answered = _answered(writing)
    for wave in answered:
        blocks += _answers(writing, wave)
    is_last = writing.year == view.basis.last_year
    if blocks and not answered:
        blocks.append(Paragraph(t("report.no_answers" if is_last else "report.no_answers_by", year=writing.year)))
    published = [
        (survey, finding)
        for survey in published_surveys(view.dataset)
        for finding in survey.findings
        if is_about_barriers(finding)
    ]
    # they are of other places and of today: in the report of one of ours, or of a year, they would say nothing
    if published and is_last and not view.selection.filters:
        titles = [t(f"report.column.{name}") for name in ("survey", "question", "answer", "value")]
        missing = t("cell.missing")
        rows = [
            (
                t("report.survey_of_year", title=survey.title, year=survey.year) if survey.year else survey.title,
                each.question,
                each.option,
                t("report.published_value", value=each.value or missing, unit=each.unit),
            )
            for survey, each in published
        ]
        notes = [writing.notes.cite(source.id for source in survey.sources) for survey, _ in published]
        frame = pd.DataFrame(rows, columns=titles)
        blocks += [
            Heading(t("report.elsewhere")),
            TableBlock(t("report.caption.elsewhere"), frame, group=titles[0], notes_of=notes),
        ]
    return blocks or ended(t, writing.chart("barriers").headline)


def _themes(writing: Writing, wave: Wave) -> list[Block]:
    view, t = writing.view, writing.view.t
    themes = view.dataset.survey.themes
    of_wave = themes[themes["wave"] == wave.id]
    items = [
        t("report.themes", group=str(title), themes=t.listing([t.lower_first(label) for label in group["label"]]))
        for title, group in of_wave.groupby("group_title", sort=False)
    ]
    notes = writing.notes.cite(wave.source_ids)
    return [
        Heading(wave.title),
        Paragraph(t("barriers.cited"), notes, is_lead=True),
        Points([(text, notes) for text in items]),
    ]


def _answered(writing: Writing) -> list[Wave]:
    """The waves with answers to show: the one chosen, else all up to the year; at the last year of a basis all."""
    selection = writing.view.selection
    waves = [wave for wave in survey_of(writing.view.dataset, selection).waves if wave.kind != "themes"]
    if selection.wave is not None:
        return [wave for wave in waves if wave.id == selection.wave]
    is_last = writing.year == writing.view.basis.last_year
    return [wave for wave in waves if is_last or wave.year <= writing.year][-1:]


def _newest(writing: Writing) -> View:
    """The view whose barriers the summary names: of the newest answers, else of the themes."""
    answered = _answered(writing)
    return _of_wave(writing, answered[-1]) if answered else writing.view


def _of_wave(writing: Writing, wave: Wave) -> View:
    return writing.context.view(replace(writing.view.selection, wave=wave.id))


def _answers(writing: Writing, wave: Wave) -> list[Block]:
    """The shares of a wave with their intervals, as far as they may be shown (`metrics/disclosure.py`)."""
    t, view = writing.view.t, _of_wave(writing, wave)
    said = writing.chart("barriers", view)
    notes = writing.notes.cite(said.ids)
    blocks: list[Block] = [
        Heading(wave.title),
        Paragraph(ended(t, said.headline), notes, is_lead=True),
    ]
    if said.state == "chart":
        blocks.append(_figure(writing, "barriers", said, view))
    if said.state in {"chart", "counts"}:
        caption = t("report.caption.answers", title=wave.title)
        blocks.append(_table(writing, said, caption, leaves=("shown",)))
    return [*blocks, *([Paragraph(said.note, is_note=True)] if said.note else [])]


def _partnerships(writing: Writing) -> Sections:
    """The register by country: what has its cities in a row of its own, the others counted in one."""
    t, listed = writing.view.t, entries(writing.view.dataset, writing.selection)
    if not listed:
        return t("report.left.partnerships", year=writing.year)
    titles = [t("column.country"), t("registry.us"), t("registry.abroad"), t("registry.since"), t("registry.status")]
    rows: list[tuple[str, ...]] = []
    notes: list[tuple[int, ...]] = []
    unidentified: dict[str, list[Entry]] = {}
    for each in listed:
        if each.recorded == UNIDENTIFIED:
            unidentified.setdefault(each.country, []).append(each)
    countries = dict.fromkeys(each.country for each in listed)
    by_country = {name: [each for each in listed if each.country == name] for name in countries}
    for name, of in by_country.items():
        for each in of:
            if each.recorded != UNIDENTIFIED and len(rows) < MOST_ENTRIES:
                rows.append((name, each.us_name, each.partner_community, _since(each, t), _status(each, t)))
                notes.append(writing.notes.cite(source.id for source in each.sources))
        if others := unidentified.get(name):
            rows.append((name, t("report.unidentified", count=len(others)), "", "", ""))
            notes.append(writing.notes.cite(source.id for each in others for source in each.sources))
    named = sum(each.recorded != UNIDENTIFIED for each in listed)
    headline = t("registry.headline", count=len(listed), named=named, dated=sum(e.recorded == DATED for e in listed))
    caption = t("report.caption.register", year=writing.year)
    blocks: list[Block] = [
        Paragraph(ended(t, headline), is_lead=True),
        TableBlock(caption, pd.DataFrame(rows, columns=titles), group=titles[0], notes_of=notes),
    ]
    if named > MOST_ENTRIES:
        blocks.append(Paragraph(t("report.more_entries", shown=MOST_ENTRIES, count=named)))
    return [*blocks, Paragraph(t("registry.file_note"), is_note=True)]


def _since(each: Entry, t: Catalog) -> str:
    if each.start_year is not None:
        return str(each.start_year)
    return t("registry.by", year=each.known_by) if each.known_by is not None else t("registry.unknown")


def _status(each: Entry, t: Catalog) -> str:
    return t(f"filter.status.{each.status}")


def _programs(writing: Writing) -> Sections:
    view, t = writing.view, writing.view.t
    examples = programs(view.dataset, view.selection)
    if not examples:
        return ended(t, t("programs.none"))
    sectors = by_sector(examples)
    first = next(iter(sectors))
    headline = t("programs.headline", count=len(examples), sectors=len(sectors), first=first, most=sectors[first])
    blocks: list[Block] = [Paragraph(ended(t, headline), is_lead=True), Paragraph(t("programs.note"), is_note=True)]
    for sector, count in sectors.items():
        items = []
        for each in [one for one in examples if one.sector == sector][:MOST_EXAMPLES]:
            items.append((_example(each, t), writing.notes.cite(source.id for source in each.sources)))
        blocks += [Heading(t("report.sector", sector=sector, count=count)), Points(items)]
    return blocks


def _example(each: Program, t: Catalog) -> str:
    where = each.pair or str(each.year or "")
    if each.pair and each.year:
        where = t("report.program_where", pair=each.pair, year=each.year)
    which = "report.program" if where else "report.program_plain"
    return t(which, title=each.title, where=where, summary=each.summary)


def _openings(writing: Writing) -> Sections:
    """Countries without a partnership, and for a community without one who would suit it, with the reasons."""
    view, t, said = writing.view, writing.view.t, writing.chart("openings")
    blocks: list[Block] = []
    if view.selection.country is not None:
        has_any = bool(writing.count("partnerships_upper"))
        text = t("match.not_open" if has_any else "match.open", country=view.country_name)
        blocks.append(Paragraph(text, is_lead=True))
    elif len(said.table):
        # a U.S. state narrows nothing here: the list, and all that it rests on, are those of the whole report
        is_whole = view.selection.state is None
        blocks += [
            Paragraph(ended(t, said.headline), writing.notes.few(said.ids), is_lead=True),
            _figure(writing, "openings", said, has_all_notes=is_whole),
        ]
        if is_whole:
            blocks.append(_table(writing, said, t("report.caption.openings"), group="region"))
        blocks.append(Paragraph(said.note, is_note=True))
    title, found, is_outward = _matches(writing)
    if found:
        notes = writing.notes.few(view.dataset.about.sources.get("coordinates", ()))
        items = []
        for each in found:
            city = each.abroad if is_outward else each.us
            reasons = [reason_sentence(t, each, reason) for reason in each.reasons if reason.weight]
            people, score = in_groups(t, city.population), round(each.score)
            name = t("report.match", count=city.population, city=city.full_name, people=people, score=score)
            items.append((together(name, *reasons), notes))
        how = t("match.how", basis=writing.context.basis_label(view.selection.basis))
        note = Paragraph(together(t("match.note"), how), is_note=True)
        blocks += [Heading(title), Points(items, is_numbered=True), note]
    return blocks or ended(t, t("openings.headline_none"))


def _matches(writing: Writing) -> tuple[str, Sequence[Candidate], bool]:
    """Title, matches and whether they are abroad: for the largest city without a partnership, of the country or the
    U.S. state chosen, else of all."""
    view, t = writing.view, writing.view.t
    dataset, basis, selection = view.dataset, view.basis, view.selection
    if selection.country is not None:
        cities = [city for city in partner_cities(dataset).values() if city.country_iso3 == selection.country]
        if not cities:
            return "", (), False
        largest = max(cities, key=lambda city: city.population)
        found = for_partner(dataset, basis, largest, most=MOST_MATCHES)
        return t("report.matches", city=largest.full_name), found, False
    if selection.state is not None:
        without = state_page(dataset, selection, selection.state, least=SIZES[0]).without
        city = without[0] if without else None
    else:
        city = find_example(dataset, basis)
    if city is None:
        return "", (), True
    found = for_community(dataset, basis, city, filters=selection.filters, most=MOST_MATCHES)
    return t("report.matches", city=city.full_name), found, True


def _progress(writing: Writing) -> str:
    """How far the research is; "" where nothing counts. It does not follow the year, and says so in its section."""
    table = progress_table(writing.view.dataset, writing.view.selection)
    counted, identified, dated = (int(table[name].sum()) for name in ("counted", "identified", "dated"))
    if not counted:
        return ""
    values = {"identified": identified, "counted": counted, "dated": dated, "open": counted - identified}
    return writing.view.t("research.headline", **values)


def _research(writing: Writing) -> Sections:
    view, t = writing.view, writing.view.t
    table = progress_table(view.dataset, view.selection)
    names = ("country", "counted", "identified", "dated")
    titles = [t(f"column.{name}") for name in names]
    open_ones = table[table["dated"] < table["counted"]]
    rows = [[_cell(name, row[name], t) for name in names] for row in records(open_ones)]
    asked = questions_table(view.dataset, view.selection)["kind"].value_counts()
    questions = [(t(f"report.question.{kind}", count=int(asked[kind])), ()) for kind in QUESTIONS if kind in asked]
    said = ended(t, _progress(writing)) if len(table) else t("report.left.research")
    blocks: list[Block] = [Paragraph(said, writing.notes.few(ids_under(view.basis, view.selection)), is_lead=True)]
    if rows:
        frame = pd.DataFrame(rows, columns=titles)
        blocks.append(TableBlock(t("report.caption.research"), frame, frozenset(titles[1:])))
        blocks.append(Paragraph(t("research.note"), is_note=True))
    if questions:
        blocks += [Heading(t("report.open")), Points(questions)]
    contact = writing.context.contact
    lines = " · ".join(filter(None, (contact.name, contact.email, contact.phone)))
    asked_for = [(t(f"about.steps.{step}.name"), t(f"about.steps.{step}.text")) for step in STEPS]
    steps = [(t("report.step", name=name, text=text), ()) for name, text in asked_for]
    return [*blocks, Heading(t("report.asked")), Points(steps), Paragraph(t("contact.ask")), Paragraph(lines)]


def _method(writing: Writing) -> Sections:
    t, thresholds = writing.view.t, writing.view.thresholds
    privacy = t("report.privacy", least=thresholds.hide_below, counts=thresholds.counts_below)
    terms = [(t(f"report.term.{name}.name"), t(f"report.term.{name}.means")) for name in TERMS]
    cited = writing.view.dataset.about.sources
    scope = [*cited.get("scope", ()), *cited.get("regions", ())]
    places = [*cited.get("coordinates", ()), *cited.get("boundaries", ())]
    return [
        Paragraph(how_counted(GENERAL, t)),
        Paragraph(t("report.method.scope"), writing.notes.cite(scope)),
        Paragraph(t("report.method.places"), writing.notes.cite(places)),
        Paragraph(privacy),
        Paragraph(t("report.method.notes")),
        Heading(t("report.terms")),
        Terms(terms),
    ]


SECTIONS: Mapping[str, Callable[[Writing], Sections]] = {
    "summary": _summary,
    "where": _where,
    "growth": _growth,
    "barriers": _barriers,
    "partnerships": _partnerships,
    "programs": _programs,
    "openings": _openings,
    "research": _research,
    "method": _method,
}


# ---- blocks
def _figure(
    writing: Writing, name: str, said: ChartWords, view: View | None = None, *, has_all_notes: bool = True
) -> FigureBlock:
    """A chart as a drawing, with the numbers of all sources it rests on, or of the first."""
    view = view or writing.view
    return FigureBlock(
        id=name,
        caption=writing.view.t(f"report.caption.{name}", year=writing.year),
        description=said.description,
        drawing=FIGURES[name](view, writing.year),
        notes=writing.notes.cite(said.ids) if has_all_notes else writing.notes.few(said.ids),
        is_sample=said.is_sample,
    )


def _table(
    writing: Writing,
    said: ChartWords,
    caption: str,
    *,
    rows: pd.DataFrame | None = None,
    group: str = "",
    leaves: Sequence[str] = (),
) -> TableBlock:
    """The table tab of a chart as texts, without the columns that it `leaves` out."""
    t, table = writing.view.t, said.table if rows is None else rows
    names = [name for name in said.columns if name in table and name not in leaves]
    titles = {name: t(f"column.{name}") for name in names}
    frame = pd.DataFrame({titles[name]: [_cell(name, cell, t) for cell in cells_of(table[name])] for name in names})
    numbers = frozenset(titles[name] for name in names if pd.api.types.is_numeric_dtype(table[name]))
    return TableBlock(
        caption, frame, numbers, titles.get(group, ""), notes=writing.notes.few(said.ids), is_sample=said.is_sample
    )


def _cell(name: str, cell: Cell, t: Catalog) -> str:
    if name in {"is_pew", "is_oic"}:
        return t("cell.yes") if cell == "yes" else t("cell.missing")
    return cell_text(name, cell, t)
