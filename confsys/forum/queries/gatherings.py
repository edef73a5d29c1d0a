"""Salons and round tables as their readers find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.names import PersonName
from confsys.core.once import once_a_request
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant
from confsys.events.queries.people import Member, staff_of
from confsys.events.states import EventState, GrantState, Role
from confsys.forum.models import Gathering, Idea, Quote, ShortTalk, Statement
from confsys.forum.rules.gatherings import GatheringStanding, at_the_table
from confsys.forum.states import IdeaState, QuoteState, ShortTalkState


@once_a_request
def gathering_of(event_id: int) -> Gathering | None:
    query = select(Gathering).where(Gathering.event_id == event_id)
    return db.session.scalar(query.options(joinedload(Gathering.host), joinedload(Gathering.scribe)))


def talks_of(event_id: int, standing: GatheringStanding) -> list[ShortTalk]:
    """Those on the list, in the order of the evening; whoever leads reads all that were not withdrawn."""
    query = select(ShortTalk).where(ShortTalk.event_id == event_id).options(joinedload(ShortTalk.person))
    if standing.leads:
        query = query.where(ShortTalk.state != ShortTalkState.WITHDRAWN)
    else:
        query = query.where(ShortTalk.state == ShortTalkState.ON_LIST)
    return list(db.session.scalars(query.order_by(ShortTalk.position, ShortTalk.id)))


def own_talks(event_id: int, viewer: Viewer) -> list[ShortTalk]:
    """What the viewer offered, whatever became of it."""
    query = select(ShortTalk).where(ShortTalk.event_id == event_id, ShortTalk.person_id == viewer.person_id)
    return list(db.session.scalars(query.order_by(ShortTalk.id))) if viewer.signed_in else []


def talk_by_id(event_id: int, number: int) -> ShortTalk | None:
    return db.session.scalar(select(ShortTalk).where(ShortTalk.id == number, ShortTalk.event_id == event_id))


def quotes_of(event_id: int, *, agreed_only: bool) -> list[Quote]:
    """For the public only words whose speaker agreed."""
    query = select(Quote).where(Quote.event_id == event_id).options(joinedload(Quote.person)).order_by(Quote.id)
    if agreed_only:
        query = query.where(Quote.state == QuoteState.AGREED)
    return list(db.session.scalars(query))


def quote_by_id(number: int) -> Quote | None:
    return db.session.scalar(select(Quote).where(Quote.id == number).options(joinedload(Quote.person)))


def quotes_to_answer(person_id: int) -> list[tuple[Quote, Event]]:
    query = (
        select(Quote, Event)
        .join(Event, Event.id == Quote.event_id)
        .where(Quote.person_id == person_id, Quote.state == QuoteState.ASKED)
        .order_by(Quote.id)
    )
    return [(quote, event) for quote, event in db.session.execute(query)]


def ideas_of(event_id: int) -> list[Idea]:
    query = select(Idea).where(Idea.event_id == event_id).options(joinedload(Idea.taken_by))
    return list(db.session.scalars(query.order_by(Idea.id)))


def idea_by_id(event_id: int, number: int) -> Idea | None:
    return db.session.scalar(select(Idea).where(Idea.id == number, Idea.event_id == event_id))


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat: who was asked, what they said."""

    grant_id: int
    name: str
    address: str
    state: GrantState
    has_statement: bool


def seats_of(event_id: int) -> list[SeatLine]:
    """Every invitation to the table with its answer, for those who lead. One query."""
    query = (
        select(RoleGrant, Person, Statement.id)
        .outerjoin(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Statement, (Statement.event_id == event_id) & (Statement.person_id == RoleGrant.person_id))
        .where(RoleGrant.event_id == event_id, RoleGrant.role == Role.SEAT)
        .order_by(RoleGrant.position, RoleGrant.id)
    )
    return [
        SeatLine(grant.id, person.name.both if person else grant.name, grant.address, grant.state, sent is not None)
        for grant, person, sent in db.session.execute(query)
    ]


def at_table(event_id: int) -> list[Member]:
    """Who accepted a seat."""
    return staff_of(event_id, Role.SEAT)


def seats_taken(event_id: int, *, with_invited: bool) -> int:
    states = (GrantState.ACTIVE, GrantState.INVITED) if with_invited else (GrantState.ACTIVE,)
    query = select(func.count()).select_from(RoleGrant).where(
        RoleGrant.event_id == event_id, RoleGrant.role == Role.SEAT, RoleGrant.state.in_(states)
    )  # fmt: skip
    return db.session.scalar(query) or 0


def statements_of(event_id: int, standing: GatheringStanding) -> list[Statement]:
    """All of them for the table, else those whose authors let everybody read; of a seat given up, none."""
    seated = select(RoleGrant.person_id).where(
        RoleGrant.event_id == event_id, RoleGrant.role == Role.SEAT, RoleGrant.state == GrantState.ACTIVE
    )
    query = select(Statement).where(Statement.event_id == event_id, Statement.person_id.in_(seated))
    if not at_the_table(standing):
        query = query.where(Statement.is_public)
    return list(db.session.scalars(query.options(joinedload(Statement.person)).order_by(Statement.sent_at)))


def own_statement(event_id: int, viewer: Viewer) -> Statement | None:
    query = select(Statement).where(Statement.event_id == event_id, Statement.person_id == viewer.person_id)
    return db.session.scalar(query) if viewer.signed_in else None


def statements_due(person_id: int, at: datetime) -> list[Event]:
    """Round tables that are not over, at which the person sits and to which they have sent nothing."""
    sent = select(Statement.event_id).where(Statement.person_id == person_id)
    query = (
        select(Event)
        .join(RoleGrant, RoleGrant.event_id == Event.id)
        .where(
            RoleGrant.person_id == person_id, RoleGrant.role == Role.SEAT, RoleGrant.state == GrantState.ACTIVE,
            Event.ends_on >= at.date(), Event.state != EventState.ARCHIVED, Event.id.not_in(sent),
        )
        .order_by(Event.starts_on)
    )  # fmt: skip
    return list(db.session.scalars(query))


def people_of(event_id: int) -> list[tuple[int, PersonName]]:
    """Who works on the event, sits at its table or offered a talk: whom host, scribe and quotes are chosen from."""
    roles = select(RoleGrant.person_id).where(
        RoleGrant.event_id == event_id, RoleGrant.state == GrantState.ACTIVE, RoleGrant.role != Role.REVIEWER
    )
    talks = select(ShortTalk.person_id).where(ShortTalk.event_id == event_id)
    query = select(Person).where(Person.id.in_(roles) | Person.id.in_(talks)).order_by(Person.sort_key)
    return [(person.id, person.name) for person in db.session.scalars(query)]


@dataclass(frozen=True, slots=True)
class PublishedIdea:
    """An idea of published minutes, for reports."""

    title: str
    state: IdeaState
    outcome: str


def published_ideas(event_id: int | None = None, span: tuple[datetime, datetime] | None = None) -> list[PublishedIdea]:
    """Of one event, or of all whose minutes came out in a span of time; of public events only."""
    query = (
        select(Idea.title, Idea.state, Idea.outcome)
        .join(Gathering, Gathering.event_id == Idea.event_id)
        .join(Event, Event.id == Idea.event_id)
        .where(Gathering.published_at.is_not(None), Event.state != EventState.DRAFT)
        .order_by(Idea.id)
    )
    if event_id is not None:
        query = query.where(Idea.event_id == event_id)
    if span is not None:
        query = query.where(Gathering.published_at >= span[0], Gathering.published_at < span[1])
    return [PublishedIdea(title, state, outcome) for title, state, outcome in db.session.execute(query)]
