"""Lists of sister cities as they really come: of each kind a file, and others like it, with what each really says."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dataset import BadData, Dataset
from dashboard.dataset.place_names import names_of_countries
from dashboard.intake.partnership_file import PartnershipFile, read_list
from dashboard.intake.partnership_plan import ListOptions, Plan, plan_list
from dashboard.intake.places import Places, places_of
from dashboard.intake.years import year_in
from tests.stored import state
from tests.unit.intake.conftest import Run

FILES = Path(__file__).parents[2] / "fixtures" / "intake" / "partnerships"
LETTERS = [first + second for first in "bdgk" for second in "aeiou"]
Read = Callable[..., tuple[PartnershipFile, Plan]]


@pytest.fixture
def read(dataset: Dataset) -> Read:
    """read(file) is (the rows, the plan), as the command makes them."""

    def planned(path: Path, *, us_city: str = "", with_hidden: bool = False) -> tuple[PartnershipFile, Plan]:
        file = read_list(path, dataset, most_bytes=10**8, us_city=us_city)
        return file, plan_list(file, dataset, ListOptions(with_hidden=with_hidden), name=path.name)

    return planned


def table(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def added(plan: Plan) -> list[tuple[int, str, str, str, str, str]]:
    return [
        (
            row.number,
            new["us_community"],
            new["us_state"],
            new["partner_community"],
            new["country_iso3"],
            new["start_year"],
        )
        for row, new in plan.added
    ]


def held(plan: Plan) -> dict[int, str]:
    return {row.number: kind for row, kind, _ in plan.held}


def test_countries_out_of_scope_have_a_line_each(read: Read) -> None:
    file, plan = read(FILES / "p01-list-with-all-countries.csv")
    assert added(plan) == [(2, "Anytown", "OH", "Izmir", "TUR", "1999")]
    assert file.outside == {"Japan": 1, "France": 1, "Ghana": 1}


HEADS = {
    "p02a-headings-city-sister.csv": [(2, "Anytown", "OH", "Izmir", "TUR", "")],
    "p02b-headings-of-a-directory.csv": [(2, "Anytown", "OH", "Izmir", "TUR", "1999")],
    "p06-header-in-row-5.csv": [(6, "Anytown", "OH", "Izmir", "TUR", "")],
    "p08-several-partners-in-a-cell.csv": [
        (2, "Anytown", "OH", "Izmir", "TUR", ""), (2, "Anytown", "OH", "Antalya", "TUR", ""),
        (3, "Othertown", "OH", "Izmir", "TUR", ""), (3, "Othertown", "OH", "Lahore", "PAK", ""),
    ],
    "p10-footnotes-and-flags.csv": [
        (2, "Anytown", "OH", "Izmir", "TUR", ""), (3, "Othertown", "OH", "Pristina", "XKX", ""),
        (4, "Thirdtown", "OH", "Amman", "JOR", ""), (5, "Fourthtown", "OH", "Nablus", "PSE", ""),
    ],
    "p13-state-and-county-partnerships.csv": [
        (2, "Montana", "MT", "Surakarta", "IDN", ""), (3, "State of Ohio", "OH", "Lahore", "PAK", ""),
        (4, "Miami-Dade County", "", "Bali", "IDN", ""),
    ],
    "p05-own-id-column-blank-country.csv": [(2, "Anytown", "OH", "Izmir", "TUR", "")],
    "p22-two-sheets.xlsx": [
        (2, "Alphaville", "TX", "Quxabad", "EGY", "2010"), (3, "Bravotown", "OH", "Zorkand", "JOR", "1999"),
        (4, "Charlieburg", "CA", "Wexistan", "IRQ", "2003"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("file", HEADS)
def test_each_list_says_what_it_really_says(file: str, read: Read) -> None:
    assert added(read(FILES / file)[1]) == HEADS[file]


def test_one_citys_own_list_needs_its_city(read: Read, tmp_path: Path) -> None:
    path = FILES / "p02d-one-citys-own-list.csv"
    with pytest.raises(BadData) as caught:
        read(path)
    assert caught.value.problems[0].kind == "no_us_city"
    assert added(read(path, us_city="Anytown, Ohio")[1]) == [
        (2, "Anytown", "OH", "Izmir", "TUR", "1999"),
        (3, "Anytown", "OH", "Lahore", "PAK", "2004"),
    ]
    rows = [["Sister Cities of Anytown, Ohio"], [], ["Sister City", "Country"], ["Izmir", "Turkey"]]
    assert added(read(table(tmp_path / "a.csv", rows))[1]) == [(4, "Anytown", "OH", "Izmir", "TUR", "")]
    rows[0] = ["Sister cities of Ohio"]
    with pytest.raises(BadData):
        read(table(tmp_path / "b.csv", rows))


def test_a_us_city_that_stands_once(read: Read, tmp_path: Path) -> None:
    rows = [
        ["U.S. City", "State", "Sister City", "Country"],
        ["Anytown", "OH", "Izmir", "Turkey"],
        ["", "", "Lahore", "Pakistan"],
        ["", "", "Dakar", "Senegal"],
    ]
    file, plan = read(table(tmp_path / "a.csv", rows))
    assert [row[:4] for row in added(plan)] == [
        (2, "Anytown", "OH", "Izmir"),
        (3, "Anytown", "OH", "Lahore"),
        (4, "Anytown", "OH", "Dakar"),
    ]
    assert file.filled == [3, 4]
    rows = [
        *rows[:2],
        *[
            [town, "OH", city, "Iran"]
            for town, city in zip(
                ["Alpha", "Bravo", "Casino", "Delta", "Echo"], ["Qom", "Tabriz", "Yazd", "Shiraz", "Bam"], strict=True
            )
        ],
        ["", "", "Lahore", "Pakistan"],
    ]
    assert held(read(table(tmp_path / "b.csv", rows))[1]) == {8: "no_us_community"}


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_column_for_each_partner(delimiter: str, read: Read, tmp_path: Path) -> None:
    rows = [
        ["City", "State", "Sister City 1", "Country 1", "Sister City 2", "Country 2"],
        ["Anytown", "Ohio", "Izmir", "Turkey", "Kobe", "Japan"],
        ["Othertown", "Ohio", "Lahore", "Pakistan", "Dakar", "Senegal"],
    ]
    file, plan = read(table(tmp_path / "a.tsv", rows, delimiter))
    assert [(row[0], row[3], row[4]) for row in added(plan)] == [
        (2, "Izmir", "TUR"),
        (3, "Lahore", "PAK"),
        (3, "Dakar", "SEN"),
    ]
    assert file.outside == {"Japan": 1}
    rows = [["City", "Turkey", "Egypt"], ["Anytown, Ohio", "Izmir", ""], ["Othertown, Ohio", "Konya", "Luxor"]]
    rows[0][0] = "U.S. City"
    assert [(row[0], row[3], row[4]) for row in added(read(table(tmp_path / "b.tsv", rows, delimiter))[1])] == [
        (2, "Izmir", "TUR"), (3, "Konya", "TUR"), (3, "Luxor", "EGY"),
    ]  # fmt: skip


HEAD = ["U.S. City", "State", "Sister City", "Country", "Year"]


@pytest.mark.parametrize("mark", ["; ", "\n", " | ", ";\n"])
def test_partners_that_a_sign_parts_are_rows(mark: str, read: Read, tmp_path: Path) -> None:
    rows = [
        ["U.S. City", "Sister Cities"],
        ["Anytown OH", mark.join(["Izmir, Turkey", "Kobe, Japan", "Lahore, Pakistan"])],
    ]
    file, plan = read(table(tmp_path / "a.csv", rows))
    assert [row[1:5] for row in added(plan)] == [("Anytown", "OH", "Izmir", "TUR"), ("Anytown", "OH", "Lahore", "PAK")]
    assert file.outside == {"Japan": 1}


def test_a_province_of_the_partner_is_no_state(read: Read, tmp_path: Path) -> None:
    rows = [["City", "State/Province", "Country", "Since"], ["Izmir", "Izmir Province", "Turkey", "1999"]]
    _, plan = read(table(tmp_path / "a.csv", rows), us_city="Anytown, Ohio")
    assert added(plan) == [(2, "Anytown", "OH", "Izmir", "TUR", "1999")]


@pytest.mark.parametrize(
    "partner", ["Izmir and Antalya", "Izmir & Antalya", "Izmir / Antalya", "Izmir/Antalya", "Izmir, Antalya"]
)
def test_what_may_be_two_partners_is_held_back(partner: str, read: Read, tmp_path: Path) -> None:
    assert held(read(table(tmp_path / "a.csv", [HEAD, ["Anytown", "OH", partner, "Turkey", ""]]))[1]) == {
        2: "several_partners"
    }


def test_longer_names_are_held_back(read: Read) -> None:
    _, plan = read(FILES / "p03-near-duplicates-not-held.csv")
    assert held(plan) == dict.fromkeys((2, 3, 4, 5, 6, 7, 9, 10), "alike")
    assert not plan.added


def test_letters_of_transliteration_are_one_name(read: Read) -> None:
    _, plan = read(FILES / "p23-letters-of-transliteration.csv")
    assert sorted(held(plan)) == list(range(3, 34, 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nablus", "Nāblus"),
        ("Saida", "Ṣaydā"),
        ("Khan Yunis", "Khan Younis"),
        ("Jalalabad", "Jalālābād"),
        ("Buxoro", "Bukhara"),
        ("Sulaymaniyah", "Sulaimaniya"),
        ("Duhok", "Dohuk"),
        ("Mosul", "Mosul (Nineveh)"),
        ("Fès", "Fez"),
        ("Irbil", "Erbil"),
    ],
)
def test_other_transliterations_are_held_back(one: str, other: str, read: Read, tmp_path: Path) -> None:
    rows = [HEAD, ["Anytown", "OH", one, "Iraq", ""], ["Anytown", "OH", other, "Iraq", ""]]
    assert set(held(read(table(tmp_path / "a.csv", rows))[1])) == {3}


@pytest.mark.parametrize(
    ("one", "other"), [("Konya", "Kars"), ("Basra", "Baghdad"), ("Izmir", "Istanbul"), ("Ankara", "Antalya")]
)
def test_other_cities_are_not(one: str, other: str, read: Read, tmp_path: Path) -> None:
    rows = [HEAD, ["Anytown", "OH", one, "Turkey", ""], ["Anytown", "OH", other, "Turkey", ""]]
    assert not held(read(table(tmp_path / "a.csv", rows))[1])


def test_years_are_never_guessed(read: Read) -> None:
    _, plan = read(FILES / "p20-years-that-are-not-years.csv")
    years = {row[0]: row[5] for row in added(plan)}
    known = {
        2: "2010",
        3: "2010",
        11: "1999",
        12: "1999",
        13: "2003",
        14: "2003",
        15: "2003",
        16: "2003",
        17: "2005",
        23: "1998",
    }
    assert {number: year for number, year in years.items() if year} == known
    assert {row.number for row, _, _ in plan.words} == set(years) - set(known)
    assert all(text in new["note"] for row, new in plan.added for text in row.words.values())


@given(year=st.integers(1900, datetime.date.today().year), data=st.data())
def test_a_year_is_one_only_where_it_is_certain(year: int, data: st.DataObject) -> None:
    certain = [
        "{}",
        "{}.0",
        "{}-05-01",
        "5/1/{}",
        "01.02.{}",
        "June {}",
        "3 June {}",
        "June 3, {}",
        "Est. {}",
        "since {}",
        "{} (renewed 2015)",
        "{}-06",
    ]
    doubtful = [
        "c. {}",
        "ca. {}",
        "circa {}",
        "{}?",
        "{}s",
        "early {}s",
        "FY{}",
        "FY {}",
        "{}-99",
        "{}/05",
        "{} or 1950",
        "before {}",
        "after {}",
        "~{}",
        "about {}",
        "{}+",
        "{}–2003",
        "{} (approx.)",
        "around {}",
        "late {}",
        "mid-{}",
        "Spring {}",
    ]
    assert year_in(data.draw(st.sampled_from(certain)).format(year)) == str(year)
    assert year_in(data.draw(st.sampled_from(doubtful)).format(year)) == ""


def test_a_year_to_come_is_held_back_everywhere(read: Read, tmp_path: Path) -> None:
    later = str(datetime.date.today().year + 1)
    rows = [[*HEAD, "known by", "ended"], ["Anytown", "OH", "Izmir", "Turkey", later, later, later]]
    _, plan = read(table(tmp_path / "a.csv", rows))
    (new,) = [new for _, new in plan.added]
    assert (new["start_year"], new["known_by"], new["end_year"]) == ("", "", "")
    assert len(plan.words) == 3


def test_rows_without_a_city_or_a_country_never_get_in(read: Read, run: Run, folder: Path) -> None:
    _, plan = read(FILES / "p05-own-id-column-blank-country.csv")
    assert held(plan) == {3: "no_country_iso3", 4: "no_partner_community"}
    assert run("import-partnerships", FILES / "p05-own-id-column-blank-country.csv") == 0


def test_rows_that_a_filter_hides_are_marked_and_taken_only_when_asked(read: Read) -> None:
    path = FILES / "p21-rows-hidden-by-a-filter.xlsx"
    _, plan = read(path)
    assert held(plan) == {3: "hidden", 5: "hidden"}
    assert [row[0] for row in added(plan)] == [2, 4]
    assert [row[0] for row in added(read(path, with_hidden=True)[1])] == [2, 3, 4, 5]


def test_the_sheet_that_was_read_and_those_that_were_not_are_named(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import-partnerships", FILES / "p22-two-sheets.xlsx", accept=False) == 1
    said = capsys.readouterr().out
    assert "Sheet: Sheet" in said and "Sheets not read: 2025" in said
    assert run("import-partnerships", FILES / "p22-two-sheets.xlsx", "--sheet", "2025", accept=False) == 1
    assert "Foxtrotia" in capsys.readouterr().out
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Cover").write(0, 0, "Our list")
        sheet = book.add_worksheet("List")
        for at, row in enumerate([HEAD, ["Anytown", "OH", "Izmir", "Turkey", 1999]]):
            sheet.write_row(at, 0, row)
    assert run("import-partnerships", tmp_path / "a.xlsx", accept=False) == 1
    assert "Sheet: List" in capsys.readouterr().out


def test_later_checks_name_the_row_of_the_persons_file(
    run: Run, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(folder)
    rows = [
        ["Our list"],
        [],
        [*HEAD, "partner latitude", "partner longitude"],
        ["Anytown", "OH", "Izmir", "Turkey", "", "38", "27"],
        ["Othertown", "OH", "Konya", "Turkey", "", "1000", "27"],
    ]
    assert run("import-partnerships", table(tmp_path / "a.csv", rows)) == 1
    assert "a.csv, row 5, partner_lat, “1000”" in capsys.readouterr().err
    assert state(folder) == before


def test_unchanged_rows_are_folded_and_what_matters_comes_first(
    run: Run, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows.append(["", "Anytown", "OH", "Izmir and Konya", "TUR", *[""] * (len(rows[0]) - 5)])
    assert run("import-partnerships", table(tmp_path / "a.csv", rows)) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert lines[2].startswith("Held back")
    assert f"Unchanged: {len(rows) - 2}" in lines
    assert len(lines) < 10


@pytest.fixture(scope="session")
def places(dataset: Dataset) -> Places:
    return places_of(dataset)


@given(code=st.sampled_from(sorted(names_of_countries())), data=st.data())
def test_names_of_countries_in_any_language_mean_themselves(places: Places, code: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names_of_countries()[code][1:]))
    spelled = data.draw(st.sampled_from([name, name.upper(), name.lower(), f" {name} "]))
    if code in places.region_of:
        assert places.countries_in(spelled) == {code}
    else:
        assert not places.country(spelled) and places.outside(spelled)


def test_a_list_is_stopped_between_its_rows(tmp_path: Path, dataset: Dataset) -> None:
    rows = [["us_community", "us_state", "partner_community", "country_iso3"]]
    rows += [[f"{first}{second}ville", "TX", f"{second}{first}abad", "TUR"] for first in LETTERS for second in LETTERS]
    file = read_list(table(tmp_path / "list.csv", rows), dataset, most_bytes=10**8)
    told: list[float] = []

    def stop(done: float) -> None:
        told.append(done)
        if done > 0.5:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        plan_list(file, dataset, ListOptions(), name="list.csv", progress=stop)
    assert told == sorted(told) and told[0] == 0 and len(told) > 3
