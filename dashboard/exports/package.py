"""A PowerPoint file without the hour at which it was made.

python-pptx dates each part by the clock, and a ZIP file knows no years before 1980 nor after 2107: on a machine whose
clock is wrong, which a small one without a battery is until it finds a network, no file could be made.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck


def packed_deck(deck: Deck) -> bytes:
    """The whole file; each part is dated as the format's first day."""
    from pptx.opc.serialized import PackageWriter, _ZipPkgWriter

    class Undated(_ZipPkgWriter):  # type: ignore[misc]
        def write(self, pack_uri, blob):  # type: ignore[no-untyped-def]
            self._zipf.writestr(zipfile.ZipInfo(pack_uri.membername), blob, zipfile.ZIP_DEFLATED)

    file, package = io.BytesIO(), deck.part.package
    parts = PackageWriter(file, package._rels, tuple(package.iter_parts()))
    with Undated(file) as zipped:
        parts._write_content_types_stream(zipped)
        parts._write_pkg_rels(zipped)
        parts._write_parts(zipped)
    return file.getvalue()
