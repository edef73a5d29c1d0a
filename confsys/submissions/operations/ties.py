"""What is known of authors and committee, as plain data for the matching engine, and what the engine says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import extract, or_, select

from confsys.accounts.models import Affiliation, EmailAddress, Organisation, Person, Publication, Relation
from confsys.core.db import db
from confsys.core.names import PersonName, folded
from confsys.events.models import Event
from confsys.submissions.models import Author, Submission
from confsys.submissions.options import SubmissionOptions
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from reviewers import conflicts as engine

Key = tuple[int, int, ConflictKind]
#: The engine's codes as our kinds. The same address is the same person.
KINDS = {
    "author": ConflictKind.AUTHOR,
    "email": ConflictKind.AUTHOR,
    "organisation": ConflictKind.ORGANISATION,
    "domain": ConflictKind.EMAIL_DOMAIN,
    "relation": ConflictKind.RELATION,
    "coauthor": ConflictKind.COAUTHOR,
}
#: Kept for examples (RFC 2606): an address there says nothing about where somebody works.
RESERVED = frozenset({"example.org", "example.com", "example.net"})


@dataclass(frozen=True, slots=True)
class Written:
    """An author as the comparison needs them; without an account they are known by address and organisation."""

    id: int
    person_id: int | None
    email: str
    organisation_id: int | None

    @property
    def key(self) -> int | str:
        return self.person_id if self.person_id is not None else f"author-{self.id}"


@dataclass(frozen=True, slots=True)
class Paper:
    id: int
    authors: Sequence[Written]
    declared: Sequence[Mapping[str, str]]
    #: How many years what has ended still counts: the event's rule.
    conflict_years: int


@dataclass(frozen=True, slots=True)
class Found:
    source: ConflictSource
    note: str = ""


def papers(event_id: int, ids: Collection[int] | None) -> list[Paper]:
    """Submissions of an event (no drafts), or those of them in ``ids``."""
    query = select(Submission.id, Submission.declared_conflicts).where(
        Submission.event_id == event_id, Submission.state != SubmissionState.DRAFT
    )
    if ids is not None:
        query = query.where(Submission.id.in_(ids))
    rows = db.session.execute(query.order_by(Submission.id)).all()
    lines = select(Author.submission_id, Author.id, Author.person_id, Author.email, Author.organisation_id)
    by_paper: dict[int, list[Written]] = defaultdict(list)
    for line in db.session.execute(lines.where(Author.submission_id.in_([row.id for row in rows]))):
        by_paper[line.submission_id].append(Written(line.id, line.person_id, line.email, line.organisation_id))
    years = SubmissionOptions.of(db.session.get_one(Event, event_id)).conflict_years
    return [Paper(row.id, by_paper[row.id], row.declared_conflicts, years) for row in rows]


def conflicts(written: Sequence[Paper], members: Sequence[int], *, at: datetime) -> dict[Key, Found]:
    """Every conflict between papers and members: declared by the authors, or found by the engine."""
    found = dict(_declared(written, members))
    authors = [author for paper in written for author in paper.authors]
    people = _people({*members, *(a.person_id for a in authors if a.person_id is not None)}, authors)
    policy = engine.Policy(year=at.year, years=_years(written), free_mail=RESERVED)
    asked = [engine.Submission(paper.id, tuple(author.key for author in paper.authors)) for paper in written]
    for conflict in engine.detect(asked, people, members, policy, _organisations()):
        key = (int(conflict.paper), int(conflict.reviewer), KINDS[conflict.source])
        # A work or an organisation is named by a key that tells a reader nothing; a domain speaks for itself.
        note = conflict.detail if conflict.source == "domain" else ""
        found.setdefault(key, Found(ConflictSource.DETECTED, note))
    return found


def of_strangers(
    written: Sequence[Paper], strangers: Mapping[str, str], *, at: datetime
) -> set[tuple[int, str, ConflictKind]]:
    """(paper, address, kind) between papers and people known by nothing but an address and a name, as an invitation is.

    Their address may be an author's, its domain where authors work, or authors may have named them.
    """
    authors = [author for paper in written for author in paper.authors]
    people = _people({a.person_id for a in authors if a.person_id is not None}, authors)
    people += [engine.Person(address, (address,)) for address in strangers]
    policy = engine.Policy(year=at.year, years=_years(written), free_mail=RESERVED)
    asked = [engine.Submission(paper.id, tuple(author.key for author in paper.authors)) for paper in written]
    found = {
        (int(conflict.paper), str(conflict.reviewer), KINDS[conflict.source])
        for conflict in engine.detect(asked, people, list(strangers), policy, _organisations())
    }
    named = {folded(name): address for address, name in strangers.items() if name}
    for paper in written:
        for row in paper.declared:
            address = row["email"] if row["email"] in strangers else named.get(folded(row["name"]))
            if address is not None:
                found.add((paper.id, address, ConflictKind(row["kind"])))
    return found


def _years(written: Sequence[Paper]) -> int:
    """The papers of one comparison are one event's."""
    return written[0].conflict_years if written else 0


def _declared(written: Iterable[Paper], members: Sequence[int]) -> Iterator[tuple[Key, Found]]:
    """Names and addresses typed by authors, matched with members as they are known today."""
    rows = [(paper.id, row) for paper in written for row in paper.declared]
    if not rows:
        return
    by_address: dict[str, int] = {row.address: row.person_id for row in _addresses(members)}
    by_name: dict[str, list[int]] = defaultdict(list)
    columns = select(Person.id, Person.given, Person.family, Person.native).where(Person.id.in_(members))
    for row in db.session.execute(columns):
        name = PersonName(row.given, row.family, row.native)
        for form in {name.both, name.latin, name.native, f"{name.family} {name.given}"}:
            by_name[folded(form)].append(row.id)
    for paper_id, declared in rows:
        named = by_name.get(folded(declared["name"]), []) if declared["name"] else []
        known = by_address.get(declared["email"])
        for person_id in [known] if known is not None else named:
            yield (paper_id, person_id, ConflictKind(declared["kind"])), Found(ConflictSource.DECLARED_BY_AUTHOR)


def _addresses(people: Collection[int]) -> Sequence[Any]:
    columns = select(EmailAddress.person_id, EmailAddress.address)
    return db.session.execute(
        columns.where(EmailAddress.person_id.in_(people), EmailAddress.verified_at.is_not(None))
    ).all()


def _people(ids: Collection[int], authors: Sequence[Written]) -> list[engine.Person]:
    """Members and authors. An author without an account counts with the address and organisation on the paper."""
    emails: dict[int | str, set[str]] = defaultdict(set)
    for row in _addresses(ids):
        emails[row.person_id].add(row.address)
    held: dict[int | str, list[engine.Affiliation]] = defaultdict(list)
    for place in db.session.scalars(select(Affiliation).where(Affiliation.person_id.in_(ids))):
        start = place.starts_on.year if place.starts_on else None
        end = place.ends_on.year if place.ends_on else None
        held[place.person_id].append(engine.Affiliation(str(place.organisation_id), start, end))
    for author in authors:
        if author.email:
            emails[author.key].add(author.email)
        if author.organisation_id is not None:
            held[author.key].append(engine.Affiliation(str(author.organisation_id)))
    works, relations = _works(ids), _relations(ids)
    return [
        engine.Person(
            key, tuple(sorted(emails[key])), tuple(held[key]), tuple(relations.get(key, ())), tuple(works.get(key, ()))
        )
        for key in {*ids, *(author.key for author in authors)}
    ]


def _works(ids: Collection[int]) -> dict[int | str, list[engine.Work]]:
    """What people published, and what they submitted here, by keys that co-authors share."""
    found: dict[int | str, list[engine.Work]] = defaultdict(list)
    columns = select(Publication.person_id, Publication.fingerprint, Publication.year)
    for row in db.session.execute(columns.where(Publication.person_id.in_(ids))):
        found[row.person_id].append(engine.Work(row.fingerprint, row.year))
    year = extract("year", Submission.created_at).label("year")
    submitted = (
        select(Author.person_id, Submission.id, year)
        .join(Submission, Submission.id == Author.submission_id)
        .where(Author.person_id.in_(ids), Submission.state != SubmissionState.DRAFT)
    )
    for person_id, paper_id, created in db.session.execute(submitted):
        if person_id is not None:
            found[person_id].append(engine.Work(f"submission-{paper_id}", int(created)))
    return found


def _relations(ids: Collection[int]) -> dict[int | str, list[engine.Relation]]:
    """Ties that people told of themselves; one who is named by address only is found by it."""
    rows = db.session.scalars(
        select(Relation).where(or_(Relation.person_id.in_(ids), Relation.other_person_id.in_(ids)))
    ).all()
    typed = {row.other_email for row in rows if row.other_person_id is None and row.other_email}
    known = select(EmailAddress.address, EmailAddress.person_id).where(
        EmailAddress.address.in_(typed), EmailAddress.verified_at.is_not(None)
    )
    by_address = {row.address: row.person_id for row in db.session.execute(known)} if typed else {}
    found: dict[int | str, list[engine.Relation]] = defaultdict(list)
    for row in rows:
        other = row.other_person_id or by_address.get(row.other_email)
        if other is not None:
            end = row.ends_on.year if row.ends_on else None
            found[row.person_id].append(engine.Relation(other, row.kind.value, end))
    return found


def _organisations() -> list[engine.Organisation]:
    columns = select(Organisation.id, Organisation.parent_id, Organisation.domains)
    return [
        engine.Organisation(str(row.id), str(row.parent_id) if row.parent_id else None, tuple(row.domains))
        for row in db.session.execute(columns)
    ]
