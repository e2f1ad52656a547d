"""Something nested of which parts depend on the year, written once and not once a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.track import EACH, Pack

# of a dict packed by key: dashboard/frames/steps.py
OF = "of"


@dataclass(frozen=True, eq=False)
class Series:
    """What stands in one place in each year."""

    values: Sequence[Any]


@dataclass(frozen=True, eq=False)
class Nested:
    """Lists and dicts in each other with a `Series` wherever something depends on the year. Only to be read: years, and
    what is packed, share the parts that do not."""

    of: Any

    def at(self, position: int) -> Any:
        """The whole of one year."""
        return _at(self.of, position)

    def packed(self, pack: Pack) -> Any:
        """That of all years."""
        return _packed(self.of, pack)


def _at(part: Any, position: int) -> Any:
    if isinstance(part, Series):
        return part.values[position]
    if isinstance(part, dict):
        return {name: _at(each, position) for name, each in part.items()}
    return [_at(each, position) for each in part] if isinstance(part, list) else part


def _packed(part: Any, pack: Pack) -> Any:
    if isinstance(part, Series):
        return pack(part.values)
    if isinstance(part, dict):
        by_name = {name: _packed(each, pack) for name, each in part.items()}
        return part if all(by_name[name] is each for name, each in part.items()) else {OF: by_name}
    if isinstance(part, list):
        packed = [_packed(each, pack) for each in part]
        return part if all(one is other for one, other in zip(packed, part, strict=True)) else {EACH: packed}
    return part
