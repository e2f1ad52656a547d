"""Compressing what is made while somebody waits: documents and answers, by Flask-Compress. Files are compressed ahead
(static.py)."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress

SETTINGS = {
    # in the order of preference where a browser takes several: each as small as gzip and faster
    "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
    "COMPRESS_MIMETYPES": [
        "text/html",
        "text/css",
        "text/plain",
        "text/javascript",
        "application/javascript",
        "application/json",
        "image/svg+xml",
    ],
    "COMPRESS_MIN_SIZE": 700,
    # a file that is streamed goes out as it is made
    "COMPRESS_STREAMS": False,
}


def compress_replies(server: Flask) -> None:
    """Registers the compression. (It keeps nothing: what repeats is kept compressed by cache.py.)"""
    server.config.update(SETTINGS)
    Compress().init_app(server)
