"""Lighthouse on pages of the dashboard, as a phone and as a desk see them.

    .venv/bin/python benchmarks/lighthouse.py [--runs 3] [--pages / /partnerships]

Starts a server of its own. npm fetches Lighthouse at the first run; it needs Chromium. Scores are of 100; largest paint
in seconds; the median of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402
from tools.browser import on_path  # noqa: E402

PACKAGE = "lighthouse@12"
FORMS = {"mobile": [], "desktop": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def run(address: str, options: list[str]) -> tuple[dict[str, float], set[str]]:
    """The scores of one run, the largest paint and the layout shift; what fails outside of performance."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "--yes", PACKAGE, address, *options, "--quiet", "--output=json", f"--output-path={report}"]
        command += ["--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"]
        # the environment's own Node comes before another
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        if chromium := on_path():
            environment["CHROME_PATH"] = str(chromium)
        subprocess.run(command, env=environment, check=True)
        found = json.loads(report.read_text("utf-8"))
    scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
    audits = found["audits"]
    weighed = [each for name in CATEGORIES[1:] for each in found["categories"][name]["auditRefs"] if each["weight"]]
    failed = {each["id"] for each in weighed if audits[each["id"]]["score"] not in (None, 1)}
    figures = {
        **scores,
        "largest_paint_s": audits["largest-contentful-paint"]["numericValue"] / 1000,
        "layout_shift": audits["cumulative-layout-shift"]["numericValue"],
        "blocked_ms": audits["total-blocking-time"]["numericValue"],
    }
    return figures, failed


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", nargs="+", default=["/"])
    parser.add_argument("--forms", nargs="+", choices=list(FORMS), default=list(FORMS))
    options = parser.parse_args()
    print("| page | form | performance | accessibility | best practices | SEO | largest paint s | shift | blocked ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    with serving() as address:
        for page in options.pages:
            for form in options.forms:
                runs = [run(address + page, FORMS[form]) for _ in range(options.runs)]
                middle = {name: statistics.median(each[name] for each, _ in runs) for name in runs[0][0]}
                scores = " | ".join(f"{middle[name]:.0f}" for name in CATEGORIES)
                paint, shift = f"{middle['largest_paint_s']:.2f}", f"{middle['layout_shift']:.3f}"
                line = f"| `{page}` | {form} | {scores} | {paint} | {shift} | {middle['blocked_ms']:.0f} |"
                failed: set[str] = set().union(*(each for _, each in runs))
                print(line, f"fails: {', '.join(sorted(failed))}" if failed else "", flush=True)


if __name__ == "__main__":
    main()
