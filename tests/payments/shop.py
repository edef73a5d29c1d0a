"""A shop and its model: what the books of some buyers must say, worked out a second time in plain numbers.

The model knows nothing of the ledger. It adds up what came, what went back and what still costs something, order by
order, and says beforehand whether a thing will be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import event
from sqlalchemy.orm import Session

from confsys.core import operation
from confsys.core.db import db
from confsys.payments.states import OrderState

EARLY_DAYS = 3
#: Ticket -> places there are.
QUOTAS = {"regular": 3, "free": 2}
PRICES = {"early": 800_00, "late": 1000_00, "member": 500_00}
#: A voucher takes so much off a regular place, for so many places at a time.
TAKES_OFF, USES = 150_00, 2


class Died(Exception):
    """The process was gone before it could commit."""


@contextmanager
def dying(dies: bool) -> Iterator[None]:
    """The next operation does all its work and dies where it would commit; what it did must not have happened."""

    def die(_session: Session) -> None:
        if operation._running.get():
            raise Died

    if dies:
        event.listen(db.session, "before_commit", die)
    try:
        yield
    finally:
        if dies:
            event.remove(db.session, "before_commit", die)


@dataclass
class Bought:
    """An order as the model knows it. ``places``: line -> ticket, of those that were not taken back."""

    id: int
    total: int
    due: datetime
    places: dict[int, str]
    #: Line -> what the place costs, a voucher taken off.
    costs: dict[int, int]
    #: Lines of places that use the voucher.
    vouchers: set[int] = field(default_factory=set)
    #: The line of the buyer's own place, and whose it is.
    own: int | None = None
    buyer: int = 0
    state: OrderState = OrderState.OPEN
    price: int = 0
    came: int = 0
    sent: int = 0
    #: Refunds decided and not yet sent: id -> amount.
    waiting: dict[int, int] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)

    @property
    def owed(self) -> int:
        return self.price - self.came + self.sent

    @property
    def to_send_back(self) -> int:
        return max(0, -self.owed - sum(self.waiting.values()))

    @property
    def uses(self) -> int:
        """How many uses of the voucher it takes from others."""
        return len(self.vouchers & set(self.places)) if self.holds else 0

    @property
    def holds(self) -> list[str]:
        """The tickets it takes from others. A place that cost nothing outlives the refund of the others."""
        gone = {OrderState.CANCELLED, OrderState.EXPIRED}
        return [] if self.state in gone else list(self.places.values())


@dataclass
class Model:
    orders: list[Bought] = field(default_factory=list)

    def taken(self, ticket: str) -> int:
        return sum(order.holds.count(ticket) for order in self.orders)

    def has_room(self, tickets: list[str], uses: int = 0) -> bool:
        used = sum(order.uses for order in self.orders)
        places = all(self.taken(t) + tickets.count(t) <= QUOTAS[t] for t in set(tickets))
        return places and (not uses or used + uses <= USES)

    def has_place(self, buyer: int) -> bool:
        """Nobody has two places of their own at one event."""
        return any(order.buyer == buyer and order.own in order.places and order.holds for order in self.orders)

    def price_of(self, ticket: str, *, member: bool, day: int) -> int:
        if ticket == "free":
            return 0
        return PRICES["member"] if member else PRICES["early" if day < EARLY_DAYS else "late"]

    def money_came(self, order: Bought, amount: int) -> None:
        order.came += amount
        late = order.state is OrderState.EXPIRED and order.came - order.sent >= order.total
        if late and self.has_room(list(order.places.values()), len(order.vouchers)):
            order.state, order.price = OrderState.OPEN, order.total
        if order.state is OrderState.OPEN and order.owed <= 0:
            order.state = OrderState.PAID

    def time_passes(self, now: datetime) -> None:
        for order in self.orders:
            if order.state is OrderState.OPEN and order.due <= now and not order.claimed:
                order.state, order.price = OrderState.EXPIRED, 0

    def rejected(self, order: Bought, now: datetime, more: timedelta) -> None:
        if order.state is OrderState.OPEN:
            order.due = max(order.due, now + more)

    def taken_back(self, order: Bought, amount: int, lines: list[int]) -> None:
        order.price -= amount
        for line in lines:
            order.places.pop(line, None)
        if order.price == 0:
            order.state = OrderState.REFUNDED
            if not lines:
                order.places.clear()
