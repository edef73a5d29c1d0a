"""Data for ``back.typ``: indexes and colophon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from proceedings.index import Group, author_index, institution_index, keyword_index
from proceedings.markup import tree
from proceedings.setting.front import common
from proceedings.setting.terms import TERMS
from proceedings.volume.book import Book, file_name


def back(book: Book, start: int) -> dict[str, Any]:
    """The whole of the data; ``start`` is the number of the first page after the papers."""
    volume = book.volume
    language, options = volume.language, volume.options
    groups, _ = author_index(book)
    indexes = [_index(book, "authors", groups, TERMS[f"index_{options.index_order}"].pick(language))]
    if options.keyword_index:
        indexes.append(_index(book, "keywords", keyword_index(book)))
    if options.institution_index:
        indexes.append(_index(book, "institutions", institution_index(book)))
    colophon = (volume.colophon or TERMS["colophon"]).pick(language)
    width = common(volume)["volume"]["width"]
    return common(volume) | {
        "start": start,
        "columns": 3 if width > 560 else 2,
        "indexes": [index for index in indexes if index["groups"]],
        "colophon": [tree(line) for line in colophon.split("\n") if line.strip()],
    }


def _index(book: Book, key: str, groups: Sequence[Group], note: str = "") -> dict[str, Any]:
    language = book.volume.language
    by_id = {paper.id: paper for paper in book.papers()}
    target: Callable[[str], dict[str, Any]] = lambda id_: {  # noqa: E731 - a name for one line of data
        "target": file_name(by_id[id_]),
        "page": str(book.pages[id_].first),
    }
    return {
        "key": key,
        "title": tree(TERMS[key].pick(language)),
        "other": tree(TERMS[key].other(language)),
        "note": tree(note),
        "groups": [
            {
                "letter": tree(group.letter),
                "entries": [
                    {
                        "name": tree(entry.name),
                        "detail": tree(entry.detail),
                        "pages": [target(id_) for id_ in entry.papers],
                    }
                    for entry in group.entries
                ],
            }
            for group in groups
        ],
    }
