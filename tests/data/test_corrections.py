"""What the third research pass corrected stays corrected: refused and doubtful rows, names, years, filled places."""

from __future__ import annotations

import pytest

from dashboard.dataset import DOCUMENTED, Dataset
from dashboard.dataset.records import records
from dashboard.filters import Filters, Selection
from dashboard.metrics.evidence import statements_of
from dashboard.metrics.panel import country_panel
from dashboard.metrics.registry import Entry, build_entries, candidates, find_entry

FILLED = {
    "wise-va--cesme-tur": 1995,
    "fort-lauderdale-fl--mugla-tur": 1992,
    "north-lauderdale-fl--yatagan-tur": 2002,
    "pocatello-id--kwaremenguel-bfa": 1999,
}
# of medium and low confidence: documented, and no place of the count is theirs
LIKELY = (
    "tamarac-fl--fatsa-tur",
    "inglewood-ca--bo-sle",
    "miami-fl--amman-jor",
    "tucson-az--almaty-kaz",
    "fresno-ca--taraz-kaz",
    "fresno-ca--baquba-irq",
)


def entry(dataset: Dataset, key: str) -> Entry:
    found = find_entry(dataset, key)
    assert found is not None
    return found


def test_a_refused_and_a_doubtful_pairing_count_nowhere(dataset: Dataset) -> None:
    for key, status in (("olympia-wa--rafah-pse", "refused"), ("honolulu-hi--rabat-mar", "doubtful")):
        each = entry(dataset, key)
        assert (each.status, each.belongs["sci-2007"], each.is_left_out) == (status, "no", True)
        assert each.note
        assert len(each.sources) > 1
        assert all(key not in set(basis.rows["id"]) for basis in dataset.bases.values())
        assert key not in {
            one.id
            for one in candidates(dataset, dataset.bases["sci-2007"].snapshot, Filters.of(country=each.country_iso3))
        }


def test_a_doubtful_pairing_that_its_city_reports_on_still_counts(dataset: Dataset) -> None:
    each = entry(dataset, "milwaukee-wi--medan-idn")
    assert (each.status, each.confidence, each.is_left_out) == ("doubtful", "medium", False)
    assert each.id in set(dataset.bases[DOCUMENTED].rows["id"])
    assert len(statements_of(dataset, each.id)) == 3


def test_la_crosses_partner_is_kumbo(dataset: Dataset) -> None:
    assert "Kumba" not in set(dataset.partnerships["partner_community"])
    each = entry(dataset, "la-crosse-wi--kumbo-cmr")
    assert (each.partner_community, each.start_year, each.partner_place) == ("Kumbo", 2013, (10.6667, 6.2))


@pytest.mark.parametrize(
    ("key", "used", "other"),
    [
        ("burlington-vt--bethlehem-pse", 1996, "1991"),
        ("seattle-wa--surabaya-idn", 1991, "1992"),
        ("houston-tx--baku-aze", 1976, "1972"),
        ("houston-tx--istanbul-tur", 1986, "1988"),
        ("gainesville-fl--qalqilya-pse", 1997, "1998"),
    ],
)
def test_a_year_in_dispute_stands_with_the_other(dataset: Dataset, key: str, used: int, other: str) -> None:
    assert entry(dataset, key).start_year == used
    said = statements_of(dataset, key)
    assert any(str(used) in each.text for each in said)
    assert any(other in each.text for each in said)
    assert all(each.sources for each in said)


def test_places_of_the_count_are_filled_by_what_is_sure(dataset: Dataset) -> None:
    members = {row["partnership_id"]: row for row in records(dataset.snapshots[0].members)}
    for key, year in FILLED.items():
        assert members[key]["is_member"] == "yes"
        assert members[key]["reason"].endswith("documented by 2007, within the country's count")
        assert (entry(dataset, key).start_year, entry(dataset, key).confidence) == (year, "high")
    assert {members[key]["is_member"] for key in LIKELY} == {"unknown"}


def test_whoever_began_after_the_count_is_no_member(dataset: Dataset) -> None:
    late = [
        each
        for each in build_entries(dataset, range(len(dataset.partnerships)))
        if each.start_year and each.start_year > 2007
    ]
    assert {each.belongs["sci-2007"] for each in late} == {"no"}


def test_countries_with_more_documented_than_counted(dataset: Dataset) -> None:
    found = {}
    for code in dataset.countries["iso3"]:
        excess = country_panel(dataset, Selection("sci-2007").having(country=code), basis_label="").excess
        if excess is not None:
            found[code] = (excess.counted, len(excess.names))
    assert found == {
        "KGZ": (1, 2),
        "LBN": (2, 3),
        "MAR": (3, 4),
        "PSE": (2, 4),
        "AZE": (1, 2),
        "BEN": (0, 1),
        "CMR": (0, 2),
    }


def test_friscos_end_is_dated(dataset: Dataset) -> None:
    each = entry(dataset, "frisco-tx--ceyhan-tur")
    assert (each.start_year, each.end_year, each.confidence) == (2015, 2018, "high")
