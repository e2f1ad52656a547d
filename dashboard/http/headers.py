"""Headers of every reply: where a page may load from, who may frame it, what a browser may guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import Flask, Response, request

# Plotly and React set styles of single elements, which is all that 'unsafe-inline' allows here
POLICY: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
)
ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    }
)


@dataclass(frozen=True)
class Framing:
    """Pages below a path that these sites (scheme and host each) may show in a frame."""

    path: str
    sites: tuple[str, ...]


def policy(framed_by: Sequence[str] = (), scripts: Sequence[str] = ()) -> str:
    """The Content-Security-Policy of a page that these sites may frame; without any, none may. `scripts` are hashes of
    the lines of script in the document that may run."""
    ancestors = " ".join(framed_by) or "'none'"
    allowed = {**POLICY, "script-src": " ".join([POLICY["script-src"], *scripts])}
    return "; ".join([*(f"{name} {value}" for name, value in allowed.items()), f"frame-ancestors {ancestors}"])


def headers_of(framed_by: Sequence[str] = (), scripts: Sequence[str] = ()) -> dict[str, str]:
    """All of these headers."""
    found = {"Content-Security-Policy": policy(framed_by, scripts), **ALWAYS}
    # for browsers that do not know frame-ancestors; it has no way to name sites
    return found if framed_by else {**found, "X-Frame-Options": "DENY"}


def add_headers(server: Flask, framings: Sequence[Framing], scripts: Callable[[], Sequence[str]]) -> None:
    """Puts them on every reply, also on refusals. The first framing whose path fits decides who may frame. `scripts`
    gives the hashes of the lines of script in our documents."""

    @server.after_request
    def add(reply: Response) -> Response:
        sites = next((framing.sites for framing in framings if request.path.startswith(framing.path)), ())
        reply.headers.update(headers_of(sites, scripts()))
        return reply
