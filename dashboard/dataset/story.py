"""The story of the stage: `story.toml` to checked slides.

Only what one file can say of itself is checked here. Whether its gaps name facts and its views can be shown is known
where facts and views are (`dashboard/presentation/check.py`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.dataset.problems import Problem

STORY = "story.toml"
# what a story in another language says in its own words, by the id of the slide
TRANSLATED = ("headline", "words", "items", "notes")
# kind of a slide -> the keys it must have
KINDS: Mapping[str, tuple[str, ...]] = {
    "title": ("headline", "words"),
    "words": ("headline", "words"),
    "list": ("headline", "items"),
    "steps": ("headline", "items"),
    "number": ("number", "headline"),
    "chart": ("chart",),
    "milestones": ("headline",),
    "pairs": ("headline", "community"),
}
CHARTS = ("map", "growth", "barriers", "countries")
# the longest that still fits the smallest canvas at the size the last row can read (tests/browser/test_stage_fits.py)
LONGEST: Mapping[str, int] = {"headline": 76, "words": 190, "number": 30, "community": 60, "view": 400, "notes": 4000}
LONGEST_ITEM, LONGEST_TERM = 96, 18
MOST_ITEMS: Mapping[str, int] = {"list": 5, "steps": 4}
TEXTS = ("id", "kind", "headline", "words", "number", "chart", "community", "view", "notes")
KNOWN = {*TEXTS, "items", "sources", "plays"}


@dataclass(frozen=True)
class Item:
    """One entry of a list; `term` is what it is about, "" in a plain list."""

    text: str
    term: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide. Texts may hold gaps that name facts ("{partnerships}") and **strong** parts; a chart's slide without
    a headline takes the chart's own. `view` is the selection as in an address; `plays`: its years can be played."""

    id: str
    kind: str
    headline: str = ""
    words: str = ""
    number: str = ""
    chart: str = ""
    community: str = ""
    view: str = ""
    notes: str = ""
    items: tuple[Item, ...] = ()
    sources: tuple[str, ...] = ()
    plays: bool = False
    # what a story in another language has from the English one, because nobody has translated it
    untranslated: frozenset[str] = frozenset()

    def texts(self) -> Mapping[str, str]:
        """Everything with gaps, by the key it has in the file."""
        listed = {f"items {at}": text for at, item in enumerate(self.items, 1) for text in (item.term, item.text)}
        single = {name: getattr(self, name) for name in ("headline", "words", "number", "notes")}
        return {name: text for name, text in {**single, **listed}.items() if text}


def in_english(story: Sequence[Slide]) -> tuple[Slide, ...]:
    """A story that nobody has translated, as it stands in another language."""
    return tuple(replace(slide, untranslated=frozenset(TRANSLATED)) for slide in story)


def gaps(text: str) -> list[str]:
    """Names of the gaps of a text. Raises ValueError where its braces do not match or say how to format."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        found.append(name)
    return found


def read_story(values: Mapping[str, Any], problems: list[Problem], *, sources: Collection[str]) -> tuple[Slide, ...]:
    """The slides of `story.toml`; what is wrong is added to the problems and the slide left out."""
    for key in values.keys() - {"slide"}:
        problems.append(Problem(STORY, "unknown_key", None, key, details={"choices": "slide"}))
    entries = values.get("slide", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(Problem(STORY, "slides", None, "slide", str(entries)))
        return ()
    slides = [_slide(entry, at, problems, sources) for at, entry in enumerate(entries, 1)]
    seen: dict[str, int] = {}
    for at, entry in enumerate(entries, 1):
        name = str(entry.get("id", ""))
        if name in seen:
            problems.append(Problem(STORY, "repeated_slide", None, "id", name, {"first": seen[name]}, slide=at))
        seen.setdefault(name, at)
    return tuple(slide for slide in slides if slide is not None)


def story_file(language: str) -> str:
    """The file of a story in another language."""
    return STORY.replace(".", f".{language}.")


def read_translated_story(
    values: Mapping[str, Any], story: Mapping[str, Any], language: str, problems: list[Problem]
) -> tuple[Slide, ...]:
    """The slides of a story, whose values have no problem, in another language: `values` has tables by the id of a
    slide. What it does not say is as in English. So is what belongs to a slide that is not there any more, or to other
    entries than it has now: whoever changes the story need not know its languages."""
    file, entries = story_file(language), story.get("slide", [])
    slides = []
    for at, entry in enumerate(entries, 1):
        own = values.get(entry["id"], {})
        if not isinstance(own, dict):
            problems.append(Problem(file, "table", None, entry["id"], str(own)))
            continue
        before = len(problems)
        for key in own.keys() - set(TRANSLATED):
            problems.append(Problem(file, "unknown_key", None, key, "", {"choices": ", ".join(TRANSLATED)}, slide=at))
        given = {key: value for key, value in own.items() if value}
        items = given.get("items")
        if isinstance(items, list) and len(items) != len(entry.get("items", [])):
            del given["items"]
        # sources stand in the English story, where they are checked
        slide = _slide({**entry, **given, "sources": []}, at, problems, (), file=file)
        if slide is not None and len(problems) == before:
            untranslated = frozenset(key for key in TRANSLATED if entry.get(key) and key not in given)
            slides.append(replace(slide, sources=tuple(entry.get("sources", ())), untranslated=untranslated))
    return tuple(slides)


def _slide(
    entry: Mapping[str, Any], at: int, problems: list[Problem], sources: Collection[str], *, file: str = STORY
) -> Slide | None:
    before = len(problems)

    def wrong(kind: str, key: str, value: object = "", **details: object) -> None:
        problems.append(Problem(file, kind, None, key, str(value), details, slide=at))

    for key in entry.keys() - KNOWN:
        wrong("unknown_key", key, choices=", ".join(sorted(KNOWN)))
    for key in TEXTS:
        if not isinstance(entry.get(key, ""), str):
            wrong("not_a_text", key, entry[key])
    if len(problems) > before:
        return None
    kind = entry.get("kind", "")
    if kind not in KINDS:
        wrong("choice", "kind", kind, choices=", ".join(KINDS))
        return None
    for key in ("id", *KINDS[kind]):
        if not entry.get(key):
            wrong("blank", key)
    if kind == "chart" and entry.get("chart") and entry["chart"] not in CHARTS:
        wrong("choice", "chart", entry["chart"], choices=", ".join(CHARTS))
    for key, longest in LONGEST.items():
        if len(entry.get(key, "")) > longest:
            wrong("too_long", key, entry[key], longest=longest)
    if not isinstance(entry.get("plays", False), bool):
        wrong("not_yes_or_no", "plays", entry["plays"])
    cited = entry.get("sources", [])
    if not isinstance(cited, list) or not all(source in sources for source in cited):
        wrong("reference", "sources", cited, table="sources")
    items = _items(entry.get("items", []), kind, wrong)
    if len(problems) > before:
        return None
    texts = {key: entry.get(key, "").strip() for key in TEXTS}
    # lines end at the margin of the file, paragraphs at a blank line
    texts["notes"] = re.sub(r"(?<!\n)\n(?!\n)", " ", texts["notes"])
    slide = Slide(**texts, items=items, sources=tuple(cited), plays=entry.get("plays", False))
    for key, text in slide.texts().items():
        try:
            gaps(text)
        except ValueError:
            wrong("braces", key, text)
    return slide if len(problems) == before else None


def _items(entries: object, kind: str, wrong: Any) -> tuple[Item, ...]:
    if not isinstance(entries, list):
        wrong("items", "items", entries)
        return ()
    most = MOST_ITEMS.get(kind, 0)
    if len(entries) > most:
        wrong("too_many_items", "items", f"{len(entries)}", most=most)
    made = []
    for number, entry in enumerate(entries, 1):
        item = _item(entry, needs_term=kind == "steps")
        if item is None:
            wrong("items", f"items {number}", entry)
            continue
        for text, longest in ((item.text, LONGEST_ITEM), (item.term, LONGEST_TERM)):
            if len(text) > longest:
                wrong("too_long", f"items {number}", text, longest=longest)
        made.append(item)
    return tuple(made)


def _item(entry: object, *, needs_term: bool) -> Item | None:
    """A text, or in steps {term, text}; None for anything else."""
    if isinstance(entry, str) and entry.strip() and not needs_term:
        return Item(entry.strip())
    if needs_term and isinstance(entry, dict) and entry.keys() == {"term", "text"}:
        parts: Sequence[object] = (entry["term"], entry["text"])
        if all(isinstance(part, str) and part.strip() for part in parts):
            return Item(str(entry["text"]).strip(), str(entry["term"]).strip())
    return None
