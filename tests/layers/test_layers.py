"""Imports run one way (the contracts are in pyproject.toml), and nothing is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold() -> None:
    found = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_no_library_of_files_or_figures_is_loaded_before_it_is_needed() -> None:
    """What makes a start slow stays out: maps are built before, an export loads what it needs and no more."""
    code = (
        "import sys, app; client = app.server.test_client()\n"
        "print([m for m in ('geopandas', 'shapely', 'plotly.express', 'openpyxl', 'xlsxwriter', 'pptx', 'lxml', 'scipy') if m in sys.modules])\n"
        "for path in ('map.csv', 'map.xlsx', 'view.pptx'):\n"
        "    assert client.get('/export/' + path).status_code == 200\n"
        "    print([m for m in ('xlsxwriter', 'pptx') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["[]", "[]", "['xlsxwriter']", "['xlsxwriter', 'pptx']"]


def test_checking_data_does_not_load_dash() -> None:
    code = "import sys, dashboard.__main__; print([m for m in ('dash', 'plotly', 'flask') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
