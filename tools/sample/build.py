"""Writes the sample survey: invented answers that show what the barrier charts do, never what was found.

    python tools/sample/build.py            writes data/sample/waves.csv and data/sample/answers.csv

The same seed gives the same files. Every title and every respondent says SAMPLE.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
SEED = 94
# wave -> number of invented respondents
RESPONDENTS = {2003: 41, 2006: 61, 2010: 74, 2018: 83, 2024: 78}
LEFT_BLANK = 0.05
# chance of ticking an option in the first wave, and its change over all waves
TICKED = {
    "terrorism": (0.44, -0.24),
    "travel": (0.58, -0.08),
    "safety": (0.52, -0.12),
    "understanding": (0.36, -0.08),
    "atmosphere": (0.40, -0.30),
    "funding": (0.44, 0.16),
    "staff": (0.24, 0.20),
    "visas": (0.20, 0.26),
    "language": (0.18, -0.02),
    "interest": (0.12, 0.04),
    "other": (0.06, 0.0),
}
# the same for what respondents wish for
WISHED = {"outreach": (0.62, -0.10), "programs": (0.48, 0.12), "partnerships": (0.34, 0.10)}
# how much likelier an option is in a region
REGION_EFFECT = {
    ("Western Asia", "safety"): 0.22,
    ("Western Asia", "terrorism"): 0.14,
    ("Sub-Saharan Africa", "funding"): 0.18,
    ("Sub-Saharan Africa", "terrorism"): -0.20,
    ("Central Asia", "language"): 0.22,
    ("Southern Asia", "visas"): 0.20,
}
REGION_WEIGHTS = {
    "Sub-Saharan Africa": 35,
    "Western Asia": 26,
    "Northern Africa": 12,
    "Central Asia": 9,
    "Southern Asia": 5,
    "South-eastern Asia": 5,
    "Southern Europe": 3,
}

# the title of a wave in English and in the other languages of the data
TITLES = {
    "": "SAMPLE survey {} (invented)",
    "ar": "استبيان {} (مثال مختلَق)",
    "fr": "Enquête FICTIVE {} (inventée)",
    "ru": "ВЫМЫШЛЕННЫЙ опрос {}",
    "tr": "UYDURMA ÖRNEK anket {}",
}
HEADER = ("wave", "year", "title", "kind", "source_ids", "note", *(f"title_{each}" for each in TITLES if each))


def main() -> None:
    """Draws the answers and writes both files."""
    rng, wishes = random.Random(SEED), random.Random(SEED + 1)
    states = _state_weights()
    waves = [
        (f"{year}", year, title, "answers", "", "SAMPLE: invented answers", *others)
        for year in RESPONDENTS
        for title, *others in [[title.format(year) for title in TITLES.values()]]
    ]
    answers = []
    for at, (year, count) in enumerate(RESPONDENTS.items()):
        for number in range(1, count + 1):
            region = rng.choices(list(REGION_WEIGHTS), list(REGION_WEIGHTS.values()))[0]
            state = rng.choices(list(states), list(states.values()))[0]
            is_blank = rng.random() < LEFT_BLANK
            for option, (first, change) in TICKED.items():
                chance = first + change * at / (len(RESPONDENTS) - 1) + REGION_EFFECT.get((region, option), 0.0)
                answer = "" if is_blank else ("yes" if rng.random() < chance else "no")
                answers.append((str(year), f"SAMPLE-{year}-{number:03d}", "barriers", option, answer, region, state))
            is_blank = wishes.random() < LEFT_BLANK
            for option, (first, change) in WISHED.items():
                chance = first + change * at / (len(RESPONDENTS) - 1)
                answer = "" if is_blank else ("yes" if wishes.random() < chance else "no")
                answers.append((str(year), f"SAMPLE-{year}-{number:03d}", "wishes", option, answer, region, state))
    _write("waves.csv", HEADER, waves)
    _write("answers.csv", ("wave", "respondent", "question", "option", "answer", "region", "us_state"), answers)


def _state_weights() -> dict[str, int]:
    """States as often as they have a named partnership, so that the invented answers come from plausible places."""
    weights: dict[str, int] = {}
    with (DATA / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["us_state"]:
                weights[row["us_state"]] = weights.get(row["us_state"], 0) + 1
    return dict(sorted(weights.items()))


def _write(name: str, header: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    folder = DATA / "sample"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
