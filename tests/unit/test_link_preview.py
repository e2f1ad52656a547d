"""What chat programs, social networks and search engines show of a link."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from dashboard.charts import CHARTS
from dashboard.link_preview import PICTURES

HOST = "https://ipi.example"


def document(client: FlaskClient, path: str) -> str:
    """The document at a path, of a host that it names."""
    reply = client.get(f"/{path}", base_url=HOST)
    assert reply.status_code == 200, path
    return reply.text


@pytest.mark.parametrize("chart", CHARTS)
def test_links_of_a_card_alone_leave_the_page_around_it_as_it_is(client: FlaskClient, chart: str) -> None:
    assert '<base target="_blank">' in document(client, f"embed/{chart}")
    assert '<base target="_blank">' not in document(client, "")


def meta(client: FlaskClient, path: str) -> dict[str, str]:
    """What the head of a document says of its view, by name."""
    text = document(client, path)
    head = text[: text.index("</head>")]
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head))
    found["title"] = re.findall(r"<title>(.*?)</title>", head)[0]
    found["canonical"] = re.findall(r'<link rel="canonical" href="([^"]*)">', head)[0]
    return {name: value.replace("&amp;", "&") for name, value in found.items()}


def test_a_link_shows_the_view_that_it_leads_to(client: FlaskClient) -> None:
    found = meta(client, "?region=Western+Asia&year=2000&utm_source=letter")
    assert found["title"] == found["og:title"]
    assert found["description"] == found["og:description"]
    assert found["description"].startswith("By 2000, at least")
    assert found["description"].endswith("Basis: SCI’s 94, 2000. Western Asia")
    # one spelling of the view, whatever else stood in the address
    assert found["canonical"] == found["og:url"] == HOST + "/?region=Western+Asia&year=2000"
    assert found["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("language", "locale", "title", "said"),
    [
        ("fr", "fr_FR", "À propos de l’initiative", "L’Initiative de partenariat islamique"),
        ("ar", "ar_AR", "عن المبادرة", "تساعد مبادرة الشراكة الإسلامية"),
        ("en", "en_GB", "About the initiative", "The Islamic Partnership Initiative"),
    ],
)
def test_a_link_in_a_language_shows_that_language(
    client: FlaskClient, language: str, locale: str, title: str, said: str
) -> None:
    # whoever asks for the preview wishes no language: only the address says one
    path = f"about?lang={language}"
    found = meta(client, path)
    assert found["title"] == found["og:title"] == title
    assert found["description"] == found["og:description"]
    assert found["og:description"].startswith(said)
    assert found["og:locale"] == locale
    others = re.findall(r'"og:locale:alternate" content="(\w+)"', document(client, path))
    assert sorted([locale, *others]) == ["ar_AR", "en_GB", "fr_FR", "ru_RU", "tr_TR"]
    assert found["og:url"] == f"{HOST}/about?lang={language}"


def test_sentences_of_a_view_are_in_the_language_of_its_link(client: FlaskClient) -> None:
    found = meta(client, "embed/growth?lang=ru&country=TUR")
    assert found["og:title"].startswith("Рост числа партнёрств")
    assert found["og:description"].startswith("Турция: ")


@pytest.mark.parametrize(
    ("path", "picture", "said"),
    [
        ("programs", "programs", "116 program examples"),
        ("research", "research", "68 of 94 identified"),
        ("sources?country=NGA", "sources", "Nigeria"),
        ("about", "about", "The Islamic Partnership Initiative"),
        ("embed/coverage", "sources", "68 of the 94"),
        ("embed/barriers?sample=1", "overview", "SAMPLE"),
        ("embed/waves", "barriers", ""),
        ("embed/countries", "overview", "94"),
        ("partnerships", "partnerships", "94 partnerships: 68 known by name"),
        ("partnerships/houston-tx--baku-aze", "partnerships", "have been partners since 1976"),
        ("states", "states", "25 of 50 states"),
        ("states/texas", "states", "Texas: 5 partnerships known by name"),
        ("present", "present", ""),
    ],
)
def test_the_sentence_and_the_picture_of_a_page(client: FlaskClient, path: str, picture: str, said: str) -> None:
    found = meta(client, path)
    assert said in found["description"]
    assert found["og:image"] == f"{HOST}/assets/previews/{picture}.png"
    assert client.get(f"/assets/previews/{picture}.png").mimetype == "image/png"


def test_what_is_no_page_has_no_preview(client: FlaskClient) -> None:
    reply = client.get("/nothing")
    assert reply.status_code == 404
    assert "og:image" not in reply.text


def test_a_kept_document_is_of_one_host(client: FlaskClient) -> None:
    document(client, "about")
    assert HOST not in client.get("/about", base_url="https://other.example").text


def test_pictures_are_small_enough_to_be_loaded_by_chat_programs() -> None:
    files = list(PICTURES.glob("*.png"))
    assert 1 <= len(files) <= 11
    for file in files:
        assert file.stat().st_size <= 120_000, file.name
        # the size stands in the head of a PNG
        assert tuple(int.from_bytes(file.read_bytes()[at : at + 4], "big") for at in (16, 20)) == (1200, 630), file.name
