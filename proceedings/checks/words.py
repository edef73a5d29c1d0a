"""Group 12: length of abstract and title, keywords, institutions, classification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proceedings.findings import Finding, found
from proceedings.markup import plain
from proceedings.text import HAN, has_han
from proceedings.volume.model import Paper, Profile

_TITLE = 25  # characters, GB/T 7713.2-2022
_ESCAPED = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\\(?![A-Za-z]*\{)[A-Z]", re.IGNORECASE)
_CLC = re.compile(r"(?:T[BD-HJ-NP-QS-V]|[A-KN-VXZ])\d{0,3}(?:\.\d{1,4})*(?:[-/+=].*)?")


def check(paper: Paper, profile: Profile) -> Iterator[Finding]:
    """What the record itself gets wrong."""
    low, high = profile.abstract_words
    if high:
        for words in paper.abstract.both():
            count = length(words)
            if not low <= count <= high:
                yield found("abstract-length", count=count, low=low, high=high)
    for words in (*map(plain, paper.title.both()), *(person.both() for person in paper.authors)):
        if _ESCAPED.search(words):
            yield found("text-escaped", words=words)
    yield from _keywords(paper, profile)
    characters = len(HAN.findall(paper.title.zh))
    if characters > _TITLE:
        yield found("title-long", count=characters)
    for clc in filter(None, re.split(r"[;；\s]+", paper.clc)):
        if not _CLC.fullmatch(clc):
            yield found("clc-shape", clc=clc)
    for place in dict.fromkeys(place for person in paper.authors for place in person.affiliations):
        if place.en and not has_han(place.en) and "," not in place.en:
            yield found("affiliation-short", affiliation=place.en)


def _keywords(paper: Paper, profile: Profile) -> Iterator[Finding]:
    chinese, english = len(paper.keywords.zh), len(paper.keywords.en)
    low, high = profile.keyword_count
    if high and not low <= max(chinese, english) <= high:
        yield found("keyword-count", count=max(chinese, english), low=low, high=high)
    if chinese and english and chinese != english:
        yield found("keywords-unequal", zh_count=chinese, en_count=english)


def length(text: str) -> int:
    """Words of a Latin text, characters of a Chinese one."""
    text = plain(text)
    han = len(HAN.findall(text))
    return han + len(HAN.sub(" ", text).split()) if han else len(text.split())
