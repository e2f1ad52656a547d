"""Workbooks to fill in: partnerships and survey answers, with lists to choose codes from and a sheet that explains."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard.dataset.model import Dataset
from dashboard.dataset.schema import PARTNERSHIPS
from dashboard.strings import Catalog

ROWS = 2_000
LISTS = "Lists"
ASKED_FOR = (
    "us_community", "us_state", "partner_community", "country_iso3", "start_year", "known_by", "end_year", "status",
    "kind", "confidence", "source_ids", "note", "id",
)  # fmt: skip


def write_templates(folder: Path, dataset: Dataset, t: Catalog) -> list[Path]:
    """Writes both workbooks into a folder; never over a file that is there. Raises FileExistsError for one that is."""
    paths = [folder / "partnerships-template.xlsx", folder / "survey-template.xlsx"]
    for path in paths:
        if path.exists():
            raise FileExistsError(str(path))
    folder.mkdir(parents=True, exist_ok=True)
    countries, states = dataset.countries, dataset.tables["us_states"]
    codebook = dataset.tables["codebook"]
    choices = {column.name: list(column.choices) for column in PARTNERSHIPS.columns if column.choices}
    lists: dict[str, list[str]] = {
        "country_iso3": countries["name"].sort_values().tolist(),
        "us_state": states["state"].tolist(),
        **choices,
    }
    _workbook(paths[0], "Partnerships", ASKED_FOR, lists, t, "template.partnerships")
    survey_lists = {
        "question": list(dict.fromkeys(codebook["question"])),
        "option": list(dict.fromkeys(codebook["option"])),
        "answer": ["yes", "no"],
        "country": lists["country_iso3"],
        "us_state": lists["us_state"],
    }
    columns = ("respondent", "question", "option", "answer", "country", "us_state")
    _workbook(paths[1], "Answers", columns, survey_lists, t, "template.survey")
    return paths


def _workbook(
    path: Path, title: str, columns: Sequence[str], lists: dict[str, list[str]], t: Catalog, explained: str
) -> None:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head: Any = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text: Any = book.add_format({"num_format": "@"})
        sheet, notes, hidden = book.add_worksheet(title), book.add_worksheet("Read me"), book.add_worksheet(LISTS)
        hidden.hide()
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column, head)
            sheet.set_column(at, at, 34 if column in {"note", "source_ids"} else 18, text)
            if column in lists:
                hidden.write_column(0, at, lists[column])
                letter = chr(65 + at)
                source = f"={LISTS}!${letter}$1:${letter}${len(lists[column])}"
                # a spelling that is not in the list is warned of, not refused: the import understands many
                sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning"})
        notes.set_column(0, 0, 100)
        for at, line in enumerate(t(explained).split("\n")):
            notes.write_string(at, 0, line)
    try:
        path.write_bytes(file.getvalue())
    except OSError:
        # half a workbook would stand in the way of the next try
        path.unlink(missing_ok=True)
        raise
