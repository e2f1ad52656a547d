"""`python -m dashboard`, and a server that is given bad data."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from dashboard.__main__ import main
from tests.catalogues import put_catalogues
from tests.conftest import Edit
from tests.serving import ROOT, free_port, start


def table(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main(["table", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "246 partnerships" in capsys.readouterr().out


def test_check_lists_problems_and_exits_1(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("partnerships.csv", 2, {"start_year": "20007"})
    assert main(["check", str(folder)]) == 1
    assert "partnerships.csv, row 2, start_year, “20007”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("chart", "columns"),
    [
        ("map", {"country_iso3", "partnerships", "dated", "undated", "upper"}),
        ("growth", {"year", "region", "dated", "undated", "upper"}),
        ("barriers", {"question", "option", "label", "count", "base", "share", "low", "high", "shown"}),
        ("tiles", {"name", "value"}),
        ("countries", {"country_iso3", "partnerships"}),
    ],
)
def test_tables_have_their_columns(capsys: pytest.CaptureFixture[str], chart: str, columns: set[str]) -> None:
    rows = table(capsys, chart)
    assert columns <= set(rows[0])


@pytest.mark.parametrize("mode", ["states", "links"])
def test_the_map_has_its_columns_in_every_mode(capsys: pytest.CaptureFixture[str], mode: str) -> None:
    rows = table(capsys, "map", "--url", f"?map={mode}")
    assert {"country_iso3", "partnerships", "dated", "undated", "upper"} <= set(rows[0])
    assert sum(int(row["partnerships"]) for row in rows) == {"states": 94, "links": 68}[mode]


def test_a_selection_as_in_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(capsys, "map", "--url", "?region=Western+Asia&year=2000")
    assert sum(int(row["partnerships"]) for row in rows) == 6
    tiles = {
        row["name"]: int(row["value"]) for row in table(capsys, "tiles", "--url", "http://127.0.0.1:8050/?year=2000")
    }
    assert (tiles["partnerships"], tiles["partnerships_upper"]) == (36, 69)


def test_growth_ends_with_the_chosen_year(capsys: pytest.CaptureFixture[str]) -> None:
    years = {int(row["year"]) for row in table(capsys, "growth", "--url", "?year=1990")}
    assert (min(years), max(years)) == (1972, 1990)


def test_the_sample_says_so_in_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(capsys, "barriers", "--url", "?sample=1")
    assert len(rows) == 11
    assert all("SAMPLE" in row["note"] for row in rows)
    assert "note" not in table(capsys, "barriers")[0]


def test_whoever_stops_reading_stops_nothing() -> None:
    command = [sys.executable, "-m", "dashboard", "table", "growth"]
    made = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert made.stdout is not None and made.stderr is not None
    made.stdout.close()
    assert made.stderr.read() == b""
    assert made.wait() == 0


def test_hidden_groups_are_hidden_in_the_file_too(capsys: pytest.CaptureFixture[str]) -> None:
    for row in table(capsys, "barriers", "--url", "?sample=1&state=TX"):
        assert row["shown"] == "hidden"
        assert row["count"] == row["base"] == row["share"] == ""


def test_what_was_not_understood_goes_to_the_error_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", "tiles", "--url", "?year=99999"]) == 0
    captured = capsys.readouterr()
    assert "99999" in captured.err
    assert captured.out.startswith("name,value")


def test_an_unknown_chart_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", "pie"]) == 2
    assert "map" in capsys.readouterr().err


def test_another_folder(folder: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit("partnerships.csv", 8, {"start_year": "2005"})
    tiles = {
        row["name"]: int(row["value"]) for row in table(capsys, "tiles", "--url", "?year=2004", "--data", str(folder))
    }
    shipped = {row["name"]: int(row["value"]) for row in table(capsys, "tiles", "--url", "?year=2004")}
    assert tiles["partnerships"] == shipped["partnerships"] - 1


def test_a_server_on_bad_data_says_why_and_does_not_start(folder: Path, edit: Edit) -> None:
    edit("partnerships.csv", 2, {"country_iso3": "ATL"})
    process = start(free_port(), errors=subprocess.PIPE, DASHBOARD_DATA=str(folder))
    out, errors = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "partnerships.csv, row 2, country_iso3, “ATL”" in errors
    assert "Traceback" not in out + errors


def test_a_server_on_a_bad_setting_says_why(tmp_path: Path) -> None:
    environment = {**os.environ, "PORT": "ninety"}
    found = subprocess.run(
        [sys.executable, "-m", "gunicorn", "app:server"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode != 0
    assert "PORT is 'ninety'" in found.stderr
    assert "Traceback" not in found.stderr


def test_files_are_written_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By --lang, else by the address; what the command says stays English."""
    put_catalogues(monkeypatch, tmp_path / "strings")
    asked = (["--lang", "fr", "--url", "?state=WY"], ["--url", "?state=WY&lang=fr"], ["--url", "?state=WY"])
    for name, arguments in zip("abc", asked, strict=True):
        assert main(["report", str(tmp_path / f"{name}.docx"), *arguments]) == 0
    said = [Document(str(tmp_path / f"{name}.docx")).core_properties.language for name in "abc"]
    assert said == ["fr", "fr", "en"]
    assert capsys.readouterr().out.count("sections") == 3
