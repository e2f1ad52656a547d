"""XML of strangers, read as a stream: no document type, no text and no tag without end."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from dashboard.intake.files import Found, refused
from dashboard.intake.grid import LONGEST_CELL

PIECE = 65_536


class XmlStream:
    """Feeds a stream to expat in pieces; refuses a document type, and a single piece of markup without end."""

    def __init__(self, found: Found, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
        self.found = found
        self.letters: list[str] = []
        self.length = 0
        self.is_wanted = False
        self.quiet = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = self._text
        self.parser = parser

    def _refuse(self, *_: Any) -> None:
        raise refused(self.found.name, "document_type")

    def _text(self, text: str) -> None:
        if self.is_wanted:
            self.length += len(text)
            if self.length > LONGEST_CELL:
                raise refused(self.found.name, "cell_too_long", most=f"{LONGEST_CELL:,}")
            self.letters.append(text)

    def take(self) -> str:
        """The wanted text since the last time."""
        text = "".join(self.letters)
        self.letters.clear()
        self.length = 0
        return text

    def feed(self, piece: bytes) -> None:
        """One piece. A tag that never ends stays in expat's memory, and its place does not move."""
        before = self.parser.CurrentByteIndex
        self.parser.Parse(piece, False)
        self.quiet = self.quiet + len(piece) if self.parser.CurrentByteIndex == before else 0
        if self.quiet > 20 * PIECE:
            raise refused(self.found.name, "broken_workbook", reason="endless markup")

    def read(self, stream: IO[bytes]) -> None:
        """All pieces of a stream, and its end."""
        while piece := stream.read(PIECE):
            self.feed(piece)
        self.parser.Parse(b"", True)
