"""Files brought in by the pages of the staff area: step by step, as the command line does it."""

from __future__ import annotations

import io
import json
import re
import time
from typing import Any

from werkzeug.test import TestResponse

from dashboard.store.database import Database
from tests.staff.conftest import Staff

QUESTION = "Which of these stand in the way of your partnership?"


def survey(rows: list[str], heading: str = QUESTION) -> bytes:
    lines = [f'Timestamp,"{heading}",Partner country']
    lines += [f'2026/02/{at % 28 + 1:02d} 10:{at % 60:02d},"{row}",Turkey' for at, row in enumerate(rows)]
    return "\n".join(lines).encode()


ANSWERS = survey(["Terrorism;Visa rules"] * 6 + ["Travel restrictions"] * 5)


def bring(who: Staff, files: dict[str, bytes], *, kind: str = "survey", **more: str) -> TestResponse:
    given: dict[str, Any] = {"kind": kind, "wave": "2026", **more}
    given["files"] = [(io.BytesIO(body), name) for name, body in files.items()]
    return who.post("/staff/import", given, content_type="multipart/form-data")


def wait(who: Staff, reply: TestResponse) -> str:
    """The path of an import, when nobody reads it any more."""
    found = re.match(r"/staff/import/\d+", reply.headers["Location"].removeprefix("https://localhost"))
    assert found, reply.headers["Location"]
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if json.loads(who.get(f"{found[0]}/state").text)["is_over"]:
            return found[0]
        time.sleep(0.02)
    raise AssertionError("it is still being read")


def brought(who: Staff, files: dict[str, bytes], **more: str) -> str:
    reply = bring(who, files, **more)
    assert reply.status_code == 303, reply.text
    return wait(who, reply)


def test_a_survey_from_file_to_page(editor: Staff, database: Database) -> None:
    path = brought(editor, {"answers.csv": ANSWERS})
    page = editor.get(f"{path}/preview")
    assert page.status_code == 200
    assert "11 respondents for wave 2026" in page.text
    print(page.text)
    for step in ("found", "columns"):
        print(editor.get(f"{path}/{step}").text)
    print(editor.get("/staff/import").text)
