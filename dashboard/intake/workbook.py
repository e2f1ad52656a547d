"""The first visible sheet of an XLSX file to a Grid, read as a stream.

Written on expat itself: openpyxl builds trees of what it reads, which a small hostile file can make larger than the
machine, and is three times slower. No document type is allowed, so nothing can unfold; formulas and macros are refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath
from xml.parsers import expat

from dashboard.intake.dates import date_styles, iso_date
from dashboard.intake.files import Found, refused
from dashboard.intake.grid import MOST_COLUMNS, Builder, Grid, column_name
from dashboard.intake.text_file import Progress
from dashboard.intake.xml_stream import PIECE, XmlStream

MOST_ENTRIES = 2_000
MOST_UNPACKED = 1_000_000_000
# an honest sheet of numbers packs to about a fifteenth; a bomb to a thousandth
MOST_RATIO, RATIO_FROM = 150, 20_000_000
MOST_SHARED = 60_000_000
MOST_STRINGS = 2_000_000
MOST_BLANK_ROWS = 10_000
ROWS_AT_ONCE = 5_000


def read_workbook(found: Found, progress: Progress) -> Grid:
    """The cells of a workbook's first visible sheet. Raises BadData where it is broken, hostile or too large."""
    try:
        with zipfile.ZipFile(found.path) as book:
            _check_entries(found, book)
            return _sheet_grid(found, book, progress)
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


def _sheet_grid(found: Found, book: zipfile.ZipFile, progress: Progress) -> Grid:
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
    is_1904 = any(tag == "workbookPr" and given.get("date1904") in {"1", "true"} for tag, given in elements)
    sheets = [
        (given.get("name", ""), targets[key][1])
        for tag, given in elements
        if tag == "sheet" and given.get("state", "visible") == "visible"
        for name, key in given.items()
        if name.rpartition(":")[2] == "id" and key in targets and targets[key][0].endswith("/worksheet")
    ]
    if not sheets or sheets[0][1] not in book.namelist():
        raise refused(found.name, "no_rows")
    parts = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
    strings = _shared_strings(found, book, parts.get("sharedStrings", ""))
    dates = date_styles(_small_part(found, book, parts.get("styles", ""), 20_000_000))
    title, part = sheets[0]
    reader = _SheetReader(found, strings, dates, is_1904=is_1904)
    rows = reader.rows(book, part, progress)
    head: list[list[str]] = []
    for row in rows:
        head.append(row)
        if len(head) == 3:
            break
    builder = Builder(found.name, head)
    batch = list(head)
    for row in rows:
        batch.append(row)
        if len(batch) >= ROWS_AT_ONCE:
            builder.add_rows(batch)
            batch = []
    builder.add_rows(batch)
    if not builder.rows:
        raise refused(found.name, "no_rows")
    return builder.grid(sheet=title)


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
            raise refused(self.found.name, "formula", self.number, column_name(max(self.at, 0)))

    def _start_row(self, given: dict[str, str]) -> None:
        number = int(given["r"]) if given.get("r", "").isdigit() else self.number + 1
        blank = number - self.number - 1
        if blank < 0 or blank > MOST_BLANK_ROWS:
            raise refused(self.found.name, "broken_workbook", reason=f"row {number}")
        self.done.extend([[] for _ in range(blank)])
        self.number, self.row, self.at = number, [], -1

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
        elif name == "c":
            text = self.parser.take()
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
