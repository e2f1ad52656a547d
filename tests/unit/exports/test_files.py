"""What every file says beside its numbers: names, sources, SAMPLE, what stays hidden, no formula, the look of slides."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from dashboard.charts import CHARTS, View
from dashboard.charts.file_names import short_basis, slug
from dashboard.context import AppContext
from dashboard.dataset import load
from dashboard.exports import Bundle, bundle_of
from dashboard.exports.as_csv import csv_file, csv_lines
from dashboard.exports.as_pptx import pptx_file
from dashboard.exports.as_xlsx import xlsx_file
from dashboard.exports.pictures import is_png
from dashboard.filters import parse
from dashboard.strings import ISOLATES, Catalog
from tests.conftest import Edit
from tests.unit.exports.reading import (
    VIEWS,
    ViewOf,
    bundle,
    charts_of,
    csv_rows,
    sheets,
    slides,
    texts,
    workbook,
)

HIDDEN = "?sample=1&state=TX"


def png(width: int = 40, height: int = 20) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def everything(app_context: AppContext, view_of: ViewOf) -> Callable[[str], list[Bundle]]:
    return lambda query: [bundle(app_context, view_of, name, query) for name in CHARTS]


@pytest.mark.parametrize(
    ("what", "query", "name"),
    [
        ("growth", "?region=Western+Asia&year=2005", "ipi-growth_sci_western-asia_2005"),
        ("map", "?map=links&basis=documented", "ipi-map-links_documented_2026"),
        ("countries", "?country=TUR", "ipi-countries_sci_turkiye_2007"),
        ("countries", "?country=CIV&state=TX", "ipi-countries_sci_cote-d-ivoire_tx_2007"),
        ("map", "?region=Central+Asia&region=Western+Asia", "ipi-map_sci_western-asia+central-asia_2007"),
        ("map", "?region=Central+Asia&region=Western+Asia&region=Southern+Asia", "ipi-map_sci_3-regions_2007"),
        ("barriers", "?sample=1", "ipi-barriers_sci_SAMPLE_2007"),
        ("growth", "?sample=1", "ipi-growth_sci_2007"),
    ],
)
def test_files_are_named_for_what_they_hold(
    app_context: AppContext, view_of: ViewOf, what: str, query: str, name: str
) -> None:
    assert bundle(app_context, view_of, what, query).filename == name


@given(st.text(max_size=30))
def test_names_have_letters_that_every_system_takes(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


def test_a_dotless_i_is_an_i() -> None:
    assert slug("Kırıkkale, Şanlıurfa") == "kirikkale-sanliurfa"


def test_a_city_called_like_a_formula_is_a_text_in_every_file(folder: Path, edit: Edit, t: Catalog) -> None:
    evil = "=HYPERLINK(1)"
    edit("partnerships.csv", 2, {"us_community": evil})
    edit("countries.csv", 2, {"name": "@SUM(1)"})
    app_context = AppContext(load(folder), t)

    def view_of(query: str) -> View:
        return app_context.view(parse(query, app_context.choices).selection)

    links = bundle(app_context, view_of, "map", "?map=links&basis=documented")
    assert any("HYPERLINK" in row["pairing"] and row["pairing"][0] == "'" for row in csv_rows(csv_file(links)))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(links)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) and str(cell.value)[0] == "=" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    deck = zipfile.ZipFile(io.BytesIO(pptx_file([bundle(app_context, view_of, "countries", "?basis=documented")])))
    inside = [openpyxl.load_workbook(io.BytesIO(deck.read(name))) for name in deck.namelist() if name.endswith(".xlsx")]
    values = [cell for book in inside for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("SUM" in str(cell.value) for cell in values)
    assert all(cell.data_type != "f" for cell in values)


def test_excel_opens_turkish_letters_right(app_context: AppContext, view_of: ViewOf) -> None:
    file = csv_file(bundle(app_context, view_of, "countries", ""))
    assert file.startswith(b"\xef\xbb\xbf")
    assert "Türkiye" in file.decode("utf-8-sig")


def test_a_long_csv_comes_in_pieces(app_context: AppContext, view_of: ViewOf) -> None:
    made = bundle(app_context, view_of, "growth", "?basis=documented")
    one = csv_file(made)
    assert len(list(csv_lines(made))) == 1 and len(made.table) < 500
    longer = Bundle(**{**vars(made), "table": made.table.take(list(range(len(made.table))) * 5)})
    assert len(list(csv_lines(longer))) > 1
    assert len(csv_rows(csv_file(longer))) == 5 * len(csv_rows(one))


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("name", list(CHARTS))
def test_xlsx_says_what_it_is_and_on_what_it_rests(
    app_context: AppContext, view_of: ViewOf, name: str, query: str
) -> None:
    made = bundle(app_context, view_of, name, query)
    found = workbook(app_context, view_of, name, query)
    assert list(found) == ["Data", "About", "Sources"]
    about = {row[0]: row[1] for row in found["About"]}
    assert about["What it shows"] == made.headline
    assert about["Data collected"] == "2026-11-28"
    assert about["Year"] == str(made.year)
    assert {"Selection", "Basis", "How it is counted", "Sources"} <= about.keys()
    cited = [row[0] for row in found["Sources"][1:]]
    assert cited == ([each.title for each in made.sources] or [made.source_line])


def test_every_chart_says_how_it_counts(t: Catalog) -> None:
    assert all(f"counted.{name}" in t.texts for name in CHARTS)


def test_sample_answers_say_so_in_every_file(app_context: AppContext, view_of: ViewOf) -> None:
    for query in ("?sample=1", HIDDEN, "?sample=1&year=1990"):
        made = bundle(app_context, view_of, "barriers", query)
        assert "SAMPLE" in made.filename
        assert all("SAMPLE" in row["source"] for row in csv_rows(csv_file(made)))
        for name, rows in sheets(xlsx_file(made)).items():
            assert any("SAMPLE" in str(cell) for row in rows for cell in row), name
        slide = slides(pptx_file([made]))[0]
        assert slide.shapes.title.text_frame.text.startswith("SAMPLE")
        assert "SAMPLE" in slide.notes_slide.notes_text_frame.text
        assert texts(slide).count("SAMPLE") >= 3
    real = bundle(app_context, view_of, "barriers", "")
    assert "SAMPLE" not in csv_file(real).decode() + str(sheets(xlsx_file(real))) + texts(slides(pptx_file([real]))[0])


def test_hidden_cells_stay_hidden_in_every_file(app_context: AppContext, view_of: ViewOf) -> None:
    made = bundle(app_context, view_of, "barriers", HIDDEN)
    assert made.display_state == "hidden"
    for row in csv_rows(csv_file(made)):
        assert [row[name] for name in ("count", "base", "share", "low", "high", "shown")] == [
            "",
            "",
            "",
            "",
            "",
            "hidden",
        ]
    for cells in sheets(xlsx_file(made))["Data"][2:]:
        assert not any(isinstance(cell, int | float) for cell in cells)
    slide = slides(pptx_file([made]))[0]
    assert charts_of(slide) == []
    assert "Too few answered here" in texts(slide)


def test_where_nobody_was_asked_is_not_hidden(app_context: AppContext, view_of: ViewOf) -> None:
    made = bundle(app_context, view_of, "barriers", "?sample=1&state=DC")
    assert made.display_state == "nobody"
    assert {(row["base"], row["count"], row["shown"]) for row in csv_rows(csv_file(made))} == {("0", "", "nobody")}
    said = texts(slides(pptx_file([made]))[0])
    assert "No answers came from here" in said and "Too few" not in said


def test_small_groups_are_counts_in_every_file(app_context: AppContext, view_of: ViewOf) -> None:
    made = next(
        made
        for region in app_context.choices.regions
        if (
            made := bundle(app_context, view_of, "barriers", f"?sample=1&region={region.replace(' ', '+')}")
        ).display_state
        == "counts"
    )
    assert all(row["share"] == "" and row["count"] != "" for row in csv_rows(csv_file(made)))
    slide = slides(pptx_file([made]))[0]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert [int(row[1]) for row in shown[1:]] == list(made.table["count"])
    assert not any("%" in cell for row in shown[1:] for cell in row)


@pytest.mark.parametrize("query", VIEWS)
def test_slides(everything: Callable[[str], list[Bundle]], query: str) -> None:
    made = everything(query)
    deck = Presentation(io.BytesIO(pptx_file(made)))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)
    assert len(deck.slides) == len(made)
    for slide, each in zip(deck.slides, made, strict=True):
        assert slide.shapes.title.text_frame.text == each.headline
        assert each.source_line in texts(slide)
        notes = slide.notes_slide.notes_text_frame.text
        assert each.description in notes
        assert all(source.title in notes for source in each.sources)
        described = [shape._element._nvXxPr.cNvPr.get("descr") for shape in slide.shapes]
        assert each.description in described
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height


def test_the_map_is_the_picture_the_browser_made(app_context: AppContext, view_of: ViewOf) -> None:
    made = bundle(app_context, view_of, "map", "")
    slide = slides(pptx_file([made], pictures={"map": png()}))[0]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture.image.blob == png()
    assert picture._element._nvXxPr.cNvPr.get("descr") == made.description
    assert picture.width / picture.height == pytest.approx(2, rel=0.01)
    assert charts_of(slide) == []


def test_only_pictures_of_a_sensible_size_are_opened() -> None:
    assert is_png(png())
    assert not is_png(png()[:20])
    assert not is_png(b"GIF89a" + png())
    huge = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 100_000, 100_000)
    assert not is_png(huge)


def test_two_counts_of_one_kind_keep_their_year() -> None:
    assert short_basis("sci-2007", ("sci-2007", "documented")) == "sci"
    assert short_basis("sci-2007", ("sci-2007", "sci-2008", "documented")) == "sci-2007"


def test_no_mark_of_direction_is_in_a_cell(app_context: AppContext) -> None:
    arabic = app_context.in_language("ar")
    view = arabic.view(parse("?region=Western+Asia", arabic.choices).selection)
    made = bundle_of(arabic, CHARTS["openings"], view, 2007)
    # whose source names stand in the Arabic line
    assert ISOLATES.search(made.source_line)
    workbook = zipfile.ZipFile(io.BytesIO(xlsx_file(made)))
    files = [csv_file(made), *(workbook.read(name) for name in workbook.namelist())]
    assert not any(ISOLATES.search(each.decode("utf-8")) for each in files)
