"""Cases of integrity, for those inside them; sanctions, for the rules that obey them; numbers, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, extract, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from confsys.accounts.models import Affiliation, Publication, Relation
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.viewer import Viewer
from confsys.members.models import IntegrityCase, Panelist, Sanction
from confsys.members.standing import CaseStanding, is_integrity_officer
from confsys.members.states import CaseOutcome, CaseState


@dataclass(frozen=True, slots=True)
class Bar:
    """What a sanction forbids on a day. It says nothing of why."""

    submitting: bool
    reviewing: bool
    until: date


def sanction(person_id: int | None, on_date: date) -> Bar | None:
    """What somebody may not do on a day; None for nearly everybody. One query."""
    if person_id is None:
        return None
    query = select(Sanction).where(
        Sanction.person_id == person_id, Sanction.starts_on <= on_date, Sanction.ends_on >= on_date
    )
    found = list(db.session.scalars(query))
    if not found:
        return None
    return Bar(
        submitting=any(row.bars_submitting for row in found), reviewing=any(row.bars_reviewing for row in found),
        until=max(row.ends_on for row in found),
    )  # fmt: skip


def kept_from_reviewing(person_id: int | Any, day: date) -> ColumnElement[bool]:
    """Whether a person, or the person of a row, may not review on a day. The same answer as ``sanction`` gives."""
    return exists().where(
        Sanction.person_id == person_id, Sanction.bars_reviewing, Sanction.starts_on <= day, Sanction.ends_on >= day
    )


def suspension_of(case: IntegrityCase) -> Sanction | None:
    """What the decision of a case forbids and until when. For those inside the case."""
    return db.session.scalar(select(Sanction).where(Sanction.case_id == case.id))


def case_by_code(code: str) -> IntegrityCase | None:
    query = select(IntegrityCase).where(IntegrityCase.code == code)
    return db.session.scalar(
        query.options(
            selectinload(IntegrityCase.complainant), selectinload(IntegrityCase.respondent),
            selectinload(IntegrityCase.panel).selectinload(Panelist.person), selectinload(IntegrityCase.story),
        )
    )  # fmt: skip


def standing_to_case(case: IntegrityCase, viewer: Viewer, at: datetime) -> CaseStanding:
    me = viewer.person_id
    return CaseStanding(
        viewer=viewer, state=case.state, is_complainant=me is not None and case.complainant_id == me,
        is_respondent=me is not None and case.respondent_id == me,
        is_panelist=any(row.person_id == me for row in case.panel),
        reply_open=case.reply_until is not None and at <= case.reply_until,
        appeal_open=case.appeal_until is not None and at <= case.appeal_until, has_panel=bool(case.panel),
        dismissed=case.outcome is CaseOutcome.DISMISSED,
    )  # fmt: skip


def cases_for(viewer: Viewer) -> list[IntegrityCase]:
    """The cases a viewer is inside of, the newest first. For everybody else there are none."""
    me = viewer.person_id
    if me is None:
        return []
    known = and_(
        IntegrityCase.respondent_id == me, IntegrityCase.state != CaseState.FILED,
        or_(IntegrityCase.outcome.is_(None), IntegrityCase.outcome != CaseOutcome.DISMISSED),
    )  # fmt: skip
    inside = or_(IntegrityCase.complainant_id == me, known, IntegrityCase.panel.any(Panelist.person_id == me))
    if is_integrity_officer(viewer):
        not_a_party = and_(
            or_(IntegrityCase.complainant_id.is_(None), IntegrityCase.complainant_id != me),
            or_(IntegrityCase.respondent_id.is_(None), IntegrityCase.respondent_id != me),
        )
        inside = or_(inside, not_a_party)
    return list(db.session.scalars(select(IntegrityCase).where(inside).order_by(IntegrityCase.id.desc())))


def ties(one: int, others: Sequence[int], day: date) -> list[Lazy]:
    """Why somebody cannot judge others: the same organisation, a relation either way, a paper written together."""
    if one in others:
        return [_l("is a party to the case")]
    mine, theirs = aliased(Affiliation), aliased(Affiliation)
    here = or_(mine.ends_on.is_(None), mine.ends_on >= day)
    there = or_(theirs.ends_on.is_(None), theirs.ends_on >= day)
    same_place = exists().where(
        mine.person_id == one, theirs.person_id.in_(others), mine.organisation_id == theirs.organisation_id, here, there
    )
    related = exists().where(
        or_(
            and_(Relation.person_id == one, Relation.other_person_id.in_(others)),
            and_(Relation.other_person_id == one, Relation.person_id.in_(others)),
        )
    )
    paper, other_paper = aliased(Publication), aliased(Publication)
    together = exists().where(
        paper.person_id == one, other_paper.person_id.in_(others), paper.fingerprint == other_paper.fingerprint
    )
    found = db.session.execute(select(same_place, related, together)).one()
    words = (_l("works at the same organisation"), _l("has a declared relation"), _l("wrote a paper together"))
    return [word for word, holds in zip(words, found, strict=True) if holds]


def integrity_figures(year: int) -> dict[str, int]:
    """Numbers of a year and nothing else: received, closed, and closed by outcome."""
    received = select(func.count()).where(extract("year", IntegrityCase.filed_at) == year)
    closed: Any = (
        select(IntegrityCase.outcome, func.count())
        .where(IntegrityCase.state == CaseState.CLOSED, extract("year", IntegrityCase.closed_at) == year)
        .group_by(IntegrityCase.outcome)
    )
    by_outcome = {outcome.value: count for outcome, count in db.session.execute(closed)}
    return {"received": db.session.scalar(received) or 0, "closed": sum(by_outcome.values()), **by_outcome}
