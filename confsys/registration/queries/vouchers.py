"""Vouchers: what one takes off, whether it holds, how often it was used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.registration.models import Attendee, Ticket, Voucher
from confsys.registration.queries.catalogue import that_hold
from confsys.registration.states import TAKING, TicketKind, VoucherKind


@dataclass(frozen=True, slots=True)
class VoucherRow:
    voucher: Voucher
    used: int

    @property
    def left(self) -> int:
        return max(0, self.voucher.uses_max - self.used)


def by_code(event_id: int, code: str) -> Voucher | None:
    """Codes are typed by hand: case and blanks do not matter."""
    plain = "".join(code.split()).upper()
    return db.session.scalar(select(Voucher).where(Voucher.event_id == event_id, Voucher.code == plain))


def uses(voucher_ids: Collection[int], at: datetime) -> dict[int, int]:
    """Voucher -> places that use it at a moment; one query."""
    query = that_hold(select(Attendee.voucher_id, func.count()).where(Attendee.voucher_id.in_(voucher_ids)), at)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Attendee.voucher_id)) if row[0] is not None}


def of_event(event_id: int, at: datetime) -> list[VoucherRow]:
    rows = list(db.session.scalars(select(Voucher).where(Voucher.event_id == event_id).order_by(Voucher.code)))
    used = uses([row.id for row in rows], at)
    return [VoucherRow(row, used.get(row.id, 0)) for row in rows]


def used_by(voucher: Voucher) -> list[Attendee]:
    """Who used it, the latest first."""
    query = select(Attendee).where(Attendee.voucher_id == voucher.id, Attendee.state.in_(TAKING))
    return list(db.session.scalars(query.options(joinedload(Attendee.ticket)).order_by(Attendee.id.desc())))


def why_not(voucher: Voucher | None, at: datetime) -> Lazy | None:
    """Why a code does nothing at a moment, whoever uses it; None when it holds."""
    if voucher is None or voucher.is_off:
        return _l("There is no voucher with this code.")
    if voucher.begins is not None and at < voucher.begins:
        return _l("This voucher does not hold yet.")
    if voucher.ends is not None and at > voucher.ends:
        return _l("This voucher has expired.")
    return None


def fits(voucher: Voucher, ticket: Ticket) -> bool:
    """Whether it is for this ticket: one that it names, or any open admission where it names none."""
    if voucher.ticket_ids:
        return ticket.id in voucher.ticket_ids
    return ticket.kind is TicketKind.ADMISSION and not ticket.hidden


def taken_off(voucher: Voucher, price: int) -> int:
    """By how much a price becomes less; never more than the price."""
    if voucher.kind is VoucherKind.FREE:
        return price
    if voucher.kind is VoucherKind.AMOUNT:
        return min(price, voucher.amount)
    return price * voucher.amount // 100
