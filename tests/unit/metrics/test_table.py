"""Tables by year: parts of a kept one, and what is told of each year."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.table import SteppedTable, Table, YearTable, of_each_year, order_of_part, ranking


@given(
    rows=st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1, max_size=6),
    chosen=st.sets(st.integers(0, 4)).map(sorted),
)
def test_a_part_is_ordered_as_in_the_whole(rows: list[list[int]], chosen: list[int]) -> None:
    numbers, names = np.array(rows), np.arange(5)
    of_part = ranking(-numbers[:, chosen], names[chosen])
    assert order_of_part(ranking(-numbers, names), chosen).tolist() == of_part.tolist()


def test_a_part_knows_where_its_rows_stand() -> None:
    whole = YearTable(range(2000, 2002), {"name": ["a", "b", "c"]}, {"n": np.array([[1, 0, 2], [1, 3, 2]])})
    part = whole.part([2, 1])
    assert part.keys == {"name": ["c", "b"]}
    assert part.at(2001).columns == {"name": ["c", "b"], "n": [2, 3]}
    assert part.part_of == (whole, [2, 1])
    assert (part.sums["n"], part.filled["n"]) == ([2, 5], [1, 2])


def test_of_a_table_that_changes_in_few_years_each_step_is_asked_once() -> None:
    table = SteppedTable(range(2000, 2006), [(2000, Table({"n": []})), (2003, Table({"n": [1]}))])
    asked: list[int] = []

    def tell(year: int) -> str:
        asked.append(year)
        return f"{len(table.at(year))} rows"

    assert of_each_year(table, tell) == ["0 rows"] * 3 + ["1 rows"] * 3
    assert len(asked) == 2
