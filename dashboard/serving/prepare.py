"""All of it on one app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.serving.guard import CALLBACKS, refuse_bad_requests
from dashboard.serving.headers import Framing, add_headers
from dashboard.serving.health import tell_health
from dashboard.serving.log import write_log
from dashboard.serving.replies import remember_replies
from dashboard.serving.robots import answer_robots_and_icon
from dashboard.serving.sending import compress_replies, send_from_shelf
from dashboard.settings import Settings


@dataclass(frozen=True)
class Sharing:
    """What differs between the apps of a server, filled as they are added: Dash's table of callbacks by the path that
    takes them, and hashes of lines of script that documents below a path have in them."""

    callbacks: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    scripts: dict[str, Sequence[str]] = field(default_factory=dict)


def prepare(
    app: Any,
    settings: Settings,
    *,
    state: Callable[[], object],
    detail: Callable[[], Mapping[str, object]],
    framings: Sequence[Framing] = (),
) -> Sharing:
    """Puts log, limits, health, headers, compression and the joined files on an app whose callbacks are registered.
    `state` gives the present data, `detail` what /health says of it. What it returns lets another app on the same
    server in."""
    server = app.server
    sharing = Sharing(callbacks={CALLBACKS: app.callback_map})
    # Before a request Flask calls in this order, after it in the opposite one: headers and the log come last.
    write_log(server, level=settings.log_level, slow_ms=settings.slow_ms)
    add_headers(server, framings, sharing.scripts)
    send_from_shelf(server, app.bundles.files)
    refuse_bad_requests(server, sharing.callbacks, app.house.words, most_bytes=settings.max_request_mb * 1_000_000)
    compress_replies(server)
    remember_replies(server, state)
    tell_health(server, detail)
    answer_robots_and_icon(server)
    return sharing
