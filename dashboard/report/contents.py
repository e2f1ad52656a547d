"""The report of a selection: every sentence, table and figure computed from the same tables as the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from dashboard.charts import View
from dashboard.charts.file_names import filename
from dashboard.context import AppContext
from dashboard.dataset.report_words import COMPUTED, CONCLUSIONS, FOREWORD, RECOMMENDATIONS, Approval
from dashboard.exports.bundle import basis_in_full, chosen
from dashboard.filters import Selection, to_query
from dashboard.metrics.sources import sources
from dashboard.report.model import Block, FigureBlock, Notes, Report, Written, sections_of
from dashboard.report.sections import SECTIONS, SHORT_SECTIONS
from dashboard.report.sections.writing import Writing
from dashboard.report.words import find_approval, plain, written_in
from dashboard.strings import Catalog

PATH = "/report"
REMEMBERED = 16
ORDER = (FOREWORD, *COMPUTED[:-1], CONCLUSIONS, RECOMMENDATIONS, COMPUTED[-1])
SHORT_ORDER = (FOREWORD, *SHORT_SECTIONS, CONCLUSIONS, RECOMMENDATIONS)
UNNUMBERED = (FOREWORD,)
# what the address says of the form and the paper of a report, beside what it is of
FORM, PAPER = "form", "paper"
FULL, LETTER, A4 = "full", "letter", "a4"


def build_report(context: AppContext, selection: Selection, *, address: str = "") -> Report:
    """The report of a selection. `address` is where it can be seen, "" where that is not known."""
    return _build(context, plain(selection), is_short(selection), address or address_of(context, selection))


def is_short(selection: Selection) -> bool:
    """Whether an address asks for the form of two pages, which a U.S. state has unless the full one is asked for."""
    return selection.state is not None and selection.page_param(FORM).casefold() != FULL


def paper_of(selection: Selection) -> str:
    """The paper that an address asks for, A4 or LETTER; "" where it is left to the printer."""
    paper = selection.page_param(PAPER).casefold()
    return paper if paper in {A4, LETTER} else ""


@lru_cache(maxsize=REMEMBERED)
def _build(context: AppContext, selection: Selection, is_short: bool, address: str) -> Report:
    t, view = context.t, context.view(selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    writing = Writing(context, view, year, Notes(), is_short)
    written = written_in(view, year, is_own=is_short)
    found: dict[str, Sequence[Block]] = {}
    left_out: list[tuple[str, str]] = []
    writers, order = (SHORT_SECTIONS, SHORT_ORDER) if is_short else (SECTIONS, ORDER)
    titles = {name: t(f"report.section.{name}") for name in order}
    for name in order:
        computed = writers[name](writing) if name in writers else []
        words = [written[name]] if name in written else []
        if isinstance(computed, str):
            left_out.append((titles[name], computed))
            computed = []
        if blocks := [*words, *(_captioned(each, written) for each in computed)]:
            found[name] = blocks
    is_sample = selection.is_sample
    of = chosen_of(view, year)
    approval = find_approval(view)
    return Report(
        title=t("report.title"),
        of=of,
        organisation=t("app.organisation"),
        sections=sections_of(found, titles, UNNUMBERED),
        sources=sources(context.dataset, writing.notes.numbers),
        stamps=_stamps(writing, address),
        left_out=left_out,
        is_sample=is_sample,
        is_draft=approval is None,
        approval=_approved(approval, t) if approval else "",
        stamp=_stamp(approval, t),
        filename=filename("report", view, year, is_sample=is_sample),
        running_head=t("report.running", name=t("app.name"), of=of),
        is_short=is_short,
    )


def _captioned(block: Block, written: Mapping[str, Written]) -> Block:
    """A figure with the words of people below its caption."""
    words = written.get(f"caption-{block.id}") if isinstance(block, FigureBlock) else None
    return replace(block, written=words) if words and isinstance(block, FigureBlock) else block


def _approved(approval: Approval, t: Catalog) -> str:
    which = "report.approved_older" if approval.is_before_data else "report.approved"
    return t(which, name=approval.by, date=t.date(approval.on_date))


def _stamp(approval: Approval | None, t: Catalog) -> str:
    """What stands at the head of every sheet."""
    if approval is None:
        return t("report.draft_stamp")
    return t("report.older_stamp") if approval.is_before_data else ""


def chosen_of(view: View, year: int) -> str:
    """Of what the report is, in few words: "Western Asia, 2000"; "All countries, 2007" where nothing is chosen."""
    t, selection = view.t, view.selection
    names = [label for name in ("country", "region", "state", "status") for label in view.labels(name)]
    place = t.listing(names) if names else t("report.everything")
    return t("report.of", place=place, year=year) if selection else place


def address_of(context: AppContext, selection: Selection) -> str:
    """The path and query that give the same report again."""
    own = tuple(pair for pair in selection.page_params if pair[0] in {FORM, PAPER})
    return PATH + to_query(replace(selection, page_params=own, map="countries", is_large_print=False), context.choices)


def _stamps(writing: Writing, address: str) -> list[tuple[str, str]]:
    t, view = writing.view.t, writing.view
    pairs = [
        (t("report.stamp.collected"), t.date(view.dataset.about.collected.isoformat())),
        (t("files.about.basis"), basis_in_full(writing.context, view)),
        (t("files.about.year"), str(writing.year)),
        (t("files.about.selection"), chosen(view)),
        (t("report.stamp.version"), writing.context.version[:12]),
        (t("files.about.address"), address),
    ]
    return [(label, text) for label, text in pairs if text]
