"""The report as a PDF file, printed by a Chromium that is installed beside us: no server is asked, and none is started.

Chromium cannot say in a list of contents on which page something begins (CSS `target-counter`). So the document is
printed, the pages are read out of the PDF, which has the places that links lead to, and it is printed once more.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.report.model import Report
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pypdf import PdfReader

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
# no script runs in what is printed, and no profile of a person is touched
OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
# seconds that one printing may take
PATIENCE = 120
# what marks the places of the contents
PLACE = "report-"
# the report as a document of its own, with the pages on which its parts begin
DocumentOf = Callable[[Mapping[str, int]], str]


class NoBrowser(Exception):
    """There is no Chromium; the text is the name that was looked for, "" where none was given."""


class PrintingFailed(Exception):
    """Chromium made no PDF; the text is what it said."""


def find_browser(name: str = "") -> str:
    """The program that prints: the one named, else the first of `NAMES` that there is. Raises NoBrowser."""
    found = next((path for each in ([name] if name else NAMES) if (path := shutil.which(each))), None)
    if found is None:
        raise NoBrowser(name)
    return found


def pdf_file(report: Report, t: Catalog, document_of: DocumentOf, browser: str) -> bytes:
    """The whole file. `document_of` gives the report as HTML to print, with the numbers of pages in its contents.
    Raises PrintingFailed."""
    from pypdf import PdfReader

    pages: dict[str, int] = {}
    # the numbers themselves move nothing; a third time is for what nobody thought of
    for _ in range(3):
        body = _printed(document_of(pages), browser)
        found = pages_of_places(PdfReader(io.BytesIO(body)))
        if found == pages or report.is_short:
            break
        pages = found
    return _described(body, report, t)


def pages_of_places(pdf: PdfReader) -> dict[str, int]:
    """On which page, from 1, each part of the report begins, by its id."""
    places = (
        (name.lstrip("/"), pdf.get_destination_page_number(each)) for name, each in pdf.named_destinations.items()
    )
    return {name: number + 1 for name, number in places if name.startswith(PLACE) and number is not None}


def title_of(report: Report) -> str:
    """What the file is called where its title is shown."""
    return f"{report.title}: {report.of}"


def _printed(document: str, browser: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, into = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(document, encoding="utf-8")
        # as root, in a container, there is no sandbox to be had; the document is our own, and without scripts
        as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        command = [browser, *OPTIONS, *as_root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={into}"]
        try:
            done = subprocess.run(
                [*command, source.as_uri()], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintingFailed(str(error)) from error
        if not into.is_file():
            raise PrintingFailed((done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1])
        return into.read_bytes()


def _described(body: bytes, report: Report, t: Catalog) -> bytes:
    """The PDF with what programs show and read out of it: title, author, approval, language."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    facts = {
        "/Title": title_of(report),
        "/Author": report.organisation,
        "/Subject": t("report.kind"),
        "/Keywords": report.approval or t("report.draft"),
    }
    writer.add_metadata({key: text for key, text in facts.items() if text})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(t.language)
    preferences = writer.create_viewer_preferences()
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
