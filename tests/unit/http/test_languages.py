"""In which language a request is answered, and that nothing of one language comes into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.settings import Settings
from tests.asking import choose, markup_of, page, pages_content
from tests.catalogues import put_catalogues

ABOUT = {"en": "About the initiative", "fr": "À propos de l’initiative", "ar": "عن المبادرة"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An app that has English, French and Arabic; whoever asks for none gets English."""
    with pytest.MonkeyPatch.context() as patch:
        put_catalogues(patch, tmp_path_factory.mktemp("strings"))
        yield create_app(Settings()).server.test_client()


def language_of(document: str) -> str:
    return document.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("address", "cookie", "wish", "expected"),
    [
        ("/about", "", "", "en"),
        ("/about", "", "fr", "fr"),
        ("/about", "", "fr-CA, en;q=0.5", "fr"),
        ("/about", "", "de, ar-EG;q=0.8, fr;q=0.7", "ar"),
        ("/about", "", "fr;q=0, ar;q=0.1", "ar"),
        ("/about", "", "de", "en"),
        ("/about", "", "*", "en"),
        ("/about", "ar", "fr", "ar"),
        ("/about", "xx", "fr", "fr"),
        ("/about?lang=fr", "ar", "ar", "fr"),
        ("/about?lang=FR-ca", "", "", "fr"),
        ("/about?lang=en", "ar", "ar", "en"),
        ("/about?lang=fr&lang=ar", "", "", "ar"),
        ("/about?lang=xx", "ar", "fr", "ar"),
    ],
)
def test_the_address_wins_over_what_was_chosen_and_that_over_what_the_browser_wishes(
    client: FlaskClient, address: str, cookie: str, wish: str, expected: str
) -> None:
    client.set_cookie("lang", cookie)
    reply = client.get(address, headers={"Accept-Language": wish})
    client.delete_cookie("lang")
    assert language_of(reply.text) == reply.headers["Content-Language"] == expected
    assert ABOUT[expected] in reply.text
    assert {"Accept-Language", "Cookie"} <= set(reply.headers["Vary"].split(", "))


def test_a_language_that_there_is_not_is_said_as_any_other_value(client: FlaskClient) -> None:
    said = choose(client, "?lang=xx&region=Mars")["frames"]["data"]
    assert "“xx”" in said and "“Mars”" in said


def test_whoever_asks_for_none_gets_that_of_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put_catalogues(monkeypatch, tmp_path / "strings")
    usual: FlaskClient = create_app(Settings(language="ar")).server.test_client()
    assert language_of(usual.get("/about").text) == "ar"
    assert language_of(usual.get("/about", headers={"Accept-Language": "*"}).text) == "ar"
    assert language_of(usual.get("/about?lang=en").text) == "en"


def test_an_arabic_document_goes_from_right_to_left(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl"' in client.get("/?lang=ar").text
    assert '<html lang="fr" dir="ltr"' in client.get("/?lang=fr").text


def test_a_page_its_title_and_what_is_chosen_on_it_are_in_the_language_of_the_address(client: FlaskClient) -> None:
    found = pages_content(client, "/about?lang=fr")
    assert found["_pages_store"]["data"]["title"] == ABOUT["fr"]
    assert "À propos" in markup_of(page(client, "/?lang=fr"))


def test_two_pages_in_two_languages_side_by_side_keep_theirs(client: FlaskClient) -> None:
    """Whatever the cookie says, which is that of the tab in which somebody chose last."""
    client.set_cookie("lang", "ar")
    both = [choose(client, f"?lang={code}&region=Mars")["frames"]["data"] for code in ("fr", "en", "fr")]
    client.delete_cookie("lang")
    assert "region=Mars n’est pas compris" in both[0]
    assert "“Mars”" in both[1]
    assert both[0] == both[2]


def test_answers_that_are_kept_are_never_those_of_another_language(client: FlaskClient) -> None:
    def ask(wish: str) -> str:
        return str(client.application.test_client().get("/about", headers={"Accept-Language": wish}).text)

    wishes = [code for _ in range(10) for code in ABOUT]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, wishes))
    for wish, document in zip(wishes, found, strict=True):
        assert [code for code, title in ABOUT.items() if f"<title>{title}" in document] == [wish]


def test_the_staff_area_is_in_english_whatever_is_wished(client: FlaskClient) -> None:
    reply = client.get("/staff/nowhere?lang=ar", headers={"Accept-Language": "ar"})
    assert language_of(reply.text) == "en"


def test_a_language_is_made_once_for_each_version_of_the_data(client: FlaskClient) -> None:
    first = client.application.extensions["data"].current
    assert first.in_language("fr") is first.in_language("ar").in_language("fr")
    assert first.in_language("fr").in_language("en") is first
    assert first.in_language("fr").t.language == "fr"


# ---- what keeps the language
def test_search_engines_are_told_of_every_language(client: FlaskClient) -> None:
    document = client.get("/states/TX?lang=fr&region=Western+Asia").text
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', document))
    here = "http://localhost/states/TX?region=Western+Asia"
    expected = {code: f"{here}&amp;lang={code}" for code in ("en", "fr", "ar")}
    assert alternates == {**expected, "x-default": here}
    assert f'<link rel="canonical" href="{here}&amp;lang=fr">' in document
    assert f'<link rel="canonical" href="{here}">' in client.get("/states/TX?region=Western+Asia").text


def test_the_switch_leads_to_the_same_view_in_each_language_by_its_own_name(client: FlaskClient) -> None:
    header = markup_of(page(client, "/states?lang=fr&region=Western+Asia&year=1990"))
    links = re.findall(
        r'<a href="([^"]+)" lang="(\w+)" hreflang="\w+" data-language[^>]*?( aria-current)?[^>]*>([^<]+)', header
    )
    assert [(code, unescape(address), name) for address, code, _, name in links] == [
        (code, f"?region=Western+Asia&year=1990&lang={code}", name)
        for code, name in (("en", "English"), ("ar", "العربية"), ("fr", "Français"))
    ]


def test_without_a_script_links_keep_the_language_that_the_address_says(client: FlaskClient) -> None:
    """What the document itself says; on the page it is the script that puts the language into links."""
    for path in ("/", "/nowhere"):
        links = re.findall(r'<a [^>]*href="(/[^"]*)"', client.get(f"{path}?lang=fr").text)
        assert links and all(link.endswith("?lang=fr") for link in links), links
        links = re.findall(r'<a [^>]*href="(/[^"]*)"', client.get(path).text)
        assert links and not any("lang=" in link for link in links), links


def test_a_translation_says_that_the_english_text_counts(client: FlaskClient) -> None:
    said = {code: markup_of(page(client, f"/about?year=1990&lang={code}")) for code in ABOUT}
    assert "the English text is the one that counts" not in said["en"]
    for code in ("fr", "ar"):
        assert "the English text is the one that counts" in said[code]
        assert 'href="?year=1990&amp;lang=en"' in said[code] and 'href="mailto:' in said[code]


def test_where_there_is_one_language_nothing_is_said_of_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    put_catalogues(monkeypatch, tmp_path / "strings")
    for name in ("fr", "ar"):
        (tmp_path / "strings" / f"{name}.toml").unlink()
    alone: FlaskClient = create_app(Settings()).server.test_client()
    document = alone.get("/").text
    assert "hreflang" not in document and "data-languages" not in document


def test_files_follow_the_language_and_csv_has_the_same_headings(client: FlaskClient) -> None:
    heads = {client.get(f"/export/growth.csv?lang={code}").text.splitlines()[0] for code in ABOUT}
    assert len(heads) == 1
    file = BytesIO(client.get("/export/report.docx?lang=fr").data)
    assert Document(file).core_properties.language == "fr"
    # the address at which it can be read leads to the same language
    with ZipFile(file) as parts:
        assert any(b"lang=fr" in parts.read(name) for name in parts.namelist())
