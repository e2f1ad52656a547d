"""Whole lists to take away: `/export/registry`, `/export/board`, `/export/questions`, as CSV and XLSX with the query
of their page; and `POST /export/shortlist.xlsx` with what a browser kept."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.callbacks.downloads import BAD, TOO_LARGE, body_of, download, sentence
from dashboard.exports.lists import LISTS, MOST_XLSX_ROWS, list_bundle, shortlist_bundle
from dashboard.filters import parse, to_query
from dashboard.frames import House

MOST_SHORTLIST_KB = 900


def list_file(house: House, name: str, kind: str) -> Response:
    """One of `LISTS`. A workbook of too many rows is refused, with the way to the CSV, which streams."""
    selection = parse(request.query_string.decode("utf-8", "replace"), house.choices).selection
    query = to_query(selection.without_year(), house.choices)
    root = request.host_url.rstrip("/")
    bundle = list_bundle(house, name, selection, address=root + LISTS[name].page + query)
    rows = len(bundle.table)
    if kind == "xlsx" and rows > MOST_XLSX_ROWS:
        instead = f"{root}/export/{name}.csv{query}"
        text = house.words("files.too_many_rows", rows=f"{rows:,}", most=f"{MOST_XLSX_ROWS:,}", address=instead)
        return sentence(text, TOO_LARGE)
    return download(body_of(bundle, kind), bundle.stem, kind)


def serve_shortlist(server: Flask, current: Callable[[], House]) -> None:
    """Adds the address that makes a workbook of a shortlist; nothing of it is kept."""

    @server.post("/export/shortlist.xlsx")
    def shortlist() -> Response:
        house = current()
        request.max_content_length = MOST_SHORTLIST_KB * 1000
        if (request.content_length or 0) > request.max_content_length:
            return sentence(house.words("files.no_shortlist"), TOO_LARGE)
        try:
            kept = request.get_json(force=True, silent=True)
            bundle = shortlist_bundle(house, kept, address=request.host_url.rstrip("/") + "/opportunities")
        except ValueError:
            return sentence(house.words("files.no_shortlist"), BAD)
        return download(body_of(bundle, "xlsx"), bundle.stem, "xlsx")
