"""What an event sells, and the vouchers that make it cheaper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.registration.models import Ticket, TicketPrice, Voucher
from confsys.registration.operations import waiting
from confsys.registration.queries import vouchers
from confsys.registration.states import Audience, TicketKind, VoucherKind

_CODE = re.compile(r"[A-Z0-9-]{4,20}")


@dataclass(frozen=True, slots=True)
class Price:
    audience: Audience
    amount: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """How a ticket is sold, besides its name, number and prices."""

    kind: TicketKind = TicketKind.ADMISSION
    note: LocalizedText = field(default_factory=LocalizedText)
    members_first: int = 0
    members_until: datetime | None = None
    hidden: bool = False
    on_sale: bool = True
    position: int | None = None


@operation
def save_ticket(
    event: Event, ticket: Ticket | None, code: str, name: LocalizedText, quota: int | None, prices: Sequence[Price],
    terms: Terms | None = None, *, version: int | None = None, actor: Actor, at: datetime,
) -> Ticket:  # fmt: skip
    """A new ticket, or a changed one; what was sold keeps the price it was sold at."""
    terms = terms or Terms()
    if not name:
        raise Invalid(name=_l("What is the ticket called?"))
    if not any(p.audience is Audience.ANYONE and p.until is None for p in prices):
        raise Invalid(regular=_l("A ticket needs a price that holds to the end."))
    if terms.members_first > (quota or 0) or (terms.members_first and terms.kind is not TicketKind.ADMISSION):
        raise Invalid(members_first=_l("At most all places of an admission can be kept for members."))
    row = ticket or Ticket(event_id=event.id, code=code, position=0, kind=terms.kind)
    if ticket is not None:
        lock(ticket)
        expect_version(ticket, version)
        row.prices = []
        db.session.flush()  # the old steps go first: a new one may end on the same day
    row.name, row.quota, row.on_sale, row.note, row.hidden = name, quota, terms.on_sale, terms.note, terms.hidden
    row.members_first, row.members_until = terms.members_first, terms.members_until
    row.position = row.position if terms.position is None else terms.position
    row.prices = [TicketPrice(audience=p.audience, amount=p.amount, until=p.until) for p in prices]
    record("registration.ticket_saved", row, actor=actor, at=at, event_id=event.id, ticket=str(name))
    waiting.ask_next([row.id], event.id, at=at)  # more places than before go to those who wait
    return row


@dataclass(frozen=True, slots=True)
class VoucherTerms:
    """``amount``: per cent, or minor units. ``ticket_ids`` empty: every admission that everybody sees."""

    kind: VoucherKind
    amount: int = 0
    uses_max: int = 1
    begins: datetime | None = None
    ends: datetime | None = None
    ticket_ids: Sequence[int] = ()
    note: str = ""
    is_off: bool = False


@operation
def save_voucher(
    event: Event, voucher: Voucher | None, code: str, terms: VoucherTerms, *, version: int | None = None,
    actor: Actor, at: datetime,
) -> Voucher:  # fmt: skip
    """A new voucher, or a changed one. Without a code one is made; a code never changes."""
    code = "".join(code.split()).upper() or new_code(8)
    if voucher is None and not _CODE.fullmatch(code):
        raise Invalid(code=_l("4 to 20 letters, digits or hyphens."))
    if terms.kind is VoucherKind.PERCENT and not 0 < terms.amount <= 100:
        raise Invalid(amount=_l("Please give a number from 1 to 100."))
    if terms.kind is VoucherKind.AMOUNT and terms.amount <= 0:
        raise Invalid(amount=_l("How much does it take off?"))
    if terms.begins and terms.ends and terms.begins > terms.ends:
        raise Invalid(ends=_l("The last day lies before the first."))
    row = voucher or Voucher(event_id=event.id, code=code, created_at=at)
    if voucher is not None:
        lock(voucher)
        expect_version(voucher, version)
        if terms.uses_max < vouchers.uses([voucher.id], at).get(voucher.id, 0):
            raise Invalid(uses_max=_l("It has been used more often already."))
    row.kind, row.amount = terms.kind, 0 if terms.kind is VoucherKind.FREE else terms.amount
    row.uses_max, row.begins, row.ends = terms.uses_max, terms.begins, terms.ends
    row.ticket_ids, row.note, row.is_off = list(terms.ticket_ids), terms.note, terms.is_off
    record("registration.voucher_saved", row, actor=actor, at=at, event_id=event.id, code=row.code)
    return row


def read_steps(text: str) -> tuple[str, ...]:
    """``2026-05-01 80`` one a line. Raises Invalid."""
    found: dict[date, int] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        try:
            day, percent = line.replace("%", "").split()
            found[date.fromisoformat(day)] = int(percent)
        except ValueError as error:
            sentence = _l("A line is a day and a number of per cent, such as 2026-05-01 80.")
            raise Invalid(cancel_steps=sentence) from error
    shares = [found[day] for day in sorted(found)]
    if any(not 0 <= share <= 100 for share in shares) or shares != sorted(shares, reverse=True):
        raise Invalid(cancel_steps=_l("Per cent run from 100 to 0 and never grow with the days."))
    return tuple(f"{day.isoformat()} {found[day]}" for day in sorted(found))
