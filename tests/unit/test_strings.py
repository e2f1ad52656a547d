"""Every word is in the catalogue, and the catalogue has no word that nobody uses."""

from __future__ import annotations

import ast
import re
import shutil
import string
from pathlib import Path

import pytest

from dashboard import strings
from dashboard.filters import FILTERS
from dashboard.strings import Catalog, languages, load_catalog, plural_category, texts_of

ROOT = Path(__file__).parents[2]
WORDS = load_catalog("en")
TEMPLATES = sorted((ROOT / "dashboard" / "templates").rglob("*.html"))
# attributes and properties that a person reads or hears
READ = ("title", "alt", "placeholder", "label", "children")
# keys that are put together out of what the data holds or what others name, by what they begin with
COMPOSED = (
    *(f"filter.{each.name}." for each in FILTERS),
    "language.",
    "counted.",
    "region.",
    "us_state.",
    "country.",
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


@pytest.mark.parametrize("language", languages())
def test_a_language_has_texts_of_english_alone_each_with_its_gaps_and_plurals(language: str) -> None:
    locale, own = load_catalog(language).locale, texts_of(language)
    assert {"language.locale", "language.name"} <= own.keys()
    categories = {*locale.plural_form.tags, "other"}
    counted = {key.removesuffix(".one") for key in WORDS.texts if key.endswith(".one")}
    for key, text in own.items():
        base, _, form = key.rpartition(".")
        if base in counted and form in categories:
            assert {f"{base}.{each}" for each in categories} <= own.keys(), base
            assert gaps(text) <= gaps(WORDS.texts[f"{base}.other"]), key
        else:
            assert key in WORDS.texts, key
            assert gaps(text) == gaps(WORDS.texts[key]), key


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
