"""Ids as one block of bytes behave as texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.dataset import compact as module
from dashboard.dataset.compact import ShortTexts, compact
from dashboard.dataset.records import records

IDS = ["a1", "b22", "c-3", "d.4"]


@pytest.fixture
def column(monkeypatch: pytest.MonkeyPatch) -> pd.Series:
    monkeypatch.setattr(module, "LARGE", 3)
    return compact(pd.Series(IDS, name="id"))


def test_reads_as_the_texts_it_was_made_of(column: pd.Series) -> None:
    assert isinstance(column.array, ShortTexts)
    assert list(column) == IDS and column.iloc[2] == "c-3"
    assert column.astype(object).tolist() == IDS
    assert records(pd.DataFrame({"id": column, "at": range(4)})) == [
        {"id": id_, "at": at} for at, id_ in enumerate(IDS)
    ]


def test_is_searched_filtered_and_mapped_as_texts(column: pd.Series) -> None:
    assert (column == "b22").tolist() == [False, True, False, False]
    assert not (column == "b2").any() and not (column == "é").any()
    assert column.isin({"a1", "d.4", "x"}).tolist() == [True, False, False, True]
    assert list(column[np.array([True, False, True, False])]) == ["a1", "c-3"]
    assert list(column.iloc[[3, 0]]) == ["d.4", "a1"]
    assert column.map({"a1": "one"}).fillna("none").tolist() == ["one", "none", "none", "none"]
    assert list(pd.DataFrame({"id": column}).set_index("id").index) == IDS


@pytest.mark.parametrize("texts", [["ä1", "b", "c"], ["x" * 25, "b", "c"], ["a"]])
def test_leaves_what_is_not_short_plain_and_many(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    monkeypatch.setattr(module, "LARGE", 3)
    column = pd.Series(texts)
    assert compact(column) is column
