"""A volume whose pages are counted: what every format is written from."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from proceedings.people import Person
from proceedings.sorting import surname_pinyin
from proceedings.text import has_han
from proceedings.volume.model import Licence, Paper, Session, Volume

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")


@dataclass(frozen=True)
class Range:
    """First and last page, as printed."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def count(self) -> int:
        """How many pages."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Book:
    """The volume and the pages of each of its printed papers, by id.

    Contents, index, stamps and all records read the pages from here, and so cannot disagree.
    """

    volume: Volume
    pages: Mapping[str, Range]

    def papers(self) -> Iterator[Paper]:
        """The printed papers, in order."""
        return (paper for paper in self.volume.printed() if paper.id in self.pages)

    def sessions(self) -> Iterator[tuple[Session, tuple[Paper, ...]]]:
        """Each session with its printed papers; sessions without any are left out."""
        for session in self.volume.sessions:
            papers = tuple(paper for paper in session.papers if paper.printed and paper.id in self.pages)
            if papers:
                yield session, papers

    def doi(self, paper: Paper) -> str:
        """The paper's DOI, given or made by the volume's pattern; empty where there is no prefix."""
        if paper.doi or not self.volume.doi_prefix:
            return paper.doi
        made = self.volume.options.doi_pattern.format(
            prefix=self.volume.doi_prefix,
            acronym=slug(self.volume.acronym) or "volume",
            year=self.volume.year,
            id=re.sub(r"[^\w.()-]+", "-", paper.id, flags=re.ASCII),
        )
        return made if _DOI.fullmatch(made) else ""

    def url(self, paper: Paper) -> str:
        """Address of the paper's page."""
        if paper.url:
            return paper.url
        return f"{self.volume.url.rstrip('/')}/{file_name(paper)}.html" if self.volume.url else ""

    def licence(self, paper: Paper) -> Licence:
        """The paper's licence, or the volume's."""
        return paper.licence or self.volume.licence

    def language(self, paper: Paper) -> str:
        """Language of the paper.

        As given, else Chinese where only its title is Chinese, else the volume's.
        """
        if paper.language:
            return paper.language
        if bool(paper.title.zh) != bool(paper.title.en):
            return "zh" if paper.title.zh else "en"
        return self.volume.language

    def keys(self) -> dict[str, str]:
        """Citation key of each printed paper: surname, year, first word of the title; never two alike."""
        taken: dict[str, str] = {}
        given = {paper.key for paper in self.papers() if paper.key}
        for paper in self.papers():
            base = paper.key or self._key(paper)
            key, letter = base, 0
            while key in taken.values() or (key in given and key != paper.key):
                letter += 1
                key = f"{base}{letters(letter)}"
            taken[paper.id] = key
        return taken

    def _key(self, paper: Paper) -> str:
        name = _key_name(paper.authors[0]) if paper.authors else ""
        words = re.findall(r"[a-z0-9]+", _ascii(paper.title.en).lower())
        word = next((w for w in words if w not in {"a", "an", "the", "on", "of", "for", "towards"}), "")
        return f"{name or 'anonymous'}{self.volume.year or ''}{word}"


def letters(number: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _key_name(person: Person) -> str:
    latin = person.family or person.whole
    if not latin and has_han(person.native_family):
        latin = surname_pinyin(person.native_family)
    return slug(latin)


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def slug(text: str) -> str:
    """ASCII letters and figures of ``text`` in lower case: fit for keys, anchors and DOIs."""
    return re.sub(r"[^a-z0-9]+", "", _ascii(text).lower())


def file_name(paper: Paper) -> str:
    """The paper's id as a file name, without an ending.

    Safe on every system, different ids stay different.
    """
    safe = re.sub(r"[^\w.-]+", "_", paper.id).strip("._") or "paper"
    if safe == paper.id:
        return safe
    return f"{safe}-{hashlib.sha256(paper.id.encode()).hexdigest()[:6]}"
