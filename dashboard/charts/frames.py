"""What the year changes in a figure: by trace, the value of each attribute in every year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

# the value in each year: a list, or one of the classes below, which JSON has as the names of their fields
ByYear = Sequence[Any]
# trace (its number as text) or "layout" -> attribute ("marker.color") -> the value in each year
Frames = Mapping[str, Mapping[str, ByYear]]
LAYOUT = "layout"


GAP = re.compile(r"\{(\d)\}")


@dataclass(frozen=True)
class Filled(Sequence[str]):
    """Texts that are few patterns with other values in their gaps {0}, {1} …: of each the number of its pattern, and
    the values. The browser fills those of the year it shows."""

    patterns: Sequence[str]
    cells: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, at: Any) -> Any:
        pattern, *values = self.cells[at]
        return GAP.sub(lambda gap: str(values[int(gap[1])]), self.patterns[pattern])


@dataclass(frozen=True)
class ByPlace(Sequence[Any]):
    """In each year a list with the value of every place. Few values differ, so each is written once: `codes` says by
    year and place which of `names` it is. A sixth of the bytes of a map."""

    names: Sequence[Any]
    codes: Sequence[Sequence[int]]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, at: Any) -> Any:
        return [self.names[code] for code in self.codes[at]]

    def of_places(self, places: Sequence[int]) -> ByPlace:
        """The same of some of the places."""
        return build_by_place(self.names, np.array(self.codes, dtype=int)[:, places])


def build_by_place(names: Sequence[Any], codes: npt.NDArray[np.int_]) -> ByPlace:
    """By year and place what its code stands for; `codes` has the shape (years, places). Names that no place has are
    left out."""
    used, again = np.unique(codes, return_inverse=True)
    by_year: npt.NDArray[np.int_] = again.reshape(codes.shape)
    of_used = Filled(names.patterns, _of(names.cells, used)) if isinstance(names, Filled) else _of(names, used)
    return ByPlace(of_used, by_year.tolist())


def _of(values: Sequence[Any], places: npt.NDArray[np.int_]) -> list[Any]:
    return [values[place] for place in places.tolist()]


@dataclass(frozen=True)
class Repeated(Sequence[Any]):
    """A value that stays for years: `years` says by year which of `values` it is."""

    values: Sequence[Any]
    years: Sequence[int]

    def __len__(self) -> int:
        return len(self.years)

    def __getitem__(self, at: Any) -> Any:
        return self.values[self.years[at]]


def frames_of(of_years: Sequence[Mapping[str, Mapping[str, Any]]]) -> Frames:
    """The frames of a figure, of what each target has in each year: what stays for years is the same object in all of
    them, and written once."""
    distinct = {id(parts): parts for parts in of_years}
    places = {key: place for place, key in enumerate(distinct)}
    years = [places[id(parts)] for parts in of_years]
    return {
        target: {name: Repeated([parts[target][name] for parts in distinct.values()], years) for name in attributes}
        for target, attributes in of_years[0].items()
    }


def in_every_year(value: Any, years: Sequence[int]) -> Repeated:
    """One value, the same in all years."""
    return Repeated([value], [0] * len(years))


@dataclass(frozen=True)
class DrawnFigure:
    """A figure in plain parts (`go.Figure.to_plotly_json()`), and what the year changes in it; of a figure that does
    not follow the year, nothing.

    Figures of the same `shape` that is not "" differ only in what their frames hold: the one that is drawn stays, with
    its zoom, and takes other values.
    """

    figure: Mapping[str, Any]
    frames: Frames = field(default_factory=dict)
    shape: str = ""

    def at(self, position: int) -> dict[str, Any]:
        """The figure at the position of a year."""
        return figure_at(self.figure, self.frames, position)


def figure_at(figure: Mapping[str, Any], frames: Frames, at: int) -> dict[str, Any]:
    """A figure in plain parts with the values of a year put in; what was given stays as it is."""
    data, layout = [dict(trace) for trace in figure["data"]], dict(figure["layout"])
    for target, attributes in frames.items():
        part = layout if target == LAYOUT else data[int(target)]
        for attribute, by_year in attributes.items():
            _put(part, attribute.split("."), by_year[at])
    return {"data": data, "layout": layout}


def _put(part: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        part[step] = dict(part.get(step) or {})
        part = part[step]
    part[steps[-1]] = value
