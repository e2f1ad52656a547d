"""The application, which asks for newer data ten times as often, for tests of what it finds there.

That the ordinary pace is fast enough is what tests/unit/test_live.py is about.
"""

from dashboard.store import reload

reload.EVERY, reload.EVERY_BEHIND = reload.EVERY / 10, reload.EVERY_BEHIND / 10

from app import server  # noqa: E402

__all__ = ["server"]
