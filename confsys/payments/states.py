"""Closed sets of payments, and which change of state may follow which."""

import enum


class OrderState(enum.StrEnum):
    OPEN = "open"  # its money is awaited
    PAID = "paid"
    CANCELLED = "cancelled"  # given up before it was paid
    EXPIRED = "expired"  # its due date passed unpaid
    REFUNDED = "refunded"  # was paid; the whole price was taken back


ORDER_TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    OrderState.OPEN: frozenset({OrderState.PAID, OrderState.CANCELLED, OrderState.EXPIRED}),
    OrderState.PAID: frozenset({OrderState.REFUNDED}),
    # Money that comes late revives an order where its seller still has the goods.
    OrderState.EXPIRED: frozenset({OrderState.OPEN}),
    OrderState.CANCELLED: frozenset(),
    OrderState.REFUNDED: frozenset(),
}


class PaymentState(enum.StrEnum):
    STARTED = "started"
    CLAIMED = "claimed"  # the buyer says the transfer is on its way; the treasurer looks
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


PAYMENT_TRANSITIONS: dict[PaymentState, frozenset[PaymentState]] = {
    PaymentState.STARTED: frozenset(
        {PaymentState.CLAIMED, PaymentState.SUCCEEDED, PaymentState.FAILED, PaymentState.CANCELLED}
    ),
    PaymentState.CLAIMED: frozenset({PaymentState.SUCCEEDED, PaymentState.FAILED, PaymentState.CANCELLED}),
    PaymentState.SUCCEEDED: frozenset(),
    # Messages of a provider come in any order: success counts whenever it is told.
    PaymentState.FAILED: frozenset({PaymentState.CLAIMED, PaymentState.SUCCEEDED}),
    PaymentState.CANCELLED: frozenset({PaymentState.SUCCEEDED}),
}


class RefundState(enum.StrEnum):
    REQUESTED = "requested"  # decided; the money is still to be sent
    SENT = "sent"
    FAILED = "failed"  # the provider would not; the treasurer sends it by hand


class EntryKind(enum.StrEnum):
    """What a ledger entry says about an order. The sum of an order's entries is what its buyer owes."""

    CHARGE = "charge"  # + the price is owed
    VOID = "void"  # - an unpaid order was given up or expired
    PAYMENT = "payment"  # - money came
    CREDIT = "credit"  # - part or all of the price of a paid order was taken back
    REFUND = "refund"  # + money was sent back


class DocumentKind(enum.StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"


class NoticeOutcome(enum.StrEnum):
    """What became of a provider's message."""

    APPLIED = "applied"
    REPEATED = "repeated"  # said nothing new
    OTHER_AMOUNT = "other_amount"  # applied with the amount that came
    OTHER_CURRENCY = "other_currency"  # not applied: a person must look
    UNKNOWN = "unknown"  # about no payment of ours


class FapiaoKind(enum.StrEnum):
    FAPIAO = "fapiao"  # 发票: for fees
    DUES_BILL = "dues_bill"  # 会费票据: for membership dues, from another authority


class FapiaoType(enum.StrEnum):
    ORDINARY = "ordinary"  # 普票
    SPECIAL = "special"  # 专票


class TitleKind(enum.StrEnum):
    UNIT = "unit"  # 单位
    PERSON = "person"  # 个人


class FapiaoState(enum.StrEnum):
    REQUESTED = "requested"
    ISSUED = "issued"
    RED_REVERSED = "red_reversed"
    DECLINED = "declined"


FAPIAO_TRANSITIONS: dict[FapiaoState, frozenset[FapiaoState]] = {
    FapiaoState.REQUESTED: frozenset({FapiaoState.ISSUED, FapiaoState.DECLINED}),
    FapiaoState.ISSUED: frozenset({FapiaoState.RED_REVERSED}),
    FapiaoState.RED_REVERSED: frozenset(),
    FapiaoState.DECLINED: frozenset(),
}
