"""The codebook: which option of which question a text means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import normalize

OTHER = "other"
# marks that join several answers in a cell; which one it is, its cells say
SEPARATORS = (";", ",", "\n", "|", "،", "؛", "、", "/", " ")
# a number or letter that forms put before an option or a question: "1. ", "Q3: ", "a) "
NUMBERING = re.compile(
    r"^\s*(?:\(?[A-Za-z]?\d{1,3}(?:[._]\d{1,3})*[.):]+|\(?[A-Za-z][.)]|Q\d{1,3}[a-z]?[.:]?)\s+", re.IGNORECASE
)
# a wording so long that it says the question wherever it stands in a heading
LONG_WORDING = 20


@dataclass(frozen=True)
class Question:
    """One question: its code, its words, its options with their labels, and how options are spelled: `spellings`
    normalized, to options; `texts` as they are written."""

    code: str
    title: str
    wording: str
    labels: Mapping[str, str]
    spellings: Mapping[str, str]
    texts: tuple[str, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The codes of all options, in the codebook's order."""
        return tuple(self.labels)

    @property
    def has_other(self) -> bool:
        """Whether what matches nothing can be counted as Other."""
        return OTHER in self.labels

    def option(self, text: str) -> str:
        """The option that a text means, "" for none. "1. Terrorism" is Terrorism."""
        found = self.spellings.get(normalize(text), "")
        if found:
            return found
        bare = NUMBERING.sub("", text, count=1)
        return self.spellings.get(normalize(bare), "") if bare != text else ""

    def is_telling(self, text: str) -> bool:
        """Whether a text is an option of this question and no other's: a word such as "Other" is in most."""
        return self.option(text) not in {"", OTHER}

    @cached_property
    def _known(self) -> Mapping[str, re.Pattern[str]]:
        """Any known spelling as it stands, the longest first, by the separator that may follow it."""
        return {mark: _any_of(self.texts, mark) for mark in SEPARATORS}

    @cached_property
    def two_ways(self) -> frozenset[str]:
        """Folded spellings that are also others of them joined by commas: a cell cannot tell which was meant."""
        with_comma = [text for text in self.texts if "," in text]
        return frozenset(
            normalize(text)
            for text in with_comma
            if all(option for option, _ in self._split(text, _any_of({*self.texts} - {text}, ","), ","))
        )

    def is_named(self, heading: str) -> bool:
        """Whether a heading is this question's code, title or wording, with a number before it or more behind it."""
        key = normalize(NUMBERING.sub("", heading, count=1))
        if key in {normalize(self.code), normalize(self.title), normalize(self.wording)} or normalize(
            heading
        ) == normalize(self.code):
            return True
        wording = normalize(self.wording)
        return len(wording) >= LONG_WORDING and wording in key

    def split(self, cell: str, separator: str) -> list[tuple[str, str]]:
        """The answers joined in one cell, as (option or "", text). Options may hold the separator themselves: the
        longest known text at each place wins; what stands between known ones is one unknown text each."""
        text = cell.strip().replace("\r\n", "\n").replace("\r", "\n")
        if not text or not separator or self.option(text):
            return [(self.option(text), text)] if text else []
        if text.startswith('["') and text.endswith('"]'):
            # some tools write several answers as a list of JSON
            with suppress(ValueError):
                return [(self.option(str(part)), str(part).strip()) for part in json.loads(text)]
        mark = separator if separator in {" ", "\n"} else separator.strip()
        return self._split(text, self._known[mark], mark)

    def _split(self, cell: str, known: re.Pattern[str], mark: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        unknown = ""
        at = 0
        # where commas part answers, a text that goes on behind its comma is one text: people write with commas
        goes_on = mark in {",", "،", "、"}
        strip = mark + " \t"
        while at < len(cell):
            match = known.match(cell, at)
            if match and match.end() > at:
                found += self._unknown(unknown.strip(strip), mark)
                unknown = ""
                found.append((self.option(match.group()), match.group().strip()))
                at = match.end()
            else:
                end = cell.find(mark, at)
                end = len(cell) if end < 0 else end
                unknown += cell[at:end]
                at = end
            # over the mark and the spaces behind it, which belong to an unknown text that goes on
            rest = len(cell[at:]) - len(cell[at:].lstrip(" ").removeprefix(mark).lstrip(" ")) if at < len(cell) else 0
            if unknown and goes_on:
                unknown += cell[at : at + rest]
            else:
                found += self._unknown(unknown.strip(strip), mark)
                unknown = ""
            at += rest
        return found + self._unknown(unknown.strip(strip), mark)

    def _unknown(self, text: str, mark: str) -> list[tuple[str, str]]:
        """A text between known ones. Options with numbers before them are known when they stand alone."""
        parts = [part.strip() for part in text.split(mark)]
        if all(self.option(part) for part in parts):
            return [(self.option(part), part) for part in parts]
        return [("", text)] if text else []


def _any_of(texts: Iterable[str], mark: str) -> re.Pattern[str]:
    """Any of these up to the mark or the end, the longest that ends there."""
    longest_first = sorted({text for text in texts if text}, key=lambda text: (-len(text), text))
    ends = rf"\s*(?:{re.escape(mark)}|$)" if mark != " " else r"(?:\s|$)"
    return re.compile(rf"(?:{'|'.join(map(_loose, longest_first))})(?={ends})", re.IGNORECASE)


def _loose(text: str) -> str:
    """A pattern for a text with any quotes, dashes and spaces."""
    pattern = re.escape(text)
    pattern = re.sub(r"['’‘]", "['’‘]", pattern)
    pattern = re.sub(r"(\\-|–|—)", "[-–—]", pattern)
    return re.sub(r"(\\ )+", r"\\s+", pattern)


def codebook_of(dataset: Dataset, more: Mapping[str, Mapping[str, str]] | None = None) -> tuple[Question, ...]:
    """The questions of a dataset. `more`: further spellings by question, text to option, from a mapping file."""
    more = more or {}
    found = []
    codebook = dataset.tables["codebook"]
    for row in records(dataset.tables["questions"]):
        code = row["question"]
        labels: dict[str, str] = {}
        texts: dict[str, str] = {}
        for option in records(codebook[codebook["question"] == code]):
            labels[option["option"]] = option["label"]
            aliases = [alias.strip() for alias in option["aliases"].split(";")]
            for text in (option["option"], option["label"], *aliases):
                if text:
                    texts.setdefault(text, option["option"])
        for text, option_code in more.get(code, {}).items():
            if option_code in labels:
                texts[text] = option_code
        spellings = {normalize(text): option for text, option in texts.items()}
        found.append(Question(code, row["title"], row["wording"], labels, spellings, tuple(texts)))
    return tuple(found)
