"""Any file that may be read, as a Grid."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from dashboard.intake.files import WORKBOOK, look_at
from dashboard.intake.grid import Grid
from dashboard.intake.text_file import Progress, read_text
from dashboard.intake.workbook import read_workbook

BAR = 30


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


def read_grid(path: Path, *, most_bytes: int, progress: Progress = no_progress, is_ours: bool = False) -> Grid:
    """The cells of a CSV or XLSX file, all as text. Raises BadData with the reason where it is not to be trusted.

    `is_ours`: a table of the data folder, whose texts were found good before.
    """
    found = look_at(path, most_bytes=most_bytes)
    if found.kind == WORKBOOK:
        return read_workbook(found, progress)
    return read_text(found, progress, is_ours=is_ours)
