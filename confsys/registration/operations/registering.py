"""What the till says about our orders: paid, let go, taken back, revived. Its money decides about the places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.payments.models import Order, OrderLine
from confsys.payments.states import OrderState
from confsys.registration import mails
from confsys.registration.models import Attendee, Extra
from confsys.registration.operations import baskets, ending
from confsys.registration.operations.baskets import Place
from confsys.registration.operations.holding import demand_places, demand_uses, locked, move
from confsys.registration.operations.lines import ATTENDEE, DIFFERENCE, EXTRA, ids_of
from confsys.registration.states import AttendeeState, Audience, ProofState


@dataclass(frozen=True, slots=True)
class NewAttendee:
    """One person to register: a ticket and who comes with it."""

    ticket_id: int
    place: Place = field(default_factory=Place)


@operation
def register(
    event: Event, buyer_id: int, people: Sequence[NewAttendee], *, voucher_code: str = "", actor: Actor, at: datetime
) -> Order:
    """Fill a basket, say who comes and order it, in one go: for who knows all of it already."""
    if not people:
        raise Invalid(_l("Who is coming?"))
    wanted = Counter(one.ticket_id for one in people)
    own = any(one.place.is_buyer for one in people)
    # Places lie by ticket in the order in which tickets are first asked for; the buyer's own comes first.
    ordered = sorted(people, key=lambda one: (not one.place.is_buyer, list(wanted).index(one.ticket_id)))
    wanted = Counter(one.ticket_id for one in ordered)
    basket = baskets.open_basket(event, buyer_id, wanted, voucher_code=voucher_code, own=own, actor=actor, at=at)
    by_ticket = sorted(ordered, key=lambda one: list(wanted).index(one.ticket_id))
    baskets.describe(basket, event, [one.place for one in by_ticket], actor=actor, at=at)
    return baskets.check_out(basket, event, actor=actor, at=at)


def _places(lines: Collection[OrderLine], kind: str = ATTENDEE) -> list[Attendee]:
    """By the order's own lines, so that it works before the attendees know their order."""
    ids = ids_of(lines, kind)
    query = select(Attendee).where(Attendee.id.in_(ids)).options(selectinload(Attendee.extras))
    return list(db.session.scalars(query.order_by(Attendee.id))) if ids else []


def _extras(lines: Collection[OrderLine]) -> list[Extra]:
    ids = ids_of(lines, EXTRA)
    return list(db.session.scalars(select(Extra).where(Extra.id.in_(ids)).order_by(Extra.id))) if ids else []


def hand_over(order: Order, *, actor: Actor, at: datetime) -> None:
    """The order is paid: its places are theirs, but for those whose difference is still to come."""
    for extra in _extras(order.lines):
        if extra.state is AttendeeState.HELD:
            extra.state = AttendeeState.ACTIVE
    for row in _places(order.lines):
        if row.proof is None or row.proof.state is not ProofState.REFUSED:
            _confirm(row, actor=actor, at=at)
    for row in _places(order.lines, DIFFERENCE):
        if row.proof is not None and row.proof.state is ProofState.REFUSED:
            row.proof.state, row.audience = ProofState.SETTLED, Audience.ANYONE
        if row.order is not None and row.order.state is OrderState.PAID:
            _confirm(row, actor=actor, at=at)


def _confirm(row: Attendee, *, actor: Actor, at: datetime) -> None:
    if move(row, AttendeeState.ACTIVE):
        record("registration.confirmed", row, actor=actor, at=at, name=row.name.both)
        mails.place(row, at=at)


def let_go(order: Order, *, actor: Actor, at: datetime) -> None:
    """The order was cancelled or expired: its places are free again. A difference not paid ends the place too."""
    ending.end_extras(_alone(_extras(order.lines), order), actor=actor, at=at)
    ending.end(_places(order.lines), "let_go", actor=actor, at=at)
    for row in _places(order.lines, DIFFERENCE):
        ending.take_money_back(row, 100, str(_l("The difference to the full price was not paid.")), actor=actor, at=at)
        ending.end([row], "let_go", actor=actor, at=at)


def _alone(extras: list[Extra], order: Order) -> list[Extra]:
    """Those whose place is not part of the same order: the others end with it."""
    ours = set(ids_of(order.lines, ATTENDEE))
    return [extra for extra in extras if extra.attendee_id not in ours]


def take_away(
    order: Order, *, whole: bool, line_ids: Sequence[int], actor: Actor, at: datetime, **_refund: object
) -> None:
    """The price was taken back: what the lines were for ends; without lines, all of it when nothing is left."""
    about = [line for line in order.lines if line.id in line_ids] if line_ids else list(order.lines) if whole else []
    ending.end(_places(about), "ended", actor=actor, at=at)
    ending.end_extras(_extras(about), actor=actor, at=at)


def hold_again(order: Order, *, actor: Actor, at: datetime) -> None:
    """Late money: the places are held again if they are still there. Raises Invalid when they are not."""
    if any(row.state is AttendeeState.CANCELLED for row in _places(order.lines, DIFFERENCE)):
        raise Invalid(_l("This place has been given up."))
    rows = [row for row in _places(order.lines) if row.state is AttendeeState.CANCELLED]
    extras = [extra for extra in _extras(order.lines) if extra.state is AttendeeState.CANCELLED]
    if any(extra.attendee not in rows and extra.attendee.state is AttendeeState.CANCELLED for extra in extras):
        raise Invalid(_l("This place has been given up."))
    wanted = Counter([*(row.ticket_id for row in rows), *(extra.ticket_id for extra in extras)])
    if not wanted:
        return
    members = Counter(row.ticket_id for row in rows if row.by_member)
    demand_places(locked(wanted, order.event_id or 0), wanted, members=members, at=at)
    for voucher in {row.voucher for row in rows if row.voucher is not None}:
        using = sum(row.voucher_id == voucher.id for row in rows)
        demand_uses(voucher, using, at, since=rows[0].registered_at)
    for row in rows:
        move(row, AttendeeState.HELD)
    for extra in extras:
        extra.state = AttendeeState.HELD
