"""DataCite metadata, schema 4.6: one file per paper with a DOI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from proceedings.formats.dates import published, year
from proceedings.formats.xml import XML, add, maybe, serialised
from proceedings.markup import plain
from proceedings.people import Person
from proceedings.text import Text
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

NS = "http://datacite.org/schema/kernel-4"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def write(book: Book) -> Mapping[str, bytes]:
    """``datacite/ID.xml`` for each paper with a DOI."""
    return {
        f"metadata/datacite/{file_name(paper)}.xml": record(book, paper) for paper in book.papers() if book.doi(paper)
    }


def record(book: Book, paper: Paper) -> bytes:
    """The record of one paper."""
    volume, language = book.volume, book.language(paper)
    spaces: Any = {None: NS, "xsi": _XSI}
    root = etree.Element(f"{{{NS}}}resource", nsmap=spaces)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NS} https://schema.datacite.org/meta/kernel-4.6/metadata.xsd")
    add(root, _q("identifier"), book.doi(paper), identifierType="DOI")
    creators = add(root, _q("creators"))
    for author in paper.authors:
        _person(add(creators, _q("creator")), "creatorName", author, language)
    if not paper.authors:
        name = add(add(creators, _q("creator")), _q("creatorName"), volume.publisher.pick(language) or "unknown")
        name.set("nameType", "Organizational")
    _titles(root, paper.title, language)
    add(root, _q("publisher"), volume.publisher.pick(language) or "unknown")
    add(root, _q("publicationYear"), str(year(book, paper) or 1970))
    add(root, _q("resourceType"), "Conference paper").set("resourceTypeGeneral", "ConferencePaper")
    _subjects(root, paper)
    if volume.editors:
        contributors = add(root, _q("contributors"))
        for editor in volume.editors:
            _person(add(contributors, _q("contributor"), contributorType="Editor"), "contributorName", editor, language)
    _dates(root, book, paper)
    add(root, _q("language"), language)
    _related(root, book, paper, language)
    pages = book.pages[paper.id]
    add(add(root, _q("sizes")), _q("size"), f"{pages.count} pages")
    add(add(root, _q("formats")), _q("format"), "application/pdf")
    _rights(root, book, paper)
    _abstracts(root, paper.abstract)
    return serialised(root)


def _q(name: str) -> str:
    return f"{{{NS}}}{name}"


def _person(node: etree._Element, name: str, person: Person, language: str) -> None:
    if person.organisation or not (person.family or person.native_given):
        add(node, _q(name), person.display(language), nameType="Organizational" if person.organisation else "Personal")
    elif language == "zh" and person.native:
        add(node, _q(name), person.native, nameType="Personal").set(f"{{{XML}}}lang", "zh")
        maybe(node, _q("givenName"), person.native_given)
        maybe(node, _q("familyName"), person.native_family)
    else:
        add(node, _q(name), person.inverted(), nameType="Personal")
        maybe(node, _q("givenName"), person.given)
        maybe(node, _q("familyName"), person.family)
    if person.orcid:
        identifier = add(node, _q("nameIdentifier"), f"https://orcid.org/{person.orcid}")
        identifier.set("nameIdentifierScheme", "ORCID")
        identifier.set("schemeURI", "https://orcid.org/")
    for place in person.affiliations:
        add(node, _q("affiliation"), place.pick(language))


def _titles(root: etree._Element, title: Text, language: str) -> None:
    titles = add(root, _q("titles"))
    first = add(titles, _q("title"), plain(title.pick(language)))
    first.set(f"{{{XML}}}lang", language)
    if title.other(language):
        other = add(titles, _q("title"), plain(title.other(language)), titleType="TranslatedTitle")
        other.set(f"{{{XML}}}lang", "en" if language == "zh" else "zh")


def _subjects(root: etree._Element, paper: Paper) -> None:
    if not (paper.keywords.all() or paper.clc):
        return
    subjects = add(root, _q("subjects"))
    for language, words in (("zh", paper.keywords.zh), ("en", paper.keywords.en)):
        for word in words:
            add(subjects, _q("subject"), word).set(f"{{{XML}}}lang", language)
    if paper.clc:
        add(subjects, _q("subject"), paper.clc, subjectScheme="Chinese Library Classification")


def _dates(root: etree._Element, book: Book, paper: Paper) -> None:
    days = [
        ("Submitted", paper.received),
        ("Updated", paper.revised),
        ("Accepted", paper.accepted_on),
        ("Issued", published(book, paper)),
    ]
    if any(day for _, day in days):
        dates = add(root, _q("dates"))
        for kind, day in days:
            if day:
                add(dates, _q("date"), day.isoformat(), dateType=kind)


def _related(root: etree._Element, book: Book, paper: Paper, language: str) -> None:
    volume, pages = book.volume, book.pages[paper.id]
    identifier, kind = next(
        ((value, name) for value, name in ((volume.doi, "DOI"), (volume.isbn, "ISBN"), (volume.url, "URL")) if value),
        ("", ""),
    )
    if identifier:
        related = add(add(root, _q("relatedIdentifiers")), _q("relatedIdentifier"), identifier)
        related.set("relatedIdentifierType", kind)
        related.set("relationType", "IsPublishedIn")
    item = add(add(root, _q("relatedItems")), _q("relatedItem"))
    item.set("relatedItemType", "ConferenceProceeding")
    item.set("relationType", "IsPublishedIn")
    add(add(item, _q("titles")), _q("title"), plain(volume.title.pick(language)))
    add(item, _q("firstPage"), str(pages.first))
    add(item, _q("lastPage"), str(pages.last))


def _rights(root: etree._Element, book: Book, paper: Paper) -> None:
    licence = book.licence(paper)
    if licence.url or licence.spdx:
        rights = add(add(root, _q("rightsList")), _q("rights"), licence.name.en or licence.spdx, rightsURI=licence.url)
        if licence.url:
            rights.set("rightsIdentifier", licence.spdx)
            rights.set("rightsIdentifierScheme", "SPDX")
            rights.set("schemeURI", "https://spdx.org/licenses/")


def _abstracts(root: etree._Element, abstract: Text) -> None:
    if abstract:
        descriptions = add(root, _q("descriptions"))
        for language, words in (("zh", abstract.zh), ("en", abstract.en)):
            if words:
                node = add(descriptions, _q("description"), plain(words), descriptionType="Abstract")
                node.set(f"{{{XML}}}lang", language)
