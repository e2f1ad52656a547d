"""The report as a Word file: styles, headings that make a contents list, native tables whose heads repeat, figures as
pictures with alternative text. The library is imported by the functions that need it."""

from __future__ import annotations

import io
import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.charts.palette import light_colours
from dashboard.exports.leftwards import turn_document
from dashboard.report.drawing import to_png
from dashboard.report.model import (
    Block,
    FigureBlock,
    Heading,
    Paragraph,
    Points,
    Report,
    Section,
    TableBlock,
    Terms,
    Written,
    address_text,
    groups_of,
    is_alone,
    notes_text,
    numbers_of,
)
from dashboard.report.words import parse_markdown
from dashboard.strings import Catalog

if TYPE_CHECKING:
    from docx.document import Document
    from markdown_it.token import Token

# fonts that Word has everywhere, nearest to the serif and the sans of the page
SERIF, SANS = "Georgia", "Calibri"
# inches, by the name of the paper; "" is Letter
PAGES = {"": (8.5, 11.0), "letter": (8.5, 11.0), "a4": (8.27, 11.69)}
KEPT = 4
# styles: font, size, ink, whether it is bold; space before and after, where it is not the template's; all in points
LOOKS: Mapping[str, tuple[str, float, str, bool, tuple[float, float] | None]] = {
    "Normal": (SANS, 10.5, "ink", False, (0, 6)),
    "Title": (SERIF, 30, "ink", True, None),
    "Subtitle": (SERIF, 16, "ink-2", True, None),
    "Heading 1": (SERIF, 20, "ink", True, (24, 8)),
    "Heading 2": (SANS, 12.5, "ink", True, (14, 4)),
    "Heading 3": (SANS, 11, "ink", True, None),
    "Caption": (SANS, 9, "ink-2", True, (6, 4)),
    "List Bullet": (SANS, 10.5, "ink", False, None),
    "List Number": (SANS, 10.5, "ink", False, None),
    "Report Lead": (SERIF, 13, "ink", True, (0, 8)),
    "Report Note": (SANS, 9, "ink-3", False, None),
    "Report Cell": (SANS, 9, "ink", False, (1.5, 1.5)),
    "Report Contents": (SANS, 11, "ink", False, None),
}
# those that are ours and not the template's
OWN = "Report "
# of the form of two pages: size, space before and after
SHORT_LOOKS = {
    "Normal": (9.5, 0, 3),
    "Title": (20, 0, 2),
    "Heading 1": (12.5, 7, 2),
    "Report Lead": (10, 0, 2),
    "Report Note": (7.5, 0, 1),
    "Report Cell": (8, 0.5, 0.5),
    "Caption": (8, 2, 2),
    "List Bullet": (9.5, 0, 1),
}
# what XML cannot hold; a text of the data may have it
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@lru_cache(maxsize=KEPT)
def docx_file(report: Report, t: Catalog, paper: str = "") -> bytes:
    """The whole file, on one of the papers of `PAGES`. The last ones are kept: one takes seconds, and a link to it is
    sent on."""
    return _Writer(report, t, paper).file()


class _Writer:
    """Writes one report. Its parts are methods because all of them add to the same document."""

    def __init__(self, report: Report, t: Catalog, paper: str) -> None:
        from docx import Document

        self.report, self.t = report, t
        # inches
        self.size, self.margin = PAGES[paper], 0.75 if report.is_short else 1.0
        self.width = self.size[0] - 2 * self.margin
        self.document: Document = Document()
        self.numbers = numbers_of(report)
        self.style_ids: dict[str, str | None] = {}

    def file(self) -> bytes:
        """Everything in its order."""
        report, t = self.report, self.t
        self.set_styles()
        self.set_page()
        core = self.document.core_properties
        core.title, core.author = _plain(f"{report.title}: {report.of}"), report.organisation
        core.subject = t("report.kind")
        core.language = t.language
        core.comments = t("sample.source") if report.is_sample else ""
        core.keywords = _plain(report.approval or t("report.draft"))
        if report.is_short:
            self.head()
        else:
            self.cover()
            self.contents()
        for section in report.sections:
            self.section(section)
        if report.is_short:
            self.left_out()
        self.sources()
        if t.is_from_right:
            turn_document(self.document, t.language)
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    # ---- styles and page
    def set_styles(self) -> None:
        """The serif for headings, the sans for the rest; colours of the page."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        for name, (font, size, ink, is_bold, space) in LOOKS.items():
            if name.startswith(OWN):
                style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
                style.base_style = styles["Normal"]
            else:
                style = styles[name]
                style.font.italic = False
                # the library's own template sets titles apart
                for spacing in style.element.xpath("./w:rPr/w:spacing"):
                    spacing.getparent().remove(spacing)
            _set_font(style, font, size, ink, is_bold=is_bold)
            if space is not None:
                style.paragraph_format.space_before, style.paragraph_format.space_after = map(Pt, space)
        if self.report.is_short:
            for name, (size, *space_of_short) in SHORT_LOOKS.items():
                style = styles[name]
                style.font.size = Pt(size)
                style.paragraph_format.space_before, style.paragraph_format.space_after = map(Pt, space_of_short)
        styles["Report Lead"].paragraph_format.keep_with_next = True
        default = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self.style_ids = {style.name: None if style == default else style.style_id for style in styles}
        # the library's own template draws a line under titles
        for border in styles["Title"].element.xpath("./w:pPr/w:pBdr"):
            border.getparent().remove(border)

    def set_page(self) -> None:
        """The paper, with a running head and numbers of pages on all but a cover."""
        from docx.shared import Inches

        section = self.document.sections[0]
        section.page_width, section.page_height = Inches(self.size[0]), Inches(self.size[1])
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(self.margin)
        section.different_first_page_header_footer = not self.report.is_short
        marks = [*[self.t("sample.stamp")] * self.report.is_sample, self.report.stamp]
        head = section.header.paragraphs[0]
        self.dress(head, "Report Note")
        head.text = _plain(self.t.beside([self.report.running_head, *marks]))
        foot = section.footer.paragraphs[0]
        self.dress(foot, "Report Note")
        foot.alignment = _alignment("RIGHT")
        _add_field(foot, "PAGE", "1")
        foot.add_run(" / ")
        _add_field(foot, "NUMPAGES", "1")

    # ---- parts
    def head(self) -> None:
        """The same as on a cover, in few lines."""
        report, t = self.report, self.t
        self.paragraph(report.organisation, "Report Note")
        self.paragraph(report.title, "Subtitle").runs[0].font.size = _points(11)
        self.paragraph(report.of, "Title").paragraph_format.space_after = _points(2)
        self.marks()
        stamps = [t("grammar.labelled", label=label, text=text) for label, text in report.stamps]
        self.paragraph(t.beside(stamps), "Report Note")
        self.paragraph(t("report.stamp.made_of"), "Report Note")

    def marks(self) -> None:
        """Whether it is a draft, who approved it, and whether it is a sample."""
        report, t = self.report, self.t
        if report.is_draft:
            _ink(self.paragraph(t("report.draft"), "Normal"), "accent")
        if report.approval:
            self.paragraph(report.approval, "Normal").runs[0].bold = True
        if report.is_sample:
            _ink(self.paragraph(t("report.sample"), "Normal"), "sample-edge")

    def cover(self) -> None:
        """What it is, of what, whether it is a draft or a sample, and where it comes from."""
        report, t = self.report, self.t
        self.paragraph(report.organisation, "Report Note")
        space = self.paragraph("", "Normal")
        space.paragraph_format.space_before = _points(130)
        self.paragraph(report.title, "Title")
        self.paragraph(report.of, "Subtitle")
        self.marks()
        self.paragraph("", "Normal").paragraph_format.space_before = _points(60)
        self.grid([list(pair) for pair in report.stamps], widths=(1.6, self.width - 1.6), strong=(0,))
        self.paragraph(t("report.stamp.made_of"), "Report Note")
        self.document.add_page_break()

    def contents(self) -> None:
        """A contents list that Word makes of the headings; until then the names of the sections stand there."""
        report, t = self.report, self.t
        # no heading, which would name itself in the list
        title = self.paragraph(t("report.contents"), "Report Lead")
        title.runs[0].font.size = _points(20)
        names = [*(section.heading for section in report.sections), t("report.section.sources")]
        first = self.paragraph("", "Report Contents")
        _begin_field(first, 'TOC \\o "1-1" \\h \\z \\u')
        last = first
        for at, name in enumerate(names):
            last = first if at == 0 else self.paragraph("", "Report Contents")
            last.add_run(_plain(name))
        _end_field(last)
        self.left_out()
        self.document.add_page_break()

    def left_out(self) -> None:
        """What is not in this report, and why."""
        if self.report.left_out:
            self.paragraph(self.t("report.left_out"), "Report Lead")
        for title, why in self.report.left_out:
            self.paragraph(self.t("report.left_out_line", title=title, why=why), "List Bullet")

    def section(self, section: Section) -> None:
        """One section."""
        self.paragraph(section.heading, "Heading 1")
        for block in section.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """One block."""
        if isinstance(block, Paragraph):
            style = "Report Lead" if block.is_lead else "Report Note" if block.is_note else "Normal"
            self.paragraph(block.text, style, block.notes)
        elif isinstance(block, Heading):
            self.paragraph(block.text, "Heading 2")
        elif isinstance(block, Points):
            for at, (text, notes) in enumerate(block.items, 1):
                # numbers are written: Word would go on counting from one list to the next
                said = f"{at}  {text}" if block.is_numbered else text
                self.paragraph(said, "Normal" if block.is_numbered else "List Bullet", notes)
        elif isinstance(block, Terms):
            self.grid([list(item) for item in block.items], widths=(1.6, self.width - 1.6), strong=(0,))
        elif isinstance(block, TableBlock):
            self.table(block)
        elif isinstance(block, FigureBlock):
            self.figure(block)
        else:
            self.written(block)

    def dress(self, paragraph: Any, style: str) -> Any:
        """Gives a paragraph a style. To set it by name, the library looks through all styles, twice, for each of some
        thousand cells: half the time of a file."""
        paragraph._p.style = self.style_ids[style]
        return paragraph

    def paragraph(self, text: str, style: str, notes: Sequence[int] = ()) -> Any:
        """A paragraph with the numbers of its notes."""
        made = self.dress(self.document.add_paragraph(_plain(text)), style)
        if notes:
            _add_notes(made, notes)
        return made

    def figure(self, block: FigureBlock) -> None:
        """A picture with its alternative text, and its caption, which stays with it."""
        from docx.shared import Inches

        holder = self.document.add_paragraph()
        holder.paragraph_format.keep_with_next = True
        shape = holder.add_run().add_picture(io.BytesIO(to_png(block.drawing)), width=Inches(self.width))
        shape._inline.docPr.set("descr", _plain(block.description))
        caption = self.t("report.figure", number=self.numbers[id(block)], caption=block.caption)
        self.paragraph(self.marked(caption, block.is_sample), "Caption", block.notes)
        if block.written:
            self.written(block.written)

    def marked(self, text: str, is_sample: bool) -> str:
        """A caption that says SAMPLE where answers are invented."""
        return self.t("sample.headline", headline=text) if is_sample else text

    def table(self, block: TableBlock) -> None:
        """A native table under its caption: its head is repeated on each page, no row is cut."""
        caption = self.marked(
            self.t("report.table", number=self.numbers[id(block)], caption=block.caption), block.is_sample
        )
        self.paragraph(caption, "Caption", block.notes).paragraph_format.keep_with_next = True
        columns = block.columns
        head = [*columns, *([self.t("report.notes_column")] if block.notes_of else [])]
        rows: list[list[str]] = [head]
        groups: list[int] = []
        wide: dict[int, int] = {}
        for title, of_group in groups_of(block):
            if title:
                groups.append(len(rows))
                wide[len(rows)] = len(head)
                rows.append([title, *[""] * (len(head) - 1)])
            for cells, notes in of_group:
                if is_alone(block, cells):
                    wide[len(rows)] = len(columns)
                rows.append([*(cells[name] for name in columns), *([notes_text(notes)] if block.notes_of else [])])
        right = {at for at, name in enumerate(columns) if name in block.numbers}
        if block.notes_of:
            right.add(len(head) - 1)
        widths = _widths(rows, wide, self.width)
        made = self.grid(rows, right=right, groups=groups, wide=wide, has_head=True, widths=widths)
        for name in ("tblCaption", "tblDescription"):
            _set_table_text(made, name, caption)

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float],
        right: set[int] = frozenset(),  # type: ignore[assignment]
        groups: Sequence[int] = (),
        wide: Mapping[int, int] = MappingProxyType({}),
        strong: Sequence[int] = (),
        has_head: bool = False,
    ) -> Any:
        """A table with thin lines under its rows. `groups` are rows in bold, `wide` those whose first cell is as wide
        as so many columns; `strong` columns in bold."""
        from docx.shared import Inches

        made = self.document.add_table(len(rows), len(rows[0]))
        made.autofit = False
        _line_rows(made)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Inches(width)
        cells, count = made._cells, len(rows[0])
        for at, row in enumerate(rows):
            is_strong = at in groups or (has_head and at == 0)
            for column, text in enumerate(row):
                cell = cells[at * count + column]
                cell.width = Inches(widths[column])
                place = cell.paragraphs[0]
                self.dress(place, "Report Cell")
                run = place.add_run(_plain(text))
                run.bold = is_strong or column in strong
                if column in right:
                    place.alignment = _alignment("RIGHT")
                if is_strong:
                    place.paragraph_format.keep_with_next = True
            if at in wide:
                merged = cells[at * count].merge(cells[at * count + wide[at] - 1])
                # of the cells that it is made of, each leaves an empty line
                for blank in merged.paragraphs[1:]:
                    blank._p.getparent().remove(blank._p)
        for at, line in enumerate(made._tbl.tr_lst):
            _set_row(line, is_head=has_head and at == 0)
        self.paragraph("", "Report Cell")
        return made

    def written(self, block: Written) -> None:
        """Words of people."""
        lists: list[str] = []
        tokens = parse_markdown(block.markdown)
        style, rows = "Normal", list[list[str]]()
        for token in tokens:
            if token.type in {"bullet_list_open", "ordered_list_open"}:
                lists.append("List Bullet" if token.type.startswith("bullet") else "List Number")
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "heading_open":
                style = "Heading 2" if token.tag == "h3" else "Heading 3"
            elif token.type == "paragraph_open":
                style = lists[-1] if lists else "Normal"
            elif token.type == "tr_open":
                rows.append([])
            elif token.type == "inline" and rows:
                rows[-1].append(token.content)
            elif token.type == "inline":
                _add_inline(self.dress(self.document.add_paragraph(), style), token)
            elif token.type in {"fence", "code_block"}:
                self.paragraph(token.content, "Normal")
            elif token.type == "table_close":
                self.grid(rows, has_head=True, widths=_widths(rows, (), self.width))
                rows = []
        if block.by:
            self.paragraph(self.t("report.signed", by=block.by), "Normal").runs[0].bold = True

    def sources(self) -> None:
        """All sources by their numbers."""
        self.paragraph(self.t("report.section.sources"), "Heading 1")
        self.paragraph(self.t("report.sources_of", date=self.report.stamps[0][1]), "Report Note")
        for at, source in enumerate(self.report.sources, 1):
            made = self.paragraph(
                f"{at}  {source.title} {address_text(self.report, source.address)}".rstrip(), "Report Note"
            )
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = _points(22), _points(-22)


# ---- what the library has no words for
def _plain(text: str) -> str:
    """A text without what XML cannot hold."""
    return CONTROL.sub("", text)


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)


def _alignment(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return WD_ALIGN_PARAGRAPH[name]


def _set_font(style: Any, font: str, size: float, ink: str, *, is_bold: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = font, Pt(size), is_bold
    style.font.color.rgb = RGBColor.from_string(light_colours()[ink].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # names of the template's theme would stand before those set here
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), font)


def _ink(paragraph: Any, ink: str) -> None:
    from docx.shared import RGBColor

    for run in paragraph.runs:
        run.font.color.rgb, run.bold = RGBColor.from_string(light_colours()[ink].upper()), True


def _add_notes(paragraph: Any, notes: Sequence[int]) -> None:
    run = paragraph.add_run(f" [{notes_text(notes)}]")
    run.font.superscript = True


def _add_inline(paragraph: Any, token: Token) -> None:
    """The letters of a line of Markdown, strong and slanted where it says so; a link shows where it leads."""
    is_bold = is_italic = False
    address = ""
    for each in token.children or ():
        if each.type in {"strong_open", "strong_close"}:
            is_bold = each.type == "strong_open"
        elif each.type in {"em_open", "em_close"}:
            is_italic = each.type == "em_open"
        elif each.type == "link_open":
            address = str(each.attrGet("href") or "")
        elif each.type == "link_close":
            paragraph.add_run(_plain(f" ({address})"))
        else:
            run = paragraph.add_run(" " if each.type in {"softbreak", "hardbreak"} else _plain(each.content))
            run.bold, run.italic = is_bold, is_italic


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _begin_field(paragraph: Any, instruction: str) -> None:
    """A field that Word fills; what follows stands there until then."""
    run = paragraph.add_run()
    run._r.append(_element("fldChar", fldCharType="begin", dirty="true"))
    text = _element("instrText")
    text.text = instruction
    run._r.append(text)
    run._r.append(_element("fldChar", fldCharType="separate"))


def _end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(_element("fldChar", fldCharType="end"))


def _add_field(paragraph: Any, instruction: str, text: str) -> None:
    _begin_field(paragraph, instruction)
    paragraph.add_run(text)
    _end_field(paragraph)


def _line_rows(table: Any) -> None:
    """Thin lines between rows, none between columns."""
    borders = _element("tblBorders")
    colour = light_colours()["line-2"].upper()
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(side, val="single", sz="4", space="0", color=colour))
    # in the order that the format asks for: before the layout, which the library has put there
    layout = table._tbl.tblPr.find(_element("tblLayout").tag)
    if layout is None:
        table._tbl.tblPr.append(borders)
    else:
        layout.addprevious(borders)


def _set_row(line: Any, *, is_head: bool) -> None:
    properties = line.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    if is_head:
        properties.append(_element("tblHeader"))


def _set_table_text(table: Any, name: str, text: str) -> None:
    table._tbl.tblPr.append(_element(name, val=_plain(text)))


def _widths(rows: Sequence[Sequence[str]], wide: Container[int], whole: float) -> list[float]:
    """Inches of each column, by its longest text; none is too narrow for its longest word, as a rule."""
    count = len(rows[0])
    longest = [
        min(max(len(row[at]) for number, row in enumerate(rows) if number not in wide) + 2, 40) for at in range(count)
    ]
    least = 0.62
    free = whole - least * count
    return [least + free * each / sum(longest) for each in longest]
