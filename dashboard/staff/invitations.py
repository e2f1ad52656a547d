"""Links that set the password of an account."""

from __future__ import annotations

import re

from dashboard.settings import Settings

# as much as can be said of an address without writing to it
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def invitation_address(settings: Settings, mark: str) -> str:
    """The link that sets a password, as it is sent to somebody."""
    return f"{settings.public_address}/staff/password#{mark}"
