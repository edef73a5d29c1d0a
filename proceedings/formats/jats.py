"""JATS 1.3 (Journal Publishing): the front of each paper, with the event in ``<conference>``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree

from proceedings.formats.dates import published, year
from proceedings.formats.xml import MATHML, XML, add, inner, maybe, serialised
from proceedings.markup import face, plain
from proceedings.people import Person
from proceedings.setting.terms import days
from proceedings.text import Text
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

_XLINK = "http://www.w3.org/1999/xlink"
_FACE = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub", "math": "mml:"}


def write(book: Book) -> Mapping[str, bytes]:
    """``jats/ID.xml`` for each paper."""
    return {f"metadata/jats/{file_name(paper)}.xml": record(book, paper) for paper in book.papers()}


def record(book: Book, paper: Paper) -> bytes:
    """The article element of one paper."""
    language = book.language(paper)
    spaces: Any = {"mml": MATHML, "xlink": _XLINK}
    root = etree.Element("article", nsmap=spaces)
    root.set("article-type", "research-article")
    root.set("dtd-version", "1.3")
    root.set(f"{{{XML}}}lang", language)
    front = add(root, "front")
    _journal(front, book, language)
    meta = add(front, "article-meta")
    add(meta, "article-id", paper.id, pub_id_type="publisher-id")
    maybe(meta, "article-id", book.doi(paper), pub_id_type="doi")
    if paper.clc:
        group = add(add(meta, "article-categories"), "subj-group", subj_group_type="clc")
        add(group, "subject", paper.clc)
    _titles(meta, paper.title, language)
    _contributors(meta, book, paper, language)
    _dated(add(meta, "pub-date", date_type="pub"), published(book, paper), year(book, paper))
    maybe(meta, "volume", book.volume.series.volume if book.volume.series else "")
    maybe(meta, "isbn", book.volume.isbn)
    pages = book.pages[paper.id]
    add(meta, "fpage", str(pages.first))
    add(meta, "lpage", str(pages.last))
    _history(meta, paper)
    _permissions(meta, book, paper, language)
    _abstracts(meta, paper.abstract, language)
    _keywords(meta, paper)
    if paper.funding:
        funding = add(meta, "funding-group")
        for source in paper.funding:
            add(add(funding, "award-group"), "funding-source", source.pick(language))
    _conference(meta, book, language)
    _counts(meta, pages.count)
    _references(root, paper)
    return serialised(root)


def _journal(front: etree._Element, book: Book, language: str) -> None:
    """The series or volume stands where a journal would.

    The schema demands an ISSN element even of a volume that has none: it is then empty rather than invented.
    """
    volume = book.volume
    meta = add(front, "journal-meta")
    add(meta, "journal-id", (volume.acronym or "proceedings").lower(), journal_id_type="publisher-id")
    titles = add(meta, "journal-title-group")
    container = volume.series.title if volume.series else volume.title
    add(titles, "journal-title", plain(container.pick(language)))
    add(meta, "issn", (volume.series.issn if volume.series else "") or volume.issn)
    if volume.publisher:
        publisher = add(meta, "publisher")
        add(publisher, "publisher-name", volume.publisher.pick(language))
        maybe(publisher, "publisher-loc", volume.publisher_place.pick(language))


def _titles(meta: etree._Element, title: Text, language: str) -> None:
    group = add(meta, "title-group")
    inner(add(group, "article-title"), face(title.pick(language), _FACE), {"mml": MATHML})
    if title.other(language):
        translated = add(group, "trans-title-group")
        translated.set(f"{{{XML}}}lang", "en" if language == "zh" else "zh")
        inner(add(translated, "trans-title"), face(title.other(language), _FACE), {"mml": MATHML})


def _contributors(meta: etree._Element, book: Book, paper: Paper, language: str) -> None:
    if paper.authors:
        group = add(meta, "contrib-group", content_type="authors")
        places = list(dict.fromkeys(place for author in paper.authors for place in author.affiliations))
        for author in paper.authors:
            _author(group, author, language, places)
        for number, place in enumerate(places, 1):
            add(add(group, "aff", id=f"aff{number}"), "institution", place.pick(language))
    if book.volume.editors:
        group = add(meta, "contrib-group", content_type="editors")
        for editor in book.volume.editors:
            _names(add(group, "contrib", contrib_type="editor"), editor, language)


def _author(group: etree._Element, person: Person, language: str, places: list[Text]) -> None:
    node = add(group, "contrib", contrib_type="author", corresp="yes" if person.corresponding else "")
    if person.orcid:
        add(node, "contrib-id", f"https://orcid.org/{person.orcid}", contrib_id_type="orcid")
    _names(node, person, language)
    maybe(node, "email", person.email)
    for place in person.affiliations:
        add(node, "xref", ref_type="aff", rid=f"aff{places.index(place) + 1}")


def _names(node: etree._Element, person: Person, language: str) -> None:
    """Both forms of a name as alternatives, the paper's own first."""
    if person.organisation:
        add(node, "collab", person.display(language))
        return
    forms = [_native, _latin] if language == "zh" else [_latin, _native]
    forms = [form for form in forms if (person.native if form is _native else person.latin)]
    parent = add(node, "name-alternatives") if len(forms) > 1 else node
    for form in forms:
        form(parent, person)


def _native(parent: etree._Element, person: Person) -> None:
    name = add(parent, "name", name_style="eastern" if person.native_given else "given-only")
    name.set(f"{{{XML}}}lang", "zh")
    if person.native_given:
        add(name, "surname", person.native_family)
        add(name, "given-names", person.native_given)
    else:
        add(name, "given-names", person.native)


def _latin(parent: etree._Element, person: Person) -> None:
    if not person.family:
        add(add(parent, "name", name_style="given-only"), "given-names", person.latin)
        return
    name = add(parent, "name", name_style="western")
    add(name, "surname", person.family)
    maybe(name, "given-names", person.given)
    maybe(name, "suffix", person.suffix)


def _dated(node: etree._Element, day: date | None, fallback: int = 0) -> None:
    if day:
        node.set("iso-8601-date", day.isoformat())
        add(node, "day", f"{day.day:02}")
        add(node, "month", f"{day.month:02}")
    add(node, "year", str(day.year if day else fallback or 1970))


def _history(meta: etree._Element, paper: Paper) -> None:
    days_known = [("received", paper.received), ("rev-recd", paper.revised), ("accepted", paper.accepted_on)]
    if any(day for _, day in days_known):
        history = add(meta, "history")
        for kind, day in days_known:
            if day:
                _dated(add(history, "date", date_type=kind), day)


def _permissions(meta: etree._Element, book: Book, paper: Paper, language: str) -> None:
    volume, licence = book.volume, book.licence(paper)
    holder = (paper.copyright or volume.copyright or volume.publisher).pick(language)
    if not (holder or licence.url):
        return
    node = add(meta, "permissions")
    if holder:
        add(node, "copyright-statement", f"© {volume.year or ''} {holder}".replace("  ", " "))
        if volume.year:
            add(node, "copyright-year", str(volume.year))
        add(node, "copyright-holder", holder)
    if licence.url:
        terms = add(node, "license", license_type="open-access" if licence.spdx.startswith("CC") else "")
        terms.set(f"{{{_XLINK}}}href", licence.url)
        add(terms, "license-p", licence.name.pick(language) or licence.spdx)


def _abstracts(meta: etree._Element, abstract: Text, language: str) -> None:
    for name, words in (("abstract", abstract.pick(language)), ("trans-abstract", abstract.other(language))):
        if words:
            node = add(meta, name)
            if name == "trans-abstract":
                node.set(f"{{{XML}}}lang", "en" if language == "zh" else "zh")
            for paragraph in filter(None, (part.strip() for part in words.split("\n\n"))):
                inner(add(node, "p"), face(paragraph, _FACE), {"mml": MATHML})


def _keywords(meta: etree._Element, paper: Paper) -> None:
    for language, words in (("zh", paper.keywords.zh), ("en", paper.keywords.en)):
        if words:
            group = add(meta, "kwd-group", kwd_group_type="author")
            group.set(f"{{{XML}}}lang", language)
            for word in words:
                add(group, "kwd", word)


def _conference(meta: etree._Element, book: Book, language: str) -> None:
    volume = book.volume
    node = add(meta, "conference")
    add(
        node, "conf-date", days(volume.start, volume.end, language) or str(volume.year or "n.d.")
    )  # the schema demands one
    add(node, "conf-name", plain((volume.event or volume.title).pick(language)))
    maybe(node, "conf-acronym", volume.acronym)
    maybe(node, "conf-num", volume.number)
    maybe(node, "conf-loc", volume.place.pick(language))
    for sponsor in (sponsor for tier in volume.tiers for sponsor in tier.sponsors):
        maybe(node, "conf-sponsor", sponsor.name.pick(language))
    maybe(node, "conf-theme", plain(volume.theme.pick(language)))


def _counts(meta: etree._Element, pages: int) -> None:
    add(add(meta, "counts"), "page-count", count=str(pages))


def _references(root: etree._Element, paper: Paper) -> None:
    if paper.references:
        listed = add(add(root, "back"), "ref-list")
        for number, reference in enumerate(paper.references, 1):
            add(add(listed, "ref", id=f"ref{number}"), "mixed-citation", reference)
