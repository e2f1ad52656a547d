"""The application, which looks at its data ten times as often, for tests of what it finds there.

That the ordinary pace is fast enough is what tests/unit/test_live.py is about.
"""

from dashboard import live

live.EVERY, live.EVERY_BEHIND = live.EVERY / 10, live.EVERY_BEHIND / 10

from app import server  # noqa: E402

__all__ = ["server"]
