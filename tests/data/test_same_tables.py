"""What every chart prints at 180 addresses is what it printed when counting was rewritten.

`tests/fixtures/same_tables.xz` has the output of `python -m dashboard table CHART --url ADDRESS`: each different text
once, and by chart and address its position. Where data or a rule is changed on purpose, look at what differs and write
the file anew with `python -m tests.data.test_same_tables`.
"""

from __future__ import annotations

import io
import json
import lzma
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import CHARTS, View, tiles
from dashboard.context import AppContext
from dashboard.counting import rows_at
from dashboard.dataset import load
from dashboard.filters import parse
from dashboard.settings import SHIPPED_DATA
from dashboard.strings import load_catalog

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "same_tables.xz"
TILES = "tiles"


def read() -> tuple[list[str], dict[str, dict[str, int]]]:
    """The texts, and by chart and address which of them is printed."""
    kept = json.loads(lzma.decompress(FIXTURE.read_bytes()))
    return kept["texts"], kept["tables"]


TEXTS, TABLES = read()


def printed(chart: str, view: View) -> str:
    """What the command line prints for a chart of a view."""
    year = view.selection.year if view.selection.year is not None else view.basis.last_year
    if chart == TILES:
        table = rows_at(tiles.table(view), year)
    else:
        drawn = CHARTS[chart]
        table = drawn.shown(drawn.table(view), view, year)
        table = table.assign(note="SAMPLE") if drawn.is_sample(view) else table
    text = io.StringIO()
    pd.DataFrame(table).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()


def view_of(app_context: AppContext, address: str) -> View:
    """The view of an address."""
    return app_context.view(parse(address, app_context.choices).selection)


@pytest.mark.parametrize("chart", TABLES)
def test_every_chart_prints_what_it_did(app_context: AppContext, chart: str) -> None:
    for address, position in TABLES[chart].items():
        assert printed(chart, view_of(app_context, address)) == TEXTS[position], f"table {chart} --url '{address}'"


def test_no_chart_is_missing() -> None:
    assert set(TABLES) == {TILES, *CHARTS}


def write() -> None:
    """Writes the fixture anew, at the same addresses."""
    app_context = AppContext(load(SHIPPED_DATA), load_catalog())
    texts: dict[str, int] = {}
    tables = {
        chart: {
            address: texts.setdefault(printed(chart, view_of(app_context, address)), len(texts))
            for address in TABLES[TILES]
        }
        for chart in (TILES, *CHARTS)
    }
    body = json.dumps({"texts": list(texts), "tables": tables}, ensure_ascii=False, separators=(",", ":"))
    FIXTURE.write_bytes(lzma.compress(body.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    write()
