"""The house that a server shows now. New data is noticed, read, judged, and only then shown; bad data never is.

Each process has one `Live`, which a thread of that process keeps up to date: every worker, and the master they are
copies of, so that a worker that is replaced begins with what the others show. All that changes is in it, and what it
comes to depends on the data folder alone, so all processes come to the same. Nothing here asks what time it is: that a
file differs is told by comparing, not by which is later.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.context import House
from dashboard.counting import events_of, groups_of
from dashboard.dataset import BadData, describe_each, load, unreadable
from dashboard.metrics.survey import Thresholds
from dashboard.presentation.check import check_story
from dashboard.settings import Settings
from dashboard.strings import Words, load_words

EVERY = 1.0
# what workers are copied from answers nobody: it reads when they are through
EVERY_BEHIND = 3.0
# a folder that never comes to rest is read all the same after so many looks
PATIENCE = 30
FORK_WAITS = 60.0
PIECE = 1_000_000
ENDINGS = (".csv", ".toml")
Stamp = tuple[tuple[str, int, int, int, int], ...]
LOG = logging.getLogger("dashboard.live")


@dataclass(frozen=True)
class State:
    """What is shown, and what is wrong with newer data, "" where nothing is."""

    house: House
    trouble: str = ""


class Live:
    """Asks for the current house. `make` reads the data folder, whose version it is given, and raises BadData; `words`
    are for the log."""

    def __init__(self, folder: Path, make: Callable[[str], House], words: Words) -> None:
        self.folder = folder
        self.make = make
        self.words = words
        self.stamp = stamp_of(folder)
        # one object, replaced as a whole: a reader has the old or the new, never halves
        self.state = State(make(version_of(folder)))
        self.lock = threading.Lock()
        self.reading = threading.Lock()
        self.every = EVERY
        self.is_held = False
        self.watched_by = 0
        self.is_telling = True
        self.restless = 0

    @property
    def house(self) -> House:
        """The house of this moment; a request asks once and keeps it."""
        return self.state.house

    def watch(self, *, is_telling: bool = True) -> None:
        """Starts the thread that looks after the folder, once in each process: threads do not survive a fork.

        Of processes that watch the same folder one tells the log; the others are started with `is_telling` False.
        """
        if self.watched_by == os.getpid():
            return
        with self.lock:
            if self.watched_by != os.getpid():
                self.watched_by, self.is_telling = os.getpid(), is_telling
                threading.Thread(target=self._go_on_looking, name="data", daemon=True).start()

    def watch_before_forks(self) -> None:
        """Watches in a process that copies itself: no copy is made while the folder is being read, because a copy has
        only one of the threads, and would wait for ever for what another held."""
        self.every = EVERY_BEHIND
        os.register_at_fork(before=self._hold, after_in_parent=self._go_on, after_in_child=self._begin_anew)
        self.watch()

    def _hold(self) -> None:
        # a disk that never answers must not keep workers from being replaced
        self.is_held = self.reading.acquire(timeout=FORK_WAITS)

    def _go_on(self) -> None:
        if self.is_held:
            self.reading.release()

    def _begin_anew(self) -> None:
        self.reading, self.every = threading.Lock(), EVERY

    def _go_on_looking(self) -> None:
        before = self.stamp
        while True:
            with self.reading:
                before = self.look(before)
            time.sleep(self.every)

    def look(self, before: Stamp) -> Stamp:
        """Looks once. A change is read when it is the same as at the last look, so that a file that is being saved is
        not read by halves. Returns what it saw, for the next look."""
        now = stamp_of(self.folder)
        if now == self.stamp:
            self.restless = 0
            return now
        self.restless += 1
        is_at_rest = now == before
        if is_at_rest or self.restless >= PATIENCE:
            self.stamp, self.restless = now, 0
            self.refresh(is_at_rest=is_at_rest)
        return now

    def refresh(self, *, is_at_rest: bool = True) -> None:
        """Reads the folder; shows what is good, keeps what is shown where it is not, and says which.

        What was wrong while a folder at rest changed again is not worth a word: the next look judges what it became.
        """
        try:
            version = version_of(self.folder)
            shown = self.state.house
            house = shown if version == shown.version else self.make(version)
        except Exception as error:  # whatever goes wrong here must end neither the watch nor what is shown
            if is_at_rest and stamp_of(self.folder) != self.stamp:
                return
            self._keep(error)
            return
        if house is not shown:
            self._tell(logging.WARNING, self.words("live.new", folder=self.folder, version=house.version))
            self.state = State(house)
        elif self.state.trouble:
            self._tell(logging.WARNING, self.words("live.again", folder=self.folder, version=house.version))
            self.state = State(house)

    def _keep(self, error: Exception) -> None:
        """What was shown stays. The trouble is said once, however often it is met; the trace of what nobody thought of
        goes along."""
        trace = None
        if isinstance(error, OSError):
            error = BadData([unreadable(str(self.folder), error)])
        if isinstance(error, BadData):
            trouble = describe_each(error.problems, self.words, most=20)
        else:
            trouble, trace = self.words("live.fault", reason=f"{type(error).__name__}: {error}"), error
        if trouble != self.state.trouble:
            self._tell(logging.ERROR, self.words("live.bad", folder=self.folder, trouble=trouble), trace)
        self.state = State(self.state.house, trouble)

    def _tell(self, level: int, text: str, trace: Exception | None = None) -> None:
        if self.is_telling or trace:
            LOG.log(level, "%s", text, exc_info=trace)


def live_of(settings: Settings) -> Live:
    """The data that the settings name, and whatever it becomes. Raises BadData where it is bad now."""
    words = load_words(settings.language)
    thresholds = Thresholds(settings.hide_below, settings.counts_below, settings.small_below)

    def make(version: str) -> House:
        # the version was taken before: a change while reading gives a version that the next look replaces
        dataset = load(settings.data, most_bytes=settings.max_file_mb * 1_000_000)
        check_story(dataset)
        dataset = dataset.without_answers()
        # added up here, before workers are made, so that they share it and the first visitor does not wait for it
        for basis in dataset.bases.values():
            events_of(basis)
            groups_of(basis)
        return House(dataset, words, thresholds, settings.contact, version)

    return Live(settings.data, make, words)


def stamp_of(folder: Path) -> Stamp:
    """What tells cheaply that a file of the folder may have changed: names, sizes, which file it is, when its content
    was changed and when anything about it was, the right to read it among that; and what cannot be seen, and why."""
    stamp = []
    try:
        for path in _files(folder):
            try:
                status = path.stat()
            except OSError as error:
                stamp.append((f"{path.relative_to(folder)}: {error.strerror}", 0, 0, 0, 0))
                continue
            times = (status.st_mtime_ns, status.st_ctime_ns)
            stamp.append((str(path.relative_to(folder)), status.st_size, status.st_ino, *times))
    except OSError as error:
        stamp.append((f"{folder}: {error.strerror}", 0, 0, 0, 0))
    return tuple(stamp)


def version_of(folder: Path) -> str:
    """The same for the same data, on every worker and machine: the beginning of a digest of all its files."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        try:
            with path.open("rb") as file:
                for piece in iter(lambda: file.read(PIECE), b""):
                    digest.update(piece)
        except OSError:
            continue
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS)
