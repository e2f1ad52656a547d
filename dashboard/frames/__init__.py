"""One selection to everything the page shows of it, for all years, as JSON."""

from dashboard.frames.answer import House, answer

__all__ = ["House", "answer"]
