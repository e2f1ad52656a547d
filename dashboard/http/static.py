"""Files that pages load: collected once at the start into a folder of their own, compressed there, and served by
WhiteNoise before Flask is asked."""

from __future__ import annotations

import atexit
import contextlib
import gzip
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

AT = "assets/"
STYLES = "css/site.css"
SCRIPT = "js/site.js"
# the one script that is not joined with the others: it stands in the head
EARLY = "js/early.js"
A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# quality 11 makes files a twentieth smaller and the start five seconds longer
BROTLI_QUALITY = 9
# addresses that change with the content: ours by their query, those of Dash's own files by their name
VERSION_IN_QUERY = re.compile(r"(^|&)v=\w+$")
VERSION_IN_NAME = re.compile(r"\.v\w+m\d+\.")
# what a style sheet names by a relative address
URL = re.compile(r"url\(\s*([\"']?)(?!data:|#|/)([^\"')?]+)\1\s*\)")

Packing = Callable[[bytes], bytes]


class VersionedFiles(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise that lets browsers keep a file for a year where the address says which version of it is meant; at any
    other they ask each time whether it is still the same."""

    def __call__(self, wsgi: WSGIEnvironment, start_response: StartResponse) -> Any:
        """One request."""
        path = wsgi.get("PATH_INFO", "")
        file = self.files.get(path)
        if file is None:
            return self.application(wsgi, start_response)
        is_versioned = VERSION_IN_NAME.search(path) or VERSION_IN_QUERY.search(wsgi.get("QUERY_STRING", ""))
        kept = ("Cache-Control", A_YEAR if is_versioned else ASK_AGAIN)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, kept], *error)

        return self.serve(file, wsgi, start)


class KeptCompressor(Compressor):  # type: ignore[misc]
    """WhiteNoise's own, with a quality of Brotli that a start can wait for; what an earlier start compressed is taken
    from a folder. Where that cannot be written, each start compresses anew."""

    def __init__(self, kept: Path) -> None:
        super().__init__(quiet=True)
        self.kept = kept
        self.used: set[str] = set()

    def compress_brotli(self, data: bytes) -> bytes:
        """A file, compressed."""
        return self._compressed(
            data, f"{BROTLI_QUALITY}.br", partial(brotli.compress, quality=BROTLI_QUALITY), brotli.decompress
        )

    def compress_gzip(self, data: bytes) -> bytes:
        """A file, compressed."""
        return self._compressed(data, "gz", super().compress_gzip, gzip.decompress)

    def _compressed(self, data: bytes, ending: str, compress: Packing, decompress: Packing) -> bytes:
        path = self.kept / f"{sha256(data).hexdigest()}.{ending}"
        self.used.add(path.name)
        # half a file, or another's, is none: what is taken has to become the file again
        with contextlib.suppress(OSError, brotli.error, EOFError, zlib.error):
            made = path.read_bytes()
            if decompress(made) == data:
                return made
        made = compress(data)
        with contextlib.suppress(OSError):
            path.write_bytes(made)
        return made

    def forget_unused(self) -> None:
        """Removes what was kept of files that are no more."""
        with contextlib.suppress(OSError):
            for path in self.kept.iterdir():
                if path.name not in self.used:
                    path.unlink()


class StaticFiles:
    """The folder of collected files. `address` gives the address of one with its version."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.folder = Path(tempfile.mkdtemp(prefix="ipi-static-"))
        self.versions: dict[str, str] = {}
        self.owner = os.getpid()
        atexit.register(self._remove)

    def _remove(self) -> None:
        # only the process that made the folder removes it: workers, which are copies of that process, end before it
        if os.getpid() == self.owner:
            shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, path: str, body: bytes) -> None:
        """Adds a file; `path` without a slash before it, as it is asked for below the prefix."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        self.versions[path] = sha256(body).hexdigest()[:12]

    def address(self, path: str) -> str:
        """The address of a file of the assets ("map/world.json"), which changes with its content."""
        return f"{self.prefix}{AT}{path}?v={self.versions[AT + path]}"

    def put_assets(self, folder: Path, names: Iterable[str] = ("",)) -> None:
        """Adds files of a folder, below their names in it; `names` are files or folders."""
        for name in names:
            found = folder / name
            for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
                if path.is_file() and not path.name.startswith("."):
                    self.put(AT + path.relative_to(folder).as_posix(), path.read_bytes())

    def put_styles(self, sheets_in_order: Iterable[Path]) -> None:
        """Adds style sheets as one, for one request is faster than fifteen. What they name by an address relative to
        `css/` gets its version; it has to be there already."""
        sheets = "\n".join(path.read_text(encoding="utf-8") for path in sheets_in_order)
        base = Path(AT + STYLES).parent

        def versioned(match: re.Match[str]) -> str:
            path = os.path.normpath(base / match[2])
            return f"url({match[2]}?v={self.versions[path]})" if path in self.versions else match[0]

        self.put(AT + STYLES, URL.sub(versioned, sheets).encode())

    def put_scripts(self, scripts_in_order: Iterable[Path]) -> None:
        """Adds scripts as one, each below its name, for one request is faster than forty, and what is alike is
        compressed once. They stay as they were written: a browser's debugger shows what an editor does."""
        parts = [f"// ---- {path.name}\n{path.read_text(encoding='utf-8')}" for path in scripts_in_order]
        self.put(AT + SCRIPT, "\n".join(parts).encode())

    def put_suites(self, files: Mapping[str, bytes]) -> None:
        """Adds Dash's own files, by the path at which its pages ask for them: it would read and compress them anew at
        each request."""
        for path, body in files.items():
            self.put(path.lstrip("/"), body)

    def compress(self, kept: Path) -> None:
        """Writes each file once more by gzip and by Brotli, where that is smaller; `kept` is a folder for the next
        start."""
        with contextlib.suppress(OSError):
            # what stands beside it may be a database: nobody else's
            for folder in (kept.parent, kept):
                folder.mkdir(mode=0o700, exist_ok=True)
        compressor = KeptCompressor(kept)
        paths = [str(path) for path in self.folder.rglob("*") if path.is_file()]
        wanted = [path for path in paths if compressor.should_compress(path)]
        # the largest first, so that it does not run alone at the end
        wanted.sort(key=os.path.getsize, reverse=True)
        with ThreadPoolExecutor() as executor:
            list(executor.map(compressor.compress, wanted))
        compressor.forget_unused()

    def serve(self, server: Flask, headers: Callable[[], Mapping[str, str]]) -> None:
        """Puts them before a server; `headers` are those of every file."""

        def add(found: Any, _path: str, _url: str) -> None:
            for name, value in headers().items():
                found[name] = value

        server.wsgi_app = VersionedFiles(  # type: ignore[method-assign]
            server.wsgi_app,
            root=str(self.folder),
            max_age=None,
            allow_all_origins=False,
            add_headers_function=add,
            mimetypes={".json": "application/json", ".js": "text/javascript"},
        )
