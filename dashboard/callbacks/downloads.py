"""Replies that are files, and sentences about those that cannot be made."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from dashboard.exports import Bundle

MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
NOT_FOUND, TOO_LARGE, BAD = 404, 413, 400


def body_of(bundle: Bundle, kind: str) -> bytes | Iterator[bytes]:
    """CSV goes out line by line while it is made; the libraries of other kinds are loaded here, not at the start."""
    if kind == "csv":
        from dashboard.exports.as_csv import csv_lines

        return (line.encode("utf-8") for line in csv_lines(bundle))
    from dashboard.exports.as_xlsx import xlsx_file

    return xlsx_file(bundle)


def download(body: bytes | Iterator[bytes], name: str, kind: str) -> Response:
    """A file to save under its name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-cache"}
    return Response(body, content_type=MIME[kind], headers={**headers, "X-Content-Type-Options": "nosniff"})


def sentence(text: str, status: int) -> Response:
    """Plain words instead of a file."""
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
