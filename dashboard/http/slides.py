"""A story as PowerPoint: that of the data (/export/present.pptx) and collected views (/_stage/views.pptx).

What a browser sends along is looked at before anything is made of it, and nothing of it is kept.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from dashboard.charts import CHARTS
from dashboard.charts.file_names import filename_without_year
from dashboard.context import AppContext
from dashboard.dataset.story import LONGEST, Slide
from dashboard.exports.pictures import is_png
from dashboard.exports.rendered_slide import RenderedSlide
from dashboard.filters import parse
from dashboard.http.files import BAD, download, sentence
from dashboard.presentation.render import render_story

TEXTS = {"title": "headline", "notes": "notes"}
MOST_COLLECTED = 40
# pictures of maps as the stage draws them have 0.3 MB each; they come as text, a third larger
MOST_BYTES = 40_000_000


@dataclass(frozen=True)
class Sent:
    """What a browser sends: `years` at which it shows slides and `pictures` (PNG) of them, both by the slide's number
    from 1, and `views` as they are."""

    years: Mapping[int, int]
    pictures: Mapping[int, bytes]
    views: list[object]


def slide_routes(current_context: Callable[[], AppContext]) -> Blueprint:
    """The two addresses. `current_context` gives the data of the request."""
    routes = Blueprint("slides", __name__)

    @routes.route("/export/present.pptx", methods=["GET", "POST"])
    def story_slides() -> Response:
        """The story under the filters of the query. Without a browser's pictures a map is bars."""
        context, query = current_context(), request.query_string.decode("utf-8", "replace")
        sent = _sent() if request.method == "POST" else Sent({}, {}, [])
        if sent is None:
            return sentence(context.t("talk.bad"), BAD)
        slides = render_story(context, query, years=sent.years)
        is_sample = any(each.bundle is not None and each.bundle.is_sample for each in slides)
        view = context.view(parse(query, context.choices).selection)
        return _file(slides, context, sent, filename_without_year("story", view, is_sample=is_sample))

    @routes.post("/_stage/views.pptx")
    def collected_slides() -> Response:
        """Collected views, with the visitor's titles and notes."""
        context, sent = current_context(), _sent()
        slides = [] if sent is None else _collected(sent.views)
        if sent is None or not slides:
            return sentence(context.t("story.none"), BAD)
        return _file(render_story(context, "", slides=slides, years=sent.years), context, sent, "story")

    return routes


def _sent() -> Sent | None:
    """The body of the request; None where it is not one that our pages send."""
    request.max_content_length = MOST_BYTES
    try:
        given = json.loads(request.get_data() or b"{}")
        if not isinstance(given, dict):
            return None
        years = {int(at): int(year) for at, year in dict(given.get("years", {})).items()}
        encoded = {int(at): str(png) for at, png in dict(given.get("pictures", {})).items()}
        pictures = {at: base64.b64decode(png, validate=True) for at, png in encoded.items()}
    except (ValueError, TypeError, RecursionError):
        return None
    views = given.get("views", [])
    if not isinstance(views, list) or not all(is_png(png) for png in pictures.values()):
        return None
    return Sent(years, pictures, views[:MOST_COLLECTED])


def _collected(views: Sequence[object]) -> list[Slide]:
    """Collected views as slides; what is none is left out."""
    found = []
    for at, each in enumerate(views, 1):
        if isinstance(each, dict) and str(each.get("chart")) in CHARTS:
            view = str(each.get("view", ""))[: LONGEST["view"]]
            headline, notes = (_plain(each.get(name), LONGEST[key]) for name, key in TEXTS.items())
            found.append(
                Slide(id=f"{at}", kind="chart", chart=str(each["chart"]), view=view, headline=headline, notes=notes)
            )
    return found


def _plain(text: object, longest: int) -> str:
    """A visitor's text as one of a story: what looks like a gap is none."""
    return str(text or "").strip()[:longest].replace("{", "{{").replace("}", "}}")


def _file(slides: Sequence[RenderedSlide], context: AppContext, sent: Sent, name: str) -> Response:
    from dashboard.exports.as_story import story_file

    return download(story_file(slides, context.t, pictures=sent.pictures), name, "pptx")
