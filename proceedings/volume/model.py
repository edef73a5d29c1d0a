"""A volume as frozen data. Files are absolute paths; dates are dates; every text is bilingual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from proceedings.people import Person
from proceedings.text import NOTHING, Text


@dataclass(frozen=True)
class Licence:
    """Under what terms a volume or paper may be used. ``spdx`` is a short name such as ``CC-BY-4.0``."""

    spdx: str = ""
    url: str = ""
    name: Text = NOTHING


@dataclass(frozen=True)
class Keywords:
    """Keywords by language, in the author's order."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Those of both languages, Chinese first."""
        return self.zh + self.en


@dataclass(frozen=True)
class Accepted:
    """Title and authors as the programme committee accepted them, to compare with the final version."""

    title: Text = NOTHING
    authors: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Form:
    """The copyright or licence form of a paper.

    ``kind`` is the employer's notice: us-gov, crown, eu or other.
    """

    signed_by: str = ""
    organisation: str = ""
    address: str = ""
    kind: str = "other"


@dataclass(frozen=True)
class Paper:
    """One paper. ``file`` is ``None`` for an entry of which only the record is known."""

    id: str
    title: Text
    authors: tuple[Person, ...] = ()
    file: Path | None = None
    abstract: Text = NOTHING
    keywords: Keywords = Keywords()
    archival: bool = True
    withdrawn: bool = False
    doi: str = ""
    key: str = ""
    language: str = ""
    licence: Licence | None = None
    copyright: Text = NOTHING
    received: date | None = None
    revised: date | None = None
    accepted_on: date | None = None
    published: date | None = None
    clc: str = ""
    funding: tuple[Text, ...] = ()
    awards: tuple[Text, ...] = ()
    url: str = ""
    supplements: tuple[Path, ...] = ()
    source: Path | None = None
    references: tuple[str, ...] = ()
    accepted: Accepted | None = None
    form: Form | None = None
    registered: bool | None = None
    similarity: float | None = None
    duplicate_of: str = ""
    notice: Text = NOTHING

    @property
    def printed(self) -> bool:
        """Whether the paper takes pages: archival, not withdrawn and not another entry's double."""
        return self.archival and not self.withdrawn and not self.duplicate_of


@dataclass(frozen=True)
class Session:
    """Papers under one heading of the contents."""

    title: Text
    papers: tuple[Paper, ...] = ()
    code: str = ""
    chairs: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Committee:
    """People under one heading.

    ``order`` is "given" (as listed), "pinyin" or "stroke"; the last two print a note.
    """

    title: Text
    members: tuple[Person, ...] = ()
    order: str = "given"


@dataclass(frozen=True)
class Hosts:
    """Organising bodies of one sort: 主办单位, 承办单位, 协办单位 and so on."""

    title: Text
    names: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Sponsor:
    """One sponsor of a tier."""

    name: Text
    logo: Path | None = None
    url: str = ""


@dataclass(frozen=True)
class Tier:
    """Sponsors of one level."""

    title: Text
    sponsors: tuple[Sponsor, ...] = ()


@dataclass(frozen=True)
class Preface:
    """A preface in Markdown (``text``) or a file in Markdown or DOCX."""

    title: Text
    text: str = ""
    file: Path | None = None
    authors: tuple[Person, ...] = ()
    date: Text = NOTHING


@dataclass(frozen=True)
class Talk:
    """An invited talk or a panel."""

    title: Text
    speakers: tuple[Person, ...] = ()
    abstract: Text = NOTHING
    biography: Text = NOTHING
    photo: Path | None = None
    when: Text = NOTHING
    room: Text = NOTHING


@dataclass(frozen=True)
class Entry:
    """One line of the programme; ``papers`` are ids."""

    time: str
    title: Text
    room: Text = NOTHING
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """One day of the programme."""

    title: Text
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Series:
    """The series that the volume appears in."""

    title: Text
    issn: str = ""
    volume: str = ""


@dataclass(frozen=True)
class Options:
    """How the volume is made."""

    page_size: str = "a4"
    recto: bool = False
    index_order: str = "pinyin"
    stamp: bool = True
    gbt: str = "2025"
    doi_pattern: str = "{prefix}/{acronym}.{year}.{id}"
    programme: bool = True
    keyword_index: bool = True
    institution_index: bool = True


@dataclass(frozen=True)
class Profile:
    """The event's own measure for the camera-ready checks.

    ``severity`` maps a finding's code to "error", "warning", "note" or "off". Margins are points: top,
    right, bottom, left. ``page_size`` is a name of :data:`proceedings.sizes.SIZES`; ``fonts`` the main
    fonts allowed (none: any).
    """

    severity: Mapping[str, str] = field(default_factory=dict)
    page_size: str = ""
    page_limit: int = 0
    references_count: bool = False
    margins: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    fonts: tuple[str, ...] = ()
    form_required: bool = False
    registration_required: bool = False
    source_required: bool = False
    similarity_limit: float = 0.0
    abstract_words: tuple[int, int] = (0, 0)
    keyword_count: tuple[int, int] = (0, 0)
    image_dpi: int = 300
    fee_url: str = ""
    retracted: tuple[str, ...] = ()
    gbt: str = "2025"


@dataclass(frozen=True)
class Volume:
    """Everything that is known of a volume before its pages are counted."""

    title: Text
    sessions: tuple[Session, ...]
    folder: Path
    acronym: str = ""
    year: int = 0
    number: str = ""
    subtitle: Text = NOTHING
    short_title: Text = NOTHING
    event: Text = NOTHING
    theme: Text = NOTHING
    start: date | None = None
    end: date | None = None
    place: Text = NOTHING
    publisher: Text = NOTHING
    publisher_place: Text = NOTHING
    published: date | None = None
    isbn: str = ""
    eisbn: str = ""
    issn: str = ""
    series: Series | None = None
    doi: str = ""
    doi_prefix: str = ""
    url: str = ""
    language: str = "en"
    licence: Licence = Licence()
    copyright: Text = NOTHING
    editors: tuple[Person, ...] = ()
    hosts: tuple[Hosts, ...] = ()
    committees: tuple[Committee, ...] = ()
    tiers: tuple[Tier, ...] = ()
    prefaces: tuple[Preface, ...] = ()
    talks: tuple[Talk, ...] = ()
    programme: tuple[Day, ...] = ()
    imprint: tuple[Text, ...] = ()
    contact: str = ""
    colophon: Text = NOTHING
    cover: Path | None = None
    depositor: tuple[str, str] = ("", "")
    options: Options = Options()
    profile: Profile = Profile()
    frozen: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def papers(self) -> Iterator[Paper]:
        """Every paper in the order of the volume."""
        for session in self.sessions:
            yield from session.papers

    def printed(self) -> Iterator[Paper]:
        """Every paper that takes pages, in the order of the volume."""
        return (paper for paper in self.papers() if paper.printed)

    @property
    def heading(self) -> Text:
        """The short title for running heads, or the title."""
        return self.short_title or self.title
