"""Letters to those on the programme: drafts first, sent when an organiser has looked at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.mail import MailMessage, MailState, Recipient, post
from confsys.core.names import PersonName, has_han
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.changes import Change, ChangeKind
from confsys.programme.models import Speaker, Talk
from confsys.programme.queries.detail import zones_of
from confsys.programme.rules import may_arrange
from confsys.programme.snapshots import Programme, SessionView, TalkView
from confsys.submissions.models import Author, Submission

#: Changes that whoever gives the talk has to know of.
TOLD = frozenset({ChangeKind.ADDED, ChangeKind.MOVED, ChangeKind.LENGTH, ChangeKind.REMOVED})


@dataclass(frozen=True, slots=True)
class Line:
    """One talk in a letter: how it stands now, and what it was before."""

    kind: ChangeKind
    talk: TalkView | None
    session: SessionView | None
    change: Change | None


@dataclass(slots=True)
class _Letter:
    recipient: Recipient
    lines: list[Line] = field(default_factory=list)


def letter_prefix(event_id: int, number: int) -> str:
    """What the keys of all letters of one release begin with."""
    return f"programme:{event_id}:{number}:"


def draft_placements(
    event: Event, programme: Programme, changes: Sequence[Change], *, first: bool, at: datetime
) -> int:
    """One draft for everybody whose talk is newly placed, moved or taken off; returns how many."""
    lines = dict(_lines(programme, changes, first=first))
    letters: dict[str, _Letter] = {}
    for talk in _talks(event.id, lines):
        for recipient in recipients(talk):
            letter = letters.setdefault(recipient.address, _Letter(recipient))
            letter.lines.append(lines[talk.guid])
    zones = zones_of(event.id)
    for address, letter in letters.items():
        post(
            "programme/mail/placement.txt", letter.recipient, at=at, event_id=event.id, draft=True,
            key=letter_prefix(event.id, programme.number) + address, reply_to=event.contact_email, event=event,
            programme=programme, lines=letter.lines, first=first,
            there=zones.get(letter.recipient.person_id or 0, ""),
        )  # fmt: skip
    return len(letters)


def _lines(programme: Programme, changes: Sequence[Change], *, first: bool) -> Iterator[tuple[str, Line]]:
    here = {talk.guid: (session, talk) for session, talk in programme.talks()}
    if first:
        for guid, (session, talk) in here.items():
            yield guid, Line(ChangeKind.ADDED, talk, session, None)
        return
    for change in changes:
        if change.is_talk and change.kind in TOLD:
            session_, talk_ = here.get(change.guid, (None, None))
            yield change.guid, Line(change.kind, talk_, session_, change)


def _talks(event_id: int, lines: dict[str, Line]) -> Sequence[Talk]:
    query = select(Talk).where(Talk.event_id == event_id).order_by(Talk.id)
    loading = (
        selectinload(Talk.submission).selectinload(Submission.authors).selectinload(Author.person),
        selectinload(Talk.speakers).selectinload(Speaker.person).selectinload(Person.emails),
    )
    return [talk for talk in db.session.scalars(query.options(*loading)) if talk.guid in lines]


def recipients(talk: Talk) -> Iterator[Recipient]:
    """Who presents; of a paper without a named presenter its contacts."""
    if talk.submission is not None:
        authors = talk.submission.authors
        named = [a for a in authors if a.is_presenter] or [a for a in authors if a.is_contact or a.is_corresponding]
        for author in named:
            if author.email:
                yield _recipient(author.email, author.name, author.person)
    for speaker in talk.speakers:
        primary = next((e.address for e in speaker.person.emails if e.is_primary), "") if speaker.person else ""
        if primary:
            yield _recipient(primary, speaker.name, speaker.person)


def _recipient(address: str, name: PersonName, person: Person | None) -> Recipient:
    """Their language as their account says, else as they write their name."""
    locale = person.locale if person else ("zh" if has_han(name.native) else "en")
    return Recipient(address, name.shown(locale), locale, person.id if person else None)


@operation
def send_letters(event: Event, number: int, *, standing: EventStanding, actor: Actor, at: datetime) -> int:
    """Send the drafts of one release; returns how many. Letters sent or discarded before stay as they are."""
    return _settle(event, number, MailState.PENDING, standing=standing, actor=actor, at=at)


@operation
def discard_letters(event: Event, number: int, *, standing: EventStanding, actor: Actor, at: datetime) -> int:
    """Decide that nobody is written to about one release; returns how many drafts that were."""
    return _settle(event, number, MailState.DISCARDED, standing=standing, actor=actor, at=at)


def _settle(event: Event, number: int, state: MailState, *, standing: EventStanding, actor: Actor, at: datetime) -> int:
    demand(may_arrange(standing))
    drafts = drafts_of(event.id, number)
    for message in drafts:
        message.state, message.not_before = state, at
    verb = "programme.letters_sent" if state is MailState.PENDING else "programme.letters_discarded"
    record(verb, event, actor=actor, at=at, event_id=event.id, changes={}, number=number, count=len(drafts))
    return len(drafts)


def drafts_of(event_id: int, number: int) -> Sequence[MailMessage]:
    """The letters of a release that nobody has decided on yet."""
    prefix = letter_prefix(event_id, number)
    query = select(MailMessage).where(
        MailMessage.event_id == event_id, MailMessage.key.startswith(prefix, autoescape=True),
        MailMessage.state == MailState.DRAFT,
    )  # fmt: skip
    return db.session.scalars(query.order_by(MailMessage.id)).all()
