"""The dashboard of the Islamic Partnership Initiative: `create_app` builds it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dashboard.settings import BadSetting, Settings, read_settings

if TYPE_CHECKING:
    from dashboard.dash_app import DashboardApp

__all__ = ["create_app", "create_app_or_exit"]


def create_app(settings: Settings) -> DashboardApp:
    """The Dash app on the data that the settings name (`dashboard/application.py`).

    Raises BadData, with every problem, before anything is served.
    """
    # imported here so that `python -m dashboard check` does not pay for Dash
    from dashboard.application import create_app as build

    return build(settings)


def create_app_or_exit() -> DashboardApp:
    """`create_app` on the environment's settings. Where they or the data are bad, says so in plain words on the
    error output and ends the process with status 1, so that no server starts half-loaded."""
    from dashboard.dataset import BadData, describe_all
    from dashboard.store.database import DatabaseProblem
    from dashboard.strings import load_catalog

    try:
        return create_app(read_settings())
    except BadSetting as error:
        print(error, file=sys.stderr)
    except BadData as error:
        print(describe_all(error.problems, load_catalog()), file=sys.stderr)
    except DatabaseProblem as problem:
        print(problem.text(load_catalog()), file=sys.stderr)
    raise SystemExit(1)
