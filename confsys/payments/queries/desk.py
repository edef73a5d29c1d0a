"""The treasurer's lists: orders, ledger, transfers, 发票 requests, refunds. All start from the viewer's tills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.listing import AnySelect, Column, Filter, Listing, like
from confsys.core.money import Money
from confsys.core.names import folded
from confsys.payments import words
from confsys.payments.models import FapiaoRequest, LedgerEntry, Order, Payment, ProviderNotice, Refund
from confsys.payments.standing import TillStanding
from confsys.payments.states import FapiaoKind, FapiaoState, NoticeOutcome, OrderState, PaymentState, RefundState


@dataclass(frozen=True, slots=True)
class OrderRow:
    code: str
    buyer: str
    price: Money
    state: OrderState
    placed_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    at: datetime
    order: str
    kind: str
    money: Money


@dataclass(frozen=True, slots=True)
class FapiaoRow:
    id: int
    order: str
    title: str
    credit_code: str
    money: Money
    state: FapiaoState
    number: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class OverRow:
    order: str
    buyer: str
    money: Money


@dataclass(frozen=True, slots=True)
class NoticeRow:
    at: datetime
    provider: str
    name: str
    order: str
    money: Money | None
    outcome: NoticeOutcome


def _of_tills(query: Select[Any], standing: TillStanding) -> Select[Any]:
    """Only what belongs to the viewer's tills; a till that is not theirs does not exist."""
    if standing.everything:
        return query
    return query.where(Order.event_id.in_(standing.events) if standing.events else false())


def all_orders(standing: TillStanding) -> Select[Any]:
    query: Any = select(Order).join(Person, Person.id == Order.buyer_id).options(contains_eager(Order.buyer))
    return _of_tills(query, standing)


def all_entries(standing: TillStanding) -> Select[Any]:
    query: Any = select(LedgerEntry, Order.code).join(Order, Order.id == LedgerEntry.order_id)
    return _of_tills(query, standing)


def all_requests(standing: TillStanding, kind: FapiaoKind) -> Select[Any]:
    query: Any = select(FapiaoRequest, Order.code, Order.currency).join(Order, Order.id == FapiaoRequest.order_id)
    return _of_tills(query.where(FapiaoRequest.kind == kind), standing)


def transfers(standing: TillStanding) -> list[Payment]:
    """Announced by their buyers and not yet confirmed, the oldest first."""
    query: Any = select(Payment).join(Order).options(contains_eager(Payment.order).joinedload(Order.buyer))
    waiting = query.where(Payment.state == PaymentState.CLAIMED).order_by(Payment.claimed_at)
    return list(db.session.scalars(_of_tills(waiting, standing)))


def refunds_to_send(standing: TillStanding) -> list[Refund]:
    query: Any = select(Refund).join(Order).options(contains_eager(Refund.order).joinedload(Order.buyer))
    waiting = query.where(Refund.state != RefundState.SENT).order_by(Refund.id)
    return list(db.session.scalars(_of_tills(waiting, standing)))


def overpaid(standing: TillStanding) -> list[OverRow]:
    """More came than is owed and no refund is decided for it: over-payments, and money that came too late."""
    owed = select(LedgerEntry.order_id, func.sum(LedgerEntry.amount).label("sum")).group_by(LedgerEntry.order_id)
    below = owed.having(func.sum(LedgerEntry.amount) < 0).subquery()
    decided = select(Refund.order_id, func.sum(Refund.amount).label("sum")).where(Refund.state != RefundState.SENT)
    pending = decided.group_by(Refund.order_id).subquery()
    left = -below.c.sum - func.coalesce(pending.c.sum, 0)
    query: Any = select(Order, left).join(below, below.c.order_id == Order.id)
    found = query.outerjoin(pending, pending.c.order_id == Order.id).where(left > 0).options(joinedload(Order.buyer))
    rows = db.session.execute(_of_tills(found.order_by(Order.id), standing))
    return [OverRow(o.code, o.buyer.name.both, Money(int(minor), o.currency)) for o, minor in rows]


def count_requests(standing: TillStanding) -> dict[FapiaoKind, int]:
    """How many of each kind wait to be answered."""
    query: Any = select(FapiaoRequest.kind, func.count()).join(Order, Order.id == FapiaoRequest.order_id)
    waiting = query.where(FapiaoRequest.state == FapiaoState.REQUESTED).group_by(FapiaoRequest.kind)
    return dict.fromkeys(FapiaoKind, 0) | {row[0]: row[1] for row in db.session.execute(_of_tills(waiting, standing))}


def to_reverse(standing: TillStanding) -> list[FapiaoRequest]:
    """Issued over money whose order was refunded since: the authority wants a red one."""
    query: Any = select(FapiaoRequest).join(Order, Order.id == FapiaoRequest.order_id)
    found = query.where(FapiaoRequest.state == FapiaoState.ISSUED, Order.state == OrderState.REFUNDED)
    loaded = found.options(contains_eager(FapiaoRequest.order)).order_by(FapiaoRequest.id)
    return list(db.session.scalars(_of_tills(loaded, standing)))


def odd_notices(standing: TillStanding) -> list[NoticeRow]:
    """Messages of providers that were not counted, the latest first; those about nobody's order go to the society."""
    query: Any = select(ProviderNotice, Order.code).outerjoin(Payment, Payment.id == ProviderNotice.payment_id)
    odd = query.outerjoin(Order, Order.id == Payment.order_id).where(ProviderNotice.outcome.in_(words.NOTICES))
    rows = db.session.execute(_of_tills(odd.order_by(ProviderNotice.id.desc()).limit(20), standing))
    return [
        NoticeRow(
            n.received_at, n.provider, n.notice_id, code or "",
            Money(n.amount, n.currency) if n.amount is not None and n.currency else None, n.outcome,
        )
        for n, code in rows
    ]  # fmt: skip


def _order_rows(found: Sequence[Any]) -> list[OrderRow]:
    return [OrderRow(o.code, o.buyer.name.both, o.price, o.state, o.placed_at, o.due_at) for (o,) in found]


def _entry_rows(found: Sequence[Any]) -> list[EntryRow]:
    return [EntryRow(e.at, code, str(words.ENTRIES[e.kind]), Money(e.amount, e.currency)) for e, code in found]


def _fapiao_rows(found: Sequence[Any]) -> list[FapiaoRow]:
    return [
        FapiaoRow(
            r.id, code, r.title, r.credit_code, Money(r.amount, currency), r.state, r.number, r.requested_at,
        )
        for r, code, currency in found
    ]  # fmt: skip


def _search_orders(query: AnySelect, text: str) -> AnySelect:
    name = Person.native.like(like(text), escape="\\") | Person.sort_key.like(like(folded(text)), escape="\\")
    return query.where(or_(Order.code.like(like(text.upper()), escape="\\"), name))


def _search_code(query: AnySelect, text: str) -> AnySelect:
    return query.where(Order.code.like(like(text.upper()), escape="\\"))


def _search_fapiao(query: AnySelect, text: str) -> AnySelect:
    columns = (FapiaoRequest.title, FapiaoRequest.credit_code, FapiaoRequest.number, Order.code)
    return query.where(or_(*(column.like(like(text), escape="\\") for column in columns)))


def _choices(table: Any) -> list[tuple[str, Lazy]]:
    return [(state.value, word[0]) for state, word in table.items()]


orders: Listing[OrderRow] = Listing(
    name="orders",
    columns=[
        Column("code", _l("Order"), lambda r: r.code, Order.code),
        Column("buyer", _l("Buyer"), lambda r: r.buyer, Person.sort_key),
        Column("price", _l("Price"), lambda r: r.price.amount, Order.total, "number"),
        Column("currency", _l("Currency"), lambda r: r.price.currency, export_only=True),
        Column("state", _l("State"), lambda r: str(words.ORDER[r.state][0]), Order.state, "state"),
        Column("placed_at", _l("Placed"), lambda r: r.placed_at, Order.placed_at, "date"),
        Column("due_at", _l("To be paid until"), lambda r: r.due_at, Order.due_at, "date"),
    ],
    view=_order_rows,
    search=_search_orders,
    filters=[Filter("state", _l("State"), lambda: _choices(words.ORDER), lambda q, v: q.where(Order.state.in_([v])))],
    default_sort="-placed_at",
    tie_break=[Order.id.desc()],
)
entries: Listing[EntryRow] = Listing(
    name="ledger",
    columns=[
        Column("at", _l("When"), lambda r: r.at, LedgerEntry.at, "date"),
        Column("order", _l("Order"), lambda r: r.order, Order.code),
        Column("kind", _l("What"), lambda r: r.kind, LedgerEntry.kind),
        Column("money", _l("Amount"), lambda r: r.money.amount, LedgerEntry.amount, "number"),
        Column("currency", _l("Currency"), lambda r: r.money.currency, export_only=True),
    ],
    view=_entry_rows,
    search=_search_code,
    filters=[
        Filter("kind", _l("What"), lambda: [(k.value, w) for k, w in words.ENTRIES.items()],
               lambda q, v: q.where(LedgerEntry.kind.in_([v])))
    ],
    default_sort="-at",
    tie_break=[LedgerEntry.id.desc()],
)  # fmt: skip
_FAPIAO_COLUMNS: list[Column[FapiaoRow]] = [
    Column("title", _l("Title (抬头)"), lambda r: r.title, FapiaoRequest.title),
    Column("credit_code", _l("Code"), lambda r: r.credit_code),
    Column("order", _l("Order"), lambda r: r.order, Order.code),
    Column("money", _l("Amount"), lambda r: r.money.amount, FapiaoRequest.amount, "number"),
    Column("state", _l("State"), lambda r: str(words.FAPIAO[r.state][0]), FapiaoRequest.state, "state"),
    Column("number", _l("Number"), lambda r: r.number),
    Column("requested_at", _l("Requested"), lambda r: r.requested_at, FapiaoRequest.requested_at, "date"),
]


def _requests(name: str) -> Listing[FapiaoRow]:
    """发票 and 会费票据 are two lists of one shape."""
    return Listing(
        name=name,
        columns=_FAPIAO_COLUMNS,
        view=_fapiao_rows,
        search=_search_fapiao,
        filters=[
            Filter("state", _l("State"), lambda: _choices(words.FAPIAO),
                   lambda q, v: q.where(FapiaoRequest.state.in_([v])))
        ],
        default_sort="-requested_at",
        tie_break=[FapiaoRequest.id.desc()],
    )  # fmt: skip


fapiao, dues_bills = _requests("fapiao"), _requests("dues-bills")
