"""PowerPoint: one slide a chart of a view, 16:9, with charts that a person can edit."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.bundle import Bundle
from dashboard.charts.slide_charts import letters
from dashboard.charts.slide_frame import BODY, HEIGHT, WIDTH, Frame, Writing, put_text
from dashboard.exports.leftwards import turn_deck
from dashboard.exports.package import packed_deck
from dashboard.metrics.sources import Source
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

TITLE_ONLY = 5
TITLE = Frame(0.6, 0.35, WIDTH - 1.2, 1.05)
NOTE = Frame(0.6, HEIGHT - 0.92, WIDTH - 1.2, 0.3)
FOOT = Frame(0.6, HEIGHT - 0.55, WIDTH - 1.2, 0.3)
# letters that fit two lines of a title, and one of a note
LONG_TITLE, LONG_NOTE = 84, 150
STAMP = Frame(WIDTH / 2 - 3, HEIGHT / 2 - 0.7, 6, 1.4)


def pptx_file(bundles: Sequence[Bundle], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The whole file. `pictures` are PNGs of charts, by chart: those are shown as pictures; all others are native
    charts or tables of the same numbers."""
    deck = new_deck()
    for bundle in bundles:
        chart_slide(new_slide(deck), bundle, (pictures or {}).get(bundle.chart))
    return written(deck, bundles[0].t, bundles) if bundles else written(deck)


def new_deck() -> Deck:
    """An empty file of 16:9."""
    from pptx import Presentation

    deck = Presentation()
    _widen(deck)
    return deck


def new_slide(deck: Deck) -> Slide:
    """One more slide, with nothing but the place of its title."""
    return deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])


def written(deck: Deck, t: Catalog | None = None, bundles: Sequence[Bundle] = ()) -> bytes:
    """The file, which says whose it is and that answers are invented."""
    if t is not None:
        deck.core_properties.title = t("app.name")
        deck.core_properties.author = t("app.organisation")
        # once for the file, not once a chart: PowerPoint has room for 255 letters here
        deck.core_properties.comments = t("sample.source") if any(each.is_sample for each in bundles) else ""
        if t.is_from_right:
            turn_deck(deck, t.language)
    return packed_deck(deck)


def chart_slide(
    slide: Slide, bundle: Bundle, picture: bytes | None, *, foot: str = "", without_picture: str = ""
) -> None:
    """One chart with its words. `foot` is the line at its foot where it is not the usual one; `without_picture` is
    said in place of the card's note where that one is not true of what is drawn."""
    t = bundle.t
    title = slide.shapes.title
    TITLE.place(title)
    size = 28 if len(bundle.headline) <= LONG_TITLE else 22
    put_text(title, [bundle.headline], Writing(size=size, ink="ink", is_serif=True, is_bold=True))
    for shape in [_put_picture(slide, picture, BODY)] if picture else bundle.slide.draw(slide, bundle, BODY):
        describe(shape, bundle.description)
    if bundle.is_sample:
        stamp = STAMP.text_box(slide)
        put_text(stamp, [t("sample.stamp")], Writing(size=80, ink="sample-edge", is_bold=True, is_centred=True))
        _fade(stamp)
        stamp.rotation = -14
    note = bundle.note if picture or bundle.slide.has_card_note else without_picture
    writing = Writing(size=letters(bundle), ink="ink-3")
    # a long note takes two lines: it is put a little higher and set smaller, so as not to run into the foot below it
    is_long = len(note) > LONG_NOTE
    place = Frame(NOTE.left, NOTE.top - (0.18 if is_long else 0), NOTE.width, NOTE.height)
    put_text(place.text_box(slide), [note], replace(writing, size=writing.size - 1) if is_long else writing)
    foot = foot or t("files.foot", source=bundle.source_line, basis=bundle.basis, who=t("app.organisation"))
    put_text(FOOT.text_box(slide), [foot], writing)
    slide.notes_slide.notes_text_frame.text = _notes(bundle)


def _notes(bundle: Bundle) -> str:
    """What a presenter may be asked: the description, how it is counted, every source."""
    lines = [*([bundle.notes, ""] if bundle.notes else []), bundle.description, ""]
    lines += [bundle.t("files.filter", name=name, value=text) for name, text in bundle.about[2:]]
    lines += bundle.slide.notes(bundle.view, bundle.year)
    return "\n".join([*lines, *cited(bundle.sources, bundle.t)])


def cited(sources: Sequence[Source], t: Catalog) -> list[str]:
    """The sources as lines of notes."""
    return ["", t("files.sheet.sources"), *(f"{each.title} {each.address}".strip() for each in sources)]


def describe(shape: Any, text: str) -> None:
    """The alternative text of a shape, for who does not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", text)


def _widen(deck: Deck) -> None:
    """The library's own template is 4:3: its masters and layouts are stretched with the slide, so that a slide added
    by hand in PowerPoint fits too."""
    from pptx.util import Inches

    wide, tall = Inches(WIDTH) / deck.slide_width, Inches(HEIGHT) / deck.slide_height
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for place in [deck.slide_master, *deck.slide_layouts]:
        for shape in place.shapes:
            # a shape without this element has no place of its own, but that of the master, which is scaled already
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = int(shape.left * wide), int(shape.width * wide)
                shape.top, shape.height = int(shape.top * tall), int(shape.height * tall)


def _put_picture(slide: Slide, png: bytes, frame: Frame) -> Any:
    """A picture as large as the frame takes, in its middle."""
    shape = slide.shapes.add_picture(io.BytesIO(png), 0, 0)
    left, top, width, height = frame.emu()
    scale = min(width / shape.width, height / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.left, shape.top = left + (width - shape.width) // 2, top + (height - shape.height) // 2
    return shape


def _fade(shape: Any) -> None:
    """Lets what is under a text show through."""
    from pptx.oxml.ns import qn

    for colour in shape._element.xpath(".//a:srgbClr"):
        alpha = colour.makeelement(qn("a:alpha"), {"val": "18000"})
        colour.append(alpha)
