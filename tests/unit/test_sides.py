"""Style sheets say where lines begin and end, not left and right: a language from right to left turns the page round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[2] / "assets" / "css").glob("*.css"))
DECLARED = re.compile(r"^\s*([\w-]+): ([^;{}]+);", re.MULTILINE)
SIDED = re.compile(r"(?<![\w-])(left|right)(?![\w-])|-(left|right)(?=-|$)")
BY_SIDE = re.compile(r"margin|padding|inset|border-(width|style|color)")


def sided(sheet: str) -> list[str]:
    """The declarations that say left or right: by their name, by their value, or by four values of which the second and
    the fourth are not the same."""
    return [f"{name}: {value};" for name, value in DECLARED.findall(sheet) if is_sided(name, value)]


def is_sided(name: str, value: str) -> bool:
    if SIDED.search(name) or (not name.startswith("--") and SIDED.fullmatch(value)):
        return True
    parts = re.findall(r"[\w-]+\((?:[^()]|\([^()]*\))*\)|[^\s!]+", value.partition("!")[0])
    return BY_SIDE.fullmatch(name) is not None and len(parts) == 4 and parts[1] != parts[3]


# What has sides of its own: figures, whose places are pixels from the left and in which time runs from left to right, and
# the map (docs/decisions/0113); what is English inside a page from right to left; an arrow that is turned by 45 degrees.
REVIEWED = {
    "22-writing.css": ["text-align: right;", "text-align: right;"],
    "40-cards.css": ["left: 0;", "left: 0.875rem;", "right: 0.75rem;"],
    "42-overlay.css": ["left: calc(36px * var(--text-scale));", "left: var(--edge, 100%);"],
    "55-menu.css": ["border-width: 0 1.5px 1.5px 0;"],
    "70-stage.css": ["left: 0;"],
}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_says_left_or_right(sheet: Path) -> None:
    assert sided(sheet.read_text(encoding="utf-8")) == REVIEWED.get(sheet.name, [])


def test_a_side_is_found() -> None:
    rules = ["margin-left: 1px;", "float: right;", "padding: 1px calc(2px * (1 + 1)) 1px 0;", "border-left-color: red;"]
    others = ["inset: 0 1px 2px 1px;", "margin: 0 1px 2px;", "padding-inline: 1px 2px;", "--side: left;", "color: red;"]
    assert sided("\n".join([*rules, *others])) == rules
