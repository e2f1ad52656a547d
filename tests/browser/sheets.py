"""What can be read on printed sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdf
from pypdf.generic import DictionaryObject, StreamObject

# a line of a path, as Chromium writes it: numbers, and what the pen does
DRAWN = re.compile(rb"^(?:[-\d.]+ )*(?:m|l|c|v|y|re|h|[fFBbWSsn]\*?)\n", re.MULTILINE)


def texts_of(pdf: pypdf.PdfReader) -> list[str]:
    """The text of each sheet. pypdf reads each line of a drawing as slowly as a word, which for a map is most of its
    time, so what is drawn is taken away first."""
    for sheet in pdf.pages:
        content = sheet["/Contents"]
        assert isinstance(content, StreamObject)
        for part in (content, *_forms(sheet)):
            part.set_data(DRAWN.sub(b"", part.get_data()))
    return [sheet.extract_text() for sheet in pdf.pages]


def _forms(holder: DictionaryObject) -> Iterator[StreamObject]:
    """What is drawn by its name on a sheet, or in another of these."""
    resources = holder.get("/Resources", DictionaryObject()).get_object()
    for each in resources.get("/XObject", DictionaryObject()).get_object().values():
        form = each.get_object()
        if form["/Subtype"] == "/Form":
            yield form
            yield from _forms(form)
