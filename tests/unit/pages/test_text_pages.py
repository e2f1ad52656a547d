"""The pages of text on stock Dash: they say what the data says; what a link shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.charts import CHARTS
from dashboard.charts.figures import FIGURES, PAPER
from dashboard.charts.look import Look
from dashboard.components.tables import TABLES, chart_table
from dashboard.context import House
from dashboard.filters import parse
from dashboard.link_preview import PICTURES
from dashboard.metrics.programs import programs as find_programs
from dashboard.metrics.programs import success_stories
from dashboard.metrics.research import progress_table, questions_table
from dashboard.page_request import PageRequest
from dashboard.pages import about, embed, programs, research, sources
from dashboard.payload import Contents, build_payload
from dashboard.settings import Settings
from tests.markup import texts_of, texts_of_rows

HOST = "https://ipi.example"
QUERIES = (
    "",
    "?region=Western+Asia",
    "?country=TUR&basis=documented",
    "?state=WY",
    "?region=Central+Asia&status=ended",
)


@pytest.fixture(scope="module")
def server() -> Flask:
    found: Flask = create_app(Settings()).server
    return found


@pytest.fixture
def client(server: Flask) -> Iterator[FlaskClient]:
    with server.test_client() as found:
        yield found


def document(client: FlaskClient, path: str) -> str:
    """The document at a path, of a host that it names."""
    reply = client.get(f"/{path}", base_url=HOST)
    assert reply.status_code == 200, path
    return reply.text


def asked(house: House, query: str, contents: Contents) -> PageRequest:
    """The request for a page, without a browser."""
    selection = parse(query, house.choices).selection
    payload = build_payload(house, selection.without_year(), Look(), contents)
    return PageRequest(house, selection, Look(), "", contents, payload, ())


# ---- they say what the data says
@pytest.mark.parametrize("query", QUERIES)
def test_programs(house: House, query: str) -> None:
    selection = parse(query, house.choices).selection
    examples, menu = find_programs(house.dataset, selection), programs.render_menu(house, selection)
    texts = texts_of(menu)
    assert menu.count("data-words=") == len(examples)
    assert {text for each in examples for text in (each.title, each.summary)} <= set(texts)
    assert texts[0] == programs.menu_headline(house.words, examples)
    # what can be picked is there as often as its button says
    for name, number in re.findall(r'data-pick="([^"]+)"[^>]*>[^<]*<em>(\d+)</em>', menu):
        values = re.findall(r'data-values="([^"]*)"', menu)
        assert sum(name in value.split("|") for value in values) == int(number), name


@pytest.mark.parametrize("query", QUERIES)
def test_stories(house: House, query: str) -> None:
    selection = parse(query, house.choices).selection
    stories, texts = success_stories(house.dataset, selection), texts_of(programs.render_stories(house, selection))
    for story in stories[: programs.MOST_STORIES]:
        assert f"{story.entry.us_community}–{story.entry.partner_community}" in texts
        assert all(one.summary in texts for one in story.programs[:3])
    assert (house.words("card.empty_filters") in texts) == (not stories)


def test_the_timeline(house: House) -> None:
    markup, milestones = programs.render_timeline(house), programs.list_milestones(house.dataset)
    assert re.findall(r'<time datetime="([^"]+)">', markup) == sorted(each.date for each in milestones)
    assert {each.title for each in milestones} <= set(texts_of(markup))


def test_about(house: House) -> None:
    texts = texts_of(about.render_sections(house))
    for name in (*about.LEFT, *about.RIGHT):
        assert house.words(f"about.{name}.text") in texts
    assert house.contact.email in texts


def test_how_figures_are_counted(house: House) -> None:
    markup = sources.render_counted(house.words)
    assert re.findall(r'id="counted-(\w+)"', markup) == ["general", *CHARTS]
    assert {house.words(f"evidence.credit.{name}") for name in sources.CREDITS} <= set(texts_of(markup))


@pytest.mark.parametrize("query", QUERIES)
def test_research(house: House, query: str) -> None:
    selection = parse(query, house.choices).selection
    request, label = asked(house, query, research.CONTENTS), house.basis_label(selection.basis)
    table, board = progress_table(house.dataset, selection), research.board(request)
    rows = texts_of_rows(board.rows)[1:]
    numbers = table[["country", "counted", "identified", "dated"]].astype(str).to_numpy().tolist()
    assert [[row[0], *row[2:5]] for row in rows] == numbers
    assert f"{table['identified'].sum()} of {table['counted'].sum()} identified" in board.headline
    open_questions, questions = questions_table(house.dataset, selection), research.questions(request)
    rows = texts_of_rows(questions.rows)[1:]
    assert [row[1:3] for row in rows] == open_questions[["country", "about"]].to_numpy().tolist()[: len(rows)]
    assert questions.page.total == len(open_questions)
    assert label in board.source and label in questions.source


def test_questions_are_found_and_sorted_by_the_address(house: House) -> None:
    query = "?find-questions=senegal&sort-questions=-country&sort-board=-dated"
    request = asked(house, query, research.CONTENTS)
    found = research.questions(request).page
    assert 0 < found.found == len(found.rows) < found.total
    assert all(row.country == "Senegal" for row in found.rows)
    dated = [row["dated"] for row in research.board(request).page.rows]
    assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_every_row_and_addresses_as_links(house: House, name: str) -> None:
    request = asked(house, "", Contents(charts=(name,)))
    markup, table = chart_table(name, request), CHARTS[name].table(house.view(request.selection))
    rows = texts_of_rows(markup)
    assert len(rows) == len(table) + 1
    if name == "sources":
        links = re.findall(r'<a href="([^"]+)"[^>]*rel="noopener noreferrer">([^<]+)</a>', markup)
        assert len(links) == (table["address"] != "").sum()
        assert all("/" not in host and not host.startswith("www.") for _, host in links)
    if name == "conflicts":
        # some of its numbers are missing; it is a column of numbers all the same
        assert '<th scope="col" class="n">' in markup


# ---- a card alone
def test_every_chart_can_be_embedded(client: FlaskClient) -> None:
    for chart in [*(name for name in FIGURES if not name.endswith(PAPER)), *TABLES, embed.COUNTRIES]:
        # its links leave the page around it as it is
        assert '<base target="_blank">' in document(client, f"embed/{chart}")
    assert '<base target="_blank">' not in document(client, "")


# ---- what a link shows
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
        ("states/TX", "states", ""),
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
