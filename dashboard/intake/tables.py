"""Tables of the data folder, read and written back with every column that somebody keeps in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.intake.spreadsheet import read_grid

# the folder's own files were loaded and found good before; this is no limit but a guard
MOST_BYTES = 2_000_000_000


def read_keeping(path: Path) -> pd.DataFrame:
    """A CSV file as text, all its columns, "" where blank; headings in small letters, as the schema has them."""
    grid = read_grid(path, most_bytes=MOST_BYTES, is_ours=True)
    body = grid.below(1)
    keep = np.any([column.codes > 0 for column in body.columns], axis=0)
    body = body.rows_where(keep)
    columns = {}
    for at, heading in enumerate(grid.head[0]):
        values = pd.Index(list(body.columns[at].values), dtype=object)
        columns[heading.strip().casefold() or f"column {at + 1}"] = values.take(body.columns[at].codes).to_numpy()
    return pd.DataFrame(columns, dtype=object)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """A CSV file in UTF-8, in place of what was there."""
    new = path.with_suffix(".new")
    table.to_csv(new, index=False, lineterminator="\n", encoding="utf-8")
    new.replace(path)
