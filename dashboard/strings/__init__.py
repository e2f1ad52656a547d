"""Every word a user sees, by language: one TOML catalogue each; those of staff and the command line are English.
Plurals, numbers, dates and lists are Babel's, which has them from the CLDR."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_decimal_symbol, get_group_symbol

GROUPED_FROM = 10_000
# whose texts are all there, and stand where another language has none yet
FIRST_LANGUAGE = "en"
# the plural category that every language has
OTHER = "other"
# what keys of a language's own forms begin with
FORM = "form."
FOLDER = Path(__file__).resolve().parent
# words of the staff area, of the command line and of what is wrong with data, in English alone: a file for each part
STAFF = FOLDER / "staff"

LANGUAGE_TABLE = re.compile(r"^\[language\]\n(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# first strong isolate, and the end of it: what is between them has a direction of its own
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ISOLATES = re.compile(f"[{ISOLATE}{END_ISOLATE}]")
LEFT_TO_RIGHT_MARK = "\u200e"


class NumberText(str):
    """A number as it is read, which still knows how many it is: a gap can be declined by it."""

    __slots__ = ("quantity",)
    quantity: int | Decimal | None

    def __new__(cls, text: str, quantity: int | Decimal | None = None) -> NumberText:
        """`quantity` is what a plural category is found for."""
        made = super().__new__(cls, text)
        made.quantity = quantity
        return made


@dataclass(frozen=True)
class Language:
    """A language as lists name it: whose numbers, dates and lists it has, and what it calls itself ("Français")."""

    locale: Locale
    name: str


@dataclass(frozen=True)
class Pattern:
    """A text as the operator % takes it, by which gaps are filled twice as fast as by `format`: an answer has hundreds
    of sentences. `forms` are the gaps that are declined, as (name, form)."""

    text: str
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Catalog:
    """The texts of one language. `t("tiles.detail.states", count=3)` fills a text's named gaps.

    A text that depends on a number is a table with the plural categories of the language
    (English: one, other); `count` picks one. Any other number is declined in its gap: "{places:countries}" is the text
    `form.countries` of the language's own for that number. `locale` is that of the language's numbers, dates and lists.
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
        pattern = patterns[key]
        for name, form in pattern.forms:
            values[f"{name}:{form}"] = self._declined(form, values[name])
        for name, value in values.items():
            # smaller ones are written as they are
            if type(value) is int and not -GROUPED_FROM < value < GROUPED_FROM:
                values[name] = self.number(value)
            elif self.is_from_right and isinstance(value, str):
                values[name] = self.isolate(value)
        return pattern.text % values

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    @cached_property
    def is_from_right(self) -> bool:
        """Whether it is written from right to left."""
        return self.direction == "rtl"

    @cached_property
    def _patterns(self) -> dict[str, Pattern]:
        return {key: _pattern(text) for key, text in self.texts.items()}

    def _declined(self, form: str, value: object) -> str:
        """A number in one of the language's own forms; what is no number (a gap that a script fills) in the last."""
        count = value if type(value) is int else getattr(value, "quantity", None)
        category = self.plural(count) if isinstance(count, int | Decimal) else OTHER
        pattern = self._patterns.get(f"{FORM}{form}.{category}") or self._patterns[f"{FORM}{form}.{OTHER}"]
        return pattern.text % {"count": self.number(value) if type(value) is int else value}

    # ---- numbers and dates
    def number(self, value: int) -> str:
        """A whole number as one reads it: from five digits on in groups of three, which years never have."""
        return f"{value}" if abs(value) < GROUPED_FROM else self.in_groups(value)

    def in_groups(self, value: int) -> str:
        """A whole number in groups of three from four digits on: for numbers that are compared."""
        return grouped(self.locale, value)

    def decimal(self, value: float, places: int) -> str:
        """A number with so many decimal places."""
        # rounded as everywhere else in the code, not half to even as Babel would
        rounded = Decimal(f"{value:.{places}f}")
        return NumberText(format_decimal(rounded, format=f"#,##0.{'0' * places}", locale=self.locale), rounded)

    def shortened(self, value: float) -> str:
        """A number without zeros at its end, as on an axis: "1.5", "20"."""
        return str(format_decimal(Decimal(f"{value:g}"), locale=self.locale))

    def percent(self, part: float) -> str:
        """A part as a whole percentage, with the sign where the language has it."""
        return str(format_percent(Decimal(round(100 * part)) / 100, locale=self.locale))

    @cached_property
    def separators(self) -> str:
        """What stands before decimals, and between groups of three: Plotly's name and order."""
        return get_decimal_symbol(self.locale) + get_group_symbol(self.locale)

    def signed(self, value: int) -> str:
        """A difference with its sign, a true minus."""
        text = f"{value:+d}".replace("-", "−") if value else "0"
        # a sign before digits would go to their other side
        return NumberText(f"{LEFT_TO_RIGHT_MARK}{text}" if self.is_from_right else text, value)

    def span(self, low: int, high: int) -> str:
        """ "10", or "4–8" where both ends are not the same."""
        if low == high:
            return self.number(low)
        return self("grammar.range", first=self.number(low), last=self.number(high))

    def date(self, text: str) -> str:
        """A date of the data as one reads it: "2026-02-20" is "20 February 2026", "2026-02" "February 2026"."""
        year, *rest = text.split("-")
        if not rest:
            return year
        if len(rest) == 1:
            return format_skeleton("yMMMM", date(int(year), int(rest[0]), 1), locale=self.locale)
        return format_date(date.fromisoformat(text), "long", locale=self.locale)

    def plural(self, count: int | Decimal) -> str:
        """The plural category of a number in this language."""
        return plural_category(self.locale, count)

    # ---- several texts together
    def listing(self, items: Sequence[str]) -> str:
        """Items as a phrase: "A", "A and B", "A, B and C"."""
        return format_list([self.isolate(each) for each in items], locale=self.locale)

    def series(self, phrases: Iterable[str]) -> str:
        """Phrases one after another: "A: 1; B: 2". Those that are "" are left out."""
        return self._joined("grammar.series", phrases)

    def names(self, names: Iterable[str]) -> str:
        """Names one after another, without an "and": "A, B". Those that are "" are left out."""
        return self._joined("grammar.names", names)

    def _joined(self, key: str, items: Iterable[str]) -> str:
        return self(key, first="", rest="").join(self.isolate(each) for each in items if each)

    def beside(self, labels: Iterable[str]) -> str:
        """Labels that stand beside each other: "A · B". Those that are "" are left out."""
        return " · ".join(self.isolate(each) for each in labels if each)

    def sentences(self, *sentences: str) -> str:
        """Whole sentences one after another. Those that are "" are left out."""
        return " ".join(filter(None, sentences))

    def isolate(self, text: str) -> str:
        """A Latin text as it stands inside one from right to left, so that its own points and brackets stay with it.
        As it is in every other language."""
        if self.is_from_right and text[:1] != ISOLATE and LATIN.search(text) and not FROM_RIGHT.search(text):
            return f"{ISOLATE}{text}{END_ISOLATE}"
        return text

    def lower_first(self, text: str) -> str:
        """A label inside a sentence: its first letter small, unless its first word is a name or an acronym."""
        head = text.split(" ", 1)[0]
        is_name = len(head) > 1 and (head.isupper() or not head[1:].islower())
        # Turkish parts a name, and no other word, from its ending: "İslam’ın"
        is_name = is_name or (self._has_dotted_i and "’" in head)
        return text if is_name else self._small(text[:1]) + text[1:]

    def upper_first(self, text: str) -> str:
        """The beginning of a sentence: its first letter large."""
        return ("İ" if self._has_dotted_i and text[:1] == "i" else text[:1].upper()) + text[1:]

    def _small(self, letter: str) -> str:
        dotted = {"I": "ı", "İ": "i"} if self._has_dotted_i else {}
        return dotted.get(letter, letter.lower())

    @property
    def _has_dotted_i(self) -> bool:
        return str(self.locale.language) in {"tr", "az"}


def without_isolates(text: str) -> str:
    """A text as a program reads it that knows nothing of directions: a cell of a file."""
    return ISOLATES.sub("", text)


def _pattern(text: str) -> Pattern:
    """ "{count} of {{x}}" as "%(count)s of {x}"; "{places:countries}" as "%(places:countries)s"."""
    made, forms = "", []
    for before, gap, form, _ in Formatter().parse(text):
        name = f"{gap}:{form}" if form else gap
        made += before.replace("%", "%%") + ("" if gap is None else f"%({name})s")
        if gap and form:
            forms.append((gap, form))
    return Pattern(made, tuple(forms))


@lru_cache(maxsize=100_000, typed=True)
def plural_category(locale: Locale, count: int | Decimal) -> str:
    """The CLDR plural category of a number. Remembered, for an answer has thousands of sentences."""
    return str(locale.plural_form(count))


@lru_cache(maxsize=20_000)
def grouped(locale: Locale, value: int) -> NumberText:
    """A number in groups of three. Remembered: of a large collection an answer has thousands of them."""
    return NumberText(format_decimal(value, locale=locale), value)


def load_catalog(language: str = FIRST_LANGUAGE) -> Catalog:
    """The catalogue of a language, the same one each time; a text that it does not have is the English one. Raises
    FileNotFoundError where there is none."""
    return _load(language, FOLDER)


# read once, for much is remembered by catalogue, and each new version of the data asks for all of them again
@lru_cache(maxsize=16)
def _load(language: str, folder: Path) -> Catalog:
    texts = {**_english(folder), **texts_of(language)}
    return Catalog(language, Locale.parse(texts["language.locale"]), MappingProxyType(texts))


@lru_cache(maxsize=1)
def _english(_folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(STAFF.glob("*.toml")):
        texts |= _read(path)
    return texts | texts_of(FIRST_LANGUAGE)


def texts_of(language: str) -> dict[str, str]:
    """The texts that stand in the catalogue of a language itself, by key."""
    return _read(FOLDER / f"{language}.toml")


def _read(path: Path) -> dict[str, str]:
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))


def language_of(code: str) -> Language:
    """A language that has a catalogue, of which no more is read: of most languages nobody asks for a page."""
    return _language(code, FOLDER)


@lru_cache(maxsize=64)
def _language(code: str, folder: Path) -> Language:
    table = LANGUAGE_TABLE.search((folder / f"{code}.toml").read_text(encoding="utf-8"))
    said = tomllib.loads(table[1]) if table else {}
    return Language(Locale.parse(said.get("locale", code)), said.get("name", code))


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, English first."""
    return tuple(sorted((path.stem for path in FOLDER.glob("*.toml")), key=lambda code: (code != FIRST_LANGUAGE, code)))


def primary(tag: str) -> str:
    """The language of a tag as browsers and addresses write it: "fr" of "fr-CA" and "FR"."""
    return tag.replace("_", "-").partition("-")[0].casefold()


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return pairs
