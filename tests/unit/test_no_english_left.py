"""No English is left in any other language: on the pages of the public, their tables and dialogs, cards alone, the
stage, the form, and in files. What is data stands in its own language and says so (`lang="en"`).

Only texts of the English catalogue are looked for: what is not there is a word of the code, which test_strings.py finds.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.charts import CHARTS
from dashboard.settings import SHIPPED_DATA
from dashboard.strings import FIRST_LANGUAGE, languages, load_catalog, texts_of
from tests.asking import CALLBACKS, callback_of, components, page, pages_content, question

OTHERS = [code for code in languages() if code != FIRST_LANGUAGE]
# attributes that are read out, or that the script says
READ = re.compile(
    r"^(title|alt|placeholder|aria-(label|description|roledescription|valuetext)|data-(?!text$|show$|attributes$)\w+)$"
)
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# said of the program and its parts, or names that stand in English everywhere
UNREAD = ("language.locale", "language.name", "language.alphabet", "region.", "us_state.")
# views of pages that show more than the page at its plain address
MORE = (
    "/?country=TUR",
    "/?map=states&sample=1",
    "/?map=links&basis=documented&year=1990",
    "/?region=Central+Asia&state=TX",
    "/barriers?sample=1",
    "/opportunities?community=4553433",
    "/states/TX",
    "/partnerships/houston-tx--baku-aze",
    "/report?state=TX",
)
# the report as a file is made of what its page says, and takes five seconds
FILES = ("growth.xlsx", "registry.xlsx", "view.pptx", "present.pptx")
WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")


def words(text: str) -> list[str]:
    return WORD.findall(re.sub(r"</?b>|<br>", " ", text))


def without_form(key: str) -> str:
    """The key of a text, whatever depends on a number in one language or the other."""
    return re.sub(r"\.(zero|one|two|few|many|other)$", "", key)


def runs(text: str) -> set[tuple[str, ...]]:
    """Each three words of a text that follow each other."""
    found = words(text)
    return {tuple(found[at : at + 3]) for at in range(len(found) - 2)}


def is_read(name: str, value: str) -> bool:
    """Whether an attribute is a text: of those of the script a sentence; a word alone is a name that both know."""
    return bool(READ.match(name)) and (" " in value or not name.startswith("data-"))


class Read(HTMLParser):
    """What somebody reads or hears of HTML, but for what is under `lang="en"`."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said: list[str] = []
        # the tags that are open, and whether what stands in them is said to be English or is not read
        self.open: list[tuple[str, bool]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_silent = (bool(self.open) and self.open[-1][1]) or tag in ("script", "style")
        is_silent = is_silent or given.get("lang") == FIRST_LANGUAGE
        if not is_silent:
            # of what a script says, sentences: a word alone is a name between page and script
            self.said += [value for name, value in attrs if value and is_read(name, value)]
        if tag == "meta" and given.get("content") and not is_silent:
            self.said.append(str(given["content"]))
        if tag not in VOID:
            self.open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]) and data.strip():
            self.said.append(data.strip())


def read(markup: str) -> list[str]:
    if "<" in markup or "&" in markup:
        return Read(markup).said
    return [markup.strip()] if markup.strip() else []


def strings_in(data: Any) -> Iterator[str]:
    """All texts inside of JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for each in data.values():
            yield from strings_in(each)
    elif isinstance(data, list):
        for each in data:
            yield from strings_in(each)


def said_by_page(layout: Any) -> Iterator[str]:
    """What a page says: text of its components, markup, attributes, texts of all years, figures."""
    for each in components(layout):
        properties = each["props"]
        if properties.get("lang") == FIRST_LANGUAGE:
            continue
        yield from read(str(properties.get("markup") or ""))
        children = properties.get("children")
        yield from (text for text in (children if isinstance(children, list) else [children]) if isinstance(text, str))
        said = {**properties, **(properties.get("attributes") or {})}
        yield from (str(text) for name, text in said.items() if isinstance(text, str) and is_read(name, text))
        yield from (str(option.get("label")) for option in properties.get("options") or [] if isinstance(option, dict))
        if properties.get("id") == "frames":
            yield from said_by_frames(json.loads(properties["data"]))
        if "figure" in properties:
            yield from said_by_figure(properties["figure"])


def said_by_figure(figure: Any) -> Iterator[str]:
    """Texts in the parts of a figure, and of all years; a small word alone is one of Plotly's, or a state."""
    for text in strings_in(figure):
        if not re.fullmatch("[a-z]+", text):
            yield from read(text)


def said_by_frames(frames: Mapping[str, Any]) -> Iterator[str]:
    for key in ("texts", "ranking", "notices", "options", "graphs", "over"):
        yield from said_by_figure(frames.get(key))
    yield from (chip["label"] for chip in frames.get("chosen", []))


def said_by_file(data: bytes) -> Iterator[str]:
    """What stands in a workbook, slides or a document of Word: all are XML in an archive."""
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if re.search(
                r"(sharedStrings|sheet\d+|slide\d+|notesSlide\d+|chart\d*|document|footer\d*|header\d*)\.xml$", name
            ):
                yield from re.findall(r">([^<>]+)<", parts.read(name).decode("utf-8"))


def translated(language: str) -> dict[str, str]:
    """The English texts that a language has, by key; what it has not is English (test_strings.py says what that is)."""
    given = {without_form(key) for key in texts_of(language)}
    texts = texts_of(FIRST_LANGUAGE).items()
    return {key: text for key, text in texts if without_form(key) in given and not key.startswith(UNREAD)}


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(client: FlaskClient, language: str) -> None:
    english = translated(language)
    own = list(texts_of(language).values())
    cells = set(data_texts(client))
    # what is data, or said in both languages, is no sign of English that was left
    known, own_runs = {*own, *cells}, set().union(*map(runs, (*own, *cells)))
    short = {
        text: key for key, text in english.items() if 0 < len(words(text)) < 3 and "{" not in text and text not in known
    }
    # by its first three words, a part of a text between two gaps: all of its words in their order
    long: dict[tuple[str, ...], list[tuple[str, set[tuple[str, ...]]]]] = {}
    for key, text in english.items():
        for part in re.split(r"\{[^{}]*\}", text):
            if (of_part := runs(part)) - own_runs:
                long.setdefault(tuple(words(part)[:3]), []).append((key, of_part))

    # most is said in many places
    @cache
    def english_in(said: str) -> str:
        there = runs(said)
        whole = (key for run in there for key, part in long.get(run, ()) if part <= there)
        return short.get(said) or next(whole, "")

    found: dict[str, set[str]] = {}
    for place, said in walk(client, language):
        if key := english_in(said):
            found.setdefault(f"{key}: {said[:90]}", set()).add(place)
    assert sorted(f"{text}  ({', '.join(sorted(places)[:3])})" for text, places in found.items()) == []


def data_texts(client: FlaskClient) -> Iterator[str]:
    """All texts of the data and of the story."""
    dataset = client.application.extensions["data"].current.dataset
    for table in (*dataset.tables.values(), *(snapshot.counts for snapshot in dataset.snapshots)):
        for name in table.columns:
            yield from (each for each in table[name].unique() if isinstance(each, str))
    for text in strings_in(tomllib.loads((SHIPPED_DATA / "story.toml").read_text(encoding="utf-8"))):
        yield from re.split(r"\{[^{}]*\}", text)


def walk(client: FlaskClient, language: str) -> Iterator[tuple[str, str]]:
    """(where, what is said there) of everything that is public."""
    paths = [each["path"] for each in dash.page_registry.values() if not each["path_template"]]
    for address in (*paths, *MORE):
        asked = f"{address}{'&' if '?' in address else '?'}lang={language}"
        for said in said_by_page(page(client, asked)):
            yield address, said
    for address in ("/", "/nowhere", "/tell/country/TUR", "/states/TX"):
        for said in read(client.get(f"{address}?lang={language}").text):
            yield address, said
    stage = json.loads(client.get(f"/_stage?lang={language}").text)
    yield from (("/_stage", said) for said in said_by_figure(stage))
    index = json.loads(client.get(f"/search-index.json?lang={language}").text)
    yield from (("/search-index.json", label) for _, label, _ in index["kinds"])
    yield from (
        ("/search-index.json", text) for rows in index["entries"].values() for _, *said in rows for text in said
    )
    for name in FILES:
        for said in said_by_file(client.get(f"/export/{name}?lang={language}").data):
            yield name, said
    yield from (("tables", said) for said in tables(client, language))


def tables(client: FlaskClient, language: str) -> Iterator[str]:
    """The table tabs of all cards, and their sources."""
    for output, store in (
        ("table-shown", {"cards": list(CHARTS), "query": "?sample=1"}),
        ("sources-list", {"cards": list(CHARTS)}),
    ):
        reply = client.post(f"{CALLBACKS}?lang={language}", json=question(callback_of(client, output=output), store))
        assert reply.status_code == 200
        for text in strings_in(reply.json):
            yield from read(text)


@pytest.mark.parametrize("language", OTHERS)
def test_titles_are_those_of_the_language(client: FlaskClient, language: str) -> None:
    title = pages_content(client, f"/about?lang={language}")["_pages_store"]["data"]["title"]
    assert title == load_catalog(language)("page.about.title")
