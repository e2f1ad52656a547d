"""The report as a Word file: what python-docx reads back of it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from flask.testing import FlaskClient

from dashboard.__main__ import main
from dashboard.context import AppContext
from dashboard.dataset import load
from dashboard.filters import parse
from dashboard.report.as_docx import docx_file
from dashboard.report.contents import build_report
from dashboard.report.model import FigureBlock, Report, TableBlock
from dashboard.strings import Catalog

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def report_of(context: AppContext, query: str) -> Report:
    return build_report(context, parse(query, context.choices).selection)


def text_of(document: Document) -> str:
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "query", ["", "?state=TX", "?state=TX&form=full", "?region=Western+Asia&year=2000&sample=1", "?state=WY"]
)
def test_word_has_headings_tables_and_pictures_with_their_texts(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    document = Document(io.BytesIO(docx_file(report, app_context.t)))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [*(each.heading for each in report.sections), app_context.t("report.section.sources")]
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, FigureBlock)]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [figure.description for figure in figures]
    blocks = [block for section in report.sections for block in section.blocks if isinstance(block, TableBlock)]
    titled = [table for table in document.tables if table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")]
    assert len(titled) == len(blocks)
    for table, block in zip(titled, blocks, strict=True):
        assert [cell.text for cell in table.rows[0].cells][: len(block.columns)] == block.columns
        said = "\n".join(cell.text for cell in table._cells)
        assert all(str(cell) in said for row in block.rows.itertuples(index=False) for cell in row)
        assert len(table._tbl.xpath("./w:tr/w:trPr/w:cantSplit")) == len(table._tbl.tr_lst)
    said = text_of(document)
    assert all(each.title in said for each in report.sources)
    assert all(text in said for pair in report.stamps for text in pair)
    assert app_context.t("report.draft") in said
    assert ("SAMPLE" in said) == report.is_sample
    assert report.section("growth") is None or figures


@pytest.mark.parametrize(("paper", "inches"), [("", (8.5, 11.0)), ("letter", (8.5, 11.0)), ("a4", (8.27, 11.69))])
def test_word_has_the_paper_that_is_asked_for(app_context: AppContext, paper: str, inches: tuple[float, float]) -> None:
    document = Document(io.BytesIO(docx_file(report_of(app_context, "?state=WY"), app_context.t, paper)))
    section = document.sections[0]
    assert (round(section.page_width.inches, 2), round(section.page_height.inches, 2)) == inches
    wide = section.page_width - section.left_margin - section.right_margin
    assert all(sum(cell.width for cell in table.rows[0].cells) <= wide for table in document.tables)


def test_word_makes_its_contents_of_the_headings(app_context: AppContext) -> None:
    report = report_of(app_context, "?state=WY&form=full")
    file = zipfile.ZipFile(io.BytesIO(docx_file(report, app_context.t)))
    text = file.read("word/document.xml").decode("utf-8")
    field = re.search(r"TOC \\o.*?fldCharType=\"end\"", text, re.DOTALL)
    assert field and len(report.sections) > 3
    assert all(escape(section.heading) in field[0] for section in report.sections)
    assert text.count('fldCharType="begin"') == text.count('fldCharType="end"')


def test_word_says_whose_it_is(app_context: AppContext) -> None:
    core = Document(io.BytesIO(docx_file(report_of(app_context, "?state=TX"), app_context.t))).core_properties
    assert "Texas" in core.title and core.author == app_context.t("app.organisation") and core.language == "en"


def test_words_of_people_are_paragraphs_lists_and_tables(folder: Path, t: Catalog) -> None:
    text = "A **strong** word, *slanted*, [a link](https://example.org).\n\n- one\n\n1. first\n\n## Part\n\n| a | b |\n|---|---|\n| c | d |\n"
    toml = f'[[words]]\nsection = "recommendations"\nby = "A. Person"\ntext = """\n{text}"""\n'
    (folder / "report.toml").write_text(toml, encoding="utf-8")
    context = AppContext(load(folder), t)
    document = Document(io.BytesIO(docx_file(report_of(context, "?state=WY&form=full"), t)))
    styles = {each.text: each.style.name for each in document.paragraphs}
    assert styles["one"] == "List Bullet" and styles["first"] == "List Number" and styles["Part"] == "Heading 2"
    line = next(each for each in document.paragraphs if each.text.startswith("A strong"))
    assert [run.text for run in line.runs if run.bold] == ["strong"]
    assert "https://example.org" in line.text
    assert any([cell.text for cell in table._cells] == ["a", "b", "c", "d"] for table in document.tables)
    assert t("report.signed", by="A. Person") in styles


def test_word_takes_what_xml_cannot_hold(app_context: AppContext, folder: Path, t: Catalog) -> None:
    (folder / "report.toml").write_text('[[words]]\nsection = "foreword"\ntext = "a\\u0001b"\n', encoding="utf-8")
    document = Document(io.BytesIO(docx_file(report_of(AppContext(load(folder), t), "?state=WY&form=full"), t)))
    assert any(each.text == "ab" or each.text == "a�b" for each in document.paragraphs)


# ---- over HTTP, and on the command line
@pytest.mark.parametrize(
    ("query", "name"), [("", "ipi-report_sci_2007"), ("?state=TX&sample=1", "ipi-report_sci_tx_SAMPLE_2007")]
)
def test_it_is_a_file_of_the_server(client: FlaskClient, query: str, name: str) -> None:
    reply = client.get(f"/export/report.docx{query}")
    assert reply.status_code == 200 and reply.content_type == MIME
    assert f'filename="{name}.docx"' in reply.headers["Content-Disposition"]
    assert f"/report{query}" in text_of(Document(io.BytesIO(reply.data)))


def test_the_command_line_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str], t: Catalog) -> None:
    into = tmp_path / "report.docx"
    assert main(["report", str(into), "--url", "https://a.example/report?state=TX"]) == 0
    assert "Texas, 2007" in text_of(Document(io.BytesIO(into.read_bytes())))
    assert str(into) in capsys.readouterr().out
    before = into.read_bytes()
    assert main(["report", str(into)]) == 1 and into.read_bytes() == before
    assert main(["report", str(tmp_path / "report.txt")]) == 1
    said = capsys.readouterr().err
    assert t("report.cli.ending", path=tmp_path / "report.txt") in said
    assert sorted(tmp_path.iterdir()) == [into]


def test_the_command_line_says_what_to_do_where_nothing_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, t: Catalog
) -> None:
    into = tmp_path / "report.pdf"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["report", str(into), "--url", "?state=WY"]) == 1
    assert t("report.cli.no_browser") in capsys.readouterr().err
    monkeypatch.setenv("DASHBOARD_CHROMIUM", "no-such-browser")
    assert main(["report", str(into), "--url", "?state=WY"]) == 1
    assert "no-such-browser" in capsys.readouterr().err
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho it broke >&2\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("DASHBOARD_CHROMIUM", str(broken))
    assert main(["report", str(into), "--url", "?state=WY"]) == 1
    assert "it broke" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == [broken]
