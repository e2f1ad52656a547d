"""The form by which the public tells what it knows: what it takes, what it refuses, where it is a letter instead."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from itsdangerous.timed import TimestampSigner
from werkzeug.test import Client, TestResponse

from dashboard import create_app
from dashboard.settings import SHIPPED_DATA, Settings
from dashboard.store import proposals
from dashboard.store.accounts import now
from dashboard.store.database import Database
from dashboard.store.proposals import add_proposal, list_proposals
from dashboard.store.staff_tables import PROPOSALS
from tests.staff.conftest import add_staff
from tests.stored import opened

HOUSTON, TURKEY = "/tell/partnership/houston-tx--baku-aze", "/tell/country/TUR"
MARK = re.compile(r'name="mark" value="([^"]+)"')
GOOD = {"field": "start_year", "value": "1975", "source": "Houston Chronicle, 3 May 1975"}


class Public:
    """A browser of somebody of the public, without a window."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def mark(self, path: str, seconds: float = 10) -> str:
        """The mark of a page that was loaded some seconds ago."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TimestampSigner, "get_timestamp", lambda _self: int(time.time() - seconds))
            found = MARK.search(self.get(path).text)
        assert found, path
        return found[1]

    def page(self, path: str, search: str = "") -> str:
        """What a page of Dash shows."""
        reply = self.client.post("/_dash-update-component", json=pages_request(path, search))
        return json.dumps(reply.json)

    def tell(self, path: str = HOUSTON, *, seconds: Any = 10, **fields: str) -> TestResponse:
        return self.client.post(path, data={"mark": self.mark(path, seconds), **fields})


@pytest.fixture
def public(server: Any) -> Public:
    return Public(server.test_client())


def errors_in(reply: TestResponse) -> dict[str, str]:
    """What stands at the fields of a form."""
    return dict(re.findall(r'<p class="error" id="error-(\w+)">(.*?)</p>', reply.text))


# ---- the page
@pytest.mark.parametrize("path", [HOUSTON, TURKEY, "/tell/country/tur", "/tell/partnership/HOUSTON-tx--baku-aze"])
def test_there_is_a_form_for_every_partnership_and_country(public: Public, path: str) -> None:
    reply = public.get(path)
    assert reply.status_code == 200
    assert 'method="post"' in reply.text
    assert "before one of them has checked it" in reply.text
    assert "after 90 days at the latest" in reply.text


@pytest.mark.parametrize("path", ["/tell/partnership/nobody", "/tell/country/XXX"])
def test_there_is_none_of_what_is_not_there(public: Public, path: str) -> None:
    assert public.get(path).status_code == 404
    assert public.client.post(path, data=GOOD).status_code == 404


def test_below_it_there_is_nothing_else(public: Public) -> None:
    for path in ("/tell/", "/tell/other/TUR", f"{HOUSTON}/else"):
        assert public.get(path).status_code == 404


def test_it_is_in_no_cache_and_sets_no_cookie(public: Public) -> None:
    for reply in (public.get(HOUSTON), public.get(HOUSTON), public.tell(**{**GOOD, "value": "x"}), public.tell(**GOOD)):
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in reply.headers
        assert "ETag" not in reply.headers
    assert "Disallow: /tell/" in public.get("/robots.txt").text


def test_pages_lead_to_it(public: Public, server: Any) -> None:
    assert HOUSTON in public.page("/partnerships/houston-tx--baku-aze")
    assert TURKEY in public.page("/", "?country=TUR")
    assert TURKEY in public.page("/embed/countries", "?country=TUR")


def pages_request(path: str, search: str = "") -> dict[str, Any]:
    """What Dash's script asks for at an address."""
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname"],
    }


# ---- what it takes
def test_what_is_told_waits_for_an_editor(public: Public, database: Database) -> None:
    more = {"note": "Two\r\nlines", "name": "Ann  Example", "email": "ann@example.org"}
    reply = public.tell(**GOOD, **more)
    assert (reply.status_code, reply.location) == (303, f"{HOUSTON}/thanks")
    assert "It has arrived" in public.get(reply.location).text
    (found,) = list_proposals(database)
    assert (found.author, found.subject, found.state) == ("", "partnership:houston-tx--baku-aze", "open")
    assert found.texts == {
        **GOOD,
        "note": "Two\nlines",
        "contact_name": "Ann Example",
        "contact_email": "ann@example.org",
    }
    assert "Houston Chronicle" not in public.get("/partnerships/houston-tx--baku-aze").text


def test_a_second_press_does_not_tell_it_twice(public: Public, database: Database) -> None:
    for _ in range(2):
        assert public.tell(**GOOD, email="ann@example.org").status_code == 303
    assert public.tell(**GOOD, email="bob@example.org").status_code == 303
    assert len(list_proposals(database)) == 2


def test_on_the_page_of_a_country_one_can_say_which_partnership(public: Public, database: Database) -> None:
    told = {"field": "ended", "value": "", "source": "The mayor"}
    assert public.tell(TURKEY, **told, about="long-beach-ca--izmir-tur").location == f"{TURKEY}/thanks"
    assert public.tell(TURKEY, **told).status_code == 303
    subjects = [each.subject for each in list_proposals(database)]
    assert subjects == ["country:TUR", "partnership:long-beach-ca--izmir-tur"]
    reply = public.tell(TURKEY, **told, about="houston-tx--baku-aze")
    assert reply.status_code == 400
    assert errors_in(reply)["about"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"field": ""}, "field"),
        ({"field": "everything"}, "field"),
        ({"value": "about 1975"}, "value"),
        ({"value": "1899"}, "value"),
        ({"value": "2101"}, "value"),
        ({"value": ""}, "value"),
        ({"value": "١٩٧٥"}, "value"),
        ({"field": "ended", "value": "soon"}, "value"),
        ({"field": "us_city", "value": "12345"}, "value"),
        ({"field": "partner_city", "value": "https://example.org"}, "value"),
        ({"field": "partner_city", "value": "x" * 121}, "value"),
        ({"field": "program", "value": "-"}, "value"),
        ({"field": "program", "value": "x" * 401}, "value"),
        ({"source": ""}, "source"),
        ({"source": "http://"}, "source"),
        ({"source": "https://user@host"}, "source"),
        ({"source": "x" * 2001}, "source"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "bell \x07"}, "note"),
        ({"note": "nothing \x00"}, "note"),
        ({"name": "turned \u202eround"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "nonsense"}, "email"),
        ({"email": f"{'x' * 320}@example.org"}, "email"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    public: Public, database: Database, wrong: dict[str, str], field: str
) -> None:
    typed = {**GOOD, "note": "a note to keep", "name": "Ann", "email": "ann@example.org", **wrong}
    reply = public.tell(**typed)
    assert reply.status_code == 400
    assert list(errors_in(reply)) == [field]
    assert "one thing is to be mended" in reply.text
    for name in set(typed) - {"field", field}:
        assert escape(typed[name]) in reply.text, name
    assert list_proposals(database) == []


def test_what_the_data_has_already_is_said_and_taken_all_the_same(public: Public, database: Database) -> None:
    for field, value in (("start_year", "1976"), ("partner_city", "baku"), ("us_city", "Houston, TX")):
        told = {**GOOD, "field": field, "value": value}
        reply = public.tell(**told)
        assert reply.status_code == 400
        assert "We know that already" in errors_in(reply)["value"], field
        sure = re.findall(r'name="sure" value="([^"]*)"', reply.text)[0]
        assert public.tell(**told, sure=sure).status_code == 303
    assert len(list_proposals(database)) == 3


def test_another_name_of_a_city_that_is_known_is_known(public: Public) -> None:
    reply = public.tell(TURKEY, field="partner_city", value="İzmir", source="a map")
    assert "We know that already" in errors_in(reply)["value"]


# ---- robots
def test_who_is_too_fast_has_to_wait_and_keeps_what_was_typed(
    public: Public, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the clock stands still, however long it takes to send the form
    at_once = now()
    monkeypatch.setattr("dashboard.staff.public_form.now", lambda: at_once)
    reply = public.tell(**GOOD, seconds=0)
    assert reply.status_code == 400
    assert "very fast" in reply.text
    assert "Houston Chronicle" in reply.text
    assert list_proposals(database) == []


def test_a_page_of_yesterday_is_renewed(public: Public, database: Database) -> None:
    reply = public.tell(**GOOD, seconds=25 * 3600)
    assert reply.status_code == 400
    assert "more than a day" in reply.text
    assert "Houston Chronicle" in reply.text
    assert list_proposals(database) == []
    fresh = MARK.findall(reply.text)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dashboard.staff.public_form.SHORTEST", 0)
        assert public.client.post(HOUSTON, data={**GOOD, "mark": fresh}).status_code == 303


@pytest.mark.parametrize("mark", ["", "nonsense", "é.é.é"])
def test_a_form_without_a_mark_of_ours_is_not_taken(public: Public, database: Database, mark: str) -> None:
    assert public.client.post(HOUSTON, data={**GOOD, "mark": mark}).status_code == 400
    other = public.mark(TURKEY)
    assert public.client.post(HOUSTON, data={**GOOD, "mark": other}).status_code == 400
    assert list_proposals(database) == []


def test_who_fills_in_what_people_do_not_see_is_a_robot(public: Public, database: Database) -> None:
    reply = public.tell(**GOOD, website="https://example.org")
    assert reply.status_code == 400
    assert "programs do" in reply.text
    assert "https://example.org" not in reply.text
    assert list_proposals(database) == []


def test_five_in_a_minute_are_taken_and_mistakes_do_not_count(public: Public, database: Database) -> None:
    for _ in range(3):
        public.tell(**{**GOOD, "value": "wrong"})
    told = [public.tell(**{**GOOD, "value": str(1980 + at)}) for at in range(6)]
    assert [reply.status_code for reply in told] == [303] * 5 + [429]
    assert "Houston Chronicle" in told[-1].text
    assert len(list_proposals(database)) == 5


def test_no_more_is_taken_than_anybody_can_read(
    public: Public, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "MOST_OPEN", 1)
    # what contributors propose does not count
    add_proposal(database, author="contributor@example.org", subject="", texts={})
    assert public.tell(**GOOD).status_code == 303
    reply = public.tell(**{**GOOD, "value": "1974"})
    assert reply.status_code == 503
    assert "more is waiting" in reply.text
    assert "Houston Chronicle" in reply.text


def test_more_than_a_form_can_hold_is_not_read(public: Public, database: Database) -> None:
    reply = public.tell(**{**GOOD, "note": "x" * 200_000})
    assert reply.status_code == 413
    assert "more than a form can take" in reply.text
    assert list_proposals(database) == []


def test_names_and_addresses_are_in_no_log(public: Public, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(7):
        public.tell(**GOOD, name="Ann Example", email="ann@example.org")
    public.tell(**GOOD, name="Ann Example", email="ann-example.org", seconds=0)
    for secret in ("Ann", "ann@example.org", "ann-example", "Chronicle"):
        assert secret not in caplog.text


# ---- where there is no form
def test_without_an_account_it_is_the_letter_and_with_the_first_the_form(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    database = opened(url, SHIPPED_DATA)
    server = create_app(Settings(database_url=url)).server
    public, page = Public(server.test_client()), "/partnerships/houston-tx--baku-aze"
    reply = public.get(HOUSTON)
    assert "mailto:joliver@sister-cities.org" in reply.text
    assert "<form" not in reply.text
    assert public.client.post(HOUSTON, data=GOOD).status_code == 503
    for _ in range(2):  # the second answer is one that was kept
        assert HOUSTON not in public.page(page)
    add_staff(database)
    server.extensions["data"].poll()
    assert "<form" in public.get(HOUSTON).text
    for _ in range(2):
        assert HOUSTON in public.page(page)
    assert list_proposals(database) == []


def test_without_a_database_it_is_the_letter() -> None:
    server = create_app(Settings(database_url="sqlite:////dev/null/d.sqlite")).server
    public = Public(server.test_client())
    assert "mailto:joliver@sister-cities.org" in public.get(HOUSTON).text
    assert public.client.post(HOUSTON, data=GOOD).status_code == 503
    assert HOUSTON not in public.page("/partnerships/houston-tx--baku-aze")


def test_below_a_path_its_addresses_have_the_path(filled: Any, tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path}/d.sqlite"
    add_staff(opened(url, SHIPPED_DATA))
    public = Public(create_app(Settings(database_url=url, path="/ipi/")).server.test_client())
    path = f"/ipi{HOUSTON}"
    text = public.get(path).text
    assert not re.findall(r'(?:href|src|action)="/(?!ipi/)[^"]*"', text)
    assert public.tell(path, **GOOD).location == f"{path}/thanks"


# ---- whatever is sent
TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "1975", "", "https://x.org", "\x00"]
    ),
    st.text(alphabet="ab\u0301é中\U0001f600", min_size=300, max_size=900),
    st.integers(0, 3000).map(str),
)
FIELD = st.one_of(st.sampled_from(["start_year", "us_city", "partner_city", "ended", "program", "else"]), TEXTS)


@pytest.fixture
def tireless(public: Public, monkeypatch: pytest.MonkeyPatch) -> Iterator[Public]:
    """Somebody whom no limit stops."""
    monkeypatch.setattr("dashboard.staff.public_form.TAKEN", "100000 per minute")
    yield public


@pytest.fixture
def marks(tireless: Public) -> dict[str, str]:
    """Of two pages that are loaded once, and sent again and again."""
    return {path: tireless.mark(path) for path in (HOUSTON, TURKEY)}


@settings(max_examples=150)
@given(
    path=st.sampled_from([HOUSTON, TURKEY]),
    form=st.fixed_dictionaries(
        {"field": FIELD, "value": TEXTS, "source": TEXTS},
        optional=dict.fromkeys(("note", "name", "email", "about", "sure", "mark", "website"), TEXTS),
    ),
)
def test_whatever_is_sent_nothing_fails_and_nothing_too_long_is_kept(
    tireless: Public, marks: dict[str, str], database: Database, path: str, form: dict[str, str]
) -> None:
    with database.writing() as connection:
        connection.execute(PROPOSALS.delete())
    reply = tireless.client.post(path, data={"mark": marks[path], **form})
    assert reply.status_code in {303, 400}
    assert "<script>alert" not in reply.text
    assert "<img" not in reply.text
    found = list_proposals(database)
    assert len(found) == (reply.status_code == 303)
    if found:
        texts = found[0].texts
        longest = {"value": 400, "source": 2000, "note": 2000, "contact_name": 200, "contact_email": 320}
        assert all(len(texts[name]) <= most for name, most in longest.items())
        assert not any(ord(sign) < 32 and sign not in "\n\t" for text in texts.values() for sign in text)
