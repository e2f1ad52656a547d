"""Whole lists as files: all rows, with what they rest on; a shortlist of a browser; too many rows for a workbook."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.context import AppContext
from dashboard.exports.lists import LISTS
from dashboard.filters import parse
from dashboard.metrics.registry import entries
from dashboard.metrics.research import questions_table
from tests.unit.exports.reading import csv_rows, sheets

KEPT = [{"us": "Omaha, NE", "abroad": "=Herat()", "score": 71, "why": "Size 0.9; opening 1", "more": "left out"}]


@pytest.mark.parametrize("query", ["", "?basis=documented", "?region=Western+Asia"])
def test_the_registry_has_every_row_with_its_sources(client: FlaskClient, app_context: AppContext, query: str) -> None:
    found = entries(app_context.dataset, parse(query, app_context.choices).selection)
    reply = client.get(f"/export/registry.xlsx{query}")
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="ipi-registry_')
    book = sheets(reply.data)
    assert list(book) == ["Data", "About", "Sources"]
    head, *rows = book["Data"]
    assert [row[head.index("Id")] for row in rows] == [each.id for each in found]
    assert [row[head.index("Start year")] for row in rows] == [each.start_year for each in found]
    known = {row[3] for row in book["Sources"][1:]}
    assert all(known >= set(row[head.index("Source ids")].split(";")) for row in rows)
    assert any("not-yet-identified" in row[0] for row in rows) == (query != "?basis=documented")
    plain = csv_rows(client.get(f"/export/registry.csv{query}").data)
    assert [row["id"] for row in plain] == [each.id for each in found]


def test_everything_is_all_rows_whatever_is_filtered(client: FlaskClient, app_context: AppContext) -> None:
    reply = client.get("/export/everything.xlsx?region=Western+Asia")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="ipi-partnerships.xlsx"'
    head, *rows = sheets(reply.data)["Data"]
    assert {row[0] for row in rows} == set(app_context.dataset.partnerships["id"])
    assert sum("yes" in row[head.index("Counted by")] for row in rows) == 94


@pytest.mark.parametrize("name", [name for name in LISTS if name != "everything"])
def test_every_list_says_what_it_is(client: FlaskClient, name: str) -> None:
    book = sheets(client.get(f"/export/{name}.xlsx?region=Western+Asia").data)
    about = dict(row[:2] for row in book["About"][1:])
    assert "Western Asia" in about["Selection"] and about["Data collected"] and "/" in about["See it at"]
    assert len(book["Data"]) > 5 and len(book["Sources"]) > 5


def test_the_work_list_is_all_that_is_open(client: FlaskClient, app_context: AppContext) -> None:
    found = questions_table(app_context.dataset, parse("", app_context.choices).selection)
    assert len(sheets(client.get("/export/questions.xlsx").data)["Data"]) == len(found) + 1


def test_a_shortlist_becomes_a_workbook(client: FlaskClient) -> None:
    reply = client.post("/export/shortlist.xlsx", data=json.dumps(KEPT))
    book = openpyxl.load_workbook(io.BytesIO(reply.data))
    cells = book["Data"][2]
    assert [cell.value for cell in cells] == ["Omaha, NE", "=Herat()", 71, "Size 0.9; opening 1"]
    assert [cell.data_type for cell in cells] == ["s", "s", "n", "s"]
    assert [cell.quotePrefix for cell in cells] == [False, True, False, False], "no formula, once it was edited either"
    assert "GeoNames" in str([[cell.value for cell in row] for row in book["Sources"].rows])


@pytest.mark.parametrize(
    "bad", [b"", b"{}", b"[]", b"[1]", b'[{"us": ["x"]}]', b'[{"us": "' + b"x" * 3000 + b'"}]', b"\xff"]
)
def test_what_is_no_shortlist_is_refused_in_words(client: FlaskClient, bad: bytes) -> None:
    reply = client.post("/export/shortlist.xlsx", data=bad)
    assert reply.status_code == 400
    assert "no shortlist" in reply.text


def test_too_many_rows_for_a_workbook_are_offered_as_csv(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.http.files.MOST_XLSX_ROWS", 50)
    reply: Any = client.get("/export/registry.xlsx?region=Western+Asia&basis=documented")
    assert reply.status_code == 413
    assert "/export/registry.csv?basis=documented&region=Western+Asia" in reply.text
    assert client.get("/export/registry.csv?basis=documented").is_streamed


@pytest.mark.parametrize(
    ("file", "query"),
    [
        ("map", "?country=TUR"),
        ("registry", "?find=تركيا"),
        ("board", "?find-board=تركيا"),
        ("questions", "?basis=documented&find-questions=تركيا"),
    ],
)
def test_a_csv_file_has_the_names_of_the_data_whatever_the_language(client: FlaskClient, file: str, query: str) -> None:
    rows = csv_rows(client.get(f"/export/{file}.csv{query}&lang=ar").data)
    assert {row["country"] for row in rows} == {"Türkiye"}
    in_english = query.replace("تركيا", "Türkiye")
    found = csv_rows(client.get(f"/export/{file}.csv{in_english}").data)
    assert sorted(map(str, rows)) == sorted(str(row) for row in found if row["country"] == "Türkiye")
    # a workbook is read by people: it follows the page
    book = sheets(client.get(f"/export/{file}.xlsx{query}&lang=ar").data)
    cells = {cell for row in book["البيانات"] for cell in row}
    assert "تركيا" in cells and "Türkiye" not in cells
