"""What is known of the people behind papers and reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..kinds import Id


@dataclass(frozen=True)
class Affiliation:
    """A time at an organisation, in years; None as `end` means "still", None as `start` "since long"."""

    organisation: str
    start: int | None = None
    end: int | None = None
    kind: Literal["position", "internship"] = "position"


@dataclass(frozen=True)
class Organisation:
    """An organisation, the one it is part of, and its e-mail domains.

    An `umbrella` (an academy with a hundred institutes, a ministry) ties nobody to its other parts: neither
    it nor what lies above it counts for those who come to it through a part.
    """

    id: str
    parent: str | None = None
    domains: tuple[str, ...] = ()
    umbrella: bool = False


@dataclass(frozen=True)
class Relation:
    """A tie somebody declared to another person: advisor, student, relative, close colleague ...

    `end` is the last year it held; None means it still counts.
    """

    person: Id
    kind: str
    end: int | None = None


@dataclass(frozen=True)
class Work:
    """A publication or an earlier submission, by whatever key its co-authors share (DOI, paper id)."""

    id: str
    year: int | None = None


@dataclass(frozen=True)
class Person:
    """One person. Only verified e-mails belong here: an address proves nothing before it is confirmed."""

    id: Id
    emails: tuple[str, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    relations: tuple[Relation, ...] = ()
    works: tuple[Work, ...] = ()
    coauthors: Mapping[Id, int | None] = field(default_factory=dict)
    """Co-authors known otherwise, with the last year of writing together (None: still counts)."""


@dataclass(frozen=True)
class Submission:
    """A paper under review and the ids of its authors."""

    id: Id
    authors: tuple[Id, ...]


@dataclass(frozen=True)
class Policy:
    """Which ties count.

    year         the year to count back from (the engine has no clock)
    years        how many years an ended affiliation, relation or joint work still counts; None for ever
    internships  whether an internship ties like a position
    domains      `always`, only for people `without_affiliation`, or `never`
    free_mail    further domains that tell nothing about where a person works
    aliases      domains that mean the same: {"aberdeen.ac.uk": "abdn.ac.uk"}
    """

    year: int
    years: int | None = 3
    internships: bool = True
    domains: Literal["always", "without_affiliation", "never"] = "always"
    free_mail: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def counts(self, end: int | None) -> bool:
        """Whether something that ended in `end` (None: not yet) still ties."""
        return end is None or self.years is None or end >= self.year - self.years


@dataclass(frozen=True)
class Conflict:
    """One reason why a reviewer must not see a paper.

    `source` is a stable code: `author`, `email`, `organisation`, `domain`, `relation`, `coauthor`; `detail`
    is what was shared (an organisation id, a domain, the kind of relation, a work) and `declared_by` who told
    of a relation.
    """

    paper: Id
    reviewer: Id
    author: Id
    source: str
    detail: str = ""
    declared_by: Id | None = None
