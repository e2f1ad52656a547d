"""A change is done whole or not at all, is written down, and can be taken back while nothing builds on it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.dataset import BadData
from dashboard.store.changes import (
    Conflict,
    DependsOn,
    Edit,
    Entry,
    GroupEdit,
    NothingToUndo,
    commit,
    history,
    is_worked_in,
    rows_of,
    undo,
)
from dashboard.store.database import Database
from dashboard.store.tables import PARTNERSHIPS, ROW_CHANGES
from tests.store.test_folder import files
from tests.stored import dataset_in, dumped, small_folder

HERAT = ("council-bluffs-ia--herat-afg",)
SOURCE = {"id": "new-source", "title": "A source", "kind": "secondary"}
PAIR = {
    "id": "new--pair",
    "us_community": "Testville",
    "us_state": "OH",
    "partner_community": "Konya",
    "country_iso3": "TUR",
    "start_year": "2011",
    "status": "unknown",
    "kind": "unknown",
    "confidence": "low",
    "source_ids": "new-source",
}


def do(database: Database, *edits: Edit | GroupEdit, what: str = "a change") -> Entry:
    return commit(database, edits, who="Ada", way="tests", what=what)


def back(database: Database, number: int | None = None) -> Entry:
    return undo(database, number, who="Grace", what=lambda entry: f"took back {entry.what}")


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def year(database: Database) -> object:
    with database.reading() as connection:
        return connection.execute(
            sa.select(PARTNERSHIPS.c.start_year).where(PARTNERSHIPS.c.id == HERAT[0])
        ).scalar_one()


def entries(database: Database) -> list[Entry]:
    with database.reading() as connection:
        return history(connection)


def test_a_change_has_an_entry_and_another_version(database: Database) -> None:
    before = database.version()
    entry = do(database, Edit("partnerships", HERAT, {"start_year": "2014"}, {"start_year": "2016"}), what="a year")
    assert database.version() != before
    assert year(database) == 2014
    newest = entries(database)[0]
    assert (newest.id, newest.who, newest.way, newest.what, newest.rows) == (entry.id, "Ada", "tests", "a year", 1)
    with database.reading() as connection:
        [(table, was, became)] = rows_of(connection, entry.id)
        assert is_worked_in(connection)
    assert was and became
    assert (table, was["start_year"], became["start_year"], was["id"]) == ("partnerships", "2016", "2014", HERAT[0])


def test_undo_puts_back_every_byte_and_can_be_undone(database: Database, tmp_path: Path) -> None:
    do(
        database,
        Edit("sources", None, SOURCE),
        Edit("partnerships", None, PAIR),
        Edit("partnerships", HERAT, {"start_year": "", "note": 'a\nb, "c"'}),
        Edit("conflicts", ("Houston–Karachi", "A Pakistani paper reported a signed memorandum"), None),
    )
    changed = files(dumped(address(database), tmp_path / "changed"))
    assert changed != files(small_folder())
    back(database)
    assert files(dumped(address(database), tmp_path / "back")) == files(small_folder())
    with pytest.raises(NothingToUndo):
        back(database)
    redo = back(database, entries(database)[0].id)
    assert files(dumped(address(database), tmp_path / "again")) == changed
    assert [entry.undone_by for entry in entries(database)[:3]] == [None, redo.id, None]


def test_any_change_can_be_taken_back_on_which_no_later_one_depends(database: Database) -> None:
    first = do(database, Edit("partnerships", HERAT, {"start_year": "2014"}))
    second = do(database, Edit("milestones", ("2001", "Outreach after 9/11"), {"detail": "other words"}))
    third = do(database, Edit("partnerships", HERAT, {"start_year": "2013"}))
    with pytest.raises(DependsOn) as raised:
        back(database, first.id)
    assert [entry.id for entry in raised.value.entries] == [third.id]
    back(database, second.id)
    back(database, third.id)
    back(database, first.id)
    assert year(database) == 2016


def test_what_a_later_change_refers_to_stays(database: Database) -> None:
    first = do(database, Edit("sources", None, SOURCE), what="a source")
    second = do(database, Edit("partnerships", None, PAIR), what="a pairing that cites it")
    version = database.version()
    with pytest.raises(DependsOn) as raised:
        back(database, first.id)
    assert [entry.what for entry in raised.value.entries] == ["a pairing that cites it"]
    assert database.version() == version
    assert second.id == entries(database)[0].id


def test_the_second_of_two_is_shown_what_the_first_wrote(database: Database) -> None:
    first = do(database, Edit("partnerships", HERAT, {"start_year": "2014"}, {"start_year": "2016"}))
    with pytest.raises(Conflict) as raised:
        do(database, Edit("partnerships", HERAT, {"start_year": "2012"}, {"start_year": "2016"}))
    assert raised.value.current and raised.value.current["start_year"] == "2014"
    assert raised.value.entry and raised.value.entry.id == first.id and raised.value.entry.who == "Ada"
    # another cell of the same row is no conflict
    do(database, Edit("partnerships", HERAT, {"note": "seen"}, {"note": "also listed in Wikipedia 2023"}))
    assert year(database) == 2014


def test_a_row_that_somebody_took_away_or_made_meanwhile(database: Database) -> None:
    do(database, Edit("sources", None, SOURCE))
    with pytest.raises(Conflict) as made:
        do(database, Edit("sources", None, SOURCE))
    assert made.value.entry is not None
    gone = do(database, Edit("sources", ("new-source",), None))
    with pytest.raises(Conflict) as raised:
        do(database, Edit("sources", ("new-source",), {"title": "B"}))
    assert raised.value.current is None
    assert raised.value.entry and raised.value.entry.id == gone.id


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (Edit("partnerships", HERAT, {"start_year": "20007"}), "year"),
        (Edit("partnerships", HERAT, {"country_iso3": "ATL"}), "reference"),
        (Edit("partnerships", HERAT, {"source_ids": "s999"}), "reference"),
        (Edit("partnerships", HERAT, {"end_year": "1990"}), "ends_before"),
        (Edit("partnerships", HERAT, {"us_lat": ""}), "half_coordinate"),
        (Edit("partnerships", HERAT, {"note": "x" * 3000}), "too_long"),
        (Edit("partnerships", HERAT, {"note": "\x07"}), "control_character"),
        (Edit("partnerships", HERAT, {"start_year": "2099"}), "future"),
        (Edit("partnerships", None, {**PAIR, "source_ids": ""}), "blank"),
        (Edit("countries", ("TUR",), None), "reference"),
        (Edit("snapshot_counts", ("sci-2007", "TUR"), {"partnerships": "1"}), "snapshot_sum"),
        (Edit("documents", ("about.toml",), {"text": "collected = ["}), "toml"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(edit: Edit, kind: str, database: Database) -> None:
    version = database.version()
    with pytest.raises(BadData) as raised:
        do(database, edit)
    assert kind in {problem.kind for problem in raised.value.problems}
    if edit.key == HERAT and kind != "reference":
        assert {problem.row for problem in raised.value.problems} == {2}
    assert database.version() == version
    assert not [entry for entry in entries(database) if entry.way == "tests"]


def answers(*people: str) -> list[tuple[str, ...]]:
    return [("w1", person, "barriers", "visas", "yes", "Western Asia", "OH") for person in people]


def test_answers_are_one_group_and_nobody_of_them_is_shown(database: Database) -> None:
    wave = {"wave": "w1", "year": "2020", "title": "W", "kind": "answers", "source_ids": "s001"}
    do(database, Edit("waves", None, wave), GroupEdit("answers", "w1", answers("ann", "bob")))
    again = do(database, GroupEdit("answers", "w1", answers("cyd")))
    assert dataset_in(address(database)).survey.answers["respondent"].tolist() == ["cyd"]
    with database.reading() as connection:
        assert rows_of(connection, again.id) == [("answers", {"rows": "2"}, {"rows": "1"})]
    back(database)
    assert sorted(dataset_in(address(database)).survey.answers["respondent"]) == ["ann", "bob"]
    back(database)
    assert dataset_in(address(database)).survey.answers.empty
    assert [entry.way for entry in entries(database)][:4] == ["undo", "undo", "tests", "tests"]


def test_two_who_import_the_same_wave(database: Database) -> None:
    wave = {"wave": "w1", "year": "2020", "title": "W", "kind": "answers", "source_ids": "s001"}
    first = do(database, Edit("waves", None, wave), GroupEdit("answers", "w1", answers("ann", "bob"), 0))
    with pytest.raises(Conflict) as raised:
        do(database, GroupEdit("answers", "w1", answers("cyd"), 0))
    assert raised.value.entry and raised.value.entry.id == first.id
    assert raised.value.current and set(raised.value.current) == {"rows", "digest"}
    do(database, GroupEdit("answers", "w1", answers("cyd"), 2))


def test_a_row_id_is_never_given_twice(database: Database) -> None:
    first = do(database, Edit("sources", None, SOURCE))
    do(database, Edit("sources", ("new-source",), None))
    do(database, Edit("sources", None, {**SOURCE, "id": "another"}))
    with database.reading() as connection:
        query = sa.select(ROW_CHANGES.c.row_id).where(ROW_CHANGES.c.entry_id >= first.id).order_by(ROW_CHANGES.c.id)
        numbers = connection.execute(query).scalars().all()
    assert numbers[0] == numbers[1] != numbers[2]
