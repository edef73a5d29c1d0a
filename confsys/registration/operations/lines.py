"""What a place costs, as lines of an order. A line names what it is for by kind and id: ``attendee:17``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.payments.models import Order, OrderLine
from confsys.payments.operations.orders import NewLine
from confsys.registration.models import Attendee, Extra
from confsys.registration.queries.catalogue import best_price, price_of
from confsys.registration.queries.vouchers import taken_off
from confsys.registration.states import AttendeeState, Audience

SELLER = "registration"
ATTENDEE, EXTRA, VOUCHER, DIFFERENCE = "attendee", "extra", "voucher", "difference"


@dataclass(frozen=True, slots=True)
class Priced:
    """One place with what it costs: admission, what a voucher takes off, what is booked besides."""

    attendee: Attendee
    audience: Audience
    admission: int
    reduction: int
    extras: Sequence[tuple[Extra, int]]

    @property
    def total(self) -> int:
        return self.admission - self.reduction + sum(amount for _extra, amount in self.extras)


def price(row: Attendee, at: datetime) -> Priced:
    """What a place of a basket costs to who began at that moment."""
    found = best_price(row.ticket, member=row.by_member, student=row.proof is not None, at=at)
    if found is None or not row.ticket.on_sale:
        raise Invalid(_l("One of these tickets is not sold any more."))
    audience, step = found
    reduction = taken_off(row.voucher, step.amount) if row.voucher is not None else 0
    booked = [extra for extra in row.extras if extra.state is AttendeeState.BASKET]
    return Priced(row, audience, step.amount, reduction, [(extra, extra_price(extra, row, at)) for extra in booked])


def extra_price(extra: Extra, row: Attendee, at: datetime) -> int:
    found = best_price(extra.ticket, member=row.by_member, student=row.proof is not None, at=at)
    if found is None or not extra.ticket.on_sale:
        raise Invalid(_l("One of these tickets is not sold any more."))
    return found[1].amount


def full_price(row: Attendee) -> int:
    """What the place would have cost without proof of being a student, on the day it was registered."""
    step = price_of(row.ticket, Audience.ANYONE, row.registered_at)
    return step.amount if step else 0


def lines_of(priced: Iterable[Priced]) -> list[NewLine]:
    found = []
    for one in priced:
        row = one.attendee
        text = LocalizedText.of(row.ticket.name)
        if row.name:
            text = LocalizedText(
                f"{text.in_('en')}: {row.name.shown('en')}", f"{text.in_('zh')}：{row.name.shown('zh')}"
            )
        found.append(NewLine(text, one.admission, SELLER, f"{ATTENDEE}:{row.id}"))
        if one.reduction and row.voucher is not None:
            code = row.voucher.code
            words = LocalizedText(f"Voucher {code}", f"优惠码 {code}")
            found.append(NewLine(words, -one.reduction, SELLER, f"{VOUCHER}:{row.id}"))
        found += [extra_line(extra, amount) for extra, amount in one.extras]
    return found


def extra_line(extra: Extra, amount: int) -> NewLine:
    return NewLine(extra.ticket.name, amount, SELLER, f"{EXTRA}:{extra.id}")


def named(line: OrderLine) -> tuple[str, int]:
    """Kind and id of what a line of ours is for."""
    kind, _colon, number = line.reference.partition(":")
    return kind, int(number)


def ids_of(lines: Iterable[OrderLine], kind: str) -> list[int]:
    """Ids of what these lines name, of one kind."""
    found = (named(line) for line in lines if line.seller == SELLER)
    return [number for known, number in found if known == kind]


def lines_for(order: Order, row: Attendee) -> list[OrderLine]:
    """The lines of an order that are about one place and what is still booked with it."""
    extras = {extra.id for extra in row.extras if extra.state is not AttendeeState.CANCELLED}
    wanted = {(ATTENDEE, row.id), (VOUCHER, row.id), (DIFFERENCE, row.id)} | {(EXTRA, number) for number in extras}
    return [line for line in order.lines if line.seller == SELLER and named(line) in wanted]
