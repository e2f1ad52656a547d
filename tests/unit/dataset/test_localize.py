"""The names of a dataset in another language: what is shown follows, what is counted and found stays."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale

from dashboard.context import AppContext
from dashboard.dataset import Dataset, load
from dashboard.dataset.labels import label_of
from dashboard.dataset.localize import localize
from dashboard.dataset.problems import BadData
from dashboard.dataset.sorting import sort_key_of
from dashboard.filters import Selection, choices_of, parse
from dashboard.metrics.registry import entries
from dashboard.metrics.states import state_names
from dashboard.search_index import search_index
from dashboard.strings import Catalog, languages, load_catalog

LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "fr": LATIN,
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}
ADRIFT = {"country.PSE": "PSE!", "us_state.TX": "TX!", "region.western_asia": "Western Asia!"}


def in_language(code: str, t: Catalog) -> Catalog:
    """A catalogue of a language that has only a few texts of its own."""
    return replace(
        t, language=code, locale=Locale(code), texts={**t.texts, "language.alphabet": ALPHABETS[code], **ADRIFT}
    )


@pytest.fixture(params=sorted(ALPHABETS))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def localized(language: str, dataset: Dataset, t: Catalog) -> Dataset:
    return localize(dataset, in_language(language, t))


def test_english_is_the_dataset_itself(dataset: Dataset, t: Catalog) -> None:
    assert localize(dataset, t) is dataset


def test_every_country_has_a_name_of_the_language(language: str, dataset: Dataset, localized: Dataset) -> None:
    names = dict(zip(localized.countries["iso3"], localized.countries["name"], strict=True))
    assert names.keys() == set(dataset.countries["iso3"])
    assert names["EGY"] == {"fr": "Égypte", "ar": "مصر", "tr": "Mısır", "ru": "Египет"}[language]
    assert names["PSE"] == "PSE!"
    script = {"ar": "ARABIC", "ru": "CYRILLIC"}.get(language)
    for code, name in names.items():
        # those that the catalogue names are as it has them
        assert script is None or code in {"PSE", "KGZ"} or unicodedata.name(name[0]).startswith(script), name
    assert len(set(names.values())) == len(names)


def test_states_and_regions_are_named_by_the_catalogue(dataset: Dataset, localized: Dataset, language: str) -> None:
    assert state_names(localized)["TX"] == "TX!"
    # the word of the data stays: addresses, filters and files have it
    assert localized.countries["region"].equals(dataset.countries["region"])
    options = choices_of(localized).options["region"]
    assert options["Western Asia"].label == "Western Asia!"
    assert options.keys() == choices_of(dataset).options["region"].keys()


def test_only_what_has_names_is_new(dataset: Dataset, localized: Dataset) -> None:
    new = {name for name, table in localized.tables.items() if table is not dataset.tables[name]}
    assert new == {"countries", "us_states", "milestones", "questions", "codebook", "waves", "themes"}
    # what counts is remembered by its basis, and the numbers of the survey by theirs
    assert localized.bases is dataset.bases
    assert localized.survey.counts is dataset.survey.counts
    assert localize(localized, Catalog("xx", Locale("fr"), {"language.alphabet": ""})).original is dataset


def test_what_is_translated_in_the_data_is_shown_so(localized: Dataset, language: str, t: Catalog) -> None:
    shown = {
        "fr": ("Groupe de travail", "Autre", "Enquête de l’Initiative islamique 2006", "Les 94 de SCI"),
        "ar": ("فريق العمل", "غير ذلك", "استبيان المبادرة الإسلامية 2006", "إحصاء SCI: 94"),
        "tr": ("Çalışma grubu", "Diğer", "İslami Girişim Anketi 2006", "SCI’ın saydığı 94"),
        "ru": ("Рабочая группа", "Другое", "Опрос Исламской инициативы 2006", "94 по подсчёту SCI"),
    }
    milestone, option, wave, count = shown[language]
    assert milestone in set(localized.tables["milestones"]["short_title"])
    assert option in set(localized.tables["codebook"]["label"])
    assert [each.title for each in localized.survey.waves] == [wave]
    assert AppContext(localized, in_language(language, t)).basis_label("sci-2007") == count
    # all that was shipped is translated
    assert localized.naming.untranslated == frozenset()


def test_what_nobody_has_translated_stays_in_english_and_is_known(dataset: Dataset, t: Catalog) -> None:
    codebook = dataset.tables["codebook"]
    tables = {**dataset.tables, "codebook": codebook.assign(label_fr=codebook["label_fr"].replace("Autre", ""))}
    localized = localize(replace(dataset, tables=tables), in_language("fr", t))
    assert "Other" in set(localized.tables["codebook"]["label"])
    assert localized.naming.untranslated == {"Other"}


@pytest.mark.parametrize("spelling", ["Egypt", "egy", "مصر", "Mısır", "Égypte"])
def test_an_address_means_the_same_in_every_language(spelling: str, localized: Dataset) -> None:
    choices = choices_of(localized)
    assert parse(f"?country={spelling}&region=Western+Asia&state=Texas", choices).selection.country == "EGY"
    assert parse("?state=TX!&region=western-asia", choices) == parse("?state=TX&region=Western+Asia", choices)


def test_search_finds_both_names(localized: Dataset, language: str, t: Catalog) -> None:
    index = search_index(AppContext(localized, in_language(language, t)), ())
    for name in ("Türkiye", "The Gambia", "Texas", "TX!", *localized.countries["name"].head(3)):
        assert name in index
    found = entries(localized, Selection("documented").having(country="EGY"))[0]
    assert "egypt" in found.spellings.split()


def test_the_registry_is_in_the_order_of_the_language(localized: Dataset) -> None:
    names = list(dict.fromkeys(each.country for each in entries(localized, Selection("documented"))))
    assert names == sorted(names, key=localized.naming.sort_key)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        # a letter of its own comes after the one that it is made of, and a word with it after all with that
        ("tr", ["Cezayir", "Cibuti", "Çad", "Irak", "İran", "Somali", "Suriye", "Şili", "Umman", "Ürdün"]),
        # the article counts, as in the lists of browsers; a hamza does not, unless all else is the same
        (
            "ar",
            ["الأردن", "الإمارات", "البحرين", "السودان", "العراق", "إندونيسيا", "أوغندا", "بنغلاديش", "تونس", "عُمان"],
        ),
        ("ru", ["Египет", "Ёлка", "Жилин", "Иран", "Йемен", "Казахстан"]),
        ("fr", ["Cameroun", "Comores", "Côte d’Ivoire", "Djibouti", "Égypte", "Émirats", "Éthiopie", "Gabon"]),
    ],
)
def test_names_are_sorted_as_the_language_does(language: str, names: list[str]) -> None:
    assert sorted(set(names), key=sort_key_of(ALPHABETS[language])) == names


def test_a_word_of_the_data_without_a_label_stays_as_it_is(t: Catalog) -> None:
    assert label_of(t, "region", "South-eastern Asia") == "South-eastern Asia"
    assert label_of(t, "region", "The Moon") == "The Moon"


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_has_each_of_its_letters_once(language: str) -> None:
    alphabet = load_catalog(language)("language.alphabet")
    assert len(set(alphabet)) == len(alphabet)
    assert alphabet or language == "en"


def test_the_story_is_told_in_the_language(localized: Dataset, dataset: Dataset) -> None:
    assert [slide.id for slide in localized.story] == [slide.id for slide in dataset.story]
    for own, english in zip(localized.story, dataset.story, strict=True):
        assert own.untranslated == frozenset()
        assert own.notes != english.notes
        assert (own.view, own.number, own.community, own.sources) == (
            *(english.view, english.number, english.community),
            english.sources,
        )


def test_a_slide_that_is_not_translated_is_in_english_and_says_so(folder: Path) -> None:
    (folder / "story.fr.toml").write_text('[opening]\nheadline = "Bâtir la paix"\n', encoding="utf-8")
    opening, successes, *_ = load(folder).stories["fr"]
    assert opening.headline == "Bâtir la paix"
    assert opening.untranslated == {"words", "notes"}
    assert successes.headline == "Much has been reached since {initiative_year}"


def test_a_story_that_nobody_has_translated_says_that_it_is_in_english(dataset: Dataset) -> None:
    localized = localize(dataset, replace(load_catalog("fr"), language="xx"))
    for own, english in zip(localized.story, dataset.story, strict=True):
        assert own.headline == english.headline
        assert {"headline", "words", "items", "notes"} <= own.untranslated


def test_a_story_that_changed_is_shown_in_english_where_its_translation_does_not_fit(folder: Path) -> None:
    own = '[gone]\nheadline = "x"\n[next]\nheadline = "La suite"\nitems = [{ term = "a", text = "b" }]\n'
    (folder / "story.fr.toml").write_text(own, encoding="utf-8")
    found = load(folder)
    [translated] = [slide for slide in found.stories["fr"] if slide.id == "next"]
    [english] = [slide for slide in found.story if slide.id == "next"]
    assert translated.headline == "La suite"
    assert translated.items == english.items
    assert "items" in translated.untranslated


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[opening]\nview = "?region=x"\n', "unknown_key"),
        ('[opening]\nheadline = "{oops"\n', "braces"),
        ("opening = 3\n", "table"),
    ],
)
def test_a_translated_story_is_checked(text: str, kind: str, folder: Path) -> None:
    (folder / "story.fr.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadData) as raised:
        load(folder)
    assert [(problem.file, problem.kind) for problem in raised.value.problems] == [("story.fr.toml", kind)]


def test_a_folder_without_translations_is_valid(folder: Path) -> None:
    path = folder / "survey" / "codebook.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["question", "option", "label", "theme", "aliases"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    assert set(load(folder).tables["codebook"]["label_fr"]) == {""}
