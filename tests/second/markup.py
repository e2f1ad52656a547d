"""The texts of HTML, as a browser shows them."""

from __future__ import annotations

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")


def texts_of(markup: str) -> list[str]:
    """The texts between its tags."""
    texts = (" ".join(unescape(each).split()) for each in TAG.split(markup))
    return [text for text in texts if text]
