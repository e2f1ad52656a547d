"""`load`, `dump`, `history`, `undo` and `check` as people use them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.store.changes import Conflict, Edit
from dashboard.store.commands import conflict_text
from dashboard.store.database import Database, database_of
from dashboard.strings import Catalog
from tests.conftest import Edit as EditFile
from tests.store.test_changes import HERAT, PAIR, SOURCE, do, year
from tests.store.test_folder import files
from tests.stored import dataset_in, small_folder

Run = Callable[..., int]


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on a database of each kind, filled from the small folder."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA", str(small_folder()))
    return lambda *arguments: main([*map(str, arguments)])


def test_out_and_in_again(run: Run, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dump", tmp_path / "out") == 0
    assert files(tmp_path / "out") == files(small_folder())
    assert run("dump", tmp_path / "out") == 1
    assert "there and not empty" in capsys.readouterr().err
    assert run("check", tmp_path / "out") == 0
    assert run("load", tmp_path / "out") == 0
    assert "has nothing that the database does not have" in capsys.readouterr().out
    # another folder than the shipped one was brought in on purpose: the next start must not take that away
    (tmp_path / "out" / "partnerships.csv").write_text(
        (small_folder() / "partnerships.csv").read_text(encoding="utf-8").replace(",2016,", ",2012,", 1),
        encoding="utf-8",
    )
    assert run("load", tmp_path / "out", "--yes") == 0
    assert run("migrate") == 0
    assert dataset_in(url).partnerships["start_year"].iloc[0] == 2012


def test_a_folder_that_differs_is_shown_as_a_merge_first(
    run: Run, url: str, database: Database, folder: Path, edit: EditFile, capsys: pytest.CaptureFixture[str]
) -> None:
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))  # changed in both
    do(database, Edit("sources", None, SOURCE), Edit("partnerships", None, PAIR))  # only here
    do(database, Edit("countries", ("ALB",), {"deck_label": "Albany"}))  # only here
    edit("partnerships.csv", 2, {"start_year": "2015"})
    edit("partnerships.csv", 3, {"note": "from the folder"})  # only there
    edit("programs.csv", 2, {"summary": "from the folder, of a table without a key"})
    (folder / "conflicts.csv").unlink()
    version = database.version()
    capsys.readouterr()
    assert run("load", folder) == 1  # nobody said yes
    said = capsys.readouterr().out
    assert database.version() == version
    there, rest = said.split("Changed in both")
    both, here = rest.split("Changed in the database alone")
    assert "note" in there and "from the folder" in there and "conflicts.csv" in there
    assert "start_year 2014 → 2015" in both and "stays as it is in the database" in both
    assert "new--pair" in here and "Albany" in here and "new-source" in here
    assert run("load", folder, "--yes") == 0
    data = dataset_in(url)
    rows = data.partnerships
    assert (rows["start_year"].iloc[0], rows["note"].iloc[1]) == (2014, "from the folder")
    assert "new--pair" in set(rows["id"])
    assert data.tables["programs"]["summary"].str.contains("from the folder").sum() == 1
    assert len(data.tables["programs"]) == 116
    assert data.tables["conflicts"].empty
    # what stayed is asked again, the rest is not
    capsys.readouterr()
    assert run("load", folder, "--theirs", "--yes") == 0
    said = capsys.readouterr().out
    assert "New in the folder" not in said
    assert year(database) == 2015
    assert run("undo") == 0 and run("undo") == 0
    assert not dataset_in(url).tables["conflicts"].empty


def test_a_conflict_is_said_with_who_wrote_what(run: Run, url: str, database: Database, t: Catalog) -> None:
    do(database, Edit("partnerships", HERAT, {"start_year": "2014"}), what="first")
    with pytest.raises(Conflict) as raised:
        do(database, Edit("partnerships", HERAT, {"start_year": "2012"}, {"start_year": "2016"}))
    said = conflict_text(raised.value, t)
    assert f"partnerships.csv, {HERAT[0]}: somebody else changed this row" in said
    assert "start_year is now 2014" in said
    assert "Ada  tests: first" in said


def test_history_says_who_when_how_and_what(run: Run, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate") == 0
    database = database_of(url)
    first = do(database, Edit("sources", None, SOURCE), what="a source")
    second = do(database, Edit("partnerships", None, PAIR), what="a pairing")
    capsys.readouterr()
    assert run("history") == 0
    newest, older, oldest = capsys.readouterr().out.strip().splitlines()
    assert newest.startswith(f"#{second.id}  20") and "Ada  tests: a pairing (1 row of partnerships)" in newest
    assert "a source" in older and "filled from" in oldest
    assert run("history", second.id) == 0
    assert "partnerships.csv: + new--pair" in capsys.readouterr().out
    assert run("undo", first.id) == 1
    assert f"#{second.id}" in capsys.readouterr().err
    assert run("undo") == 0
    assert "a pairing" in capsys.readouterr().out
    assert run("undo", 99) == 1
    assert "nothing to undo" in capsys.readouterr().err
    assert run("history", 99) == 1


def test_check_says_one_cause_in_one_line(run: Run, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "partnerships.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert run("check", folder) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert int(lines[0].split()[0]) > 200
    assert len(lines) < 12
    [members] = [line for line in lines if "members.csv" in line]
    assert members.startswith("snapshots/sci-2007/members.csv, rows 2, 3, 4 and 243 more, partnership_id, ")


def test_respondents_are_in_no_list(
    run: Run, url: str, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    shutil.copytree(small_folder(), folder)
    do(database, Edit("sources", None, SOURCE))
    answers = (
        (folder / "sample" / "answers.csv").read_text(encoding="utf-8").replace("SAMPLE-2003-001", "SAMPLE-secret")
    )
    (folder / "sample" / "answers.csv").write_text(answers, encoding="utf-8")
    assert run("load", folder, "--yes") == 0
    assert run("history", 3) == 0
    said = capsys.readouterr()
    assert "secret" not in said.out + said.err
    assert "sample/answers.csv" in said.out
