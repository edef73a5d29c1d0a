"""Tables of orders and money. Amounts are whole minor units; see ``core.money``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.appendonly import AppendOnly
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.files import StoredFile
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.payments.states import (
    DocumentKind,
    EntryKind,
    FapiaoKind,
    FapiaoState,
    FapiaoType,
    NoticeOutcome,
    OrderState,
    PaymentState,
    RefundState,
    TitleKind,
)


def amount_column() -> Any:
    return mapped_column(BigInteger)


class Order(Model, Versioned):
    """What somebody buys in one go. Its lines and price stand for good; only its state moves."""

    __tablename__ = "payment_order"
    __table_args__ = (
        CheckConstraint("total >= 0", name="total_not_negative"),
        CheckConstraint("length(currency) = 3", name="currency_code"),
        CheckConstraint("(state IN ('paid', 'refunded')) = (paid_at IS NOT NULL)", name="paid_at_when_paid"),
        CheckConstraint(
            "(state IN ('cancelled', 'expired', 'refunded')) = (ended_at IS NOT NULL)", name="ended_at_when_ended"
        ),
        Index("ix_payment_order_event_state", "event_id", "state"),
        Index("ix_payment_order_state_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands on documents and in the remark of a transfer.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Whose till the money goes to: an event's, or (none) the society's.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int] = amount_column()
    state: Mapped[OrderState] = mapped_column(enum_column(OrderState), default=OrderState.OPEN)
    placed_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: {"name", "address", "tax_id"} as the invoice will say; empty: the buyer.
    bill_to: Mapped[dict[str, Any]] = mapped_column(default=dict)

    lines: Mapped[list[OrderLine]] = relationship(back_populates="order", order_by="OrderLine.position")
    payments: Mapped[list[Payment]] = relationship(back_populates="order", order_by="Payment.id")
    refunds: Mapped[list[Refund]] = relationship(back_populates="order", order_by="Refund.id")
    buyer: Mapped[Person] = relationship()

    @property
    def price(self) -> Money:
        return Money(self.total, self.currency)


class OrderLine(Model, AppendOnly):
    """One thing sold. ``seller`` and ``reference`` are the selling room's own words for it."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_order_line_seller_reference", "seller", "reference"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"))
    position: Mapped[int]
    text: Mapped[LocalizedText]
    #: The price of one; negative for a reduction.
    unit: Mapped[int] = amount_column()
    quantity: Mapped[int] = mapped_column(default=1)
    seller: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(120))
    #: Which fiscal document its money asks for: dues and fees get different ones, from different authorities.
    bill: Mapped[FapiaoKind] = mapped_column(enum_column(FapiaoKind), default=FapiaoKind.FAPIAO)

    order: Mapped[Order] = relationship(back_populates="lines")

    @property
    def amount(self) -> int:
        return self.unit * self.quantity

    @property
    def unit_price(self) -> Money:
        return Money(self.unit, self.order.currency)

    @property
    def money(self) -> Money:
        return Money(self.amount, self.order.currency)


class Payment(Model, Versioned):
    """One attempt to pay an order through a provider. ``received`` is what really came."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("received IS NULL OR received > 0", name="received_positive"),
        CheckConstraint("(state = 'succeeded') = (received IS NOT NULL)", name="received_when_succeeded"),
        CheckConstraint("(state = 'succeeded') = (settled_at IS NOT NULL)", name="settled_at_when_succeeded"),
        Index("uq_payment_external", "provider", "external_id", unique=True, **where("external_id <> ''")),
        Index("ix_payment_provider_state", "provider", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Our name for it at the provider.
    code: Mapped[str] = mapped_column(String(24), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    state: Mapped[PaymentState] = mapped_column(enum_column(PaymentState), default=PaymentState.STARTED)
    amount: Mapped[int] = amount_column()
    received: Mapped[int | None] = amount_column()
    #: The provider's name for it.
    external_id: Mapped[str] = mapped_column(String(120), default="")
    #: Where the buyer goes on, for providers with pages of their own.
    address: Mapped[str] = mapped_column(String(2000), default="")
    #: Of a transfer: the slip, who sent it, what the treasurer noted.
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    payer: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="payments")
    slip: Mapped[StoredFile | None] = relationship()

    @property
    def money(self) -> Money:
        return Money(self.amount, self.order.currency)

    @property
    def received_money(self) -> Money:
        return Money(self.received or 0, self.order.currency)


class Refund(Model, Versioned):
    """Money to be sent back, and how much of the price is taken back with it (nothing for an over-payment)."""

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("credited >= 0", name="credited_not_negative"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_when_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"), index=True)
    #: Through which payment it goes back; none: by hand.
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    state: Mapped[RefundState] = mapped_column(enum_column(RefundState), default=RefundState.REQUESTED)
    amount: Mapped[int] = amount_column()
    credited: Mapped[int] = amount_column()
    #: Ids of the order's lines it is about.
    line_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(String(500), default="")
    external_id: Mapped[str] = mapped_column(String(120), default="")
    requested_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="refunds")
    payment: Mapped[Payment | None] = relationship()

    @property
    def money(self) -> Money:
        return Money(self.amount, self.order.currency)


class LedgerEntry(Model, AppendOnly):
    """The one truth about money: the sum of an order's entries is what its buyer owes."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint(
            "(kind IN ('charge', 'refund') AND amount > 0) OR (kind IN ('void', 'payment', 'credit') AND amount < 0)",
            name="sign_of_kind",
        ),
        Index("ix_ledger_entry_event_at", "event_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Its cause; the same cause is entered once.
    key: Mapped[str] = mapped_column(String(80), unique=True)
    at: Mapped[datetime]
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    amount: Mapped[int] = amount_column()
    currency: Mapped[str] = mapped_column(String(3))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class Document(Model, AppendOnly):
    """An invoice, credit note or receipt as issued: its words are a copy and never change."""

    __tablename__ = "payment_document"
    __table_args__ = (
        UniqueConstraint("series", "sequence"),
        CheckConstraint("(kind = 'credit_note') = (reverses_id IS NOT NULL)", name="credit_note_reverses"),
        CheckConstraint("(kind = 'receipt') = (payment_id IS NOT NULL)", name="receipt_of_payment"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("uq_payment_document_payment", "payment_id", unique=True, **where("payment_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    series: Mapped[str] = mapped_column(String(60))
    sequence: Mapped[int]
    #: Whoever holds the document can check it with this.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("payment_document.id"), index=True)
    amount: Mapped[int] = amount_column()
    currency: Mapped[str] = mapped_column(String(3))
    issued_at: Mapped[datetime]
    #: Everything that is printed.
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)

    order: Mapped[Order] = relationship()

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class DocumentFile(Model, AppendOnly):
    """The PDF of a document, set once after it was issued."""

    __tablename__ = "payment_document_file"

    document_id: Mapped[int] = mapped_column(ForeignKey("payment_document.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    made_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()


class ProviderNotice(Model, AppendOnly):
    """A message of a provider that proved to be its own, and what became of it. The same message counts once."""

    __tablename__ = "provider_notice"
    __table_args__ = (UniqueConstraint("provider", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    notice_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), index=True)
    amount: Mapped[int | None] = amount_column()
    currency: Mapped[str] = mapped_column(String(3), default="")
    outcome: Mapped[NoticeOutcome] = mapped_column(enum_column(NoticeOutcome))


class FapiaoRequest(Model, Versioned):
    """A 发票 or 会费票据 that a buyer wants for an order; made elsewhere, recorded here, reversed and never edited."""

    __tablename__ = "fapiao_request"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state IN ('issued', 'red_reversed')) = (number <> '')", name="number_when_issued"),
        CheckConstraint(
            "(state IN ('issued', 'red_reversed')) = (issued_on IS NOT NULL)", name="issued_on_when_issued"
        ),
        CheckConstraint("(state = 'red_reversed') = (red_number <> '')", name="red_number_when_reversed"),
        CheckConstraint("title_kind = 'person' OR credit_code <> ''", name="unit_has_code"),
        CheckConstraint("type = 'ordinary' OR title_kind = 'unit'", name="special_is_for_units"),
        Index("uq_fapiao_request_number", "kind", "batch", "number", unique=True, **where("number <> ''")),
        Index("ix_fapiao_request_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("payment_order.id"), index=True)
    kind: Mapped[FapiaoKind] = mapped_column(enum_column(FapiaoKind))
    type: Mapped[FapiaoType] = mapped_column(enum_column(FapiaoType), default=FapiaoType.ORDINARY)
    state: Mapped[FapiaoState] = mapped_column(enum_column(FapiaoState), default=FapiaoState.REQUESTED)
    title_kind: Mapped[TitleKind] = mapped_column(enum_column(TitleKind))
    title: Mapped[str] = mapped_column(String(200))
    credit_code: Mapped[str] = mapped_column(String(18), default="")
    #: The check digit does not fit and the buyer said the code is right.
    code_confirmed: Mapped[bool] = mapped_column(default=False)
    #: Of a special one: {"address", "unit_phone", "bank", "account"}.
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    item: Mapped[str] = mapped_column(String(100), default="")
    amount: Mapped[int] = amount_column()
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    remark: Mapped[str] = mapped_column(String(200), default="")
    requested_at: Mapped[datetime]
    #: Of a 会费票据: its 票据代码; a 发票 has a number only.
    batch: Mapped[str] = mapped_column(String(12), default="")
    number: Mapped[str] = mapped_column(String(40), default="")
    issued_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    red_number: Mapped[str] = mapped_column(String(40), default="")
    reversed_on: Mapped[date | None]
    #: Why it was declined or reversed.
    reason: Mapped[str] = mapped_column(String(300), default="")

    order: Mapped[Order] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    @property
    def money(self) -> Money:
        return Money(self.amount, self.order.currency)
