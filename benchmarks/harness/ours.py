"""Our adapter for the shared harness: copied to bench-work/harness/adapters/ours.py by benchmarks/bench.sh.

Where our page differs from the harness's, what counts as shown is said here:
- A region is chosen, not taken away: the timed click shows that region alone, the next one all again. Expected values
  follow (`regions_of`).
- Countries are coloured by class, so the map's value is the sum of the classes of all countries, read from the fills
  of the drawn paths; those outside the choice have their own fills, which count
  100 more where there is any partnership.
- The growth chart has all years, and covers later ones: its value is the sum of its bars at the year of the cover.
- The survey shows the newest wave: its responses and the ticks of one year, the product of shares and base.
"""

import json
import os
import sys

import numpy as np

from core import REGIONS, ROOT, Adapter

COLOURS = ["zero-fill", "c1", "c2", "c3", "c4", "c5", "d0", "d1", "d2", "d3", "d4", "d5"]
CHARTS = """() => {
  const H = window.__H, own = (H.ours ??= { at: new Map() }), dummy = (own.dummy ??= document.createElement('i'));
  const written = name => { dummy.style.color = getComputedStyle(document.documentElement).getPropertyValue('--' + name); return dummy.style.color; };
  const fills = (own.fills ??= Object.fromEntries(COLOURS.map((name, i) => [written(name), i % 6 && i % 6 + 100 * (i > 5)])));
  const plot = name => {
    const gd = document.querySelector(`[data-plot=${name}]`);
    if (!gd || !gd._fullData || !gd.on) return null;
    if (!own.at.has(gd)) { const seen = { n: 0, t: 0 }; own.at.set(gd, seen); gd.on('plotly_afterplot', () => { seen.n++; seen.t = performance.now(); H.check(); }); seen.t = performance.now(); }
    return [gd, own.at.get(gd)];
  };
  const out = {}, map = plot('map'), growth = plot('growth'), barriers = plot('barriers');
  if (map) {
    const traces = map[0].querySelectorAll('.choroplethlayer .trace'), paths = traces[1] ? [...traces[1].querySelectorAll('path')] : [];
    out.map = { sig: paths.reduce((sum, path) => sum + (fills[path.getAttribute('fill')] ?? NaN), 0), ...map[1], painted: paths.length > 0 };
  }
  if (growth) {
    const [gd, seen] = growth, cover = document.querySelector('#chart-growth svg.overlay .cover'), axis = gd._fullLayout.xaxis;
    const year = cover ? Math.round(axis.p2d(parseFloat(cover.getAttribute('d').slice(1)) - gd._fullLayout._size.l) - 0.5) : NaN;
    const at = gd._fullData[0].x.indexOf(year);
    out.line = { sig: gd._fullData.filter(t => t.type === 'bar').reduce((sum, t) => sum + t.y[at], 0), ...seen, painted: !!gd.querySelector('.barlayer .point path') };
  }
  if (barriers) {
    const [gd, seen] = barriers, base = +document.querySelector('[data-text="barriers.note"]')?.textContent.match(/n = ([\\d,]+)/)?.[1].replaceAll(',', '');
    out.bar = { sig: Math.round([...gd._fullData[0].x].reduce((sum, x) => sum + x, 0) * base / SCALE), ...seen, painted: !!gd.querySelector('.barlayer .point path') };
  }
  return out;
}"""


def regions_of(regions):
    """What our page shows for the harness's choice: one region missing there is the one chosen here."""
    missing = [region for region in REGIONS if region not in regions]
    return missing or list(REGIONS)


class Expected:
    """As the harness's, from the same cube, of what our page shows."""

    def __init__(self, size):
        cube = json.load(open(f"{ROOT}/data/cube-{size}.json"))
        known = json.load(open(f"{ROOT}/data/ours-{size}.json"))
        self.count, self.region, self.first, self.responses, self.ticks = (
            np.array(cube[name]) for name in ("cnt", "creg", "first", "resp", "bar")
        )
        self.edges = known["edges"]

    def __call__(self, regions, year):
        on = np.array([region in regions_of(regions) for region in REGIONS])
        last, wave = year - 1950, year - 2005
        numbers = self.count[: last + 1].sum(0)
        is_on = on[self.region]
        classes = np.digitize(numbers, self.edges)
        classes += 100 * (~is_on & (classes > 0))
        total, countries = int(numbers[is_on].sum()), int((numbers[is_on] > 0).sum())
        communities = int((self.first[:, on].min(1) <= last).sum())
        return dict(
            kpi=[str(total), str(countries), str(communities), str(int(self.responses[wave][on].sum()))],
            map=int(classes.sum()),
            line=total,
            bar=int(self.ticks[wave][on].sum()),
        )


# measure.py takes its expectations by name when it starts to measure
for name in ("__main__", "measure"):
    if hasattr(sys.modules.get(name), "Expected"):
        sys.modules[name].Expected = Expected


class Peer(Adapter):
    """The dashboard on the harness's data."""

    http_filter = "_dash-update-component"
    kpi_js = (
        "() => [...['partnerships', 'countries', 'us_communities'].map(name => document.querySelector("
        "`[data-text=\"tiles.${name}.number\"]`).textContent), "
        "document.querySelector('[data-text=\"barriers.note\"]')?.textContent.match(/n = ([\\d,]+)/)?.[1] ?? '']"
    )
    chart_js = CHARTS.replace("COLOURS", json.dumps(COLOURS)).replace("SCALE", "1")

    def command(self):
        folder = f"{ROOT}/ours-{self.size}"
        environment = {"DASHBOARD_DATA": f"{folder}/data", "PORT": str(self.port), "DASHBOARD_WORKERS": "2"}
        # the invented answers of size S come by single digits a region and year, which we would not show
        environment |= {f"DASHBOARD_{name}_BELOW": "1" for name in ("HIDE", "COUNTS", "SMALL")}
        return [os.path.abspath(f"{ROOT}/../.venv/bin/gunicorn"), "app:server"], environment, folder

    def year_focus(self, page):
        page.focus("#filter-year")

    def region_act(self, page, name, on):
        page.click(f"#filter-region label:has-text(\"{name}\")")
