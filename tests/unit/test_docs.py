"""What documents and comments name is there: files and folders, links and the headings they go to, commands of make.

A path is what has an ending of ours, or a slash at its end: `dashboard/settings.py`, `settings.py`, `data/places/`. It is
there if a path of the repository is, or ends with, it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

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
    "survey/answers.csv": "comes with the first survey",
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
