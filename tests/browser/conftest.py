"""A real browser on a real server, with every address outside this machine blocked."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect

from dashboard.settings import SHIPPED_DATA
from dashboard.store.database import Database
from tests.browser.warm import Warm, kept_warm
from tests.loaded import run
from tests.serving import serving, started_once
from tests.staff.conftest import add_staff
from tests.stored import opened
from tools.browser import on_path

# Playwright's own of these that may matter to a test: of two such options the browser takes the last alone
AS_PLAYWRIGHT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
QUIET = [
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
    # no name and no address outside this machine is found, by any page or worker of the browser
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # pages of one context are drawn by one process, which has read and compiled our scripts already
    "--process-per-site",
    # compilers for pages that live for minutes: ours live for seconds
    "--js-flags=--no-opt --no-concurrent-recompilation",
    # scripts are parsed as they come in, again for each page; when they are in, they are known: a quarter of a visit
    f"--disable-features={','.join(('ScriptStreaming', *AS_PLAYWRIGHT))}",
]
HERE = ("http://127.0.0.1", "data:", "blob:")
# as long as Playwright waits for an element that is to be pressed: what comes late on a busy machine is no fault
expect.set_options(timeout=30_000)
READY = "document.body?.dataset.ready === 'true'"
# the address is written when the hand rests: until then a copied link says more than the bar of the browser
WRITTEN = "(window.dash_clientside?.address?.current() ?? location.href).split('#')[0] === location.href.split('#')[0]"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# what is shown is asked for again where its figures were drawn for another theme or width
LOOK = """() => { const { choice, theme } = window.dash_clientside ?? {}, drawn = choice?.shownFrames()?.look, look = theme?.currentLook();
  return !drawn || !document.querySelector('.dash-graph') || drawn.theme === look.theme && drawn.narrow === look.narrow; }"""
# and drawn again where their place has another size
DRAWN = """() => !document.querySelector('.dash-graph--pending') && [...document.querySelectorAll('.plot .dash-graph')].filter(each => each.checkVisibility())
  .every(each => { const drawing = each.querySelector('.main-svg'); return drawing && Math.abs(drawing.clientWidth - each.clientWidth) <= 1; })"""
# on a phone Plotly waits for somebody
FITS = f"() => window.Plotly instanceof Promise || ({DRAWN})()"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser on the PATH; without one, Playwright's own."""
    path = on_path()
    chosen = {"executable_path": path} if path else {}
    return {**browser_type_launch_args, **chosen, "args": [*QUIET, "--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # what a test waits for is evaluated in the page, which the security policy forbids; tests/browser/test_policy.py
    # has a browser of its own under it
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "bypass_csp": True}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all processes of a run and all tests that change nothing on it. Two people may be answered by
    different workers of it."""
    run = tmp_path_factory.getbasetemp()
    place = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    with started_once(place / "server", partial(serving, DASHBOARD_WORKERS="2")) as found:
        yield found


@pytest.fixture(scope="session")
def warm(browser: Browser, browser_context_args: dict[str, Any], address: str) -> Iterator[Warm]:
    """The context that tests take turns in."""
    with kept_warm(browser, address, **browser_context_args) as found:
        yield found


@pytest.fixture(scope="session")
def staff_database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The shipped data, an editor and a contributor. Tests of one process work in it one after another, in no certain
    order: what one finds is not what another leaves."""
    database = opened(f"sqlite:///{tmp_path_factory.mktemp('staff')}/staff.sqlite", SHIPPED_DATA)
    add_staff(database)
    return database


@pytest.fixture(scope="session")
def staff_address(staff_database: Database) -> Iterator[str]:
    """A server on a database that people work in."""
    with serving(DASHBOARD_WORKERS="1", DATABASE_URL=str(staff_database.url)) as found:
        yield found


@pytest.fixture
def context(warm: Warm) -> Iterator[BrowserContext]:
    """A context in which nobody has been: without pages, storage, cookies, permissions, service workers."""
    yield warm.context
    warm.clean()


@pytest.fixture
def page(context: BrowserContext, warm: Warm) -> Page:
    return warm.open()


WATCH = """document.addEventListener("securitypolicyviolation",
  event => (window.refused ??= []).push(`${event.violatedDirective}: ${event.blockedURI}`));"""


@pytest.fixture(scope="session")
def warm_under_policy(browser: Browser, address: str) -> Iterator[Warm]:
    with kept_warm(browser, address, viewport={"width": 1440, "height": 900}) as found:
        found.context.add_init_script(WATCH)
        yield found


@pytest.fixture
def under_policy(warm_under_policy: Warm) -> Iterator[Page]:
    """A page under the security policy, whose violations are in window.refused; it asks for nothing outside."""
    with noted_outside(warm_under_policy.context) as asked:
        yield warm_under_policy.context.new_page()
    warm_under_policy.clean()
    assert asked == []


@pytest.fixture(params=[1440, 390])
def wide_or_narrow(request: pytest.FixtureRequest, under_policy: Page) -> Page:
    """A page under the security policy, of a desk and of a phone."""
    under_policy.set_viewport_size({"width": request.param, "height": 900})
    return under_policy


@contextmanager
def noted_outside(context: BrowserContext) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(HERE):
            asked.append(request.url)

    context.on("request", note)
    yield asked
    context.remove_listener("request", note)


@pytest.fixture
def outside(context: BrowserContext) -> Iterator[list[str]]:
    """Addresses outside this machine that were asked for; the browser finds none of them (QUIET)."""
    with noted_outside(context) as asked:
        yield asked


def errors_of(page: Page) -> list[str]:
    """What fails in a page from now on, of which the list grows."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors


Open = Callable[..., Page]


@pytest.fixture
def open_page(page: Page, address: str, outside: list[str]) -> Iterator[Open]:
    """Opens the dashboard and waits until every chart shows the selection: open_page("?year=2000").

    Afterwards nothing may have been asked for outside, and no script may have failed.
    """
    errors = errors_of(page)

    def visit(query: str = "") -> Page:
        page.goto(f"{address}/{query}")
        wait_ready(page)
        return page

    yield visit
    assert outside == []
    assert errors == []


@pytest.fixture
def questions(page: Page) -> list[str]:
    """The callbacks that were asked of the server."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "_dash-update-component" in request.url:
            asked.append(json.loads(request.post_data or "{}")["output"])

    page.on("request", note)
    return asked


@pytest.fixture
def second_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    yield context
    context.close()


def wait_ready(page: Page) -> None:
    """Every figure shows what is chosen, the address says it, and its letters are here."""
    # asked at each frame, as it would be, a page that rests is painted sixty times a second: a tenth of a visit
    page.wait_for_function(f"{READY} && {WRITTEN} && document.fonts.status === 'loaded'", polling=50)


def wait_look(page: Page) -> None:
    """Every figure is that of the theme and the width that were just changed, and as wide as its place. Also under the
    policy."""
    page.evaluate(TWO_FRAMES)  # the page was told
    until(page, f"({LOOK})() && ({FITS})() && {READY}")
    # colours that are on their way are not those that are read
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")


def wait_number(page: Page, expected: int, tile: str = "partnerships") -> None:
    """The tile shows this number, every figure what is chosen, and the address says it."""
    expect(page.locator(f"#kpi-{tile}")).to_have_attribute("data-value", str(expected))
    wait_ready(page)


def wait_year(page: Page, expected: int) -> None:
    """The page shows this year, and the address says it."""
    expect(page.locator(".year output")).to_have_text(str(expected))
    wait_ready(page)


def wait_query(page: Page, search: str) -> None:
    """The address says exactly this, and every figure shows it."""
    page.wait_for_function(f"location.search === {search!r}")
    wait_ready(page)


def until(page: Page, expression: str) -> Any:
    """Waits under the policy, which forbids Playwright's own waiting: that is evaluated in the page."""
    end = time.monotonic() + 60
    while True:
        try:
            if found := page.evaluate(expression):
                return found
        except Error as error:
            # asked of a page that another took the place of meanwhile
            if "navigat" not in str(error):
                raise
        assert time.monotonic() < end, expression
        time.sleep(0.05)


def number(page: Page, tile: str) -> int:
    """The plain number of a tile: number(page, "partnerships")."""
    return int(page.get_attribute(f"#kpi-{tile}", "data-value") or "-1")


def table(chart: str, url: str) -> list[dict[str, str]]:
    """What `python -m dashboard table` prints of a chart."""
    printed = run("table", chart, "--url", url)
    assert printed.returncode == 0, printed.stderr
    return list(csv.DictReader(io.StringIO(printed.stdout)))


def query(page: Page) -> dict[str, list[str]]:
    """What the address chooses: {"region": ["Western Asia"]}."""
    return parse_qs(urlsplit(page.url).query)
