"""Loaded by Python itself where this folder is on its path: a clock that a file moves, by so many seconds.

What measures durations (`time.monotonic`) goes on as it does when somebody sets the clock of a machine.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_right, _file = time.time, Path(os.environ["CLOCK_FILE"])


def _moved() -> float:
    return _right() + float(_file.read_text() or 0)


# date.today() and the log ask for this one too
time.time = _moved
