"""The texts of HTML, as a browser shows them."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")


def texts_of(markup: str) -> list[str]:
    """The texts between its tags."""
    texts = (" ".join(unescape(each).split()) for each in TAG.split(markup))
    return [text for text in texts if text]


def text_of(markup: str) -> str:
    """All that HTML says, as one line."""
    return " ".join(texts_of(markup))


def texts_of_rows(markup: str) -> list[list[str]]:
    """The texts of a table, row by row."""
    rows = re.findall(r"<tr\b.*?</tr>", markup, re.DOTALL)
    cells = (re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL) for row in rows)
    return [[text_of(cell) for cell in row] for row in cells]
