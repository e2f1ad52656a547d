"""How cost grows with rows: load time, memory, size and time of an answer, changes on the screen, from 100 to 1,000,000
partnerships.

    .venv/bin/python benchmarks/scale.py                       # writes the table of docs/scale.md and its picture
    .venv/bin/python benchmarks/scale.py --most 10000 --dry    # a quick look; only prints

Rows are invented: the shipped countries, U.S. states and cities, in the proportions of the shipped data, years spread
over 1950 to 2026. Every size is read in a process of its own, and served for the changes on the screen.
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
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.report import put_into  # noqa: E402
from benchmarks.scale_picture import picture  # noqa: E402
from tests.serving import serving  # noqa: E402
from tools.browser import on_path  # noqa: E402

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


# from a new year, or another region, to the page being through with it and painted (ms of each)
CHANGES = """async () => {
  const { first, last } = ipi.frames.current, frame = () => new Promise(requestAnimationFrame), took = { year: [], region: [] };
  async function timed(name, act) {
    const began = performance.now();
    act();
    do await frame(); while (document.body.dataset.ready !== "true");
    await frame();
    took[name].push(performance.now() - began);
    await new Promise(done => setTimeout(done, 150));
  }
  for (let k = 1; k <= 20; k++) await timed("year", () => ipi.page.year(k % 4 ? last - k : first + k));
  for (const box of [...document.querySelectorAll("#filter-region input")].slice(1, 6)) await timed("region", () => box.click());
  return took;
}"""


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
    """In this process: seconds to load, MB at most and afterwards, kB of an answer, ms of one on a new selection."""
    from dashboard.frames import AppContext, answer

    from dashboard.dataset import load
    from dashboard.strings import load_catalog

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    app_context = AppContext(load(folder, most_bytes=1_000_000_000), load_catalog("en"))
    loaded = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer(app_context, QUERIES[0])
    times, sizes, packed = [], [], []
    for query in QUERIES[1:]:
        began = time.perf_counter()
        body = answer(app_context, query).encode()
        times.append((time.perf_counter() - began) * 1000)
        sizes.append(len(body))
        packed.append(len(gzip.compress(body, 6)))
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
        "packed_kb": statistics.median(packed) / 1000,
        "answer_ms": statistics.median(times),
    }


def on_screen(browser: Browser, folder: Path) -> dict[str, float]:
    """ms of a change of the year and of the region in a browser, medians."""
    with serving(DASHBOARD_DATA=str(folder), DASHBOARD_MAX_FILE_MB="1000") as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
        page.goto(address)
        page.wait_for_function("document.body?.dataset.ready === 'true'")
        took = page.evaluate(CHANGES)
        page.context.close()
    return {f"{name}_ms": statistics.median(times) for name, times in took.items()}


def measured(rows: int, browser: Browser) -> dict[str, float]:
    """All of one size."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        write(folder, rows)
        command = [sys.executable, __file__, "--folder", str(folder)]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        file_mb = (folder / "partnerships.csv").stat().st_size / 1e6
        return {"rows": rows, "file_mb": file_mb, **json.loads(output), **on_screen(browser, folder)}


COLUMNS = {
    "partnerships": "{rows:,}",
    "file MB": "{file_mb:.1f}",
    "load s": "{load_s:.2f}",
    "memory MB, reading": "{most_mb:.0f}",
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
    parser.add_argument("--folder", type=Path, help="reads this folder alone and prints JSON")
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(measure(options.folder)))
        return
    # not where a size is read, whose memory is measured
    from playwright.sync_api import sync_playwright

    found: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(), args=["--no-sandbox"])
        for rows in (size for size in SIZES if size <= options.most):
            found.append(measured(rows, browser))
            print(table(found[-1:]).splitlines()[-1], flush=True)
        browser.close()
    if options.dry:
        return
    put_into(PAGE, f"Measured {date.today().isoformat()}.\n\n{table(found)}")
    PICTURE.write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
