"""CSL-JSON: what reference managers read, and what our own GB/T 7714 lines are set from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from proceedings.formats.dates import published, year
from proceedings.markup import plain
from proceedings.people import Person
from proceedings.text import has_han
from proceedings.volume.book import Book
from proceedings.volume.model import Paper


def write(book: Book) -> Mapping[str, bytes]:
    """``volume.csl.json``."""
    items = [item(book, paper) for paper in book.papers()]
    return {"metadata/volume.csl.json": (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()}


def item(book: Book, paper: Paper) -> dict[str, Any]:
    """The item of one paper."""
    volume, language = book.volume, book.language(paper)
    pages = book.pages[paper.id]
    fields: dict[str, Any] = {
        "id": book.keys()[paper.id],
        "type": "paper-conference",
        "title": plain(paper.title.pick(language)),
        "author": [name(person, language) for person in paper.authors],
        "editor": [name(person, language) for person in volume.editors],
        "container-title": plain(volume.title.pick(language)),
        "collection-title": plain(volume.series.title.pick(language)) if volume.series else "",
        "collection-number": volume.series.volume if volume.series else "",
        "event-title": plain((volume.event or volume.title).pick(language)),
        "event-place": volume.place.pick(language),
        "event-date": _event(volume.start, volume.end),
        "issued": _issued(book, paper),
        "publisher": volume.publisher.pick(language),
        "publisher-place": volume.publisher_place.pick(language),
        "page": f"{pages.first}-{pages.last}" if pages.count > 1 else str(pages.first),
        "DOI": book.doi(paper),
        "URL": book.url(paper),
        "ISBN": volume.isbn or volume.eisbn,
        "ISSN": volume.issn or (volume.series.issn if volume.series else ""),
        "language": "zh-CN" if language == "zh" else language,
        "keyword": ", ".join(paper.keywords.all()),
        "abstract": plain(paper.abstract.pick(language)),
    }
    return {key: value for key, value in fields.items() if value}


def name(person: Person, language: str) -> dict[str, Any]:
    """One name in parts, in its own script where the item is Chinese; without parts ``literal``."""
    if language == "zh" and has_han(person.native_family) and person.native_given:
        return {"family": person.native_family, "given": person.native_given}
    if not person.family:
        return {"literal": person.display(language)}
    parts: dict[str, Any] = {"family": person.family, "given": person.given}
    if person.suffix:
        parts["suffix"] = person.suffix
    return {key: value for key, value in parts.items() if value}


def _issued(book: Book, paper: Paper) -> dict[str, Any]:
    day = published(book, paper)
    if day:
        return {"date-parts": [_parts(day)]}
    return {"date-parts": [[year(book, paper)]]} if year(book, paper) else {}


def _event(start: date | None, end: date | None) -> dict[str, Any]:
    if start is None:
        return {}
    return {"date-parts": [_parts(start), *([_parts(end)] if end and end != start else [])]}


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
