"""The data that a process shows now. New data is noticed, read, judged, and only then shown; bad data never is.

Each process has one `DataReloader`, which a thread of that process keeps up to date: every worker, and the master they
are copies of, so that a worker that is replaced begins with what the others show. It asks the database for nothing but
its version. Where the database is away, what was read before is shown, from memory.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard.dataset import BadData, Dataset, describe_each
from dashboard.store.database import HEAD, Database, DatabaseProblem, other_revision, revision_of, version_of
from dashboard.store.load import load_database, with_work
from dashboard.strings import Catalog

# seconds between two questions; the master, which answers nobody, reads when workers are through
EVERY = 1.0
EVERY_BEHIND = 3.0
FORK_WAITS = 60.0
LOG = logging.getLogger("dashboard.data")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class State(Generic[Shown]):
    """What is shown, of which version, and what is wrong with newer data or the database, "" where nothing is."""

    shown: Shown
    version: str
    trouble: str = ""


class DataReloader(Generic[Shown]):
    """Asks for the current data. `make` makes of a dataset and its version what requests work on; `words` are for the
    log; `first` is a dataset and its version that need not be read: a database was just filled with it, or there is
    none, and so nothing ever changes."""

    def __init__(
        self,
        database: Database | None,
        make: Callable[[Dataset, str], Shown],
        t: Catalog,
        first: tuple[Dataset, str] | None = None,
    ) -> None:
        self.database = database
        self.make = make
        self.t = t
        # one object, replaced as a whole: a reader has the old or the new, never halves
        if first is not None:
            self.state = State(make(*first), first[1])
        elif database is not None:
            self.state = self._read(database)
        else:
            raise ValueError("neither a database nor data")
        self.lock = threading.Lock()
        self.reading = threading.Lock()
        self.every = EVERY
        self.is_held = False
        self.watched_by = 0
        self.is_logging = True
        # a version that was found bad is not read again and again
        self.bad_version = ""

    @property
    def current(self) -> Shown:
        """What is shown at this moment; a request asks once and keeps it."""
        return self.state.shown

    @property
    def label(self) -> str:
        """What the data comes from, for /health."""
        if self.database is None:
            return self.t("store.memory")
        alone = self.t("store.read_alone")
        return f"{self.database.label} ({alone})" if self.database.is_read_only else self.database.label

    @property
    def can_write(self) -> bool:
        """Whether anything can be changed here."""
        return self.database is not None and not self.database.is_read_only

    def watch(self, *, is_logging: bool = True) -> None:
        """Starts the thread that asks, once in each process: threads do not survive a fork.

        Of processes on the same machine one writes the log; the others are started with `is_logging` False.
        """
        if self.watched_by == os.getpid() or self.database is None:
            return
        with self.lock:
            if self.watched_by != os.getpid():
                self.watched_by, self.is_logging = os.getpid(), is_logging
                threading.Thread(target=self._go_on_asking, name="data", daemon=True).start()

    def watch_before_forks(self) -> None:
        """Watches in a process that copies itself: no copy is made while a connection is open, because a copy has only
        one of the threads, and must not have the connection."""
        self.every = EVERY_BEHIND
        os.register_at_fork(before=self._hold, after_in_parent=self._go_on, after_in_child=self._begin_anew)
        self.watch()

    def _hold(self) -> None:
        # a database that never answers must not keep workers from being replaced
        self.is_held = self.reading.acquire(timeout=FORK_WAITS)

    def _go_on(self) -> None:
        if self.is_held:
            self.reading.release()

    def _begin_anew(self) -> None:
        self.reading, self.every = threading.Lock(), EVERY

    def _go_on_asking(self) -> None:
        while True:
            self.poll()
            time.sleep(self.every)

    def poll(self) -> None:
        """Asks the database for its version, and reads it where that is another one; shows what is good, keeps what is
        shown where it is not, and says why."""
        if self.database is None:
            return
        # one at a time: of two at once the slower one would put older data in the place of newer
        with self.reading:
            self._compare(self.database)

    def _compare(self, database: Database) -> None:
        version = ""
        try:
            version = database.version()
            if version == self.state.version:
                self.bad_version = ""
                if self.state.trouble:
                    self._log(logging.WARNING, self.t("live.again", database=self.label, version=version))
                    self.state = State(self.state.shown, version)
            elif version != self.bad_version:
                self.state = self._read(database)
                self.bad_version = ""
                self._log(logging.WARNING, self.t("live.new", database=self.label, version=self.state.version))
        except DatabaseProblem as problem:
            self.bad_version = ""
            self._keep(problem.text(self.t), key="live.away")
        except BadData as error:
            self.bad_version = version
            self._keep(describe_each(error.problems, self.t, most=20))
        except Exception as error:  # whatever goes wrong here must end neither the watch nor what is shown
            self.bad_version = version
            self._keep(self.t("live.fault", reason=f"{type(error).__name__}: {error}"), trace=error)

    def _read(self, database: Database) -> State[Shown]:
        with database.reading() as connection:
            found = revision_of(connection)
            if found != HEAD:
                raise other_revision(found, database.label)
            version = version_of(connection)
            checked = database.take_checked(version)
            dataset = with_work(connection, checked) if checked else load_database(connection, database.label)
        return State(self.make(dataset, version), version)

    def _keep(self, trouble: str, *, key: str = "live.bad", trace: Exception | None = None) -> None:
        """What was shown stays. The trouble is said once, however often it is met; the trace of what nobody thought of
        goes along."""
        if trouble != self.state.trouble:
            self._log(logging.ERROR, self.t(key, database=self.label, trouble=trouble), trace)
        self.state = State(self.state.shown, self.state.version, trouble)

    def _log(self, level: int, text: str, trace: Exception | None = None) -> None:
        if self.is_logging or trace:
            LOG.log(level, "%s", text, exc_info=trace)
