"""The volume as one Word document: our pages by python-docx, the authors' documents merged in as they are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree

from proceedings.findings import Finding, found
from proceedings.markup import plain
from proceedings.text import Text, fold
from proceedings.volume.book import Book
from proceedings.volume.model import Paper
from proceedings.word import fields
from proceedings.word.frame import PLACE, Frame, anchor
from proceedings.word.merging import Merger
from proceedings.word.package import parse, read, serialise, w, write
from proceedings.word.paging import first_pages

_SEARCHED = 12  # paragraphs at a paper's head in which its title is looked for
_SECTION = ("headerReference", "footerReference", "pgNumType")


def write_volume(book: Book, documents: Mapping[str, Path], target: Path) -> tuple[Finding, ...]:
    """Write ``target``. ``documents`` are the cleaned DOCX of papers by id; a paper without one gets its
    record.

    The document is set once by LibreOffice to learn the pages that its contents and index must name.
    Where that is not possible they name the pages of the PDF, and a finding says so; Word brings them up
    to date on opening either way.
    """
    _write(book, documents, target, [book.pages[paper.id].first for paper in book.papers()])
    pages = first_pages(book, target)
    if pages is None:
        return (found("docx-pages"),)
    _write(book, documents, target, pages)
    return ()


def _write(book: Book, documents: Mapping[str, Path], target: Path, pages: Sequence[int]) -> None:
    with zipfile.ZipFile(BytesIO(Frame(book, pages).write())) as archive:
        merger = Merger({name: archive.read(name) for name in archive.namelist()})
    places = {paragraph_text(p): p for p in merger.document.iter(w("p")) if paragraph_text(p).startswith(PLACE)}
    for number, paper in enumerate(book.papers(), 1):
        place = places[f"{PLACE}{number}"]
        document = documents.get(paper.id)
        elements = merger.take(read(document), f"P{number}") if document else _record(book, paper)
        _put(place, elements, book, paper, number)
    parts = merger.finish()
    _settings(parts)
    _dates(parts)
    write(parts, target)


def paragraph_text(paragraph: etree._Element) -> str:
    """The words of a paragraph."""
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def _put(place: etree._Element, elements: list[etree._Element], book: Book, paper: Paper, number: int) -> None:
    """Put a paper's elements in its place."""
    parent = place.getparent()
    if parent is None:
        raise ValueError("a place outside the body")
    own = elements.pop() if elements and elements[-1].tag == w("sectPr") else None
    section = _closing_section(place)
    if section is not None:
        _sections(section, own, elements)
    _mark_title(elements, book, paper, number)
    at = parent.index(place)
    for offset, element in enumerate(elements):
        parent.insert(at + offset, element)
    if place.find(f"{w('pPr')}/{w('sectPr')}") is None:
        parent.remove(place)
    else:  # the paragraph that closes the section stays, without its words
        for node in [node for node in place if node.tag != w("pPr")]:
            place.remove(node)


def _sections(section: etree._Element, own: etree._Element | None, elements: list[etree._Element]) -> None:
    """Our section takes the measures of the paper's last; the paper's inner ones take our running heads."""
    if own is not None:
        _measures(section, own)
    inner = [node for element in elements for node in element.iter(w("sectPr"))]
    for node in inner:
        for old in [child for child in node if child.tag in map(w, _SECTION)]:
            node.remove(old)
    if inner:
        # Without these the first would go on with the heads of the paper before.
        for node in reversed([child for child in section if child.tag in map(w, _SECTION[:2])]):
            inner[0].insert(0, etree.fromstring(etree.tostring(node)))
        _move_number(section, inner[0])


def _mark_title(elements: list[etree._Element], book: Book, paper: Paper, number: int) -> None:
    """The paper's title as a heading with a bookmark, and its authors' index entries."""
    head = _head(elements, paper.title)
    if head is None:
        head = _heading(plain(paper.title.pick(book.language(paper))))
        elements.insert(0, head)
    else:
        _outline(head)
    fields.bookmark(head, anchor(number), number)
    for author in paper.authors:
        label = (author.inverted() or author.native).replace('"', "'").replace(":", " ")
        head.extend(fields.mark(f'XE "{label}"'))


def _closing_section(place: etree._Element) -> etree._Element | None:
    """Properties of the section that a paragraph stands in: the next ones in the document."""
    node: etree._Element | None = place
    while node is not None:
        if node.tag == w("sectPr"):
            return node
        inside = node.find(f"{w('pPr')}/{w('sectPr')}")
        if inside is not None:
            return inside
        node = node.getnext()
    return None


def _measures(section: etree._Element, own: etree._Element) -> None:
    for name in ("pgSz", "pgMar", "cols"):
        given = own.find(w(name))
        if given is None:
            continue
        old = section.find(w(name))
        if old is not None:
            section.replace(old, given)
        else:
            section.append(given)


def _move_number(section: etree._Element, first: etree._Element) -> None:
    """Where the count starts anew, it does so in the first of the paper's sections and not in the last."""
    number = section.find(w("pgNumType"))
    if number is None or number.get(w("start")) is None:
        return
    copy = etree.fromstring(etree.tostring(number))
    margins = first.find(w("pgMar"))
    first.insert(first.index(margins) + 1 if margins is not None else len(first), copy)
    number.attrib.pop(w("start"))


def _head(elements: list[etree._Element], title: Text) -> etree._Element | None:
    """The paragraph in which the paper itself says its title."""
    wanted = {fold(plain(words)) for words in title.both()}
    paragraphs = [element for element in elements if element.tag == w("p")][:_SEARCHED]
    return next((p for p in paragraphs if fold(paragraph_text(p)) in wanted), None)


def _heading(text: str) -> etree._Element:
    paragraph = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(paragraph, w("pPr")), w("pStyle"), {w("val"): "Heading2"})
    paragraph.append(fields.run(text))
    return paragraph


def _outline(paragraph: etree._Element) -> None:
    """The title keeps its author's style and counts as a heading of the second level."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    for old in properties.findall(w("outlineLvl")):
        properties.remove(old)
    level = etree.Element(w("outlineLvl"), {w("val"): "1"})
    after = [n for n, node in enumerate(properties) if node.tag in (w("rPr"), w("sectPr"), w("pPrChange"))]
    properties.insert(after[0] if after else len(properties), level)


def _record(book: Book, paper: Paper) -> list[etree._Element]:
    """What stands for a paper that came as PDF: its record, and where its text is."""
    own = book.language(paper)
    lines: list[list[etree._Element]] = []
    lines.append(
        [fields.run(("，" if own == "zh" else ", ").join(person.display(own) for person in paper.authors), bold=True)]
    )
    places = dict.fromkeys(place.pick(own) for person in paper.authors for place in person.affiliations)
    lines += [[fields.run(place, italic=True)] for place in places]
    lines += [[fields.run(plain(part))] for part in paper.abstract.pick(own).split("\n\n") if part.strip()]
    if paper.keywords.all():
        lines.append([fields.run(("关键词：" if own == "zh" else "Keywords: ") + "; ".join(paper.keywords.all()))])
    pages = book.pages[paper.id]
    where = f"全文见论文集 PDF 第{pages}页。" if own == "zh" else f"Full text: pages {pages} of the volume's PDF."
    doi = book.doi(paper)
    lines.append([fields.run(where + (f" https://doi.org/{doi}" if doi else ""), size=9)])
    paragraphs = [_heading(plain(paper.title.pick(own)))]
    for content in lines:
        paragraph = etree.Element(w("p"))
        paragraph.extend(content)
        paragraphs.append(paragraph)
    return paragraphs


def _settings(parts: dict[str, bytes]) -> None:
    """Word is to bring the fields up to date when it opens the volume."""
    root = parse(parts["word/settings.xml"])
    if root.find(w("updateFields")) is None:
        root.insert(0, etree.Element(w("updateFields"), {w("val"): "true"}))
    parts["word/settings.xml"] = serialise(root)


def _dates(parts: dict[str, bytes]) -> None:
    """The template's dates are nobody's business."""
    name = "docProps/core.xml"
    if name in parts:
        parts[name] = re.sub(rb"<dcterms:(created|modified)[^>]*>.*?</dcterms:\1>", b"", parts[name])
