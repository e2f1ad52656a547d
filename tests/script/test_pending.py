"""An answer that does not come is shown, given up, asked for again, and said."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.script.conftest import OpenScript, choices, frames, until
from tests.script.test_page import show

BODY = """<main><section data-waits id="tiles">94</section></main><span id="toast"></span>
<div id="notices" data-waiting="Asked again." data-failed="Not fetched." data-retry="Try again" data-again="The answer has come"></div>"""
REQUEST: dict[str, object] = {"output": "..frames.data..", "outputs": [{"id": "frames", "property": "data"}]}
ASK = """body => { const mine = window.asked = (window.asked ?? 0) + 1; window.replies ??= {};
    fetch('/_dash-update-component', { method: 'POST', body }).then(async reply => { replies[mine] = [reply.status, await reply.text()]; }, error => { replies[mine] = String(error); }); }"""


class Server:
    """Answers the n-th question by the n-th of its answers; None is none."""

    def __init__(self) -> None:
        self.answers: list[int | None] = []
        self.bodies: list[str] = []

    def __call__(self, route: Route) -> None:
        self.bodies.append(route.request.post_data or "")
        status = self.answers[min(len(self.bodies), len(self.answers)) - 1]
        if status is not None:
            route.fulfill(status=status, body=f"answer {len(self.bodies)}" if status != 204 else "")


Ask = Callable[..., None]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def asking(open_script: OpenScript, page: Page, stopped_clock: None, server: Server) -> Page:
    return open_script(BODY, answer=server)


def ask(page: Page, request: dict[str, object] = REQUEST) -> None:
    page.evaluate(ASK, json.dumps(request))


def looks(page: Page) -> list[object]:
    found: list[object] = page.evaluate(
        "[tiles.className, tiles.ariaBusy, document.querySelector('.connection')?.innerText ?? '']"
    )
    return found


def wait_for_questions(page: Page, server: Server, count: int) -> None:
    for _ in range(200):
        if len(server.bodies) >= count:
            return
        page.wait_for_timeout(10)
    raise AssertionError(server.bodies)


def ask_and_be_refused(page: Page) -> None:
    """Returns when the page has taken the answer, and waits to ask again."""
    with page.expect_event("requestfinished"):
        ask(page)
    page.evaluate(
        "() => new Promise(done => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); }).then(() => {})"
    )


def test_a_quick_answer_changes_nothing(asking: Page, server: Server) -> None:
    server.answers = [200]
    ask(asking)
    assert until(asking, "window.replies[1]") == [200, "answer 1"]
    asking.clock.run_for(20_000)
    assert looks(asking) == ["", None, ""]
    assert len(server.bodies) == 1


def test_half_a_second_later_the_figures_look_old(asking: Page, server: Server) -> None:
    server.answers = [None]
    ask(asking)
    asking.clock.run_for(400)
    assert looks(asking) == ["", None, ""]
    asking.clock.run_for(200)
    assert looks(asking) == ["is-pending", "true", ""]
    assert asking.get_attribute("body", "data-ready") == "false"


def test_ten_seconds_later_it_is_asked_again_and_said(asking: Page, server: Server) -> None:
    server.answers = [None, 200]
    ask(asking)
    wait_for_questions(asking, server, 1)
    asking.clock.run_for(10_000)
    until(asking, "document.querySelector('.connection')")
    assert looks(asking)[2] == "Not fetched. Asked again.\nTry again"
    asking.clock.run_for(500)
    assert until(asking, "window.replies[1]") == [200, "answer 2"]
    assert server.bodies == [json.dumps(REQUEST)] * 2
    assert looks(asking) == ["", None, ""]
    assert asking.inner_text("#toast") == "The answer has come"


def test_a_server_that_starts_again_is_asked_without_a_word(asking: Page, server: Server) -> None:
    server.answers = [503, 200]
    ask_and_be_refused(asking)
    assert looks(asking)[2] == ""
    asking.clock.run_for(400)
    assert until(asking, "window.replies[1]") == [200, "answer 2"]


def test_somebody_may_ask_at_once(asking: Page, server: Server) -> None:
    server.answers = [503, 503, 200]
    ask_and_be_refused(asking)
    asking.clock.run_for(400)
    until(asking, "document.querySelector('.connection button')")
    asking.click(".connection button")
    assert until(asking, "window.replies[1]") == [200, "answer 3"]


def test_a_question_that_is_overtaken_changes_nothing(asking: Page, server: Server) -> None:
    server.answers = [None, 200]
    ask(asking)
    wait_for_questions(asking, server, 1)
    ask(asking)
    assert until(asking, "window.replies[2]") == [200, "answer 2"]
    assert until(asking, "window.replies[1]") == [204, ""]
    assert len(server.bodies) == 2


def test_a_table_on_its_way_does_not_hold_up_the_page(open_script: OpenScript, server: Server) -> None:
    page = open_script(BODY.replace("data-waiting", 'data-repeats="frames table-shown" data-waiting'), answer=server)
    server.answers = [None]
    ask(page, {"output": "table-shown.data", "outputs": {"id": "table-shown", "property": "data"}})
    wait_for_questions(page, server, 1)
    show(page, frames(), 2009)
    # an answer has come for what is chosen: its controls follow, and the page is ready
    show(page, frames(query="?country=NGA"), 2009)
    until(page, "document.body.dataset.ready === 'true'")
    page.evaluate("dash_clientside.choice.set('state', 'TX')")
    assert choices(page) == ["?country=NGA&state=TX"]


def test_what_may_have_done_something_is_not_repeated(asking: Page, server: Server) -> None:
    server.answers = [503]
    ask(asking, {"output": "saved.data", "outputs": {"id": "saved", "property": "data"}})
    assert until(asking, "window.replies[1]") == [503, "answer 1"]
    asking.clock.run_for(20_000)
    assert len(server.bodies) == 1


def test_an_error_of_the_server_is_dashs_to_show(asking: Page, server: Server) -> None:
    server.answers = [500]
    ask(asking)
    assert until(asking, "window.replies[1]") == [500, "answer 1"]
    assert looks(asking) == ["", None, ""]
