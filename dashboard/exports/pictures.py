"""Pictures that a browser made and sends to be put on a slide: looked at before anything opens them."""

from __future__ import annotations

import struct

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = struct.Struct(">I4sII")
MOST_PIXELS = 50_000_000


def is_png(data: bytes) -> bool:
    """Whether these are the bytes of a PNG of a sensible size; only its head is read."""
    if not data.startswith(SIGNATURE) or len(data) < len(SIGNATURE) + HEADER.size:
        return False
    _, kind, width, height = HEADER.unpack_from(data, len(SIGNATURE))
    return bool(kind == b"IHDR" and width and height and width * height <= MOST_PIXELS)
