"""Settings come from the environment, each is documented, and bad ones are said."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.settings import VARIABLES, BadSetting, Settings, read_settings

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "settings.md"
READ = re.compile(r"""(?:environ(?:ment)?(?:\.get|\.pop|\.setdefault)?[(\[]|getenv\()\s*["']([A-Z][A-Z0-9_]*)["']""")


def test_every_setting_has_a_variable_and_a_row_in_the_table() -> None:
    assert {field.name for field in fields(Settings)} == set(VARIABLES)
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert documented == set(VARIABLES.values())


def test_the_table_says_the_defaults() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    for field, variable in VARIABLES.items():
        default = getattr(Settings(), field)
        # tests have a database of their own (tests/conftest.py)
        default = "sqlite:///var/dashboard.sqlite" if field == "database_url" else default
        assert rows[variable] == ("data" if isinstance(default, Path) else str(default)), variable


def test_whatever_is_read_from_the_environment_is_documented() -> None:
    served = [ROOT / "app.py", ROOT / "gunicorn.conf.py", *(ROOT / "dashboard").rglob("*.py")]
    read = {name for path in served for name in READ.findall(path.read_text(encoding="utf-8"))}
    assert sorted(read - set(VARIABLES.values())) == []


def test_documents_name_no_variable_that_is_gone() -> None:
    named = {
        name
        for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("deploy/*")]
        for name in re.findall(r"\bDASHBOARD_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert sorted(named - set(VARIABLES.values())) == []


def test_defaults_and_blanks() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({"PORT": " ", "HOST": ""}) == Settings()


def test_values_are_read() -> None:
    found = read_settings({"PORT": "9000", "DASHBOARD_DATA": "/somewhere", "DASHBOARD_HIDE_BELOW": "3"})
    assert (found.port, found.data, found.hide_below) == (9000, Path("/somewhere"), 3)


def test_sites_that_may_frame_a_card() -> None:
    assert read_settings({}).framing_sites == ()
    found = read_settings({"DASHBOARD_EMBED_SITES": "https://a.org, https://*.b.net  http://localhost:81"})
    assert found.framing_sites == ("https://a.org", "https://*.b.net", "http://localhost:81")


@pytest.mark.parametrize(
    "environment",
    [
        {"PORT": "x"},
        {"PORT": "0"},
        {"PORT": "70000"},
        {"PORT": "-1"},
        {"DASHBOARD_HIDE_BELOW": "20"},
        {"DASHBOARD_MAX_FILE_MB": "1.5"},
        {"DASHBOARD_EMBED_SITES": "www.example.org"},
        {"DASHBOARD_EMBED_SITES": "https://a.org; script-src *"},
        {"DASHBOARD_EMBED_SITES": "https://a.org/path"},
        {"DASHBOARD_EMBED_SITES": "*"},
        {"DASHBOARD_LANGUAGE": "xx"},
        {"DASHBOARD_LANGUAGE": "../strings/en"},
        {"DASHBOARD_LOG_LEVEL": "loud"},
    ],
)
def test_bad_values_are_said_with_their_name(environment: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=next(iter(environment))):
        read_settings(environment)


@pytest.mark.parametrize(
    ("given", "path"),
    [("", "/"), ("/", "/"), ("ipi", "/ipi/"), ("/ipi", "/ipi/"), ("/a/b-c/", "/a/b-c/"), ("//", "/")],
)
def test_a_path_is_read_however_it_is_written(given: str, path: str) -> None:
    assert read_settings({"DASHBOARD_PATH": given}).path == path


@pytest.mark.parametrize("given", ["/a b/", "/../", "/a/./b", "https://x.org/", "/a?b/", "/a//b/", '/a"b/'])
def test_a_path_that_is_none_is_said(given: str) -> None:
    with pytest.raises(BadSetting, match="DASHBOARD_PATH"):
        read_settings({"DASHBOARD_PATH": given})


@pytest.mark.parametrize(("host", "bind"), [("127.0.0.1", "127.0.0.1:8050"), ("::", "[::]:8050"), ("x", "x:8050")])
def test_host_and_port_of_every_kind(host: str, bind: str) -> None:
    assert read_settings({"HOST": host}).bind == bind
