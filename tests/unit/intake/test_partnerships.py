"""A spreadsheet that somebody edited by hand, into the table of partnerships."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.dataset import Dataset, load
from dashboard.intake.matching import is_alike, is_same
from dashboard.intake.places import places_of
from dashboard.intake.spreadsheet import read_grid
from tests.stored import state
from tests.unit.intake.conftest import Run

HEAD = ["U.S. City", "State", "Sister City", "Country", "Year", "Source", "Remarks"]
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """sheet([row, …]) as CSV under the headings of a hand-made list."""

    def write(rows: list[list[str]], head: list[str] = HEAD) -> Path:
        path = tmp_path / "list.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path

    return write


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("TURKIYE ", "TUR"),
        ("Burkino-Faso", "BFA"),
        ("Cote D'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Palestinian Authority", "PSE"),
        ("U.A.E.", "ARE"),
        ("Gambia, The", "GMB"),
        ("Istanbul, Turkey", "TUR"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Atlantis", ""),
    ],
)
def test_countries_in_any_spelling(dataset: Dataset, spelling: str, code: str) -> None:
    assert places_of(dataset).country(spelling) == code


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Tex.", "TX"),
        ("texas", "TX"),
        ("Houston, TX", "TX"),
        ("Washington, D.C.", "DC"),
        ("N. Carolina", "NC"),
        ("x", ""),
    ],
)
def test_states_in_any_spelling(dataset: Dataset, spelling: str, code: str) -> None:
    assert places_of(dataset).state(spelling) == code


def pairing(us: str, state_code: str, partner: str, country: str = "TUR") -> dict[str, str]:
    return {"us_community": us, "us_state": state_code, "partner_community": partner, "country_iso3": country}


@pytest.mark.parametrize(
    ("us", "partner"),
    [("St. Paul", "Neubrandenburg"), ("saint paul", "Neubrandenburg"), ("City of St Paul", "NEUBRANDENBURG")],
)
def test_one_pairing_in_several_spellings(us: str, partner: str) -> None:
    assert is_same(pairing("Saint Paul", "MN", "Neubrandenburg"), pairing(us, "", partner))


def test_accents_and_order_do_not_matter_and_states_do() -> None:
    assert is_same(pairing("Gering & Scottsbluff", "NE", "Bāmyān"), pairing("Scottsbluff and Gering", "NE", "Bamyan"))
    assert not is_same(pairing("Portland", "OR", "Izmir"), pairing("Portland", "ME", "Izmir"))
    assert is_alike(pairing("Houston", "TX", "Istanbul"), pairing("Housten", "TX", "Istanbul"))
    assert is_alike(pairing("Houston", "TX", "Istanbul"), pairing("Istanbul", "", "Houston"))
    assert not is_alike(pairing("Houston", "TX", "Istanbul"), pairing("Houston", "TX", "Izmir"))


def test_added_changed_unchanged_and_held_back(
    sheet: Sheet, run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet(
        [
            ["Houston", "Texas", "İstanbul", "Türkiye", "", "", ""],
            ["Council Bluffs", "Iowa", "Kandahar", "Afghanistan", "2018", "https://example.org/x", ""],
            ["Springfield", "Ill.", "Ankara", "Turkey", "2019", "", "seen in a newsletter"],
            ["Council Blufs", "IA", "Herat", "Afghanistan", "2016", "", ""],
            ["Springfield, IL", "", "Ankara", "Turkey", "2020", "", ""],
        ]
    )
    assert run("import-partnerships", path) == 0
    out = capsys.readouterr().out
    assert "Added: 1" in out
    assert "Springfield, IL – Ankara, TUR, 2019" in out
    assert "council-bluffs-ia--kandahar-afg: start_year (blank) → 2018" in out
    assert "houston-tx--istanbul-tur" in out.partition("Unchanged: 1")[2]
    assert "looks like council-bluffs-ia--herat-afg" in out
    assert "2019 / 2020" in out
    after = load(folder)
    rows = after.partnerships.set_index("id")
    assert rows.loc["council-bluffs-ia--kandahar-afg", "start_year"] == 2018
    new = rows.loc["springfield-il--ankara-tur"]
    assert (new["start_year"], new["confidence"], new["note"]) == (2019, "low", "seen in a newsletter")
    assert all(source in set(after.sources["id"]) for source in new["source_ids"].split(";"))
    assert len(rows) == 247
    assert len(after.bases["sci-2007"].rows) == 94


def test_identifying_one_keeps_the_94_at_94(sheet: Sheet, run: Run, folder: Path) -> None:
    before = load(folder).bases["sci-2007"].rows
    path = sheet([["Testville", "Ohio", "Bobo", "Burkino-Faso", "1999", "https://example.org/b", ""]])
    assert run("import-partnerships", path) == 0
    after = load(folder).bases["sci-2007"].rows
    assert len(after) == len(before) == 94
    assert after["is_identified"].sum() == before["is_identified"].sum() + 1
    assert (after.groupby("country_iso3").size() == before.groupby("country_iso3").size()).all()


def test_a_row_that_says_itself_which_one_it_is(sheet: Sheet, run: Run, folder: Path) -> None:
    path = sheet(
        [["not-yet-identified-afg-1", "Testville", "OH", "Ghazni", "", "the deck"]],
        ["id", "us_community", "us_state", "partner_community", "country", "source"],
    )
    assert run("import-partnerships", path) == 0
    data = load(folder)
    row = data.partnerships.set_index("id").loc["testville-oh--ghazni-afg"]
    assert row["country_iso3"] == "AFG"
    assert "not-yet-identified-afg-1" not in set(data.partnerships["id"])
    assert len(data.bases["sci-2007"].rows) == 94


def test_a_later_one_is_no_member(sheet: Sheet, run: Run, folder: Path) -> None:
    assert run("import-partnerships", sheet([["Testville", "OH", "Bobo", "Burkina Faso", "2015", "", ""]])) == 0
    members = load(folder).snapshots[0].members.set_index("partnership_id")
    assert members.loc["testville-oh--bobo-bfa", "is_member"] == "no"


def test_a_year_that_contradicts_the_data_is_listed_and_kept(
    sheet: Sheet, run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import-partnerships", sheet([["Council Bluffs", "IA", "Herat", "Afghanistan", "2014", "", ""]])) == 0
    assert "start_year 2016 / 2014" in capsys.readouterr().out
    row = load(folder).partnerships.set_index("id").loc["council-bluffs-ia--herat-afg"]
    assert row["start_year"] == 2014
    assert "start year 2016 before the import of" in row["note"]


def test_two_years_in_a_cell_are_nobodys_guess(sheet: Sheet, run: Run, folder: Path) -> None:
    assert run("import-partnerships", sheet([["Testville", "OH", "Konya", "Turkey", "1996 or 1997", "", ""]])) == 0
    row = load(folder).partnerships.set_index("id").loc["testville-oh--konya-tur"]
    assert str(row["start_year"]) == "<NA>"
    assert "1996 or 1997" in row["note"]


def test_every_cell_that_is_not_understood_is_named(
    sheet: Sheet, run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(folder)
    rows = [["A", "Texas", "B", "Atlantis", "1999", "", ""], ["A", "Teksas", "B", "Iran", "soon", "", ""]]
    assert run("import-partnerships", sheet(rows)) == 1
    said = capsys.readouterr().err
    for part in ("row 2, country_iso3, “Atlantis”", "row 3, us_state, “Teksas”"):
        assert part in said
    assert state(folder) == before


def test_the_whole_table_comes_back_unchanged(run: Run, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder)
    assert run("import-partnerships", folder / "partnerships.csv") == 0
    out = capsys.readouterr().out
    assert "Unchanged: 246" in out
    assert "Added" not in out
    assert "Changed" not in out
    assert state(folder) == before


def test_removing_is_asked_for_and_never_breaks_the_94(sheet: Sheet, run: Run, folder: Path) -> None:
    before = state(folder)
    path = sheet([["Council Bluffs", "IA", "Herat", "Afghanistan", "2014", "", ""]])
    assert run("import-partnerships", path, "--remove-missing") == 1
    assert state(folder) == before


def test_a_column_of_ones_own_stays(sheet: Sheet, run: Run, folder: Path) -> None:
    path = folder / "partnerships.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",contact", *(line + ",x" for line in lines[1:])]) + "\n", encoding="utf-8")
    assert run("import-partnerships", sheet([["Testville", "OH", "Konya", "Turkey", "2011", "", ""]])) == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["contact"] for row in rows] == ["x"] * 246 + [""]


def test_templates_come_back_in(tmp_path: Path, folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The columns of the template, filled in as a person would."""
    assert run("template", tmp_path / "out") == 0
    assert run("template", tmp_path / "out") == 1
    for name, sheet_name in (("partnerships-template.xlsx", "Partnerships"), ("survey-template.xlsx", "Answers")):
        grid = read_grid(tmp_path / "out" / name, most_bytes=10**7)
        assert grid.sheet == sheet_name
        head = list(grid.head[0])
        filled = tmp_path / name
        rows = {
            "Partnerships": [["Testville", "OH", "Konya", "Türkiye", "2011"]],
            "Answers": [
                ["1", "barriers", "visas", "yes", "Türkiye", "OH"],
                ["2", "barriers", "visas", "no", "Iraq", "TX"],
            ],
        }[sheet_name]
        with xlsxwriter.Workbook(filled) as book:
            page = book.add_worksheet(sheet_name)
            for at, row in enumerate([head, *rows]):
                page.write_row(at, 0, row)
    assert run("import-partnerships", tmp_path / "partnerships-template.xlsx") == 0
    assert run("import-survey", tmp_path / "survey-template.xlsx", "--wave", "2026") == 0


def test_the_template_has_lists_to_choose_from(tmp_path: Path, run: Run) -> None:
    import openpyxl

    assert run("template", tmp_path / "out") == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "partnerships-template.xlsx")
    lists = {str(rule.sqref): rule.formula1 for rule in book["Partnerships"].data_validations.dataValidation}
    assert len(lists) == 5
    assert book["Lists"].sheet_state == "hidden"
    assert "Türkiye" in [cell.value for cell in book["Lists"]["D"]]
