"""What may be opened at all: a plain file, of the kind its name says, small enough, and text that can be read. Tools
that give a ZIP with one table in it are met halfway: the table is unpacked beside, and looked at as any other."""

from __future__ import annotations

import codecs
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.read import LOOKS_UTF8

WORKBOOK, TEXT, ARCHIVE = "xlsx", "csv", "zip"
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
PIECE = 1_000_000
# ğ ı ş İ Ğ Ş of cp1254, which are ð ý þ Ý Ð Þ in cp1252, in or at a word
TURKISH = re.compile(rb"[A-Za-z][\xf0\xfd\xfe\xdd\xd0\xde]|[\xdd\xde\xfe][a-z]")
# four such bytes in a row are no word of a western language
OTHER_SCRIPT = re.compile(rb"[\xc0-\xff]{4,}")
MOST_MEMBERS = 200
# an honest table packs to about a thirtieth, a sheet of numbers to a fifteenth; a bomb to a thousandth
MOST_RATIO, RATIO_FROM = 150, 20_000_000


@dataclass(frozen=True)
class Found:
    """A file that may be read: its kind ("csv", "xlsx", "zip") and, of text, the encoding. `label` is the name by which
    problems call it, where it is not the file's own."""

    path: Path
    kind: str
    encoding: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The name by which problems call it."""
        return self.label or self.path.name


def refused(
    name: str, kind: str, row: int | None = None, column: str = "", value: str = "", **details: object
) -> BadData:
    """One reason why a file is not taken, ready to be raised."""
    return BadData([Problem(name, kind, row, column, value, details)])


def look_at(path: Path, *, most_bytes: int) -> Found:
    """What a file is. Raises BadData where it is no plain file, too large, not what its name says, or no text."""
    name = path.name or str(path)
    try:
        status = path.lstat()
    except OSError as error:
        raise refused(
            name, "no_such_file" if not path.exists() else "unreadable", path=str(path), reason=str(error)
        ) from None
    if stat.S_ISLNK(status.st_mode):
        raise refused(name, "symlink")
    if not stat.S_ISREG(status.st_mode):
        raise refused(name, "directory" if stat.S_ISDIR(status.st_mode) else "no_plain_file")
    if status.st_size > most_bytes:
        raise refused(name, "too_large", size=f"{status.st_size / 1e6:,.0f}", most=f"{most_bytes / 1e6:,.0f}")
    if status.st_size == 0:
        raise refused(name, "no_rows")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise refused(name, "unreadable", reason=error.strerror or str(error)) from None
    return _kind(path, name, start)


def _kind(path: Path, name: str, start: bytes) -> Found:
    ending = path.suffix.casefold()
    if ending in {".xlsm", ".xltm", ".xlsb", ".xlam"}:
        raise refused(name, "macros")
    if start.startswith(OLD_OFFICE):
        raise refused(name, "old_office")
    if ending == ".zip":
        if not start.startswith(ZIP):
            raise refused(name, "no_archive")
        return Found(path, ARCHIVE)
    if ending == ".sav" or start.startswith((b"$FL2", b"$FL3")):
        raise refused(name, "spss")
    if ending in {".ods", ".numbers"}:
        raise refused(name, "other_program", ending=ending)
    if start.startswith(ZIP):
        if ending != ".xlsx":
            raise refused(name, "wrong_ending", ending=ending or "-", is_really="XLSX")
        return Found(path, WORKBOOK)
    if ending == ".xlsx":
        raise refused(name, "no_workbook")
    if ending not in TEXT_ENDINGS:
        raise refused(name, "unknown_ending", ending=ending or "-")
    beginning = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in (
        (b"<!doctype", "HTML"),
        (b"<html", "HTML"),
        (b"<table", "HTML"),
        (b"<?xml", "XML"),
        (b"%pdf", "PDF"),
    ):
        if beginning.startswith(mark):
            raise refused(name, "wrong_ending", ending=ending, is_really=what)
    return Found(path, TEXT, _encoding(path, name))


def _encoding(path: Path, name: str) -> str:
    """The encoding of a text file, read once through in pieces. Raises BadData where none fits the whole of it."""
    start = next(_pieces(path))
    encoding = next((known for mark, known in MARKS.items() if start.startswith(mark)), "utf-8")
    fault = _first_fault(path, encoding)
    if fault is None:
        return encoding
    # what Excel on Windows writes is not UTF-8; a file with pieces of both is broken, and taking it for one would spoil
    # names
    if encoding != "utf-8" or any(LOOKS_UTF8.search(piece) for piece in _pieces(path)):
        named = "UTF-8" if encoding == "utf-8" else encoding
        raise refused(name, "broken_encoding", encoding=named, position=f"{fault:,}")
    return _windows_encoding(path, name, fault)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(PIECE), b"")


def _windows_encoding(path: Path, name: str, fault: int) -> str:
    """Which of Windows' encodings a text that is not UTF-8 is in: Turkish where letters that only Turkish has stand
    inside words, else the western one. Text of mostly accented letters is in another script; which one cannot be known,
    and wrong letters would look like names."""
    if any(OTHER_SCRIPT.search(piece) for piece in _pieces(path)):
        raise refused(name, "unclear_encoding")
    encoding = "cp1254" if any(TURKISH.search(piece) for piece in _pieces(path)) else "cp1252"
    if _first_fault(path, encoding) is not None:
        raise refused(name, "broken_encoding", encoding="UTF-8", position=f"{fault:,}")
    return encoding


def _first_fault(path: Path, encoding: str) -> int | None:
    """Where a file is not text of this encoding, in bytes; None where it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    at = 0
    for piece in _pieces(path):
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as error:
            return at + error.start
        if "\0" in text:
            return at + text.index("\0")
        at += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return at
    return None


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many bytes of so few are more than any honest table packs to."""
    return unpacked > RATIO_FROM and unpacked / max(packed, 1) > MOST_RATIO


@contextmanager
def tables_in(found: Found, *, most_bytes: int) -> Iterator[list[Found]]:
    """The tables of a file: itself, or those of a ZIP, unpacked for as long as the block lasts. Raises BadData where an
    archive holds none, or would unpack to far more than it is."""
    if found.kind != ARCHIVE:
        yield [found]
        return
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        yield _unpacked(found, Path(folder), most_bytes)


def _unpacked(found: Found, folder: Path, most_bytes: int) -> list[Found]:
    tables = []
    try:
        with zipfile.ZipFile(found.path) as archive:
            members = [member for member in archive.infolist() if _is_table(member)]
            if len(archive.infolist()) > MOST_MEMBERS:
                raise refused(found.name, "zip_bomb", size=f"{sum(m.file_size for m in archive.infolist()) / 1e6:,.0f}")
            for number, member in enumerate(members):
                if is_bomb(member.file_size, member.compress_size) or member.file_size > most_bytes:
                    raise refused(found.name, "zip_bomb", size=f"{member.file_size / 1e6:,.0f}")
                if member.flag_bits & 1:
                    raise refused(found.name, "locked_archive")
                name = member.filename.rpartition("/")[2]
                path = folder / f"{number}{Path(name).suffix.casefold()}"
                with archive.open(member) as inner, path.open("wb") as out:
                    # zipfile gives no more than the member says it is
                    shutil.copyfileobj(inner, out)
                label = f"{found.name}: {name}"
                with path.open("rb") as file:
                    tables.append(replace(_kind(path, label, file.read(4096)), label=label))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, zlib.error, OSError) as error:
        raise refused(found.name, "no_archive", reason=str(error)) from None
    if not tables:
        raise refused(found.name, "empty_archive")
    return tables


def _is_table(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a table, and not a folder, a note, or what a Mac adds."""
    name = member.filename
    hidden = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
    return not member.is_dir() and not hidden and Path(name).suffix.casefold() in {".csv", ".tsv", ".xlsx"}
