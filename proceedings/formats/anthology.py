"""ACL Anthology XML: the whole volume as one collection, by today's schema."""

from __future__ import annotations

import calendar
import re
import zlib
from collections.abc import Mapping

from lxml import etree

from proceedings.formats.xml import add, inner, maybe, serialised
from proceedings.markup import Node, parse
from proceedings.people import Person
from proceedings.volume.book import Book, slug
from proceedings.volume.model import Paper

_FACES = {"i", "b", "fixed-case"}
_FORBIDDEN_KEY = re.compile(r"[^A-Za-z0-9-]+")


def write(book: Book) -> Mapping[str, bytes]:
    """``anthology.xml``."""
    return {"metadata/anthology.xml": record(book)}


def record(book: Book) -> bytes:
    """The collection."""
    volume = book.volume
    venue = slug(volume.acronym) or "volume"
    root = etree.Element("collection", id=f"{volume.year or 0}.{venue}")
    node = add(root, "volume", id="1", type="proceedings")
    meta = add(node, "meta")
    _marked(meta, "booktitle", volume.title.pick("en"))
    for editor in volume.editors:
        _person(meta, "editor", editor)
    maybe(meta, "publisher", volume.publisher.pick("en"))
    maybe(meta, "address", volume.place.pick("en"))
    if volume.start:
        add(meta, "month", calendar.month_name[volume.start.month])
    add(meta, "year", f"{volume.year or 1970:04}")
    maybe(meta, "isbn", (volume.isbn or volume.eisbn).replace(" ", ""))
    maybe(meta, "doi", volume.doi)
    add(meta, "venue", venue)
    for number, (paper, key) in enumerate(_keys(book).items(), 1):
        _paper(node, book, next(p for p in book.papers() if p.id == paper), number, key)
    return serialised(root)


def _keys(book: Book) -> dict[str, str]:
    """Citation keys of the letters that the Anthology allows; two alike are told apart by the paper's id."""
    made: dict[str, str] = {}
    for paper, key in book.keys().items():
        clean = _FORBIDDEN_KEY.sub("-", key).strip("-") or "paper"
        made[paper] = clean if clean not in made.values() else f"{clean}-{zlib.crc32(paper.encode()):08x}"
    return made


def _paper(parent: etree._Element, book: Book, paper: Paper, number: int, key: str) -> None:
    language = book.language(paper)
    node = add(parent, "paper", id=str(number))
    title = paper.title.pick(language)
    if language == "zh" and paper.title.other(language):
        title = f"{title}({paper.title.other(language)})"  # as the Anthology prints both titles in one
    _marked(node, "title", title)
    for author in paper.authors:
        _person(node, "author", author)
    pages = book.pages[paper.id]
    add(node, "pages", str(pages))
    if paper.abstract:
        _marked(node, "abstract", paper.abstract.pick(language), paragraphs=True)
    maybe(node, "doi", book.doi(paper))
    if language != "en":
        add(node, "language", {"zh": "zho"}.get(language, language))
    add(node, "bibkey", key)
    for award in paper.awards:
        add(node, "award", name=award.pick("en"))


def _person(parent: etree._Element, role: str, person: Person) -> None:
    node = add(parent, role, orcid=person.orcid)
    if person.family:
        maybe(node, "first", person.given)
        add(node, "last", person.family)
    else:
        add(node, "last", person.latin or person.native)
    if person.native and person.latin:
        variant = add(node, "variant", script="hani")
        maybe(variant, "first", person.native_given)
        add(variant, "last", person.native_family)
    if person.affiliations:
        add(node, "affiliation", "; ".join(place.pick("en") for place in person.affiliations))


def _marked(parent: etree._Element, name: str, text: str, paragraphs: bool = False) -> None:
    markup = "".join(map(_write, parse(" ".join(text.split("\n")) if not paragraphs else text).children))
    if paragraphs:
        markup = re.sub(r"\s*\n\s*\n\s*", "<par/>", markup)
    inner(add(parent, name), markup, {})


def _write(node: Node) -> str:
    if node.kind == "math":
        return f"<tex-math>{_escape(node.text)}</tex-math>"
    if node.kind == "text":
        return _escape(node.text)
    inside = "".join(map(_write, node.children))
    return f"<{node.kind}>{inside}</{node.kind}>" if node.kind in _FACES and inside else inside


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
