"""The picture of docs/scale.md: small charts side by side, each of one cost over the number of rows."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE, TALL, GAP = 300, 220, 24
LEFT, RIGHT, TOP, BOTTOM = 40, 20, 48, 34
INK, SOFT, LINE, GROUND = "#15201F", "#46524F", "#DDE0DB", "#FFFFFF"
LOOKS = ("#0A5855", "#B4430F")
Found = Sequence[Mapping[str, float]]


@dataclass(frozen=True)
class Panel:
    """One chart: what it says, and its lines by their names."""

    title: str
    lines: Mapping[str, str]


PANELS = (
    Panel("Seconds to start", {"fill_s": "the first", "start_s": "later ones"}),
    Panel("MB of memory", {"most_mb": "while starting", "now_mb": "after answers"}),
    Panel("kB of an answer", {"answer_kb": "as it is", "packed_kb": "gzipped"}),
    Panel("ms of an answer not asked before", {"answer_ms": ""}),
    Panel("ms of a change on the screen", {"region_ms": "region", "year_ms": "year"}),
)


def picture(found: Found) -> str:
    """SVG: rows on a logarithmic axis, costs on plain ones from 0, so that what does not grow is seen to lie flat."""
    columns = 3
    rows = -(-len(PANELS) // columns)
    wide, tall = columns * (WIDE + GAP) + GAP, rows * (TALL + GAP) + GAP
    panels = [
        f'<g transform="translate({GAP + at % columns * (WIDE + GAP)},{GAP + at // columns * (TALL + GAP)})">'
        f"{_panel(panel, found)}</g>"
        for at, panel in enumerate(PANELS)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        f'role="img" aria-label="How cost grows with rows" font-size="11" '
        f'font-family="IBM Plex Sans, system-ui, sans-serif">'
        f'<rect width="{wide}" height="{tall}" fill="{GROUND}"/>{"".join(panels)}</svg>\n'
    )


def _panel(panel: Panel, found: Found) -> str:
    counts = [each["rows"] for each in found]
    low, high = math.log10(min(counts)), math.log10(max(counts))
    step, most = _steps(max(each[name] for each in found for name in panel.lines))

    def x(count: float) -> float:
        part = (math.log10(count) - low) / (high - low or 1)
        return round(LEFT + part * (WIDE - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        return round(TALL - BOTTOM - value / most * (TALL - TOP - BOTTOM), 1)

    parts = [_text(0, 16, panel.title, size=14, ink=INK, weight=600)]
    value = 0.0
    while value <= most * 1.001:
        parts.append(f'<path d="M{LEFT},{y(value)}H{WIDE - RIGHT}" stroke="{LINE}"/>')
        parts.append(_text(LEFT - 6, y(value) + 4, f"{value:,g}", anchor="end"))
        value += step
    parts += [_text(x(count), TALL - BOTTOM + 18, _short(count), anchor="middle") for count in counts]
    for at, (name, label) in enumerate(panel.lines.items()):
        points = [(x(each["rows"]), y(each[name])) for each in found]
        path = "L".join(f"{left},{top}" for left, top in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{LOOKS[at]}" stroke-width="2"/>')
        parts += [f'<circle cx="{left}" cy="{top}" r="3" fill="{LOOKS[at]}"/>' for left, top in points]
        if label:
            parts.append(_text(LEFT + at * 90, 36, f"● {label}", ink=LOOKS[at], weight=600))
    return "".join(parts)


def _steps(most: float) -> tuple[float, float]:
    """The step of an axis from 0, some four of them, and its end."""
    rough = most / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    return step, step * math.ceil(most / step)


def _short(count: float) -> str:
    return f"{count / 1e6:g} M" if count >= 1e6 else f"{count / 1e3:g} k" if count >= 1e3 else f"{count:g}"


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", size: int = 11, ink: str = SOFT, weight: int = 400
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{ink}">'
        f"{html.escape(text)}</text>"
    )
