"""Attendees: a person's own, the organisers' list, and which papers are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.registration.models import AttendanceCertificate, Attendee, Extra, StudentProof, Ticket, VoidCode
from confsys.registration.rules import may_check_in
from confsys.registration.states import TAKING, AttendeeState, ProofState

WORDS: dict[AttendeeState, tuple[Lazy, str]] = {
    AttendeeState.HELD: (_l("waits for payment"), "waiting"),
    AttendeeState.ACTIVE: (_l("registered"), "done"),
    AttendeeState.CANCELLED: (_l("cancelled"), "closed"),
}
PROOFS: dict[ProofState, tuple[Lazy, str]] = {
    ProofState.WAITING: (_l("proof to be looked at"), "waiting"),
    ProofState.ACCEPTED: (_l("proof accepted"), "done"),
    ProofState.REFUSED: (_l("difference to be paid"), "wrong"),
    ProofState.SETTLED: (_l("difference paid"), "done"),
    ProofState.STOPPED: (_l("proof refused"), "closed"),
}


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """``named``: False for a place of a group that nobody has been named for yet."""

    id: int
    code: str
    name: PersonName
    organisation: str
    email: str
    ticket: LocalizedText
    extras: tuple[LocalizedText, ...]
    state: AttendeeState
    proof: ProofState | None
    registered_at: datetime
    checked_in_at: datetime | None

    @property
    def label(self) -> str:
        """For the box that selects the row."""
        return self.name.both or self.code


def all_of(standing: EventStanding) -> Select[Any]:
    """What the desk may see: everybody with a place, held or paid or given up. Baskets are nobody's business yet."""
    query: Any = select(Attendee).join(Ticket).options(
        contains_eager(Attendee.ticket), selectinload(Attendee.extras).joinedload(Extra.ticket),
        selectinload(Attendee.proof),
    )  # fmt: skip
    query = query.where(Attendee.event_id == standing.event_id, Attendee.order_id.is_not(None))
    query = query.where(Attendee.state != AttendeeState.BASKET)
    return query if may_check_in(standing) else query.where(false())  # type: ignore[no-any-return]  # a Select


def _rows(found: Sequence[Any]) -> list[AttendeeRow]:
    return [
        AttendeeRow(
            a.id, a.code, a.name, a.organisation, a.email, a.ticket.name,
            tuple(x.ticket.name for x in a.extras if x.state is not AttendeeState.CANCELLED), a.state,
            a.proof.state if a.proof else None, a.registered_at, a.checked_in_at,
        )
        for (a,) in found
    ]  # fmt: skip


def _search(query: AnySelect, text: str) -> AnySelect:
    columns = (Attendee.native, Attendee.organisation, Attendee.email)
    plain = [column.like(like(text), escape="\\") for column in columns]
    key = Attendee.sort_key.like(like(folded(text).replace(" ", "%")), escape="\\")
    return query.where(or_(key, Attendee.code == text.upper(), *plain))


def _choices() -> list[tuple[str, Lazy]]:
    return [(state.value, words[0]) for state, words in WORDS.items()]


def _marks() -> list[tuple[str, Lazy]]:
    return [
        ("in", _l("checked in")), ("out", _l("not checked in")), ("proof", _l("proof to be looked at")),
        ("unnamed", _l("without a name")),
    ]  # fmt: skip


def _marked(query: AnySelect, mark: str) -> AnySelect:
    paid = Attendee.state == AttendeeState.ACTIVE
    if mark == "proof":
        waits = select(StudentProof.attendee_id).where(StudentProof.state == ProofState.WAITING)
        return query.where(Attendee.id.in_(waits), Attendee.state.in_(TAKING))
    conditions: dict[str, Any] = {
        "in": Attendee.checked_in_at.is_not(None), "out": paid & Attendee.checked_in_at.is_(None),
        "unnamed": (Attendee.sort_key.in_(["", "\x1f"])) & Attendee.state.in_(TAKING),
    }  # fmt: skip
    return query.where(conditions.get(mark, false()))


def _with_ticket(query: AnySelect, code: str) -> AnySelect:
    """Those who have a ticket of this short name, as admission or besides."""
    besides = (
        select(Extra.attendee_id).join(Extra.ticket).where(Ticket.code == code, Extra.state != AttendeeState.CANCELLED)
    )
    return query.where(or_(Attendee.ticket.has(code=code), Attendee.id.in_(besides)))


attendees: Listing[AttendeeRow] = Listing(
    name="attendees",
    columns=[
        Column("name", _l("Name"), lambda r: r.name.both, Attendee.sort_key),
        Column("organisation", _l("Organisation"), lambda r: r.organisation, Attendee.organisation),
        Column("email", _l("E-mail"), lambda r: r.email, export_only=True),
        Column("ticket", _l("Ticket"), lambda r: str(r.ticket), Ticket.code),
        Column("extras", _l("Besides"), lambda r: "; ".join(str(name) for name in r.extras)),
        Column("state", _l("State"), lambda r: str(WORDS[r.state][0]), Attendee.state, "state"),
        Column("proof", _l("Proof"), lambda r: str(PROOFS[r.proof][0]) if r.proof else "", export_only=True),
        Column(
            "registered_at",
            _l("Registered"),
            lambda r: r.registered_at,
            Attendee.registered_at,
            "date",
            export_only=True,
        ),
        Column("checked_in_at", _l("Checked in"), lambda r: r.checked_in_at, Attendee.checked_in_at, "date"),
        Column("code", _l("Code"), lambda r: r.code, export_only=True),
    ],
    view=_rows,
    search=_search,
    filters=[
        Filter("state", _l("State"), _choices, lambda query, value: query.where(Attendee.state.in_([value]))),
        Filter("is", _l("Mark"), _marks, _marked),
    ],
    default_sort="name",
    tie_break=[Attendee.id],
)


def listing_for(tickets: Sequence[Ticket]) -> Listing[AttendeeRow]:
    """The list with the event's own tickets as filters."""
    by_ticket = Filter("ticket", _l("Ticket"), lambda: [(t.code, str(t.name)) for t in tickets], _with_ticket)
    return replace(attendees, filters=[*attendees.filters, by_ticket])


def counts(standing: EventStanding) -> dict[AttendeeState, int]:
    inner = all_of(standing).with_only_columns(Attendee.state.label("state")).subquery()
    found = db.session.execute(select(inner.c.state, func.count()).group_by(inner.c.state)).all()
    return {AttendeeState(state): count for state, count in found}


def checked_in(standing: EventStanding) -> int:
    inner = all_of(standing).where(Attendee.checked_in_at.is_not(None)).with_only_columns(Attendee.id).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def proofs_waiting(standing: EventStanding) -> int:
    inner = _marked(all_of(standing), "proof").with_only_columns(Attendee.id).subquery()
    return db.session.scalar(select(func.count()).select_from(inner)) or 0


def mine(viewer: Viewer, event_id: int | None = None) -> list[Attendee]:
    """Places of the viewer, and those they bought for others; neither baskets nor the cancelled ones.

    Of one event with all that its page shows; of all events with what a home page shows, in one query.
    """
    if viewer.person_id is None:
        return []
    query = select(Attendee).options(joinedload(Attendee.ticket).joinedload(Ticket.event))
    if event_id is not None:
        query = query.options(
            joinedload(Attendee.order), selectinload(Attendee.proof),
            selectinload(Attendee.extras).joinedload(Extra.ticket),
        )  # fmt: skip
    query = query.where(
        or_(Attendee.buyer_id == viewer.person_id, Attendee.person_id == viewer.person_id),
        Attendee.state.in_(TAKING),
    )
    if event_id is not None:
        query = query.where(Attendee.event_id == event_id)
    return list(db.session.scalars(query.order_by(Attendee.id)))


def has_place(event_id: int, person_id: int) -> bool:
    """Whether somebody has a place of their own, held or paid."""
    query = select(Attendee.id).where(
        Attendee.event_id == event_id, Attendee.person_id == person_id, Attendee.state.in_(TAKING)
    )
    return db.session.scalar(query.limit(1)) is not None


def by_code(event_id: int, code: str) -> Attendee | None:
    query = select(Attendee).where(Attendee.event_id == event_id, Attendee.code == code.strip().upper())
    query = query.where(Attendee.state != AttendeeState.BASKET)
    return db.session.scalar(query.options(joinedload(Attendee.ticket)))


def by_id(attendee_id: int) -> Attendee | None:
    query = select(Attendee).where(Attendee.id == attendee_id, Attendee.state != AttendeeState.BASKET)
    return db.session.scalar(query.options(joinedload(Attendee.ticket)))


def void_code(event_id: int, code: str) -> VoidCode | None:
    """A code that was a ticket's before it was handed on."""
    query = select(VoidCode).join(Attendee, Attendee.id == VoidCode.attendee_id)
    return db.session.scalar(query.where(Attendee.event_id == event_id, VoidCode.code == code.strip().upper()))


def covered_papers(event_id: int) -> frozenset[int]:
    """Ids of the papers that a paid registration covers: what publishing asks where authors must register."""
    query = select(Attendee.submission_id).where(
        Attendee.event_id == event_id, Attendee.state == AttendeeState.ACTIVE, Attendee.submission_id.is_not(None)
    )
    return frozenset(found for found in db.session.scalars(query) if found is not None)


def certificate_by_code(code: str) -> AttendanceCertificate | None:
    return db.session.scalar(select(AttendanceCertificate).where(AttendanceCertificate.code == code.strip().upper()))
