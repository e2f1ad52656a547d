"""Every page works under the security policy: nothing it does is refused by the browser. And axe finds nothing in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.axe import in_the_dark, of_colours, violations
from tests.browser.conftest import READY, TWO_FRAMES, errors_of, until
from tests.browser.test_access import no_fault_on_a_phone

# of buttons that do the same in the same part of the page
MOST = 2
# presses buttons as they are found and closes what they open, without leaving the page; returns how many
PRESS = """async most => {
  const isSeen = button => button.isConnected && !button.disabled && button.offsetParent;
  const does = ({ name, value }) => name.startsWith("data-") ? `${name}=${value.split("=")[0]}` : name;
  const kind = button => [button.closest("[id]:not(button)")?.id, button.className, ...[...button.attributes].map(does)].join();
  const counts = new Map(), another = each => counts.set(kind(each), (counts.get(kind(each)) ?? 0) + 1).get(kind(each));
  let pressed = 0;
  navigation.addEventListener("navigate", event => { if (!event.destination.sameDocument) event.preventDefault(); });
  for (const button of [...document.querySelectorAll("button")].filter(each => isSeen(each) && another(each) <= most)) {
    if (!isSeen(button)) continue; // an earlier one took it away
    button.click(); pressed++;
    await new Promise(done => setTimeout(done, 30));
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    document.querySelector("dialog[open]")?.close();
  }
  return pressed;
}"""


# those of the navigation, and what has none
PAGES = ["/", "/barriers", "/partnerships", "/opportunities", "/programs", "/states", "/research", "/sources", "/about"]
ALONE = ["/present", "/embed/growth", "/embed/countries", "/embed/conflicts"]
# where anything follows them; the others are the same document
FILTERED = ["/", "/barriers", "/partnerships", "/opportunities", "/states", "/present", "/embed/growth"]
MAPS = ["?map=states", "?basis=documented&map=links"]
CASES = [
    *((path, "") for path in [*PAGES, *ALONE]),
    *((path, "?country=TUR&sample=1") for path in FILTERED),
    *(("/", query) for query in MAPS),
]
# axe is asked on the same visit; tests/browser/test_access.py has more views
WITH_AXE = [*((path, "") for path in [*PAGES, *ALONE]), *(("/", query) for query in MAPS)]
# and these on a phone too
ON_A_PHONE = ("/partnerships", "/programs", "/states", "/research", "/about")


@pytest.mark.parametrize(("path", "query"), CASES)
def test_a_page_breaks_no_rule_of_its_policy(under_policy: Page, address: str, path: str, query: str) -> None:
    page = under_policy
    errors = errors_of(page)
    reply = page.goto(f"{address}{path}{query}")
    assert reply is not None
    [scripts] = re.findall("script-src ([^;]*);", reply.headers["content-security-policy"])
    assert "'self'" in scripts and "unsafe" not in scripts
    until(page, READY)
    if (path, query) in WITH_AXE:
        assert violations(page) == []
        if path in ON_A_PHONE:
            no_fault_on_a_phone(page)
        # the other theme may be another load
        assert page.evaluate("window.refused") is None
        in_the_dark(page)
        assert of_colours(page) == []
    assert errors == []
    # the other maps have the buttons of the first
    if query not in MAPS:
        assert page.evaluate(PRESS, MOST) or not page.locator("button:visible").count()
        page.evaluate(TWO_FRAMES)
        until(page, READY)
    assert page.evaluate("window.refused") is None


def test_no_page_is_forgotten(under_policy: Page, address: str) -> None:
    under_policy.goto(address)
    until(under_policy, READY)
    links = under_policy.evaluate("[...document.querySelectorAll('header nav a')].map(link => link.pathname)")
    assert set(links) - {"/present"} == set(PAGES)


PALE = "rgb(230, 230, 230)"
# of the last row of a long list, by its own style and by a rule of a sheet
PALE_ROWS = {
    "own": f"[...document.querySelectorAll('main table tbody tr')].at(-1).cells[0].style.color = '{PALE}'",
    "sheet": f"""document.styleSheets[0].insertRule('main table tbody tr:last-child > :first-child {{ color: {PALE} !important }}')""",
}


@pytest.mark.parametrize("how", PALE_ROWS)
def test_a_colour_that_is_hard_to_read_would_be_seen_in_a_long_list(under_policy: Page, address: str, how: str) -> None:
    page = under_policy
    page.goto(f"{address}/research")
    until(page, READY)
    assert of_colours(page) == []
    page.evaluate(PALE_ROWS[how])
    [found] = of_colours(page)
    assert found.startswith("color-contrast")


def test_a_violation_would_be_seen(under_policy: Page, address: str) -> None:
    page = under_policy
    page.goto(address)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    until(page, "window.refused")
    assert page.evaluate("window.ran") is None
