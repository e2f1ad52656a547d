"""A story as PowerPoint: its slides as the stage shows them, in text boxes and native charts that a person can edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.slide_charts import Bars, paint
from dashboard.charts.slide_frame import HEIGHT, WIDTH, Frame, Writing, add_text, put_strong, put_text, rgb
from dashboard.exports.as_pptx import FOOT, chart_slide, cited, new_deck, new_slide, written
from dashboard.exports.rendered_slide import RenderedSlide
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pptx.slide import Slide

LEFT, WIDE = 0.67, WIDTH - 1.34
HEAD = Frame(LEFT, 0.42, WIDE, 1.1)
BODY = Frame(LEFT, 1.65, WIDE, HEIGHT - 1.65 - 0.85)
HEADLINE = Writing(size=34, is_serif=True, is_bold=True)
TEXT = Writing(size=24, ink="ink-2")
SQUARES_A_ROW = 10
LOOKS = {"dated": ("count", "filled"), "named": ("hatch", "hatched"), "open": ("ink-3", "outlined")}


def story_file(slides: Sequence[RenderedSlide], t: Catalog, *, pictures: Mapping[int, bytes] | None = None) -> bytes:
    """The whole file. `pictures` are PNGs that a browser made of slides (from 1); a map without one has bars of the
    same numbers, and says so."""
    deck = new_deck()
    for at, rendered in enumerate(slides, 1):
        slide = new_slide(deck)
        if rendered.bundle is not None:
            form = rendered.bundle.slide
            picture = (pictures or {}).get(at) if form.is_pictured_in_story else None
            said = t("talk.no_picture") if form.is_pictured else ""
            chart_slide(slide, rendered.bundle, picture, foot=rendered.foot, without_picture=said)
            continue
        KINDS[rendered.kind](slide, rendered, t)
        put_text(FOOT.text_box(slide), [rendered.foot], Writing(size=14, ink="ink-3"))
        notes = [rendered.notes, *cited(rendered.sources, t)] if rendered.sources else [rendered.notes]
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)
    return written(deck, t, [each.bundle for each in slides if each.bundle is not None])


def _title(slide: Slide, text: str, place: Frame = HEAD, writing: Writing = HEADLINE) -> None:
    title = slide.shapes.title
    place.place(title)
    put_text(title, [text.replace("**", "")], writing)


def _opening(slide: Slide, rendered: RenderedSlide, _t: Catalog) -> None:
    """A beginning or an end."""
    _bar(slide, Frame(LEFT, 2.1, 1.25, 0.09), "c3")
    _title(slide, rendered.headline, Frame(LEFT, 2.4, WIDE, 2.0), Writing(size=56, is_serif=True, is_bold=True))
    put_strong(Frame(LEFT, 4.5, WIDE, 1.2).text_box(slide), [rendered.words], Writing(size=26, ink="ink-2"))


def _sentence(slide: Slide, rendered: RenderedSlide, _t: Catalog) -> None:
    _title(slide, rendered.headline, Frame(LEFT, 1.5, WIDE, 0.9), Writing(size=32, ink="ink-2"))
    said = Writing(size=36, is_serif=True, is_bold=True)
    put_strong(Frame(LEFT, 2.6, WIDE - 0.3, 3.6).text_box(slide), [rendered.words], said)


def _list(slide: Slide, rendered: RenderedSlide, _t: Catalog) -> None:
    _title(slide, rendered.headline)
    box = BODY.text_box(slide)
    put_strong(box, [text for _, text in rendered.entries], replace(TEXT, size=26), gap=14, bullet="c3")


def _steps(slide: Slide, rendered: RenderedSlide, _t: Catalog) -> None:
    """A line of work a row: what, and what there is to do."""
    _title(slide, rendered.headline)
    tall = min(BODY.height / max(len(rendered.entries), 1), 1.25)
    for at, (term, text) in enumerate(rendered.entries):
        top = BODY.top + at * tall
        _bar(slide, Frame(LEFT, top, WIDE, 0.015), "line-2")
        put_text(Frame(LEFT, top + 0.16, 2.6, 0.6).text_box(slide), [term], _serif(24))
        put_strong(Frame(LEFT + 2.7, top + 0.16, WIDE - 2.7, tall - 0.2).text_box(slide), [text], TEXT)


def _dates(slide: Slide, rendered: RenderedSlide, _t: Catalog) -> None:
    """Milestones in two columns, each after its year."""
    _title(slide, rendered.headline)
    rows = -(-len(rendered.entries) // 2)
    tall = min(BODY.height / max(rows, 1), 1.0)
    columns = BODY.columns(2, gap=0.6)
    for at, (year, text) in enumerate(rendered.entries):
        place, top = columns[at // rows], BODY.top + (at % rows) * tall
        _bar(slide, Frame(place.left, top, place.width, 0.015), "line-2")
        put_text(Frame(place.left, top + 0.1, 1.15, 0.5).text_box(slide), [year], _serif(26, ink="count"))
        put_text(Frame(place.left + 1.15, top + 0.13, place.width - 1.15, tall - 0.15).text_box(slide), [text], TEXT)


def _pairs(slide: Slide, rendered: RenderedSlide, t: Catalog) -> None:
    """The partners of one community, side by side; a sentence where the filters leave none."""
    _title(slide, rendered.headline)
    lower = Frame(BODY.left, 2.6, BODY.width, 3.6)
    if not rendered.entries:
        put_text(lower.text_box(slide), [t("talk.no_pairs")], TEXT)
        return
    for (term, text), place in zip(rendered.entries, lower.columns(len(rendered.entries), gap=0.45), strict=True):
        _bar(slide, Frame(place.left, place.top, place.width, 0.08), "c3")
        box = Frame(place.left, place.top + 0.2, place.width, place.height - 0.2).text_box(slide)
        put_text(box, [term], _serif(38))
        add_text(box, [text], TEXT)


def _number(slide: Slide, rendered: RenderedSlide, t: Catalog) -> None:
    """One number, what it counts, and a square for each partnership."""
    left = Frame(LEFT, 0.9, 7.0, 3.1)
    put_text(left.text_box(slide), [rendered.number], Writing(size=190, ink="c4", is_serif=True, is_bold=True))
    _title(slide, rendered.headline, Frame(LEFT, 4.35, 7.0, 1.9), Writing(size=36, is_serif=True, is_bold=True))
    kinds = [name for name in LOOKS for _ in range(rendered.squares.get(name, 0))]
    rows = -(-len(kinds) // SQUARES_A_ROW)
    step = min(4.6 / SQUARES_A_ROW, 4.1 / max(rows, 1))
    drawn = [
        _square(slide, name, Frame(8.0 + at % SQUARES_A_ROW * step, 0.75 + at // SQUARES_A_ROW * step, step, step))
        for at, name in enumerate(kinds)
    ]
    if drawn:
        together = slide.shapes.add_group_shape(drawn)
        counted = [
            t("stage.counted", count=rendered.squares[name], kind=t(f"stage.key.{name}"))
            for name in LOOKS
            if name in rendered.squares
        ]
        together._element.nvGrpSpPr.cNvPr.set("descr", t.series(counted))
        for at, (name, said) in enumerate(zip(LOOKS, counted, strict=True)):
            top = 5.05 + at * 0.44
            _square(slide, name, Frame(8.0, top + 0.08, 0.3, 0.3))
            put_text(Frame(8.4, top, 4.5, 0.4).text_box(slide), [said], Writing(size=18, ink="ink-2"))


def _square(slide: Slide, name: str, place: Frame) -> Any:
    """One partnership: filled, hatched or outlined, as everywhere."""
    ink, look = LOOKS[name]
    gap = place.width * 0.14
    shape = _bar(slide, Frame(place.left, place.top, place.width - gap, place.height - gap), ink)
    paint(shape, Bars(name, (), ink, look))
    return shape


def _bar(slide: Slide, place: Frame, ink: str) -> Any:
    """A rectangle without an edge."""
    from pptx.enum.shapes import MSO_SHAPE

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu())
    shape.shadow.inherit = False
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(ink)
    shape.line.fill.background()
    return shape


def _serif(size: float, ink: str = "ink") -> Writing:
    return Writing(size=size, ink=ink, is_serif=True, is_bold=True)


KINDS: Mapping[str, Callable[[Slide, RenderedSlide, Catalog], None]] = {
    "title": _opening,
    "words": _sentence,
    "list": _list,
    "steps": _steps,
    "milestones": _dates,
    "pairs": _pairs,
    "number": _number,
}
