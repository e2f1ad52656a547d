"""What the stage asks for beside its page: the frames of its slides, and the worker that keeps them for later.

Plain requests that a browser can keep, because the stage must run without a server (docs/decisions.md).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Response, request, send_file

from dashboard.charts import CHARTS
from dashboard.charts.chart import told
from dashboard.components.story import SHOWABLE
from dashboard.dataset.story import LONGEST, Slide
from dashboard.exports import Bundle, bundle_of
from dashboard.index import Site
from dashboard.selection import parse
from dashboard.stage import stage_answer

WORKER = Path(__file__).resolve().parents[2] / "assets" / "worker" / "sw.js"
MOST_COLLECTED = 40
TEXTS = {"title": "headline", "notes": "notes"}
MOST_BYTES = 400_000
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
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

    @app.server.post("/_stage/views.pptx")
    def collected_slides() -> Response:
        """Collected views as PowerPoint, with the visitor's titles and notes; nothing of them is kept."""
        from dashboard.exports.as_pptx import pptx_file

        request.max_content_length = MOST_BYTES
        given = request.get_json(silent=True)
        entries = given[:MOST_COLLECTED] if isinstance(given, list) else []
        bundles = [made for entry in entries if (made := _bundle(app, entry)) is not None]
        if not bundles:
            return Response(app.house.words("story.none"), status=400, mimetype="text/plain")
        return Response(pptx_file(bundles), mimetype=PPTX)

    @app.server.get("/sw.js")
    def worker() -> Response:
        """The service worker, from the root because its scope is its folder."""
        reply = send_file(WORKER, mimetype="text/javascript", max_age=0)
        reply.headers["Service-Worker-Allowed"] = "/"
        return reply


def _bundle(app: Site, entry: object) -> Bundle | None:
    """The chart of one collected view in its year; None where the entry is none. A title of its own says SAMPLE too."""
    if not isinstance(entry, dict) or entry.get("chart") not in SHOWABLE:
        return None
    house, chart = app.house, CHARTS[entry["chart"]]
    view = house.view(parse(str(entry.get("view", ""))[: LONGEST["view"]], house.choices).selection)
    year = view.selection.year if view.selection.year is not None else view.basis.last_year
    bundle = bundle_of(house, chart, view, year)
    title, notes = (str(entry.get(key, "")).strip()[: LONGEST[longest]] for key, longest in TEXTS.items())
    return replace(bundle, notes=notes, headline=told(chart, title, view) if title else bundle.headline)
