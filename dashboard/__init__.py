"""The dashboard of the Islamic Partnership Initiative. `create_app` is the one place where all layers meet."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.settings import BadSetting, Settings, read_settings

if TYPE_CHECKING:
    from dashboard.index import Site
    from dashboard.live import Live
    from dashboard.serving.prepare import Sharing

ASSETS = Path(__file__).resolve().parent.parent / "assets"
__all__ = ["create_app", "create_app_or_exit"]


def create_app(settings: Settings) -> Site:
    """The Dash app on the data that the settings name.

    Raises BadData, with every problem, before anything is served.
    """
    # imported here so that `python -m dashboard check` does not pay for Dash
    from dashboard.callbacks.files import serve_files
    from dashboard.callbacks.slides import register_slides
    from dashboard.callbacks.stage import register_stage
    from dashboard.callbacks.view import answer_views, register
    from dashboard.index import Site, answer_searches, answer_unknown_paths
    from dashboard.live import live_of
    from dashboard.pages import embed
    from dashboard.serving.bundles import begun
    from dashboard.serving.headers import Framing
    from dashboard.serving.prepare import prepare

    with ThreadPoolExecutor(1) as beside:  # compressing needs a processor, and not that of Python
        files = beside.submit(begun, ASSETS)
        live = live_of(settings)
    app = Site(
        live,
        files.result(),
        assets_folder=str(ASSETS),
        # the document names our files itself (dashboard/serving/bundles.py)
        assets_ignore=".*",
        update_title=None,
        # each page has only some of the elements that callbacks name
        suppress_callback_exceptions=True,
    )
    register(app)
    register_stage(app)
    register_slides(app)
    serve_files(app.server, lambda: app.house)
    # Dash learns which scripts it may serve while it names them. Workers are copies of this process, and a browser may
    # ask one of them for a script before it ever rendered a page: so all are gathered once here.
    framings = (Framing(embed.PATH, settings.framing_sites),)
    app.server.config["EMBED_SITES"] = settings.framing_sites
    sharing = prepare(app, settings, state=lambda: app.house, detail=app.detail, framings=framings)
    _add_second(app, live, sharing)
    answer_searches(app)
    answer_unknown_paths(app)
    # gunicorn's workers look after the data from their start (gunicorn.conf.py); other servers from the first request
    app.server.before_request(live.watch)
    answer_views(app)
    return app


def _add_second(app: Site, live: Live, sharing: Sharing) -> None:
    """The pages on stock Dash, side by side with the old ones until they replace them."""
    from dashboard.index import ICON
    from dashboard.second.app import PREFIX, Files, add_second_app, finish_setup, read_files, tables_of_callbacks
    from dashboard.serving.guard import CALLBACKS

    app.server.extensions["live"] = live
    bundles = app.bundles
    files = Files(
        styles=bundles.styles,
        plotly=bundles.plotly,
        fonts=bundles.fonts,
        boundaries=[f"/assets/map/{name}.json" for name in ("world", "hatch")],
        icon=ICON,
    )
    second = add_second_app(app.server, live, files)
    sharing.callbacks[PREFIX.rstrip("/") + CALLBACKS] = tables_of_callbacks(second)
    sharing.scripts[PREFIX] = finish_setup(second)
    for path, file in read_files(second).items():
        app.shelf.keep(path, file.body, is_versioned=file.is_versioned)


def create_app_or_exit() -> Site:
    """`create_app` on the environment's settings. Where they or the data are bad, says so in plain words on the
    error output and ends the process with status 1, so that no server starts half-loaded."""
    from dashboard.dataset import BadData, describe_all
    from dashboard.strings import load_words

    try:
        return create_app(read_settings())
    except BadSetting as error:
        print(error, file=sys.stderr)
    except BadData as error:
        print(describe_all(error.problems, load_words()), file=sys.stderr)
    raise SystemExit(1)
