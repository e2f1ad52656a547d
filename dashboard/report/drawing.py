"""Drawings of the report: a few shapes and texts, written as SVG for the page and as PNG for Word.

Plotly draws in a browser alone (docs/decisions/0111-figures-of-the-report-drawn-here.md). What is drawn here is small,
stands still, and is the same on the page, in its PDF and in Word. Distances are points of print, from the top left;
colours are names of the style sheet's tokens, so that the page follows its theme and files are light.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.charts.palette import light_colours

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]
Ring = Sequence[Point]

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
START, MIDDLE, END = "start", "middle", "end"
OPPOSITE = {START: END, END: START}
# pixels a point, of a picture for print (216 dots an inch), and how much larger it is drawn first, to be smooth
PIXELS, SMOOTH = 3, 2
# stripes of what is uncertain: how far apart, how wide
STRIPE, STRIPE_WIDTH = 3.0, 0.7


@dataclass(frozen=True)
class Area:
    """A filled shape of one or more rings. `fill` and `edge` name colours, "" for none; `stripes` names that of
    diagonal stripes over it."""

    rings: Sequence[Ring]
    fill: str = ""
    edge: str = ""
    edge_width: float = 0.5
    stripes: str = ""


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: Sequence[Point]
    colour: str
    width: float = 0.75
    is_dashed: bool = False


@dataclass(frozen=True)
class Letters:
    """A text at its baseline. `halo` names the colour around its letters, "" for none."""

    text: str
    at: Point
    size: float = 8.0
    colour: str = "ink"
    anchor: str = START
    is_strong: bool = False
    halo: str = ""


Shape = Area | Line | Letters


@dataclass
class Drawing:
    """A figure of `size` in points, drawn in the order of its shapes."""

    size: Point
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Draws over what is there."""
        self.shapes += shapes

    def mirror(self, since: int = 0) -> None:
        """Mirrors the shapes from a position on: where one reads from right to left, names stand at the right."""
        self.shapes[since:] = [_mirrored(shape, self.size[0]) for shape in self.shapes[since:]]

    def box(self, left: float, top: float, width: float, height: float, **look: Any) -> None:
        """A rectangle."""
        right, bottom = left + width, top + height
        self.add(Area([[(left, top), (right, top), (right, bottom), (left, bottom)]], **look))


def _mirrored(shape: Shape, width: float) -> Shape:
    if isinstance(shape, Letters):
        return replace(shape, at=(width - shape.at[0], shape.at[1]), anchor=OPPOSITE.get(shape.anchor, shape.anchor))
    if isinstance(shape, Line):
        return replace(shape, points=[(width - x, y) for x, y in shape.points])
    return replace(shape, rings=[[(width - x, y) for x, y in ring] for ring in shape.rings])


# ---- SVG
def to_svg(drawing: Drawing, *, name: str, label: str) -> Markup:
    """The drawing as an element of a page. `name` is its own among the figures of a page, `label` what it shows."""
    wide, tall = drawing.size
    colours = {shape.stripes for shape in drawing.shapes if isinstance(shape, Area) and shape.stripes}
    patterns = Markup("").join(
        Markup(
            '<pattern id="{0}-{1}" width="{2}" height="{2}" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="{3}" height="{2}" fill="var(--{1})"/></pattern>'
        ).format(name, colour, STRIPE, STRIPE_WIDTH)
        for colour in sorted(colours)
    )
    body = Markup("\n").join(_SVG[type(shape)](shape, name) for shape in drawing.shapes)
    return Markup('<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-label="{}"><defs>{}</defs>{}</svg>').format(
        _n(wide), _n(tall), label, patterns, body
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _path(rings: Sequence[Ring]) -> str:
    return "".join("M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + "Z" for ring in rings)


def _colour(name: str) -> str:
    return f"var(--{name})" if name else "none"


def _area_svg(shape: Area, name: str) -> Markup:
    path = _path(shape.rings)
    drawn = Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="{}" fill-rule="evenodd"/>').format(
        path, _colour(shape.fill), _colour(shape.edge), _n(shape.edge_width if shape.edge else 0)
    )
    if shape.stripes:
        drawn += Markup('<path d="{}" fill="url(#{}-{})" fill-rule="evenodd"/>').format(path, name, shape.stripes)
    return drawn


def _line_svg(shape: Line, _name: str) -> Markup:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    dashes = Markup(' stroke-dasharray="3 2"') if shape.is_dashed else Markup("")
    return Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"{}/>').format(
        points, _colour(shape.colour), _n(shape.width), dashes
    )


def _letters_svg(shape: Letters, _name: str) -> Markup:
    halo = Markup(' stroke="{}" stroke-width="2.5" paint-order="stroke" stroke-linejoin="round"')
    return Markup('<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}"{}>{}</text>').format(
        _n(shape.at[0]),
        _n(shape.at[1]),
        _n(shape.size),
        600 if shape.is_strong else 400,
        _colour(shape.colour),
        shape.anchor,
        halo.format(_colour(shape.halo)) if shape.halo else "",
        shape.text,
    )


_SVG: dict[type, Any] = {Area: _area_svg, Line: _line_svg, Letters: _letters_svg}


# ---- PNG
def to_png(drawing: Drawing) -> bytes:
    """The drawing as a picture for print, in the light colours."""
    from PIL import Image, ImageDraw

    scale = PIXELS * SMOOTH
    size = (round(drawing.size[0] * scale), round(drawing.size[1] * scale))
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        if isinstance(shape, Area):
            _area_png(image, pen, shape, scale)
        elif isinstance(shape, Line):
            _line_png(pen, shape, scale)
        else:
            _letters_png(pen, shape, scale)
    small = image.resize((size[0] // SMOOTH, size[1] // SMOOTH), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    # 256 colours are more than a drawing has, and a third of the bytes
    small.quantize(256).save(file, "PNG", optimize=True, dpi=(PIXELS * 72, PIXELS * 72))
    return file.getvalue()


def _hex(name: str) -> str:
    return f"#{light_colours()[name]}"


def _area_png(image: Any, pen: ImageDraw, shape: Area, scale: float) -> None:
    from PIL import Image, ImageDraw

    rings = [[(x * scale, y * scale) for x, y in ring] for ring in shape.rings]
    for ring in rings:
        if shape.fill:
            pen.polygon(ring, fill=_hex(shape.fill))
    if shape.stripes:
        mask = Image.new("1", image.size)
        inside = ImageDraw.Draw(mask)
        for ring in rings:
            inside.polygon(ring, fill=1)
        box = mask.getbbox()
        if box is not None:
            part = mask.crop(box)
            stripes = Image.new("1", part.size)
            lines, step = ImageDraw.Draw(stripes), STRIPE * scale * 2**0.5
            at = -float(part.size[1])
            while at < part.size[0]:
                lines.line([(at, part.size[1]), (at + part.size[1], 0)], fill=1, width=round(STRIPE_WIDTH * scale))
                at += step
            from PIL import ImageChops

            image.paste(_hex(shape.stripes), box, ImageChops.logical_and(part, stripes))
    if shape.edge:
        for ring in rings:
            pen.line([*ring, ring[0]], fill=_hex(shape.edge), width=max(1, round(shape.edge_width * scale)))


def _line_png(pen: ImageDraw, shape: Line, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in shape.points]
    width = max(1, round(shape.width * scale))
    if not shape.is_dashed:
        pen.line(points, fill=_hex(shape.colour), width=width, joint="curve")
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at, dash, gap = 0.0, 3 * scale, 2 * scale
        while at < length:
            a, b = at / length, min(at + dash, length) / length
            ends = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in (a, b)]
            pen.line(ends, fill=_hex(shape.colour), width=width)
            at += dash + gap


def _letters_png(pen: ImageDraw, shape: Letters, scale: float) -> None:
    x, y = shape.at[0] * scale, shape.at[1] * scale
    runs = runs_of(shape.text)
    lengths = [_font(name, shape.is_strong, shape.size * scale).getlength(text) for text, name in runs]
    x -= {START: 0.0, MIDDLE: sum(lengths) / 2, END: sum(lengths)}[shape.anchor]
    for (text, name), length in zip(runs, lengths, strict=True):
        font = _font(name, shape.is_strong, shape.size * scale)
        if shape.halo:
            halo = _hex(shape.halo)
            pen.text(
                (x, y), text, font=font, anchor="ls", fill=halo, stroke_width=round(1.25 * scale), stroke_fill=halo
            )
        pen.text((x, y), text, font=font, anchor="ls", fill=_hex(shape.colour))
        x += length


# ---- letters
# what the fonts are cut to, a file each; all else is in that of Latin letters
PARTS = (("arabic", 0x600, 0x6FF), ("cyrillic", 0x400, 0x4FF), ("latin-ext", 0x100, 0x24F))
LATIN, DOTLESS = "latin", 0x131
# in a text from right to left: words, runs of letters and digits from left to right with what is between them, the rest
WORDS = re.compile(r"[\u0600-\u06ff]+|[+−-]?[^\W\u0600-\u06ff](?:[^\u0600-\u06ff()]*[^\W\u0600-\u06ff]%?)?|.")
LEFTWARDS = re.compile("[\u0600-\u06ff]")
# marks of direction, which no font draws; a digit of such a text stays with its sign
UNSEEN = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
TURNED = str.maketrans("()«»‹›[]", ")(»«›‹][")


def runs_of(text: str) -> list[tuple[str, str]]:
    """A text in pieces of one font, as they are drawn from left to right."""
    text = UNSEEN.sub("", text)
    if LEFTWARDS.search(text):
        words = WORDS.findall(text)
        return [run for word in reversed(words) for run in _runs(word if word[0].isalnum() else word.translate(TURNED))]
    return _runs(text)


def _runs(text: str) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for letter in text:
        name = _part_of(ord(letter))
        if runs and runs[-1][1] == name:
            runs[-1] = (runs[-1][0] + letter, name)
        else:
            runs.append((letter, name))
    return runs


def _part_of(letter: int) -> str:
    return next((name for name, first, last in PARTS if first <= letter <= last and letter != DOTLESS), LATIN)


def width_of(text: str, size: float, *, is_strong: bool = False) -> float:
    """How wide a text is, in points."""
    return float(sum(_font(name, is_strong, 100).getlength(part) for part, name in runs_of(text)) * size / 100)


@cache
def _font(name: str, is_strong: bool, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    family = "ibm-plex-sans-arabic-arabic" if name == "arabic" else f"ibm-plex-sans-{name}"
    file = FONTS / f"{family}-{600 if is_strong else 400}-normal.woff2"
    return ImageFont.truetype(str(file), size)
