"""How the dashboard is served: `gunicorn app:server` reads this by itself."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from dashboard.settings import BadSetting, read_settings

try:
    settings = read_settings()
except BadSetting as error:
    sys.exit(str(error))
bind = settings.bind
# the data is loaded once, before the workers are made, and shared by them; bad data ends the start
preload_app = True
workers = settings.workers or max(2, min(os.cpu_count() or 2, 8))
threads = 4
# a worker that says nothing for a minute is replaced; one that is told to stop has 20 seconds to end its answers
timeout = 60
graceful_timeout = 20
# connections of a browser, or of a proxy, are kept open between its requests
keepalive = 15
# a worker is replaced after so many answers, each at another moment, so that nothing that leaks can grow for years
max_requests = 50_000
max_requests_jitter = 10_000
# a worker says that it lives by touching a file: in memory, because a slow disk would look like a dead worker
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# gunicorn's own limit would answer a long address with a bare error. Ours gives the nearest view and says what was left
# out, and refuses what is absurd (dashboard/http/limits.py); a proxy in front has its own limit
limit_request_line = 0
accesslog = None
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Each worker looks after the data from its first moment, asked or not; what is to be said of it the master says,
    once."""
    worker.wsgi.extensions["data"].watch(is_logging=False)


def when_ready(server: Any) -> None:
    """Says where the dashboard is. From now on the master looks after the data too: a worker that is replaced is a copy
    of it, and must not show older data than the others, nor data that was good before the files were spoiled."""
    data = server.app.wsgi().extensions["data"]
    data.watch_before_forks()
    # a disk without room for the log is no reason not to serve
    with contextlib.suppress(OSError):
        print(data.t("app.serving", address=f"http://{bind}"), flush=True)
