"""Who may show what in a frame: cards alone on the sites of a setting, nothing else anywhere."""

from __future__ import annotations

from flask import Flask, Response, request

from dashboard.pages.embed import PATH
from dashboard.settings import Settings

POLICY = "Content-Security-Policy"


def guard_frames(server: Flask, settings: Settings) -> None:
    """Says with every answer who may frame it."""
    allowed = f"frame-ancestors {settings.frame_ancestors}"

    @server.after_request
    def say(reply: Response) -> Response:
        """A policy that something else set keeps its other parts."""
        is_embed = request.path.startswith(PATH)
        rule = allowed if is_embed else "frame-ancestors 'none'"
        others = [part.strip() for part in reply.headers.get(POLICY, "").split(";") if part.strip()]
        reply.headers[POLICY] = "; ".join([*(part for part in others if not part.startswith("frame-ancestors")), rule])
        if not is_embed:
            reply.headers["X-Frame-Options"] = "DENY"
        return reply
