"""What is likely to be asked first is answered while nobody waits, and remembered (dashboard/serving/replies.py)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask

from dashboard.serving.log import ID_HEADER

# seconds: first come those who are waiting, at the start and between two questions
AFTER, PAUSE, EVERY = 5.0, 0.05, 1.0
# the id that the log has for these
FORESEEN = "foreseen"
GZIP = {"Accept-Encoding": "gzip", ID_HEADER: FORESEEN}


@dataclass(frozen=True)
class Foresight:
    """`pages`: paths of documents. `questions`: bodies of callback requests to `path`. Both of the present data, of
    which `state` gives the identity."""

    server: Flask
    path: str
    pages: Callable[[], Sequence[str]]
    questions: Callable[[], Sequence[dict[str, Any]]]
    state: Callable[[], object]

    def begin(self) -> None:
        """Starts the thread that asks, again whenever the data is another."""
        threading.Thread(target=self._go_on, name="foresight", daemon=True).start()

    def ask(self) -> None:
        """Asks everything once."""
        client = self.server.test_client()
        for page in self.pages():
            client.get(page, headers=GZIP)
            time.sleep(PAUSE)
        for question in self.questions():
            client.post(self.path, json=question, headers=GZIP)
            time.sleep(PAUSE)

    def _go_on(self) -> None:
        asked: object = None
        time.sleep(AFTER)
        while True:
            if (now := self.state()) is not asked:
                asked = now
                self.ask()
            time.sleep(EVERY)
