"""CSV: the tidy table with the names of docs/page.md, and in two more columns what it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import cells_of, safe

# the byte-order mark, by which Excel knows UTF-8 and shows Arabic and Turkish letters as they are
BYTE_ORDER_MARK = "\ufeff"
ROWS_AT_ONCE = 500


def csv_lines(bundle: Bundle) -> Iterator[str]:
    """The file in pieces of some hundred rows. The last two columns, basis and source, are the same in every row, so
    that a row copied elsewhere keeps them; invented answers say SAMPLE there."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BYTE_ORDER_MARK)
    writer.writerow([*bundle.table.columns, "basis", "source"])
    rests_on = [safe(bundle.basis), safe(bundle.source_line)]
    columns = [cells_of(bundle.table[name]) for name in bundle.table.columns]
    for at, cells in enumerate(zip(*columns, strict=True), start=1):
        writer.writerow([*map(safe, cells), *rests_on])
        if at % ROWS_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def csv_file(bundle: Bundle) -> bytes:
    """The whole file."""
    return "".join(csv_lines(bundle)).encode("utf-8")


def _taken(text: io.StringIO) -> str:
    taken = text.getvalue()
    text.seek(0)
    text.truncate()
    return taken
