"""The report as HTML, for its page."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.report.drawing import to_svg
from dashboard.report.model import FigureBlock, Report, groups_of, notes_text, numbers_of
from dashboard.report.words import to_html
from dashboard.strings import Catalog
from dashboard.templating import render


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
    )


def _svg_of(block: FigureBlock) -> Markup:
    return to_svg(block.drawing, name=f"drawing-{block.id}", label=block.description)
