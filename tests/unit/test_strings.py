"""Every word is in the catalogue, and the catalogue has no word that nobody uses."""

from __future__ import annotations

import ast
import re
import shutil
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.numbers import format_percent

from dashboard import strings
from dashboard.charts.cells import safe
from dashboard.filters import FILTERS
from dashboard.strings import (
    FIRST_LANGUAGE,
    FORM,
    OTHER,
    Catalog,
    language_of,
    languages,
    load_catalog,
    plural_category,
    texts_of,
    without_isolates,
)

ROOT = Path(__file__).parents[2]
WORDS = load_catalog("en")
TEMPLATES = sorted((ROOT / "dashboard" / "templates").rglob("*.html"))
# attributes and properties that a person reads or hears
READ = ("title", "alt", "placeholder", "label", "children")
PLURALS = ("zero", "one", "two", "few", "many", OTHER)
PLURAL = re.compile(rf"\.({'|'.join(PLURALS)})$")
# labels of a number that stands beside them
COUNTED_BESIDE = {"tiles.label.new", "tiles.label.recent"}
# keys that are put together out of what the data holds or what others name, by what they begin with
COMPOSED = (
    *(f"filter.{each.name}." for each in FILTERS),
    "language.",
    "counted.",
    "region.",
    # words of the data
    *("sector.", "tag.", "kind.", "recorded.", "scope.", "unit.", "notice.of."),
    "us_state.",
    "country.",
    # asked for by gaps
    FORM,
    "staff.column.",
    # put in place of what the command line says
    "staff.imports.instead.",
)


def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("*.py")])


def asked() -> set[str]:
    """Keys in calls of a catalogue."""
    return set(re.findall(r'\bt\(\s*"([a-z_0-9.]+)"', code()))


def templates() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)


def mentioned() -> set[str]:
    """Everything in quotation marks that may be a key, in templates too."""
    return set(re.findall(r"""["']([a-z_0-9]+(?:\.[a-z_0-9]+)+)["']""", code() + templates()))


def beginnings() -> tuple[str, ...]:
    """What keys begin with that are put together where a text is asked for, in code and in templates."""
    in_code = re.findall(r"""\bt\(\s*f["']([a-z_0-9.]+)\{""", code())
    in_templates = re.findall(r"""\bt\(["']([a-z_0-9.]+)["'] ~""", templates())
    return (*in_code, *in_templates)


def base(key: str) -> str:
    return re.sub(r"\.(one|other)$", "", key)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_the_code_asks_for_is_there() -> None:
    known = {base(key) for key in WORDS.texts} | set(WORDS.texts)
    assert len(asked()) > 300
    assert sorted(asked() - known) == []


def test_every_text_is_asked_for() -> None:
    found, composed = mentioned(), (*COMPOSED, *beginnings())
    unused = [
        key for key in WORDS.texts if base(key) not in found and key not in found and not key.startswith(composed)
    ]
    assert unused == []


def test_no_text_has_markup_but_bold_and_breaks() -> None:
    for key, text in WORDS.texts.items():
        assert re.sub(r"</?b>|<br>", "", text).count("<") == 0, key


def test_plural_texts_have_all_their_forms() -> None:
    for key in WORDS.texts:
        if key.endswith(".one"):
            assert key[: -len("one")] + "other" in WORDS.texts, key


def test_forms_of_one_text_have_the_same_gaps() -> None:
    for key, text in WORDS.texts.items():
        if key.endswith(".one"):
            assert gaps(text) <= gaps(WORDS.texts[key[:-3] + "other"]), key


@pytest.mark.parametrize(
    ("items", "phrase"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_lists(items: list[str], phrase: str) -> None:
    assert WORDS.listing(items) == phrase


def test_labels_inside_a_sentence() -> None:
    assert WORDS.lower_first("Travel restrictions") == "travel restrictions"
    assert WORDS.lower_first("NATO") == "NATO"


def test_plurals() -> None:
    assert [plural_category(WORDS.locale, count) for count in (0, 1, 2)] == ["other", "one", "other"]
    assert WORDS("map.hover.exact", count=1) == "1 partnership"
    assert WORDS("map.hover.exact", count=2) == "2 partnerships"


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("map.headline.perhaps", {"year": 1990, "upper": 1}, "up to 1 partnership may have begun"),
        ("map.hover.range", {"lower": 0, "upper": 1}, "at least 0, up to 1 partnership"),
        ("map.headline.leaders_alone", {"total": 1, "name": "Mali"}, "The one partnership is with Mali"),
        ("growth.upper_bound", {"count": 1}, "if the one undated had already begun"),
        ("countries.headline.counted", {"count": 1, "total": 1, "whole": 1}, "1 of 1 country has a single"),
        ("countries.headline.counted", {"count": 2, "total": 3, "whole": 1}, "; 1 is fully identified"),
        ("panel.more", {"count": 1}, "1 more is in the registry"),
        ("programs.headline", {"count": 1, "sectors": 1, "first": "Sports", "most": 1}, "1 program example, on record"),
        ("states.headline", {"count": 1, "total": 50, "basis": "SCI"}, "1 of 50 states has a partnership"),
        (
            "state.headline",
            {"count": 2, "countries": 1, "state": "Ohio"},
            "2 partnerships known by name, with 1 country",
        ),
        ("cell.points", {"points": WORDS.signed(-1)}, "−1 point"),
    ],
)
def test_one_is_said_as_one(key: str, values: dict[str, Any], said: str) -> None:
    found = WORDS(key, **values)
    assert said in found
    assert not re.search(r"(?<!\d)1 \w+ies\b|(?<!\d)1 (are|have|were)\b|points", found)


def reached_plurals(locale: Locale) -> set[str]:
    """The categories that whole numbers reach up to some millions, and that of everything else."""
    return {plural_category(locale, count) for count in (*range(1000), 1_000_000, 2_000_000)} | {OTHER}


def percent_signs(text: str) -> list[str]:
    """How signs of percent stand beside gaps and digits: "{}%", "{}_%" with a space that no line breaks at, "%{}"."""
    plain = re.sub(r"%{{|{{|}}", "", text)
    found = re.findall(r"%\s?(?:{\w+}|\d+)|(?:{\w+}|\d+)[\s\u200e]?%", plain)
    return [re.sub("[\u00a0\u202f]", "_", re.sub(r"{\w+}|\d+", "{}", each)) for each in found]


def declined(text: str) -> list[str]:
    """The forms of its gaps."""
    return [form for _, _, form, _ in string.Formatter().parse(text) if form]


def filled_by_scripts() -> set[str]:
    """Keys whose gaps are given as gaps again: t("list.all", total="{total}")."""
    return set(re.findall(r"""\bt\(["']([a-z_0-9.]+)["'][^()]*=["']{\w+}["']""", code() + templates()))


def problems_of(own: Mapping[str, str], locale: Locale) -> list[str]:
    """What is wrong with the texts that stand in a catalogue."""
    plurals, english, found = reached_plurals(locale), WORDS.texts, list[str]()
    # where a number is counted a language can have plurals, also where English has one text for all
    counted = {base(key) for key, text in english.items() if key.endswith(".one") or "count" in gaps(text)}
    counted |= COUNTED_BESIDE
    scripted = filled_by_scripts()
    used = {f"{FORM}{form}" for text in own.values() for form in declined(text)}
    found += [f"{form}: nothing is said of it" for form in used if f"{form}.{OTHER}" not in own]
    for key, text in own.items():
        stem, _, plural = key.rpartition(".")
        if plural in PLURALS and (stem in counted or key.startswith(FORM)):
            found += [f"{stem}: no text for “{each}”" for each in plurals if f"{stem}.{each}" not in own]
            found += [f"{key}: no number has this plural"] if plural not in plurals else []
            found += [f"{stem}: no gap has this form"] if key.startswith(FORM) and stem not in used else []
            wanted = {"count"} if key.startswith(FORM) else gaps(english.get(f"{stem}.{OTHER}", english.get(stem, "")))
            is_whole = gaps(text) == wanted or (gaps(text) < wanted and (plural != OTHER or key.startswith(FORM)))
            found += [] if is_whole else [f"{key}: gaps"]
        elif key in english:
            found += [] if gaps(text) == gaps(english[key]) else [f"{key}: gaps"]
        else:
            found.append(f"{key}: no such text in English")
        if key.startswith("files.sheet."):
            found += [] if re.fullmatch(r"[^][:*?/\\]{1,31}", text) else [f"{key}: no name of a sheet"]
        if stem in scripted or key in scripted:
            found += [f"{key}: a script fills its gaps, which have no form"] if declined(text) else []
        wanted_signs = set(percent_signs(format_percent(0.37, locale=locale)))
        found += [f"{key}: percent as {each}" for each in percent_signs(text) if {each} != wanted_signs]
    return sorted(set(found))


@pytest.mark.parametrize("language", languages())
def test_a_language_has_texts_of_english_alone_each_with_its_gaps_and_plurals(language: str) -> None:
    own = texts_of(language)
    said = language_of(language)
    assert (str(said.locale), said.name) == (own["language.locale"], own["language.name"])
    assert problems_of(own, load_catalog(language).locale) == []


@pytest.mark.parametrize("language", ["ar", "fr", "ru", "tr"])
def test_a_language_that_is_complete_stays_so(language: str) -> None:
    # one that is new may grow text by text, so it is named here when it has all
    own = {PLURAL.sub("", key) for key in texts_of(language)}
    # forms of numbers are each language's own
    english = {PLURAL.sub("", key) for key in texts_of(FIRST_LANGUAGE) if not key.startswith(FORM)}
    assert sorted(english - own) == []


def test_what_is_wrong_with_a_language_is_found() -> None:
    own = {
        "nothing.of.it": "",
        "tiles.detail.states.one": "в {count} штате",
        "tiles.detail.states.few": "в {count} штатах",
        "tiles.detail.states.many": "в {count} штатах",
        "tiles.detail.states.zero": "нигде",
        "notice.more": "И ещё {number}.",
        "states.headline": "{count:regions_of} из {total:lost} ({basis})",
        "form.regions_of.one": "{count} регион",
        "form.regions_of.other": "{count} региона",
        "form.spare.other": "{count}",
        "barriers.headline.leads": "{label}: {percent}% ({year})",
        "list.all": "{total:regions_of}",
        "files.sheet.about": "[about]",
        "barriers.bar": "<b>{percent}\u00a0%</b>  {count}/{base}",
    }
    assert problems_of(own, Locale("ru")) == [
        "barriers.headline.leads: percent as {}%",
        "files.sheet.about: no name of a sheet",
        "form.lost: nothing is said of it",
        "form.regions_of: no text for “few”",
        "form.regions_of: no text for “many”",
        "form.spare: no gap has this form",
        "form.spare: no text for “few”",
        "form.spare: no text for “many”",
        "form.spare: no text for “one”",
        "list.all: a script fills its gaps, which have no form",
        "nothing.of.it: no such text in English",
        "notice.more: gaps",
        "tiles.detail.states.zero: no number has this plural",
        "tiles.detail.states: no text for “other”",
    ]


def test_plurals_that_whole_numbers_reach() -> None:
    assert reached_plurals(Locale("ru")) == {"one", "few", "many", "other"}
    assert reached_plurals(Locale("fr")) == {"one", "many", "other"}
    assert reached_plurals(Locale("tr")) == {"one", "other"}
    assert reached_plurals(Locale("ar")) == {"zero", "one", "two", "few", "many", "other"}


RUSSIAN = {
    "headline.one": "{count} партнёрство в {places:in_countries}",
    "headline.few": "{count} партнёрства в {places:in_countries}",
    "headline.many": "{count} партнёрств в {places:in_countries}",
    "headline.other": "{count} партнёрства в {places:in_countries}",
    "rate": "{rate:partnerships} в год",
    "form.in_countries.one": "{count} стране",
    "form.in_countries.few": "{count} странах",
    "form.in_countries.many": "{count} странах",
    "form.in_countries.other": "{count} страны",
    "form.partnerships.many": "{count} партнёрств",
    "form.partnerships.other": "{count} партнёрства",
}


def test_each_number_of_a_sentence_is_declined() -> None:
    t = Catalog("ru", Locale("ru"), RUSSIAN)
    assert t("headline", count=21, places=1) == "21 партнёрство в 1 стране"
    assert t("headline", count=94, places=31) == "94 партнёрства в 31 стране"
    assert t("headline", count=5, places=12_000) == "5 партнёрств в 12\u00a0000 странах"
    # a number with decimals is declined as it is written
    assert t("rate", rate=t.decimal(5.0, 1)) == "5,0 партнёрства в год"
    assert t("rate", rate=t.in_groups(5000)) == "5\u00a0000 партнёрств в год"
    # a gap that a script fills
    assert t("rate", rate="{number}") == "{number} партнёрства в год"


@pytest.mark.parametrize(
    ("language", "percent", "decimal", "date"),
    [
        ("en_GB", "37%", "1,234.5", "20 February 2026"),
        ("fr", "37\u00a0%", "1\u202f234,5", "20 février 2026"),
        ("ar", "37%", "1,234.5", "20 فبراير 2026"),
        ("tr", "%37", "1.234,5", "20 Şubat 2026"),
        ("ru", "37\u00a0%", "1\u00a0234,5", "20 февраля 2026\u202fг."),
    ],
)
def test_numbers_and_dates_as_a_language_writes_them(language: str, percent: str, decimal: str, date: str) -> None:
    t = Catalog(language[:2], Locale.parse(language), {})
    assert (t.percent(0.374), t.decimal(1234.5, 1)) == (percent, decimal)
    assert t.date("2026-02-20").replace("\u00a0", "\u202f") == date.replace("\u00a0", "\u202f")


def test_latin_names_stand_apart_from_words_that_are_read_from_the_right() -> None:
    texts = {"since": "{us} و{abroad}: شريكان منذ {year}", "grammar.series": "{first}؛ {rest}"}
    t = Catalog("ar", Locale("ar"), texts)
    assert t("since", us="Houston, TX", abroad="بغداد", year=2004) == "\u2068Houston, TX\u2069 وبغداد: شريكان منذ 2004"
    assert t.listing(["العراق", "Baku"]) == "العراق و\u2068Baku\u2069"
    assert t.series(["Baku", "", "\u2068Houston\u2069"]) == "\u2068Baku\u2069؛ \u2068Houston\u2069"
    assert t.signed(-4) == "\u200e−4"
    assert without_isolates(t.listing(["Baku"])) == "Baku"
    assert WORDS.listing(["Houston, TX"]) == "Houston, TX"


def test_letters_at_the_beginning() -> None:
    turkish, russian = Catalog("tr", Locale("tr"), {}), Catalog("ru", Locale("ru"), {})
    assert turkish.lower_first("İş gücü") == "iş gücü"
    assert turkish.lower_first("Işık") == "ışık"
    assert turkish.lower_first("İslam’ın bilinmemesi") == "İslam’ın bilinmemesi"
    assert turkish.upper_first("iş gücü") == "İş gücü"
    assert russian.lower_first("В работе") == "в работе"


def test_english_stands_where_a_language_has_no_text_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(strings.FOLDER / "en.toml", tmp_path)
    (tmp_path / "fr.toml").write_text(
        '[language]\nlocale = "fr_FR"\nname = "Français"\n[map.hover.exact]\none = "{count} jumelage"\n'
        'many = "{count} de jumelages"\nother = "{count} jumelages"\n[filter]\nyear = "Année"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(strings, "FOLDER", tmp_path)
    t = load_catalog("fr")
    assert t("filter.year") == "Année"
    assert t("filter.heading") == WORDS("filter.heading")
    assert [t("map.hover.exact", count=count) for count in (0, 2)] == ["0 jumelage", "2 jumelages"]
    # French has a category for millions, which the English text has not
    assert t("tiles.label.partnerships", count=2_000_000) == "partnerships"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_word_stands_in_a_template(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    outside = re.sub(r"<[^>]*>", " ", text)
    assert not re.search(r"[A-Za-z]{2}", outside), outside.split()
    said = re.findall(r'(?:title|aria-label|alt|placeholder)="([^"]*)"', text)
    # the value of a field that is typed into is read; that of a choice or a button is a code
    fields = [tag for tag in re.findall(r"<input[^>]*>", text) if not re.search('type="(hidden|radio|checkbox)"', tag)]
    said += [value for tag in fields for value in re.findall('value="([^"]*)"', tag)]
    assert not any(re.search(r"[A-Za-z]{2}", each) for each in said), said


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("dashboard/[cp]*/*.py")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_no_word_stands_in_the_code_of_pages(path: Path) -> None:
    """Texts of elements, and of attributes that are read, are no literals."""
    for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
        is_element = (
            isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "html"
        )
        said = [each for each in call.args if is_element] + [each.value for each in call.keywords if each.arg in READ]
        for text in (each.value for each in said if isinstance(each, ast.Constant) and isinstance(each.value, str)):
            assert not re.search(r"[A-Za-z]{2}", text), f"line {call.lineno}: {text}"


def test_no_word_stands_in_the_scripts() -> None:
    """The browser's scripts say nothing of their own: what they show comes with the page."""
    for path in ROOT.glob("assets/js/*.js"):
        text = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(encoding="utf-8"))
        for literal in re.findall(r'textContent: "([^"]+)"|textContent = "([^"]+)"|title = "([^"]+)"', text):
            assert not any(re.search(r"[A-Za-z]{3}", part) for part in literal), (path, literal)


def test_gaps_are_filled_and_signs_of_other_grammars_are_left_alone() -> None:
    t = Catalog("en", WORDS.locale, {"share": "{percent}% of {{x}} and %{{y}}", "plain": "100%"})
    assert t("share", percent=7) == "7% of {x} and %{y}"
    assert t("plain") == "100%"
    with pytest.raises(KeyError):
        t("share")


def test_marks_of_direction_are_no_part_of_a_cell() -> None:
    assert safe("\u2068Houston\u2069") == "Houston"
    assert safe("\u2068=1+1\u2069") == "'=1+1"
