"""What a browser sends: files under names that may be anything."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from werkzeug.datastructures import FileStorage

LONGEST_NAME = 80
NAMELESS = "file"


def received(files: Sequence[FileStorage]) -> list[tuple[str, bytes]]:
    """The files of a form as (name, body); a field in which none was chosen is none."""
    found: list[tuple[str, bytes]] = []
    for file in files:
        body = file.read()
        if file.filename or body:
            found.append((_unlike(file_name(file.filename or ""), [name for name, _ in found]), body))
    return found


def file_name(given: str) -> str:
    """A name that is one, on any disk and in any sentence: the last part of a path, without signs that nobody sees, and
    not too long. Its ending stays, because it says what the file is."""
    plain = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in plain if char.isprintable() and char != "\N{REPLACEMENT CHARACTER}").strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    stem, ending = stem[: LONGEST_NAME - 10].strip(" ."), ending[:8]
    return f"{stem or NAMELESS}.{ending}" if ending else stem or NAMELESS


def _unlike(name: str, others: Sequence[str]) -> str:
    """The name, with a number where another file has it."""
    stem, dot, ending = name.rpartition(".")
    number, found = 2, name
    while found in others:
        found, number = (f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"), number + 1
    return found
