"""Modules of plain functions: what goes in, what comes out."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page


def call(page: Page, function: str, *arguments: Any) -> Any:
    return page.evaluate(f"given => dash_clientside.{function}(...given)", list(arguments))


class TestFrames:
    def test_equal_texts_are_the_same_object(self, script: Page) -> None:
        assert script.evaluate("""() => { const { parse } = dash_clientside.frames, one = parse('{"at":1}');
            return one === parse('{"at":1}') && one !== parse('{"at":2}'); }""")

    @pytest.mark.parametrize(
        ("year", "at"), [(1990, 0), (2003, 3), ("2003", 3), (2031, 9), ("", 9), (None, 9), ("x", 9)]
    )
    def test_a_year_is_the_nearest_there_is(self, script: Page, year: Any, at: int) -> None:
        assert call(script, "frames.positionOf", {"years": [2000, 2009]}, year) == at

    def test_codes_stand_for_names(self, script: Page) -> None:
        assert call(script, "frames.valueAt", {"names": ["a", "b"], "codes": [[0, 0], [1, 0]]}, 1) == ["b", "a"]
        assert call(script, "frames.valueAt", {"values": [[1], [2]], "years": [0, 0, 1]}, 2) == [2]
        names = {"patterns": ["none in {0}", "{1} in {0}, 100 % {2}"], "cells": [[0, "A", 0, 0], [1, "B", 3, "{1}"]]}
        assert call(script, "frames.valueAt", {"names": names, "codes": [[0, 1]]}, 0) == [
            "none in A",
            "3 in B, 100 % {1}",
        ]
        assert call(script, "frames.valueAt", [3, 4], 1) == 4

    def test_only_what_differs_is_a_change(self, script: Page) -> None:
        graph = {"0": {"z": [[1, 2], [1, 3]], "text": ["a", "a"]}, "layout": {"title": ["x", "y"]}, "1": {"x": [1, 1]}}
        assert call(script, "frames.findChanges", graph, 0, graph, 1) == [
            ["0", {"z": [1, 3]}],
            ["layout", {"title": "y"}],
        ]
        assert call(script, "frames.findChanges", graph, 0, graph, 0) == []
        assert call(script, "frames.findChanges", {}, 0, {"0": {"z": [[1]]}}, 0) == [["0", {"z": [1]}]]

    def test_a_text_is_one_or_one_a_year(self, script: Page) -> None:
        texts = {"texts": {"one": "1", "each": ["a", "b"], "gap": ["a", None]}}
        assert [call(script, "frames.textAt", texts, path, 1) for path in ("one", "each", "gap", "none")] == [
            "1",
            "b",
            "",
            "",
        ]


def test_what_is_there_follows_its_rule(script: Page) -> None:
    found = script.evaluate("""() => { const { isShown } = dash_clientside.texts, text = path => ({ face: "chart", no: "" })[path];
        return ["face", "face=chart|counts", "face=empty", "no", "no="].map(rule => isShown(rule, text)); }""")
    assert found == [True, True, False, False, True]


def test_digits_are_western_in_every_language(script: Page) -> None:
    written = script.evaluate("""() => ["ar", "ar-EG", "fr"].map(lang => {
        document.documentElement.lang = lang;
        return (12345).toLocaleString(dash_clientside.texts.locale());
    })""")
    assert written == ["12,345", "12,345", "12\u202f345"]


def test_letters_that_follow_each_other_are_a_run(script: Page) -> None:
    assert call(script, "unit_chart.findRuns", "ddnd") == [["d", 2], ["n", 1], ["d", 1]]
    assert call(script, "unit_chart.findRuns", "") == []


def test_the_order_is_that_of_the_year_before_where_none_is_given(script: Page) -> None:
    ranking = {"orders": [[1, 0], None, None, [0, 1]]}
    assert [call(script, "ranked_list.orderAt", ranking, at) for at in range(4)] == [[1, 0], [1, 0], [1, 0], [0, 1]]
    assert call(script, "ranked_list.orderAt", {"orders": [None]}, 0) == []


def test_decades_too_close_to_an_end_are_not_written(script: Page) -> None:
    assert call(script, "filter_bar.ticksOf", 1952, 2007) == [1952, 1960, 1970, 1980, 1990, 2000, 2007]
    assert call(script, "filter_bar.ticksOf", 1958, 2009) == [1958, 1970, 1980, 1990, 2000, 2009]
    assert call(script, "filter_bar.ticksOf", 2005, 2005) == [2005]


def test_a_press_takes_a_value_or_takes_it_away(script: Page) -> None:
    many = {"many": True}
    assert call(script, "choice.toggled", ["a"], "b", many) == ["a", "b"]
    assert call(script, "choice.toggled", ["a", "b"], "a", many) == ["b"]
    assert call(script, "choice.toggled", ["TX"], "TX") == []
    assert call(script, "choice.toggled", ["TX"], "TX", {"stays": True}) == ["TX"]
    assert call(script, "choice.toggled", ["CA"], "TX") == ["TX"]
    assert call(script, "choice.toggled", [], "TX") == ["TX"]


def test_queries_are_the_same_in_any_order(script: Page) -> None:
    assert call(script, "choice.isSameQuery", "?a=1&b=2", "?b=2&a=1") is True
    assert call(script, "choice.isSameQuery", "?a=1", "?a=2") is False
    assert call(script, "choice.isSameQuery", "?a=x+y", "?a=x%20y") is True


def test_a_name_takes_other_values(script: Page) -> None:
    assert (
        call(script, "choice.withValues", "?region=a&state=TX", "region", ["b", "c"]) == "?state=TX&region=b&region=c"
    )
    assert call(script, "choice.withValues", "?state=TX", "state", []) == ""
    assert call(script, "choice.withValues", "", "country", [""]) == ""


def test_a_place_on_the_plot_is_a_year(script: Page) -> None:
    edges = [10, 20, 30]
    found = [call(script, "year_press.positionAt", edges, percent) for percent in (-5, 0, 9.9, 10, 29, 30, 99)]
    assert found == [0, 0, 0, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("ctrl", "delta", "is_active", "scale", "is_for_map"),
    [
        (False, 100, False, 3, False),  # the page is scrolled
        (False, -100, False, 1, False),
        (True, -100, False, 1, True),  # Ctrl
        (False, -100, True, 1, True),  # after a click into it
        (False, 100, True, 3, True),
        (False, 100, True, 1, False),  # at the smallest scale it passes
        (True, 100, False, 1, False),
    ],
)
def test_whose_wheel_it_is(
    script: Page, ctrl: bool, delta: int, is_active: bool, scale: float, is_for_map: bool
) -> None:
    wheel = {"ctrlKey": ctrl, "deltaY": delta}
    assert call(script, "map_zoom.isForMap", wheel, is_active, scale, 1) is is_for_map


def test_the_one_spelling_of_a_view(script: Page) -> None:
    assert call(script, "address.spell", "", None) == ""
    assert call(script, "address.spell", "", 2001) == "?year=2001"
    assert call(script, "address.spell", "?region=a", 2001) == "?region=a&year=2001"
    assert call(script, "address.changed", "?region=a&partner=2", "partner=1&region=") == "?partner=1"


def test_raw_html_is_one_element(script: Page) -> None:
    made = script.evaluate(
        """ipi_components.RawHtml({ id: "a", markup: "<b>x</b>", tag: "section", attributes: { role: "status" } })"""
    )
    assert made == {
        "tag": "section",
        "values": {
            "ref": {"current": None},
            "id": "a",
            "className": None,
            "role": "status",
            "dangerouslySetInnerHTML": {"__html": "<b>x</b>"},
        },
    }


def test_texts_of_data_are_escaped(script: Page) -> None:
    over = {"edges": [1], "tops": [1], "stops": [1], "ghost": "", "rows": [[["ink", 1, 2, 3, [["<img src=x>", True]]]]]}
    assert "<img" not in call(script, "growth_overlay.buildMoving", over, 0)
    assert "<img" not in call(script, "growth_overlay.buildTotal", [1, 2, True, "<img src=x>"])
