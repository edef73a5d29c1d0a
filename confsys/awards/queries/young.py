"""Young authors and mentors of an event: one's own page, and the organisers'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person, Relation
from confsys.awards.models import MentorOffer, Mentorship, YoungAuthor
from confsys.awards.pairing import Mentor, Suggestion, Young, suggestions
from confsys.awards.states import Check, PairState
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import SubmissionState

LIVE = (PairState.PROPOSED, PairState.AGREED)
GONE = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Pair:
    """As one of the two reads it. ``address``: of the other, once both have said yes."""

    id: int
    other: PersonName
    as_mentor: bool
    state: PairState
    said: bool
    address: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggestion with names, for the organisers."""

    suggestion: Suggestion
    young: PersonName
    mentor: PersonName


def is_author(event_id: int, person_id: int | None) -> bool:
    query = select(Author.id).join(Submission).where(
        Submission.event_id == event_id, Author.person_id == person_id, Submission.state.not_in(GONE)
    )  # fmt: skip
    return person_id is not None and db.session.scalar(query.limit(1)) is not None


def authors_of_papers(event_id: int) -> list[Person]:
    """Whoever wrote something that was submitted to the event, in the order of the papers."""
    query = select(Author).join(Submission).where(
        Submission.event_id == event_id, Author.person_id.is_not(None), Submission.state.not_in(GONE)
    )  # fmt: skip
    found = db.session.scalars(query.options(joinedload(Author.person)).order_by(Submission.number, Author.position))
    return list({author.person_id: author.person for author in found if author.person is not None}.values())


def offer_by_id(offer_id: int) -> MentorOffer:
    return db.session.get_one(MentorOffer, offer_id)


def own_row(event_id: int, person_id: int | None) -> YoungAuthor | None:
    query = select(YoungAuthor).where(YoungAuthor.event_id == event_id, YoungAuthor.person_id == person_id)
    return db.session.scalar(query) if person_id is not None else None


def own_offer(event_id: int, person_id: int | None) -> MentorOffer | None:
    query = select(MentorOffer).where(MentorOffer.event_id == event_id, MentorOffer.person_id == person_id)
    return db.session.scalar(query) if person_id is not None else None


_BOTH = (
    joinedload(Mentorship.offer).joinedload(MentorOffer.person).selectinload(Person.emails),
    joinedload(Mentorship.young).joinedload(YoungAuthor.person).selectinload(Person.emails),
)


def own_pairs(event_id: int, person_id: int | None) -> list[Pair]:
    query = (
        select(Mentorship)
        .join(MentorOffer, MentorOffer.id == Mentorship.offer_id)
        .join(YoungAuthor, YoungAuthor.id == Mentorship.young_id)
        .where(MentorOffer.event_id == event_id, Mentorship.state.in_(LIVE))
        .where(or_(MentorOffer.person_id == person_id, YoungAuthor.person_id == person_id))
        .options(*_BOTH)
        .order_by(Mentorship.id)
    )
    found = db.session.scalars(query) if person_id is not None else ()
    return [_pair(row, row.offer.person_id == person_id) for row in found]


def _pair(row: Mentorship, as_mentor: bool) -> Pair:
    other = row.young.person if as_mentor else row.offer.person
    agreed = row.state is PairState.AGREED
    address = next((email.address for email in other.emails if email.is_primary), "") if agreed else ""
    said = (row.mentor_said if as_mentor else row.young_said) is not None
    return Pair(row.id, other.name, as_mentor, row.state, said, address)


def authors(event_id: int) -> list[YoungAuthor]:
    """Those who declared or wish something; what is to be checked first."""
    query = select(YoungAuthor).where(YoungAuthor.event_id == event_id).options(joinedload(YoungAuthor.person))
    rows = list(db.session.scalars(query.order_by(YoungAuthor.id)))
    return sorted(rows, key=lambda row: (row.check is not Check.OPEN, row.person.sort_key))


def pairs(event_id: int) -> list[Mentorship]:
    query = select(Mentorship).join(MentorOffer).where(MentorOffer.event_id == event_id).options(*_BOTH)
    return list(db.session.scalars(query.order_by(Mentorship.id)))


def proposals(event_id: int) -> list[Proposal]:
    """Whom the organisers might bring together, with what they share. Seven queries, whatever the numbers."""
    live = select(Mentorship.offer_id, Mentorship.young_id).where(Mentorship.state.in_(LIVE))
    tried = {(row[0], row[1]) for row in db.session.execute(select(Mentorship.offer_id, Mentorship.young_id))}
    busy = [(row[0], row[1]) for row in db.session.execute(live)]
    offers = select(MentorOffer).where(MentorOffer.event_id == event_id).options(joinedload(MentorOffer.person))
    rows = list(db.session.scalars(offers.order_by(MentorOffer.id)))
    waiting = [row for row in authors(event_id) if row.wants_mentor and row.id not in {young for _o, young in busy}]
    words = _words([row.person_id for row in waiting], event_id)
    young = [
        Young(row.id, row.person_id, tuple(row.person.expertise) + words.get(row.person_id, ())) for row in waiting
    ]
    mentors = [
        Mentor(row.id, row.person_id, tuple(row.topics), row.most - sum(offer_id == row.id for offer_id, _y in busy))
        for row in rows
    ]
    found = suggestions(young, mentors, _apart([m.person_id for m in mentors], [y.person_id for y in young]))
    names = {row.id: row.person.name for row in waiting}
    of_mentors = {row.id: row.person.name for row in rows}
    return [
        Proposal(one, names[one.young_id], of_mentors[one.mentor_id])
        for one in found
        if (one.mentor_id, one.young_id) not in tried
    ]


def _words(people: Sequence[int], event_id: int) -> dict[int, tuple[str, ...]]:
    """What each author's papers at the event are about, in their own words."""
    query = select(Author.person_id, Submission).join(Submission, Submission.id == Author.submission_id)
    here = query.where(Submission.event_id == event_id, Author.person_id.in_(people), Submission.state.not_in(GONE))
    found: dict[int, tuple[str, ...]] = {}
    for person_id, paper in db.session.execute(here.options(selectinload(Submission.topics))):
        keywords = [word for language in paper.keywords.values() for word in language]
        topics = [text for topic in paper.topics for text in (topic.name.en, topic.name.zh) if text]
        if person_id is not None:
            found[person_id] = found.get(person_id, ()) + tuple(keywords + topics)
    return found


def _apart(mentors: Sequence[int], young: Sequence[int]) -> set[tuple[int, int]]:
    """Co-authors of this house's papers, and ties that a profile names: they know each other already."""
    one, other = (Author.__table__.alias(name) for name in ("one", "other"))
    wrote = (
        select(one.c.person_id, other.c.person_id)
        .join(other, other.c.submission_id == one.c.submission_id)
        .where(one.c.person_id.in_(mentors), other.c.person_id.in_(young))
    )
    tied = select(Relation.person_id, Relation.other_person_id).where(
        or_(
            Relation.person_id.in_(mentors) & Relation.other_person_id.in_(young),
            Relation.person_id.in_(young) & Relation.other_person_id.in_(mentors),
        )
    )
    found = {(row[0], row[1]) for row in db.session.execute(wrote)}
    for row in db.session.execute(tied):
        found |= {(row[0], row[1] or 0), (row[1] or 0, row[0])}
    return found


def agreed(event_id: int) -> int:
    query = select(func.count()).select_from(Mentorship).join(MentorOffer)
    return (
        db.session.scalar(query.where(MentorOffer.event_id == event_id, Mentorship.state == PairState.AGREED)) or 0
    )  # fmt: skip
