"""The server for work on the dashboard: `make dev`.

A change of Python, a style, a script or a catalogue starts it again, and open pages follow. What goes wrong is shown in
the browser and in the terminal as a trace; a mistake in the code, or in the data, stays on the page until it is mended.
Never for visitors: who sees a trace sees the code. They are served by gunicorn (`make run`).
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import is_running_from_reloader, run_simple

ROOT = Path(__file__).resolve().parent.parent
# Python is watched anyway, where it is imported from
WATCHED = ("dashboard", "assets")
RELOAD_EVERY = 1


def watched_files() -> Iterator[str]:
    """Files that are no Python and yet part of the program."""
    for folder in WATCHED:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                yield str(path)


def debug_server() -> Flask:
    """The dashboard with Dash's developer tools; where it cannot be made, a server that shows why."""
    try:
        # imported here, so that a mistake in any module is shown and does not end the reloader
        from dashboard import create_app
        from dashboard.dataset import BadData, describe_all
        from dashboard.settings import read_settings
        from dashboard.strings import load_catalog

        try:
            app = create_app(read_settings())
        except BadData as error:
            return _server_that_says(describe_all(error.problems, load_catalog()))
    except Exception as error:
        return _server_that_says(readable(error))
    app.enable_dev_tools(
        debug=True,
        dev_tools_hot_reload_interval=RELOAD_EVERY,
        # Dash's own page of an error has no trace where no callback failed
        dev_tools_prune_errors=False,
        # Dash would ask a host of its own whether there is a newer Dash
        dev_tools_disable_version_check=True,
    )
    server: Flask = app.server
    _tell_open_pages(server)

    @server.errorhandler(Exception)
    def show(error: Exception) -> Response | HTTPException:
        return error if isinstance(error, HTTPException) else _shown(readable(error))

    for handler in server.logger.handlers:
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    print("ready", flush=True)
    return server


def _server_that_says(text: str) -> Flask:
    _print_once(text)
    server = Flask(__name__)
    _tell_open_pages(server)

    @server.get("/")
    @server.get("/<path:_path>")
    def say(_path: str = "") -> Response:
        return _shown(text)

    return server


def _shown(text: str) -> Response:
    """A page that asks again by itself; Dash shows the same text where a callback failed."""
    _print_once(text)
    return Response(text, 500, {"Refresh": str(RELOAD_EVERY)}, mimetype="text/plain")


@lru_cache(maxsize=1)
def _print_once(text: str) -> None:
    print(text, flush=True)


def readable(error: Exception) -> str:
    """What went wrong, the lines of ours that led there, and below it the whole trace."""
    ours = [
        f"  {path.relative_to(ROOT)}:{frame.lineno} in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(ROOT) and ".venv" not in path.parts
    ]
    return "\n".join([f"{type(error).__name__}: {error}", *ours, "", "".join(traceback.format_exception(error))])


def _tell_open_pages(server: Flask) -> None:
    """Dash's pages ask every second which server this is, and load again when it is another. Dash alone would exchange
    layout and callbacks, and leave styles, scripts and the document's own text as they were."""
    this = uuid4().hex
    known = set(watched_files())

    @server.before_request
    def tell() -> dict[str, object] | None:
        if not request.path.endswith("/_reload-hash"):
            return None
        # files that are new or gone; the reloader looks only at those that it was given, this one among them
        if set(watched_files()) != known:
            Path(__file__).touch()
        return {"reloadHash": this, "hard": True, "packages": [], "files": []}


def main() -> None:
    """Serves until it is interrupted."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    if not is_running_from_reloader():
        _take_place()
    with ThreadPoolExecutor(1) as beside:
        # made while files are watched already, so that no change is missed meanwhile; requests wait for it
        server = beside.submit(debug_server) if is_running_from_reloader() else None
        run_simple(
            os.environ["HOST"],
            int(os.environ["PORT"]),
            lambda environ, start: server.result()(environ, start) if server else (),
            use_reloader=True,
            extra_files=list(watched_files()),
            threaded=True,
        )


def _take_place() -> None:
    """Says where the server is. The process that is started again at each change may not get so far as to read it."""
    from dashboard.settings import BadSetting, read_settings

    try:
        settings = read_settings()
    except BadSetting as error:
        sys.exit(str(error))
    os.environ.update(HOST=settings.host, PORT=str(settings.port))
    print(f"for work on the dashboard: http://{settings.bind}", flush=True)


if __name__ == "__main__":
    main()
