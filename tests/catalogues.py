"""Languages of a test's own: catalogues with a few texts, in the place of those that the dashboard has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import strings

FRENCH = """
[language]
locale = "fr_FR"
name = "Français"

[app]
not_found = "Il n’y a pas de telle page."
skip = "Aller au contenu"

[page.about]
name = "À propos"
title = "À propos de l’initiative"

[page.overview]
title = "Vue d’ensemble"

[notice]
value = "{name}={value} n’est pas compris."
"""
ARABIC = """
[language]
locale = "ar_001"
name = "العربية"

[app]
skip = "إلى المحتوى"

[page.about]
title = "عن المبادرة"

[page.overview]
title = "نظرة عامة"
"""


def put_catalogues(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The dashboard has English, a little French and a little Arabic, and nothing else."""
    folder.mkdir(exist_ok=True)
    shutil.copy(strings.FOLDER / "en.toml", folder)
    (folder / "fr.toml").write_text(FRENCH, encoding="utf-8")
    (folder / "ar.toml").write_text(ARABIC, encoding="utf-8")
    monkeypatch.setattr(strings, "FOLDER", folder)
