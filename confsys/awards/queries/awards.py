"""Awards with their winners, and what a viewer is to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from confsys.awards.models import Award, AwardCertificate, Juror, Nomination
from confsys.awards.standing import AwardStanding, keeps
from confsys.awards.states import AwardState, Check, Source
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import EventState
from confsys.members.days import society_day
from confsys.members.queries import valid_membership
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Candidate:
    """A nomination as the committee and the jury read it. ``people``: ids of who would be honoured."""

    id: int
    version: int
    names: tuple[PersonName, ...]
    people: frozenset[int]
    organisation: str
    why: str
    source: Source
    nominated_by_id: int | None
    person_id: int | None
    submission_id: int | None
    paper: LocalizedText
    paper_number: int | None
    declared: date | None
    check: Check
    check_note: str
    place: int | None
    citation: str

    @property
    def title(self) -> str:
        """The paper's title, or who it is."""
        return tx(self.paper) if self.paper else self.names[0].both

    @property
    def line(self) -> str:
        """Who wrote the paper, or where the person works."""
        return ", ".join(name.both for name in self.names) if self.paper else self.organisation

    @property
    def may_win(self) -> bool:
        return self.check is not Check.DOES_NOT


def by_code(code: str) -> Award | None:
    return db.session.scalar(select(Award).where(Award.code == code).options(joinedload(Award.event)))


def of_event(event_id: int | None, *, drafts: bool) -> list[Award]:
    """Of an event, or (None) of the society; the latest first."""
    query = select(Award).where(Award.event_id == event_id if event_id is not None else Award.event_id.is_(None))
    if not drafts:
        query = query.where(Award.state != AwardState.DRAFT)
    return list(db.session.scalars(query.order_by(Award.announced_at.desc(), Award.id.desc())))


def candidates(award_id: int) -> list[Candidate]:
    """All that were not withdrawn, in the order in which they came. Four queries."""
    query = select(Nomination).where(Nomination.award_id == award_id, Nomination.withdrawn_at.is_(None))
    return _seen(list(db.session.scalars(query.options(*_LOADED).order_by(Nomination.id))))


def winners(award_ids: Sequence[int]) -> dict[int, list[Candidate]]:
    """Of announced awards, by place."""
    found: dict[int, list[Candidate]] = {award_id: [] for award_id in award_ids}
    query = (
        select(Nomination)
        .join(Award)
        .where(Award.id.in_(award_ids), Award.state == AwardState.ANNOUNCED, Nomination.place.is_not(None))
        .options(*_LOADED)
        .order_by(Nomination.place, Nomination.id)
    )
    rows = list(db.session.scalars(query)) if award_ids else []
    for row, seen in zip(rows, _seen(rows), strict=True):
        found[row.award_id].append(seen)
    return found


_LOADED = (joinedload(Nomination.person), joinedload(Nomination.submission).selectinload(Submission.authors))


def _seen(rows: Sequence[Nomination]) -> list[Candidate]:
    return [
        Candidate(
            row.id, row.version,
            tuple(a.name for a in row.submission.authors) if row.submission else (row.name,),
            frozenset(
                {a.person_id for a in row.submission.authors if a.person_id}
                if row.submission
                else {row.person_id} if row.person_id else ()
            ),
            row.organisation, row.why, row.source, row.nominated_by_id, row.person_id, row.submission_id,
            row.submission.title if row.submission else LocalizedText(),
            row.submission.number if row.submission else None,
            row.declared, row.check, row.check_note, row.place, row.citation,
        )
        for row in rows
    ]  # fmt: skip


def is_candidate(person_id: int | None, award_id: int) -> bool:
    """Nominated themselves, or with a paper."""
    wrote = exists().where(Author.submission_id == Nomination.submission_id, Author.person_id == person_id)
    query = select(Nomination.id).where(
        Nomination.award_id == award_id, Nomination.withdrawn_at.is_(None),
        or_((Nomination.submission_id.is_(None)) & (Nomination.person_id == person_id), wrote),
    )  # fmt: skip
    return person_id is not None and db.session.scalar(query.limit(1)) is not None


def standing_of(viewer: Viewer, award: Award, event: EventStanding | None, at: datetime) -> AwardStanding:
    juror = select(Juror.id).where(Juror.award_id == award.id, Juror.person_id == viewer.person_id)
    inside = viewer.signed_in
    return AwardStanding(
        viewer, award.state, frozenset(Source(source) for source in award.sources), at, award.nominate_until,
        award.judge_until, keeps=keeps(viewer, event), is_candidate=is_candidate(viewer.person_id, award.id),
        is_juror=inside and db.session.scalar(juror) is not None,
        is_member=inside and valid_membership(viewer.person_id, society_day(at)) is not None,
    )  # fmt: skip


def own_nominations(person_id: int | None, award_id: int) -> list[Nomination]:
    """Those of the person, to declare what the rule asks: nominated themselves, or first author of a paper."""
    query = select(Nomination).where(
        Nomination.award_id == award_id, Nomination.person_id == person_id, Nomination.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(query)) if person_id is not None else []


def papers_to_nominate(award: Award) -> list[Submission]:
    """Accepted papers of the event that are not candidates yet; those that applied for an award first."""
    known = select(Nomination.submission_id).where(
        Nomination.award_id == award.id, Nomination.submission_id.is_not(None)
    )
    query = select(Submission).where(
        Submission.event_id == award.event_id, Submission.state == SubmissionState.ACCEPTED, Submission.id.not_in(known)
    )
    found = list(db.session.scalars(query.options(selectinload(Submission.authors)).order_by(Submission.number)))
    return sorted(found, key=lambda paper: not paper.answers.get("award"))


def certificates(nomination_ids: Sequence[int]) -> dict[int, AwardCertificate]:
    query = select(AwardCertificate).where(AwardCertificate.nomination_id.in_(nomination_ids))
    return {row.nomination_id: row for row in db.session.scalars(query)} if nomination_ids else {}


def certificate_by_code(code: str) -> AwardCertificate | None:
    return db.session.scalar(select(AwardCertificate).where(AwardCertificate.code == code.strip().upper()))


def announced_between(first: datetime, last: datetime) -> list[Award]:
    """For the year's report; of events that may be seen by everybody."""
    query = (
        select(Award)
        .outerjoin(Event, Event.id == Award.event_id)
        .where(Award.announced_at >= first, Award.announced_at < last)
        .where(or_(Award.event_id.is_(None), Event.state != EventState.DRAFT))
        .options(joinedload(Award.event))
    )
    return list(db.session.scalars(query.order_by(Award.announced_at, Award.id)))
