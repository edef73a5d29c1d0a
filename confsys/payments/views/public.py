"""Checking a document: whoever holds one types its code or follows its QR."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from confsys.core.access import access, anyone, public
from confsys.core.limits import limiter
from confsys.core.money import Money
from confsys.core.viewer import Viewer
from confsys.payments import words
from confsys.payments.models import Document
from confsys.payments.queries.orders import document_by_code
from confsys.payments.views.blueprint import bp


@bp.get("/verify")
@public
def verify(_viewer: Viewer) -> str | Response:
    code = request.args.get("code", "").strip().upper()
    if code.isalnum() and len(code) <= 16:
        return redirect(url_for(".verified", code=code))
    return render_template("payments/verify.html", document=None, code="")


def _document(_viewer: Viewer, code: str) -> tuple[str, Document | None]:
    return code, document_by_code(code)


@bp.get("/verify/<code>")
@limiter.limit("60 per minute")
@access(_document, anyone)
def verified(found: tuple[str, Document | None]) -> tuple[str, int]:
    """Number, date, sum and issuer: what the paper says, and nothing of who it is for but the name on it."""
    code, document = found
    money = Money(document.amount, document.currency) if document else None
    page = render_template("payments/verify.html", document=document, code=code, money=money, words=words)
    return page, 200 if document else 404
