"""The words of people in the report: which of them belong to a variant, with their names filled; Markdown to HTML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.charts import View
from dashboard.dataset.report_words import SectionWords
from dashboard.filters import Choices, parse
from dashboard.presentation.facts import facts
from dashboard.report.model import Written

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def written_in(view: View, year: int, *, is_own: bool = False) -> Mapping[str, Written]:
    """By section, the words of this variant, or those for every report where it has none of its own; where `is_own`,
    its own alone."""
    found: dict[str, SectionWords] = {}
    for each in view.dataset.report_words:
        if not each.view:
            if not is_own:
                found.setdefault(each.section, each)
        elif _is_of(each, view, view.choices):
            found[each.section] = each
    return {name: Written(filled(each.text, view, year), each.by) for name, each in found.items()}


def _is_of(words: SectionWords, view: View, choices: Choices) -> bool:
    return parse(words.view, choices).selection.filters == view.selection.filters


def filled(text: str, view: View, year: int) -> str:
    """A text whose names of facts are numbers of the year."""
    at = view.basis.years.index(year)
    known = facts(view)
    return text.format(**{name: values[at] for name, values in known.items()})


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "typographer": False}).disable("image").enable("table")


def parse_markdown(markdown: str) -> list[Token]:
    """Markdown as tokens; its headings come below those of sections."""
    tokens = _markdown().parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if token.tag in {"h1", "h2", "h3"} else "h4"
    return tokens


def to_html(markdown: str) -> Markup:
    """Markdown as HTML. HTML in it is text, links lead only where `markdown-it` lets them (no scripts)."""
    return Markup(_markdown().renderer.render(parse_markdown(markdown), _markdown().options, {}))
