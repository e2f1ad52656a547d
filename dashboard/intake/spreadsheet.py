"""Any file that may be read, as a Grid."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dashboard.intake.files import TEXT, WORKBOOK, Found, look_at, refused, tables_in
from dashboard.intake.grid import Grid
from dashboard.intake.text_file import Progress, read_text
from dashboard.intake.workbook import read_workbook, sheets_of

BAR = 30
# of each sheet so many rows tell what it holds, and of a workbook so many sheets are looked at
SHEET_HEAD, MOST_SHEETS = 300, 20


def no_progress(_part: float) -> None:
    """Shows nothing."""


def progress_bar(label: str, out: TextIO | None = None) -> Progress:
    """A bar on a terminal (the error output), redrawn when it grew; nothing where the output is a file."""
    out = out or sys.stderr
    if not out.isatty():
        return no_progress
    drawn = [-1]

    def show(part: float) -> None:
        part = min(part, 1.0)
        percent = int(100 * part)
        if percent != drawn[0]:
            drawn[0] = percent
            full = int(BAR * part)
            out.write(f"\r{label} [{'#' * full}{'.' * (BAR - full)}] {percent:3d} %")
            out.write("\n" if percent == 100 else "")
            out.flush()

    return show


Fit = Callable[[Grid], int]


@dataclass(frozen=True)
class HowToRead:
    """What a person has said of a file: the sheet of a workbook, the row its header begins in (counted from 1), what
    parts the cells of a text, the tool that wrote it (import.tool.… of the catalogue). "" and None: as it is found."""

    sheet: str = ""
    header_row: int | None = None
    separator: str = ""
    tool: str = ""


AS_FOUND = HowToRead()


def read_grid(
    path: Path,
    *,
    most_bytes: int,
    progress: Progress = no_progress,
    told: HowToRead = AS_FOUND,
    fit: Fit | None = None,
    is_first_enough: bool = False,
) -> Grid:
    """The table of a file, also of one in a ZIP. Of a workbook with several visible sheets the one that was named, else
    the one that `fit` finds most in (of its first rows), else the first. Raises BadData where two fit as well, unless
    `is_first_enough`."""
    found = look_at(path, most_bytes=most_bytes)
    with tables_in(found, most_bytes=most_bytes) as tables:
        grids = [
            read_text(table, progress, told.separator)
            if table.kind == TEXT
            else _read_sheet(table, progress, told.sheet, fit, is_first_enough=is_first_enough)
            for table in tables
        ]
    if len(grids) == 1 or fit is None:
        return grids[0]
    # of the tables of a ZIP the one that holds what is looked for; a tool may put a summary beside it
    fitting = [grid for grid in grids if fit(grid)]
    if len(fitting) != 1:
        raise refused(found.name, "several_tables", tables=", ".join(grid.name for grid in fitting or grids))
    return fitting[0]


def sheets_in(path: Path, *, most_bytes: int) -> list[str]:
    """The visible sheets of a workbook, also of one in a ZIP; none of anything else. Raises BadData as reading does."""
    with tables_in(look_at(path, most_bytes=most_bytes), most_bytes=most_bytes) as tables:
        return [name for table in tables if table.kind == WORKBOOK for name in sheets_of(table)]


def _read_sheet(found: Found, progress: Progress, sheet: str, fit: Fit | None, *, is_first_enough: bool) -> Grid:
    """The sheet of a workbook that fits best. Raises BadData where two fit, and none is named: both may hold answers of
    the same people, and nothing here can tell."""
    if not sheet and fit and len(names := sheets_of(found)[:MOST_SHEETS]) > 1:
        fits = {name: fit(read_workbook(found, no_progress, sheet=name, most_rows=SHEET_HEAD)) for name in names}
        best = [name for name in names if fits[name] and fits[name] == max(fits.values())]
        if len(best) > 1 and not is_first_enough:
            raise refused(found.name, "several_sheets", sheets=", ".join(best))
        sheet = best[0] if best else ""
    return read_workbook(found, progress, sheet=sheet)
