"""RIS: one record for the volume and one per paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proceedings.formats.dates import published, year
from proceedings.markup import plain
from proceedings.people import Person
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_END = "\r\n"


def write(book: Book) -> Mapping[str, bytes]:
    """``volume.ris`` in UTF-8."""
    records = [_record(_volume(book)), *(entry(book, paper) for paper in book.papers())]
    return {"metadata/volume.ris": "".join(records).encode()}


def entry(book: Book, paper: Paper) -> str:
    """The record of one paper."""
    return _record(_paper(book, paper))


def _record(fields: Iterator[tuple[str, str]]) -> str:
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return _END.join([*lines, "ER  - ", "", ""])


def _name(person: Person, language: str) -> str:
    if language == "zh" and person.native:
        return f"{person.native_family}, {person.native_given}" if person.native_given else person.native
    return person.inverted()


def _common(book: Book, language: str) -> Iterator[tuple[str, str]]:
    volume = book.volume
    yield "C1", volume.place.pick(language)
    yield "PB", volume.publisher.pick(language)
    yield "CY", volume.publisher_place.pick(language)
    if volume.series:
        yield "T3", plain(volume.series.title.pick(language))
        yield "VL", volume.series.volume
    for number in (volume.isbn or volume.eisbn, volume.issn or (volume.series.issn if volume.series else "")):
        yield "SN", number


def _volume(book: Book) -> Iterator[tuple[str, str]]:
    volume, language = book.volume, book.volume.language
    yield "TY", "CONF"
    yield "TI", plain(volume.title.pick(language))
    yield "TT", plain(volume.title.other(language))
    for editor in volume.editors:
        yield "A2", _name(editor, language)
    yield "PY", str(year(book) or "")
    yield from _common(book, language)
    yield "DO", volume.doi
    yield "UR", volume.url


def _paper(book: Book, paper: Paper) -> Iterator[tuple[str, str]]:
    volume, language, pages = book.volume, book.language(paper), book.pages[paper.id]
    yield "TY", "CPAPER"
    yield "TI", plain(paper.title.pick(language))
    yield "TT", plain(paper.title.other(language))
    for author in paper.authors:
        yield "AU", _name(author, language)
    for editor in volume.editors:
        yield "A2", _name(editor, language)
    yield "T2", plain(volume.title.pick(language))
    yield "PY", str(year(book, paper) or "")
    day = published(book, paper)
    yield "DA", f"{day:%Y/%m/%d}" if day else ""
    yield "SP", str(pages.first)
    yield "EP", str(pages.last)
    yield from _common(book, language)
    yield "DO", book.doi(paper)
    yield "UR", book.url(paper)
    yield "LA", language
    for word in paper.keywords.all():
        yield "KW", word
    yield "AB", plain(paper.abstract.pick(language))
