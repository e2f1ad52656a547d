"""The figures of the report, drawn at the size of print from the same tables as those of the pages.

What differs is told by light and dark, stripes and outlines, so that it is legible in black and white, and labels stand
at the data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from math import cos, pi, sin
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.charts import CHARTS, View
from dashboard.charts.growth.data import published_totals
from dashboard.charts.growth.scale import tick_text, tick_values
from dashboard.charts.labels import repel
from dashboard.charts.map.areas import SHADES, class_labels, edges_of
from dashboard.charts.map.areas import shades as shades_of
from dashboard.charts.map.places import small_countries
from dashboard.charts.openings.text import CANVAS as OPENINGS_CANVAS
from dashboard.charts.projection import Canvas
from dashboard.counting import rows_at
from dashboard.dataset.records import records
from dashboard.metrics.openings import compared_countries
from dashboard.metrics.partnerships import map_context
from dashboard.report.drawing import END, MIDDLE, Area, Drawing, Letters, Line, Point, Ring, width_of

BOUNDARIES = Path(__file__).resolve().parents[2] / "assets" / "map" / "world.json"
# as wide as the text of A4 at its margins; Letter shows it a little larger
WIDTH = 482.0
# points of an outline that are nearer to each other than this, in points of print, are one
NEAR = 0.45
MOST_LABELS = 16
SIZE, SMALL = 7.5, 7.0
Outline = tuple[tuple[Point, ...], ...]


# ---- maps
@lru_cache(maxsize=4)
def outlines(canvas: Canvas) -> Mapping[str, Outline]:
    """The outlines of every country on a canvas, by its code; parts outside it are left out."""
    world = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    found = {each["id"]: _outline(each["geometry"], canvas) for each in world["features"]}
    return MappingProxyType({code: rings for code, rings in found.items() if rings})


def _outline(geometry: Mapping[str, Any], canvas: Canvas) -> Outline:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [_thinned([canvas.pixel(lon, lat) for lon, lat in ring]) for part in parts for ring in part]
    return tuple(ring for ring in rings if len(ring) > 2 and _is_seen(ring, canvas.size))


def _thinned(ring: Sequence[Point]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for x, y in ring:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((round(x, 1), round(y, 1)))
    return tuple(kept)


def _is_seen(ring: Sequence[Point], size: Point) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) > 0 and min(xs) < size[0] and max(ys) > 0 and min(ys) < size[1]


def _canvas(of: Canvas) -> Canvas:
    wide = WIDTH / of.size[0]
    return Canvas(of.lon_range, of.lat_range, (WIDTH, round(of.size[1] * wide, 1)))


def _places(view: View, canvas: Canvas, codes: Sequence[str]) -> dict[str, Point]:
    """Where small countries are drawn as circles, moved apart where they would cover each other."""
    points = {row["country_iso3"]: (row["lon"], row["lat"]) for row in records(view.dataset.tables["map_points"])}
    spots = repel([canvas.pixel(*points[code]) for code in codes], gap=7.0)
    return dict(zip(codes, spots, strict=True))


def _circle(x: float, y: float, radius: float) -> Ring:
    return [(x + radius * cos(at * pi / 10), y + radius * sin(at * pi / 10)) for at in range(20)]


def _name_countries(drawing: Drawing, view: View, canvas: Canvas, names: Mapping[str, str]) -> None:
    """Names of countries where there is room, the first ones first."""
    points = view.dataset.tables["map_points"]
    places = {row["country_iso3"]: (row["lon"], row["lat"]) for row in records(points)}
    taken: list[tuple[float, float, float, float]] = []
    for code, text in names.items():
        if code not in places or len(taken) == MOST_LABELS:
            continue
        x, y = canvas.pixel(*places[code])
        half = width_of(text, SMALL) / 2 + 2
        box = (x - half, y - SMALL, x + half, y + 3)
        is_inside = box[0] > 0 and box[2] < canvas.size[0] and box[1] > 0 and box[3] < canvas.size[1]
        if is_inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            drawing.add(Letters(text, (x, y + 2), SMALL, "ink", MIDDLE, is_strong=True, halo="card"))


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _key(drawing: Drawing, entries: Sequence[tuple[str, Mapping[str, Any]]], *, at: Point, is_leftwards: bool) -> None:
    """A row of small boxes with what each means."""
    (x, y), since = at, len(drawing.shapes)
    for text, look in entries:
        drawing.box(x, y - 7, 11, 8, **look)
        drawing.add(Letters(text, (x + 15, y), SMALL, "ink-2"))
        x += 15 + width_of(text, SMALL) + 13
    if is_leftwards:
        drawing.mirror(since)


def draw_map(view: View, year: int) -> Drawing:
    """Partner countries: the more partnerships, the darker; stripes where more may have begun. Countries outside the
    filters are pale."""
    canvas, t = _canvas(OPENINGS_CANVAS), view.t
    drawing = Drawing((WIDTH, canvas.size[1] + 18))
    inside = set(CHARTS["map"].table(view)["country_iso3"])
    rows = rows_at(view.compute(map_context), year)
    edges = edges_of(view.dataset)
    is_outside = ~rows["country_iso3"].isin(inside).to_numpy()
    colours = shades_of(rows["partnerships"].to_numpy(), is_outside, edges).tolist()
    codes, lower, upper = (rows[name].tolist() for name in ("country_iso3", "partnerships", "upper"))
    looks = {
        code: (SHADES[colour], more > least)
        for code, colour, least, more in zip(codes, colours, lower, upper, strict=True)
    }
    for code, rings in outlines(canvas).items():
        fill, is_uncertain = looks.get(code, ("land", False))
        edge = "land-edge" if fill not in {"zero-fill", "d0"} else "zero-edge" if code in inside else "line-2"
        drawing.add(Area(rings, fill, edge, 0.5, "hatch" if is_uncertain else ""))
    shown = [
        code for code in small_countries(view.dataset) if looks.get(code, ("", False))[0] not in {"", "zero-fill", "d0"}
    ]
    for code, (x, y) in _places(view, canvas, sorted(shown)).items():
        drawing.add(Area([_circle(x, y, 3.2)], looks[code][0], "land-edge", 0.8, "hatch" if looks[code][1] else ""))
    _cut_below(drawing, canvas)
    ranked = sorted(
        (
            (code, name, least)
            for code, name, least in zip(codes, rows["country"], lower, strict=True)
            if code in inside
        ),
        key=lambda each: (-each[2], view.dataset.naming.sort_key(each[1])),
    )
    names = {code: f"{name} {t.number(least)}" for code, name, least in ranked if least}
    _name_countries(drawing, view, canvas, names)
    classes = list(zip(class_labels(edges, t), SHADES[1:6], strict=True))
    entries: list[tuple[str, Mapping[str, Any]]] = [(t("report.key.none"), {"fill": "zero-fill", "edge": "zero-edge"})]
    entries += [(label, {"fill": fill}) for label, fill in classes]
    if any(more > least for least, more in zip(lower, upper, strict=True)):
        entries.append((t("report.key.maybe"), {"fill": "zero-fill", "edge": "zero-edge", "stripes": "hatch"}))
    _key(drawing, entries, at=(0, drawing.size[1] - 3), is_leftwards=t.is_from_right)
    return drawing


def _cut_below(drawing: Drawing, canvas: Canvas) -> None:
    """What of the map reaches into the row of its key is covered."""
    drawing.box(-2, canvas.size[1], WIDTH + 4, drawing.size[1] - canvas.size[1] + 4, fill="card")


def draw_openings(view: View, _year: int) -> Drawing:
    """Countries in scope without a partnership, beside those that have one."""
    canvas, t = _canvas(OPENINGS_CANVAS), view.t
    drawing = Drawing((WIDTH, canvas.size[1] + 18))
    rows = CHARTS["openings"].table(view)
    is_open, compared = set(rows["country_iso3"]), set(compared_countries(view.dataset, view.selection.filters)["iso3"])
    partners = set(view.basis.rows["country_iso3"])
    shown = {"open": ("accent-soft", "accent"), "partner": ("c2", "card"), "outside": ("land", "land-edge")}
    later: list[Area] = []
    for code, rings in outlines(canvas).items():
        kind = "open" if code in is_open else "partner" if code in partners & compared else "outside"
        fill, edge = shown[kind]
        area = Area(rings, fill, edge, 0.8 if kind == "open" else 0.5)
        # over their neighbours, whose edges would cover theirs
        (later if kind == "open" else drawing.shapes).append(area)
    drawing.add(*later)
    _cut_below(drawing, canvas)
    order = rows.assign(rank=rows.groupby("region").cumcount()).sort_values("rank", kind="stable")
    _name_countries(drawing, view, canvas, dict(zip(order["country_iso3"], order["country"], strict=True)))
    entries = [(t(f"openings.legend.{kind}"), {"fill": fill, "edge": edge}) for kind, (fill, edge) in shown.items()]
    _key(drawing, entries, at=(0, drawing.size[1] - 3), is_leftwards=t.is_from_right)
    return drawing


# ---- growth
def draw_growth(view: View, year: int, *, is_low: bool = False) -> Drawing:
    """A bar a year: filled what is dated, striped what has no year, outlined what may have begun; diamonds are totals
    that somebody published. `is_low` for where there is little room."""
    t, years = view.t, view.basis.years
    counts = {name: numbers[: years.index(year) + 1] for name, numbers in view.totals.items()}
    first = next((each for each, number in zip(years, counts["upper"], strict=False) if number), years[0])
    first = min(first, year - 10) if year - 10 >= years[0] else years[0]
    totals = [each for each in published_totals(view) if first <= each.when <= year + 2.5]
    last = max([year + 1.0, *(each.when + 0.6 for each in totals)])
    most = max([*counts["upper"], *(each.number for each in totals), 1])
    drawing = Drawing((WIDTH, 138.0 if is_low else 218.0))
    left, right, top, bottom = 24.0, WIDTH - 92.0, 12.0, drawing.size[1] - 40
    wide = (right - left) / (last - first + 0.6)

    def x_of(when: float) -> float:
        return left + (when - first + 0.3) * wide

    def y_of(number: float) -> float:
        return bottom - (bottom - top) * number / (most * 1.04)

    for tick in (each for each in tick_values(most) if each <= most * 1.04):
        y = y_of(tick)
        drawing.add(Line([(left, y), (right, y)], "line" if tick else "edge", 0.6))
        drawing.add(Letters(tick_text(tick, t), (left - 5, y + 2.5), SIZE, "ink-2", END))
    for at, each in enumerate(years[: years.index(year) + 1]):
        dated, undated, upper = (counts[name][at] for name in ("dated", "undated", "upper"))
        if each < first or not upper:
            continue
        x, thick = x_of(each) + wide * 0.1, wide * 0.8
        for low, high, look in (
            (0, dated, {"fill": "c4"}),
            (dated, dated + undated, {"fill": "card", "edge": "c4", "edge_width": 0.4, "stripes": "c4"}),
            (dated + undated, upper, {"fill": "card", "edge": "edge", "edge_width": 0.4}),
        ):
            if high > low:
                drawing.box(x, y_of(high), thick, y_of(low) - y_of(high), **look)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 11)
    for each in range(-(-first // step) * step, year + 1, step):
        drawing.add(Letters(str(each), (x_of(each) + wide / 2, bottom + 11), SIZE, "ink-2", MIDDLE))
    for total in totals:
        x, y = x_of(total.when), y_of(total.number)
        drawing.add(Area([[(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)]], "accent", "card", 0.8))
    _label_ends(drawing, view, counts, x=right + 5, y_of=y_of)
    entries: list[tuple[str, Mapping[str, Any]]] = [
        (t("report.key.dated"), {"fill": "c4"}),
        (t("report.key.undated"), {"fill": "card", "edge": "c4", "stripes": "c4"}),
    ]
    if any(up > low for up, low in zip(counts["upper"], counts["partnerships"], strict=True)):
        entries.append((t("report.key.begun"), {"fill": "card", "edge": "edge"}))
    if totals:
        entries.append((t("report.key.published"), {"fill": "accent"}))
    _key(drawing, entries, at=(left, drawing.size[1] - 5), is_leftwards=t.is_from_right)
    return drawing


def _label_ends(
    drawing: Drawing, view: View, counts: Mapping[str, Sequence[int]], *, x: float, y_of: Callable[[float], float]
) -> None:
    """How many of each kind there are at the end, beside the last bar."""
    t = view.t
    dated, undated, upper = (counts[name][-1] for name in ("dated", "undated", "upper"))
    ends = [
        (dated / 2, dated, "report.end.dated"),
        (dated + undated / 2, undated, "report.end.undated"),
        ((dated + undated + upper) / 2, upper - dated - undated, "report.end.maybe"),
    ]
    lowest = drawing.size[1]
    for middle, number, key in ends:
        if number:
            y = min(y_of(middle) + 3, lowest - 10)
            lowest = y
            drawing.add(Letters(t(key, count=number), (x, y), SIZE, "ink", is_strong=True))


# ---- barriers
def draw_barriers(view: View, year: int) -> Drawing:
    """A bar an answer, as long as its share, with a line for its interval; invented answers are grey and say so."""
    t, chart = view.t, CHARTS["barriers"]
    rows = records(chart.shown(chart.table(view), view, year))
    drawing = Drawing((WIDTH, 20.0 * len(rows) + 22))
    left, right = 190.0, WIDTH - 74.0
    colour = "sample" if chart.is_sample(view) else "c4"

    def x_of(share: float) -> float:
        return left + (right - left) * share

    for part in (0, 0.25, 0.5, 0.75, 1):
        drawing.add(Line([(x_of(part), 0), (x_of(part), 20.0 * len(rows))], "line" if part else "edge", 0.6))
        percent = t.percent(part)
        drawing.add(Letters(percent, (x_of(part), 20.0 * len(rows) + 11), SIZE, "ink-2", MIDDLE))
    for at, row in enumerate(rows):
        y = 20.0 * at + 10
        drawing.add(Letters(_fitted(row["label"], left - 8), (left - 6, y + 2.5), SIZE, "ink", END))
        drawing.box(left, y - 5.5, max(x_of(row["share"]) - left, 0.5), 11, fill=colour)
        drawing.add(
            Line([(x_of(row["low"]), y), (x_of(row["high"]), y)], "card", 2.6),
            Line([(x_of(row["low"]), y), (x_of(row["high"]), y)], "ink", 1.2),
        )
        percent = t.percent(row["share"])
        text = t("report.of_base", percent=percent, count=row["count"], base=row["base"])
        drawing.add(Letters(text, (right + 8, y + 2.5), SIZE, "ink", is_strong=True))
    if chart.is_sample(view):
        # where bars are shortest: it covers nothing
        drawing.add(Letters(t("sample.stamp"), (right, 20.0 * len(rows) - 8), 30, "sample-edge", END, True, "card"))
    if t.is_from_right:
        drawing.mirror()
    return drawing


def _fitted(text: str, most: float) -> str:
    while width_of(text, SIZE) > most:
        text = text.rstrip("…")[:-1].rstrip() + "…"
    return text


FIGURES: Mapping[str, Callable[[View, int], Drawing]] = MappingProxyType(
    {
        "map": draw_map,
        "growth": draw_growth,
        "growth_low": partial(draw_growth, is_low=True),
        "barriers": draw_barriers,
        "openings": draw_openings,
    }
)
