"""Words and tones of the till's states."""

from __future__ import annotations

from confsys.core.i18n import lazy_gettext as _l
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
)

ORDER = {
    OrderState.OPEN: (_l("to be paid"), "waiting"),
    OrderState.PAID: (_l("paid"), "done"),
    OrderState.CANCELLED: (_l("cancelled"), "closed"),
    OrderState.EXPIRED: (_l("expired"), "closed"),
    OrderState.REFUNDED: (_l("refunded"), "closed"),
}
PAYMENT = {
    PaymentState.STARTED: (_l("begun"), "open"),
    PaymentState.CLAIMED: (_l("being checked"), "waiting"),
    PaymentState.SUCCEEDED: (_l("received"), "done"),
    PaymentState.FAILED: (_l("did not arrive"), "wrong"),
    PaymentState.CANCELLED: (_l("given up"), "closed"),
}
REFUND = {
    RefundState.REQUESTED: (_l("to be sent"), "waiting"),
    RefundState.SENT: (_l("sent"), "done"),
    RefundState.FAILED: (_l("to be sent by hand"), "wrong"),
}
FAPIAO = {
    FapiaoState.REQUESTED: (_l("requested"), "waiting"),
    FapiaoState.ISSUED: (_l("issued"), "done"),
    FapiaoState.RED_REVERSED: (_l("red-reversed"), "closed"),
    FapiaoState.DECLINED: (_l("declined"), "closed"),
}
DOCUMENTS = {
    DocumentKind.INVOICE: _l("Invoice"),
    DocumentKind.CREDIT_NOTE: _l("Credit note"),
    DocumentKind.RECEIPT: _l("Receipt"),
}
ENTRIES = {
    EntryKind.CHARGE: _l("price"),
    EntryKind.VOID: _l("price dropped"),
    EntryKind.PAYMENT: _l("payment"),
    EntryKind.CREDIT: _l("price taken back"),
    EntryKind.REFUND: _l("refund"),
}
#: What a 发票 of a meeting may be about. Offices book by these words, so they stand in Chinese in both languages.
FAPIAO_ITEMS = ("会议费", "会务费", "注册费", "培训费", "版面费")
DUES_ITEM = "会费"
FAPIAO_KINDS = {FapiaoKind.FAPIAO: _l("Fapiao (发票)"), FapiaoKind.DUES_BILL: _l("Dues bill (会费票据)")}
FAPIAO_TYPES = {FapiaoType.ORDINARY: _l("Ordinary (普票)"), FapiaoType.SPECIAL: _l("Special VAT (专票)")}
#: Messages of providers that a person must look at.
NOTICES = {
    NoticeOutcome.OTHER_CURRENCY: _l("came in another currency and was not counted"),
    NoticeOutcome.UNKNOWN: _l("is about no payment of ours"),
}
