"""What a cell says of a year. A year is never guessed: what could be another one, or several, stays blank."""

from __future__ import annotations

import datetime
import re

from dashboard.dataset.schema import FIRST_YEAR
from dashboard.intake.list_columns import list_words

MONTH = rf"(?:{'|'.join(list_words()['months'])})\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?\.?"
YEAR = r"((?:1[89]|20)\d\d)"
BEGAN = "est|estd|established|founded|signed|since|in|from|began|begun|start|started|formed|year"
BEFORE = rf"(?:(?:{BEGAN})\b\.?:?(?:\s*in\b)?\s*)?"
# a time of day, as spreadsheets add to dates
TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AP]M|Z)?)?"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{BEFORE}{YEAR}(?:\.0+)?\.?",
        rf"{YEAR}[-/.](?:0?[1-9]|1[0-2])[-/.]\d{{1,2}}{TIME}",
        rf"{YEAR}-(?:0[1-9]|1[0-2])",
        rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR}{TIME}",
        rf"(?:0?[1-9]|1[0-2])[/.]{YEAR}",
        rf"{BEFORE}(?:{DAY}\s+)?(?:of\s+)?{MONTH}[\s,\-]*(?:{DAY})?,?\s*{YEAR}{TIME}",
        rf"{YEAR}\s+{MONTH}(?:\s+{DAY})?",
        rf"{BEFORE}{YEAR}\s*\((?:re-?newed|renewal|re-?affirmed|re-?signed|re-?activated|re-?dedicated)\b[^()]*\)",
    )
)


def year_in(text: str) -> str:
    """The year that a cell names, "" where it names none for certain: "circa 1990", "1990s", "1990?", "1990-92", two
    years, two digits and a fiscal year name none."""
    plain = " ".join(text.replace("\u00a0", " ").split())
    for pattern in PATTERNS:
        if found := pattern.fullmatch(plain):
            return next(part for part in found.groups() if part and re.fullmatch(YEAR, part))
    return ""


def is_to_come(year: str) -> bool:
    """Whether a year is after today's."""
    return int(year) > datetime.date.today().year


def is_known(year: str) -> bool:
    """Whether a year is one that the data may have."""
    return bool(year) and int(year) >= FIRST_YEAR and not is_to_come(year)
