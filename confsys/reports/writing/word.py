"""The report as a Word document: title, contents, a chapter for each part, each chart as a picture with its table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table

from confsys.core import formatting
from confsys.core.i18n import gettext as _
from confsys.reports.reading import ChartView, PartView, ReportView
from confsys.reports.writing.pictures import described, drawn
from proceedings.word import fields

LATIN, HAN, HAN_HEADINGS = "Georgia", "SimSun", "SimHei"
ACCENT, SOFT = RGBColor(0x0F, 0x5A, 0x5E), RGBColor(0x5F, 0x66, 0x70)
WIDTH = Mm(160)
#: Rows that surely fit on one page.
SHORT = 20
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}


def document(view: ReportView, *, society: str, locale: str) -> bytes:
    """The DOCX in the language that is forced at present, which is ``locale``."""
    book = _Book(view, society, locale)
    for number, part in enumerate(view.parts, 1):
        book.chapter(number, part)
    sink = io.BytesIO()
    book.doc.save(sink)
    return sink.getvalue()


class _Book:
    def __init__(self, view: ReportView, society: str, locale: str) -> None:
        self.doc: DocumentType = Document()
        self.pictures = 0
        self._styles(locale)
        self._frame(view)
        properties = self.doc.core_properties
        properties.title, properties.author, properties.language = view.title, society, LANGUAGES[locale]
        properties.comments = ""
        properties.created = properties.modified = view.made_at.replace(tzinfo=None)
        self.doc.add_paragraph(view.title, style="Title")
        self.doc.add_paragraph(formatting.days(view.first, view.last), style="Subtitle")
        self._text(_("Figures as of %(moment)s.", moment=formatting.moment(view.made_at)), soft=True)
        self._contents(view)

    def _styles(self, locale: str) -> None:
        for name, size, colour in (
            ("Normal", 10.5, None), ("Title", 24, ACCENT), ("Subtitle", 13, SOFT), ("Heading 1", 16, ACCENT),
            ("Heading 2", 12, None), ("Caption", 9, SOFT),
        ):  # fmt: skip
            style = self.doc.styles[name]
            assert isinstance(style, ParagraphStyle)  # noqa: S101  the template's own
            style.font.name, style.font.size, style.font.italic = LATIN, Pt(size), False
            style.font.bold = name.startswith("Heading")
            style.font.color.rgb = colour or RGBColor(0x1D, 0x23, 0x29)
            _faces(style.element, HAN if name in {"Normal", "Caption"} else HAN_HEADINGS, LANGUAGES[locale])
        self.doc.styles["Heading 1"].paragraph_format.space_before = Pt(20)
        for heading in ("Heading 1", "Heading 2", "Caption"):
            self.doc.styles[heading].paragraph_format.keep_with_next = heading != "Caption"
        title = self.doc.styles["Title"].element
        for border in title.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break

    def _frame(self, view: ReportView) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for node in fields.field("PAGE", "1"):
            foot._p.append(node)
        head = section.header.paragraphs[0]
        run = head.add_run(view.title)
        run.font.size, run.font.color.rgb = Pt(9), SOFT

    def _contents(self, view: ReportView) -> None:
        """Lines that lead to the chapters. Their page numbers are fields on their own and not the result of a contents
        field, which LibreOffice would show as it was written: without numbers, since only a program that sets the pages
        knows them.
        """
        heading = self.doc.add_paragraph(_("Contents"))
        heading.paragraph_format.space_before = Pt(18)
        heading.runs[0].font.size, heading.runs[0].font.bold = Pt(14), True
        style = self.doc.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.doc.styles["Normal"]
        for number, part in enumerate(view.parts, 1):
            line = self.doc.add_paragraph(style=style)
            line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            line.paragraph_format.space_after = Pt(2)
            page = fields.field(f"PAGEREF {_anchor(number)} \\h", "")
            line._p.append(fields.link(_anchor(number), [fields.run(f"{number}  {part.title}"), fields.tab(), *page]))
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        self.doc.settings.element.insert(0, update)

    def chapter(self, number: int, part: PartView) -> None:
        heading = self.doc.add_heading(f"{number}  {part.title}", level=1)
        heading.paragraph_format.page_break_before = number == 1
        fields.bookmark(heading._p, _anchor(number), number)
        if part.lead:
            self._text(part.lead, soft=True)
        if part.figures:
            self._grid(
                [_("Figure"), _("Value"), _("Counted from")],
                [[f.label, f.words, formatting.join([*filter(None, [f.basis, f.note])])] for f in part.figures],
                widths=(78, 34, 48), right={1},
            )  # fmt: skip
        for chart in part.charts:
            self._picture(chart)
        for table in part.tables:
            if table.rows:
                self.doc.add_heading(table.title, level=2)
                self._grid(table.columns, table.rows)

    def _picture(self, chart: ChartView) -> None:
        """What to see, the picture, its caption, and the numbers under it."""
        self.pictures += 1
        for sentence in (chart.see, _("Groups of fewer than five people are not shown.") if chart.few else ""):
            if sentence:
                self._text(sentence, soft=True)
                self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        shape = self.doc.add_picture(io.BytesIO(drawn(chart)), width=WIDTH)
        shape._inline.docPr.set("descr", described(chart))
        shape._inline.docPr.set("title", chart.title)
        self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        caption = _("Figure %(number)s: %(title)s", number=self.pictures, title=chart.title)
        self.doc.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
        header = ["", *(label for label, _values in chart.series)]
        rows = [
            [label, *(formatting.number(v[n]) if v[n] is not None else "–" for _label, v in chart.series)]
            for n, label in enumerate(chart.labels)
        ]
        self._grid(header, rows, right=set(range(1, len(header))))

    def _text(self, text: str, *, soft: bool = False) -> None:
        run = self.doc.add_paragraph().add_run(text)
        if soft:
            run.font.color.rgb = SOFT

    def _grid(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[float] = (),
        right: set[int] | None = None,
    ) -> None:  # fmt: skip
        """A table with lines under its rows; its head is repeated on every page."""
        table = self.doc.add_table(rows=1, cols=len(header))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        _lines(table)
        _fill(table.rows[0].cells, header, right or set(), bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            _fill(table.add_row().cells, row, right or set())
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, width in enumerate(widths or _shares(len(header))):
            for cell in table.columns[place].cells:
                cell.width = Mm(width)
        if len(rows) <= SHORT:  # a short table is not torn apart by the end of a page
            for row in table.rows[:-1]:
                for cell in row.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        self.doc.add_paragraph().paragraph_format.space_after = Pt(4)


def _shares(columns: int) -> list[float]:
    """The first column names the row and gets the most room."""
    first = 160 if columns == 1 else 64
    return [first, *[(160 - first) / (columns - 1)] * (columns - 1)] if columns > 1 else [first]


def _fill(cells: Sequence[Any], texts: Sequence[str], right: set[int], *, bold: bool = False) -> None:
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(str(text))
        run.font.bold, run.font.size = bold or None, Pt(9.5)
        paragraph.paragraph_format.space_after = Pt(1)
        if place in right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _lines(table: Table) -> None:
    """Thin lines between rows and a strong one on top; none at the sides."""
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", "8", "1D2329"), ("bottom", "4", "B9B5AC"), ("insideH", "4", "E4E1DA")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _faces(element: Any, han: str, language: str) -> None:
    """Both scripts' fonts and the language, so that neither program guesses."""
    properties = element.get_or_add_rPr()
    faces = properties.find(qn("w:rFonts"))
    for name in [name for name in faces.attrib if name.endswith("Theme")]:
        del faces.attrib[name]
    for script, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", han)):
        faces.set(qn(f"w:{script}"), face)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), language if language != "zh-CN" else "en-GB")
    tongue.set(qn("w:eastAsia"), "zh-CN")
    properties.append(tongue)


def _anchor(number: int) -> str:
    return f"part{number}"
