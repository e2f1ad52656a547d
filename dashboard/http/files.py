"""Files to take away, as plain requests: a link can be opened, saved and sent on.

`/export/<chart>.csv` and `.xlsx`, `/export/<page>.pptx` ("view" is the overview) and `.sources.json`, each with the
query of the page; `/export/report.docx`; whole lists by the same addresses, with the query of theirs; `POST
/export/shortlist.xlsx` with what a browser kept. All are in the language of the request but for CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from flask import Blueprint, Response, jsonify, request

from dashboard.charts import CHARTS, Chart, View
from dashboard.charts.file_names import filename
from dashboard.context import AppContext
from dashboard.exports import Bundle, bundle_of
from dashboard.exports.lists import LISTS, MOST_XLSX_ROWS, list_bundle, shortlist_bundle
from dashboard.exports.pictures import is_png
from dashboard.filters import parse, to_query
from dashboard.metrics.sources import sources
from dashboard.strings import FIRST_LANGUAGE

VIEW = "view"
KINDS = ("csv", "xlsx")
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
MOST_PICTURE_MB = 8
MOST_SHORTLIST_KB = 900
SHORTLIST_PAGE = "/opportunities"
BAD, NOT_FOUND, TOO_LARGE = 400, 404, 413


class PagesWithCharts(Protocol):
    """What files need to know of the pages."""

    def charts(self, page: str, key: str) -> Sequence[str]:
        """The charts of a page, by its id, with what its path says behind it ("": nothing). () where it shows none, or
        there is none."""

    def path(self, chart: str) -> str:
        """The path of the first page that has a chart."""

    def address(self, path: str) -> str:
        """The whole address of a path, as others can ask for it."""


def file_routes(current_context: Callable[[], AppContext], pages: PagesWithCharts) -> Blueprint:
    """All addresses below `/export/`. `current_context` gives the data of the request."""
    routes = Blueprint("files", __name__, url_prefix="/export")

    @routes.get("/<chart>.<kind>")
    def file_of_chart(chart: str, kind: str) -> Response:
        """One chart, or one list, as a file; a word about what there is where there is no such thing."""
        context = current_context()
        t = context.t
        if chart in LISTS and kind in KINDS:
            return _file_of_list(context, chart, kind, pages)
        if chart not in CHARTS:
            return sentence(t("files.unknown_chart", name=chart[:40], known=t.listing(list(CHARTS))), NOT_FOUND)
        if kind not in KINDS:
            return sentence(t("files.unknown_kind", kind=kind[:40], known=t.listing(KINDS)), NOT_FOUND)
        context = _language_of(kind, context)
        view, year = _asked(context)
        bundle = _bundle(context, CHARTS[chart], view, year, pages)
        return download(body_of(bundle, kind), bundle.filename, kind)

    @routes.route("/<name>.pptx", methods=["GET", "POST"])
    def slides(name: str) -> Response:
        """A page as slides. A browser posts the picture of the map (image/png); without one, its slide has bars."""
        from dashboard.exports.as_pptx import pptx_file

        context = current_context()
        t = context.t
        view, year = _asked(context)
        charts = _charts(pages, name, view.key)
        if not charts:
            return sentence(t("files.unknown_page", name=name[:40]), NOT_FOUND)
        if not _is_at_most(MOST_PICTURE_MB * 1_000_000):
            return sentence(t("files.picture_too_large", most=MOST_PICTURE_MB), TOO_LARGE)
        png = request.get_data()
        if png and not is_png(png):
            return sentence(t("files.not_a_picture"), BAD)
        bundles = [_bundle(context, chart, view, year, pages) for chart in charts]
        file = pptx_file(bundles, pictures={chart.id: png for chart in charts if png and chart.slide.is_pictured})
        return download(file, filename(name, view, year, is_sample=any(each.is_sample for each in bundles)), "pptx")

    @routes.get("/report.docx")
    def report() -> Response:
        """The report of the query as a Word file."""
        from dashboard.report.as_docx import docx_file
        from dashboard.report.contents import address_of, build_report, paper_of

        context = current_context()
        selection = parse(request.query_string.decode("utf-8", "replace"), context.choices).selection
        made = build_report(context, selection, address=pages.address(address_of(context, selection)))
        return download(docx_file(made, context.t, paper_of(selection)), made.filename, "docx")

    @routes.get("/<name>.sources.json")
    def cited(name: str) -> Response:
        """Titles and addresses of the sources of a page, for its last sheet on paper."""
        view, _ = _asked(current_context())
        ids = [source for chart in _charts(pages, name, view.key) for source in chart.sources(view)]
        return jsonify([{"title": each.title, "address": each.address} for each in sources(view.dataset, ids)])

    @routes.post("/shortlist.xlsx")
    def shortlist() -> Response:
        """A workbook of what a browser kept; nothing of it is kept here."""
        context = current_context()
        if not _is_at_most(MOST_SHORTLIST_KB * 1000):
            return sentence(context.t("files.no_shortlist"), TOO_LARGE)
        try:
            kept = request.get_json(force=True, silent=True)
            bundle = shortlist_bundle(context, kept, address=pages.address(SHORTLIST_PAGE))
        except ValueError:
            return sentence(context.t("files.no_shortlist"), BAD)
        return download(body_of(bundle, "xlsx"), bundle.filename, "xlsx")

    @routes.get("/<path:_other>")
    def no_such_file(_other: str) -> Response:
        """Everything else."""
        return sentence(current_context().t("app.not_found"), NOT_FOUND)

    return routes


def _file_of_list(context: AppContext, name: str, kind: str, pages: PagesWithCharts) -> Response:
    """One of `LISTS`. A workbook of too many rows is refused, with the way to the CSV, which streams."""
    selection = parse(request.query_string.decode("utf-8", "replace"), context.choices).selection
    query = to_query(selection.without_year(), context.choices)
    # what was looked for was typed in the language of the page
    address, found_in = pages.address(LISTS[name].page + query), context.dataset
    bundle = list_bundle(_language_of(kind, context), name, selection, address=address, found_in=found_in)
    rows = len(bundle.table)
    if kind == "xlsx" and rows > MOST_XLSX_ROWS:
        instead = pages.address(f"/export/{name}.csv{query}")
        t = context.t
        text = t("files.too_many_rows", rows=t.in_groups(rows), most=t.in_groups(MOST_XLSX_ROWS), address=instead)
        return sentence(text, TOO_LARGE)
    return download(body_of(bundle, kind), bundle.filename, kind)


def _language_of(kind: str, context: AppContext) -> AppContext:
    """In which language a file is: CSV is read by programs, and imported again, so it has the names of the data."""
    return context.in_language(FIRST_LANGUAGE) if kind == "csv" else context


def _asked(context: AppContext) -> tuple[View, int]:
    """The view and the year of the request's query."""
    selection = parse(request.query_string.decode("utf-8", "replace"), context.choices).selection
    view = context.view(selection)
    return view, selection.year if selection.year is not None else view.basis.last_year


def _charts(pages: PagesWithCharts, name: str, key: str) -> list[Chart]:
    return [CHARTS[chart] for chart in pages.charts("overview" if name == VIEW else name, key)]


def _bundle(context: AppContext, chart: Chart, view: View, year: int, pages: PagesWithCharts) -> Bundle:
    address = pages.address(pages.path(chart.id) + to_query(view.selection, context.choices))
    return bundle_of(context, chart, view, year, address=address)


def _is_at_most(size: int) -> bool:
    """Whether the body of the request is that small; none larger is read."""
    request.max_content_length = size
    return (request.content_length or 0) <= size


# ---- replies
def body_of(bundle: Bundle, kind: str) -> bytes | Iterator[bytes]:
    """CSV goes out line by line while it is made; the libraries of other kinds are loaded here, not at the start."""
    if kind == "csv":
        from dashboard.exports.as_csv import csv_lines

        return (line.encode("utf-8") for line in csv_lines(bundle))
    from dashboard.exports.as_xlsx import xlsx_file

    return xlsx_file(bundle)


def download(body: bytes | Iterator[bytes], name: str, kind: str) -> Response:
    """A file to save under its name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-cache"}
    return Response(body, content_type=MIME[kind], headers=headers)


def sentence(text: str, status: int) -> Response:
    """Plain words instead of a file."""
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
