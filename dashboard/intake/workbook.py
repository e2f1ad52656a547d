"""A visible sheet of an XLSX file to a Grid, read as a stream.

Written on expat itself: openpyxl builds trees of what it reads, which a small hostile file can make larger than the
machine, and is three times slower; calamine makes a full table of what it reads, so that a cell in the last corner of a
sheet of one kilobyte stops the whole program, and knows nothing of rows that a filter hides
(docs/decisions/0072-workbooks-by-a-reader-of-our-own.md). No document type is allowed, so nothing can unfold; macros
are refused; of formulas the stored values are read.
"""

from __future__ import annotations

import datetime
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from posixpath import dirname, join, normpath
from typing import IO, Any
from xml.parsers import expat

from dashboard.intake.files import Found, is_bomb, refused
from dashboard.intake.grid import LONGEST_CELL, MOST_COLUMNS, MOST_HEAD, Builder, Grid
from dashboard.intake.text_file import Progress

MOST_ENTRIES = 2_000
MOST_UNPACKED = 1_000_000_000
MOST_SHARED = 60_000_000
MOST_STRINGS = 2_000_000
MOST_BLANK_ROWS = 10_000
ROWS_AT_ONCE = 5_000
PIECE = 65_536
# numbers of the formats of dates and times that every workbook has
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


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
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or is_bomb(unpacked, packed):
        raise refused(found.name, "zip_bomb", size=f"{unpacked / 1e6:,.0f}")
    for entry in entries:
        if entry.flag_bits & 1:
            raise refused(found.name, "old_office")
        name = entry.filename.casefold()
        if name.endswith(("vbaproject.bin", ".vba")) or "macrosheets/" in name:
            raise refused(found.name, "macros")
    if "[Content_Types].xml" not in book.namelist():
        raise refused(found.name, "no_workbook", reason="[Content_Types].xml")


class _XmlStream:
    """XML of strangers, fed to expat in pieces: no document type, no text and no tag without end. `start` and `end` get
    names of tags without their prefix."""

    def __init__(self, found: Found, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
        self.found = found
        self.letters: list[str] = []
        self.length = 0
        self.is_wanted = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda tag, given: start(tag.rpartition(":")[2], given)
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self._text
        self.parser = parser

    def _refuse(self, *_: Any) -> None:
        raise refused(self.found.name, "document_type")

    def _text(self, text: str) -> None:
        if self.is_wanted:
            self.length += len(text)
            if self.length > LONGEST_CELL:
                raise refused(self.found.name, "cell_too_long", most=f"{LONGEST_CELL:,}")
            self.letters.append(text)

    def take(self) -> str:
        """The wanted text since the last time."""
        text = "".join(self.letters)
        self.letters.clear()
        self.length = 0
        return text

    def pieces(self, stream: IO[bytes]) -> Iterator[int]:
        """Reads a stream piece by piece, and says after each how many bytes that were. A tag that never ends stays in
        expat's memory, and its place does not move."""
        read = quiet = 0
        while piece := stream.read(PIECE):
            before = self.parser.CurrentByteIndex
            self.parser.Parse(piece, False)
            quiet = quiet + len(piece) if self.parser.CurrentByteIndex == before else 0
            if quiet > 20 * PIECE:
                raise refused(self.found.name, "broken_workbook", reason="endless markup")
            read += len(piece)
            yield read
        self.parser.Parse(b"", True)
        yield read

    def read(self, stream: IO[bytes]) -> None:
        """All of a stream."""
        for _ in self.pieces(stream):
            pass


def _small_part(
    found: Found, book: zipfile.ZipFile, name: str, most: int = 5_000_000
) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part in their order, as (name without prefix, attributes); [] where there is none."""
    if name not in book.namelist():
        return []
    if book.getinfo(name).file_size > most:
        raise refused(found.name, "broken_workbook", reason=name)
    elements: list[tuple[str, dict[str, str]]] = []
    parser = _XmlStream(found, lambda *element: elements.append(element), lambda _tag: None)
    with book.open(name) as stream:
        parser.read(stream)
    return elements


class _Parts:
    """Where the parts of a workbook lie: its visible sheets as (title, part), strings, styles."""

    def __init__(self, found: Found, book: zipfile.ZipFile) -> None:
        of_package = [given for _, given in _small_part(found, book, "_rels/.rels")]
        roots = (given["Target"] for given in of_package if given.get("Type", "").endswith("/officeDocument"))
        root = next(roots, "xl/workbook.xml").lstrip("/")
        folder = dirname(root)
        targets = {
            given["Id"]: (given.get("Type", ""), normpath(join(folder, given["Target"])).lstrip("/"))
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
    dates = _date_styles(_small_part(found, book, parts.styles, 20_000_000))
    reader = _SheetReader(found, strings, dates, is_1904=parts.is_1904)
    rows = itertools.islice(reader.rows(book, part, progress), most_rows)
    head = list(itertools.islice(rows, MOST_HEAD))
    builder = Builder(found.name, head)
    builder.add_rows(head)
    while batch := list(itertools.islice(rows, ROWS_AT_ONCE)):
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

    def start(name: str, _given: dict[str, str]) -> None:
        nonlocal is_phonetic
        is_phonetic += name == "rPh"
        parser.is_wanted = name == "t" and not is_phonetic

    def end(name: str) -> None:
        nonlocal size, is_phonetic
        is_phonetic -= name == "rPh"
        parser.is_wanted = False
        if name == "si":
            strings.append(parser.take())
            size += len(strings[-1]) + 60
            if size > MOST_SHARED * 2 or len(strings) > MOST_STRINGS:
                raise refused(found.name, "too_many_cells", most=f"{MOST_STRINGS:,}")

    parser = _XmlStream(found, start, end)
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
        self.parser = _XmlStream(found, self._start, self._end)

    def rows(self, book: zipfile.ZipFile, part: str, progress: Progress) -> Iterator[list[str]]:
        """Every row as a list of text, blank ones too."""
        size = max(book.getinfo(part).file_size, 1)
        with book.open(part) as stream:
            for read in self.parser.pieces(stream):
                yield from self.done
                self.done.clear()
                progress(read / size)

    def _start(self, name: str, given: dict[str, str]) -> None:
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

    def _end(self, name: str) -> None:
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
                return _iso_date(text, is_1904=self.is_1904)
            return text.removesuffix(".0")
        if self.kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return text


def _date_styles(elements: Sequence[tuple[str, dict[str, str]]]) -> frozenset[int]:
    """The cell styles of a `styles.xml`, by their number, that show a number as a date."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    is_cells = False
    for tag, given in elements:
        if tag == "numFmt" and given.get("numFmtId", "").isdigit():
            custom[int(given["numFmtId"])] = given.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            is_cells = tag == "cellXfs"
        elif tag == "xf" and is_cells:
            number = given.get("numFmtId", "0")
            styles.append(int(number) if number.isdigit() else 0)
    return frozenset(at for at, number in enumerate(styles) if _is_date(number, custom))


def _is_date(number: int, custom: dict[int, str]) -> bool:
    if number not in custom:
        return number in DATE_FORMATS
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", custom[number])
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and "general" not in bare.casefold()


def _iso_date(text: str, *, is_1904: bool) -> str:
    """A serial number of days as 2016-05-01; the text itself where it is none."""
    try:
        days = float(text)
        first = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
        return (first + datetime.timedelta(days=days)).date().isoformat()
    except (ValueError, OverflowError):
        return text
