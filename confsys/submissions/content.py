"""What an author writes: one plain value that forms fill, operations store and pages compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import ConflictKind

Keywords = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AuthorContent:
    """One line of the list of authors. ``id`` is that of the stored row it changes, if there is one."""

    name: PersonName = field(default_factory=PersonName)
    email: str = ""
    affiliation: LocalizedText = field(default_factory=LocalizedText)
    orcid: str = ""
    country: str = ""
    corresponding: bool = False
    presenter: bool = False
    contact: bool = False
    id: int | None = None

    @property
    def blank(self) -> bool:
        """Nothing was typed: the line is not an author."""
        return not (self.name or self.email or self.affiliation or self.orcid or self.country)


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """Somebody whom the authors ask to be kept away from the paper."""

    name: str = ""
    email: str = ""
    kind: ConflictKind = ConflictKind.OTHER

    @property
    def blank(self) -> bool:
        return not (self.name or self.email)

    def as_dict(self) -> dict[str, str]:
        return {"name": self.name, "email": self.email, "kind": self.kind.value}

    @classmethod
    def of(cls, row: Mapping[str, str]) -> DeclaredConflict:
        return cls(row.get("name", ""), row.get("email", ""), ConflictKind(row.get("kind", "other")))


@dataclass(frozen=True, slots=True)
class PaperContent:
    """All that authors say of a paper but its files."""

    title: LocalizedText = field(default_factory=LocalizedText)
    abstract: LocalizedText = field(default_factory=LocalizedText)
    keywords: Keywords = field(default_factory=dict)
    track_id: int | None = None
    topic_ids: frozenset[int] = frozenset()
    authors: tuple[AuthorContent, ...] = ()
    conflicts: tuple[DeclaredConflict, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


#: The parts of a paper, in the order of the form.
PARTS = ("title", "abstract", "keywords", "track_id", "topic_ids", "authors", "conflicts", "answers")


def author_content(author: Author) -> AuthorContent:
    return AuthorContent(
        name=author.name, email=author.email, affiliation=author.affiliation, orcid=author.orcid,
        country=author.country, corresponding=author.is_corresponding, presenter=author.is_presenter,
        contact=author.is_contact, id=author.id,
    )  # fmt: skip


def content_of(paper: Submission) -> PaperContent:
    """What is stored of a paper now."""
    return PaperContent(
        title=paper.title,
        abstract=paper.abstract,
        keywords={locale: tuple(words) for locale, words in paper.keywords.items() if words},
        track_id=paper.track_id,
        topic_ids=frozenset(topic.id for topic in paper.topics),
        authors=tuple(author_content(author) for author in paper.authors),
        conflicts=tuple(DeclaredConflict.of(row) for row in paper.declared_conflicts),
        answers=dict(paper.answers),
    )


def changed_parts(old: PaperContent, new: PaperContent) -> tuple[str, ...]:
    """Names of the parts in which two contents differ."""
    return tuple(part for part in PARTS if getattr(old, part) != getattr(new, part))
