"""A visible sheet of an XLSX file to a Grid, read as a stream.

Written on expat itself: openpyxl builds trees of what it reads, which a small hostile file can make larger than the
machine, and is three times slower; calamine makes a full table of what it reads, so that a cell in the last corner of a
sheet of one kilobyte stops the whole program, and knows nothing of rows that a filter hides
(docs/decisions/0072-workbooks-by-a-reader-of-our-own.md). No document type is allowed, so nothing can unfold; macros
are refused; of formulas the stored values are read.
"""

from __future__ import annotations

import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from posixpath import dirname, join, normpath
from xml.parsers import expat

from dashboard.intake.dates import date_styles, iso_date
from dashboard.intake.files import MOST_RATIO, RATIO_FROM, Found, refused
from dashboard.intake.grid import MOST_COLUMNS, MOST_HEAD, Builder, Grid
from dashboard.intake.text_file import Progress
from dashboard.intake.xml_stream import PIECE, XmlStream

MOST_ENTRIES = 2_000
MOST_UNPACKED = 1_000_000_000
MOST_SHARED = 60_000_000
MOST_STRINGS = 2_000_000
MOST_BLANK_ROWS = 10_000
ROWS_AT_ONCE = 5_000


def sheets_of(found: Found) -> list[str]:
    """The names of the visible sheets. Raises BadData where the file is no sound workbook."""
    with _opened(found) as book:
        return [title for title, _ in _Parts(found, book).sheets]


def read_workbook(found: Found, progress: Progress, *, sheet: str = "", most_rows: int | None = None) -> Grid:
    """The cells of one visible sheet, the first where none is named; `most_rows` of it where that many are enough.
    Formulas give the values that were stored with them. Raises BadData where it is broken, hostile or too large."""
    with _opened(found) as book:
        return _sheet_grid(found, book, progress, sheet, most_rows)


@contextmanager
def _opened(found: Found) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(found.path) as book:
            _check_entries(found, book)
            yield book
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, KeyError, OSError) as error:
        raise refused(found.name, "no_workbook", reason=str(error)) from None
    except (expat.ExpatError, zlib.error, ValueError) as error:
        raise refused(found.name, "broken_workbook", reason=str(error)) from None


def _check_entries(found: Found, book: zipfile.ZipFile) -> None:
    entries = book.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise refused(found.name, "zip_bomb", size=f"{unpacked / 1e6:,.0f}")
    if unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO:
        raise refused(found.name, "zip_bomb", size=f"{unpacked / 1e6:,.0f}")
    for entry in entries:
        if entry.flag_bits & 1:
            raise refused(found.name, "old_office")
        if (
            entry.filename.casefold().endswith(("vbaproject.bin", ".vba"))
            or "macrosheets/" in entry.filename.casefold()
        ):
            raise refused(found.name, "macros")
    if "[Content_Types].xml" not in book.namelist():
        raise refused(found.name, "no_workbook", reason="[Content_Types].xml")


def _small_part(
    found: Found, book: zipfile.ZipFile, name: str, most: int = 5_000_000
) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part in their order, as (name without prefix, attributes); [] where there is none."""
    if name not in book.namelist():
        return []
    if book.getinfo(name).file_size > most:
        raise refused(found.name, "broken_workbook", reason=name)
    elements: list[tuple[str, dict[str, str]]] = []
    parser = XmlStream(found, lambda tag, given: elements.append((tag.rpartition(":")[2], given)), lambda _tag: None)
    with book.open(name) as stream:
        parser.read(stream)
    return elements


class _Parts:
    """Where the parts of a workbook lie: its visible sheets as (title, part), strings, styles."""

    def __init__(self, found: Found, book: zipfile.ZipFile) -> None:
        root = next(
            (
                given["Target"]
                for _, given in _small_part(found, book, "_rels/.rels")
                if given.get("Type", "").endswith("/officeDocument")
            ),
            "xl/workbook.xml",
        ).lstrip("/")
        folder = dirname(root)
        targets = {
            given["Id"]: (
                given.get("Type", ""),
                normpath(join(folder, given["Target"])) if not given["Target"].startswith("/") else given["Target"][1:],
            )
            for tag, given in _small_part(found, book, join(folder, "_rels", root.rpartition("/")[2] + ".rels"))
            if tag == "Relationship" and given.get("TargetMode") != "External"
        }
        elements = _small_part(found, book, root)
        self.is_1904 = any(tag == "workbookPr" and given.get("date1904") in {"1", "true"} for tag, given in elements)
        self.sheets = [
            (given.get("name", ""), targets[key][1])
            for tag, given in elements
            if tag == "sheet" and given.get("state", "visible") == "visible"
            for name, key in given.items()
            if name.rpartition(":")[2] == "id" and key in targets and targets[key][0].endswith("/worksheet")
        ]
        parts = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
        self.strings, self.styles = parts.get("sharedStrings", ""), parts.get("styles", "")
        if not self.sheets or self.sheets[0][1] not in book.namelist():
            raise refused(found.name, "no_rows")


def _sheet_grid(found: Found, book: zipfile.ZipFile, progress: Progress, sheet: str, most_rows: int | None) -> Grid:
    parts = _Parts(found, book)
    titles = [title for title, _ in parts.sheets]
    if sheet and sheet not in titles:
        raise refused(found.name, "no_sheet", value=sheet, sheets=", ".join(titles))
    title, part = next(pair for pair in parts.sheets if not sheet or pair[0] == sheet)
    strings = _shared_strings(found, book, parts.strings)
    dates = date_styles(_small_part(found, book, parts.styles, 20_000_000))
    reader = _SheetReader(found, strings, dates, is_1904=parts.is_1904)
    rows = itertools.islice(reader.rows(book, part, progress), most_rows)
    head = list(itertools.islice(rows, MOST_HEAD))
    builder = Builder(found.name, head)
    batch = list(head)
    for row in rows:
        batch.append(row)
        if len(batch) >= ROWS_AT_ONCE:
            builder.add_rows(batch)
            batch = []
    builder.add_rows(batch)
    if not builder.rows and most_rows is None:
        raise refused(found.name, "no_rows")
    others = [other for other in titles if other != title]
    return builder.grid(sheet=title, hidden=reader.hidden, other_sheets=others)


def _shared_strings(found: Found, book: zipfile.ZipFile, part: str) -> list[str]:
    if part not in book.namelist():
        return []
    strings: list[str] = []
    size = 0
    is_phonetic = 0

    def start(tag: str, _given: dict[str, str]) -> None:
        nonlocal is_phonetic
        name = tag.rpartition(":")[2]
        is_phonetic += name == "rPh"
        parser.is_wanted = name == "t" and not is_phonetic

    def end(tag: str) -> None:
        nonlocal size, is_phonetic
        name = tag.rpartition(":")[2]
        is_phonetic -= name == "rPh"
        parser.is_wanted = False
        if name == "si":
            strings.append(parser.take())
            size += len(strings[-1]) + 60
            if size > MOST_SHARED * 2 or len(strings) > MOST_STRINGS:
                raise refused(found.name, "too_many_cells", most=f"{MOST_STRINGS:,}")

    parser = XmlStream(found, start, end)
    with book.open(part) as stream:
        parser.read(stream)
    return strings


class _SheetReader:
    """One sheet, row by row."""

    def __init__(self, found: Found, strings: Sequence[str], dates: frozenset[int], *, is_1904: bool) -> None:
        self.found = found
        self.strings = strings
        self.dates = dates
        self.is_1904 = is_1904
        self.done: list[list[str]] = []
        self.row: list[str] = []
        self.number = 0
        self.at = -1
        self.kind = ""
        self.is_date = False
        self.is_formula = False
        self.formula = ""
        self.hidden: list[int] = []
        self.places: dict[str, int] = {}
        self.parser = XmlStream(found, self._start, self._end)

    def rows(self, book: zipfile.ZipFile, part: str, progress: Progress) -> Iterator[list[str]]:
        """Every row as a list of text, blank ones too."""
        size, read = max(book.getinfo(part).file_size, 1), 0
        with book.open(part) as stream:
            while piece := stream.read(PIECE):
                self.parser.feed(piece)
                read += len(piece)
                if self.done:
                    yield from self.done
                    self.done.clear()
                    progress(read / size)
        self.parser.parser.Parse(b"", True)
        yield from self.done

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self._start_cell(given)
        elif name in {"v", "t"}:
            self.parser.is_wanted = True
        elif name == "row":
            self._start_row(given)
        elif name == "f":
            self.is_formula = self.parser.is_wanted = True

    def _start_row(self, given: dict[str, str]) -> None:
        number = int(given["r"]) if given.get("r", "").isdigit() else self.number + 1
        blank = number - self.number - 1
        if blank < 0 or blank > MOST_BLANK_ROWS:
            raise refused(self.found.name, "broken_workbook", reason=f"row {number}")
        self.done.extend([[] for _ in range(blank)])
        self.number, self.row, self.at = number, [], -1
        if given.get("hidden") in {"1", "true"}:
            self.hidden.append(number - 1)

    def _start_cell(self, given: dict[str, str]) -> None:
        reference = given.get("r")
        if reference is None:
            self.at += 1
        else:
            letters = reference.rstrip("0123456789")
            at = self.places.get(letters)
            if at is None:
                at = self.places[letters] = self._place(letters)
            if at < len(self.row):
                raise refused(self.found.name, "broken_workbook", reason=f"cell {reference}")
            self.at = at
        if self.at >= MOST_COLUMNS:
            raise refused(self.found.name, "too_many_columns", columns=f"{self.at + 1:,}", most=f"{MOST_COLUMNS:,}")
        self.kind = given.get("t", "n")
        self.is_formula, self.formula = False, ""
        style = given.get("s")
        self.is_date = bool(self.dates) and style is not None and style.isdigit() and int(style) in self.dates

    def _place(self, letters: str) -> int:
        if not letters.isascii() or not letters.isalpha() or len(letters) > 7:
            raise refused(self.found.name, "broken_workbook", reason=f"cell {letters[:20]}")
        place = 0
        for letter in letters.upper():
            place = place * 26 + ord(letter) - 64
        if place > MOST_COLUMNS:
            raise refused(self.found.name, "too_many_columns", columns=f"{place:,}", most=f"{MOST_COLUMNS:,}")
        return place - 1

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name in {"v", "t"}:
            self.parser.is_wanted = False
        elif name == "f":
            self.parser.is_wanted = False
            self.formula = self.parser.take()
        elif name == "c":
            text = self.parser.take()
            if not text and self.is_formula:
                # nothing was stored with it: the formula itself stands there, and is no answer
                self.kind, text = "str", "=" + (self.formula or "…")
            if text:
                self.row.extend([""] * (self.at - len(self.row)))
                self.row.append(self._value(text))
        elif name == "row":
            self.done.append(self.row)
            self.row = []

    def _value(self, text: str) -> str:
        if self.kind == "s":
            at = int(text)
            if not 0 <= at < len(self.strings):
                raise refused(self.found.name, "broken_workbook", self.number, reason=f"string {at}")
            return self.strings[at]
        if self.kind == "n":
            if self.is_date:
                return iso_date(text, is_1904=self.is_1904)
            return text[:-2] if text.endswith(".0") else text
        if self.kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return text
