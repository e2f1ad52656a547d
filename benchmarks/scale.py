"""How cost grows with rows: load time, memory, size and time of an answer, from 100 to 1,000,000 partnerships.

    .venv/bin/python benchmarks/scale.py [--most 1000000]      # prints the table of docs/scale.md

Rows are invented: the shipped countries, U.S. states and cities, in the proportions of the shipped data, years spread
over 1950 to 2026. Every size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
QUERIES = (
    "?basis=documented",
    "?basis=documented&region=Western+Asia",
    "?basis=documented&region=Northern+Africa&region=Southern+Asia",
    "?basis=documented&region=Southern+Asia",
    "?basis=documented&region=Central+Asia",
)


def write(folder: Path, rows: int) -> None:
    """A data folder with so many partnerships and no snapshot."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("snapshots"))
    about = (folder / "about.toml").read_text(encoding="utf-8")
    (folder / "about.toml").write_text(about.replace('"sci-2007"', '"documented"'), encoding="utf-8")
    with (folder / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        shipped = [row for row in csv.DictReader(file) if row["us_community"] and row["partner_community"]]
    chance = random.Random(rows)
    with (folder / "partnerships.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(shipped[0]), lineterminator="\n")
        writer.writeheader()
        for at in range(rows):
            row = dict(chance.choice(shipped))
            is_dated = chance.random() < 0.9
            row |= {
                "id": f"x{at}",
                "start_year": str(chance.randint(1950, 2026)) if is_dated else "",
                "known_by": "" if is_dated else "2020",
                "end_year": "",
                "note": "",
            }
            writer.writerow(row)


def measure(folder: Path) -> dict[str, float]:
    """In this process: seconds to load, MB at most and afterwards, kB of an answer, ms of one on a new selection."""
    from dashboard.dataset import load
    from dashboard.frames import House, answer
    from dashboard.strings import load_words

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    house = House(load(folder, most_bytes=1_000_000_000), load_words("en"))
    loaded = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer(house, QUERIES[0])
    times, sizes = [], []
    for query in QUERIES[1:]:
        began = time.perf_counter()
        sizes.append(len(answer(house, query).encode()))
        times.append((time.perf_counter() - began) * 1000)
    now = (
        next(
            int(line.split()[1])
            for line in Path("/proc/self/status").read_text().splitlines()
            if line.startswith("VmRSS")
        )
        / 1024
    )
    return {
        "load_s": loaded,
        "before_mb": before,
        "most_mb": most,
        "now_mb": now,
        "answer_kb": statistics.median(sizes) / 1000,
        "answer_ms": statistics.median(times),
    }


def main() -> None:
    """Measures each size and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--folder", type=Path, help="measures this folder alone and prints JSON")
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(measure(options.folder)))
        return
    print(
        "| partnerships | file MB | load s | memory MB, most | after | answer kB | change ms |\n|---|---|---|---|---|---|---|"
    )
    for rows in (size for size in SIZES if size <= options.most):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "data"
            write(folder, rows)
            size = (folder / "partnerships.csv").stat().st_size / 1e6
            output = subprocess.run(
                [sys.executable, __file__, "--folder", str(folder)], capture_output=True, text=True, check=False
            )
            if output.returncode:
                print(output.stderr[-2000:], file=sys.stderr)
                continue
            found = json.loads(output.stdout)
        print(
            f"| {rows:,} | {size:.1f} | {found['load_s']:.2f} | {found['most_mb']:.0f} | {found['now_mb']:.0f} | {found['answer_kb']:.0f} | {found['answer_ms']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
