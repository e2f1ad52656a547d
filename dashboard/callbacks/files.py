"""Files to take away: `/export/<chart>.csv` and `.xlsx`, `/export/<page>.pptx` ("view" is the overview), each with
the query of the page.

Plain requests, not Dash's: a link can be opened, saved and sent on.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Flask, Response, request

from dashboard.callbacks.downloads import BAD, NOT_FOUND, TOO_LARGE, body_of, download, sentence
from dashboard.callbacks.lists import list_file, serve_shortlist
from dashboard.charts import CHARTS, Chart, View
from dashboard.charts.file_names import stem
from dashboard.exports import bundle_of
from dashboard.exports.lists import LISTS
from dashboard.exports.pictures import is_png
from dashboard.filters import parse, to_query
from dashboard.frames import House
from dashboard.metrics.sources import sources
from dashboard.pages import PAGES

VIEW = "view"
KINDS = ("csv", "xlsx")
MOST_PICTURE_MB = 8


def serve_files(server: Flask, current: Callable[[], House]) -> None:
    """Adds the addresses of files to the server. `current` gives the house of the request."""

    @server.get("/export/<chart>.<kind>")
    def file_of_chart(chart: str, kind: str) -> Response:
        """One chart as a file; a word about what there is where there is no such chart or kind."""
        house = current()
        words = house.words
        if chart in LISTS and kind in KINDS:
            return list_file(house, chart, kind)
        if chart not in CHARTS:
            return sentence(words("files.unknown_chart", name=chart[:40], known=words.listing(list(CHARTS))), NOT_FOUND)
        if kind not in KINDS:
            return sentence(words("files.unknown_kind", kind=kind[:40], known=words.listing(KINDS)), NOT_FOUND)
        view, year = _asked(house)
        bundle = bundle_of(house, CHARTS[chart], view, year, address=_address(house, view, CHARTS[chart]))
        return download(body_of(bundle, kind), bundle.stem, kind)

    @server.route("/export/<name>.pptx", methods=["GET", "POST"])
    def slides(name: str) -> Response:
        """A page as slides. A browser posts the picture of the map (image/png); without one, its slide has bars."""
        from dashboard.exports.as_pptx import pptx_file

        house = current()
        words = house.words
        view, year = _asked(house)
        charts = _charts_of(name, view.key)
        if not charts:
            return sentence(words("files.unknown_page", name=name[:40]), NOT_FOUND)
        request.max_content_length = MOST_PICTURE_MB * 1_000_000
        if (request.content_length or 0) > request.max_content_length:
            return sentence(words("files.picture_too_large", most=MOST_PICTURE_MB), TOO_LARGE)
        png = request.get_data()
        if png and not is_png(png):
            return sentence(words("files.not_a_picture"), BAD)
        bundles = [bundle_of(house, chart, view, year, address=_address(house, view, chart)) for chart in charts]
        file = pptx_file(bundles, pictures={"map": png} if png else {})
        return download(file, stem(name, view, year, is_sample=any(each.is_sample for each in bundles)), "pptx")

    @server.get("/export/<name>.sources.json")
    def cited(name: str) -> Response:
        """Titles and addresses of the sources of a page, for its last sheet on paper."""
        view, _ = _asked(current())
        ids = [source for chart in _charts_of(name, view.key) for source in chart.sources(view)]
        found = [{"title": each.title, "address": each.address} for each in sources(view.dataset, ids)]
        return Response(json.dumps(found, ensure_ascii=False), content_type="application/json; charset=utf-8")

    serve_shortlist(server, current)

    @server.get("/export/<path:_other>")
    def no_such_file(_other: str) -> Response:
        """Everything else."""
        return sentence(current().words("app.not_found"), NOT_FOUND)


def _asked(house: House) -> tuple[View, int]:
    """The view and the year of the request's query."""
    selection = parse(request.query_string.decode("utf-8", "replace"), house.choices).selection
    view = house.view(selection)
    return view, selection.year if selection.year is not None else view.basis.last_year


def _charts_of(page: str, key: str) -> list[Chart]:
    """The charts of a page, by its id; "view" is the first page. [] for a page that shows none, or is none."""
    wanted = PAGES[0].id if page == VIEW else page
    return [CHARTS[chart] for each in PAGES if each.id == wanted for chart in each.figures(key)]


def _address(house: House, view: View, chart: Chart) -> str:
    """Where a chart can be seen: the first page that has it."""
    path = next((page.path for page in PAGES if chart.id in page.contents.charts), PAGES[0].path)
    return request.host_url.rstrip("/") + path + to_query(view.selection, house.choices)
