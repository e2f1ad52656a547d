"""The words of people in the report: which of them belong to a variant, with their names filled; Markdown to HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.charts import View
from dashboard.dataset.report_words import Approval, SectionWords, digest_of
from dashboard.filters import MAPS, Choices, Selection, parse
from dashboard.presentation.facts import facts
from dashboard.report.model import Written

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def written_in(view: View, year: int, *, is_own: bool = False) -> Mapping[str, Written]:
    """By section, the words of this variant, or those for every report where it has none of its own; where `is_own`,
    its own alone."""
    found = words_of(view.dataset.report_words, view.selection, view.choices, is_own=is_own)
    return {name: Written(filled(each.text, view, year), each.by) for name, each in found.items()}


def words_of(
    words: Iterable[SectionWords], selection: Selection, choices: Choices, *, is_own: bool = False
) -> dict[str, SectionWords]:
    """By section, which of some words belong to the report of a selection; where `is_own`, its own alone."""
    found: dict[str, SectionWords] = {}
    for each in words:
        if not each.view:
            if not is_own:
                found.setdefault(each.section, each)
        elif parse(each.view, choices).selection.filters == selection.filters:
            found[each.section] = each
    return found


def find_approval(view: View) -> Approval | None:
    """Who approved the report of the selection as it is written now; None for a draft. What is invented cannot be
    approved."""
    dataset, choices, selection = view.dataset, view.choices, plain(view.selection)
    if selection.is_sample:
        return None
    words = digest_of(words_of(dataset.report_words, selection, choices).values())
    of_it = (each for each in dataset.approvals if parse(each.view, choices).selection == selection)
    return next((each for each in of_it if each.words == words), None)


def plain(selection: Selection) -> Selection:
    """What a report is of, without its form, its paper and all else that changes no word of it."""
    return replace(selection, map=MAPS[0], page_params=(), is_large_print=False)


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
