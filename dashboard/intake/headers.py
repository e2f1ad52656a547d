"""Where the header of a survey export is, and what each column is headed. The cells decide; the name of the tool that
wrote it is only for the words of messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import tick_of
from dashboard.intake.codebook import Question
from dashboard.intake.files import refused
from dashboard.intake.grid import Column, Grid
from dashboard.intake.privacy import is_technical, personal_heading
from dashboard.intake.tools import LONG, QUALTRICS, tool_of

# between the rows of a header of several rows; no export has it in a heading
LEVEL = "\x1f"
# what stands below the heading of a question that has no options of its own
ANSWER_HEADINGS = {"response", "openendedresponse", "antwort", "offeneantwort", "réponse", "reponse", "respuesta"}
CODE = re.compile(r"[A-Za-z_][\w.#\-\[\]]*")
# marks between a question and an option in one heading
DELIMITER = re.compile(rf"{LEVEL}|\?\s+(?:[-–—|:]\s+)?|\s[-–—|>]\s|\s?[:>]\s?|/|\s*\[|\s*\((?:choice\s*=\s*)?|_+|\.|=")
SELECTED = re.compile(rf"\s+-\s+Selected Choice(?=\s+-\s|{LEVEL}|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """One column: its place, its heading (rows of the header joined by LEVEL), and the short code that some tools put
    above it."""

    at: int
    heading: str
    code: str = ""

    @property
    def label(self) -> str:
        """How the preview and a mapping call it."""
        return self.heading.replace(LEVEL, " / ")

    @property
    def question(self) -> str:
        """The heading without its last row, where it has several."""
        return self.heading.partition(LEVEL)[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that a mapping may call it."""
        return tuple(dict.fromkeys(filter(None, (self.label, self.heading, self.code, self.question))))


@dataclass(frozen=True)
class Header:
    """`rows`: how many rows end with the header; `fields`: the columns that have a heading; `tool`: who wrote it;
    `first_row`: the row it begins in, counted from 1."""

    rows: int
    fields: tuple[Field, ...]
    tool: str
    first_row: int = 1


def find_header(grid: Grid, questions: Sequence[Question], *, first_row: int | None = None, tool: str = "") -> Header:
    """The header of a file: the row, or the two or three, whose cells say most of what is known here. Rows of titles
    above it have fewer cells than it has. `first_row`: the row it begins in, counted from 1, and `tool`: who wrote the
    file, where a person has said so. Raises BadData where there is no such row."""
    head = grid.head
    rows = list(enumerate(head))
    if first_row is not None:
        rows = rows[first_row - 1 : first_row] if first_row > 0 else []
        if not rows or not any(rows[0][1]):
            raise refused(grid.name, "no_header_row", first_row)
    for row, cells in enumerate(head):
        begins = max(row - 2, 0)
        if begins in dict(rows) and any(cell.startswith("{") and "ImportId" in cell for cell in cells):
            return _header(begins, row + 1, _qualtrics(head, row), tool or QUALTRICS)
    for row, cells in rows:
        if tool in {"", LONG} and {"respondent", "question", "option"} <= {normalize(cell) for cell in cells}:
            return _header(row, row + 1, [Field(at, cell) for at, cell in enumerate(cells)], LONG)
    # a long table is one by its three columns, and by nothing that is said of it
    tool = "" if tool == LONG else tool
    best: tuple[float, int, int, list[Field]] = (-1.0, 0, 1, [])
    fullest = 0
    for row, cells in rows:
        filled = sum(map(bool, cells))
        if filled <= fullest:
            continue
        fullest = filled
        single = [Field(at, cell) for at, cell in enumerate(cells)]
        for end, fields, bonus in (
            (row + 1, single, 0.0),
            (row + 2, _two_rows(grid, row, questions), 0.5 if filled > 1 else 0.0),
            (row + 2, _codes_above(grid, row, questions), 0.5),
        ):
            if fields and (score := _known(grid, end, fields, questions) + bonus) > best[0]:
                best = (score, row, end, fields)
    _, begins, ends, fields = best
    return _header(begins, ends, fields, tool)


def _header(begins: int, ends: int, fields: Sequence[Field], tool: str) -> Header:
    kept = tuple(field for field in fields if field.heading)
    return Header(ends, kept, tool or tool_of([field.heading for field in kept]), begins + 1)


def _known(grid: Grid, rows: int, fields: Sequence[Field], questions: Sequence[Question]) -> float:
    """How much of these headings is known: options, questions, columns that tools add."""
    score = 0.0
    for field in fields:
        if not field.heading:
            continue
        column = grid.columns[field.at].where(slice(rows, None))
        if any(question.is_named(text) for question in questions for text in field.names) or any(
            _is_option(field, column, question) for question in questions
        ):
            score += 3
        elif is_technical(field.question) or personal_heading(field.question):
            score += 1
    return score


def _is_option(field: Field, column: Column, question: Question) -> bool:
    """Whether a heading stands for an option: it says so with the question before it, or its cells are its ticks."""
    return any(
        question.is_telling(option) and (prefix or suffix or are_ticks(column, option, question))
        for prefix, option, suffix in splits(field.heading)
    )


def are_ticks(column: Column, option: str, question: Question | None = None) -> bool:
    """Whether all cells of a column are ticks of one option: its label, yes, no, or blank."""
    return column.is_kept and all(is_tick(value, option, question) for value, _ in column.used())


def is_tick(value: str, option: str, question: Question | None = None) -> bool:
    """Whether one cell is a tick of an option, or says that it was not ticked."""
    if tick_of(value) or normalize(value) == normalize(option):
        return True
    known = question.option(value) if question else ""
    return bool(question and known and known == question.option(option))


def splits(heading: str) -> Iterator[tuple[str, str, str]]:
    """Every way to take a heading for an option with its question: (text before it, option, text behind it)."""
    yield "", heading, ""
    is_code = " " not in heading
    for mark in DELIMITER.finditer(heading):
        if mark.group()[0] in "_." and not is_code:
            continue
        prefix, rest = heading[: mark.end()], heading[mark.end() :]
        closing = {"[": "]", "(": ")"}.get(mark.group().strip()[:1], "")
        if closing:
            if rest.rstrip().endswith(closing):
                option = rest.rstrip()[:-1]
                yield prefix, option.strip(), rest[len(option) :]
            continue
        yield prefix, rest.strip(), ""
        yield "", heading[: mark.start()].strip(), heading[mark.start() :]


def _qualtrics(head: Sequence[Sequence[str]], row: int) -> list[Field]:
    """The rows above that of the ImportIds: codes, and the texts below them."""
    codes = head[row - 2] if row >= 2 else head[max(row - 1, 0)]
    texts = head[row - 1] if row >= 2 else codes
    return _coded(codes, texts)


def _coded(codes: Sequence[str], texts: Sequence[str]) -> list[Field]:
    """Columns with a code above their text."""
    pairs = enumerate(zip(codes, texts, strict=True))
    return [Field(at, SELECTED.sub("", text) or code, code) for at, (code, text) in pairs]


def _codes_above(grid: Grid, row: int, questions: Sequence[Question]) -> list[Field]:
    """A row of codes above a row of texts, of which at least one is a question, with an option or without."""
    if row + 1 >= len(grid.head):
        return []
    codes, texts = grid.head[row], grid.head[row + 1]
    if not all(CODE.fullmatch(code) for code in codes if code):
        return []

    def says_question(text: str) -> bool:
        return any(
            question.is_named(text)
            or any(
                prefix + suffix and question.is_telling(option) and not _holds_options(prefix + suffix, question)
                for prefix, option, suffix in splits(text)
            )
            for question in questions
            if normalize(text) != normalize(question.code)
        )

    if not any(says_question(text) for text in texts if " " in text):
        return []
    return _coded(codes, texts)


def _holds_options(text: str, question: Question) -> bool:
    """Whether a text is made of options: then it is an answer, and no question before one."""
    return any(question.is_telling(part) for part in re.split(r"[|/;,:\[\]]|\s[-–—>]\s", text) if part.strip())


def _two_rows(grid: Grid, row: int, questions: Sequence[Question]) -> list[Field]:
    """A row of questions above a row of options or "Response": a question stands over all its options. Empty where the
    second row is no such row."""
    if row + 1 >= len(grid.head):
        return []
    first, second = grid.head[row], grid.head[row + 1]
    below = [(at, cell) for at, cell in enumerate(second) if cell]
    has_gaps = any(not first[at] for at, _ in below)
    answers = [at for at, cell in below if normalize(cell) in ANSWER_HEADINGS]
    if not below or not (has_gaps or answers):
        return []
    # two rows of headings leave the second blank below columns that a tool adds itself (start, end, id); where
    # something stands there, the second row is the first answer and not a heading
    if any(is_technical(first[at]) and normalize(cell) not in ANSWER_HEADINGS for at, cell in below):
        return []
    ticks = [at for at, cell in below if are_ticks(grid.columns[at].where(slice(row + 2, None)), cell)]
    # options below one heading make a row of options, whatever the cells below them hold: ratings, numbers
    gaps = [cell for at, cell in below if not first[at]]
    has_options = any(sum(question.is_telling(cell) for cell in gaps) >= 1 for question in questions) and has_gaps
    if not answers and not has_options and len(ticks) < ENOUGH_TICKS * len(below):
        return []
    fields = []
    question = ""
    for at, (top, cell) in enumerate(zip(first, second, strict=True)):
        question = top or (question if cell else "")
        is_answer = not cell or normalize(cell) in ANSWER_HEADINGS
        fields.append(Field(at, question if is_answer or not question else f"{question}{LEVEL}{cell}"))
    return fields


ENOUGH_TICKS = 0.6
