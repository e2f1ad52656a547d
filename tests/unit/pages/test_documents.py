"""Every page as a document: found at its address, named, said in words before any script, and linked to what is there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.pages import overview
from tests.asking import by_id, components, markup_of, page, pages_content, said_by
from tests.markup import text_of
from tests.unit.conftest import RequestOf
from tests.unit.pages.test_callbacks import ADDRESSES

ROOT = Path(__file__).parents[3]
HREF = re.compile(r'(?<![\w-])href="([^"]*)"')
# views in which a page shows what it has for few addresses only
MORE = (
    "/?country=TUR",
    "/?country=GUY",
    "/?state=TX&map=states",
    "/barriers?sample=1",
    "/partnerships?basis=documented",
    "/partnerships/houston-tx--karachi-pak",
    "/opportunities?community=5074472&partner=281133",
    "/programs?region=Central+Asia",
    "/states/WY?basis=documented",
)
PLACES = [*ADDRESSES.values(), *MORE]


def title_of(text: str) -> str:
    return unescape(re.findall(r"<title>(.*?)</title>", text)[0])


# ---- what every page says of itself
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_has_a_title_a_heading_and_a_description(client: FlaskClient, name: str) -> None:
    text, layout = client.get(ADDRESSES[name]).text, page(client, ADDRESSES[name])
    assert len(title_of(text)) > 5
    assert re.search(r'<meta name="description" content="[^"]{20,}">', text)
    assert '<html lang="en"' in text
    kinds = [each["type"] for each in components(layout)]
    assert kinds.count("H1") == kinds.count("Main") == 1
    heading = next(each["props"]["children"] for each in components(layout) if each["type"] == "H1")
    assert heading and "{" not in heading


def test_pages_have_titles_of_their_own_as_the_script_shows_them_too(client: FlaskClient) -> None:
    titles = {address: title_of(client.get(address).text) for address in ADDRESSES.values()}
    own = [title for address, title in titles.items() if not address.startswith("/embed")]
    assert len(set(own)) == len(own)
    assert titles["/states/TX"].startswith("Texas")
    assert "Houston" in titles["/partnerships/houston-tx--baku-aze"]
    for address, title in titles.items():
        assert pages_content(client, address)["_pages_store"]["data"]["title"] == title


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name != "present" and not name.startswith("embed")])
def test_a_page_has_what_stands_around_every_page(client: FlaskClient, name: str, app_context: AppContext) -> None:
    """The way past the header, the navigation with this page marked in it, the footer, the dialog of sources."""
    layout = page(client, ADDRESSES[name])
    markup, said = markup_of(layout), text_of(markup_of(layout))
    assert app_context.t("app.skip") in [each["props"].get("children") for each in components(layout)]
    assert '"figures"' in str(by_id(layout)).replace("'", '"')
    # the report stands in the menu of what is taken along
    navigation = re.search(
        r"<nav.*?</nav>" if name != "report" else r'<details class="menu">.*?</details>', markup, re.DOTALL
    )
    assert navigation and navigation[0].count('aria-current="page"') == 1
    assert app_context.dataset.about.collected.strftime("%Y") in said
    assert {"sources", "sources-list", "notices", "announcement"} <= set(by_id(layout))


# ---- what is said before any script
def first_text(client: FlaskClient, address: str) -> str:
    text = client.get(address).text
    return text[text.index('id="first"') : text.index("react-entry-point")]


@pytest.mark.parametrize("query", ["", "?region=Western+Asia&year=2000", "?basis=documented&country=TUR", "?sample=1"])
def test_the_overview_says_tiles_and_headlines_before_any_script(
    client: FlaskClient, query: str, request_of: RequestOf
) -> None:
    first = first_text(client, f"/{query}")
    said, request = text_of(first), request_of(overview.CONTENTS, query)
    assert "Islamic Partnership Initiative" in said
    for chart in request.contents.charts:
        assert " ".join(request.page.text(f"{chart}.headline").split()) in said, chart
    for name in ("partnerships", "countries", "us_communities", "new"):
        assert request.page.text(f"tiles.{name}.number") in said, name
    assert 'id="kpi' not in first, "they stand again in what Dash makes"
    assert (">SAMPLE</span>" in first) is ("sample" in query), "what is invented says so"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("barriers", ["Terrorism, travel restrictions and safety concerns stood in the way in 2006"]),
        ("partnerships?region=Central+Asia", ["9 partnerships: ", "Central Asia"]),
        ("partnerships/houston-tx--baku-aze", ["have been partners since 1976"]),
        ("opportunities", ["31 countries in scope have no partnership", "To go from 94 in 2007"]),
        ("programs", ["116 program examples"]),
        ("states", ["25 of 50 states"]),
        ("states/texas", ["Texas: 5 partnerships known by name", "named partnerships on the map"]),
        ("research", ["68 of 94 identified"]),
        ("sources", ["68 of the 94 are identified", "sources, 95 of them primary"]),
        ("about", ["helps U.S. communities"]),
        ("report", ["Report"]),
        ("embed/growth?lang=ru&country=TUR", ["Турция: "]),
    ],
)
def test_every_page_says_what_it_is_about_before_any_script(client: FlaskClient, address: str, said: list[str]) -> None:
    first = first_text(client, f"/{address}")
    text = text_of(first)
    assert all(each in text for each in said), text
    assert ("Islamic Partnership Initiative" in text) is not address.startswith("embed")
    files = re.findall(r'href="(/export/[^"]+[.]csv[^"]*)"', first)
    assert all(client.get(file.replace("&amp;", "&")).status_code == 200 for file in files)


def test_what_is_invented_says_so_in_words_and_what_has_no_answers_is_not_there(client: FlaskClient) -> None:
    assert first_text(client, "/barriers?sample=1").count(">SAMPLE</span>") == 4
    without = first_text(client, "/barriers")
    assert ">SAMPLE</span>" not in without and without.count("<h2>") == 1


def test_a_file_of_a_page_of_one_is_of_that_one(client: FlaskClient) -> None:
    [file] = re.findall(r'href="(/export/pair[.]csv[^"]*)"', first_text(client, "/states/TX?basis=documented"))
    _, *rows = client.get(file.replace("&amp;", "&")).text.splitlines()
    assert rows and all(", TX" in row for row in rows)


def test_no_value_of_an_address_breaks_out(client: FlaskClient) -> None:
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    for address in (
        f"/?region={evil}",
        f"/partnerships?find={evil}",
        f"/research?find-questions={evil}",
        f"/states/{evil}",
    ):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "<script>alert" not in markup_of(page(client, address))


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("/partnerships/houston-tx--baku-aze", ["have been partners since 1976", "Counted in SCI’s 94", "joliver@"]),
        ("/partnerships/not-yet-identified-tur-1", ["not yet identified", "documented pairings may be this one"]),
        ("/partnerships/houston-tx--karachi-pak", ["2 statements of sources that do not agree", "100th partnership"]),
        ("/states?basis=documented", ["of 50 states have", "and besides them District of Columbia", "and no states"]),
        ("/states", ["of 50 states have"]),
        ("/states/TX", ["Texas: 5 partnerships known by name", "El Paso"]),
        ("/states/WY", ["Wyoming has no partnership known by name"]),
        ("/opportunities?community=5074472", ["Omaha, NE", "of 100", "GeoNames"]),
        ("/programs", ["no rates, no ranking", "Houston–Istanbul", "milestones"]),
        ("/programs?region=Central+Asia", ["no rates, no ranking", "milestones"]),
        (
            "/research",
            [
                "68 of 94 identified, 60 dated; 26 still to find",
                "contacted: nobody yet; surveyed: nobody yet",
                "New Haven",
            ],
        ),
        ("/about", ["Get involved", "2007"]),
    ],
)
def test_a_page_says(client: FlaskClient, address: str, texts: list[str]) -> None:
    said = said_by(page(client, address))
    for text in texts:
        assert text in said, text


# ---- what is there
@pytest.fixture(scope="module")
def documented() -> set[str]:
    """The ids that docs/page.md promises to other programs."""
    text = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[#.].*?) \|", text, re.MULTILINE)
    return {each for row in rows for each in re.findall(r"`#([\w-]+)`", row)}


def test_what_other_programs_may_rely_on_is_there(client: FlaskClient, documented: set[str]) -> None:
    there: set[str] = set()
    for address in PLACES:
        layout = page(client, address)
        there |= set(by_id(layout)) | set(re.findall(r' id="([^"]+)"', markup_of(layout)))
    assert len(documented) > 20
    assert documented - there == set()


def test_key_figures_have_their_plain_numbers(client: FlaskClient) -> None:
    markup = markup_of(page(client, "/"))
    values = dict(re.findall(r'id="kpi-([\w-]+)"[^>]* data-value="(\d+)"', markup))
    assert values == {
        "partnerships": "94",
        "countries": "31",
        "us-communities": "51",
        "new": "24",
        "identified": "68",
        "dated": "60",
    }


def links_of(client: FlaskClient, address: str) -> set[str]:
    """The addresses of this site that the links of a page lead to."""
    layout = page(client, address)
    named = [unescape(each) for each in HREF.findall(markup_of(layout))]
    named += [each["props"]["href"] for each in components(layout) if each["props"].get("href")]
    return {urljoin(address, each) for each in named if not urlsplit(each).scheme}


def test_every_link_leads_somewhere(client: FlaskClient) -> None:
    """To a page or a file that is there, and to a part of it that is there."""
    links = set().union(*(links_of(client, address) for address in PLACES))
    assert len(links) > 300
    paths: dict[str, set[str]] = {}
    for link in links:
        parts = urlsplit(link)
        paths.setdefault(parts.path, set()).add(parts.fragment)
    broken = [path for path in paths if client.get(path).status_code != 200]
    assert broken == []
    for path, fragments in paths.items():
        if fragments - {""}:
            layout = page(client, path)
            ids = set(by_id(layout)) | set(re.findall(r' id="([^"]+)"', markup_of(layout)))
            assert fragments - {""} <= ids, path


def test_every_registered_page_is_known_to_these_tests() -> None:
    paths = {address.partition("?")[0] for address in ADDRESSES.values()}
    plain = {each["path"] for each in dash.page_registry.values() if not each["path_template"]}
    assert {path for path in plain if not path.startswith("/embed/")} <= paths


@pytest.mark.parametrize("chart", CHARTS)
def test_every_card_has_a_page_of_its_own(client: FlaskClient, chart: str) -> None:
    layout = page(client, f"/embed/{chart}")
    assert f"card-{chart}" in by_id(layout)


@pytest.mark.parametrize(
    ("name", "has_slides"),
    [
        ("overview", True),
        ("barriers", True),
        ("opportunities", True),
        ("sources", True),
        ("about", False),
        ("research", False),
    ],
)
def test_slides_are_offered_where_there_are_figures(
    client: FlaskClient, name: str, has_slides: bool, app_context: AppContext
) -> None:
    said = markup_of(page(client, ADDRESSES[name]))
    assert (app_context.t("take.no_slides") in unescape(said)) is not has_slides
    assert (client.get(f"/export/{name}.pptx").status_code == 200) is has_slides


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/nowhere?year=2000", "/overview", "/%2e%2e", "/partnerships/nobody", "/states/ZZ", "/embed/pie",
     "/partnerships/houston-tx--baku-aze/more"],
)  # fmt: skip
def test_there_is_no_page_elsewhere(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "<h1>" in reply.text and 'href="/"' in reply.text


def test_texts_of_the_data_say_that_they_are_english(client: FlaskClient) -> None:
    said = markup_of(page(client, "/report?lang=fr"))
    assert '<li><bdi lang="en" dir="ltr">Agreement renewed' in said
    assert '<td><bdi lang="en" dir="ltr">Dedicated director or manager</bdi></td>' in said
    panel = markup_of(page(client, "/?country=TUR&lang=fr"))
    assert 'title="Building Peace through Citizen Diplomacy: The Islamic Partnership Initiative' in panel
    assert not re.search(r'<span title="Building Peace[^"]*">', panel)
