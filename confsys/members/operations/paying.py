"""Dues through the society's till: an order carries one due as an opaque reference, and comes back as news."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import lock, operation
from confsys.members.models import Due
from confsys.members.operations.dues import reverse, settle
from confsys.members.states import DueState
from confsys.payments.models import Order
from confsys.payments.operations.orders import NewLine, place
from confsys.payments.queries.sold import orders_of, own_lines
from confsys.payments.states import FapiaoKind, OrderState

SELLER = "members"


@operation
def order_for(due: Due, *, actor: Actor, at: datetime) -> Order:
    """The order by which a due is paid: the one that waits already, or a new one."""
    lock(due)
    if due.state is not DueState.OPEN:
        raise Invalid(_l("These dues are not open any more."))
    known = orders_of(SELLER, [str(due.id)])[str(due.id)]
    waiting = next((order for order in known if order.state is OrderState.OPEN), None)
    if waiting is not None:
        return waiting
    tier = due.tier.name
    text = LocalizedText(f"Dues, {tier.in_('en')}", f"会费（{tier.in_('zh')}）")
    line = NewLine(text, due.amount_minor, SELLER, str(due.id), bill=FapiaoKind.DUES_BILL)
    return place(due.person_id, [line], currency=due.currency, actor=actor, at=at)


def _dues(order: Order) -> list[Due]:
    return [db.session.get_one(Due, int(line.reference)) for line in own_lines(order, SELLER)]


def paid(order: Order, *, actor: Actor, at: datetime) -> None:
    """News of the till: an order is paid. However often it is told, a due is settled once."""
    for due in _dues(order):
        settle(due, actor=actor, at=at)


def refunded(
    order: Order, *, actor: Actor, at: datetime, whole: bool = False, line_ids: object = (), **_more: object
) -> None:
    """News of the till: money went back. A sum without a line is a kindness and takes no term."""
    lines = set(line_ids) if isinstance(line_ids, (list, tuple, set, frozenset)) else set()
    for line in own_lines(order, SELLER):
        if whole or line.id in lines:
            reverse(db.session.get_one(Due, int(line.reference)), actor=actor, at=at)
