"""What pages ask the server, as their script does: the callback of the overview, and choices to ask it for."""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.asking import choice, find_callback, question

REGIONS = ("Northern Africa", "Sub-Saharan Africa", "Western Asia", "Southern Asia", "Central Asia", "Southern Europe")
STATES = ("CA", "TX", "FL", "NY", "IL", "OH", "WA", "MI", "OR", "CO", "GA", "MA", "AZ", "MN", "VA", "NC")
BASES = ("sci-2007", "documented")


def callback_at(address: str) -> dict[str, Any]:
    """The callback of the overview, as a server tells browsers of it."""
    with urllib.request.urlopen(f"{address}/_dash-dependencies", timeout=60) as reply:
        return find_callback(json.load(reply), page="overview")


def body_of(callback: dict[str, Any], query: str, year: int | None = None) -> bytes:
    """What the page sends when this is chosen."""
    return json.dumps(question(callback, choice(query, year=year))).encode()


def choices() -> Iterator[str]:
    """Two thousand different choices, none of which differs from another by its year alone."""
    for many in range(len(REGIONS) + 1):
        for regions in itertools.combinations(REGIONS, many):
            for basis, state in itertools.product(BASES, STATES):
                yield "?" + urlencode({"region": regions, "basis": basis, "state": state}, doseq=True)
