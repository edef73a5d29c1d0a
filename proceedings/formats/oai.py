"""OAI-PMH: each paper's record in ``oai_dc``, and all of them as one response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from proceedings.formats.dates import published, year
from proceedings.formats.xml import XML, add, serialised
from proceedings.markup import plain
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

NS = "http://www.openarchives.org/OAI/2.0/"
_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_ELEMENTS = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def write(book: Book) -> Mapping[str, bytes]:
    """``oai-dc.xml``: a ListRecords response with every paper."""
    volume = book.volume
    spaces: Any = {None: NS, "xsi": _XSI, "oai_dc": _DC, "dc": _ELEMENTS}
    root = etree.Element(f"{{{NS}}}OAI-PMH", nsmap=spaces)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NS} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    day = _day(book)
    add(root, f"{{{NS}}}responseDate", f"{day}T00:00:00Z")
    request = add(root, f"{{{NS}}}request", volume.url or "https://example.org/oai")
    request.set("verb", "ListRecords")
    request.set("metadataPrefix", "oai_dc")
    records = add(root, f"{{{NS}}}ListRecords")
    for paper in book.papers():
        node = add(records, f"{{{NS}}}record")
        head = add(node, f"{{{NS}}}header")
        add(head, f"{{{NS}}}identifier", identifier(book, paper))
        add(head, f"{{{NS}}}datestamp", day)
        add(node, f"{{{NS}}}metadata").append(dublin_core(book, paper))
    return {"metadata/oai-dc.xml": serialised(root)}


def identifier(book: Book, paper: Paper) -> str:
    """``oai:host:doi``, or the id within the volume where there is no DOI."""
    host = (book.volume.url.partition("://")[2].partition("/")[0]).partition(":")[0] or "proceedings.invalid"
    local = book.doi(paper) or f"{book.volume.acronym or 'volume'}-{book.volume.year}/{paper.id}"
    return f"oai:{host}:{''.join(c if c.isalnum() or c in '-_.!~*();/?:@&=+$,%' else '_' for c in local)}"


def dublin_core(book: Book, paper: Paper) -> etree._Element:
    """The ``oai_dc:dc`` element of one paper."""
    spaces: Any = {"oai_dc": _DC, "dc": _ELEMENTS, "xsi": _XSI}
    root = etree.Element(f"{{{_DC}}}dc", nsmap=spaces)
    root.set(f"{{{_XSI}}}schemaLocation", f"{_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, text, language in _fields(book, paper):
        if text:
            node = add(root, f"{{{_ELEMENTS}}}{name}", text)
            if language:
                node.set(f"{{{XML}}}lang", language)
    return root


def _fields(book: Book, paper: Paper) -> Iterator[tuple[str, str, str]]:
    volume, language, pages = book.volume, book.language(paper), book.pages[paper.id]
    for code, words in (("zh", paper.title.zh), ("en", paper.title.en)):
        yield "title", plain(words), code
    for author in paper.authors:
        native_first = language == "zh" and author.native
        yield "creator", author.native if native_first else author.inverted() or author.native, ""
    for word in paper.keywords.all():
        yield "subject", word, ""
    for code, words in (("zh", paper.abstract.zh), ("en", paper.abstract.en)):
        yield "description", plain(words), code
    yield "publisher", volume.publisher.pick(language), ""
    for editor in volume.editors:
        yield "contributor", editor.display(language), ""
    yield "date", _day(book, paper), ""
    yield "type", "info:eu-repo/semantics/conferenceObject", ""
    yield "format", "application/pdf", ""
    doi = book.doi(paper)
    yield "identifier", f"https://doi.org/{doi}" if doi else book.url(paper), ""
    yield "source", f"{plain(volume.title.pick(language))}, {pages}", ""
    yield "language", language, ""
    yield "rights", book.licence(paper).url or book.licence(paper).spdx, ""


def _day(book: Book, paper: Paper | None = None) -> str:
    day = published(book, paper) or book.volume.end or book.volume.start
    return day.isoformat() if day else f"{year(book, paper) or 1970:04}-01-01"
