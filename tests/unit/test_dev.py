"""`make dev`: a change starts the server again, a mistake is shown where one looks, and goes when it is mended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.serving import ROOT, free_port
from tools.dev import readable

WITHIN = 60.0
Get = Callable[[str], tuple[int, str]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program where a test may break it."""
    for name in ("app.py", "dashboard", "assets", "data", "tools/dev.py"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            # what is compiled already comes along
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return tmp_path


@pytest.fixture
def get(copy: Path) -> Iterator[Get]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.dev"],
        cwd=copy,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def ask(path: str) -> tuple[int, str]:
        try:
            try:
                reply = urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=WITHIN)
            except urllib.error.HTTPError as error:
                reply = error
            with reply:
                return reply.status, reply.read().decode()
        except (OSError, HTTPException):  # a server that ends may end in the midst of an answer
            return 0, ""

    yield ask
    # the reloader and the server that it started
    os.killpg(process.pid, 15)
    process.wait(WITHIN)


def eventually(get: Get, path: str, holds: Callable[[int, str], bool]) -> str:
    until = time.monotonic() + WITHIN
    while True:
        status, text = get(path)
        if holds(status, text):
            return text
        assert time.monotonic() < until, f"{path}: {status} {text[:500]}"
        time.sleep(0.1)


def test_changes_are_seen_and_mistakes_are_shown(copy: Path, get: Get) -> None:
    def is_another(status: int, text: str) -> bool:
        return status == 200 and text != before

    before = ""
    before = eventually(get, "/_reload-hash", is_another)
    assert json.loads(before)["hard"] is True
    assert get("/")[0] == 200

    module = copy / "dashboard" / "filters.py"
    good = module.read_text(encoding="utf-8")
    module.write_text(good + "\ndef (:\n", encoding="utf-8")
    text = eventually(get, "/", lambda status, _: status == 500)
    assert text.startswith("SyntaxError: invalid syntax")
    assert any(line.startswith("  dashboard/__init__.py:") for line in text.splitlines())

    # a server that shows a mistake looks after files as any other, and is begun again in less time
    before = get("/_reload-hash")[1]
    (copy / "assets" / "css" / "99-new.css").write_text(".new{}", encoding="utf-8")
    eventually(get, "/_reload-hash", is_another)

    module.write_text(good, encoding="utf-8")
    eventually(get, "/", lambda status, _: status == 200)


def test_a_trace_begins_with_our_own_lines() -> None:
    try:
        json.loads("{")
    except ValueError as error:
        lines = readable(error).splitlines()
    assert lines[0].startswith("JSONDecodeError: ")
    assert lines[1].startswith("  tests/unit/test_dev.py:") and lines[1].endswith('json.loads("{")')
    assert lines[2] == "" and lines[-1].endswith(lines[0])
