"""Reading files beside the requests: in a thread of the worker, one at a time, with how far it is in the database."""

from __future__ import annotations

import hashlib
import logging
import secrets
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from dashboard.dataset import Dataset
from dashboard.dataset.problems import BadData, Problem, describe_each
from dashboard.intake.spreadsheet import HowToRead, sheets_in
from dashboard.intake.text_file import Progress
from dashboard.staff.area import StaffArea
from dashboard.store import uploads
from dashboard.store.accounts import Account
from dashboard.store.changes import Conflict, Entry
from dashboard.store.commands import conflict_text
from dashboard.store.database import DatabaseProblem
from dashboard.store.uploads import ACCEPT, ACCEPTED, FAILED, LOOK, READ, Upload, UploadFile
from dashboard.strings import Catalog

LOG = logging.getLogger("dashboard.staff")
# how often the database hears how far it is, and that the thread lives
TOLD_EVERY, TOUCHED_EVERY = 0.5, 10.0
# honest files take a minute at most; what takes longer than this is stopped
LONGEST = 600.0
MOST_LINES = 100
# of titles above a header, and of headings, what is shown of one
LONGEST_SHOWN = 200
Found = TypeVar("Found")


class Stopped(Exception):
    """Nobody waits for it any more, or it takes too long."""


@dataclass
class Job:
    """One reading. `paths` are the files on the disk of this machine, for as long as it lasts; `progress` is told by
    the reader, from 0 to 1."""

    area: StaffArea
    t: Catalog
    upload: Upload
    dataset: Dataset
    paths: list[tuple[UploadFile, Path]] = field(default_factory=list)
    progress: float = 0.0
    is_stopped: bool = False
    began: float = field(default_factory=time.monotonic)

    def progress_of(self, at: int) -> Progress:
        """Where a reader tells how far it is with one of the files. Raises Stopped."""
        part = 0.8 / len(self.paths)
        return self.progress_between(at * part, (at + 1) * part)

    def progress_between(self, start: float, end: float) -> Progress:
        """The same of something that is such a part of the whole. Raises Stopped."""

        def report_progress(done: float) -> None:
            if self.is_stopped:
                raise Stopped
            self.progress = start + (end - start) * min(done, 1.0)

        return report_progress

    def look_at_file(self, at: int, facts: dict[str, Any], read: Callable[..., Found]) -> Found | None:
        """What `read` (`read_list`, `open_file`) gives of one of the files, read as a person has said; None where it
        cannot be read. `facts` are what pages show of the file: its name, its sheets, what is wrong with it."""
        file, path = self.paths[at]
        told, most_bytes = how_to_read(self.upload.options, file.id), self.area.settings.max_file_mb * 1_000_000
        facts |= {"id": file.id, "name": file.name, "sheets": [], "problems": []}
        try:
            facts["sheets"] = sheets_in(path, most_bytes=most_bytes)
            return read(path, self.dataset, most_bytes=most_bytes, told=told, progress=self.progress_of(at))
        except BadData as error:
            facts["problems"] = problem_lines(error.problems, self.t)
            return None

    def change(self, by: Account) -> dict[str, Any]:
        """How the change that an account accepts stands in the history; who brought it, where that is somebody else."""
        brought_by = (
            "" if self.upload.author == by.email else self.t("staff.imports.brought_by", who=self.upload.author)
        )
        way = self.t("staff.imports.way", files=self.upload.names)
        return {"who": by.email, "way": way, "check": self.area.check, "reason": brought_by}


@dataclass(frozen=True)
class Look:
    """What reading found. `result` is what pages show; `accept`, where there is one, puts it into the data. `options`
    are kept with the upload; `digest` tells whether it is still what a person saw."""

    result: dict[str, Any]
    is_read: bool
    options: dict[str, Any] = field(default_factory=dict)
    digest: str = ""
    accept: Callable[[Account], Entry] | None = None


class Readers:
    """Reads uploads of one worker, one after the other: what one of them takes of memory is limited, what ten take is
    not. `looks` has for each kind of upload what reads it."""

    def __init__(self, area: StaffArea, looks: Mapping[str, Callable[[Job], Look]]) -> None:
        self.area, self.looks = area, looks
        self.t = in_words_of_pages(area.t)
        self.turn = threading.Semaphore(1)

    def start(self, number: int, accepted_by: Account | None = None) -> None:
        """Begins to read an upload, unless it is just going into the data; `accepted_by` wants it there, if it is still
        what was seen."""
        run = f"{ACCEPT if accepted_by else LOOK} {secrets.token_hex(8)}"
        if not uploads.begin(self.area.database, number, run):
            return
        # a worker that is told to end does not wait for it: whoever looks next begins again
        threading.Thread(target=self._read, args=(number, run, accepted_by), name=run, daemon=True).start()

    def _read(self, number: int, run: str, accepted_by: Account | None) -> None:
        done = threading.Event()
        holder: list[Job] = []
        teller = threading.Thread(target=self._tell, args=(number, run, holder, done), daemon=True)
        teller.start()
        try:
            with self.turn:
                self._read_now(number, run, accepted_by, holder)
        except Stopped:
            text = self.t("staff.imports.too_long", minutes=round(LONGEST / 60))
            self._finish(number, run, FAILED, {"problems": [text]})
        except BadData as error:
            self._finish(number, run, FAILED, {"problems": problem_lines(error.problems, self.t)})
        except DatabaseProblem as problem:
            LOG.error("%s", problem.text(self.t))
            self._finish(number, run, FAILED, {"problems": [problem.text(self.t)]})
        except Exception as error:  # a file must not take a worker with it, whatever is in it
            # where it happened, and nothing of what stands in the file, which the error itself may quote
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}:{last.lineno}"
            LOG.error("import failed", extra={"kind": type(error).__name__, "place": where, "upload": number})
            self._finish(number, run, FAILED, {"problems": [self.t("staff.imports.unreadable")]})
        finally:
            done.set()
            teller.join()

    def _read_now(self, number: int, run: str, accepted_by: Account | None, holder: list[Job]) -> None:
        upload = uploads.find_upload(self.area.database, number)
        if upload is None or upload.run != run:
            return
        with tempfile.TemporaryDirectory(prefix="import-") as folder:
            # with the answers that are there, which those of a file may replace
            job = Job(self.area, self.t, upload, self.area.dataset_with_answers())
            holder.append(job)
            for at, file in enumerate(upload.files):
                path = Path(folder) / str(at) / file.name
                path.parent.mkdir()
                path.write_bytes(uploads.body_of(self.area.database, file.id))
                job.paths.append((file, path))
            look = self.looks[upload.kind](job)
        job.progress = 0.95
        result = {**look.result, "digest": look.digest}
        if accepted_by is None or look.accept is None:
            self._finish(number, run, READ if look.is_read else FAILED, result, options=look.options)
        elif look.digest != upload.result.get("digest"):
            self._finish(number, run, READ, {**result, "has_moved": True}, options=look.options)
        elif uploads.touch(self.area.database, number, run, job.progress):
            self._accept(upload, look.accept, accepted_by, result, look.options)

    def _accept(
        self,
        upload: Upload,
        accept: Callable[[Account], Entry],
        by: Account,
        result: dict[str, Any],
        options: dict[str, Any],
    ) -> None:
        try:
            entry = accept(by)
        except Conflict as conflict:
            refused = [conflict_text(conflict, self.t)]
        except BadData as error:
            refused = problem_lines(error.problems, self.t)
        else:
            options = {**options, "names": upload.names}
            self._finish(upload.id, upload.run, ACCEPTED, {"done": result["done"]}, options=options, entry_id=entry.id)
            return
        self._finish(upload.id, upload.run, READ, {**result, "refused": refused}, options=options)

    def _finish(self, number: int, run: str, state: str, result: dict[str, Any], **more: Any) -> None:
        try:
            uploads.finish(self.area.database, number, run, state, result, **more)
        except DatabaseProblem as problem:
            # then it is found silent, and can be read again
            LOG.error("%s", problem.text(self.t))

    def _tell(self, number: int, run: str, holder: list[Job], done: threading.Event) -> None:
        """Says how far it is, and stops it where nobody waits for it or it takes too long."""
        told, at = 0.0, time.monotonic()
        while not done.wait(TOLD_EVERY):
            job = holder[0] if holder else None
            part, moment = (job.progress if job else 0.0), time.monotonic()
            if job and moment - job.began > LONGEST:
                job.is_stopped = True
            if part == told and moment - at < TOUCHED_EVERY:
                continue
            told, at = part, moment
            try:
                is_mine = uploads.touch(self.area.database, number, run, part)
            except DatabaseProblem:
                continue
            if job and not is_mine:
                job.is_stopped = True


def problem_lines(problems: Sequence[Problem], t: Catalog) -> list[str]:
    """What is wrong, a line each."""
    return describe_each(problems, t, most=MOST_LINES).split("\n")


def how_to_read(options: Mapping[str, Any], file_id: int) -> HowToRead:
    """What a person has said of one file."""
    return HowToRead(**options.get("files", {}).get(str(file_id), {}))


def key_of(text: str) -> str:
    """By what a form names a heading or a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_words_of_pages(t: Catalog) -> Catalog:
    """The catalogue with what pages say in place of what only the command line can be told (`--sheet`)."""
    start = "staff.imports.instead."
    instead = {key.removeprefix(start): text for key, text in t.texts.items() if key.startswith(start)}
    return Catalog(t.language, t.locale, {**t.texts, **instead})
