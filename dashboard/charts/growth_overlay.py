"""What moves with the year on the growth chart: the line of the year, what lies after it, labels at its right.

These are drawn over the bars by the browser itself (`assets/js/35-overlay.js`), so that a step to another year
redraws no bar. Every year has the same items in the same order; one that is not there is None. An item is

    {"look": its class in the style sheet, "x": [...], "y": [...]}            a line through data points; with "after",
                                                                             only those to the right of that x
    {"look": ..., "x": [foot, stop], "rows": [[ink, from, to, parts], ...]}  leader lines and their labels; parts are
                                                                             [text, is it strong]
    {"look": ..., "x": x, "y": y, "is_filled": ..., "above": text}           a diamond, its number above it or ""
"""

from __future__ import annotations

from typing import Any


def strong(text: str) -> list[list[Any]]:
    """ "<b>38</b> year not recorded" as parts, the number strong."""
    before, _, rest = text.partition("<b>")
    inside, _, after = rest.partition("</b>")
    return [[part, is_strong] for part, is_strong in ((before, False), (inside, True), (after, False)) if part]
