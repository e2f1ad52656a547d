"""What was foreseen is there when it is asked."""

from __future__ import annotations

import pytest

from dashboard import create_app, frames
from dashboard.callbacks import view
from dashboard.callbacks.view import likely, question
from dashboard.serving import foresight
from dashboard.serving.guard import CALLBACKS
from dashboard.settings import Settings


def test_what_was_foreseen_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "PAUSE", 0)
    app = create_app(Settings())
    made: list[str] = []
    answer = frames.answer

    def counted(*arguments: object, **more: object) -> str:
        made.append(str(arguments[1]))
        return answer(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(view, "answer", counted)
    app.server.extensions["foresight"].ask()
    assert len(made) == len(likely(app)) == len(app.house.choices.regions) + 1
    client = app.server.test_client()
    reply = client.post(CALLBACKS, json=question("/?region=Western+Asia"), headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200 and len(made) == len(likely(app))
    client.post(CALLBACKS, json=question("/?region=Western+Asia&region=Central+Asia"))
    assert len(made) == len(likely(app)) + 1


def test_it_asks_again_when_the_data_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "AFTER", 0)
    states, asked = ["old", "old", "new", "new"], list[str]()

    class Over(Exception):
        pass

    def sleep(_seconds: float) -> None:
        if not states:
            raise Over

    monkeypatch.setattr("time.sleep", sleep)
    found = foresight.Foresight(create_app(Settings()).server, CALLBACKS, list, list, lambda: states.pop(0))
    monkeypatch.setattr(foresight.Foresight, "ask", lambda _self: asked.append("asked"))
    with pytest.raises(Over):
        found._go_on()
    assert asked == ["asked", "asked"]
