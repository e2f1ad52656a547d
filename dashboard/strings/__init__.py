"""Every word a user sees, by language: one TOML catalogue each; those of staff and the command line are English.
Plurals, numbers, dates and lists are Babel's, which has them from the CLDR."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, get_group_symbol

GROUPED_FROM = 10_000
# whose texts are all there, and stand where another language has none yet
FIRST_LANGUAGE = "en"
# the plural category that every language has
OTHER = "other"
FOLDER = Path(__file__).resolve().parent
# words of the staff area, of the command line and of what is wrong with data, in English alone: a file for each part
STAFF = FOLDER / "staff"


@dataclass(frozen=True, eq=False)
class Catalog:
    """The texts of one language. `words("tiles.detail.states", count=3)` fills a text's named gaps.

    A text that depends on a number is a table with the plural categories of the language
    (English: one, other); `count` picks one. `locale` is that of the language's numbers, dates and lists.
    """

    language: str
    locale: Locale
    texts: Mapping[str, str]

    def __call__(self, key: str, /, count: int | None = None, **values: object) -> str:
        """The text of a key with its gaps filled. Raises KeyError for a key or a gap that is not there."""
        patterns = self._patterns
        if count is not None:
            values["count"] = count
            # a text that is not translated has the categories of English, of which every language has the last
            forms = (f"{key}.{self.plural(count)}", f"{key}.{OTHER}", key)
            key = next((form for form in forms if form in patterns), key)
        for name, value in values.items():
            # smaller ones are written as they are
            if type(value) is int and not -GROUPED_FROM < value < GROUPED_FROM:
                values[name] = self.number(value)
        return patterns[key] % values

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    @cached_property
    def _patterns(self) -> dict[str, str]:
        """The texts as the operator % takes them, by which gaps are filled twice as fast as by `format`: an answer has
        hundreds of sentences."""
        return {key: _pattern(text) for key, text in self.texts.items()}

    def number(self, value: int) -> str:
        """A whole number as one reads it: from five digits on in groups of three, which years never have."""
        return f"{value}" if abs(value) < GROUPED_FROM else self.in_groups(value)

    def in_groups(self, value: int) -> str:
        """A whole number in groups of three from four digits on: for numbers that are compared."""
        return str(format_decimal(value, locale=self.locale))

    def date(self, text: str) -> str:
        """A date of the data as one reads it: "2026-02-20" is "20 February 2026", "2026-02" "February 2026"."""
        year, *rest = text.split("-")
        if not rest:
            return year
        if len(rest) == 1:
            return format_skeleton("yMMMM", date(int(year), int(rest[0]), 1), locale=self.locale)
        return format_date(date.fromisoformat(text), "long", locale=self.locale)

    def number_style(self) -> tuple[int, str]:
        """From which number on they are written in groups, and what stands between these."""
        return GROUPED_FROM, get_group_symbol(self.locale)

    def plural(self, count: int) -> str:
        """The plural category of a number in this language."""
        return plural_category(self.locale, count)

    def listing(self, items: Sequence[str]) -> str:
        """Items as a phrase: "A", "A and B", "A, B and C"."""
        return format_list(items, locale=self.locale)

    def lower_first(self, text: str) -> str:
        """A label inside a sentence: its first letter small, unless its first word is a name or an acronym."""
        head = text.split(" ", 1)[0]
        return text if head.isupper() or not head[1:].islower() else text[:1].lower() + text[1:]


def _pattern(text: str) -> str:
    """ "{count} of {{x}}" as "%(count)s of {x}"."""
    parts = Formatter().parse(text)
    return "".join(f"{before.replace('%', '%%')}{'' if gap is None else f'%({gap})s'}" for before, gap, _, _ in parts)


@lru_cache(maxsize=100_000)
def plural_category(locale: Locale, count: int) -> str:
    """The CLDR plural category of a whole number. Remembered, for an answer has thousands of sentences."""
    return str(locale.plural_form(count))


def load_catalog(language: str = FIRST_LANGUAGE) -> Catalog:
    """The catalogue of a language; a text that it does not have is the English one. Raises FileNotFoundError where
    there is none."""
    texts: dict[str, str] = {}
    for path in sorted(STAFF.glob("*.toml")):
        texts |= _read(path)
    texts |= texts_of(FIRST_LANGUAGE) | texts_of(language)
    return Catalog(language, Locale.parse(texts["language.locale"]), MappingProxyType(texts))


def texts_of(language: str) -> dict[str, str]:
    """The texts that stand in the catalogue of a language itself, by key."""
    return _read(FOLDER / f"{language}.toml")


def _read(path: Path) -> dict[str, str]:
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda code: (code != FIRST_LANGUAGE, code)))


def primary(tag: str) -> str:
    """The language of a tag as browsers and addresses write it: "fr" of "fr-CA" and "FR"."""
    return tag.replace("_", "-").partition("-")[0].casefold()


def own_name(code: str) -> str:
    """What a language calls itself, as in a list of languages: "Français", "العربية"."""
    name = Locale.parse(code).get_display_name() or code
    return name[:1].upper() + name[1:]


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return pairs
