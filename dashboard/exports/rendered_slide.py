"""A slide of a story as it stands in one year: what a file of slides writes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.charts.bundle import Bundle
from dashboard.metrics.sources import Source


@dataclass(frozen=True)
class RenderedSlide:
    """One slide. `kind` is that of the story; texts have no gaps any more, but **strong** parts. `entries` are pairs
    of a term ("" in a plain list) and a text. `squares` are how many partnerships are dated, named, open, for a slide
    of one number. `foot` says the sources under it. `bundle` is the chart, with its title and notes, of a slide that
    has one."""

    kind: str
    headline: str
    words: str = ""
    number: str = ""
    entries: Sequence[tuple[str, str]] = ()
    squares: Mapping[str, int] = field(default_factory=dict)
    notes: str = ""
    foot: str = ""
    sources: Sequence[Source] = ()
    bundle: Bundle | None = None
