"""From an issued document to its PDF, in both languages."""

from __future__ import annotations

from typing import Any

from flask import current_app

from confsys.core.documents import qr_svg, set_pdf
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.payments.capitals import in_capitals
from confsys.payments.models import Document
from confsys.payments.states import DocumentKind

#: English and Chinese stand side by side on the sheet, so its fixed words are not the reader's to choose.
TITLES = {
    DocumentKind.INVOICE: LocalizedText("Invoice", "账单"),
    DocumentKind.CREDIT_NOTE: LocalizedText("Credit note", "冲减单"),
    DocumentKind.RECEIPT: LocalizedText("Receipt", "收据"),
}
DUES_RECEIPT = LocalizedText("Receipt of dues", "会费收据")
WAYS = {
    "transfer": LocalizedText("bank transfer", "银行转账"),
    "stripe": LocalizedText("Stripe", "Stripe 在线支付"),
    "simulator": LocalizedText("simulated payment, no money moved", "模拟支付，未发生资金往来"),
}


def verify_address(document: Document) -> str:
    """Where whoever holds the document can check it."""
    return f"{current_app.extensions['settings'].base_url}/verify/{document.code}"


def set_document(document: Document) -> bytes:
    return set_pdf("payments/documents/bill.typ", _data(document))


def _data(document: Document) -> dict[str, Any]:
    printed, currency = document.contents, document.currency

    def amount(minor: int) -> str:
        return f"{Money(minor, currency).amount:,}"

    dues = bool(printed.get("dues"))
    title = DUES_RECEIPT if dues and document.kind is DocumentKind.RECEIPT else TITLES[document.kind]
    return {
        "kind": document.kind.value,
        "title": title.as_dict(),
        "dues": dues,
        "pay_to": printed.get("pay_to", []),
        "capitals": in_capitals(document.amount) if currency == "CNY" else "",
        "number": document.number,
        "date": printed["date"],
        "order": printed["order"],
        "reverses": printed["reverses"],
        "way": WAYS.get(printed["paid_by"], LocalizedText()).as_dict(),
        "issuer": printed["issuer"],
        "bill_to": printed["bill_to"],
        "lines": [
            {
                "text": line["text"],
                "unit": amount(line["unit"]),
                "quantity": str(line["quantity"]),
                "amount": amount(line["amount"]),
            }
            for line in printed["lines"]
        ],
        "total": f"{currency} {amount(document.amount)}",
        "code": document.code,
        "verify": verify_address(document),
        "qr": qr_svg(verify_address(document)),
    }
