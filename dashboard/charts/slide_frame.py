"""Places and writing on a slide: inches, points, the dashboard's colours by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.palette import light_colours

if TYPE_CHECKING:
    from pptx.slide import Slide

# 16:9, in inches, as PowerPoint's own wide slides
WIDTH, HEIGHT = 13.333, 7.5
# fonts that every machine with PowerPoint has, unlike those of the page
SERIF, SANS = "Georgia", "Calibri"
DOT_INDENT = "342900"


@dataclass(frozen=True)
class Frame:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """The same in the units of the file."""
        from pptx.util import Inches

        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    def place(self, shape: Any) -> None:
        """Puts a shape here."""
        shape.left, shape.top, shape.width, shape.height = self.emu()

    def text_box(self, slide: Slide) -> Any:
        """A new text box here."""
        return slide.shapes.add_textbox(*self.emu())

    def split(self, below: float) -> tuple[Frame, Frame]:
        """What is left above, and a strip at the foot of it, so many inches tall."""
        above = Frame(self.left, self.top, self.width, self.height - below)
        return above, Frame(self.left, self.top + self.height - below, self.width, below)

    def columns(self, count: int, *, gap: float = 0.3) -> list[Frame]:
        """Equal frames side by side."""
        width = (self.width - gap * (count - 1)) / count
        return [Frame(self.left + at * (width + gap), self.top, width, self.height) for at in range(count)]


BODY = Frame(0.6, 1.5, WIDTH - 1.2, HEIGHT - 1.5 - 1.0)


@dataclass(frozen=True)
class Writing:
    """How a text looks: points, a colour by its name."""

    size: float
    ink: str = "ink"
    is_serif: bool = False
    is_bold: bool = False
    is_centred: bool = False


def rgb(name: str) -> Any:
    """A colour of the style sheet by its name."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(light_colours()[name].upper())


def set_font(font: Any, writing: Writing) -> None:
    """Makes a font look like that."""
    from pptx.util import Pt

    font.size, font.bold, font.name = Pt(writing.size), writing.is_bold, SERIF if writing.is_serif else SANS
    font.color.rgb = rgb(writing.ink)


def put_text(shape: Any, paragraphs: Sequence[str], writing: Writing) -> None:
    """Paragraphs in a shape, from its top, wrapped at its width."""
    for paragraph, text in _paragraphs(shape, paragraphs, writing):
        _run(paragraph, text, writing)


def add_text(shape: Any, paragraphs: Sequence[str], writing: Writing) -> None:
    """More of them, below those that are there."""
    for text in paragraphs:
        _run(shape.text_frame.add_paragraph(), text, writing)


def put_strong(
    shape: Any, paragraphs: Sequence[str], writing: Writing, *, gap: float = 0, bullet: str | None = None
) -> None:
    """The same for texts with **strong** parts. `gap` are points after each paragraph, `bullet` is the colour of a dot
    before it."""
    from pptx.util import Pt

    strong = replace(writing, ink="accent", is_bold=True)
    for paragraph, text in _paragraphs(shape, paragraphs, writing):
        paragraph.space_after = Pt(gap)
        for at, part in enumerate(text.split("**")):
            if part:
                _run(paragraph, part, strong if at % 2 else writing)
        if bullet is not None:
            _dot(paragraph, bullet)


def _paragraphs(shape: Any, texts: Sequence[str], writing: Writing) -> Iterator[tuple[Any, str]]:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER if writing.is_centred else PP_ALIGN.LEFT
        yield paragraph, text


def _run(paragraph: Any, text: str, writing: Writing) -> None:
    run = paragraph.add_run()
    run.text = text
    set_font(run.font, writing)


def _dot(paragraph: Any, ink: str) -> None:
    """A dot before a paragraph, whose lines hang under each other; the library does not write these itself."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    look = paragraph._p.get_or_add_pPr()
    look.set("marL", DOT_INDENT)
    look.set("indent", f"-{DOT_INDENT}")
    look.append(parse_xml(f'<a:buClr {nsdecls("a")}><a:srgbClr val="{light_colours()[ink]}"/></a:buClr>'))
    look.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Arial"/>'))
    look.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
