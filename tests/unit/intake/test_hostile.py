"""Files that mean harm, or are merely broken: refused with the reason, in little memory and time."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from dashboard.settings import SHIPPED_DATA
from dashboard.store.database import database_of
from tests.loaded import STATUS, as_command_with_peak, begun
from tests.stored import copy_if_known, state
from tests.unit.intake.conftest import Run, contents

QUESTION = "Which of these stand in the way of your partnership?"
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def workbook(path: Path, rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def with_part(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook with one part put in place of its own."""
    sound = workbook(path.with_suffix(".tmp"), [["Timestamp", QUESTION], ["1", "Terrorism"]])
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return path


def text(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def link(path: Path) -> Path:
    path.symlink_to(text(path.with_name("real.csv"), f"Timestamp,{QUESTION}\n1,Terrorism\n"))
    return path


def folder_named(path: Path) -> Path:
    path.mkdir()
    return path


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
HEAD = f"Timestamp,{QUESTION}\n"
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb.xlsx": (lambda path: with_part(path, "xl/worksheets/sheet1.xml", b" " * 200_000_000), "unpack to"),
    "strings.xlsx": (
        lambda path: with_part(path, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 3_000_000 + b"</sst>"),
        "more than it",
    ),
    "entities.xlsx": (lambda path: with_part(path, "xl/worksheets/sheet1.xml", ENTITIES), "document type"),
    "endless.xlsx": (
        lambda path: with_part(path, "xl/worksheets/sheet1.xml", b'<worksheet a="' + bytes(range(97, 123)) * 700_000),
        "damaged",
    ),
    "wide.xlsx": (
        lambda path: with_part(path, "xl/worksheets/sheet1.xml", SHEET.format('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>').encode()),
        "columns",
    ),
    "far.xlsx": (
        lambda path: with_part(path, "xl/worksheets/sheet1.xml", SHEET.format('<row r="900000000"><c><v>1</v></c></row>').encode()),
        "damaged",
    ),
    "formula.xlsx": (lambda path: workbook(path, [["Timestamp", QUESTION], ["1", "=1+1"]]), "formula"),
    "macro.xlsx": (lambda path: with_part(path, "xl/vbaProject.bin", b"x"), "macros"),
    "macro.xlsm": (lambda path: workbook(path, [["a"]]), "macros"),
    "not.xlsx": (lambda path: text(path, "a,b\n1,2\n"), "not a workbook"),
    "cut.xlsx": (lambda path: text(path, workbook(path.with_suffix(".tmp"), [["a"] * 50] * 50).read_bytes()[:3000]), "not a workbook"),
    "workbook.csv": (lambda path: workbook(path, [["a"]]), "it is XLSX"),
    "page.csv": (lambda path: text(path, "<!DOCTYPE html><html></html>"), "it is HTML"),
    "old.xls": (lambda path: text(path, b"\xd0\xcf\x11\xe0" + b"\0" * 600), "old or a locked"),
    "picture.png": (lambda path: text(path, b"\x89PNG\r\n"), "not read"),
    "wide.csv": (lambda path: text(path, b"a" + b"," * 10_000_000 + b"\n"), "columns"),
    "long-line.csv": (lambda path: text(path, b'"' + b"a" * 50_000_000 + b'"\n'), ""),
    "formula.csv": (lambda path: text(path, HEAD + '1,"=HYPERLINK(""http://x"")"\n'), "formula"),
    "dde.csv": (lambda path: text(path, HEAD + "1,+cmd|' /C calc'!A0\n"), "formula"),
    "html.csv": (lambda path: text(path, HEAD + "1,<script>alert(1)</script>\n"), "HTML"),
    "mixed.csv": (lambda path: text(path, HEAD.encode() + "1,Türkiye\n".encode() + b"2,T\xfcrkei\n"), "damaged"),
    "utf16.csv": (lambda path: text(path, b"\xff\xfea\0,\0b"), "damaged"),
    "nul.csv": (lambda path: text(path, HEAD.encode() + b"1,\0\n"), "damaged"),
    "ragged.csv": (lambda path: text(path, HEAD + "1,Terrorism\n" * 80 + "1,Terrorism,Visa rules,x\n"), "row 82"),
    "quotes.csv": (lambda path: text(path, HEAD + "1,Terrorism\n" * 80 + '1,"Terrorism\n'), "quotation"),
    "bomb.zip": (lambda path: archive(path, {"a.csv": b"a,b\n" * 60_000_000}), "unpack to"),
    "many.zip": (lambda path: archive(path, {f"{at}.csv": b"a" for at in range(300)}), "unpack to"),
    "nested.zip": (lambda path: archive(path, {"a.zip": b"PK\x03\x04"}), "no CSV or XLSX"),
    "outside.zip": (lambda path: archive(path, {"../../etc/a.csv": b"a,b\n1,2\n"}), "no question"),
    "not.zip": (lambda path: text(path, "a,b\n"), "not a ZIP"),
    "statistics.sav": (lambda path: text(path, b"$FL2@(#) SPSS DATA FILE"), "SPSS"),
    "corner.xlsx": (
        lambda path: with_part(path, "xl/worksheets/sheet1.xml", SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>').encode()),
        "damaged",
    ),
    "empty.csv": (lambda path: text(path, ""), "nothing in it"),
    "blank.csv": (lambda path: text(path, "\n\n  \n"), "nothing in it"),
    "link.csv": (link, "link"),
    "folder.csv": (folder_named, "folder"),
    "absent.csv": (lambda path: path, "not there"),
}  # fmt: skip


# what takes much room where it is read in a careless way
LARGE = ("bomb.xlsx", "strings.xlsx", "endless.xlsx", "corner.xlsx", "wide.csv", "long-line.csv", "bomb.zip")


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in LARGE])
def test_it_is_refused_with_the_reason(
    name: str, tmp_path: Path, folder: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    make, reason = HOSTILE[name]
    path = make(tmp_path / name)
    before = state(folder)
    start = time.process_time()
    assert run("import-survey", path, "--wave", "2026") == 1
    assert time.process_time() - start < 30
    said = capsys.readouterr().err
    assert reason in said
    assert name in said
    assert state(folder) == before


@pytest.mark.parametrize("name", LARGE)
def test_a_large_one_is_refused_in_little_memory_and_time(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    path = make(tmp_path / name)
    file = tmp_path / "own.sqlite"
    copy_if_known(database_of(f"sqlite:///{file}"), SHIPPED_DATA)
    before = contents(file)
    arguments = ("import-survey", str(path), "--wave", "2026", "--yes")
    process = begun(as_command_with_peak, arguments, str(tmp_path), f"sqlite:///{file}")
    process.join(120)
    assert process.exitcode == 1
    assert float((tmp_path / "seconds").read_text()) < 30
    said = (tmp_path / "stderr").read_text(encoding="utf-8")
    assert reason in said
    assert name in said
    assert contents(file) == before
    peak = tmp_path / "peak"
    assert not STATUS.exists() or int(peak.read_text()) < 500_000


def test_a_name_that_only_looks_like_a_formula_is_fine(tmp_path: Path, run: Run) -> None:
    rows = [["Timestamp", QUESTION, "Phone"], ["1", "Terrorism", "+1 202 555 0100"], ["2", "- none of these", "-5"]]
    assert run("import-survey", workbook(tmp_path / "fine.xlsx", rows), "--wave", "2026") == 0
