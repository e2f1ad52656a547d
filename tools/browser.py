"""Finds a Chromium for the tests, and gets one where there is none; takes pictures with it.

    python tools/browser.py        prints its path; installs Debian's or Playwright's own if need be

A browser on the PATH is taken first. Without one: Debian's package where this is Debian and the user may install,
else the one Playwright brings.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# a page whose charts show what is chosen
READY = "document.body?.dataset.ready === 'true'"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    """The path of a Chromium or Chrome on the PATH, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(), args=["--no-sandbox"])
        yield browser
        browser.close()


def write_small(picture: bytes, file: Path) -> None:
    """A PNG of few bytes: 256 colours, those of small things among them, those of large ones as they are."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def main() -> int:
    """Makes sure that there is a browser; 1 where none could be had."""
    if path := on_path():
        print(f"browser: {path}")
        return 0
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        for command in (
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if path := on_path():
            print(f"browser: {path}")
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
