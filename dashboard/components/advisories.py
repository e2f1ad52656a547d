"""The State Department's advice to travelers: as a mark beside a name and in full, with day and page."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.sources import source_link
from dashboard.metrics.advisories import Advisory
from dashboard.strings import Words


def advisory_line(words: Words, advisory: Advisory) -> str:
    """ "level 4, do not travel, 20 February 2026"."""
    if advisory.level is None:
        return words("advisory.none")
    says, issued = words(f"advisory.level.{advisory.level}"), words.date(advisory.issued)
    line = words("advisory.line", level=advisory.level, says=says, issued=issued)
    return words("advisory.line_part", place=advisory.place, line=line) if advisory.place else line


def full_line(words: Words, advisory: Advisory) -> str:
    """The same with the areas it names and what is remarked."""
    areas = words("advisory.areas", areas=advisory.areas) if advisory.areas else ""
    remark = " " + words("advisory.remark", note=advisory.note) if advisory.note else ""
    return f"{advisory_line(words, advisory)}{areas}{remark}"


def advisory_marks(words: Words, of_country: Sequence[Advisory], country: str) -> list[Component]:
    """A mark for each advisory of a country, which leads to the official page; or one that none has a level."""
    known = [each for each in of_country if each.level is not None]
    if not known:
        return [html.Span(words("advisory.unknown"), className="mark")]
    return [html.Span(_mark(words, each, country), className="mark") for each in known]


def _mark(words: Words, each: Advisory, country: str) -> Component | str:
    assert each.level is not None
    if each.place:
        text = words("advisory.mark_part", place=each.place, level=each.level)
    else:
        text = words("advisory.mark", level=each.level, says=words(f"advisory.level.{each.level}"))
    tip = words(
        "advisory.mark_tip",
        place=each.place or country,
        issued=words.date(each.issued),
        as_of=words.date(each.as_of),
    )
    return official_page(text, each, tip=tip) if each.address else text


def official_page(text: str, advisory: Advisory, *, tip: str) -> html.A:
    """A link to the official page of an advisory."""
    return html.A(text, href=advisory.address, title=tip, target="_blank", rel="noopener noreferrer")


def advisory_text(words: Words, of_country: Sequence[Advisory], country: str) -> list[Component]:
    """All advisories of a country in full; [] where the data has no row of it."""
    if not of_country:
        return []
    as_of = words.date(max(each.as_of for each in of_country))
    parts: list[Component | str] = [html.B(words("advisory.head", as_of=as_of)), " "]
    for at, each in enumerate(of_country):
        parts += [full_line(words, each), "; " if at < len(of_country) - 1 else ". "]
    for each in of_country:
        if each.address:
            place = each.place or country
            text = words("advisory.page_of", place=place) if each.place else words("advisory.page")
            parts += [official_page(text, each, tip=words("advisory.page_of", place=place)), " · "]
    for source in dict.fromkeys(source for each in of_country for source in each.sources):
        # without the kind of the source, which would take a line of its own
        parts += [source_link(source, source.name, words)[0], " "]
    parts.append(html.Small(words("advisory.what")))
    return [html.P(parts, className="aside")]
