"""Workbooks to fill in: partnerships and survey answers, with lists to choose codes from and a sheet that explains."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
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
    bodies = {folder / name: body for name, body in templates(dataset, t).items()}
    for path in bodies:
        if path.exists():
            raise FileExistsError(str(path))
    folder.mkdir(parents=True, exist_ok=True)
    for path, body in bodies.items():
        try:
            path.write_bytes(body)
        except OSError:
            # half a workbook would stand in the way of the next try
            path.unlink(missing_ok=True)
            raise
    return list(bodies)


def templates(dataset: Dataset, t: Catalog) -> dict[str, bytes]:
    """Both workbooks, by the names of their files."""
    codebook = dataset.tables["codebook"]
    countries, states = dataset.countries["name"].sort_values().tolist(), dataset.tables["us_states"]["state"].tolist()
    choices = {column.name: list(column.choices) for column in PARTNERSHIPS.columns if column.choices}
    partnerships = {"country_iso3": countries, "us_state": states, **choices}
    survey = {
        "respondent": [],
        "question": list(dict.fromkeys(codebook["question"])),
        "option": list(dict.fromkeys(codebook["option"])),
        "answer": ["yes", "no"],
        "country": countries,
        "us_state": states,
    }
    return {
        "partnerships-template.xlsx": _workbook("Partnerships", ASKED_FOR, partnerships, t("template.partnerships")),
        "survey-template.xlsx": _workbook("Answers", tuple(survey), survey, t("template.survey")),
    }


def _workbook(title: str, columns: Sequence[str], lists: Mapping[str, list[str]], explained: str) -> bytes:
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
            if lists.get(column):
                hidden.write_column(0, at, lists[column])
                letter = chr(65 + at)
                source = f"={LISTS}!${letter}$1:${letter}${len(lists[column])}"
                # a spelling that is not in the list is warned of, not refused: the import understands many
                sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "error_type": "warning"})
        notes.set_column(0, 0, 100)
        for at, line in enumerate(explained.split("\n")):
            notes.write_string(at, 0, line)
    return file.getvalue()
