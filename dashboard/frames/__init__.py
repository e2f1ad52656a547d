"""One selection to everything the page shows of it, for all years, as JSON."""

from dashboard.frames.answer import House, answer
from dashboard.frames.build import OVERVIEW, Contents

__all__ = ["OVERVIEW", "Contents", "House", "answer"]
