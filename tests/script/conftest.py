"""A page of a test's own with the files of assets/js, under the policy that the dashboard is served with.

No server: the browser's requests are answered here. Dash is `set_props`, which notes what is set in `window.props`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.conftest import QUIET
from tests.browser.warm import Warm, kept_warm
from tools.browser import on_path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "assets/js"
PLOTLY = ROOT / "assets/vendor/plotly-cut.min.js"
ADDRESS = "http://dashboard.test"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:"
# what Dash and a test bring along; a file, since the policy forbids scripts in the document
DASH = """
window.props = []; window.errors = [];
addEventListener("error", event => errors.push(event.message + event.filename + event.lineno));
addEventListener("unhandledrejection", event => errors.push(String(event.reason)));
addEventListener("securitypolicyviolation", event => errors.push("policy: " + event.violatedDirective));
window.dash_clientside = { no_update: "no update", set_props: (id, values) => { props.push([id, values]); window.onProps?.(id, values); } };
window.React = { createElement: (tag, values) => ({ tag, values }), useRef: current => ({ current }), useLayoutEffect: () => {} };
"""
# a page in which the slider's value comes back as Dash's callback would bring it
FOLLOWS = """
window.show = (text, year) => { window.text = text; return dash_clientside.page.showYear(text, year); };
window.onProps = (id, { value }) => { if (id === "filter-year") show(window.text, value); };
"""

PAGE = """<!doctype html><html lang="en" {root}><head><title>A test</title><link rel="icon" href="data:,">{styles}{scripts}</head><body data-page="test">{body}</body></html>"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = on_path()
    return {**browser_type_launch_args, **({"executable_path": path} if path else {}), "args": [*QUIET, "--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # under the policy, unlike the other tests of pages
    return {**browser_context_args, "viewport": {"width": 1000, "height": 700}, "bypass_csp": False}


@pytest.fixture(scope="session")
def warm(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Warm]:
    """The context that tests take turns in: a new one would read and compile all files again."""
    with kept_warm(browser, ADDRESS, answer=_nothing, **browser_context_args) as found:
        yield found


@pytest.fixture(scope="session")
def warm_without_time(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Warm]:
    """Another, for a clock that was stopped stays with its context. It goes on from page to page."""
    with kept_warm(browser, ADDRESS, answer=_nothing, **browser_context_args) as found:
        found.context.clock.install(time=0)
        found.context.clock.pause_at(1_000)
        yield found


def _nothing(route: Route) -> None:
    route.fulfill(body="")


@pytest.fixture
def context(request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A context in which nobody has been."""
    is_stopped = "stopped_clock" in request.fixturenames
    warm: Warm = request.getfixturevalue("warm_without_time" if is_stopped else "warm")
    yield warm.context
    warm.clean()


@pytest.fixture
def stopped_clock() -> None:
    """Time passes only by `page.clock.run_for`, however busy the machine is."""


OpenScript = Callable[..., Page]


@pytest.fixture
def open_script(page: Page) -> Iterator[OpenScript]:
    """Opens a page with all files of the script: open_script("<button …>", root='data-narrow="…"', before="…").

    Afterwards no script may have failed, and none have broken the policy.
    """
    yield lambda body="", **options: visit(page, body, **options)
    assert page.evaluate("window.errors") == []


@pytest.fixture(scope="session")
def script(browser: Browser) -> Iterator[Page]:
    """One page without anything in it, for functions that touch no page."""
    page = browser.new_page()
    yield visit(page)
    assert page.evaluate("window.errors") == []
    page.close()


@cache
def site() -> str:
    """All files of the script in one, as visitors get them: a request for each takes longer than most tests."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(SCRIPTS.glob("*.js")))


def visit(
    page: Page,
    body: str = "",
    *,
    root: str = "",
    styles: str = "",
    before: str = "",
    plotly: bool = False,
    path: str = "/",
    answer: Callable[[Route], None] | None = None,
) -> Page:
    files = {"/before.js": DASH + FOLLOWS + before, "/test.css": styles, "/site.js": site()}
    files |= {"/plotly.js": PLOTLY.read_text(encoding="utf-8")} if plotly else {}
    scripts = ["/before.js", *(["/plotly.js"] if plotly else []), "/site.js"]
    tags = "".join(f'<script defer src="{name}"></script>' for name in scripts)
    document = PAGE.format(root=root, body=body, scripts=tags, styles='<link rel="stylesheet" href="/test.css">')

    def fulfill(route: Route) -> None:
        asked = route.request.url.removeprefix(ADDRESS).split("?")[0]
        if asked in files:
            kind = f"text/{'css' if asked.endswith('.css') else 'javascript'}; charset=utf-8"
            route.fulfill(body=files[asked], content_type=kind)
        elif route.request.resource_type == "document":
            route.fulfill(
                body=document,
                content_type="text/html",
                headers={
                    "Content-Security-Policy": POLICY
                    + ("; style-src-attr 'unsafe-inline'; style-src-elem 'self' 'unsafe-inline'" if plotly else "")
                },
            )
        elif answer:
            answer(route)
        else:
            route.fulfill(status=404)

    page.route("**/*", fulfill)
    page.goto(ADDRESS + path)
    return page


def until(page: Page, expression: str, seconds: float = 30) -> Any:
    """Waits for a value that counts as true: Playwright's own waiting is forbidden by the policy."""
    end = time.monotonic() + seconds
    while not (found := page.evaluate(expression)):
        assert time.monotonic() < end, expression
        time.sleep(0.02)
    return found


def frames(**parts: Any) -> str:
    """The text of the store `frames`, of ten years."""
    years = parts.pop("years", [2000, 2009])
    return json.dumps(
        {
            "years": years,
            "at": years[1] - years[0],
            "graphs": {},
            "texts": {},
            "query": "",
            "controls": CONTROLS,
            "options": {},
            "shapes": {"map": "s"},
            "kept": [],
            "charts": ["map"],
            "key": "",
            "follows_year": True,
        }
        | parts
    )


CONTROLS: dict[str, dict[str, Any]] = {
    "region": {"id": "filter-region", "property": "value", "value": [], "empty": []},
    "state": {"id": "filter-state", "property": "value", "value": "any", "empty": "any"},
}


def choices(page: Page) -> list[str]:
    """The queries that were put into the store of the choice, in their order."""
    found: list[str] = page.evaluate("props.filter(([id]) => id.type === 'choice').map(([, { data }]) => data.query)")
    return found


COME_TO_REST = """async () => {
  for (let rested = 0, before = -1; rested < 10; before = scrollY) {
    await new Promise(requestAnimationFrame);
    rested = scrollY === before ? rested + 1 : 0;
  }
}"""


def scroll_by_finger(page: Page, x: int, y: int, distance: int) -> None:
    """The gesture of a finger that goes up, as the browser itself sees it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(20, distance + 1, 20):
        devtools.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
        page.wait_for_timeout(16)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    # it may go on by itself for a while
    page.evaluate(COME_TO_REST)


def tap(page: Page, x: int, y: int) -> None:
    """A tap of a finger, as the browser itself sees it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
