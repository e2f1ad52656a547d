"""What a screen reader finds in a PDF, read by pypdf, and what of PDF/UA is not as it should be in what can be read
that way.

python tools/pdf_tags.py FILE.pdf …
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

NO_FAULT = "tagged, with language, title, bookmarks, headings, texts of figures, heads of tables"


@dataclass(frozen=True)
class Element:
    """One element of the structure: its kind ("H2"), its alternative text, whether a head of a table says of what, and
    how deep it stands."""

    kind: str
    text: str
    has_scope: bool
    depth: int


def elements_of(pdf: PdfReader) -> list[Element]:
    """The structure in reading order; [] of a PDF without one."""
    root = _root(pdf).get("/StructTreeRoot")
    return [] if root is None else list(_walk(root.get_object().get("/K"), 0))


def _root(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"].get_object()


def _walk(node: Any, depth: int) -> Iterator[Element]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _walk(each, depth)
    elif hasattr(node, "get"):
        if "/S" in node:
            told = node.get("/A", [])
            attributes = [each.get_object() for each in (told if isinstance(told, list) else [told])]
            has_scope = any("/Scope" in each for each in attributes)
            yield Element(str(node["/S"])[1:], str(node.get("/Alt", "")), has_scope, depth)
        yield from _walk(node.get("/K"), depth + 1)


def faults_of(pdf: PdfReader) -> list[str]:
    """What is missing of: tags, language, title and that it is shown, bookmarks, fonts, headings in order, a text for
    every figure, heads of tables, and texts that can be read out."""
    root, elements = _root(pdf), elements_of(pdf)
    faults = []
    if not root.get("/MarkInfo", {}).get("/Marked") or not elements:
        faults.append("it is not tagged")
    if not root.get("/Lang"):
        faults.append("it does not say its language")
    if not (pdf.metadata and pdf.metadata.title) or not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        faults.append("its title is not there, or not shown")
    if not pdf.outline:
        faults.append("it has no bookmarks")
    levels = [int(each.kind[1]) for each in elements if len(each.kind) == 2 and each.kind[0] == "H"]
    if levels[:1] != [1] or levels.count(1) != 1:
        faults.append("it does not begin with its one heading of the first level")
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        faults.append("a level of headings is left out")
    faults += ["a figure has no text" for each in elements if each.kind == "Figure" and not each.text]
    faults += [
        "a head of a table does not say of what" for each in elements if each.kind == "TH" and not each.has_scope
    ]
    kinds = [each.kind for each in elements]
    if "Table" in kinds and kinds.count("TH") < kinds.count("Table"):
        faults.append("a table has no head")
    for number, sheet in enumerate(pdf.pages, 1):
        if sheet.get("/Tabs") != "/S" and "/Annots" in sheet:
            faults.append(f"page {number}: links are not in the order of the text")
    return faults


def main(paths: list[str]) -> int:
    """Says it of every file; 1 where something is wrong."""
    found = {path: faults_of(PdfReader(Path(path))) for path in paths}
    for path, faults in found.items():
        print(f"{path}: {'; '.join(faults) or NO_FAULT}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
