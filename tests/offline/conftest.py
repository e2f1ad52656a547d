"""The fixtures of the browser."""

from tests.browser.conftest import *  # noqa: F403
