"""What documents and comments name is there: files and folders, links and the headings they go to, commands of make,
packages, attributes that page and script share.

A path is what has an ending of ours, or a slash at its end: `dashboard/settings.py`, `settings.py`, `data/places/`. It is
there if a path of the repository is, or ends with, it.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from dashboard.charts import CHARTS
from dashboard.filters import FILTERS

ROOT = Path(__file__).parents[2]
# made while working, not in the repository
MADE = (".git", ".venv", "__pycache__", "node_modules", "bench-work", "test-results", "var", "wheels")
# records of decisions and of changes say what was so on their day
HISTORY = ("docs/decisions/", "CHANGELOG.md")
# the repository's own folders, by which a comment means a path
FOLDERS = "assets|benchmarks|dashboard|data|deploy|docs|tests|tools"
ENDINGS = "py|md|toml|js|mjs|css|json|csv|txt|in|ya?ml|html|svg|png|sh|conf|service"
PATH = re.compile(rf"[\w.-][\w./-]*(\.({ENDINGS})|/)")
# file -> why a document names it though it is not here
ELSEWHERE = {
    "data/report.toml": "comes with the first words of people",
    "report.toml": "comes with the first words of people",
    "survey/answers.csv": "comes with the first survey",
    "var/": "made at the first start",
    "wheels/": "packages that are carried to a machine without a network",
    "world/50m.json": "in an npm package",
    "states-10m.json": "in an npm package",
    "dist/plotly.min.js": "in an npm package",
}


def _paths() -> list[str]:
    """Every file and folder of the repository; folders end with a slash."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE and not name.endswith("_cache")]
        here = "/" + os.path.relpath(folder, ROOT).removeprefix(".")
        found += [f"{here}/{name}/" for name in folders] + [f"{here}/{name}" for name in files]
    return [path.replace("//", "/") for path in found]


PATHS = _paths()
ALL = "\n".join(PATHS) + "\n"
DOCUMENTS = [path[1:] for path in PATHS if path.endswith(".md")]
CODE = [path[1:] for path in PATHS if re.search(r"\.(py|js|mjs|css|toml|sh)$|/Makefile$|\.in$", path)]


def is_there(path: str) -> bool:
    return f"/{path.removeprefix('./')}\n" in ALL


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> set[str]:
    """The names under which headings of a document can be linked."""
    titles = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if not path.startswith(HISTORY)])
def test_paths_that_a_document_names_are_there(document: str) -> None:
    named = {text for text in re.findall(r"`([^`\n]+)`", without_blocks(text_of(document))) if PATH.fullmatch(text)}
    assert sorted(path for path in named - set(ELSEWHERE) if not is_there(path)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_blocks(text_of(document))):
        if re.match(r"\w+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (ROOT / document).parent / name if name else ROOT / document
        if not target.exists() or (heading and heading not in headings(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if not path.startswith(HISTORY)])
def test_commands_of_make_are_there(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    named = re.findall(r"(?:^ {4}|`)make ([a-z-]+)", text_of(document), re.MULTILINE)
    assert sorted(set(named) - targets) == []


def test_paths_that_comments_name_are_there() -> None:
    stale = []
    for path in CODE:
        # a path that is put together, or is made, has something before or after it
        named = re.findall(rf"(?<![\w./<{{*-])(?:{FOLDERS})/[\w./-]+\.(?:{ENDINGS})(?![\w*{{<])", text_of(path))
        stale += [f"{path}: {name}" for name in set(named) - set(ELSEWHERE) if not is_there(name)]
    assert sorted(stale) == []


# ---- what page and script share
# set and read by one module alone
OF_ONE_MODULE = {"presenter", "shown", "years"}


def attributes_of_code() -> set[str]:
    """The data attributes that templates, Python and the script write or read, without "data-"."""
    python = [path for path in CODE if path.startswith("dashboard/") and path.endswith(".py")]
    templates = [path[1:] for path in PATHS if re.fullmatch(r"/dashboard/templates/[^/]*\.html", path)]
    script = [path for path in CODE if re.fullmatch(r"assets/js/[^/]*\.js", path)]
    found = set()
    for path in [*python, *templates]:
        found |= set(re.findall(r"(?<![\w-])data-([a-z-]*[a-z])(?=[\"=\s\]}])", text_of(path)))
    for path in script:
        text = text_of(path)
        found |= set(re.findall(r"\[data-([a-z-]+)", text))
        found |= {
            re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
            for name in re.findall(r"dataset\??\.(\w+)", text)
        }
    return found - OF_ONE_MODULE


def test_every_attribute_that_page_and_script_share_is_explained() -> None:
    explained = set(re.findall(r"data-([a-z-]*[a-z])", text_of("assets/README.md")))
    assert sorted(attributes_of_code() - explained) == []


def test_no_attribute_is_explained_that_is_gone() -> None:
    """What the script takes out of a dataset by its name alone counts, too: `const { copied } = dataset`."""
    script = "\n".join(text_of(path) for path in CODE if re.fullmatch(r"assets/js/[^/]*\.js", path))
    explained = set(re.findall(r"data-([a-z-]*[a-z])", text_of("assets/README.md")))
    gone = explained - attributes_of_code()
    named = {
        name for name in gone if re.search(rf"\b{re.sub('-([a-z])', lambda part: part[1].upper(), name)}\b", script)
    }
    assert sorted(gone - named) == []


def test_every_module_of_the_script_is_in_its_list() -> None:
    listed = re.findall(r"^\| `(\w+\.js)` \|", text_of("assets/js/README.md"), re.MULTILINE)
    there = [path.removeprefix("assets/js/") for path in CODE if re.fullmatch(r"assets/js/\w+\.js", path)]
    assert sorted(listed) == sorted(there)


def test_every_package_and_module_of_the_layers_is_in_the_architecture() -> None:
    settings = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in settings["contracts"] if each["type"] == "layers")
    names = [name.strip() for layer in layers for name in layer.split("|")]
    text = text_of("docs/architecture.md")
    missing = [name for name in names if f"`dashboard/{name}.py`" not in text and f"`dashboard/{name}/`" not in text]
    assert sorted(set(missing) - {"__main__"}) == []


def test_every_filter_is_named_as_a_part_of_the_address() -> None:
    section = text_of("docs/page.md").partition("## The address")[2].partition("\n## ")[0]
    assert [each.name for each in FILTERS if f"`{each.name}`" not in section] == []


def test_every_table_of_the_command_line_has_its_row() -> None:
    section = text_of("docs/page.md").partition("## The command line")[2].partition("\n## ")[0]
    assert [name for name in ("tiles", *CHARTS) if f"\n| `{name}` |" not in section] == []
