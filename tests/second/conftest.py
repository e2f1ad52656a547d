"""The fixtures of the browser's tests, for the pages on stock Dash too."""

from __future__ import annotations

from tests.browser.conftest import (
    address,
    browser_context_args,
    browser_type_launch_args,
    context,
    outside,
    second_context,
    warm,
)

__all__ = [
    "address",
    "browser_context_args",
    "browser_type_launch_args",
    "context",
    "outside",
    "second_context",
    "warm",
]
