"""Lists of whole rows to take away, as bundles like those of charts: the registry, the board and the open questions of
the research, and a shortlist that a browser keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from dashboard.charts.bundle import Bundle, Column
from dashboard.charts.file_names import filename_without_year
from dashboard.charts.slide_tables import TABLE
from dashboard.charts.source_line import cited_line
from dashboard.context import AppContext
from dashboard.dataset.model import DOCUMENTED, Dataset
from dashboard.dataset.place_names import country_terms
from dashboard.dataset.spelling import normalize
from dashboard.exports.bundle import basis_in_full, chosen
from dashboard.filters import Selection, list_param
from dashboard.metrics.registry import DATED, UNIDENTIFIED, belonging
from dashboard.metrics.registry_file import registry_table
from dashboard.metrics.research import progress_table, questions_table
from dashboard.metrics.sources import cited_in, sources
from dashboard.strings import Catalog

# a workbook of more rows takes so long to make (docs/scale.md) that others would wait; CSV is sent while it is made
MOST_XLSX_ROWS = 20_000
# every row of the data, whatever counts
EVERYTHING = "everything"
SHORTLIST, SHORTLIST_COLUMNS = "shortlist", ("us", "abroad", "score", "why")
MOST_KEPT, LONGEST_KEPT = 200, 2000
# columns of codes, which stand in the table for its CSV but not on the sheets that people read: another column has the
# same in words
CODES = {"country_iso3"}

# (headline, note, table, ids of its sources) of a list
Content = tuple[str, str, pd.DataFrame, Iterable[str]]


@dataclass(frozen=True)
class Listed:
    """A list: the path of the page that shows it, and how it is made."""

    page: str
    make: Callable[[AppContext, Selection, Dataset], Content]


def list_bundle(
    context: AppContext, name: str, selection: Selection, *, address: str = "", found_in: Dataset | None = None
) -> Bundle:
    """The bundle of one of `LISTS`, of all years. What the list looks for is found by the names of `found_in`, where
    that is the dataset in another language. Raises KeyError for another name."""
    selection = Selection(DOCUMENTED) if name == EVERYTHING else selection.without_year()
    content = LISTS[name].make(context, selection, found_in or context.dataset)
    return _bundle(context, name, selection, address, *content)


def shortlist_bundle(context: AppContext, kept: object, *, address: str = "") -> Bundle:
    """The bundle of what a browser kept: a list of {us, abroad, score, why}. Raises ValueError where it is none."""
    if not isinstance(kept, list) or not 0 < len(kept) <= MOST_KEPT:
        raise ValueError(f"a list of at most {MOST_KEPT}")
    table = pd.DataFrame([{name: _kept(each, name) for name in SHORTLIST_COLUMNS} for each in kept])
    t, about = context.t, context.dataset.about
    headline = t("shortlist.headline", number=len(table))
    basis = context.dataset.bases[about.default_basis]
    ids = [*(basis.snapshot.source_ids if basis.snapshot else ()), *about.sources.get("coordinates", ())]
    selection = Selection(about.default_basis)
    return _bundle(context, SHORTLIST, selection, address, headline, t("shortlist.source"), table, ids)


def _kept(each: object, name: str) -> str | int:
    value = each.get(name, "") if isinstance(each, Mapping) else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_KEPT:
        return value
    if not isinstance(value, str) or len(value) > LONGEST_KEPT:
        raise ValueError(name)
    return value


def _bundle(
    context: AppContext,
    name: str,
    selection: Selection,
    address: str,
    headline: str,
    note: str,
    table: pd.DataFrame,
    cited: Iterable[str],
) -> Bundle:
    t, view, ids = context.t, context.view(selection), list(dict.fromkeys(cited))
    year, line = view.basis.last_year, cited_line(ids, view)
    basis = headline if name == EVERYTHING else basis_in_full(context, view)
    about = [
        (t("files.about.what"), headline),
        (t("files.about.selection"), chosen(view)),
        (t("files.about.basis"), basis),
        (t("files.about.collected"), context.dataset.about.collected.isoformat()),
        (t("files.about.note"), note),
        (t("files.about.sources"), line),
        (t("files.about.address"), address),
    ]
    return Bundle(
        chart=name,
        filename="ipi-partnerships" if name == EVERYTHING else filename_without_year(name, view, is_sample=False),
        headline=headline,
        description=headline,
        note=note,
        display_state="chart",
        table=table,
        columns=[Column(each, t(f"list_column.{each}")) for each in table.columns if each not in CODES],
        basis=headline if name == EVERYTHING else context.basis_label(selection.basis),
        about=[(label, text) for label, text in about if text],
        sources=sources(context.dataset, ids),
        source_line=line,
        is_sample=False,
        slide=TABLE,
        view=view,
        year=year,
    )


def _registry(context: AppContext, selection: Selection, found_in: Dataset) -> Content:
    table = registry_table(context.dataset, selection, found_in)
    named, dated = (table["recorded"] != UNIDENTIFIED).sum(), (table["recorded"] == DATED).sum()
    headline = context.t("registry.headline", count=len(table), named=int(named), dated=int(dated))
    return headline, context.t("registry.file_note"), table, _cited(context, selection, found_in)


def _everything(context: AppContext, _selection: Selection, _found_in: Dataset) -> Content:
    table = registry_table(context.dataset, None)
    belongs = {context.basis_label(each.id): belonging(table, each) for each in context.dataset.snapshots}
    t = context.t
    texts = [
        of.map({value: t("grammar.labelled", label=label, text=value) for value in of.unique()})
        for label, of in belongs.items()
    ]
    table["belongs"] = [t.series(each) for each in zip(*texts, strict=True)] if texts else ""
    headline = t("registry.everything", rows=t.in_groups(len(table)))
    return headline, t("registry.file_note"), table, cited_in(table)


def _board(context: AppContext, selection: Selection, found_in: Dataset) -> Content:
    table = _found(progress_table(context.dataset, selection), selection, "board", found_in)
    counted, identified, dated = (int(table[name].sum()) for name in ("counted", "identified", "dated"))
    headline = context.t(
        "research.headline", identified=identified, counted=counted, dated=dated, open=counted - identified
    )
    return headline, board_note(context.t, table), table, _cited(context, selection, found_in)


def board_note(t: Catalog, table: pd.DataFrame) -> str:
    """What is said under the board (`progress_table`): what it counts, and of how many partnerships anybody was reached
    and answered the survey."""
    if table[["contacted", "surveyed"]].isna().any(axis=None):
        return t.sentences(t("research.note"), t("research.no_log"))
    counted = int(table["counted"].sum())

    def some_of(column: str) -> str:
        number = int(table[column].sum())
        return t("research.some_of", number=number, counted=counted) if number else t("research.nobody")

    contacts = t("research.contacts", contacted=some_of("contacted"), surveyed=some_of("surveyed"))
    return t.sentences(t("research.note"), contacts)


def _questions(context: AppContext, selection: Selection, found_in: Dataset) -> Content:
    table = _found(questions_table(context.dataset, selection), selection, "questions", found_in)
    headline = context.t("research.open", count=len(table))
    kinds = zip(table["kind"], table["number"].tolist(), strict=True)
    table["kind"] = [context.t(f"research.kinds.{kind}", count=number) for kind, number in kinds]
    cited = [*_cited(context, selection, found_in), *cited_in(context.dataset.tables["published_counts"])]
    return headline, context.t("research.open_note"), table.drop(columns="number"), cited


def _found(table: pd.DataFrame, selection: Selection, name: str, found_in: Dataset) -> pd.DataFrame:
    """The rows that have every word that the list `name` looks for, in themselves or in what the dataset calls their
    country; in the list's order."""
    find, sort = (selection.page_param(list_param(name, what)) for what in ("find", "sort"))
    if find:
        terms = country_terms(found_in)
        names = [" ".join(terms[code][:2]) for code in table["country_iso3"]]
        texts = [
            normalize(" ".join(map(str, (*row, name))))
            for name, row in zip(names, table.itertuples(index=False), strict=True)
        ]
        table = table[[all(normalize(word) in text for word in find.split()) for text in texts]]
    if sort.removeprefix("-") in table:
        table = table.sort_values(sort.removeprefix("-"), ascending=not sort.startswith("-"), kind="stable")
    return table


def _cited(context: AppContext, selection: Selection, found_in: Dataset) -> list[str]:
    """Ids of the sources under the partnerships of a selection, in the order of the registry."""
    snapshot = context.dataset.bases[selection.basis].snapshot
    first = snapshot.source_ids if snapshot else ()
    return [*first, *cited_in(registry_table(context.dataset, selection, found_in))]


LISTS: Mapping[str, Listed] = MappingProxyType(
    {
        "registry": Listed("/partnerships", _registry),
        EVERYTHING: Listed("/partnerships", _everything),
        "board": Listed("/research", _board),
        "questions": Listed("/research", _questions),
    }
)
