"""The house that a server shows now. New data is noticed, read, judged, and only then shown; bad data never is.

Each worker process has one `Live`, which a thread of that process keeps up to date. All that changes is in it, and what
it comes to depends on the data folder alone, so all workers come to the same.
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

from dashboard.dataset import BadData, describe_all, load
from dashboard.frames import House
from dashboard.memory import give_back
from dashboard.metrics.summary import warm
from dashboard.metrics.survey import Thresholds
from dashboard.settings import Settings
from dashboard.stage import check_story
from dashboard.strings import Words, load_words

EVERY = 1.0
PIECE = 1_000_000
ENDINGS = (".csv", ".toml")
Stamp = tuple[tuple[str, int, int, int], ...]
LOG = logging.getLogger("dashboard.live")


@dataclass(frozen=True)
class State:
    """What is shown, and what is wrong with newer data, "" where nothing is."""

    house: House
    trouble: str = ""


class Live:
    """Asks for the current house. `make` reads the data folder and raises BadData; `words` are for the log."""

    def __init__(self, folder: Path, make: Callable[[], House], words: Words) -> None:
        self.folder = folder
        self.make = make
        self.words = words
        self.stamp = stamp_of(folder)
        # one object, replaced as a whole: a reader has the old or the new, never halves
        self.state = State(make())
        self.lock = threading.Lock()
        self.watched_by = 0

    @property
    def house(self) -> House:
        """The house of this moment; a request asks once and keeps it."""
        return self.state.house

    def watch(self) -> None:
        """Starts the thread that looks after the folder, once in each process: threads do not survive a fork."""
        if self.watched_by == os.getpid():
            return
        with self.lock:
            if self.watched_by != os.getpid():
                self.watched_by = os.getpid()
                threading.Thread(target=self._go_on_looking, name="data", daemon=True).start()

    def _go_on_looking(self) -> None:
        before = self.stamp
        while True:
            try:
                before = self.look(before)
            except Exception:
                # whatever goes wrong here must not end the watch, nor what is shown
                LOG.exception("looking at %s", self.folder)
            time.sleep(EVERY)

    def look(self, before: Stamp) -> Stamp:
        """Looks once. A change is read when it is the same as at the last look, so that a file that is being saved is
        not read by halves. Returns what it saw, for the next look."""
        now = stamp_of(self.folder)
        if now == self.stamp:
            return now
        if now != before:
            return now
        self.stamp = now
        self.refresh()
        return now

    def refresh(self) -> None:
        """Reads the folder; shows what is good, keeps what is shown where it is not, and says which."""
        try:
            house = self.make()
        except BadData as error:
            trouble = describe_all(error.problems, self.words, most=20)
            LOG.error("%s", self.words("live.bad", folder=self.folder, trouble=trouble))
            self.state = State(self.state.house, trouble)
            return
        if house.version != self.state.house.version:
            LOG.warning("%s", self.words("live.new", folder=self.folder, version=house.version))
            self.state = State(house)
        elif self.state.trouble:
            self.state = State(self.state.house)


def live_of(settings: Settings) -> Live:
    """The data that the settings name, and whatever it becomes. Raises BadData where it is bad now."""
    words = load_words(settings.language)
    thresholds = Thresholds(settings.hide_below, settings.counts_below, settings.small_below)

    def make() -> House:
        # the version is taken before: a change while reading gives a version that the next look replaces
        version = version_of(settings.data)
        dataset = load(settings.data, most_bytes=settings.max_file_mb * 1_000_000)
        check_story(dataset)
        dataset = dataset.without_answers()
        for basis in dataset.bases.values():
            warm(basis)
        give_back()
        return House(dataset, words, thresholds, settings.contact, version)

    return Live(settings.data, make, words)


def stamp_of(folder: Path) -> Stamp:
    """What tells cheaply that a file of the folder may have changed: names, sizes, times, and which file it is."""
    stamp = []
    for path in _files(folder):
        try:
            status = path.stat()
        except OSError:
            continue
        stamp.append((str(path.relative_to(folder)), status.st_size, status.st_mtime_ns, status.st_ino))
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
