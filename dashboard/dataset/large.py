"""Large plain tables to columns without a Python text for each cell: bytes are cut and told apart in arrays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.dataset.compact import WIDEST, WORD, ShortTexts, told_apart

# so many bytes are cut at once
PIECE = 1_000_000
# cells of a column whose widest is wider are taken one by one, for arrays are as wide everywhere as at their widest
WIDE = 64
# where the second piece has a new value in one of so many cells or more, as ids do, a column is kept as it is
NEW_IN = 5
COMMA, NEWLINE = b",\n"
BOM = b"\xef\xbb\xbf"
# a quote may hide a comma, and other programs end lines with a return; such files are read row by row
UNPLAIN = (b'"', b"\r", b"\0")
BLANKS = np.isin(np.arange(256), list(b" \t\n\v\f\r\x1c\x1d\x1e\x1f"))
# by how many bytes of a number are kept: all of the others are 0
FIRST_BYTES = np.array([b"\xff" * kept + bytes(WORD - kept) for kept in range(WORD + 1)], dtype="S8").view(np.uint64)


def large_columns(path: Path, names: tuple[str, ...]) -> dict[str, pd.Series] | None:
    """The columns of these names, stripped texts: as categories, as `ShortTexts` where most cells of a column differ
    and are short and plain, as str where they are not. None where the file is not plain: UTF-8, commas, no quotes,
    in each row as many cells as in the header and one that is not blank."""
    with path.open("rb") as file:
        header = file.readline().removeprefix(BOM)
        if any(mark in header for mark in UNPLAIN):
            return None
        known = header.decode("utf-8", "replace").rstrip("\n").split(",")
        if len(set(known)) != len(known) or not set(names) <= set(known):
            return None
        columns = {name: Column() for name in names}
        for piece in _pieces(iter(lambda: file.read(PIECE), b"")):
            if any(mark in piece for mark in UNPLAIN):
                return None
            bounds = _bounds(piece, len(known))
            if bounds is None:
                return None
            starts, ends = bounds
            try:
                piece.decode()
            except UnicodeDecodeError:
                return None
            for name, column in columns.items():
                at = known.index(name)
                column.add(piece, starts[:, at], ends[:, at])
    return {name: column.done() for name, column in columns.items()}


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of whole lines."""
    rest = b""
    for chunk in chunks:
        head, newline, tail = chunk.rpartition(b"\n")
        if newline:
            yield rest + head + newline
            rest = tail
        else:
            rest += chunk
    if rest:
        yield rest + b"\n"


def _bounds(piece: bytes, width: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Where each cell begins and ends, shape (rows, columns); None where a row has more or fewer cells, or none that
    says anything."""
    marks = np.frombuffer(piece, np.uint8)
    found = np.flatnonzero((marks == COMMA) | (marks == NEWLINE))
    if len(found) % width:
        return None
    starts = np.concatenate([[0], found[:-1] + 1]).reshape(-1, width)
    ends = found.reshape(-1, width)
    kinds = marks[ends]
    if (kinds[:, -1] != NEWLINE).any() or (kinds[:, :-1] != COMMA).any():
        return None
    # a row without a cell has as many bytes as marks; one of spaces has few more
    short = np.flatnonzero(ends[:, -1] - starts[:, 0] < 2 * width)
    if any(
        not piece[starts[row, 0] : ends[row, -1]].replace(b",", b"").decode("utf-8", "replace").strip()
        for row in short.tolist()
    ):
        return None
    return starts, ends


class Column:
    """The cells of one column, piece by piece."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.codes: list[np.ndarray] = []
        # all pieces of a column whose cells differ; of others the first alone, until it is known
        self.blocks: list[np.ndarray] = []
        self.is_differing = False

    def add(self, piece: bytes, starts: np.ndarray, ends: np.ndarray) -> None:
        """The next cells: what stands between these places."""
        block = _block(piece, starts, ends)
        if len(self.codes) < 2:
            self.blocks.append(block)
        if self.is_differing:
            return
        codes, first = told_apart(block)
        before = len(self.places)
        known = [self.places.setdefault(text, len(self.places)) for text in _texts(block[first])]
        self.codes.append(np.array(known, dtype=np.int32)[codes])
        if len(self.codes) == 2:
            self.is_differing = NEW_IN * (len(self.places) - before) >= len(codes)
            self.codes, self.blocks = ([], self.blocks) if self.is_differing else (self.codes, [])

    def done(self) -> pd.Series:
        """All of them."""
        if self.is_differing and all(map(_is_plain, self.blocks)):
            return pd.Series(ShortTexts(np.concatenate(self.blocks)), copy=False)
        if self.is_differing:
            return pd.Series([text for block in self.blocks for text in _texts(block)], dtype=str)
        codes = np.concatenate(self.codes) if self.codes else np.zeros(0, dtype=np.int32)
        values = pd.Index(list(self.places), dtype=str)
        return pd.Series(pd.Categorical.from_codes(codes, categories=values), copy=False)


def _block(piece: bytes, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Cells as bytes of one width, filled up with zeros; of a column with wide cells as objects."""
    widths = ends - starts
    widest = int(widths.max(initial=0))
    if widest > WIDE:
        cells = [piece[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return np.array(cells, dtype=object)
    # as whole numbers of eight bytes, with what follows a cell cut off
    words = max(-(-widest // WORD), 1)
    marks = piece + bytes(WORD * words)
    numbers = np.ndarray(len(marks) - WORD + 1, np.uint64, marks, strides=(1,))
    block = np.empty((len(starts), words), np.uint64)
    for at in range(words):
        kept = widths if words == 1 else np.clip(widths - WORD * at, 0, WORD)
        block[:, at] = numbers[starts + WORD * at] & FIRST_BYTES[kept]
    return block.view(f"S{WORD * words}").ravel()


def _texts(cells: np.ndarray) -> list[str]:
    return [cell.decode().strip() for cell in cells.tolist()]


def _is_plain(block: np.ndarray) -> bool:
    """Whether cells are short, in ASCII, and have nothing to strip."""
    if block.dtype == object or block.itemsize > WIDEST:
        return False
    marks = block.view(np.uint8).reshape(len(block), block.itemsize)
    last = marks[np.arange(len(block)), np.maximum((marks != 0).sum(axis=1) - 1, 0)]
    return bool((marks < 128).all() and not BLANKS[marks[:, 0]].any() and not BLANKS[last].any())
