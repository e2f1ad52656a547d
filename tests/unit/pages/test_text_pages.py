"""Programs, research, sources, about: they say what the data says."""

from __future__ import annotations

import re

import pytest

from dashboard.charts import CHARTS
from dashboard.components.tables import TABLES, chart_table
from dashboard.context import AppContext
from dashboard.filters import parse
from dashboard.metrics.programs import programs as find_programs
from dashboard.metrics.programs import success_stories
from dashboard.metrics.research import progress_table, questions_table
from dashboard.pages import about, programs, research, sources
from dashboard.payload import Contents
from tests.markup import texts_of, texts_of_rows
from tests.unit.conftest import RequestOf

QUERIES = (
    "",
    "?region=Western+Asia",
    "?country=TUR&basis=documented",
    "?state=WY",
    "?region=Central+Asia&status=ended",
)


@pytest.mark.parametrize("query", QUERIES)
def test_programs(app_context: AppContext, query: str) -> None:
    selection = parse(query, app_context.choices).selection
    examples, menu = find_programs(app_context.dataset, selection), programs.render_menu(app_context, selection)
    texts = texts_of(menu)
    assert menu.count("data-words=") == len(examples)
    assert {text for each in examples for text in (each.title, each.summary)} <= set(texts)
    assert texts[0] == programs.menu_headline(app_context.t, examples)
    # what can be picked is there as often as its button says
    for name, number in re.findall(r'data-pick="([^"]+)"[^>]*>[^<]*<em>(\d+)</em>', menu):
        values = re.findall(r'data-values="([^"]*)"', menu)
        assert sum(name in value.split("|") for value in values) == int(number), name


@pytest.mark.parametrize("query", QUERIES)
def test_stories(app_context: AppContext, query: str) -> None:
    selection = parse(query, app_context.choices).selection
    stories, texts = (
        success_stories(app_context.dataset, selection),
        texts_of(programs.render_stories(app_context, selection)),
    )
    for story in stories[: programs.MOST_STORIES]:
        assert f"{story.entry.us_community}–{story.entry.partner_community}" in texts
        assert all(one.summary in texts for one in story.programs[:3])
    assert (app_context.t("card.empty_filters") in texts) == (not stories)


def test_the_timeline(app_context: AppContext) -> None:
    markup, milestones = programs.render_timeline(app_context), programs.list_milestones(app_context.dataset)
    assert re.findall(r'<time datetime="([^"]+)">', markup) == sorted(each.date for each in milestones)
    assert {each.title for each in milestones} <= set(texts_of(markup))


def test_about(app_context: AppContext) -> None:
    texts = texts_of(about.render_sections(app_context))
    for name in (*about.LEFT, *about.RIGHT):
        assert app_context.t(f"about.{name}.text") in texts
    assert app_context.contact.email in texts


def test_how_figures_are_counted(app_context: AppContext) -> None:
    markup = sources.render_counted(app_context.t)
    assert re.findall(r'id="counted-(\w+)"', markup) == ["general", *CHARTS]
    assert {app_context.t(f"evidence.credit.{name}") for name in sources.CREDITS} <= set(texts_of(markup))


@pytest.mark.parametrize("query", QUERIES)
def test_research(app_context: AppContext, query: str, request_of: RequestOf) -> None:
    selection = parse(query, app_context.choices).selection
    request, label = request_of(research.CONTENTS, query), app_context.basis_label(selection.basis)
    table, board = progress_table(app_context.dataset, selection), research.board(request)
    rows = texts_of_rows(board.rows)[1:]
    numbers = table[["country", "counted", "identified", "dated"]].astype(str).to_numpy().tolist()
    assert [[row[0], *row[2:5]] for row in rows] == numbers
    assert f"{table['identified'].sum()} of {table['counted'].sum()} identified" in board.headline
    open_questions, questions = questions_table(app_context.dataset, selection), research.questions(request)
    rows = texts_of_rows(questions.rows)[1:]
    assert [row[1:3] for row in rows] == open_questions[["country", "about"]].to_numpy().tolist()[: len(rows)]
    assert questions.page.total == len(open_questions)
    assert label in board.source and label in questions.source


def test_questions_are_found_and_sorted_by_the_address(app_context: AppContext, request_of: RequestOf) -> None:
    query = "?find-questions=senegal&sort-questions=-country&sort-board=-dated"
    request = request_of(research.CONTENTS, query)
    found = research.questions(request).page
    assert 0 < found.found == len(found.rows) < found.total
    assert all(row.country == "Senegal" for row in found.rows)
    dated = [row["dated"] for row in research.board(request).page.rows]
    assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_every_row_and_addresses_as_links(
    app_context: AppContext, name: str, request_of: RequestOf
) -> None:
    request = request_of(Contents(charts=(name,)), "")
    markup, table = chart_table(name, request), CHARTS[name].table(app_context.view(request.selection))
    rows = texts_of_rows(markup)
    assert len(rows) == len(table) + 1
    if name == "sources":
        links = re.findall(r'<a href="([^"]+)"[^>]*rel="noopener noreferrer">([^<]+)</a>', markup)
        assert len(links) == (table["address"] != "").sum()
        assert all("/" not in host and not host.startswith("www.") for _, host in links)
    if name == "conflicts":
        # some of its numbers are missing; it is a column of numbers all the same
        assert '<th scope="col" class="n">' in markup
