"""How the dashboard is served: `gunicorn app:server` reads this by itself."""

from __future__ import annotations

import os
import sys

from dashboard.settings import BadSetting, read_settings
from dashboard.strings import load_words

try:
    settings = read_settings()
except BadSetting as error:
    sys.exit(str(error))
bind = f"{settings.host}:{settings.port}"
# the data is loaded once, before the workers are made, and shared by them; bad data ends the start
preload_app = True
workers = max(2, min(os.cpu_count() or 2, 8))
threads = 4
timeout = 60
graceful_timeout = 20
# an address of any length is answered with the nearest view and a word about it, not with a bare error; what is
# read of it is capped in dashboard/selection.py, and a proxy in front has its own limit
limit_request_line = 0
accesslog = None
loglevel = "warning"


def when_ready(_server: object) -> None:
    """Says where the dashboard is."""
    print(load_words(settings.language)("app.serving", address=f"http://{bind}"), flush=True)
