"""Which groups of respondents may be shown, so that no small one can be worked out from all that is shown.

The policy (docs/data.md, "Small groups"). For each wave the sub-regions are put into cells: a region where at least
`least` people answered each question is a cell of its own; all smaller ones together are one cell, and if that is still
too small, the smallest of the others joins it, until at least `least` in it answered each question and more people are
in it than regions. The same for U.S. states. A choice of regions is visible if it is a union of whole cells. A choice
of regions and states together is visible only if, over all cells of regions and states, nobody or at least `least`
people are in each pair.

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

# what may be shown of a group: its numbers; that it has no respondents, which gives nobody away; nothing
VISIBLE, NO_RESPONDENTS, SUPPRESSED = "visible", "nobody", "hidden"
# position in a tuple of sizes: first how many were asked, then for each question how many answered it
ASKED = 0
NO_ANSWERS = WaveCounts((), (), np.zeros((0, 0), dtype=int), {}, {})
Cells = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Places:
    """The regions and the states that respondents may come from; None for all, unknown ones too."""

    regions: frozenset[str] | None = None
    states: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class SuppressionPolicy:
    """What of one wave may be shown. Built by `suppression_policy`."""

    counts: WaveCounts
    region_cells: Cells
    state_cells: Cells
    are_pairs_visible: bool

    def visibility(self, places: Places) -> str:
        """VISIBLE, NO_RESPONDENTS or SUPPRESSED."""
        by_region, by_state = self.counts.asked.sum(axis=1), self.counts.asked.sum(axis=0)
        axes = (
            (places.regions, _populated(self.counts.regions, by_region), self.region_cells),
            (places.states, _populated(self.counts.states, by_state), self.state_cells),
        )
        for chosen, populated, cells in axes:
            if chosen is not None and not chosen & populated:
                # Where every place is suppressed, SUPPRESSED and not NO_RESPONDENTS: to say which places had nobody
                # would say that all others had somebody.
                return NO_RESPONDENTS if cells else SUPPRESSED
        if not all(chosen is None or _is_union(chosen & populated, cells) for chosen, populated, cells in axes):
            return SUPPRESSED
        if places.regions is None or places.states is None:
            return VISIBLE
        if not self.are_pairs_visible:
            return SUPPRESSED
        return VISIBLE if self.total(self.counts.asked, places) else NO_RESPONDENTS

    def total(self, table: np.ndarray, places: Places) -> int:
        """The sum over places of one of the tables of `counts`, whether or not it may be shown."""
        return int(_is_in(self.counts.regions, places.regions) @ table @ _is_in(self.counts.states, places.states))


@lru_cache(maxsize=64)
def suppression_policy(survey: Survey, wave: str, least: int) -> SuppressionPolicy:
    """The policy for a wave; `least` is the smallest group that may be shown."""
    counts = wave_counts(survey, wave)
    tables = [counts.asked, *(table for table in counts.answered.values() if table.sum() >= least)]
    by_region = [table.sum(axis=1) for table in tables]
    by_state = [table.sum(axis=0) for table in tables]
    region_cells = suppression_cells(_sizes(counts.regions, by_region), least)
    state_cells = suppression_cells(_sizes(counts.states, by_state), least)
    pairs = [
        tuple(int(_is_in(counts.regions, some) @ table @ _is_in(counts.states, others)) for table in tables)
        for some in region_cells
        for others in state_cells
    ]
    are_pairs_visible = all(pair[ASKED] == 0 or min(pair) >= least for pair in pairs)
    return SuppressionPolicy(counts, region_cells, state_cells, are_pairs_visible)


def wave_counts(survey: Survey, wave: str) -> WaveCounts:
    """The numbers of a wave of answers; none where nobody answered."""
    return survey.counts.get(wave, NO_ANSWERS)


def suppression_cells(sizes: Mapping[str, tuple[int, ...]], least: int) -> Cells:
    """Places to cells that may be shown. `sizes`: for each place how many were asked, then how many answered each
    question; places where nobody was asked are in no cell. () where all places together are too few."""
    populated = {place: size for place, size in sizes.items() if size[ASKED] > 0}
    small = {place for place, size in populated.items() if min(size) < least}
    others = sorted(populated.keys() - small, key=lambda place: (min(populated[place]), place))
    joined = set(small)
    while joined and not _is_enough([populated[place] for place in joined], least):
        if not others:
            return ()
        joined.add(others.pop(0))
    cells = [frozenset({place}) for place in others]
    return tuple([*cells, frozenset(joined)] if joined else cells)


def _is_enough(sizes: Collection[tuple[int, ...]], least: int) -> bool:
    """Whether places may be shown together: enough people, and more of them than places, lest each have one."""
    together: list[int] = [sum(column) for column in zip(*sizes, strict=True)]
    return min(together) >= least and together[ASKED] > len(sizes) > 1


def _sizes(places: tuple[str, ...], columns: list[np.ndarray]) -> dict[str, tuple[int, ...]]:
    return {place: tuple(int(column[index]) for column in columns) for index, place in enumerate(places)}


def _populated(places: tuple[str, ...], asked: np.ndarray) -> set[str]:
    """The places where anybody was asked."""
    return {place for place, number in zip(places, asked.tolist(), strict=True) if number > 0}


def _is_in(places: tuple[str, ...], chosen: frozenset[str] | None) -> np.ndarray:
    return np.array([chosen is None or place in chosen for place in places], dtype=bool)


def _is_union(places: Collection[str], cells: Cells) -> bool:
    """Whether places are made of whole cells."""
    whole = [cell for cell in cells if cell <= set(places)]
    return set(places) == {place for cell in whole for place in cell}
