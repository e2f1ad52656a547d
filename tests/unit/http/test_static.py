"""What a page loads: versioned, compressed, small, once."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.http.static import StaticFiles
from tests.asking import choose

GZIP = {"Accept-Encoding": "gzip"}
YEAR = "public, max-age=31536000, immutable"


def loaded(client: FlaskClient) -> list[str]:
    """What the overview's document names, each once."""
    found = re.findall(r'(?:src|href|data-plotly)="(/[^"]+)"', client.get("/").text)
    return [path for path in dict.fromkeys(found) if "assets/" in path or "_dash-component-suites/" in path]


def test_what_a_page_loads_is_here_and_kept_for_a_year(client: FlaskClient) -> None:
    paths = loaded(client)
    assert any("world" in path for path in paths) and any("dash_renderer" in path for path in paths)
    for path in paths:
        reply = client.get(path, headers={"Accept-Encoding": "gzip, br"})
        assert reply.status_code == 200, path
        # Dash asks for the rest of a component by a name without a version
        assert reply.headers["Cache-Control"] == ("no-cache" if "async-" in path else YEAR), path
        assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_first_load_is_under_a_megabyte(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip, br"}
    sizes = [len(client.get(path, headers=headers).data) for path in ["/", *loaded(client)]]
    assert 500_000 < sum(sizes) <= 1_000_000


def test_the_scripts_come_as_one_file_with_each_as_it_was_written(client: FlaskClient) -> None:
    ours = [path for path in loaded(client) if path.startswith("/assets/js/")]
    assert [path.partition("?")[0] for path in ours] == ["/assets/js/early.js", "/assets/js/site.js"]
    text = client.get(ours[1]).text
    modules = [path for path in Path("assets/js").glob("*.js") if path.name != "early.js"]
    assert len(modules) > 30
    for path in modules:
        assert path.read_text("utf-8") in text, path


def test_what_the_style_sheet_names_has_a_version(client: FlaskClient) -> None:
    styles = next(path for path in loaded(client) if ".css" in path)
    named = re.findall(r"url\((\.\./[^)]+)\)", client.get(styles).text)
    assert len(named) >= 8
    for address in named:
        reply = client.get(address.replace("..", "/assets"))
        assert (reply.status_code, reply.headers["Cache-Control"]) == (200, YEAR), address


def test_there_is_one_style_sheet_and_bootstrap_is_below_ours(client: FlaskClient) -> None:
    styles = [path for path in loaded(client) if ".css" in path]
    assert len(styles) == 1
    text = client.get(styles[0]).text
    before, _, after = text.partition("@layer bootstrap{")
    ours = before + after[end_of_block(after) :]
    assert ".form-select{" in after[: end_of_block(after)]
    # all of Bootstrap stands in the layer, below whatever we say of it
    assert re.search(r"--bs-body-bg:\s*var\(--card\)", ours) and "--bs-blue:" not in ours


def end_of_block(text: str) -> int:
    """Where the brace closes that was opened before a text."""
    depth = 1
    for brace in re.finditer(r"[{}]", text):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    raise AssertionError("a brace is not closed")


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_files_come_compressed_to_who_takes_it(client: FlaskClient, encoding: str) -> None:
    path = next(path for path in loaded(client) if "plotly" in path)
    packed = client.get(path, headers={"Accept-Encoding": encoding})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == encoding
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) * 2 < len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]


def compressed(kept: Path, text: str) -> tuple[str, str]:
    """The file of this text as a start serves it, compressed by gzip and by Brotli."""
    static = StaticFiles("/")
    static.put("of-a-test.js", text.encode())
    static.compress(kept)
    by_gzip, by_brotli = (static.folder / f"of-a-test.js{ending}" for ending in (".gz", ".br"))
    return gzip.decompress(by_gzip.read_bytes()).decode(), brotli.decompress(by_brotli.read_bytes()).decode()


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"not compressed", gzip.compress(b"another"), brotli.compress(b"another")],
    ids=["empty", "not compressed", "another by gzip", "another by brotli"],
)
def test_what_an_earlier_start_compressed_is_taken_only_where_it_is_whole(tmp_path: Path, spoiled: bytes) -> None:
    text, kept = "of a script " * 1000, tmp_path / "var" / "compressed"
    assert compressed(kept, text) == (text, text)
    files = sorted(kept.iterdir())
    assert len(files) == 2
    for path in files:
        os.utime(path, (0, 0))
    assert compressed(kept, text) == (text, text)
    assert [path.stat().st_mtime for path in files] == [0, 0], "compressed again"
    for spoil in (lambda _body: spoiled, lambda body: body[: len(body) // 2], lambda body: body + body):
        for path in files:
            path.write_bytes(spoil(path.read_bytes()))
        assert compressed(kept, text) == (text, text)


def test_what_was_kept_of_a_file_that_is_no_more_goes(tmp_path: Path) -> None:
    kept = tmp_path / "var" / "compressed"
    compressed(kept, "old " * 1000)
    old = set(kept.iterdir())
    compressed(kept, "new " * 1000)
    assert len(set(kept.iterdir())) == 2 and not old & set(kept.iterdir())


def test_where_nothing_can_be_kept_files_are_compressed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder would be")
    assert compressed(tmp_path / "var" / "compressed", "text " * 1000) == ("text " * 1000, "text " * 1000)


def test_a_file_without_a_version_is_asked_for_again(client: FlaskClient) -> None:
    reply = client.get("/assets/map/world.json", headers=GZIP)
    assert reply.headers["Cache-Control"] == "no-cache"
    again = client.get("/assets/map/world.json", headers={**GZIP, "If-None-Match": reply.headers["ETag"]})
    assert again.status_code == 304
    for query in ("?v=", "?m=<>", "?x=1"):
        assert client.get("/assets/map/world.json" + query).headers["Cache-Control"] == "no-cache"


def test_old_browsers_help_and_an_old_table_are_not_loaded(client: FlaskClient) -> None:
    assert not [path for path in loaded(client) if "polyfill" in path or "dash_table" in path]


def test_boundaries_of_figures_are_those_that_the_document_asks_for(client: FlaskClient) -> None:
    traces = choose(client, "")["map"]["figure"]["data"]
    named = {trace["geojson"] for trace in traces if "geojson" in trace}
    assert named and named <= set(loaded(client))
