"""The stage: the story of the data, or the views a visitor collected, one idea a slide.

Beside its page it has plain addresses, because a browser keeps what they answer and so runs the stage without a
server: the frames of its slides, and the worker that keeps them (docs/decisions/0032-stage-without-a-network.md).
"""

from __future__ import annotations

from pathlib import Path

from dash import ClientsideFunction, Dash, Input, Output, dcc, html, register_page
from flask import Response, request, send_file

from dashboard.components.frame import notice_words
from dashboard.components.raw_html import RawHtml
from dashboard.components.stage import SHOWABLE, around_markup, slides_markup
from dashboard.components.story import story_rules
from dashboard.current import current_context
from dashboard.dataset.story import LONGEST, Slide
from dashboard.pages.shared import in_words
from dashboard.presentation.frames import stage_answer

PAGE, PATH = "present", "/present"
FRAMES, VIEWS, WORKER = "_stage", "_stage/views", "sw.js"
WORKER_FILE = Path(__file__).resolve().parents[2] / "assets" / "worker" / WORKER
JSON = "application/json"
MOST_COLLECTED = 40
# what the stage asks of the rest of the server
HEALTH, FILE, VIEWS_FILE = "health/live", "export/present.pptx", "_stage/views.pptx"


def register(app: Dash) -> None:
    """Registers the page with Dash, its one clientside callback, and its addresses beside it."""
    outer, prefix = str(app.config.requests_pathname_prefix), str(app.config.routes_pathname_prefix)
    register_page(
        __name__,
        path=PATH,
        id=PAGE,
        title=in_words("page.present.title"),
        description=in_words("app.description"),
        layout=lambda **_query: layout(outer),
    )
    app.clientside_callback(
        ClientsideFunction("stage", "start"), Output("stage-begun", "data"), Input("stage-begins", "data")
    )
    _add_addresses(app, prefix)


def layout(prefix: str) -> html.Div:
    """The stage at any address: which slide it shows is the script's to read. `prefix` is where browsers find the
    app."""
    context = current_context()
    t = context.t
    stage = {
        "tabIndex": -1,
        "data-waits": "",
        "data-swipes": "",
        "data-of": t("stage.of", at="{at}", all="{all}"),
        "data-offline": t("stage.offline", date="{date}"),
        "data-frames": prefix + FRAMES,
        "data-views": prefix + VIEWS,
        "data-worker": prefix + WORKER,
        "data-home": prefix,
        "data-health": prefix + HEALTH,
        "data-file": prefix + FILE,
        "data-views-file": prefix + VIEWS_FILE,
        "data-story-rules": story_rules(),
    }
    return html.Div(
        [
            html.Main(
                [
                    dcc.Store(id="stage-begins", data=PAGE),
                    dcc.Store(id="stage-begun"),
                    html.H1(t("stage.present"), className="unseen"),
                    RawHtml(slides_markup(context), id="stage", className="stage", attributes=stage),
                    RawHtml(around_markup(context), className="contents"),
                ]
            ),
            RawHtml(id="notices", className="notices stage-notices", attributes=notice_words(t)),
            RawHtml('<span id="toast" role="status"></span>', className="toast"),
            RawHtml(
                id="announcement",
                className="unseen",
                attributes={"role": "status", "data-announces": "slide.headline"},
            ),
        ],
        className=f"app page-{PAGE}",
        **{"data-page": PAGE},
    )


def _add_addresses(app: Dash, prefix: str) -> None:
    @app.server.get(prefix + FRAMES, endpoint=f"{prefix}{FRAMES}")
    def story_frames() -> Response:
        """The story under the filters of the query."""
        query = request.query_string.decode("utf-8", "replace")
        return Response(stage_answer(current_context(), query), mimetype=JSON)

    @app.server.get(prefix + VIEWS, endpoint=f"{prefix}{VIEWS}")
    def collected_frames() -> Response:
        """Collected views as a story: chart=…&view=… in pairs; a chart that there is not is left out. Their titles stay
        in the browser."""
        pairs = zip(request.args.getlist("chart"), request.args.getlist("view"), strict=False)
        slides = [
            Slide(id=str(at), kind="chart", chart=chart, view=view[: LONGEST["view"]])
            for at, (chart, view) in enumerate(pairs)
            if chart in SHOWABLE
        ]
        return Response(stage_answer(current_context(), "", slides[:MOST_COLLECTED]), mimetype=JSON)

    @app.server.get(prefix + WORKER, endpoint=f"{prefix}{WORKER}")
    def worker() -> Response:
        """The service worker: its scope is the folder of its address."""
        return send_file(WORKER_FILE, mimetype="text/javascript", max_age=0)
