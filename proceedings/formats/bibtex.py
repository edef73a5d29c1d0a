"""BibTeX: one entry for the volume and one per paper, in UTF-8 and in plain LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from proceedings.markup import latex
from proceedings.people import Person
from proceedings.text import has_han
from proceedings.volume.book import Book, slug
from proceedings.volume.model import Paper

_CAPITALS = re.compile(r"(?<![\\{A-Za-z])([A-Za-z]*[a-z0-9][A-Z][A-Za-z0-9]*|[A-Z]{2}[A-Za-z0-9]*|[A-Z](?=-[A-Za-z]))")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(book: Book) -> Mapping[str, bytes]:
    """``volume.bib`` in UTF-8 and ``volume-latex.bib`` with marks as commands."""
    return {
        "metadata/volume.bib": "\n".join(_entries(book, unicode=True)).encode(),
        "metadata/volume-latex.bib": "\n".join(_entries(book, unicode=False)).encode(),
    }


def entry(book: Book, paper: Paper, unicode: bool = True) -> str:
    """The entry of one paper."""
    return _paper(book, paper, book.keys()[paper.id], unicode)


def _entries(book: Book, unicode: bool) -> Iterator[str]:
    yield _volume(book, unicode)
    keys = book.keys()
    for paper in book.papers():
        yield _paper(book, paper, keys[paper.id], unicode)


def volume_key(book: Book) -> str:
    """Citation key of the volume, unlike that of any paper."""
    key = f"{slug(book.volume.acronym) or 'proceedings'}{book.volume.year or ''}"
    return f"{key}-proceedings" if key in book.keys().values() else key


def _volume(book: Book, unicode: bool) -> str:
    volume, language = book.volume, book.volume.language
    fields = {
        "title": title(volume.title.pick(language), unicode),
        "editor": names(volume.editors, language, unicode),
        "year": str(volume.year or ""),
        "month": _month(book),
        "address": latex(volume.place.pick(language), unicode),
        "publisher": latex(volume.publisher.pick(language), unicode),
        "series": latex(volume.series.title.pick(language), unicode) if volume.series else "",
        "volume": volume.series.volume if volume.series else "",
        "isbn": volume.isbn or volume.eisbn,
        "issn": volume.issn or (volume.series.issn if volume.series else ""),
        "doi": volume.doi,
        "url": volume.url,
    }
    return _entry("proceedings", volume_key(book), fields)


def _paper(book: Book, paper: Paper, key: str, unicode: bool) -> str:
    volume, language, pages = book.volume, book.language(paper), book.pages[paper.id]
    fields = {
        "title": title(paper.title.pick(language), unicode),
        "titleaddon": title(paper.title.other(language), unicode),
        "author": names(paper.authors, language, unicode),
        "editor": names(volume.editors, language, unicode),
        "booktitle": title(volume.title.pick(language), unicode),
        "year": str(volume.year or ""),
        "month": _month(book),
        "address": latex(volume.place.pick(language), unicode),
        "publisher": latex(volume.publisher.pick(language), unicode),
        "series": latex(volume.series.title.pick(language), unicode) if volume.series else "",
        "volume": volume.series.volume if volume.series else "",
        "pages": f"{pages.first}--{pages.last}" if pages.count > 1 else str(pages.first),
        "isbn": volume.isbn or volume.eisbn,
        "issn": volume.issn or (volume.series.issn if volume.series else ""),
        "doi": book.doi(paper),
        "url": book.url(paper),
        "langid": {"zh": "chinese", "en": "english"}.get(language, language),
        "keywords": latex(", ".join(paper.keywords.all()), unicode),
        "abstract": latex(paper.abstract.pick(language), unicode),
    }
    return _entry("inproceedings", key, fields)


def _month(book: Book) -> str:
    start = book.volume.start
    return _MONTHS[start.month - 1] if start else ""


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            lines.append(f"  {name} = {value if name == 'month' else f'{{{balanced(value)}}}'},")
    return "\n".join([*lines, "}", ""])


def balanced(value: str) -> str:
    """``value`` with braces that match: BibTeX counts even escaped ones, so those become commands."""
    return re.sub(r"\s*\n\s*", " ", value.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}"))


def title(text: str, unicode: bool) -> str:
    """A title whose capitals survive styles that write small letters.

    Words like BERT, arXiv and X-ray in braces.
    """
    written = latex(text, unicode)
    # Mathematics is left alone: its letters keep their case anyway.
    pieces = re.split(r"(\$[^$]*\$)", written)
    return "".join(piece if n % 2 else _CAPITALS.sub(r"{\1}", piece) for n, piece in enumerate(pieces))


def names(people: tuple[Person, ...], language: str, unicode: bool) -> str:
    """``Family, Given and …``; a name without parts stands in braces, so that no tool splits it."""
    return " and ".join(name(person, language, unicode) for person in people)


def name(person: Person, language: str, unicode: bool) -> str:
    """One name.

    Chinese names keep their characters in a Chinese entry: ``{汪浩}`` would lose the family name.
    """
    if language == "zh" and has_han(person.native):
        if person.native_given:
            return f"{person.native_family}, {person.native_given}"
        return f"{{{person.native}}}"
    if not person.family:
        return f"{{{latex(person.latin or person.native, unicode)}}}"
    parts = [latex(part, unicode) for part in (person.family, person.suffix, person.given) if part]
    return ", ".join(parts)
