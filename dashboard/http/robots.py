"""What browsers and search engines ask for by themselves, at addresses that no page names."""

from __future__ import annotations

from flask import Flask, Response

ICON_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0A5855"/>'
    '<path d="M7 20C10 9 22 9 25 20" fill="none" stroke="#fff" stroke-width="2.4"/>'
    '<circle cx="7" cy="21" r="3.4" fill="#fff"/><circle cx="25" cy="21" r="3.4" fill="#FFA866"/></svg>'
)
# Search engines may read pages but no files (each view has some twenty, made anew at each request) and no forms.
ROBOTS = "User-agent: *\nDisallow: /export/\nDisallow: /_\nDisallow: /embed/\nDisallow: /tell/\nDisallow: /health\n"
A_DAY = "public, max-age=86400"


def answer_robots_and_icon(server: Flask) -> None:
    """`/robots.txt`, and at `/favicon.ico` the icon of the pages, for what no document names it for."""

    @server.get("/robots.txt")
    def robots() -> Response:
        return Response(ROBOTS, content_type="text/plain; charset=utf-8", headers={"Cache-Control": A_DAY})

    @server.get("/favicon.ico")
    def favicon() -> Response:
        return Response(ICON_SVG, content_type="image/svg+xml", headers={"Cache-Control": A_DAY})
