"""Faults made for real: disks without room, rights taken away. Where the machine does not let us, a test is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.loaded import run

# root may read everything; without these two rights it may read what its modes say, like anybody
NO_MORE_THAN_MODES = "-dac_override,-dac_read_search"


def held_to_modes() -> list[str]:
    """What to put before a command so that the modes of files count for it."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root reads everything here")
    return ["setpriv", "--bounding-set", NO_MORE_THAN_MODES, "--inh-caps", NO_MORE_THAN_MODES]


def command(
    *arguments: object, database: str = "", clock: Path | None = None, most_bytes: int = 0
) -> subprocess.CompletedProcess[str]:
    """`python -m dashboard …`, as its users run it, on a database, by a clock and with no file beyond a size."""
    return run(*map(str, arguments), database=database, clock=clock, most_bytes=most_bytes)


def until(is_so: Callable[[], bool], *, within: float = 60.0) -> None:
    """Waits for something that has to come."""
    end = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < end, f"it did not come within {within} seconds"
        time.sleep(0.1)


class Disk:
    """A disk of a few megabytes of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.ballast = place / "ballast"

    def fill(self, left: int) -> None:
        """Leaves so many bytes of room."""
        with self.ballast.open("wb", buffering=0) as file:
            room = shutil.disk_usage(self.place).free - left
            while room > 0:
                room -= file.write(bytes(min(room, 65_536)))

    def free(self) -> None:
        """Takes away what filled it."""
        self.ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk in memory, mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    mounted = [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)] if mount and sys.platform == "linux" else []
    if not mounted or subprocess.run(mounted, capture_output=True, check=False).returncode != 0:
        pytest.skip("no disk may be mounted here")
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", str(place)], check=True)
