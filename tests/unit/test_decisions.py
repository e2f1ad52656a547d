"""Decisions are dated records: each has its form, is listed, and every package has one."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in RECORDS}


def packages_of(text: str) -> list[str]:
    line = re.search(r"^Packages?: (.+)$", text, re.MULTILINE)
    return re.findall(r"`([^`]+)`", line[1]) if line else []


def required(name: str) -> set[str]:
    """The packages of a file for pip-compile."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {match[0].lower() for line in lines if (match := re.match(r"[A-Za-z][\w.-]*", line))}


@pytest.mark.parametrize("name", TEXTS)
def test_a_record_has_number_date_and_cost(name: str) -> None:
    text = TEXTS[name]
    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", name)
    assert text.startswith(f"# {name[:4]} ")
    found = re.search(r"^Date: (\S+)$", text, re.MULTILINE)
    assert found and date.fromisoformat(found[1])
    assert "**Cost.**" in text
    assert "**Why this one.**" in text if packages_of(text) else "**Context.**" in text and "**Decision.**" in text


def test_no_number_is_given_twice() -> None:
    assert [number for number, count in Counter(name[:4] for name in TEXTS).items() if count > 1] == []


def test_the_list_has_every_record_with_its_title_and_date() -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    for name, text in TEXTS.items():
        title = text.splitlines()[0].removeprefix(f"# {name[:4]} ")
        day = re.search(r"^Date: (\S+)$", text, re.MULTILINE)
        assert day and f"- [{name[:4]}]({name}) {title} ({day[1]})" in lines


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_package_has_a_record(name: str) -> None:
    recorded = {package for text in TEXTS.values() for package in packages_of(text)}
    assert sorted(required(name) - recorded) == [], "docs/decisions/README.md says what a record of a package has"


def test_a_record_is_of_packages_that_are_there_or_says_what_replaced_it() -> None:
    known = required("requirements.in") | required("requirements-dev.in")
    for name, text in TEXTS.items():
        if "Replaced by: " not in text:
            assert sorted(set(packages_of(text)) - known) == [], name
