"""Which groups of respondents may be shown, so that no small one can be worked out from all that is shown.

The rule (docs/data.md, "Small groups"). For each wave the sub-regions are put into cells: a region where at least
`least` people answered each question is a cell of its own; all smaller ones together are one cell, and if that is still
too small, the smallest of the others joins it, until at least `least` in it answered each question and more people are
in it than regions. The same for U.S. states. A choice of regions is shown if it is a union of whole cells. A choice of
regions and a state together is shown only if, over all cells of regions and states, nobody or at least `least` people
are in each pair.

Why that is safe: every number of a wave, whatever the filter, question and base, is a sum of numbers of whole cells.
Two respondents of one cell could change their regions, and no number shown anywhere would change; so no number shown
says which of the cell's regions anybody belongs to. Cells are the same for all questions and both bases, because
otherwise two tables with different cells could be subtracted. Who answered from an unknown place counts as a place of
their own here, since the total less all known places gives them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.dataset.answers import WaveCounts
from dashboard.dataset.model import Survey

OPEN, NOBODY, HIDDEN = "open", "nobody", "hidden"
# in the arrays of sizes: how many were asked, before how many answered each question
ASKED = 0
NO_ANSWERS = WaveCounts((), (), np.zeros((0, 0), dtype=int), {}, {})


def wave_counts(survey: Survey, wave: str) -> WaveCounts:
    """The numbers of a wave of answers; none where nobody answered."""
    return survey.counts.get(wave, NO_ANSWERS)


def cells_of(sizes: Mapping[str, tuple[int, ...]], least: int) -> tuple[frozenset[str], ...]:
    """Places to cells that may be shown. `sizes`: for each place how many were asked, then how many answered each
    question; places where nobody was asked are in no cell. () where all places together are too few."""
    there = {place: size for place, size in sizes.items() if size[ASKED] > 0}
    small = {place for place, size in there.items() if min(size) < least}
    others = sorted(there.keys() - small, key=lambda place: (min(there[place]), place))
    joined = set(small)
    while joined and not _is_enough([there[place] for place in joined], least):
        if not others:
            return ()
        joined.add(others.pop(0))
    cells = [frozenset({place}) for place in others]
    return tuple([*cells, frozenset(joined)] if joined else cells)


def _is_enough(sizes: Collection[tuple[int, ...]], least: int) -> bool:
    """Whether places may be shown together: enough people, and more of them than places, lest each have one."""
    together: list[int] = [sum(column) for column in zip(*sizes, strict=True)]
    return min(together) >= least and together[ASKED] > len(sizes) > 1


@dataclass(frozen=True, eq=False)
class Rule:
    """What of one wave may be shown. Made by `rule_of`."""

    counts: WaveCounts
    region_cells: tuple[frozenset[str], ...]
    state_cells: tuple[frozenset[str], ...]
    are_pairs_open: bool

    def of(self, chosen: Collection[str], state: str | None) -> str:
        """ "open", "nobody" (nobody from there was asked; that is no secret), or "hidden", for a choice of regions
        (none: all) and a state."""
        regions = {region for region in chosen if self._is_there(region, self.counts.regions, 1)}
        has_state = state is not None and self._is_there(state, self.counts.states, 0)
        # where all places are hidden, not even from which of them people come is said
        if chosen and not regions:
            return NOBODY if self.region_cells else HIDDEN
        if state is not None and not has_state:
            return NOBODY if self.state_cells else HIDDEN
        is_region_open = not chosen or _is_union(regions, self.region_cells)
        is_state_open = state is None or _is_union({state}, self.state_cells)
        if not (is_region_open and is_state_open):
            return HIDDEN
        if not chosen or state is None:
            return OPEN
        if not self.are_pairs_open:
            return HIDDEN
        rows, columns = self.counts.rows(regions, state)
        return OPEN if self.counts.asked[np.ix_(rows, columns)].sum() else NOBODY

    def _is_there(self, place: str, places: tuple[str, ...], axis: int) -> bool:
        sizes: list[int] = self.counts.asked.sum(axis=axis).tolist()
        return place in places and sizes[places.index(place)] > 0


@lru_cache(maxsize=64)
def rule_of(survey: Survey, wave: str, least: int) -> Rule:
    """The rule for a wave; `least` is the smallest group that may be shown."""
    counts = wave_counts(survey, wave)
    tables = [counts.asked, *(table for table in counts.answered.values() if table.sum() >= least)]
    by_region = [table.sum(axis=1) for table in tables]
    by_state = [table.sum(axis=0) for table in tables]
    region_cells = cells_of(_sizes(counts.regions, by_region), least)
    state_cells = cells_of(_sizes(counts.states, by_state), least)
    pairs = [
        tuple(int(table[np.ix_(*_positions(counts, some, others))].sum()) for table in tables)
        for some in region_cells
        for others in state_cells
    ]
    return Rule(counts, region_cells, state_cells, all(pair[ASKED] == 0 or min(pair) >= least for pair in pairs))


def _positions(counts: WaveCounts, regions: Collection[str], states: Collection[str]) -> tuple[list[int], list[int]]:
    return [counts.regions.index(place) for place in regions], [counts.states.index(place) for place in states]


def _sizes(places: tuple[str, ...], columns: list[np.ndarray]) -> dict[str, tuple[int, ...]]:
    return {place: tuple(int(column[at]) for column in columns) for at, place in enumerate(places)}


def _is_union(places: Collection[str], cells: Collection[frozenset[str]]) -> bool:
    """Whether places are made of whole cells."""
    whole = [cell for cell in cells if cell <= set(places)]
    return set(places) == {place for cell in whole for place in cell}
