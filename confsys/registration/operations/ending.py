"""Ending places: what follows for what was booked besides, for proofs and for those who wait."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.files import forget
from confsys.payments.models import Order
from confsys.payments.operations import orders, refunds
from confsys.payments.queries.ledger import standing_price
from confsys.payments.states import OrderState
from confsys.registration.models import Attendee, Extra
from confsys.registration.operations import waiting
from confsys.registration.operations.holding import move
from confsys.registration.operations.lines import lines_for
from confsys.registration.states import AttendeeState, ProofState


def end(rows: Collection[Attendee], action: str, *, actor: Actor, at: datetime) -> None:
    """The places and all that goes with them are free again."""
    freed: set[int] = set()
    for row in rows:
        if not move(row, AttendeeState.CANCELLED):
            continue
        freed |= {row.ticket_id, *(extra.ticket_id for extra in row.extras)}
        for extra in row.extras:
            if extra.state is not AttendeeState.CANCELLED:
                extra.state = AttendeeState.CANCELLED
        _stop_proof(row, actor=actor, at=at)
        record(f"registration.{action}", row, actor=actor, at=at, name=row.name.both)
    _free(freed, rows, at)


def end_extras(extras: Collection[Extra], *, actor: Actor, at: datetime) -> None:
    """Something booked besides is given up, the place itself stays."""
    live = [extra for extra in extras if extra.state is not AttendeeState.CANCELLED]
    for extra in live:
        extra.state = AttendeeState.CANCELLED
        record(
            "registration.extra_ended", extra, actor=actor, at=at, event_id=extra.attendee.event_id,
            name=extra.attendee.name.both, ticket=str(extra.ticket.name),
        )  # fmt: skip
    _free({extra.ticket_id for extra in live}, [extra.attendee for extra in live], at)


def _free(ticket_ids: Collection[int], rows: Collection[Attendee], at: datetime) -> None:
    if ticket_ids:
        db.session.flush()
        waiting.ask_next(ticket_ids, next(iter(rows)).event_id, at=at)


def _stop_proof(row: Attendee, *, actor: Actor, at: datetime) -> None:
    proof = row.proof
    if proof is None or proof.state not in {ProofState.WAITING, ProofState.REFUSED}:
        return
    file, proof.file = proof.file, None
    proof.state = ProofState.STOPPED
    db.session.flush()
    if file is not None:
        forget(file, actor=actor, at=at)
    if proof.order is not None and proof.order.state is OrderState.OPEN:
        orders.cancel(proof.order, actor=actor, at=at)


def paid_orders_of(row: Attendee) -> list[Order]:
    """The paid orders that carry lines about this place."""
    ids = {row.order_id, *(extra.order_id for extra in row.extras), row.proof.order_id if row.proof else None}
    query = select(Order).where(Order.id.in_(ids - {None}), Order.state == OrderState.PAID)
    return list(db.session.scalars(query.options(selectinload(Order.lines)).order_by(Order.id)))


def take_money_back(row: Attendee, percent: int, reason: str, *, actor: Actor, at: datetime) -> int:
    """Send back so many per cent of what was paid for a place; its orders tell us that it ended. In minor units."""
    total = 0
    for order in paid_orders_of(row):
        lines = lines_for(order, row)
        amount = min(sum(line.amount for line in lines) * percent // 100, standing_price(order))
        if amount > 0:
            ids = [line.id for line in lines]
            refunds.take_back(order, amount, line_ids=ids, reason=reason, actor=actor, at=at)
            total += amount
    return total
