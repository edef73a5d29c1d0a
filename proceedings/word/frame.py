"""The volume's own pages as a Word document.

Title, imprint, prefaces, committees, contents; a place for each paper; index.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from proceedings.index import author_index
from proceedings.markup import plain
from proceedings.setting.front import ordered
from proceedings.setting.imprint import imprint
from proceedings.setting.markdown import blocks
from proceedings.setting.stamps import shorten
from proceedings.setting.terms import TERMS, days
from proceedings.sizes import SIZES
from proceedings.volume.book import Book
from proceedings.volume.model import Paper
from proceedings.word import fields
from proceedings.word.package import w

PLACE = "volume-paper-"  # text of the paragraph that a paper takes the place of
_SIZES = {"Normal": 10.5, "Title": 24, "Heading 1": 16, "Heading 2": 13}  # points
_MOST_NAMES = 8  # of a paper in the contents
_INK = RGBColor(0x1D, 0x35, 0x57)


def anchor(number: int) -> str:
    """Bookmark of the paper of that number, from 1."""
    return f"volume_paper_{number}"


class Frame:
    """Builds the document.

    :meth:`write` gives its bytes. ``pages`` are the papers' first pages as printed in it.
    """

    def __init__(self, book: Book, pages: Sequence[int]) -> None:
        self.book = book
        self.pages = pages
        self.language = book.volume.language
        self.document: Any = Document()  # its library is typed in part only
        self._styles()
        self._properties()

    def write(self) -> bytes:
        """The whole frame."""
        self._title()
        self._imprint()
        self._prefaces()
        self._committees()
        self._contents()
        for number, paper in enumerate(self.book.papers(), 1):
            self._paper(number, paper)
        self._index()
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    # --- shape ---

    def _styles(self) -> None:
        for name, size in _SIZES.items():
            bold = name != "Normal"
            style: Any = self.document.styles[name]
            style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), bold
            if bold:
                style.font.color.rgb = _INK
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "SimSun")
        for level in (1, 2):
            toc: Any = self.document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
            toc.base_style = self.document.styles["Normal"]
            toc.paragraph_format.left_indent = Mm(6 * (level - 1))
            toc.paragraph_format.space_after = Pt(3)
            toc.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        self.document.settings.odd_and_even_pages_header_footer = True
        self._page(self.document.sections[0])

    def _page(self, section: Section) -> None:
        width, height = SIZES[self.book.volume.options.page_size]
        section.page_width, section.page_height = Pt(width), Pt(height)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(25)

    def _properties(self) -> None:
        properties = self.document.core_properties
        volume = self.book.volume
        properties.title = plain(volume.title.pick(self.language))
        properties.author = "; ".join(editor.display(self.language) for editor in volume.editors)
        properties.comments = properties.keywords = properties.subject = ""
        properties.last_modified_by = ""

    def _paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        paragraph: Paragraph = self.document.add_paragraph(plain(text), style)
        return paragraph

    def _heading(self, name: str, level: int = 1) -> None:
        self.document.add_heading(plain(TERMS[name].pick(self.language)), level)

    # --- front ---

    def _title(self) -> None:
        volume, language = self.book.volume, self.language
        self._paragraph(volume.title.pick(language), "Title")
        for line in (
            volume.title.other(language),
            volume.subtitle.pick(language),
            " ".join(part for part in (volume.acronym, str(volume.year or "")) if part),
            days(volume.start, volume.end, language),
            volume.place.pick(language),
            "" if not volume.editors else _listed(TERMS["editors"].pick(language), volume.editors, language),
            volume.publisher.pick(language),
        ):
            if line:
                self._paragraph(line)
        self.document.add_page_break()

    def _imprint(self) -> None:
        for lines in imprint(self.book.volume):
            self._paragraph("\n".join(lines))
        self.document.add_page_break()

    def _prefaces(self) -> None:
        for preface in self.book.volume.prefaces:
            self.document.add_heading(plain(preface.title.pick(self.language)), 1)
            for block in blocks(preface.text, preface.file):
                style = {"heading": "Heading 2", "quote": "Quote", "item": "List Paragraph"}.get(block["kind"])
                words = "".join(map(_flat, block["words"]))
                self._paragraph(f"{block['mark']} {words}".strip(), style)
            for person in preface.authors:
                self._paragraph(person.display(self.language)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.document.add_page_break()

    def _committees(self) -> None:
        volume, language = self.book.volume, self.language
        if not (volume.committees or volume.hosts):
            return
        self._heading("committees")
        for hosts in volume.hosts:
            self.document.add_heading(plain(hosts.title.pick(language)), 2)
            for name in hosts.names:
                self._paragraph(name.pick(language))
        for committee in volume.committees:
            self.document.add_heading(plain(committee.title.pick(language)), 2)
            for member in ordered(committee):
                places = "; ".join(place.pick(language) for place in member.affiliations)
                self._paragraph("\t".join(part for part in (member.display(language), places) if part))
        self.document.add_page_break()

    def _contents(self) -> None:
        """A real field: Word makes it anew on demand; what stands in it now names each paper and its page."""
        self._heading("contents")
        first = True
        numbers = {paper.id: number for number, paper in enumerate(self.book.papers(), 1)}
        last: Paragraph | None = None
        for session, papers in self.book.sessions():
            title = plain(session.title.pick(self.language))
            lines = [(title, "")] if title else []
            lines += [(self._entry(paper), paper.id) for paper in papers]
            for text, id_ in lines:
                last = self._paragraph("", "toc 2" if id_ else "toc 1")
                if first:
                    last._p.extend(fields.opening('TOC \\o "1-2" \\h \\z \\u'))
                    first = False
                if id_:
                    number = anchor(numbers[id_])
                    page = fields.field(f"PAGEREF {number} \\h", str(self.pages[numbers[id_] - 1]))
                    last._p.append(fields.link(number, [fields.run(text), fields.tab(), *page]))
                else:
                    last._p.append(fields.run(text, bold=True))
        if last is not None:
            last._p.append(fields.closing())

    def _entry(self, paper: Paper) -> str:
        own = self.book.language(paper)
        names = [person.display(own) for person in paper.authors]
        if len(names) > _MOST_NAMES:
            names = [*names[:_MOST_NAMES], TERMS["others"].pick(own).format(count=len(names) - _MOST_NAMES)]
        shown = ", ".join(names)
        title = plain(paper.title.pick(own))
        return f"{title} / {shown}" if shown else title

    # --- papers and back ---

    def _paper(self, number: int, paper: Paper) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._page(section)
        own = self.book.language(paper)
        if number == 1:
            self._footers(section)
            _number_pages(self.document.sections[0], "lowerRoman", 1)
        _number_pages(section, "decimal", 1 if number == 1 else 0)
        names = ", ".join(person.display(own) for person in paper.authors[:3])
        names += " et al." if len(paper.authors) > 3 else ""
        _running(section.header, shorten(plain(paper.title.pick(own))), WD_ALIGN_PARAGRAPH.RIGHT)
        _running(section.even_page_header, names, WD_ALIGN_PARAGRAPH.LEFT)
        self._paragraph(f"{PLACE}{number}")

    def _footers(self, section: Section) -> None:
        """Page numbers outside, from the first section on (the others follow it)."""
        for target in (self.document.sections[0], section):
            for footer, side in (
                (target.footer, WD_ALIGN_PARAGRAPH.RIGHT),
                (target.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
            ):
                footer.is_linked_to_previous = False
                footer.paragraphs[0].alignment = side
                footer.paragraphs[0]._p.extend(fields.field("PAGE", "1"))

    def _index(self) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._page(section)
        _number_pages(section, "decimal", 0)
        _running(section.header, plain(self.book.volume.heading.pick(self.language)), WD_ALIGN_PARAGRAPH.RIGHT)
        _running(section.even_page_header, plain(self.book.volume.heading.pick(self.language)), WD_ALIGN_PARAGRAPH.LEFT)
        self._heading("authors")
        numbers = {paper.id: number for number, paper in enumerate(self.book.papers(), 1)}
        groups, _ = author_index(self.book)
        entries = [entry for group in groups for entry in group.entries]
        for place, entry in enumerate(entries):
            paragraph = self._paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            if not place:
                paragraph._p.extend(fields.opening('INDEX \\c "2" \\e ", "'))
            detail = f" ({entry.detail})" if entry.detail else ""
            paragraph._p.append(fields.run(plain(entry.name) + detail))
            for id_ in entry.papers:
                page = fields.field(f"PAGEREF {anchor(numbers[id_])} \\h", str(self.pages[numbers[id_] - 1]))
                paragraph._p.extend([fields.run(", "), *page])
            if place == len(entries) - 1:
                paragraph._p.append(fields.closing())


def _listed(label: str, people: tuple[Any, ...], language: str) -> str:
    comma = TERMS["comma"].pick(language)
    return f"{label}: {comma.join(person.display(language) for person in people)}"


def _flat(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(_flat, node.get("c", ())))


def _running(part: Any, text: str, side: WD_ALIGN_PARAGRAPH) -> None:
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]
    paragraph.text, paragraph.alignment = text, side
    for run in paragraph.runs:
        run.font.size = Pt(8.5)


def _number_pages(section: Section, style: str, start: int) -> None:
    properties = section._sectPr
    for node in properties.findall(w("pgNumType")):
        properties.remove(node)
    node = properties.makeelement(w("pgNumType"), {w("fmt"): style} | ({w("start"): str(start)} if start else {}))
    margins = properties.find(w("pgMar"))
    properties.insert(properties.index(margins) + 1 if margins is not None else len(properties), node)
