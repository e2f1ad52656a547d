"""Files made ready at the start: named by content, compressed, and the same in every worker."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dashboard.serving.files import Shelf, joined_scripts, made_ready, named, styles_with_paths, takes_gzip


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br", False),
        ("", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
    ],
)
def test_who_takes_gzip(header: str, expected: bool) -> None:
    assert takes_gzip(header) is expected


def test_a_name_says_what_is_in_the_file() -> None:
    assert named("/assets/map/world.json", b"1") != named("/assets/map/world.json", b"2")
    assert named("/a/plotly-cut.min.js", b"1").startswith("/a/plotly-cut.min.")
    assert named("/a/plotly-cut.min.js", b"1").endswith(".js")


def test_what_is_compressed_is_the_same_file() -> None:
    file = made_ready("x.json", b'{"a":1}' * 1000)
    body, is_gzipped = file.takes("gzip")
    assert is_gzipped
    assert gzip.decompress(body) == file.body
    assert file.takes("") == (file.body, False)


def test_what_would_only_grow_is_not_compressed() -> None:
    assert made_ready("x.woff2", b"a" * 1000).gzipped is None
    assert made_ready("x.js", b"a").gzipped is None


def test_a_shelf_keeps_plain_names_that_are_asked_for_again() -> None:
    shelf = Shelf()
    new = shelf.put("/assets/x.css", b"a{}")
    assert shelf.moved == {"/assets/x.css": new}
    assert "immutable" in shelf.files[new].cache
    assert shelf.files["/assets/x.css"].cache == "no-cache"


def test_relative_addresses_in_styles_become_paths_with_fingerprints() -> None:
    moved = {"/assets/fonts/a.woff2": "/assets/fonts/a.1.woff2"}
    css = 'a{src:url(../fonts/a.woff2)}b{src:url("../fonts/b.woff2")}c{d:url(data:image/png,x)}e{f:url(#g)}'
    assert styles_with_paths(css, base="/assets/css/site.css", moved=moved) == (
        "a{src:url(/assets/fonts/a.1.woff2)}b{src:url(/assets/fonts/b.woff2)}c{d:url(data:image/png,x)}e{f:url(#g)}"
    )


def test_scripts_do_not_reach_into_each_other() -> None:
    assert joined_scripts([b'"use strict";a()', b"b()"]) == b';"use strict";a()\n;b()\n'


def test_every_style_and_script_is_in_the_bundles() -> None:
    """A file that is added to the folders is loaded; nobody has to name it."""
    root = Path(__file__).parents[3] / "assets"
    assert len(list((root / "js").glob("*.js"))) >= 7
    assert {path.suffix for path in (root / "css").iterdir()} == {".css"}
