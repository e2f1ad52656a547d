"""The tables of a folder or a database to a Dataset, or the whole list of what is wrong with them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from dashboard.dataset import schema
from dashboard.dataset.about import ABOUT, last_possible_year, read_about, read_snapshot_card
from dashboard.dataset.bases import build_bases
from dashboard.dataset.model import DOCUMENTED, Dataset, Snapshot, Survey, Wave
from dashboard.dataset.problems import BadData, Problem, toml_problem, unreadable
from dashboard.dataset.read import ROW, RawTable, read_table
from dashboard.dataset.records import records
from dashboard.dataset.relations import check_relations, check_snapshot, check_years
from dashboard.dataset.report_words import REPORT, read_report_words
from dashboard.dataset.story import STORY, read_story, read_translated_story, story_file
from dashboard.dataset.validate import typed


class Anything(Collection[str]):
    """The keys of a table that could not be read: every reference to it passes, for its own problem is enough."""

    def __contains__(self, _key: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class Source(Protocol):
    """Where the tables of one collection come from: a folder, or a database."""

    @property
    def name(self) -> str:
        """What problems call the whole of it."""

    def table(self, shape: schema.TableShape, file: str) -> RawTable | None:
        """One table; None where it may be missing and is."""

    def text(self, file: str) -> str | None:
        """A text with values in TOML; None where it is missing. Raises OSError and UnicodeDecodeError."""

    def snapshots(self) -> list[str]:
        """Ids of the snapshots."""


class Folder:
    """A folder shaped like `data/`."""

    def __init__(self, place: Path, *, most_bytes: int) -> None:
        self.place = place
        self.most_bytes = most_bytes

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.place)

    def table(self, shape: schema.TableShape, file: str) -> RawTable | None:
        """A CSV file of any usual make."""
        path = self.place / file
        if shape.is_optional and not path.exists():
            return None
        return read_table(path, shape, name=file, most_bytes=self.most_bytes)

    def text(self, file: str) -> str | None:
        """A file in UTF-8, with or without a mark."""
        try:
            return (self.place / file).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return None

    def snapshots(self) -> list[str]:
        """Names of the folders of `snapshots/`."""
        # glob takes a folder that may not be read for an empty one, and a count would be gone without a word
        place = self.place / "snapshots"
        return sorted(path.name for path in place.iterdir() if path.is_dir()) if place.exists() else []


class Reader:
    """Reads the tables of one source and gathers their problems; keys of tables read so far can be referred to."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.keys: dict[str, Collection[str]] = {}
        self.problems: list[Problem] = []
        # of each file its good rows, and their columns that nobody but its owner knows; and the texts in TOML
        self.tables: dict[str, pd.DataFrame] = {}
        self.more: dict[str, pd.DataFrame] = {}
        self.texts: dict[str, str] = {}

    def table(self, shape: schema.TableShape, *, file: str = "", name: str = "") -> pd.DataFrame:
        """One table, its good rows. `name` makes its (single) key known to later references."""
        file = file or shape.file
        raw = self.source.table(shape, file)
        if raw is None:
            return _empty(shape)
        table, problems = typed(raw, shape, name=file, keys=self.keys)
        self.problems += [*raw.problems, *problems]
        if name and len(shape.key) == 1:
            # a row that could not be taken apart may hold any key, and its own problem is enough
            self.keys[name] = Anything() if raw.problems else pd.Index(raw.cells[shape.key[0]][1], dtype=object)
        self.tables[file] = table
        if raw.more is not None:
            self.more[file] = raw.more
        return table

    def is_clean(self, *files: str) -> bool:
        """Whether none of these files has a problem so far, so that rules between them can be checked."""
        return not {problem.file for problem in self.problems} & set(files)

    def toml(self, file: str, *, is_optional: bool = False) -> Mapping[str, Any]:
        """The values of a text in TOML; {} where it is missing or broken, which is then a problem."""
        try:
            text = self.source.text(file)
            if text is None:
                if not is_optional:
                    path = f"{self.source.name}/{file}"
                    self.problems.append(Problem(file, "missing_file", details={"path": path}))
                return {}
            self.texts[file] = text
            return tomllib.loads(text)
        except OSError as error:
            self.problems.append(unreadable(file, error))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(toml_problem(file, error))
        return {}


def load(folder: Path, *, most_bytes: int = 200_000_000) -> Dataset:
    """The data of a folder shaped like `data/`.

    Raises BadData with every problem found; nothing is loaded by halves.
    """
    return read_folder(folder, most_bytes=most_bytes)[0]


def read_folder(folder: Path, *, most_bytes: int = 200_000_000) -> tuple[Dataset, Reader]:
    """The data of a folder, and the reader, which has all that is in its files. Raises BadData with every problem."""
    try:
        if not folder.is_dir():
            raise BadData([Problem(str(folder), "missing_folder")])
        reader = Reader(Folder(folder, most_bytes=most_bytes))
        return build(reader), reader
    except OSError as error:
        # what a file system refuses: a folder without the right to enter it, a disk that fails
        name = os.path.relpath(error.filename, folder) if error.filename else "."
        raise BadData([unreadable(str(folder) if name == "." else name, error)]) from None


def build(reader: Reader) -> Dataset:
    """The dataset of a source. Raises BadData with every problem found."""
    tables = {name: reader.table(shape, name=name) for name, shape in {**schema.TABLES, **schema.PLACES}.items()}
    reader.table(schema.US_STATE_POINTS)
    about = read_about(reader.toml(ABOUT), reader.problems, sources=reader.keys["sources"])
    ids = reader.source.snapshots()
    snapshots = _snapshots(reader, ids, tables)
    sample_waves = reader.table(schema.SAMPLE_WAVES)
    sample_answers = reader.table(schema.SAMPLE_ANSWERS)
    if all(problem.row is not None for problem in reader.problems):
        reader.problems += check_relations(tables, sample_waves, sample_answers)
    story_values = reader.toml(STORY, is_optional=True)
    story = read_story(story_values, reader.problems, sources=reader.keys["sources"])
    stories = {}
    for language in schema.TRANSLATIONS:
        translated = reader.toml(story_file(language), is_optional=True)
        if reader.is_clean(STORY):
            stories[language] = read_translated_story(translated, story_values, language, reader.problems)
    written = reader.toml(REPORT, is_optional=True)
    report_words = read_report_words(written, reader.texts.get(REPORT, ""), reader.problems)
    # a snapshot with a problem of its own is there all the same
    known_bases = {*ids, DOCUMENTED}
    if about and about.default_basis not in known_bases:
        details = {"choices": ", ".join(sorted(known_bases))}
        reader.problems.append(Problem(ABOUT, "basis", None, "default_basis", about.default_basis, details))
    if about:
        reader.problems += check_years(tables, snapshots, last_year=last_possible_year(about))
    if reader.problems or about is None:
        raise BadData(sorted(reader.problems, key=lambda problem: (problem.file, problem.row or 0)))
    bases = build_bases(tables["partnerships"], tables["countries"], snapshots, collection_year=about.collection_year)
    survey = _survey(tables["waves"], tables["themes"], tables["answers"], is_sample=False)
    sample = _survey(sample_waves, _empty(schema.THEMES), sample_answers, is_sample=True)
    return Dataset(about, tables, snapshots, bases, survey, sample, story, report_words=report_words, stories=stories)


def _snapshots(reader: Reader, ids: Sequence[str], tables: Mapping[str, pd.DataFrame]) -> tuple[Snapshot, ...]:
    """The snapshots of the source, newest first."""
    snapshots = []
    for name in ids:
        prefix = f"snapshots/{name}/"
        if name == DOCUMENTED:
            reader.problems.append(Problem(prefix.rstrip("/"), "reserved"))
        counts = reader.table(schema.SNAPSHOT_COUNTS, file=prefix + "counts.csv")
        members = reader.table(schema.SNAPSHOT_MEMBERS, file=prefix + "members.csv")
        file = prefix + "snapshot.toml"
        card = read_snapshot_card(reader.toml(file), file, reader.problems, sources=reader.keys["sources"])
        if card is not None:
            snapshot = Snapshot(id=name, counts=counts, members=members, **card)
            if reader.is_clean(schema.PARTNERSHIPS.file, prefix + "counts.csv", prefix + "members.csv"):
                reader.problems += check_snapshot(snapshot, tables["partnerships"], prefix)
            snapshots.append(snapshot)
    return tuple(sorted(snapshots, key=lambda snapshot: -snapshot.year))


def _survey(waves: pd.DataFrame, themes: pd.DataFrame, answers: pd.DataFrame, *, is_sample: bool) -> Survey:
    listed = [
        Wave(
            row["wave"],
            int(row["year"]),
            row["title"],
            row["kind"],
            tuple(filter(None, row["source_ids"].split(";"))),
            {language: row[f"title_{language}"] for language in schema.TRANSLATIONS},
        )
        for row in records(waves.sort_values("year"))
    ]
    return Survey(tuple(listed), themes, answers, is_sample)


def _empty(shape: schema.TableShape) -> pd.DataFrame:
    return pd.DataFrame({**dict.fromkeys(shape.column_names(), pd.array([], dtype=str)), ROW: np.array([], dtype=int)})
