"""Folders go in and come out: the shipped one with the same bytes, any other with the same content."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset import Dataset
from dashboard.dataset.load import Reader, read_folder
from dashboard.settings import SHIPPED_DATA
from dashboard.store.database import Database, database_of
from dashboard.store.folder import ENDINGS, fingerprint
from dashboard.store.load import load_database
from dashboard.store.start import fill_from
from tests.stored import dumped, opened, small_folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.suffix in ENDINGS
    }


def assert_same(one: Dataset, other: Dataset) -> None:
    """All tables, row by row, whatever the order in which categories come."""
    assert one.about == other.about
    assert one.story == other.story
    pairs = [(one.tables[name], other.tables[name]) for name in one.tables]
    for mine, its in zip(one.snapshots, other.snapshots, strict=True):
        assert (mine.id, mine.title, mine.label, mine.year) == (its.id, its.title, its.label, its.year)
        pairs += [(mine.counts, its.counts), (mine.members, its.members)]
    pairs += [(one.survey.answers, other.survey.answers), (one.sample.answers, other.sample.answers)]
    for mine_, its_ in pairs:
        columns = [column for column in mine_.columns if column != "row_number"]
        pd.testing.assert_frame_equal(
            mine_[columns].astype(object), its_[columns].astype(object), check_dtype=False, check_categorical=False
        )
    assert [wave.id for wave in one.survey.waves] == [wave.id for wave in other.survey.waves]


def test_the_shipped_folder_comes_out_with_the_same_bytes(url: str, tmp_path: Path) -> None:
    opened(url, SHIPPED_DATA)
    out = dumped(url, tmp_path / "out")
    assert files(out) == files(SHIPPED_DATA)
    assert fingerprint(out) == fingerprint(SHIPPED_DATA)


def test_a_database_is_the_same_dataset_as_its_folder(url: str, dataset: Dataset) -> None:
    with opened(url, SHIPPED_DATA).reading() as connection:
        assert_same(load_database(connection), dataset)


# any text that a cell may hold; blanks around it are not kept, by files neither
TEXT = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \",;'\n\t|éİ🙂"), max_size=60).map(
    str.strip
)
NOTES = st.lists(st.tuples(TEXT, st.sampled_from(["", "1999", "2003"])), min_size=20, max_size=40)
NUMBERS = st.floats(-90, 90).map(lambda number: f"{number:.6f}")
COUNTER = itertools.count()


# few, with much in each: what takes time is the rest of the folder, small as it is
@given(
    notes=NOTES,
    numbers=NUMBERS,
    more=st.lists(TEXT, min_size=10, max_size=20),
    answers=st.lists(st.sampled_from(["yes", "no", ""]), max_size=4),
)
@settings(max_examples=5)
def test_any_valid_folder_comes_out_with_the_same_content(
    notes: list[tuple[str, str]],
    numbers: str,
    more: list[str],
    answers: list[str],
    tmp_path: Path,
    both: dict[str, Database],
) -> None:
    place = tmp_path / str(next(COUNTER))
    folder = place / "in"
    shutil.copytree(small_folder(), folder)
    spoil(folder, notes, numbers, more, answers)
    read, reader = read_folder(folder)
    for kind, database in both.items():
        put_in(database, reader)
        with database.reading() as connection:
            assert_same(load_database(connection), read)
        out = dumped(address(database), place / kind)
        again, reader_again = read_folder(out)
        assert_same(again, read)
        assert reader_again.more.keys() == reader.more.keys()
        with (out / "programs.csv").open(encoding="utf-8", newline="") as file:
            assert [row["own"] for row in csv.DictReader(file)][: len(more)] == more
        # and once more: what is written is read as what was written
        put_in(database, reader_again)
        assert files(dumped(address(database), place / f"{kind} again")) == files(out), kind
    shutil.rmtree(place)


def put_in(database: Database, reader: Reader) -> None:
    with database.writing() as connection:
        fill_from(connection, reader, "x", who="tests", what="filled")


def address(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def spoil(folder: Path, notes: list[tuple[str, str]], numbers: str, more: list[str], answers: list[str]) -> None:
    """A folder, changed so that it stays valid, and as nobody would."""
    path = folder / "partnerships.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, (note, year) in zip(rows[10:], notes, strict=False):
        row["note"], row["us_lat"], row["us_lon"] = note, numbers, "0.5"
        row["known_by"] = (
            year if not row["start_year"] and not row["end_year"] and row["us_community"] else row["known_by"]
        )
    columns = sorted(rows[0], reverse=True)
    with path.open("w", encoding="utf-16", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter="\t", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    path = folder / "programs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "own"], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "own": more[at] if at < len(more) else ""} for at, row in enumerate(rows))
    with (folder / "survey" / "waves.csv").open("a", encoding="utf-8") as file:
        file.write("w1,2020,A wave,answers,s001,,,Une vague,,\n")
    with (folder / "survey" / "answers.csv").open("w", encoding="utf-8") as file:
        file.write("wave,respondent,question,option,answer,region,us_state\n")
        file.writelines(f"w1,p{at},barriers,visas,{answer},Western Asia,\n" for at, answer in enumerate(answers))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, postgres: str) -> dict[str, Database]:
    """A database of each kind, for many folders one after another."""
    from tests.store.conftest import new_postgres

    urls = {"sqlite": f"sqlite:///{tmp_path_factory.mktemp('both')}/x.sqlite", "postgresql": new_postgres(postgres)}
    for url in urls.values():
        opened(url, small_folder())
    return {kind: database_of(url) for kind, url in urls.items()}


def test_a_column_of_ones_own_is_kept_as_json(url: str, folder: Path) -> None:
    path = folder / "us_states.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head + ",Governor", *(row + ",x" for row in rows)]) + "\n", encoding="utf-8")
    database = opened(url, folder)
    with database.reading() as connection:
        more = connection.exec_driver_sql("SELECT more FROM us_states").scalar()
    assert json.loads(str(more)) == {"governor": "x"}
