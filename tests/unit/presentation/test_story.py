"""A story is checked to the last gap, and its numbers are those of the data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.dataset import BadData, Dataset, describe_all, load
from dashboard.dataset.story import Slide
from dashboard.presentation.check import check_story
from dashboard.presentation.facts import NAMES
from dashboard.presentation.frames import stage_answer
from dashboard.strings import Catalog

ROOT = Path(__file__).parents[3]
# one with a partner of Houston and one without
REGIONS = ("Western+Asia", "Central+Asia")


def answered(app_context: AppContext, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stage_answer(app_context, query))
    return found


def said(answer: dict[str, Any], slide: int, key: str, year: int = 2007) -> str:
    shown = answer["slides"][slide - 1]
    first, _ = answer["views"][shown["view"]]["years"]
    found = shown["texts"][f"slide.{key}"]
    return str(found[year - first] if isinstance(found, list) else found)


def test_the_shipped_story_is_good_and_follows_the_deck(dataset: Dataset) -> None:
    check_story(dataset)
    ids = [slide.id for slide in dataset.story]
    order = ["successes", "survey", "partnerships", "houston", "next", "purpose", "research", "task-force"]
    order += ["outreach", "programs", "involved", "contact"]
    assert [each for each in ids if each in order] == order
    assert all(slide.notes for slide in dataset.story)


def test_numbers_are_never_typed(dataset: Dataset) -> None:
    """A number in a sentence of the story would be one that nobody counts again; contacts are no counts."""
    for slide in dataset.story:
        if slide.id != "contact":
            for key, text in slide.texts().items():
                if key != "notes":
                    assert not re.search(r"\d", re.sub(r"\{\w+\}", "", text)), (slide.id, key)


def test_numbers_of_the_slides(app_context: AppContext) -> None:
    answer = answered(app_context)
    assert (said(answer, 5, "number"), said(answer, 5, "headline")) == ("94", "partnerships in 31 countries")
    assert int(said(answer, 5, "number", 2000)) < 94
    assert said(answer, 11, "headline") == "of 94 partnerships are known by name, 60 with their first year"
    assert said(answered(app_context, "?region=Western+Asia"), 5, "number") == "26"


def test_every_slide_names_its_sources(app_context: AppContext) -> None:
    assert all(slide["texts"]["slide.source"].startswith("Source") for slide in answered(app_context)["slides"])


def answer_to(app_context: AppContext, query: str, slides: list[Slide] | None = None) -> dict[str, Any]:
    """What the stage shows, by the slide's id."""
    shown = app_context.dataset.story if slides is None else slides
    made = json.loads(stage_answer(app_context, query, slides))["slides"]
    return {slide.id: each["texts"] for slide, each in zip(shown, made, strict=True)}


@pytest.mark.parametrize("region", ["Western Asia", "Latin America and the Caribbean"])
def test_whatever_is_counted_under_a_filter_names_it(app_context: AppContext, region: str) -> None:
    """Numbers that are the same in every year too, such as those of the research, and those that are 0 in all."""
    of_region = answer_to(app_context, f"?region={region.replace(' ', '+')}")
    of_all = answer_to(app_context, "")
    for name, texts in of_region.items():
        shown = [path for path in texts if path.startswith("slide.") and path not in ("slide.notes", "slide.filter")]
        if any(texts[path] != of_all[name].get(path) for path in shown):
            assert texts["slide.filter"] == region, name
    assert of_region["research"]["slide.filter"] == of_region["partnerships"]["slide.filter"] == region
    assert of_region["purpose"]["slide.filter"] == of_all["research"]["slide.filter"] == ""


def test_a_slide_of_pairs_without_any_says_so(app_context: AppContext, t: Catalog) -> None:
    said = {region: answer_to(app_context, f"?region={region}")["houston"]["slide.message"] for region in REGIONS}
    assert said == {"Western+Asia": "", "Central+Asia": t("talk.no_pairs")}


def test_a_chart_that_has_nothing_to_draw_says_why_once_and_under_any_title(app_context: AppContext) -> None:
    slides = [Slide(id=chart, kind="chart", chart=chart) for chart in CHARTS]
    years = len(app_context.dataset.bases[app_context.choices.default_basis].years)
    for chart, texts in answer_to(app_context, "", slides).items():
        told = {path: text if isinstance(text, list) else [text] * years for path, text in texts.items()}
        for message, instead, headline in zip(
            *(told[f"slide.{name}"] for name in ("message", "instead", "headline")), strict=True
        ):
            assert message == ("" if instead == headline else instead), chart
    waves = answer_to(app_context, "", slides)["waves"]
    # not that too few answered, where nobody was asked a second time
    assert waves["slide.message"] == "" and waves["slide.instead"] == waves["slide.headline"]


def test_the_document_lists_every_fact() -> None:
    text = (ROOT / "docs" / "story.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(NAMES)


SLIDE = '[[slide]]\nid = "a"\nkind = "words"\nheadline = "H"\nwords = "W"\n'


@pytest.mark.parametrize(
    ("story", "parts"),
    [
        ("[[slide]\n", ["story.toml", "cannot be understood"]),
        ("[[slide]]\nid = 'a'\nkind = 'film'\n", ["slide 1, kind", "“film”", "title, words"]),
        ("[[slide]]\nid = 'a'\nkind = 'words'\nheadline = 'H'\n", ["slide 1, words", "a value is needed"]),
        (SLIDE + SLIDE, ["slide 2, id", "slide 1 has the same"]),
        (SLIDE + "colour = 'red'\n", ["slide 1, colour", "not known"]),
        (SLIDE.replace('"W"', "7"), ["slide 1, words", "“7”", "quotation marks"]),
        (SLIDE.replace('"W"', '"{partnership}"'), ["slide 1, words", "“{partnership}”", "no such fact", "partnerships"]),
        (SLIDE.replace('"W"', '"{partnerships"'), ["slide 1, words", "braces"]),
        (SLIDE.replace('"W"', '"{partnerships!r}"'), ["slide 1, words", "braces"]),
        (SLIDE + "view = '?region=Atlantis'\n", ["slide 1, view", "Atlantis", "Copy"]),
        (SLIDE + "sources = ['nowhere']\n", ["slide 1, sources", "nowhere", "sources"]),
        (SLIDE.replace('"H"', f'"{"x" * 200}"'), ["slide 1, headline", "longer than 76"]),
        ("[[slide]]\nid='a'\nkind='list'\nheadline='H'\nitems=[1]\n", ["slide 1, items 1", "“1”"]),
        ("[[slide]]\nid='a'\nkind='list'\nheadline='H'\nitems=['a','b','c','d','e','f']\n", ["slide 1, items", "at most 5"]),
        ("[[slide]]\nid='a'\nkind='pairs'\nheadline='H'\ncommunity='Atlantis'\n", ["slide 1, community", "Atlantis"]),
        ("slide = 3\n", ["story.toml", "no slides"]),
    ],
)  # fmt: skip
def test_a_bad_story_gives_the_list_of_problems(folder: Path, t: Catalog, story: str, parts: list[str]) -> None:
    (folder / "story.toml").write_text(story, encoding="utf-8")
    with pytest.raises(BadData) as found:
        check_story(load(folder))
    text = describe_all(found.value.problems, t)
    assert all(part in text for part in parts), text


def test_a_folder_may_have_no_story(folder: Path, t: Catalog) -> None:
    (folder / "story.toml").unlink()
    dataset = load(folder)
    check_story(dataset)
    assert answered(AppContext(dataset, t))["slides"] == []
