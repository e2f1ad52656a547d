"""How many years a second the page shows while it is played or dragged as fast as it can.

    .venv/bin/python benchmarks/play.py [--address http://127.0.0.1:8050/?sample=1]

Starts a server of its own where no address is given. Every frame of the screen the next year is asked for, as a drag
does; a frame counts when the colours drawn on the map, or else the figures, are those of another year than before. At
the end the last year has to be shown.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402
from tools.browser import on_path  # noqa: E402

PLAY = """async () => {
  const { first, last } = ipi.frames.current, frame = () => new Promise(requestAnimationFrame);
  const paths = () => [...document.querySelectorAll("[data-plot=map] .choroplethlayer path")];
  const seen = () => paths().map(path => path.getAttribute("fill")).join();
  ipi.page.year(first); await frame(); await frame();
  let shown = 0, before = seen() + document.querySelector("output").textContent;
  const began = performance.now();
  for (let year = first + 1; year <= last; year++) {
    ipi.page.year(year, { replace: true });
    await frame();
    const now = seen() + document.querySelector("output").textContent;
    shown += now !== before; before = now;
  }
  const seconds = (performance.now() - began) / 1000;
  await frame(); await frame();
  return { shown, years: last - first, seconds, end: document.querySelector("output").textContent === String(last) };
}"""


def main() -> None:
    """Plays three times and prints each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--address")
    options = parser.parse_args()
    server = nullcontext(options.address) if options.address else serving()
    with server as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(), args=["--no-sandbox"])
        page = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900}).new_page()
        page.goto(address if options.address else f"{address}/?sample=1")
        page.wait_for_function("document.body?.dataset.ready === 'true'")
        rates = []
        for _ in range(3):
            found = page.evaluate(PLAY)
            rates.append(found["shown"] / found["seconds"])
            took, end = f"{found['seconds']:.2f} s", found["end"]
            print(f"{found['shown']} of {found['years']} years in {took}, ends at the last: {end}")
        print(f"median {statistics.median(rates):.0f} a second")
        browser.close()


if __name__ == "__main__":
    main()
