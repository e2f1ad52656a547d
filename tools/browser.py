"""Finds a Chromium for the tests, and gets one where there is none.

    python tools/browser.py        prints its path; installs Debian's or Playwright's own if need be

A browser on the PATH is taken first. Without one: Debian's package where this is Debian and the user may install,
else the one Playwright brings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    """The path of a Chromium or Chrome on the PATH, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


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
