"""Search, addresses and imports know the same spellings."""

from __future__ import annotations

import pytest

from dashboard.context import AppContext
from dashboard.dataset import Dataset
from dashboard.dataset.place_names import country_spellings, names_of_countries, own_spellings
from dashboard.dataset.spelling import normalize
from dashboard.filters import choices_of, parse
from dashboard.intake.places import places_of
from dashboard.search_index import search_index


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("UAE", "ARE"),
        ("Ivory Coast", "CIV"),
        ("Türkei", "TUR"),
        ("Burkino-Faso", "BFA"),
        ("مصر", "EGY"),
        ("Mısır", "EGY"),
    ],
)
def test_they_are_one_list(spelling: str, code: str, dataset: Dataset, app_context: AppContext) -> None:
    assert parse(f"?country={spelling}", choices_of(dataset)).selection.country == code
    assert places_of(dataset).country(spelling) == code
    assert normalize(spelling) in normalize(search_index(app_context, ()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ṣanʿāʾ", "Sana"),
        ("Sana'a", "Sanaʿa"),
        ("Taʻizz", "Ta’izz"),
        ("Taʼizz", "Taizz"),
        ("Mazār-i Sharīf", "mazar-i-sharif"),
        ("Bakı", "BAKI"),
    ],
)
def test_letters_of_transliteration_fold_alike(one: str, other: str) -> None:
    assert normalize(one) == normalize(other)


def test_no_spelling_means_two_countries(dataset: Dataset) -> None:
    seen: dict[str, str] = {}
    for code, names in names_of_countries().items():
        for name in names[1:]:
            assert seen.setdefault(normalize(name), code) == code, name
    own = own_spellings()["countries"]
    spelled = country_spellings(dataset)
    assert all(
        spelled[normalize(name)] == code for code, names in own.items() if code in spelled.values() for name in names
    )
