"""Places and uses of vouchers, taken under a lock: nobody oversells, and nobody waits in a circle.

Everybody who sells locks first the tickets, in the order of their ids, then the voucher, and only then counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import lock
from confsys.registration.models import Attendee, Ticket, Voucher
from confsys.registration.queries import catalogue, vouchers
from confsys.registration.states import ATTENDEE_TRANSITIONS, AttendeeState


def locked(ticket_ids: Collection[int], event_id: int) -> dict[int, Ticket]:
    """The tickets, held until the transaction ends. Raises Invalid when one is not this event's."""
    wanted = set(ticket_ids)
    query = select(Ticket).where(Ticket.id.in_(wanted), Ticket.event_id == event_id).order_by(Ticket.id)
    found = {row.id: row for row in db.session.scalars(query.with_for_update())}
    if set(found) != wanted:
        raise Invalid(_l("One of these tickets is not sold any more."))
    return found


def demand_places(
    tickets: Mapping[int, Ticket], wanted: Mapping[int, int], *, members: Mapping[int, int] | None = None,
    in_turn: bool = False, at: datetime,
) -> None:  # fmt: skip
    """Raise Invalid unless so many places of each ticket are left. ``members``: how many of them members take.

    ``in_turn``: whoever asks had an offer, or had the place before; everybody else comes after those who wait.
    """
    used, by_members = catalogue.taken(tickets, at), catalogue.taken_by_members(list(tickets), at)
    queue = {} if in_turn else catalogue.waiting(list(tickets))
    for ticket in tickets.values():
        asked = wanted.get(ticket.id, 0)
        if ticket.quota is None or not asked:
            continue
        if queue.get(ticket.id):
            raise Invalid(_l("Others wait for “%(name)s” before you. Join the waiting list.", name=tx(ticket.name)))
        left = ticket.quota - used.get(ticket.id, 0)
        if asked > left:
            raise Invalid(_l("There are not enough places left for “%(name)s”.", name=tx(ticket.name)))
        kept = catalogue.kept_for_members(ticket, by_members.get(ticket.id, 0), at)
        if asked - (members or {}).get(ticket.id, 0) > left - kept:
            raise Invalid(_l("The places left for “%(name)s” are kept for members.", name=tx(ticket.name)))


def demand_uses(voucher: Voucher, wanted: int, at: datetime, *, since: datetime | None = None) -> None:
    """Raise Invalid unless the voucher holds for so many more places. ``since``: whoever began in time may finish."""
    lock(voucher)
    reason = vouchers.why_not(voucher, since or at)
    if reason is not None:
        raise Invalid(voucher=reason)
    if vouchers.uses([voucher.id], at).get(voucher.id, 0) + wanted > voucher.uses_max:
        raise Invalid(voucher=_l("This voucher has been used as often as it may be."))


def hold_with_order(row: Attendee) -> None:
    """Lock a place whose money will move: its order first, as everything does that begins at the till."""
    if row.order is not None:
        lock(row.order)
    lock(row)


def counted(attendees: Collection[Attendee]) -> tuple[Counter[int], Counter[int]]:
    """Places and extras of some attendees by ticket; and how many of them members take."""
    wanted = Counter(row.ticket_id for row in attendees)
    for row in attendees:
        wanted.update(extra.ticket_id for extra in row.extras if extra.state is not AttendeeState.CANCELLED)
    return wanted, Counter(row.ticket_id for row in attendees if row.by_member)


def move(row: Attendee, to: AttendeeState) -> bool:
    """Move a place where that is allowed; what goes with it goes along. False when it stood otherwise."""
    if to not in ATTENDEE_TRANSITIONS[row.state]:
        return False
    row.state = to
    return True
