"""From single times to the tables of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
MOST_RATIO, MOST_DRAG, MOST_FRAMES = 1.3, 300, 30_000
LABELS = {"dashboard": "dashboard", "static": "static page, same figures", "lean": "static page, pared down"}
VIEWS = {
    "": "default",
    "?basis=documented": "documented",
    "?map=links": "links",
    "?map=states": "states",
    "?sample=1": "sample",
}

Json = dict[str, Any]


def p95(values: Sequence[float]) -> float:
    """The value that 95 of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]


def stack(values: Sequence[float]) -> Json:
    """How many, median, p95 and the longest."""
    return {
        "n": len(values),
        "median": round(median(values), 1),
        "p95": round(p95(values), 1),
        "max": round(max(values), 1),
    }


def of(rows: Iterable[Json], key: str) -> list[float]:
    """One value of each row."""
    return [float(row[key]) for row in rows]


def line(one_round: Json) -> str:
    """A round in one line, to be read while the next one runs."""
    middles = {name: median(of(rows, "painted")) for name, rows in one_round["years"].items()}
    times = ", ".join(f"{name} {middle:.0f} ms" for name, middle in middles.items())
    return f"{times}; ratio {middles['dashboard'] / middles['static']:.2f}; load {one_round['load'][0]}"


def summary(measured: Json) -> Json:
    """The results file: medians, ratios inside each round, and every single time."""
    rounds = measured["rounds"]
    names = list(rounds[0]["years"])
    years = {}
    for name in names:
        rows = [row for each in rounds for row in each["years"][name]]
        years[name] = {
            "painted": stack(of(rows, "painted")),
            "done": stack(of(rows, "done")),
            "one_step": stack(of((row for row in rows if not row["far"]), "painted")),
            "jump": stack(of((row for row in rows if row["far"]), "painted")),
        }
    ratios = {
        name: {key: _ratios(rounds, name, key) for key in ("painted", "done")} for name in names if name != "dashboard"
    }
    drags = {name: [row for each in rounds for row in each["drags"][name]] for name in names}
    regions = [row for each in rounds for row in each["regions"]]
    loads = {name: [row for each in rounds for row in each["loads"][name]] for name in names}
    return {
        **{key: measured[key] for key in ("machine", "sizes", "refused", "frames", "outside")},
        "load_by_round": [each["load"] for each in rounds],
        "years": years,
        "ratios": ratios,
        "drag": {
            name: {**stack(of(rows, "painted")), "years_seen": median(of(rows, "years"))}
            for name, rows in drags.items()
        },
        "drag_lasted": round(median(of(drags["dashboard"], "lasted"))),
        "drag_events": drags["dashboard"][0]["events"],
        "year_requests": [each["requests"] for each in rounds],
        "regions": {
            "painted": stack(of(regions, "painted")),
            "requests": sorted({row["requests"] for row in regions}),
            "raw": stack(of(regions, "raw")),
            "gzip": stack(of(regions, "gzip")),
            "is_packed": any(row["packed"] for row in regions),
        },
        "loads": {
            name: {key: stack(of(rows, key)) for key in ("painted", "requests", "bytes", "unpacked")}
            for name, rows in loads.items()
        },
        "times": [
            {name: [round(row["painted"], 1) for row in rows] for name, rows in each["years"].items()}
            for each in rounds
        ],
    }


def _ratios(rounds: Sequence[Json], name: str, key: str) -> Json:
    """The dashboard's median over a page's, inside each round."""
    by_round = [median(of(each["years"]["dashboard"], key)) / median(of(each["years"][name], key)) for each in rounds]
    far = [p95(of(each["years"]["dashboard"], key)) / p95(of(each["years"][name], key)) for each in rounds]
    return {
        "by_round": [round(each, 2) for each in by_round],
        "median": round(median(by_round), 2),
        "p95_by_round": [round(each, 2) for each in far],
        "p95_median": round(median(far), 2),
    }


def markdown(results: Json) -> str:
    """The tables, with what holds and what does not."""
    parts = [
        _statements(results),
        _year_table(results),
        _ratio_table(results),
        _drag_table(results),
        _bytes_table(results),
        _load_table(results),
    ]
    return "\n\n".join(parts)


def _statements(results: Json) -> str:
    facts, ratio, drag = results["machine"], results["ratios"]["static"]["painted"], results["drag"]["dashboard"]
    regions, most = results["regions"], max(row["gzip"] for row in results["frames"])
    asked = sum(each["requests"] for each in results["year_requests"])
    changes = sum(each["changes"] for each in results["year_requests"])
    outside = len(results["outside"])
    rows = [
        (
            "a year change takes at most 1.3 × what the static page takes",
            f"{ratio['median']:.2f} × (rounds: {_listed(ratio['by_round'])})",
            ratio["median"] <= MOST_RATIO,
        ),
        (
            "a drag over all years ends within 300 ms of letting go",
            f"{drag['max']:.0f} ms at most, median {drag['median']:.0f}",
            drag["max"] <= MOST_DRAG,
        ),
        ("a year change asks for nothing", f"{asked} requests in {changes} changes", asked == 0),
        (
            "a change of region is one request",
            f"{_listed(regions['requests'])} in each of {regions['painted']['n']} changes",
            regions["requests"] == [1],
        ),
        ("no request to another host", f"{outside} in the whole run", outside == 0),
        ("first frames gzipped: at most 30 kB", f"{most / 1000:.1f} kB at most", most <= MOST_FRAMES),
    ]
    load = ", ".join(f"{before:.1f}" for before, _ in results["load_by_round"])
    head = (
        f"Measured {facts['date']} at `{facts['commit']}`: {facts['cores']} cores, {facts['system']}, {facts['browser']}; "
        f"load average when the rounds began: {load}.\n"
    )
    return "\n".join(
        [
            head,
            "| statement | measured | holds |",
            "|---|---|---|",
            *(f"| {what} | {found} | {'yes' if holds else '**no**'} |" for what, found, holds in rows),
        ]
    )


def _year_table(results: Json) -> str:
    rows = []
    for name, each in results["years"].items():
        painted, done = each["painted"], each["done"]
        rows.append(
            f"| {LABELS[name]} | {painted['n']} | {painted['median']:.0f} | {painted['p95']:.0f} | {each['one_step']['median']:.0f} | "
            f"{each['jump']['median']:.0f} | {done['median']:.0f} |"
        )
    head = "| year change, ms | changes | median | p95 | one year, median | further, median | until the drawing is right, median |"
    return "\n".join([head, "|---|---|---|---|---|---|---|", *rows])


def _ratio_table(results: Json) -> str:
    rows = [
        f"| dashboard / {LABELS[name]} | {_listed(each['painted']['by_round'])} | {each['painted']['median']:.2f} | "
        f"{_listed(each['painted']['p95_by_round'])} | {each['painted']['p95_median']:.2f} | {each['done']['median']:.2f} |"
        for name, each in results["ratios"].items()
    ]
    head = "| ratio inside a round | of medians | median | of p95 | median | until the drawing is right, median |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def _drag_table(results: Json) -> str:
    rows = [
        f"| {LABELS[name]} | {each['n']} | {each['median']:.0f} | {each['max']:.0f} |"
        for name, each in results["drag"].items()
    ]
    head = f"| drag of {results['drag_events']} moves in {results['drag_lasted'] / 1000:.1f} s; ms after letting go | drags | median | longest |"
    return "\n".join([head, "|---|---|---|---|", *rows])


def _bytes_table(results: Json) -> str:
    rows = [
        f"| first frames, {VIEWS[row['query']]} (`/{row['query']}`) | {row['raw']:,} | {row['gzip']:,} |"
        for row in results["frames"]
    ]
    regions = results["regions"]
    rows.append(
        f"| reply to a change of region, median | {regions['raw']['median']:,.0f} | {regions['gzip']['median']:,.0f} |"
    )
    note = f"A change of region, from the press to everything painted: median {regions['painted']['median']:.0f} ms, p95 {regions['painted']['p95']:.0f} ms."
    return "\n".join(["| bytes | raw | gzipped |", "|---|---|---|", *rows, "", note])


def _load_table(results: Json) -> str:
    rows = [
        f"| {LABELS[name]} | {each['painted']['median']:,.0f} | {each['requests']['median']:.0f} | {each['bytes']['median'] / 1000:,.0f} | {each['unpacked']['median'] / 1000:,.0f} |"
        for name, each in results["loads"].items()
    ]
    head = "| first load, empty cache (for information) | ms until everything is painted | requests | kB on the wire | kB unpacked |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def _listed(values: Iterable[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def put_into(page: Path, tables: str) -> None:
    """Replaces what stands between the marks of a page."""
    text = page.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")
