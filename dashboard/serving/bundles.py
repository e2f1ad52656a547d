"""Everything a page loads, in as few files as it is read by: styles, the theme's script, ours, Dash's, Plotly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.serving.files import File, Shelf, joined_scripts, joined_styles, put_folder

AT = "/assets"
# what has to be there before anything else: the theme, and what to do when something does not arrive
EARLY = ("theme.js", "again.js")
# what is sent file by file; styles and scripts are joined
SINGLE = ("fonts", "map", "vendor")
# fonts of what stands on every page; the others come when a letter needs them
FIRST_FONTS = re.compile(r"/fonts/(ibm-plex-sans-latin-[456]00|source-serif-4-latin-600)-normal\.[0-9a-f]{16}\.woff2$")
PLOTLY = AT + "/vendor/plotly-cut.min.js"
# Dash's scripts, in files that a browser runs in a turn each
PLATFORM = AT + "/platform/{}.js"
MOST_BYTES_A_TURN = 300_000
# no page has components of dcc or Dash's old table, and no browser that runs our scripts needs the help for old ones
UNUSED = ("/dash_table/", "/dcc/", "/deps/polyfill@")
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
SOURCE = re.compile(r'src="([^"]+)"')


@dataclass(frozen=True)
class Bundles:
    """Paths for the document: styles, `early` (a script that has to run before the first paint), `own` (ours),
    `plotly`, `platform` (Dash's scripts in their order), `fonts` that every page needs; `moved` is plain
    path -> path with a fingerprint; `files` is what is sent for each."""

    styles: str
    early: str
    own: str
    plotly: str
    platform: tuple[str, ...]
    fonts: tuple[str, ...]
    moved: Mapping[str, str]
    files: Mapping[str, File]


def begun(folder: Path) -> Shelf:
    """A shelf with what is sent file by file, of the folder of the assets: for `gather`. Nearly all of the time that
    files take is compressing these, and all that it needs is a processor."""
    shelf = Shelf()
    put_folder(shelf, folder, at=AT, below=SINGLE)
    return shelf


def gather(app: Any, folder: Path, shelf: Shelf) -> Bundles:
    """All files for the pages of a Dash app whose callbacks are registered. `folder` is that of the assets, `shelf` as
    `begun` leaves it.

    Raises RuntimeError where Dash names a script that it does not serve.
    """
    styles = shelf.put(f"{AT}/css/site.css", joined_styles(shelf, folder / "css", at=f"{AT}/css"))
    early = shelf.put(f"{AT}/early/early.js", joined_scripts((folder / "early" / name).read_bytes() for name in EARLY))
    ours = [folder / "early/first.js", *sorted((folder / "js").glob("*.js"))]
    own = shelf.put(f"{AT}/js/site.js", joined_scripts(path.read_bytes() for path in ours))
    turns = enumerate(_turns(_scripts_of_dash(app)), start=1)
    platform = tuple(shelf.put(PLATFORM.format(at), joined_scripts(turn)) for at, turn in turns)
    fonts = tuple(path for path in shelf.moved.values() if FIRST_FONTS.search(path))
    return Bundles(styles, early, own, shelf.moved[PLOTLY], platform, fonts, shelf.moved, shelf.files)


def _turns(scripts: Sequence[bytes]) -> list[list[bytes]]:
    """Scripts in their order, in as few groups as `MOST_BYTES_A_TURN` allows."""
    turns: list[list[bytes]] = [[]]
    for script in scripts:
        if turns[-1] and sum(map(len, turns[-1])) + len(script) > MOST_BYTES_A_TURN:
            turns.append([])
        turns[-1].append(script)
    return turns


def _scripts_of_dash(app: Any) -> list[bytes]:
    """What Dash would name in the document, and the lines it would write into it: callbacks written in JavaScript, and
    the one that starts it all. In a file of our own none of them needs a hash in the security policy."""
    found = []
    for attributes, inline in SCRIPT.findall(app._generate_scripts_html() + app._generate_renderer()):
        source = SOURCE.search(attributes)
        if source is None:
            found.append(inline.encode())
        elif not any(name in source[1] for name in UNUSED):
            found.append(_reply_of_dash(app.server, source[1]))
    return found


def _reply_of_dash(server: Any, path: str) -> bytes:
    """What a path is answered with, without a first request, after which Flask takes no more routes and hooks."""
    with server.test_request_context(path):
        reply = server.make_response(server.dispatch_request())
    if reply.status_code != 200:
        raise RuntimeError(f"Dash names the script {path} and answers {reply.status_code} for it.")
    return bytes(reply.get_data())
