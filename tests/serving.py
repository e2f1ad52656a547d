"""The real server for tests: gunicorn, as it is run in production, on a free port."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import IO

from tests.stored import filled_file

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 120.0


# ports that were given away stay bound, but not listened at, as long as this process lives
GIVEN: list[socket.socket] = []


def free_port() -> int:
    """A port that nobody else gets, by asking for one or by calling somewhere, before a server listens at it, and while
    one is started again."""
    probe = socket.socket()
    # a server that says so too may listen at it all the same; on other systems than Linux it may not
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = int(probe.getsockname()[1])
    if sys.platform == "linux":
        GIVEN.append(probe)
    else:
        probe.close()
    return port


def start(port: int, *, errors: int | IO[str] = subprocess.DEVNULL, **environment: str) -> subprocess.Popen[str]:
    """A server with a database of its own, filled from its folder, unless DATABASE_URL names another. `errors` is where
    its log goes: no pipe that nobody reads, for a server whose pipe is full stands still."""
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    if "DATABASE_URL" not in environment:
        path = Path(tempfile.mkdtemp(prefix="ipi-server-")) / "dashboard.sqlite"
        environment["DATABASE_URL"] = f"sqlite:///{path}"
        if "DASHBOARD_DATA" not in environment:
            shutil.copy(filled_file(), path)
    variables = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **environment}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True)


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except (OSError, HTTPException):
        return False


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    """The address of a running server; it is stopped afterwards."""
    port = free_port()
    with tempfile.TemporaryFile("w+") as log:
        process = start(port, errors=log, **environment)
        try:
            until = time.monotonic() + STARTS_WITHIN
            while not is_healthy(port):
                is_late = time.monotonic() > until
                if is_late or process.poll() is not None:
                    log.seek(0)
                    raise AssertionError(f"the server {'does not answer' if is_late else 'ended'}: {log.read()}")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.communicate(timeout=60)


@contextmanager
def started_once(file: Path, start_it: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """The address of what the first of several processes started; it ends when the last of them is done."""
    with (
        file.with_suffix(".lock").open("w") as users,
        file.with_suffix(".start").open("w") as starting,
        ExitStack() as own,
    ):
        fcntl.flock(starting, fcntl.LOCK_EX)
        is_first = not file.exists()
        if is_first:
            file.write_text(own.enter_context(start_it()), encoding="utf-8")
        address = file.read_text(encoding="utf-8")
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(starting, fcntl.LOCK_UN)
        yield address
        fcntl.flock(users, fcntl.LOCK_UN)
        if is_first:
            # whoever comes from now on starts another
            fcntl.flock(starting, fcntl.LOCK_EX)
            file.unlink()
            fcntl.flock(starting, fcntl.LOCK_UN)
            fcntl.flock(users, fcntl.LOCK_EX)
