"""Attendees: a person's own, the organisers' list, and which papers are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.registration.models import AttendanceCertificate, Attendee, Ticket
from confsys.registration.rules import may_check_in
from confsys.registration.states import AttendeeState

WORDS: dict[AttendeeState, tuple[Lazy, str]] = {
    AttendeeState.HELD: (_l("waits for payment"), "waiting"),
    AttendeeState.ACTIVE: (_l("registered"), "done"),
    AttendeeState.CANCELLED: (_l("cancelled"), "closed"),
}


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    code: str
    name: PersonName
    organisation: str
    email: str
    ticket: LocalizedText
    state: AttendeeState
    registered_at: datetime
    checked_in_at: datetime | None


def all_of(standing: EventStanding) -> Select[Any]:
    query: Any = select(Attendee).join(Ticket).options(contains_eager(Attendee.ticket))
    query = query.where(Attendee.event_id == standing.event_id)
    return query if may_check_in(standing) else query.where(Attendee.id.is_(None))  # type: ignore[no-any-return]  # a Select


def _rows(found: Sequence[Any]) -> list[AttendeeRow]:
    return [
        AttendeeRow(a.code, a.name, a.organisation, a.email, a.ticket.name, a.state, a.registered_at, a.checked_in_at)
        for (a,) in found
    ]


def _search(query: AnySelect, text: str) -> AnySelect:
    columns = (Attendee.native, Attendee.organisation, Attendee.email)
    plain = [column.like(like(text), escape="\\") for column in columns]
    key = Attendee.sort_key.like(like(folded(text).replace(" ", "%")), escape="\\")
    return query.where(or_(key, Attendee.code == text.upper(), *plain))


def _choices() -> list[tuple[str, Lazy]]:
    return [(state.value, words[0]) for state, words in WORDS.items()]


attendees: Listing[AttendeeRow] = Listing(
    name="attendees",
    columns=[
        Column("name", _l("Name"), lambda r: r.name.both, Attendee.sort_key),
        Column("organisation", _l("Organisation"), lambda r: r.organisation, Attendee.organisation),
        Column("email", _l("E-mail"), lambda r: r.email, export_only=True),
        Column("ticket", _l("Ticket"), lambda r: str(r.ticket), Ticket.code),
        Column("state", _l("State"), lambda r: str(WORDS[r.state][0]), Attendee.state, "state"),
        Column("registered_at", _l("Registered"), lambda r: r.registered_at, Attendee.registered_at, "date"),
        Column("checked_in_at", _l("Checked in"), lambda r: r.checked_in_at, Attendee.checked_in_at, "date"),
        Column("code", _l("Code"), lambda r: r.code, export_only=True),
    ],
    view=_rows,
    search=_search,
    filters=[
        Filter("state", _l("State"), _choices, lambda query, value: query.where(Attendee.state.in_([value]))),
    ],
    default_sort="name",
    tie_break=[Attendee.id],
)


def counts(standing: EventStanding) -> dict[AttendeeState, int]:
    inner = all_of(standing).with_only_columns(Attendee.state.label("state")).subquery()
    found = db.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state)).all()
    return {AttendeeState(state): count for state, count in found}


def checked_in(standing: EventStanding) -> int:
    inner = all_of(standing).where(Attendee.checked_in_at.is_not(None)).with_only_columns(Attendee.id).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def mine(viewer: Viewer, event_id: int | None = None) -> list[Attendee]:
    """Places of the viewer, and those they bought for others; not the cancelled ones."""
    if viewer.person_id is None:
        return []
    query = select(Attendee).options(joinedload(Attendee.ticket).joinedload(Ticket.event), joinedload(Attendee.order))
    query = query.where(
        or_(Attendee.buyer_id == viewer.person_id, Attendee.person_id == viewer.person_id),
        Attendee.state != AttendeeState.CANCELLED,
    )
    if event_id is not None:
        query = query.where(Attendee.event_id == event_id)
    return list(db.session.scalars(query.order_by(Attendee.id)))


def by_code(event_id: int, code: str) -> Attendee | None:
    query = select(Attendee).where(Attendee.event_id == event_id, Attendee.code == code.strip().upper())
    return db.session.scalar(query.options(joinedload(Attendee.ticket)))


def covered_papers(event_id: int) -> frozenset[int]:
    """Ids of the papers that a paid registration covers: what publishing asks where authors must register."""
    query = select(Attendee.submission_id).where(
        Attendee.event_id == event_id, Attendee.state == AttendeeState.ACTIVE, Attendee.submission_id.is_not(None)
    )
    return frozenset(found for found in db.session.scalars(query) if found is not None)


def certificate_by_code(code: str) -> AttendanceCertificate | None:
    return db.session.scalar(select(AttendanceCertificate).where(AttendanceCertificate.code == code.strip().upper()))
