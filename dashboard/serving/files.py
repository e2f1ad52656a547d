"""Files made ready once, before any worker is: named by what is in them, compressed, kept by browsers for a year.

A file whose content changes gets another name, so no browser ever has to ask whether it is still the same.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# what is compressed already gains nothing
PACKED = (".woff2", ".png", ".jpg", ".webp")
# at 9 they are a fifth of a hundredth smaller, and the server starts a tenth of a second later
LEVEL = 6
URL_IN_CSS = re.compile(r"url\(\s*([\"']?)(?!data:|#|/)([^\"')]+)\1\s*\)")


@dataclass(frozen=True)
class File:
    """One file as it is sent: `gzipped` is None where that would not be smaller."""

    body: bytes
    gzipped: bytes | None
    kind: str
    etag: str
    cache: str

    def takes(self, encodings: str) -> tuple[bytes, bool]:
        """What a browser that takes these encodings gets, and whether it is gzipped."""
        return (self.gzipped, True) if self.gzipped is not None and takes_gzip(encodings) else (self.body, False)


def takes_gzip(encodings: str) -> bool:
    """Whether the value of an Accept-Encoding header allows gzip."""
    for part in encodings.lower().split(","):
        name, _, quality = part.strip().partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def made_ready(name: str, body: bytes, *, cache: str = A_YEAR) -> File:
    """A file of this name (only its suffix counts), compressed."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind in ("application/json", "application/javascript"):
        kind += "; charset=utf-8"
    packed = None if name.endswith(PACKED) else gzip.compress(body, LEVEL, mtime=0)
    return File(body, packed if packed and len(packed) < len(body) else None, kind, f'"{fingerprint(body)}"', cache)


def fingerprint(body: bytes) -> str:
    """Sixteen letters that differ where contents do."""
    return hashlib.sha256(body).hexdigest()[:16]


def named(name: str, body: bytes) -> str:
    """The name with the fingerprint before its suffix: "map/world.json" -> "map/world.1f….json"."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{fingerprint(body)}{path.suffix}"))


class Shelf:
    """Files by the path under which they are asked for, and where each went that had a plain path before."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._moved: dict[str, str] = {}

    def put(self, path: str, body: bytes) -> str:
        """Makes a file ready; under its plain path too, for whoever asks without a fingerprint. Returns the path that
        pages should name."""
        file = made_ready(path, body)
        new = named(path, body)
        self._files[new] = file
        self._files[path] = File(file.body, file.gzipped, file.kind, file.etag, ASK_AGAIN)
        self._moved[path] = new
        return new

    def keep(self, path: str, body: bytes, *, is_versioned: bool) -> None:
        """Makes a file ready under its own path, which may change with its content already."""
        self._files[path] = made_ready(path, body, cache=A_YEAR if is_versioned else ASK_AGAIN)

    @property
    def files(self) -> Mapping[str, File]:
        """path -> file, with and without fingerprints."""
        return MappingProxyType(self._files)

    @property
    def moved(self) -> Mapping[str, str]:
        """plain path -> path with a fingerprint."""
        return MappingProxyType(self._moved)


def put_folder(shelf: Shelf, folder: Path, *, at: str, below: Iterable[str]) -> None:
    """All files below these parts of a folder, each by itself, under `at`."""
    for part in below:
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                shelf.put(f"{at}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def joined_styles(shelf: Shelf, folder: Path, *, at: str) -> bytes:
    """The style sheets of a folder in the order of their names, as one; what they name by a relative address is named
    by its path with a fingerprint."""
    return b"\n".join(
        styles_with_paths(path.read_text(encoding="utf-8"), base=f"{at}/{path.name}", moved=shelf.moved).encode()
        for path in sorted(folder.glob("*.css"))
    )


def styles_with_paths(css: str, *, base: str, moved: Mapping[str, str]) -> str:
    """A style sheet that stood at `base`, with absolute paths in it."""

    def absolute(match: re.Match[str]) -> str:
        parts: list[str] = []
        for part in [*PurePosixPath(base).parent.parts, *PurePosixPath(match[2]).parts]:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        path = str(PurePosixPath(*parts))
        return f"url({moved.get(path, path)})"

    return URL_IN_CSS.sub(absolute, css)


def joined_scripts(scripts: Iterable[bytes]) -> bytes:
    """Scripts as one. A semicolon before each ends what the one before left open, and keeps a "use strict" at the top
    of one from holding for all."""
    return b"".join(b";" + script.rstrip() + b"\n" for script in scripts)
