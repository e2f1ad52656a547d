"""Places and writing on a slide: inches, points, the dashboard's colours by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.exports.colours import light_colours

if TYPE_CHECKING:
    from pptx.slide import Slide

# 16:9, in inches, as PowerPoint's own wide slides
WIDTH, HEIGHT = 13.333, 7.5
# on every machine that opens slides, unlike the fonts of the page
SERIF, SANS = "Georgia", "Calibri"


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
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    for at, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER if writing.is_centred else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        set_font(run.font, writing)
