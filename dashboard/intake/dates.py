"""Dates of a spreadsheet: numbers that a style makes dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

BUILT_IN = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


def date_styles(elements: Sequence[tuple[str, dict[str, str]]]) -> frozenset[int]:
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
        return number in BUILT_IN
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", custom[number])
    return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and "general" not in bare.casefold()


def iso_date(text: str, *, is_1904: bool) -> str:
    """A serial number of days as 2016-05-01; the text itself where it is none."""
    try:
        days = float(text)
        first = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
        return (first + datetime.timedelta(days=days)).date().isoformat()
    except (ValueError, OverflowError):
        return text
