"""The data folder as a row of whole versions, so that nothing is lost.

A change is made in a copy of the folder that lies beside it, checked there, written through to the disk, and then
exchanged for the folder in one step of the file system (renameat2 on Linux, renamex_np on macOS): whoever looks, and
whenever the power goes, there is the old folder or the new one, whole. What was there becomes the newest of the former
versions in `.<name>.versions/`. Where a system cannot exchange, two renames do it; a stop between them leaves the
folder missing for a moment, and `settle` puts the new one in its place.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.intake.files import refused

NEXT, LEAVING, UNDONE, LOCK = "next", "leaving", "undone", "lock"
LABEL = ".version"
WAIT = 60
VERSION = re.compile(r"\d{6}")


class Unsettled(Exception):
    """The folder was exchanged, but not everything after that could be done: (number, reason, path)."""


@dataclass(frozen=True)
class History:
    """A data folder and where its former versions lie. Made by `history_of`."""

    folder: Path
    place: Path

    def former(self) -> list[Path]:
        """The former versions, the newest last."""
        if not self.place.is_dir():
            return []
        return sorted(path for path in self.place.iterdir() if VERSION.fullmatch(path.name))

    def undone(self) -> list[Path]:
        """Versions that were undone, the newest last."""
        return sorted(self.place.glob(f"{UNDONE}-*"))

    def label(self, version: Path) -> str:
        """What was done to a version to make it the next one, "" where that was not kept."""
        try:
            return (version / LABEL).read_text(encoding="utf-8").strip()
        except OSError:
            return ""


def history_of(folder: Path) -> History:
    """The history of a data folder. A link to the folder is followed, so that the link stays."""
    real = Path(os.path.realpath(folder))
    return History(real, real.parent / f".{real.name}.versions")


@contextmanager
def alone(history: History, *, wait: float = WAIT) -> Iterator[None]:
    """Nobody else changes the folder meanwhile. Raises BadData where somebody else does for longer than `wait`
    seconds. The lock is the operating system's: it ends with its holder, however that ends."""
    from filelock import FileLock, Timeout

    try:
        history.place.mkdir(exist_ok=True)
        lock = FileLock(history.place / LOCK, timeout=wait)
        lock.acquire()
    except Timeout:
        raise refused(history.folder.name, "locked", wait=f"{wait:g}") from None
    except PermissionError as error:
        raise refused(history.folder.name, "not_writable", reason=str(error)) from None
    try:
        settle(history)
        yield
    finally:
        lock.release()


def settle(history: History) -> None:
    """Clears up after a stop in the middle. Only the holder of the lock may call it.

    The label is what tells where it stopped: a folder gets it just before it stops being the current one.
    """
    leaving, copy = history.place / LEAVING, history.place / NEXT
    if not history.folder.exists() and leaving.is_dir():
        # a system without exchange stopped between its two renames: the new version is whole, so it goes on
        (copy if copy.is_dir() else leaving).rename(history.folder)
    (history.folder / LABEL).unlink(missing_ok=True)
    if leaving.is_dir():
        leaving.rename(_next_number(history))
    if copy.is_dir():
        if (copy / LABEL).exists():
            copy.rename(_next_number(history))
        else:
            shutil.rmtree(_aside(history, copy))
    for version in history.former():
        if history.label(version) == UNDONE:
            version.rename(history.place / f"{UNDONE}-{version.name}")
    for path in history.place.glob("gone-*"):
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def prepared(history: History) -> Iterator[Path]:
    """A copy of the folder to be changed; if it was not committed, it is removed when the block ends. Raises OSError
    where the copy cannot be made; nothing of it is left then, so that a full disk is not fuller."""
    copy = history.place / NEXT
    try:
        try:
            shutil.copytree(history.folder, copy, symlinks=True, ignore=shutil.ignore_patterns(LABEL))
        except shutil.Error as error:
            # the list of all files that could not be copied, each with a text and no number; of a full disk most are
            raise _first(error) from None
        yield copy
    finally:
        settle(history)


def _first(error: shutil.Error) -> OSError:
    """The first of the many reasons of a copy that failed, as the file system said it."""
    source, _, reason = error.args[0][0]
    found = re.match(r"\[Errno (\d+)\]", str(reason))
    return OSError(int(found[1]), os.strerror(int(found[1])), str(source)) if found else OSError(str(reason))


def commit(history: History, copy: Path, label: str, *, keep: int) -> None:
    """Makes the copy the folder, and the folder the newest former version; of these the newest `keep` stay.

    `label` says what was done. Raises BadData where the folder cannot be replaced (a mount point).
    """
    _write_through(copy)
    _put_in_place(history, copy, label)
    with _afterwards(history):
        for path in (*history.former()[: -max(keep, 1)], *history.undone()[: -max(keep, 1)]):
            shutil.rmtree(_aside(history, path))


def undo(history: History) -> tuple[str, Path]:
    """Puts the newest former version back. Returns what was undone and where the version that was undone is kept."""
    former = history.former()
    if not former:
        raise refused(history.folder.name, "nothing_to_undo")
    version = former[-1]
    label = history.label(version)
    before = set(history.undone())
    _put_in_place(history, version, UNDONE)
    (kept,) = set(history.undone()) - before
    return label, kept


def _put_in_place(history: History, version: Path, label: str) -> None:
    """Exchanges the folder for another version, with a label on the one that goes. Raises OSError or BadData where that
    cannot be, and the folder is as it was; Unsettled where it is exchanged and something after that failed."""
    try:
        _write(history.folder / LABEL, label)
    except OSError:
        (history.folder / LABEL).unlink(missing_ok=True)
        raise
    try:
        _exchange(version, history.folder, history.place / LEAVING)
    except OSError as error:
        (history.folder / LABEL).unlink(missing_ok=True)
        raise refused(history.folder.name, "cannot_swap", reason=error.strerror or str(error)) from None
    with _afterwards(history):
        _sync(history.folder.parent)
        settle(history)
        _sync(history.place)


@contextmanager
def _afterwards(history: History) -> Iterator[None]:
    """What fails here fails after the exchange, and must not be told as if nothing had changed."""
    try:
        yield
    except OSError as error:
        raise Unsettled(error.errno, error.strerror or str(error), str(error.filename or history.place)) from None


def _next_number(history: History) -> Path:
    """A number that no version has, nor had one that was undone."""
    numbers = [int(path.name.rpartition("-")[2]) for path in (*history.former(), *history.undone())]
    return history.place / f"{max(numbers, default=0) + 1:06d}"


def _aside(history: History, path: Path) -> Path:
    """Renamed first, so that a removal that is stopped leaves no half of a version."""
    gone = history.place / f"gone-{path.name}"
    shutil.rmtree(gone, ignore_errors=True)
    return path.rename(gone)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _write_through(folder: Path) -> None:
    """All that is in a folder is on the disk when this returns."""
    for root, _, files in os.walk(folder):
        for name in files:
            path = Path(root) / name
            if not path.is_symlink():
                _sync(path)
        _sync(Path(root))


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(at)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EBADF, errno.EACCES}:
            raise
    finally:
        os.close(at)


def _exchange(one: Path, other: Path, aside: Path) -> None:
    """Exchanges two folders in one step; in two, by way of `aside`, where the system has no such step."""
    if _swapped(one, other):
        return
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise


def _swapped(one: Path, other: Path) -> bool:
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        call, arguments = "renameat2", (-100, first, -100, second, 2)
    elif sys.platform == "darwin":
        call, arguments = "renamex_np", (first, second, 2)  # type: ignore[unreachable]
    else:
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), call, None)
    if function is None:
        return False
    if function(*arguments) == 0:
        return True
    if (code := ctypes.get_errno()) in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code))
