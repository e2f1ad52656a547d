"""The language of the page in its address, its links and whatever it asks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route

from tests.script.conftest import OpenScript, choices, frames, until
from tests.script.test_page import show

ROOT = 'data-languages="en fr"'
BODY = """
<a id="kept" data-keeps-view="" href="/states">States</a><a id="plain" href="/tell/country/TUR">Tell</a>
<a id="place" href="#figures">Skip</a><a id="other" href="https://example.org/">Elsewhere</a>
<a id="file" data-keeps-view="" download="" href="/export/map.csv">CSV</a>
<a id="switch" data-keeps-view="lang=fr" data-language="" lang="fr" hreflang="fr" href="?lang=fr">Français</a>
"""


def links(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('a')].map(a => [a.id, a.getAttribute('href').replace(location.origin, '')]))"
    )
    return found


@pytest.mark.parametrize(
    ("path", "kept"), [("/?lang=en", "lang=en"), ("/?lang=EN-gb", "lang=en"), ("/", ""), ("/?lang=xx", "")]
)
def test_links_and_the_address_keep_the_language_that_the_address_says(
    open_script: OpenScript, path: str, kept: str
) -> None:
    page = open_script(BODY, root=ROOT, path=path)
    show(page, frames(query="?region=Asia"), 2009)
    until(page, "location.search.includes('region')")
    both, alone = (f"?region=Asia&{kept}", f"?{kept}") if kept else ("?region=Asia", "")
    assert page.evaluate("location.search") == both
    assert links(page) == {
        "kept": f"/states{both}",
        "plain": f"/tell/country/TUR{alone}",
        "place": "#figures",
        "other": "https://example.org/",
        # a file is of the page, whatever another tab has chosen since
        "file": "/export/map.csv?region=Asia&lang=en",
        "switch": "/?region=Asia&lang=fr",
    }


def test_the_language_is_no_choice(open_script: OpenScript) -> None:
    page = open_script(BODY, root=ROOT, path="/?region=Asia&lang=en")
    show(page, frames(query="?region=Asia"), 2009)
    page.evaluate("dash_clientside.choice.set('state', 'TX')")
    assert choices(page) == ["?region=Asia&state=TX"]
    page.evaluate("dash_clientside.choice.reset()")
    assert choices(page)[-1] == ""


def test_whatever_is_asked_says_the_language_of_the_page(open_script: OpenScript) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.partition("dashboard.test")[2])
        route.fulfill(body="{}", content_type="application/json")

    page = open_script(BODY, root=ROOT, answer=answer)
    for address in ("/_dash-update-component", "/_stage?region=Asia", "/_dash-layout", "/assets/map/world.json?v=1"):
        page.evaluate("address => fetch(address).then(reply => reply.text())", address)
    page.evaluate("dash_clientside.pending.ask('/_stage', {}, 'stage', true)")
    assert asked == [
        "/_dash-update-component?lang=en",
        "/_stage?region=Asia&lang=en",
        "/_dash-layout",
        "/assets/map/world.json?v=1",
        "/_stage?lang=en",
    ]


def test_a_language_that_is_chosen_is_remembered_and_loads_its_own_document(open_script: OpenScript) -> None:
    page = open_script(BODY, root=ROOT)
    show(page, frames(), 2009)
    page.click("#switch")
    until(page, "location.search === '?lang=fr' && document.readyState === 'complete'")
    assert "lang=fr" in page.evaluate("document.cookie").split("; ")
    assert page.evaluate("dash_clientside.choice.shownFrames()") is None
