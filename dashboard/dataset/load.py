"""A folder of files to a Dataset, or the whole list of what is wrong with it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.dataset import schema
from dashboard.dataset.about import last_possible_year, read_about, read_snapshot_card
from dashboard.dataset.bases import build_bases
from dashboard.dataset.model import DOCUMENTED, Dataset, Snapshot, Survey, Wave
from dashboard.dataset.problems import BadData, Problem, toml_problem, unreadable
from dashboard.dataset.read import ROW, read_table
from dashboard.dataset.records import records
from dashboard.dataset.relations import check_relations, check_snapshot, check_years
from dashboard.dataset.schema_places import PLACES
from dashboard.dataset.story import STORY, read_story
from dashboard.dataset.validate import typed

MOST_TRIES = 5


class Anything(Collection[str]):
    """The keys of a table that could not be read: every reference to it passes, for its own problem is enough."""

    def __contains__(self, _key: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Reader:
    """Reads the tables of one folder and gathers their problems; keys of tables read so far can be referred to."""

    def __init__(self, folder: Path, *, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self.keys: dict[str, Collection[str]] = {}
        self.problems: list[Problem] = []

    def table(self, shape: schema.TableShape, *, file: str = "", name: str = "") -> pd.DataFrame:
        """One table, its good rows. `name` makes its (single) key known to later references."""
        file = file or shape.file
        path = self.folder / file
        if shape.is_optional and not path.exists():
            return _empty(shape)
        raw = read_table(path, shape, name=file, most_bytes=self.most_bytes)
        table, problems = typed(raw, shape, name=file, keys=self.keys)
        self.problems += [*raw.problems, *problems]
        if name and len(shape.key) == 1:
            # a row that could not be taken apart may hold any key, and its own problem is enough
            self.keys[name] = Anything() if raw.problems else pd.Index(raw.cells[shape.key[0]])
        return table

    def has(self, file: str) -> bool:
        """Whether the folder has this file, for those it may lack."""
        return (self.folder / file).exists()

    def is_clean(self, *files: str) -> bool:
        """Whether none of these files has a problem so far, so that rules between them can be checked."""
        return not {problem.file for problem in self.problems} & set(files)

    def toml(self, file: str) -> Mapping[str, Any]:
        """The values of a TOML file; {} where it is missing or broken, which is then a problem."""
        try:
            return tomllib.loads((self.folder / file).read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            self.problems.append(Problem(file, "missing_file", details={"path": str(self.folder / file)}))
        except OSError as error:
            self.problems.append(unreadable(file, error))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(toml_problem(file, error))
        return {}


def load(folder: Path, *, most_bytes: int = 200_000_000) -> Dataset:
    """The data of a folder shaped like `data/`.

    Raises BadData with every problem found; nothing is loaded by halves.
    """
    for _ in range(MOST_TRIES):
        before = _identity(folder)
        try:
            dataset = _load_once(folder, most_bytes=most_bytes)
        except (BadData, OSError) as error:
            # an import exchanges the whole folder at once; what was read across that moment is of two versions
            if _identity(folder) == before:
                raise _as_bad_data(folder, error) from None
        else:
            if _identity(folder) == before:
                return dataset
    raise BadData([Problem(str(folder), "changing_folder")])


def _as_bad_data(folder: Path, error: BadData | OSError) -> BadData:
    """What a file system refuses (a folder without the right to enter it, a disk that fails) as a problem of a file."""
    if isinstance(error, BadData):
        return error
    name = os.path.relpath(error.filename, folder) if error.filename else "."
    return BadData([unreadable(str(folder) if name == "." else name, error)])


def _identity(folder: Path) -> int | None:
    """What tells one version of the folder from the next; None where there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return None


def _load_once(folder: Path, *, most_bytes: int) -> Dataset:
    if not folder.is_dir():
        raise BadData([Problem(str(folder), "missing_folder")])
    reader = Reader(folder, most_bytes=most_bytes)
    tables = {name: reader.table(shape, name=name) for name, shape in {**schema.TABLES, **PLACES}.items()}
    about = read_about(reader.toml("about.toml"), reader.problems, sources=reader.keys["sources"])
    snapshots = _snapshots(reader, tables)
    sample_waves = reader.table(replace(schema.WAVES, is_optional=True), file=schema.SAMPLE_TABLES["waves"])
    sample_answers = reader.table(schema.ANSWERS, file=schema.SAMPLE_TABLES["answers"])
    if all(problem.row is not None for problem in reader.problems):
        reader.problems += check_relations(tables, sample_waves, sample_answers)
    story = read_story(reader.toml(STORY), reader.problems, sources=reader.keys["sources"]) if reader.has(STORY) else ()
    # a snapshot with a problem of its own is there all the same
    known_bases = {*(path.name for path in _snapshot_folders(folder)), DOCUMENTED}
    if about and about.default_basis not in known_bases:
        details = {"choices": ", ".join(sorted(known_bases))}
        reader.problems.append(Problem("about.toml", "basis", None, "default_basis", about.default_basis, details))
    if about:
        reader.problems += check_years(tables, snapshots, last_year=last_possible_year(about))
    if reader.problems or about is None:
        raise BadData(sorted(reader.problems, key=lambda problem: (problem.file, problem.row or 0)))
    bases = build_bases(tables["partnerships"], tables["countries"], snapshots, collection_year=about.collection_year)
    survey = _survey(tables["waves"], tables["themes"], tables["answers"], is_sample=False)
    sample = _survey(sample_waves, _empty(schema.THEMES), sample_answers, is_sample=True)
    return Dataset(about, tables, snapshots, bases, survey, sample, story)


def _snapshot_folders(folder: Path) -> list[Path]:
    # glob takes a folder that may not be read for an empty one, and a count would be gone without a word
    place = folder / "snapshots"
    return sorted(path for path in place.iterdir() if path.is_dir()) if place.exists() else []


def _snapshots(reader: Reader, tables: Mapping[str, pd.DataFrame]) -> tuple[Snapshot, ...]:
    """The snapshots of the folder, newest first."""
    snapshots = []
    for folder in _snapshot_folders(reader.folder):
        prefix = f"snapshots/{folder.name}/"
        if folder.name == DOCUMENTED:
            reader.problems.append(Problem(prefix.rstrip("/"), "reserved"))
        counts = reader.table(schema.SNAPSHOT_COUNTS, file=prefix + "counts.csv")
        members = reader.table(schema.SNAPSHOT_MEMBERS, file=prefix + "members.csv")
        file = prefix + "snapshot.toml"
        card = read_snapshot_card(reader.toml(file), file, reader.problems, sources=reader.keys["sources"])
        if card is not None:
            snapshot = Snapshot(id=folder.name, counts=counts, members=members, **card)
            if reader.is_clean(schema.PARTNERSHIPS.file, prefix + "counts.csv", prefix + "members.csv"):
                reader.problems += check_snapshot(snapshot, tables["partnerships"], prefix)
            snapshots.append(snapshot)
    return tuple(sorted(snapshots, key=lambda snapshot: -snapshot.year))


def _survey(waves: pd.DataFrame, themes: pd.DataFrame, answers: pd.DataFrame, *, is_sample: bool) -> Survey:
    listed = [
        Wave(
            row["wave"], int(row["year"]), row["title"], row["kind"], tuple(filter(None, row["source_ids"].split(";")))
        )
        for row in records(waves.sort_values("year"))
    ]
    return Survey(tuple(listed), themes, answers, is_sample)


def _empty(shape: schema.TableShape) -> pd.DataFrame:
    return pd.DataFrame({**{name: pd.Series(dtype=str) for name in shape.column_names()}, ROW: pd.Series(dtype=int)})
