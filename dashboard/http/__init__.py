"""What stands between pages and the network. `install` puts all of it on a server, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Flask

from dashboard.context import AppContext
from dashboard.http.cache import keep_answers
from dashboard.http.compression import compress_replies
from dashboard.http.headers import Framing, add_headers
from dashboard.http.health import answer_health
from dashboard.http.languages import say_language
from dashboard.http.limits import refuse_bad_requests
from dashboard.http.log import write_log
from dashboard.http.robots import answer_robots_and_icon
from dashboard.settings import Settings
from dashboard.store.reload import DataReloader

__all__ = ["Framing", "install"]


def install(
    server: Flask,
    settings: Settings,
    data: DataReloader[AppContext],
    *,
    current_context: Callable[[], AppContext],
    callbacks: Mapping[str, Any],
    scripts: Callable[[], Sequence[str]],
    framings: Sequence[Framing],
    blueprints: Sequence[Blueprint],
) -> None:
    """`current_context` gives the data of a request, `callbacks` is Dash's table of them, `scripts` gives the hashes of
    the lines of script in documents, `framings` says which pages may be framed by whom, `blueprints` are addresses
    beside those of pages.

    Before a request Flask calls what is registered here from the top down, after it from the bottom up: an answer is
    compressed, then kept, then gets its headers and its line in the log.
    """
    write_log(server, level=settings.log_level, slow_ms=settings.slow_ms)
    add_headers(server, framings, scripts)
    refuse_bad_requests(server, callbacks, lambda: current_context().t, most_bytes=settings.max_request_mb * 1_000_000)
    say_language(server)
    keep_answers(server, current_context)
    compress_replies(server)
    # addresses, in any order
    answer_health(server, data)
    answer_robots_and_icon(server)
    for routes in blueprints:
        server.register_blueprint(routes)
    # gunicorn's workers look after the data from their start (gunicorn.conf.py); other servers from the first request
    server.before_request(data.watch)
