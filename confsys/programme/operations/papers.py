"""Accepted papers become talks; papers that are accepted no longer leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.events.states import Feature
from confsys.programme.models import Talk
from confsys.programme.options import ProgrammeOptions
from confsys.programme.rules import may_arrange
from confsys.programme.states import SessionKind
from confsys.submissions.models import Submission
from confsys.submissions.states import CHAPTER, SubmissionState


@dataclass(frozen=True, slots=True)
class Brought:
    """How many talks came and went."""

    added: int
    removed: int


@operation
def bring_in_papers(event: Event, *, standing: EventStanding | None, actor: Actor, at: datetime) -> Brought:
    """Every accepted paper of the event becomes a talk in the tray; talks of other papers go.

    Repeating changes nothing. ``standing`` None: asked for by the system.
    """
    if standing is not None:
        demand(may_arrange(standing))
    accepted = db.session.scalars(
        select(Submission)
        .where(
            Submission.event_id == event.id,
            Submission.state == SubmissionState.ACCEPTED,
            Submission.presentation != CHAPTER,
        )
        .order_by(Submission.number)
    ).all()
    talks = db.session.scalars(select(Talk).where(Talk.event_id == event.id, Talk.submission_id.is_not(None))).all()
    known = {talk.submission_id for talk in talks}
    wanted = {paper.id for paper in accepted}
    added = [_add(event, paper, actor, at) for paper in accepted if paper.id not in known]
    left = [talk for talk in talks if talk.submission_id not in wanted]
    for talk in left:
        _remove(talk, actor, at)
    return Brought(len(added), len(left))


@operation
def follow_paper(event: Event, paper: Submission, *, actor: Actor, at: datetime) -> None:
    """One paper's outcome became known, was taken back, or the paper was withdrawn."""
    if Feature.PROGRAMME.value not in event.features:
        return
    talk = db.session.scalar(select(Talk).where(Talk.submission_id == paper.id))
    if paper.state is SubmissionState.ACCEPTED and talk is None:
        _add(event, paper, actor, at)
    elif paper.state is not SubmissionState.ACCEPTED and talk is not None:
        _remove(talk, actor, at)


def _add(event: Event, paper: Submission, actor: Actor, at: datetime) -> Talk:
    kinds = {kind.value: kind for kind in SessionKind}
    kind = kinds.get(paper.presentation, SessionKind.ORAL)
    talk = Talk(
        event_id=event.id, submission_id=paper.id, minutes=ProgrammeOptions.of(event).minutes_of(kind), extras={},
        # The same paper is the same item of the calendar, even if it left and came back.
        guid=str(uuid5(NAMESPACE_URL, f"confsys:submission:{event.id}:{paper.id}")),
    )  # fmt: skip
    record("talk.from_paper", talk, actor=actor, at=at, title=paper.title, number=paper.number)
    return talk


def _remove(talk: Talk, actor: Actor, at: datetime) -> None:
    paper = talk.submission
    record("talk.paper_left", talk, actor=actor, at=at, title=paper.title if paper else "")
    db.session.delete(talk)
