"""Files of a language that is written from right to left, turned round when they are complete: what stands at the left
stands at the right, paragraphs and tables begin there, and letters have the fonts for them. The libraries have no words
for most of this."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from pptx.presentation import Presentation as Deck

LEFTWARDS = re.compile("[\u0590-\u08ff]")
# has Arabic letters on every machine with Office
FONT = "Arial"
SWAPPED = {"l": "r", "r": "l"}
# what comes later than the element for right to left: in a paragraph, a table, a section, a run
PARAGRAPH = (
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
TABLE = (
    "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook "
    "tblCaption tblDescription"
)
SECTION = "rtlGutter docGrid printerSettings sectPrChange"
RUN = "cs em lang eastAsianLayout specVanish oMath"


def turn_deck(deck: Deck, language: str) -> None:
    """Turns all slides of a file for PowerPoint, and their notes. Time still runs from left to right: charts with bars
    that stand stay as they are."""
    for slide in deck.slides:
        for shape in slide.shapes:
            shape.left = deck.slide_width - shape.left - shape.width
            _turn_shape(shape)
        parts = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        parts += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
        for part in parts:
            _turn_paragraphs(part, language)


def _turn_shape(shape: Any) -> None:
    if shape.has_table:
        shape.table._tbl.tblPr.set("rtl", "1")
    # names at the right, bars from there to the left
    if shape.has_chart and shape.chart._chartSpace.xpath('.//c:barDir[@val="bar"]'):
        shape.chart.value_axis.reverse_order = True


def _turn_paragraphs(part: Any, language: str) -> None:
    """Paragraphs of slides, tables and labels of charts: `algn` is a side of the slide, not of the line."""
    for paragraph in part.xpath(".//a:p"):
        look = paragraph.get_or_add_pPr()
        look.set("rtl", "1")
        look.set("algn", SWAPPED.get(look.get("algn", "l"), look.get("algn", "r")))
    for run in part.xpath(".//a:rPr | .//a:defRPr | .//a:endParaRPr"):
        if run.tag.endswith("}rPr"):
            run.set("lang", language)
        if run.find("{*}latin") is not None and run.find("{*}cs") is None:
            font = run.makeelement(run.find("{*}latin").tag.replace("latin", "cs"), {"typeface": FONT})
            (run.find("{*}ea") if run.find("{*}ea") is not None else run.find("{*}latin")).addnext(font)


def turn_document(document: Document, language: str) -> None:
    """Turns a file for Word: what is aligned to the right there is aligned to the end of a line, and turns with it."""
    from docx.oxml.ns import qn

    styles = document.styles
    # of which all others are made
    _put(styles["Normal"].element.get_or_add_pPr(), "bidi", PARAGRAPH)
    for look in styles.element.xpath("./w:style/w:rPr"):
        _set_complex(look)
    for language_of in styles.element.xpath("./w:docDefaults//w:lang"):
        language_of.set(qn("w:bidi"), language)
    for section in document.sections:
        _put(section._sectPr, "bidi", SECTION)
    for part in (document, *(each for section in document.sections for each in (section.header, section.footer))):
        for table in part._element.xpath(".//w:tbl/w:tblPr"):
            _put(table, "bidiVisual", TABLE)
        for run in part._element.xpath(".//w:r[w:t]"):
            if LEFTWARDS.search(run.text):
                look = run.get_or_add_rPr()
                _set_complex(look)
                _put(look, "rtl", RUN)


def _put(place: Any, name: str, later: str) -> None:
    """Adds an element where the format wants it: before those of `later`."""
    from docx.oxml import OxmlElement

    place.insert_element_before(OxmlElement(f"w:{name}"), *(f"w:{each}" for each in later.split()))


def _set_complex(look: Any) -> None:
    """Font, weight, slant and size of letters that join, which the format has beside those of others."""
    from docx.oxml.ns import qn

    for fonts in look.xpath("./w:rFonts"):
        fonts.set(qn("w:cs"), FONT)
        # that of the template's theme would stand before it
        fonts.attrib.pop(qn("w:cstheme"), None)
    for name in ("b", "i", "sz"):
        for own in look.xpath(f"./w:{name}"):
            for old in look.xpath(f"./w:{name}Cs"):
                look.remove(old)
            own.addnext(own.makeelement(qn(f"w:{name}Cs"), dict(own.attrib)))
