"""The two small TOML files: what holds for the whole collection, and the card of a snapshot."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from dashboard.dataset.model import About
from dashboard.dataset.problems import Problem
from dashboard.dataset.schema import FIRST_YEAR, LAST_YEAR, TRANSLATIONS

ABOUT = "about.toml"
# what a published count is called, and who counted
CARD_TEXTS = ("title", "label", "counted_by")


def read_about(values: Mapping[str, Any], problems: list[Problem], *, sources: Collection[str]) -> About | None:
    """`about.toml` checked; None, and problems added, where it cannot be used. An empty table was said already."""
    if not values:
        return None
    before = len(problems)
    collected = values.get("collected")
    if not isinstance(collected, datetime.date):
        problems.append(Problem(ABOUT, "date", None, "collected", "" if collected is None else str(collected)))
    for name in ("collection_year", "initiative_first_year"):
        _year(values.get(name), name, ABOUT, problems)
    if len(problems) == before and isinstance(collected, datetime.date) and values["collection_year"] > collected.year:
        details = {"last_year": collected.year}
        problems.append(Problem(ABOUT, "future", None, "collection_year", str(values["collection_year"]), details))
    cited = values.get("sources", {})
    if not isinstance(cited, dict):
        problems.append(Problem(ABOUT, "table", None, "sources", str(cited)))
        cited = {}
    for name, ids in cited.items():
        _sources(ids, f"sources.{name}", ABOUT, problems, sources)
    if len(problems) > before or not isinstance(collected, datetime.date):
        return None
    return About(
        collected=collected,
        collection_year=values["collection_year"],
        default_basis=str(values.get("default_basis", "")),
        initiative_first_year=values["initiative_first_year"],
        sources={name: tuple(ids) for name, ids in cited.items()},
    )


def last_possible_year(about: About) -> int:
    """The last year in which something on record can have happened: this one, or that of collection where the clock is
    behind it, which takes nothing back that was recorded."""
    return max(about.collection_year, datetime.date.today().year)


def read_snapshot_card(
    values: Mapping[str, Any], file: str, problems: list[Problem], *, sources: Collection[str]
) -> dict[str, Any] | None:
    """The fields of a Snapshot that its `snapshot.toml` gives; None, and problems added, where it cannot be used."""
    if not values:
        return None
    before = len(problems)
    for name in CARD_TEXTS:
        if not isinstance(values.get(name), str) or not values[name].strip():
            problems.append(Problem(file, "blank", None, name, str(values.get(name, ""))))
    if isinstance(values.get("label"), str) and not _is_label(values["label"]):
        problems.append(Problem(file, "gap", None, "label", values["label"]))
    for language in TRANSLATIONS:
        _translated(values.get(language, {}), language, file, problems)
    _year(values.get("year"), "year", file, problems)
    _sources(values.get("source_ids"), "source_ids", file, problems, sources)
    if len(problems) > before:
        return None
    return {
        **{name: values[name] for name in CARD_TEXTS},
        "year": values["year"],
        "source_ids": tuple(values["source_ids"]),
        "translations": {language: values[language] for language in TRANSLATIONS if language in values},
    }


def _translated(texts: object, language: str, file: str, problems: list[Problem]) -> None:
    """The texts of a card in another language: a table, of which each may be missing."""
    if not isinstance(texts, dict):
        problems.append(Problem(file, "table", None, language, str(texts)))
        return
    for name, text in texts.items():
        key = f"{language}.{name}"
        if name not in CARD_TEXTS:
            problems.append(Problem(file, "unknown_key", None, key, details={"choices": ", ".join(CARD_TEXTS)}))
        elif not isinstance(text, str) or not text.strip():
            problems.append(Problem(file, "blank", None, key, str(text)))
        elif name == "label" and not _is_label(text):
            problems.append(Problem(file, "gap", None, key, text))


def _is_label(text: str) -> bool:
    """Whether its only gap is {count}, so that it can be filled."""
    try:
        text.format(count=0)
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return True


def _year(value: object, name: str, file: str, problems: list[Problem]) -> None:
    if not isinstance(value, int) or not FIRST_YEAR <= value <= LAST_YEAR:
        details = {"first_year": FIRST_YEAR, "last_year": LAST_YEAR}
        problems.append(Problem(file, "year", None, name, "" if value is None else str(value), details))


def _sources(ids: object, name: str, file: str, problems: list[Problem], known: Collection[str]) -> None:
    if not isinstance(ids, list) or not ids or not all(isinstance(source, str) and source in known for source in ids):
        value = "" if ids is None else str(ids)
        problems.append(Problem(file, "reference", None, name, value, {"table": "sources"}))
