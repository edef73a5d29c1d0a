"""Crossref deposit of the volume and its papers, schema 5.3.1.

Order of elements and what may not be empty follow the schema; what it cannot check is decided here: one
first author, ORCID iDs as addresses, mathematics as MathML, a DOI never without a suffix.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lxml import etree

from proceedings.formats.dates import published, stamp, year
from proceedings.formats.xml import MATHML, add, clean, inner, maybe, serialised
from proceedings.markup import face, plain
from proceedings.people import Person
from proceedings.text import Text
from proceedings.volume.book import Book
from proceedings.volume.model import Paper

_VERSION = "5.3.1"
NS = f"http://www.crossref.org/schema/{_VERSION}"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
_AI = "http://www.crossref.org/AccessIndicators.xsd"
_FACE = {"i": "c:i", "b": "c:b", "sup": "c:sup", "sub": "c:sub", "math": "mml:"}
_JATS_FACE = {"i": "jats:italic", "b": "jats:bold", "sup": "jats:sup", "sub": "jats:sub", "math": "mml:"}
_NAME, _SUFFIX = 60, 10  # characters of a part of a name


def write(book: Book) -> Mapping[str, bytes]:
    """``crossref.xml``; nothing where no paper has a DOI or there is nobody to answer for the deposit."""
    if not any(book.doi(paper) for paper in book.papers()):
        return {}
    return {"metadata/crossref.xml": deposit(book)}


def deposit(book: Book, papers: Sequence[Paper] | None = None, timestamp: str = "") -> bytes:
    """A batch for ``papers`` (default: all with a DOI).

    ``timestamp`` must grow with every deposit of the same DOIs, or Crossref ignores it; by default it is
    the day of publication. The batch's id is made from its content.
    """
    chosen = [paper for paper in (papers if papers is not None else book.papers()) if book.doi(paper)]
    spaces: Any = {None: NS, "xsi": _XSI, "jats": _JATS, "ai": _AI, "mml": MATHML}
    root = etree.Element(f"{{{NS}}}doi_batch", nsmap=spaces)
    root.set("version", _VERSION)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NS} https://www.crossref.org/schemas/crossref{_VERSION}.xsd")
    head = add(root, f"{{{NS}}}head")
    batch = add(head, _q("doi_batch_id"), "-")
    add(head, _q("timestamp"), timestamp or stamp(book))
    depositor = add(head, _q("depositor"))
    name, email = book.volume.depositor
    add(depositor, _q("depositor_name"), name or book.volume.publisher.en or book.volume.publisher.zh or "unknown")
    add(depositor, _q("email_address"), email or "unknown@example.org")
    add(head, _q("registrant"), name or book.volume.publisher.pick("en") or "unknown")
    conference = add(add(root, _q("body")), _q("conference"))
    _contributors(conference, book.volume.editors, "chair")
    _event(conference, book)
    _proceedings(conference, book)
    for paper in chosen:
        _paper(conference, book, paper)
    batch.text = hashlib.sha256(etree.tostring(root)).hexdigest()[:32]
    return serialised(root)


def _q(name: str) -> str:
    return f"{{{NS}}}{name}"


def _contributors(parent: etree._Element, people: Sequence[Person], role: str) -> None:
    if not people:
        return
    group = add(parent, _q("contributors"))
    for number, person in enumerate(people):
        sequence = "additional" if number else "first"
        if person.organisation or not _personal(person):
            node = add(group, _q("organization"), person.display("en")[:511], sequence=sequence)
            node.set("contributor_role", role)
            continue
        node = add(group, _q("person_name"), sequence=sequence)
        node.set("contributor_role", role)
        _name(node, person)
        _affiliations(node, person)
        if person.orcid:
            add(node, _q("ORCID"), f"https://orcid.org/{person.orcid}")
        if person.native and person.latin:
            own = add(add(node, _q("alt-name")), _q("name"))
            own.set("name-style", "eastern")
            add(own, _q("surname"), person.native_family)
            maybe(own, _q("given_name"), person.native_given)


def _personal(person: Person) -> bool:
    """Whether the schema takes the name for a person's: no figures, no question marks, not too long."""
    parts = [part for part in (person.given, person.family or person.display("en")) if part]
    return all(len(part) <= _NAME and not re.search(r"[\d?]", part) for part in parts)


def _name(node: etree._Element, person: Person) -> None:
    """Given name and surname; a whole name is a surname, the only part that the schema demands."""
    if person.family:
        maybe(node, _q("given_name"), person.given)
        add(node, _q("surname"), person.family)
        if person.suffix and len(person.suffix) <= _SUFFIX:
            add(node, _q("suffix"), person.suffix)
    elif person.latin or not person.native_given:
        add(node, _q("surname"), person.latin or person.native)
    else:
        add(node, _q("given_name"), person.native_given)
        add(node, _q("surname"), person.native_family)


def _affiliations(node: etree._Element, person: Person) -> None:
    if person.affiliations:
        group = add(node, _q("affiliations"))
        for place in person.affiliations:
            add(add(group, _q("institution")), _q("institution_name"), place.pick("en")[:1024])


def _event(parent: etree._Element, book: Book) -> None:
    volume = book.volume
    event = add(parent, _q("event_metadata"))
    add(event, _q("conference_name"), plain((volume.event or volume.title).pick("en"))[:1024])
    maybe(event, _q("conference_theme"), plain(volume.theme.pick("en"))[:255])
    maybe(event, _q("conference_acronym"), volume.acronym[:127])
    for sponsor in (sponsor for tier in volume.tiers for sponsor in tier.sponsors):
        maybe(event, _q("conference_sponsor"), sponsor.name.pick("en")[:255])
    maybe(event, _q("conference_number"), volume.number[:15])
    maybe(event, _q("conference_location"), volume.place.pick("en")[:255])
    if volume.start:
        end = volume.end or volume.start
        node = add(event, _q("conference_date"))
        for side, day in (("start", volume.start), ("end", end)):
            node.set(f"{side}_year", str(day.year))
            node.set(f"{side}_month", f"{day.month:02}")
            node.set(f"{side}_day", f"{day.day:02}")


def _proceedings(parent: etree._Element, book: Book) -> None:
    volume = book.volume
    series = volume.series
    issn = (series.issn if series else "") or volume.issn
    kind = "proceedings_series_metadata" if series and issn else "proceedings_metadata"
    data = add(parent, _q(kind), language="zh" if volume.language == "zh" else "en")
    if kind == "proceedings_series_metadata" and series:
        inside = add(data, _q("series_metadata"))
        _titles(inside, series.title, "en")
        add(inside, _q("issn"), issn)
    add(data, _q("proceedings_title"), plain(volume.title.pick("en"))[:511])
    if kind == "proceedings_series_metadata" and series:
        maybe(data, _q("volume"), series.volume[:32])
    publisher = add(data, _q("publisher"))
    add(publisher, _q("publisher_name"), (volume.publisher.pick("en") or "unknown")[:255])
    maybe(publisher, _q("publisher_place"), volume.publisher_place.pick("en")[:255])
    _date(data, published(book), year(book))
    isbn = volume.isbn or volume.eisbn
    if isbn:
        for medium, number in (("print", volume.isbn), ("electronic", volume.eisbn)):
            if number:
                add(data, _q("isbn"), number).set("media_type", medium)
    else:
        add(data, _q("noisbn"), reason="archive_volume")
    if volume.doi:
        _doi(data, volume.doi, volume.url)


def _titles(parent: etree._Element, text: Text, language: str) -> None:
    """A Chinese paper with a translated title is found under the translation.

    Its own title stands beside it.
    """
    titles = add(parent, _q("titles"))
    translated = language == "zh" and bool(text.other(language))
    _marked(titles, "title", text.other(language) if translated else text.pick(language))
    if translated:
        _marked(titles, "original_language_title", text.pick(language)).set("language", _code(language))


def _marked(parent: etree._Element, name: str, text: str) -> etree._Element:
    node = add(parent, _q(name))
    inner(node, face(text, _FACE), {"mml": MATHML, "c": NS})
    return node


def _date(parent: etree._Element, day: date | None, fallback: int) -> None:
    node = add(parent, _q("publication_date"))
    node.set("media_type", "online")
    if day:
        add(node, _q("month"), f"{day.month:02}")
        add(node, _q("day"), f"{day.day:02}")
    add(node, _q("year"), str(day.year if day else fallback or 1970))


def _paper(parent: etree._Element, book: Book, paper: Paper) -> None:
    pages, language = book.pages[paper.id], book.language(paper)
    node = add(parent, _q("conference_paper"), language=_code(language))
    node.set("publication_type", "full_text")
    _contributors(node, paper.authors, "author")
    _titles(node, paper.title, language)
    for code, words in (("en", paper.abstract.en), ("zh", paper.abstract.zh)):
        if words:
            _abstract(node, words, code)
    _date(node, published(book, paper), year(book, paper))
    shown = add(node, _q("pages"))
    add(shown, _q("first_page"), str(pages.first))
    if pages.count > 1:
        add(shown, _q("last_page"), str(pages.last))
    licence = book.licence(paper)
    if licence.url:
        program = add(node, f"{{{_AI}}}program")
        program.set("name", "AccessIndicators")
        for version in ("vor", "tdm"):
            add(program, f"{{{_AI}}}license_ref", licence.url).set("applies_to", version)
    _doi(node, book.doi(paper), book.url(paper))
    if paper.references:
        listed = add(node, _q("citation_list"))
        for number, reference in enumerate(paper.references, 1):
            citation = add(listed, _q("citation"), key=f"ref{number}")
            add(citation, _q("unstructured_citation"), clean(reference))


def _abstract(parent: etree._Element, words: str, language: str) -> None:
    node = etree.SubElement(parent, f"{{{_JATS}}}abstract")
    node.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    for paragraph in filter(None, (part.strip() for part in words.split("\n\n"))):
        inner(etree.SubElement(node, f"{{{_JATS}}}p"), face(paragraph, _JATS_FACE), {"jats": _JATS, "mml": MATHML})


def _doi(parent: etree._Element, doi: str, address: str) -> None:
    data = add(parent, _q("doi_data"))
    add(data, _q("doi"), doi)
    add(data, _q("resource"), address or f"https://doi.org/{doi}")


def _code(language: str) -> str:
    return language.partition("-")[0].lower()
