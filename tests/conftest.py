"""What tests of every kind share: the shipped data, loaded once, and copies of it that a test may spoil."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from dashboard import settings
from dashboard.charts import View
from dashboard.context import AppContext
from dashboard.dataset import Dataset, load
from dashboard.filters import parse
from dashboard.settings import SHIPPED_DATA
from dashboard.strings import Catalog, load_catalog
from tests.stored import small_folder

# what is imported and collected stays: to look through it for garbage again and again is a third of collecting tests
gc.set_threshold(50_000, 20, 100)

# how long an example takes, and how long it is thought of, says how busy the machine is. What tests share between
# examples they know of
hypothesis.settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("steady")

# a database of this process's own, for what asks for the default one; never that of the checkout
OWN = tempfile.TemporaryDirectory(prefix="ipi-tests-")
settings.DEFAULT_DATABASE = f"sqlite:///{OWN.name}/dashboard.sqlite"
os.environ["DATABASE_URL"] = settings.DEFAULT_DATABASE


@pytest.fixture(scope="session")
def t() -> Catalog:
    return load_catalog("en")


def pytest_collection_finish() -> None:
    gc.freeze()


@cache
def shipped() -> Dataset:
    """The shipped data, for what has to know it before there are fixtures."""
    return load(SHIPPED_DATA)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return shipped()


@pytest.fixture(scope="session")
def app_context(dataset: Dataset, t: Catalog) -> AppContext:
    return AppContext(dataset, t)


@pytest.fixture(scope="session")
def view_of(app_context: AppContext) -> Callable[[str], View]:
    """The view of an address: view_of("?region=Western+Asia")."""

    def view(query: str) -> View:
        return app_context.view(parse(query, app_context.choices).selection)

    return view


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data, with a few rows of the tables that have many."""
    return Path(shutil.copytree(small_folder(), tmp_path / "data"))


Edit = Callable[[str, int, dict[str, str]], None]


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Changes cells of one row of a table of `folder`: edit("partnerships.csv", 2, {"start_year": "20007"}).

    Rows count as in a spreadsheet, the header being row 1.
    """

    def change(name: str, row: int, cells: dict[str, str]) -> None:
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or [])
        rows[row - 2].update(cells)
        # at once, so that a server that looks meanwhile sees no half of it
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        new.replace(path)

    return change
