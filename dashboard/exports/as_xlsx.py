"""XLSX: a sheet of data as the table tab shows it, a sheet that says what it is, a sheet of sources."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dashboard.charts.bundle import Bundle
from dashboard.charts.cells import DIFFERENCES, SHARES, Cell, cell_text, cells_of, safe
from dashboard.strings import Catalog, without_isolates

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

# texts stay texts: no formulas, no links, no numbers out of texts; rows are written as they come, so that a file of
# 100,000 rows needs no more memory than one of ten
OPTIONS = {
    "in_memory": False,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROWEST, WIDEST, ABOUT_WIDTH = 9, 46, 100
SEEN_FOR_WIDTH = 200
WRAPPED = {"text_wrap": True, "valign": "top"}
# keeps a text that begins like a formula a text, also after somebody has edited the cell; unlike an apostrophe in the
# text it is not shown
QUOTED = {"quote_prefix": True}


def xlsx_file(bundle: Bundle) -> bytes:
    """The whole file. Sheets: data, About, sources, named in the language of the bundle."""
    # a folder of its own: on a full disk xlsxwriter leaves behind what it had begun
    with tempfile.TemporaryDirectory(prefix="ipi-") as place:
        return _file(bundle, place)


def _file(bundle: Bundle, place: str) -> bytes:
    from xlsxwriter.workbook import Workbook

    file = io.BytesIO()
    book = Workbook(file, {**OPTIONS, "tmpdir": place})
    try:
        _write_sheets(book, bundle)
        book.close()
    finally:
        # on a full disk rows stay in an open file, which takes the room although it is deleted
        for sheet in book.worksheets():
            with suppress(OSError):
                sheet.row_data_fh.close()
    return file.getvalue()


def _write_sheets(book: Workbook, bundle: Bundle) -> None:
    t = bundle.t
    said = {"title": bundle.headline, "comments": bundle.source_line, "author": t("app.organisation")}
    book.set_properties({name: without_isolates(text) for name, text in said.items()})
    _data(book, bundle)
    _rows(
        book,
        t,
        t("files.sheet.about"),
        [t("files.about.label"), t("files.about.text")],
        bundle.about,
        [24, ABOUT_WIDTH],
    )
    titles = [t(f"files.source.{name}") for name in ("title", "kind", "address", "id")]
    cited = [(each.title, t(f"panel.source_type_{each.kind}"), each.address, each.id) for each in bundle.sources]
    if not cited:
        cited = [(bundle.source_line, "", "", "")]
    _rows(book, t, t("files.sheet.sources"), titles, cited, [ABOUT_WIDTH, 12, 60, 20])


def _data(book: Workbook, bundle: Bundle) -> None:
    """Numbers as numbers, shares as percentages; a row at the top says SAMPLE where answers are invented."""
    sheet = _sheet(book, bundle.t("files.sheet.data"), bundle.t)
    percent = book.add_format({"num_format": "0%"})
    formats = [percent if column.name in SHARES | DIFFERENCES else None for column in bundle.columns]
    columns = [
        [_for_people(name, cell, bundle.t) for cell in cells_of(bundle.table[name])]
        for name in (column.name for column in bundle.columns)
    ]
    for at, (column, cells) in enumerate(zip(bundle.columns, columns, strict=True)):
        sheet.set_column(at, at, _width(column.title, cells), formats[at])
    top = 0
    if bundle.is_sample:
        sheet.write_string(0, 0, without_isolates(bundle.source_line), book.add_format({"bold": True}))
        top = 1
    _head(book, sheet, [column.title for column in bundle.columns], top)
    quoted = book.add_format(QUOTED)
    for row, line in enumerate(zip(*columns, strict=True), start=top + 1):
        for at, cell in enumerate(line):
            _write(sheet, row, at, cell, quoted=quoted)
    if len(bundle.table):
        sheet.autofilter(top, 0, top + len(bundle.table), len(bundle.columns) - 1)


def _for_people(column: str, cell: Cell, t: Catalog) -> Cell:
    """The cell for a person's spreadsheet: numbers stay numbers, words are those of the table tab, what is not there
    is blank (the column "Shown" says why)."""
    if cell is None or isinstance(cell, int | float):
        return cell
    return without_isolates(cell_text(column, cell, t))


def _rows(
    book: Workbook, t: Catalog, name: str, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    sheet = _sheet(book, name, t)
    wrapped = book.add_format(WRAPPED)
    quoted = book.add_format({**WRAPPED, **QUOTED})
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    _head(book, sheet, titles, 0)
    for row, cells in enumerate(rows, start=1):
        for at, cell in enumerate(cells):
            text = without_isolates(cell)
            sheet.write_string(row, at, text, quoted if safe(text) != text else wrapped)


def _sheet(book: Workbook, name: str, t: Catalog) -> Any:
    """A new sheet, whose first column is at the right where one reads from there."""
    sheet = book.add_worksheet(name)
    if t.is_from_right:
        sheet.right_to_left()
    return sheet


def _head(book: Workbook, sheet: Any, titles: Sequence[str], row: int) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for at, title in enumerate(titles):
        sheet.write_string(row, at, title, bold)
    sheet.freeze_panes(row + 1, 0)


def _write(sheet: Any, row: int, at: int, cell: Cell, *, quoted: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, cell, quoted if safe(cell) != cell else None)
    elif cell is not None:
        sheet.write_number(row, at, cell)


def _width(title: str, cells: Sequence[Cell]) -> int:
    texts = [len(cell) for cell in cells[:SEEN_FOR_WIDTH] if isinstance(cell, str)]
    return min(max([len(title) + 2, NARROWEST, *(length + 1 for length in texts)]), WIDEST)
