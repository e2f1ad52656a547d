"""What is wrong with the data, said so that whoever keeps the files can mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.strings import Catalog

LONGEST_VALUE = 60
# of problems with one cause so many rows are named; with one more, each has a line of its own
NAMED = 3


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place.

    `row` counts as a spreadsheet does: the header is row 1. It is None where the whole file is meant. `slide` is the
    number of a slide of the story. `kind` names a pair of texts of the catalogue (problem.<kind>.what and .remedy);
    `details` fill them.
    """

    file: str
    kind: str
    row: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    slide: int | None = None


class BadData(Exception):
    """The data folder cannot be used. `problems` has every reason found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the data")
        self.problems = tuple(problems)


def toml_problem(file: str, error: Exception) -> Problem:
    """What is wrong with a TOML file that could not be read: text that is not UTF-8, or broken rules of TOML."""
    if isinstance(error, UnicodeDecodeError):
        row = error.object.count(b"\n", 0, error.start) + 1
        return Problem(file, "toml_encoding", row, value=repr(error.object[error.start : error.start + 1])[2:-1])
    return Problem(file, "toml", details={"reason": str(error)})


def unreadable(file: str, error: OSError) -> Problem:
    """What the file system said of a file that could not be read; a folder of its name is the usual accident."""
    if isinstance(error, IsADirectoryError):
        return Problem(file, "is_folder")
    return Problem(file, "unreadable", details={"reason": error.strerror or str(error)})


def describe(problem: Problem, t: Catalog) -> str:
    """One line: file, row, column, value, what is wrong, what to do."""
    return _line([problem], t)


def _line(problems: Sequence[Problem], t: Catalog) -> str:
    """A line for problems that differ in row and value alone, of which a few are named."""
    problem, *others = problems
    place = [problem.file]
    if others:
        named = problems[:NAMED]
        rows = ", ".join(str(each.row) for each in named)
        place.append(t("problem.rows", rows=rows, count=len(problems) - len(named)))
    elif problem.row is not None:
        place.append(t("problem.row", row=problem.row))
    if problem.slide is not None:
        place.append(t("problem.slide", slide=problem.slide))
    if problem.column:
        place.append(t("problem.column", column=problem.column))
    values = list(dict.fromkeys(each.value for each in problems if each.value))
    if values:
        quoted = [t("problem.value", value=shorten(value)) for value in values[:NAMED]]
        more = len(values) - len(quoted)
        text = ", ".join(quoted)
        place.append(t("problem.values", values=text, count=more) if more else text)
    return f"{', '.join(place)}: {_cause(problem, t)}"


def _cause(problem: Problem, t: Catalog) -> str:
    what = t(f"problem.{problem.kind}.what", **problem.details)
    return f"{what} {t(f'problem.{problem.kind}.remedy', **problem.details)}"


def describe_all(problems: Sequence[Problem], t: Catalog, *, most: int = 200) -> str:
    """The list that `check` prints, with how many there are and that nothing was loaded."""
    return "\n".join([t("problem.heading", count=len(problems)), describe_each(problems, t, most=most)])


def describe_each(problems: Sequence[Problem], t: Catalog, *, most: int) -> str:
    """A line for each problem, or for many of one cause in one column; at most `most`, and a last one that counts the
    rest."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for at, problem in enumerate(problems):
        is_of_a_row = problem.row is not None
        cause = (problem.file, problem.column, _cause(problem, t)) if is_of_a_row else (at,)
        groups.setdefault(cause, []).append(problem)
    lines: list[Sequence[Problem]] = []
    for group in groups.values():
        lines += [group] if len(group) > NAMED + 1 else [[problem] for problem in group]
    text = [_line(group, t) for group in lines[:most]]
    if len(lines) > most:
        text.append(t("problem.more", count=sum(map(len, lines[most:]))))
    return "\n".join(text)


def shorten(text: str, longest: int = LONGEST_VALUE) -> str:
    """A value fit for one line: control characters shown as such, long ones cut."""
    visible = "".join(char if char.isprintable() else "�" for char in text)
    return visible if len(visible) <= longest else visible[: longest - 1] + "…"
