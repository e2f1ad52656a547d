"""The codebook: which option of which question a text means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.dataset.model import Dataset
from dashboard.dataset.records import records
from dashboard.dataset.spelling import folded

OTHER = "other"


@dataclass(frozen=True)
class Question:
    """One question: its code, its words, its options with their labels, and how options are spelled: `spellings`
    folded, to options; `texts` as they are written."""

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
        """The option that a text means, "" for none."""
        return self.spellings.get(folded(text), "")

    @cached_property
    def _known(self) -> re.Pattern[str]:
        """Any known spelling as it stands, the longest first."""
        return _any_of(self.texts)

    @cached_property
    def two_ways(self) -> frozenset[str]:
        """Folded spellings that are also others of them joined by commas: a cell cannot tell which was meant."""
        with_comma = [text for text in self.texts if "," in text]
        return frozenset(
            folded(text)
            for text in with_comma
            if all(option for option, _ in self._split_by_comma(text, _any_of({*self.texts} - {text})))
        )

    def is_named(self, text: str) -> bool:
        """Whether a heading is this question's code, title or wording."""
        key = folded(text)
        return key in {folded(self.code), folded(self.title), folded(self.wording)}

    def split(self, cell: str, separator: str) -> list[tuple[str, str]]:
        """The answers joined in one cell, as (option or "", text). Options may hold the separator themselves: the
        longest known text at each place wins; what stands between known ones is one unknown text each."""
        mark = separator.strip() or separator
        if not mark or self.option(cell):
            return [(self.option(cell), cell.strip())] if cell.strip() else []
        if mark == ";" or (mark == " " and separator == " "):
            parts = [part.strip() for part in cell.split(mark)]
            return [(self.option(part), part) for part in parts if part]
        return self._split_by_comma(cell, self._known)

    def _split_by_comma(self, cell: str, known: re.Pattern[str], mark: str = ",") -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        unknown = ""
        at = 0
        while at < len(cell):
            match = known.match(cell, at)
            if match and match.end() > at:
                if unknown.strip(mark + " "):
                    found.append(("", unknown.strip(mark + " ")))
                unknown = ""
                found.append((self.option(match.group()), match.group()))
                at = match.end()
            else:
                end = cell.find(mark, at)
                end = len(cell) if end < 0 else end
                unknown += cell[at:end]
                at = end
            # over the mark and the spaces behind it, which belong to an unknown text that goes on
            rest = len(cell[at:]) - len(cell[at:].lstrip().removeprefix(mark).lstrip()) if at < len(cell) else 0
            if unknown:
                unknown += cell[at : at + rest]
            at += rest
        if unknown.strip(mark + " "):
            found.append(("", unknown.strip(mark + " ")))
        return found


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Any of these up to a comma or the end, the longest that ends there."""
    longest_first = sorted({text for text in texts if text}, key=lambda text: (-len(text), text))
    return re.compile(rf"(?:{'|'.join(map(_loose, longest_first))})(?=\s*(?:,|$))", re.IGNORECASE)


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
        spellings = {folded(text): option for text, option in texts.items()}
        found.append(Question(code, row["title"], row["wording"], labels, spellings, tuple(texts)))
    return tuple(found)
