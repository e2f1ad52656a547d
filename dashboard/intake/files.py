"""What may be opened at all: a plain file, of the kind its name says, small enough, and text that can be read."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from pathlib import Path

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.read import LOOKS_UTF8

WORKBOOK, TEXT = "xlsx", "csv"
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
PIECE = 1_000_000


@dataclass(frozen=True)
class Found:
    """A file that may be read: its kind ("csv" or "xlsx") and, of text, the encoding."""

    path: Path
    kind: str
    encoding: str = ""

    @property
    def name(self) -> str:
        """The name by which problems call it."""
        return self.path.name


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
    with path.open("rb") as file:
        start = file.read(4)
        encoding = next((known for mark, known in MARKS.items() if start.startswith(mark)), "utf-8")
        fault = _first_fault(path, encoding)
        if fault is None:
            return encoding
        if encoding != "utf-8":
            raise refused(name, "broken_encoding", encoding=encoding, position=f"{fault:,}")
        # what Excel on Windows writes; a file with pieces of both is broken, and taking it for one would spoil names
        file.seek(0)
        for piece in iter(lambda: file.read(PIECE), b""):
            if LOOKS_UTF8.search(piece):
                raise refused(name, "broken_encoding", encoding="UTF-8", position=f"{fault:,}")
    if _first_fault(path, "cp1252") is not None:
        raise refused(name, "broken_encoding", encoding="UTF-8", position=f"{fault:,}")
    return "cp1252"


def _first_fault(path: Path, encoding: str) -> int | None:
    """Where a file is not text of this encoding, in bytes; None where it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    at = 0
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
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
