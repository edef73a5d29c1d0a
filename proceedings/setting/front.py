"""Data for ``front.typ``: everything before the papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from proceedings.markup import plain, tree
from proceedings.people import Person
from proceedings.setting.imprint import imprint
from proceedings.setting.markdown import blocks
from proceedings.setting.terms import TERMS, days
from proceedings.sizes import SIZES
from proceedings.sorting import pinyin_key, stroke_key
from proceedings.text import Text
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Committee, Paper, Preface, Talk, Volume

Picture = Callable[[Path, str], str]
Words = list[Any]
_MOST_NAMES = 30  # of one paper in the contents; the index has them all


def words(text: Text, language: str) -> Words:
    """The text in the volume's language."""
    return tree(text.pick(language))


def pair(text: Text, language: str) -> list[Words]:
    """The text in the volume's language, then in the other where there is one."""
    return [tree(part) for part in (text.pick(language), text.other(language)) if part]


def common(volume: Volume) -> dict[str, Any]:
    """What every page of the book needs: size, language, running head and the fixed words."""
    language = volume.language
    width, height = SIZES[volume.options.page_size]
    return {
        "volume": {
            "width": width,
            "height": height,
            "language": language,
            "recto": volume.options.recto,
            "heading": words(volume.heading, language),
            "plain_title": plain(volume.title.pick(language)),
            "title": pair(volume.title, language),
            "subtitle": [words(volume.subtitle, language)] if volume.subtitle else [],
            "badge": tree(" ".join(part for part in (volume.acronym, str(volume.year or "")) if part)),
            "when": _when(volume),
            "editors": [tree(person.display(language)) for person in volume.editors],
            "publisher": pair(volume.publisher, language),
            "series": words(volume.series.title, language) if volume.series else [],
            "numbers": [tree(f"{name} {value}") for name, value in _numbers(volume)],
        },
        "words": {name: words(text, language) for name, text in TERMS.items()}
        | {"contents_other": tree(TERMS["contents"].other(language))},
    }


def _numbers(volume: Volume) -> Iterator[tuple[str, str]]:
    for name, value in (("ISBN", volume.isbn), ("eISBN", volume.eisbn), ("ISSN", volume.issn)):
        if value:
            yield name, value


def _when(volume: Volume) -> list[Words]:
    language = volume.language
    lines = [
        days(volume.start, volume.end, language),
        volume.place.pick(language),
        volume.theme.pick(language),
    ]
    return [tree(line) for line in lines if line]


def front(book: Book, picture: Picture, pages: Callable[[Paper], str]) -> dict[str, Any]:
    """The whole of the data. ``picture`` hands a file to the press; ``pages`` prints a paper's first page."""
    volume = book.volume
    language = volume.language
    return common(volume) | {
        "cover": picture(volume.cover, "cover") if volume.cover else None,
        "imprint": [[tree(line) for line in paragraph] for paragraph in imprint(volume)],
        "prefaces": [_preface(p, number, language) for number, p in enumerate(volume.prefaces)],
        "hosts": [
            {"title": pair(h.title, language), "names": [pair(name, language) for name in h.names]}
            for h in volume.hosts
        ],
        "committees": [_committee(committee, language) for committee in volume.committees],
        "tiers": [
            {
                "title": pair(tier.title, language),
                "sponsors": [
                    {
                        "name": words(sponsor.name, language),
                        "logo": picture(sponsor.logo, f"logo-{i}-{j}") if sponsor.logo else None,
                    }
                    for j, sponsor in enumerate(tier.sponsors)
                ],
            }
            for i, tier in enumerate(volume.tiers)
        ],
        "talks": [_talk(talk, number, language, picture) for number, talk in enumerate(volume.talks)],
        "contents": list(_contents(book, pages)),
        "programme": _programme(book, pages) if volume.options.programme else [],
    }


def _preface(preface: Preface, number: int, language: str) -> dict[str, Any]:
    signature = [person.display(language) for person in preface.authors]
    signature += [preface.date.pick(language)] if preface.date else []
    return {
        "key": f"preface{number}",
        "title": words(preface.title, language),
        "other": tree(preface.title.other(language)),
        "blocks": blocks(preface.text, preface.file),
        "signature": [tree(line) for line in signature],
    }


def ordered(committee: Committee) -> tuple[Person, ...]:
    """The members as the committee wants them listed."""
    if committee.order == "given":
        return committee.members
    return tuple(sorted(committee.members, key=stroke_key if committee.order == "stroke" else pinyin_key))


def _committee(committee: Committee, language: str) -> dict[str, Any]:
    members = ordered(committee)
    roles: dict[Text, list[Person]] = {}
    for member in members:
        roles.setdefault(member.role, []).append(member)
    # The order of roles is the order in which the data first names them, not that of the sorted members.
    ranked = list(dict.fromkeys(member.role for member in committee.members))
    wide = any(member.affiliations for member in members)
    longest = max((len(member.display(language)) for member in members), default=0)
    return {
        "title": pair(committee.title, language),
        "note": [] if committee.order == "given" else [f"({TERMS[committee.order].pick(language)})"],
        "wide": wide,
        "columns": 6 if language == "zh" and longest <= 4 else 3,
        "groups": [
            {"role": words(role, language), "members": [_member(member, language) for member in roles[role]]}
            for role in ranked
        ],
    }


def _member(person: Person, language: str) -> dict[str, Words]:
    places = "; ".join(place.pick(language) for place in person.affiliations)
    name = person.display(language) if language == "zh" else person.both()
    return {"name": tree(name), "place": tree(places)}


def _talk(talk: Talk, number: int, language: str, picture: Picture) -> dict[str, Any]:
    return {
        "title": pair(talk.title, language),
        "speakers": [_member(person, language) for person in talk.speakers],
        "photo": picture(talk.photo, f"photo-{number}") if talk.photo else None,
        "where": [words(text, language) for text in (talk.when, talk.room) if text],
        "abstract": _paragraphs(talk.abstract.pick(language)),
        "biography": _paragraphs(talk.biography.pick(language)),
    }


def _paragraphs(text: str) -> list[Words]:
    return [tree(part.strip()) for part in text.split("\n\n") if part.strip()]


def _contents(book: Book, pages: Callable[[Paper], str]) -> Iterator[dict[str, Any]]:
    language = book.volume.language
    for session, papers in book.sessions():
        yield {
            "title": pair(session.title, language),
            "papers": [_line(book, paper, pages) for paper in papers],
        }


def _line(book: Book, paper: Paper, pages: Callable[[Paper], str]) -> dict[str, Any]:
    own = book.language(paper)
    names = [person.display(own) for person in paper.authors]
    if len(names) > _MOST_NAMES:
        rest = TERMS["others"].pick(own).format(count=len(names) - _MOST_NAMES + 1)
        names = [*names[: _MOST_NAMES - 1], rest]
    return {
        "title": tree(paper.title.pick(own)),
        "other": tree(paper.title.other(own)),
        "authors": tree(("，" if own == "zh" else ", ").join(names)),
        "target": file_name(paper),
        "page": pages(paper),
    }


def _programme(book: Book, pages: Callable[[Paper], str]) -> list[dict[str, Any]]:
    language = book.volume.language
    by_id = {paper.id: paper for paper in book.volume.papers()}

    def listed(ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        for paper in (by_id[id_] for id_ in ids if id_ in by_id):
            printed = paper.id in book.pages
            yield {
                "title": words(paper.title, language),
                "target": file_name(paper),
                "page": pages(paper) if printed else None,
            }

    return [
        {
            "title": pair(day.title, language),
            "entries": [
                {
                    "time": entry.time,
                    "title": pair(entry.title, language),
                    "room": words(entry.room, language),
                    "papers": list(listed(entry.papers)),
                }
                for entry in day.entries
            ],
        }
        for day in book.volume.programme
    ]
