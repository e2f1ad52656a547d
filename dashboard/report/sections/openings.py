"""Where there is none yet, and who would suit whom, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.metrics.cities import partner_cities
from dashboard.metrics.match import Candidate, find_example, for_community, for_partner
from dashboard.metrics.states import SIZES, state_page
from dashboard.presentation.reasons import reason_sentence
from dashboard.report.model import Block, Heading, Paragraph, Points
from dashboard.report.sections.writing import Sections, Writing, draw_figure, ended, list_table

MOST_MATCHES = 3


def write_openings(writing: Writing) -> Sections:
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
            Paragraph(ended(t, said.headline), writing.notes.few(said.source_ids), is_lead=True),
            draw_figure(writing, said, has_all_notes=is_whole),
        ]
        if is_whole:
            blocks.append(list_table(writing, said, t("report.caption.openings"), group="region"))
        blocks.append(Paragraph(said.note, is_note=True))
    title, found, is_outward = _matches(writing)
    if found:
        notes = writing.notes.few(view.dataset.about.sources.get("coordinates", ()))
        items = []
        for each in found:
            city = each.abroad if is_outward else each.us
            reasons = [reason_sentence(t, each, reason) for reason in each.reasons if reason.weight]
            people, score = t.in_groups(city.population), round(each.score)
            name = t("report.match", count=city.population, city=city.called(t), people=people, score=score)
            items.append((t.sentences(name, *reasons), notes))
        how = t("match.how", basis=writing.context.basis_label(view.selection.basis))
        note = Paragraph(t.sentences(t("match.note"), how), is_note=True)
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
        return t("report.matches", city=largest.called(t)), found, False
    if selection.state is not None:
        without = state_page(dataset, selection, selection.state, least=SIZES[0]).without
        city = without[0] if without else None
    else:
        city = find_example(dataset, basis)
    if city is None:
        return "", (), True
    found = for_community(dataset, basis, city, filters=selection.filters, most=MOST_MATCHES)
    return t("report.matches", city=city.called(t)), found, True
