"""What the stage asks for beside its page: the frames of its slides, and the worker that keeps them for later.

Plain requests that a browser can keep, because the stage must run without a server:
docs/decisions/0032-stage-without-a-network.md.
"""

from __future__ import annotations

from pathlib import Path

from flask import Response, request, send_file

from dashboard.components.story import SHOWABLE
from dashboard.dataset.story import LONGEST, Slide
from dashboard.index import Site
from dashboard.stage import stage_answer

WORKER = Path(__file__).resolve().parents[2] / "assets" / "worker" / "sw.js"
MOST_COLLECTED = 40
JSON = "application/json"


def register_stage(app: Site) -> None:
    """Adds /_stage (frames of the story), /_stage/views (of collected views) and /sw.js."""

    @app.server.get("/_stage")
    def story_frames() -> Response:
        """The story under the filters of the query."""
        return Response(stage_answer(app.house, request.query_string.decode("utf-8", "replace")), mimetype=JSON)

    @app.server.get("/_stage/views")
    def collected_frames() -> Response:
        """Collected views as a story: chart=…&view=… in pairs; a chart that there is not is left out. Their titles stay
        in the browser."""
        given = request.args
        pairs = zip(given.getlist("chart"), given.getlist("view"), strict=False)
        slides = [
            Slide(id=str(at), kind="chart", chart=chart, view=view[: LONGEST["view"]])
            for at, (chart, view) in enumerate(pairs)
            if chart in SHOWABLE
        ]
        return Response(stage_answer(app.house, "", slides[:MOST_COLLECTED]), mimetype=JSON)

    @app.server.get("/sw.js")
    def worker() -> Response:
        """The service worker, from the root because its scope is its folder."""
        reply = send_file(WORKER, mimetype="text/javascript", max_age=0)
        reply.headers["Service-Worker-Allowed"] = "/"
        return reply
