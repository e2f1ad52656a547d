"""The report as HTML, for its page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.report.drawing import to_svg
from dashboard.report.model import FigureBlock, Report, TableBlock, groups_of, notes_text, numbers_of
from dashboard.report.words import to_html
from dashboard.strings import Catalog
from dashboard.templating import render

# rows of a table that stays on one sheet
SHORT = 14


def report_markup(report: Report, t: Catalog) -> Markup:
    """The whole report as one element."""
    numbers = numbers_of(report)
    return render(
        "report",
        t,
        report=report,
        kind_of=lambda block: type(block).__name__,
        number_of=lambda block: numbers[id(block)],
        groups_of=groups_of,
        notes_text=notes_text,
        to_html=to_html,
        svg_of=_svg_of,
        is_alone=_is_alone,
        SHORT=SHORT,
    )


def _is_alone(block: TableBlock, cells: Mapping[str, str]) -> bool:
    """Whether a row says one thing, in its first cell, which may then be as wide as the table."""
    first, *others = block.columns
    return bool(cells[first]) and bool(others) and not any(cells[name] for name in others)


def _svg_of(block: FigureBlock) -> Markup:
    return to_svg(block.drawing, name=f"drawing-{block.id}", label=block.description)
