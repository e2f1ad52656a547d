"""What one visitor's changes cost on the shipped data: a year, a region, playing through all years; requests and bytes;
and the next slide on the stage.

    .venv/bin/python benchmarks/changes.py                 # writes the table of docs/performance.md
    .venv/bin/python benchmarks/changes.py --rounds 1 --dry

Each round opens the page in a browser that has seen nothing. A change is through when the page is ready for it
(`body[data-ready]`) and two more frames of the screen have passed. Playing asks for the next year in every frame, as a
drag does; a year counts as shown when the colours of the map or the year in large are others than in the frame before.
The comparison with other pages is the shared harness's (`make bench`).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.serving import serving  # noqa: E402
from tools.browser import READY, chromium  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
CALLBACKS = "_dash-update-component"
# how many years and regions are changed
TIMED = """async ([years, regions]) => {
  const choice = dash_clientside.choice, took = { year: [], region: [] };
  const frame = () => new Promise(requestAnimationFrame), isReady = () => document.body.dataset.ready === "true";
  async function timed(name, act, isShown) {
    const began = performance.now();
    act();
    do await frame(); while (!isShown() || !isReady());
    await frame();
    await frame();
    took[name].push(performance.now() - began);
    await new Promise(done => setTimeout(done, 150));
  }
  const [first, last] = choice.shownFrames().years;
  for (let k = 1; k <= years; k++) {
    const year = k % 4 ? last - k : first + k;
    await timed("year", () => choice.setYear(year), () => choice.shownYear() === year);
  }
  const isSeen = box => box.closest("label, .form-check").offsetParent;
  const chips = [...document.querySelectorAll("#filter-region input")].filter(isSeen);
  for (const chip of chips.slice(0, regions)) {
    const before = choice.shownFrames();
    await timed("region", () => chip.click(), () => choice.shownFrames() !== before);
  }
  return took;
}"""
PLAYED = """async () => {
  const choice = dash_clientside.choice, [first, last] = choice.shownFrames().years;
  const frame = () => new Promise(requestAnimationFrame), year = document.querySelector("output");
  const areas = () => [...document.querySelectorAll("#chart-map .choroplethlayer path")];
  const seen = () => areas().map(path => path.getAttribute("fill")).join() + year.textContent;
  choice.setYear(first);
  while (choice.shownYear() !== first) await frame();
  let shown = 0, before = seen();
  const began = performance.now();
  for (let next = first + 1; next <= last; next++) {
    choice.setYear(next);
    await frame();
    const now = seen();
    shown += now !== before;
    before = now;
  }
  const asked = performance.now();
  while (year.textContent !== String(last) || document.body.dataset.ready !== "true") await frame();
  await frame();
  return { rate: shown / ((asked - began) / 1000), end_ms: performance.now() - asked };
}"""


def change(browser: Browser, address: str, years: int = 20, regions: int = 5) -> dict[str, Any]:
    """One page: ms of each change of the year and of the region, what playing shows, requests and bytes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    answers: list[Request] = []
    page.on("request", lambda each: asked.append(each.url) if not each.url.startswith(("data:", "blob:")) else None)
    page.goto(address)
    page.wait_for_function(READY)
    page.wait_for_timeout(500)
    before = len(asked)
    took: dict[str, Any] = page.evaluate(TIMED, [years, 0])
    played = page.evaluate(PLAYED)
    of_years = len(asked) - before
    page.on("requestfinished", lambda each: answers.append(each) if CALLBACKS in each.url else None)
    took["region"] = page.evaluate(TIMED, [0, regions])["region"]
    page.wait_for_timeout(300)
    sizes = [each.sizes()["responseBodySize"] for each in answers]
    outside = [url for url in asked if not url.startswith(address.split("?")[0].rstrip("/"))]
    context.close()
    return {**took, **played, "year_requests": of_years, "answers": sizes, "outside": outside}


# every slide of the stage, one press after another, each when it is painted
PRESSED = """async () => {
  const took = [], { slides } = document.body.dataset;
  for (let n = 2; n <= Number(slides); n++) {
    const began = performance.now();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown", bubbles: true }));
    do await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    while (document.body.dataset.slide !== String(n) || document.body.dataset.ready !== "true");
    took.push(performance.now() - began);
  }
  return took;
}"""


def press_slides(browser: Browser, address: str) -> list[float]:
    """The stage, when what is ahead is drawn: ms until each next slide is painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(f"{READY} && document.body.dataset.ahead === 'true'")
    took: list[float] = page.evaluate(PRESSED)
    context.close()
    return took


def table(rounds: list[dict[str, Any]]) -> str:
    """The rows as Markdown."""

    def row(what: str, values: list[float]) -> str:
        ordered = sorted(values)
        return f"| {what} | {len(values)} | {statistics.median(ordered):,.0f} | {ordered[-1]:,.0f} |"

    def all_of(name: str) -> list[float]:
        return [value for each in rounds for value in each[name]]

    return "\n".join(
        [
            "| measure | n | median | most |",
            "|---|---|---|---|",
            row("year, ms", all_of("year")),
            row("region, ms", all_of("region")),
            row("compressed bytes of an answer to a region", all_of("answers")),
            row("answers asked for in a round of regions", [len(each["answers"]) for each in rounds]),
            row("requests while years change", [each["year_requests"] for each in rounds]),
            row("requests to another host", [len(each["outside"]) for each in rounds]),
            row("years a second, played as fast as they are asked for", [each["rate"] for each in rounds]),
            row("ms until the last of them is shown", [each["end_ms"] for each in rounds]),
            row("next slide of the stage, ms", all_of("slides")),
        ]
    )


def put_into(page: Path, tables: str) -> None:
    """Replaces what stands between the marks of a page."""
    before, rest = page.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measures; writes or prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dry", action="store_true", help="prints only")
    options = parser.parse_args()
    with serving() as address, chromium() as browser:
        rounds = [
            {**change(browser, f"{address}/?sample=1"), "slides": press_slides(browser, f"{address}/present")}
            for _ in range(options.rounds)
        ]
    print(table(rounds))
    if not options.dry:
        put_into(PAGE, f"Measured {date.today().isoformat()}.\n\n{table(rounds)}")


if __name__ == "__main__":
    main()
