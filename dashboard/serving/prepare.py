"""All of it on one app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.serving.guard import refuse_bad_requests
from dashboard.serving.headers import Framing, add_headers
from dashboard.serving.health import tell_health
from dashboard.serving.log import write_log
from dashboard.serving.replies import remember_replies
from dashboard.serving.robots import answer_robots_and_icon
from dashboard.serving.sending import compress_replies, send_from_shelf
from dashboard.settings import Settings


def prepare(
    app: Any,
    settings: Settings,
    *,
    state: Callable[[], object],
    detail: Callable[[], Mapping[str, object]],
    framings: Sequence[Framing] = (),
) -> None:
    """Puts log, limits, health, headers, compression and the joined files on an app whose callbacks are registered.
    `state` gives the present data, `detail` what /health says of it."""
    server = app.server
    # Before a request Flask calls in this order, after it in the opposite one: headers and the log come last.
    write_log(server, level=settings.log_level, slow_ms=settings.slow_ms)
    add_headers(server, framings)
    send_from_shelf(server, app.bundles.files)
    refuse_bad_requests(server, app.callback_map, app.house.words, most_bytes=settings.max_request_mb * 1_000_000)
    compress_replies(server)
    remember_replies(server, state)
    tell_health(server, detail)
    answer_robots_and_icon(server)
