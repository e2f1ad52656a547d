"""How cost grows with rows: start, memory, size and time of an answer, changes on the screen, from 100 to 1,000,000
partnerships.

    .venv/bin/python benchmarks/scale.py                       # writes the table of docs/scale.md and its picture
    .venv/bin/python benchmarks/scale.py --most 10000 --dry    # a quick look; only prints

Rows are invented: the shipped countries, U.S. states and cities, in the proportions of the shipped data, years spread
over 1950 to 2026. Every size is started twice, each time in a process of its own: the first start fills the database
from the folder, the second finds it filled, as every later one does, and answers. Then it is served to a browser.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.changes import TIMED, put_into  # noqa: E402
from benchmarks.scale_picture import picture  # noqa: E402
from tests.serving import serving  # noqa: E402
from tools.browser import READY, chromium  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE, PICTURE = ROOT / "docs/scale.md", ROOT / "docs/images/scale.svg"
SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
QUERIES = (
    "?basis=documented",
    "?basis=documented&region=Western+Asia",
    "?basis=documented&region=Northern+Africa&region=Southern+Asia",
    "?basis=documented&region=Southern+Asia",
    "?basis=documented&region=Central+Asia",
)


def write(folder: Path, rows: int) -> None:
    """A data folder with so many partnerships, and no snapshot, talk or conflict, which are about the shipped ones."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("snapshots", "story.toml", "conflicts.csv"))
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
    """In this process: seconds to start, MB at most and afterwards; where the database was filled before, kB of an
    answer and ms of one to a new choice."""
    from dashboard.application import create_app
    from dashboard.settings import Settings
    from tests.asking import CALLBACKS, callback_of, choice, question

    is_filled = database_of(folder).exists()
    began = time.perf_counter()
    app = create_app(Settings(data=folder, database_url=f"sqlite:///{database_of(folder)}", max_file_mb=1_000))
    found = {"start_s": time.perf_counter() - began}
    found["most_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not is_filled:
        return found
    client = app.server.test_client()
    callback = callback_of(client, page="overview")
    times, sizes, packed = [], [], []
    for query in QUERIES:
        began = time.perf_counter()
        reply = client.post(CALLBACKS, json=question(callback, choice(query)))
        times.append((time.perf_counter() - began) * 1000)
        if reply.status_code != 200:
            raise RuntimeError(reply.text)
        sizes.append(len(reply.data))
        packed.append(len(gzip.compress(reply.data, 6)))
    lines = Path("/proc/self/status").read_text().splitlines()
    # the first answer also makes what all share
    return found | {
        "now_mb": next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024,
        "answer_kb": statistics.median(sizes[1:]) / 1000,
        "packed_kb": statistics.median(packed[1:]) / 1000,
        "answer_ms": statistics.median(times[1:]),
    }


def database_of(folder: Path) -> Path:
    """The file of the database that is filled from a folder."""
    return folder.with_name("dashboard.sqlite")


def on_screen(browser: Browser, folder: Path) -> dict[str, float]:
    """ms of a change of the year and of the region in a browser, medians."""
    database = f"sqlite:///{database_of(folder)}"
    with serving(DASHBOARD_DATA=str(folder), DATABASE_URL=database, DASHBOARD_MAX_FILE_MB="1000") as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
        page.goto(address)
        page.wait_for_function(READY)
        took = page.evaluate(TIMED, [20, 5])
        page.context.close()
    return {f"{name}_ms": statistics.median(times) for name, times in took.items()}


def measured(rows: int, browser: Browser | None) -> dict[str, float]:
    """All of one size; without a browser what needs none."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        write(folder, rows)
        first, later = (started(folder) for _ in range(2))
        file_mb = (folder / "partnerships.csv").stat().st_size / 1e6
        found = {"rows": rows, "file_mb": file_mb, "fill_s": first["start_s"], "fill_mb": first["most_mb"], **later}
        return found | (on_screen(browser, folder) if browser else {"year_ms": 0.0, "region_ms": 0.0})


def started(folder: Path) -> dict[str, float]:
    """What `measure` finds in a process of its own."""
    command = [sys.executable, __file__, "--folder", str(folder)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


COLUMNS = {
    "partnerships": "{rows:,}",
    "file MB": "{file_mb:.1f}",
    "first start s": "{fill_s:.2f}",
    "MB at most in it": "{fill_mb:.0f}",
    "start s": "{start_s:.2f}",
    "MB at most in it ": "{most_mb:.0f}",
    "after answers": "{now_mb:.0f}",
    "answer kB": "{answer_kb:.0f}",
    "gzipped": "{packed_kb:.1f}",
    "answer ms": "{answer_ms:.0f}",
    "year on the screen ms": "{year_ms:.0f}",
    "region on the screen ms": "{region_ms:.0f}",
}


def table(found: list[dict[str, float]]) -> str:
    """The rows as Markdown."""
    lines = [
        list(COLUMNS),
        ["---"] * len(COLUMNS),
        *([cell.format(**each) for cell in COLUMNS.values()] for each in found),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measures each size; writes or prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--dry", action="store_true", help="prints only")
    parser.add_argument("--no-browser", action="store_true", help="without the changes on the screen; implies --dry")
    parser.add_argument("--folder", type=Path, help="reads this folder alone and prints JSON")
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(measure(options.folder)))
        return
    found: list[dict[str, float]] = []
    with nullcontext() if options.no_browser else chromium() as browser:
        for rows in (size for size in SIZES if size <= options.most):
            found.append(measured(rows, browser))
            print(table(found[-1:]).splitlines()[-1], flush=True)
    if options.no_browser or options.dry:
        return
    put_into(PAGE, f"Measured {date.today().isoformat()}.\n\n{table(found)}")
    PICTURE.write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
