"""The student price: a proof is shown, the desk looks at it, and the file is gone."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile, forget
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.payments.operations import orders
from confsys.payments.operations.orders import NewLine
from confsys.payments.states import OrderState
from confsys.registration import mails
from confsys.registration.models import Attendee, StudentProof
from confsys.registration.operations import ending
from confsys.registration.operations.holding import hold_with_order, move
from confsys.registration.operations.lines import DIFFERENCE, SELLER, full_price, lines_for, named
from confsys.registration.options import RegistrationOptions
from confsys.registration.states import PROOF_TRANSITIONS, AttendeeState, ProofState


def show(row: Attendee, file: StoredFile | None, *, actor: Actor, at: datetime) -> None:
    """Inside an operation: a proof for a place of a basket, or another one instead of it."""
    proof = row.proof
    if file is None:
        if proof is None:
            raise Invalid(_l("The student price needs a proof: a student card or a letter of the university."))
        return
    db.session.add(file)
    db.session.flush()
    if proof is None:
        db.session.add(StudentProof(attendee_id=row.id, state=ProofState.WAITING, file_id=file.id, sent_at=at))
        return
    old, proof.file, proof.sent_at = proof.file, file, at
    db.session.flush()
    if old is not None:
        forget(old, actor=actor, at=at)


def withdraw(row: Attendee, *, actor: Actor, at: datetime) -> None:
    """Inside an operation: no student price is asked for any more; the file goes with it."""
    proof = row.proof
    if proof is None:
        return
    old = proof.file
    db.session.delete(proof)
    db.session.flush()
    if old is not None:
        forget(old, actor=actor, at=at)


@operation
def accept(proof: StudentProof, *, version: int | None = None, actor: Actor, at: datetime) -> None:
    """The proof holds."""
    _check(proof, ProofState.ACCEPTED, version, actor=actor, at=at)
    record("registration.proof_accepted", proof, actor=actor, at=at, event_id=proof.attendee.event_id,
           name=proof.attendee.name.both)  # fmt: skip


@operation
def refuse(
    proof: StudentProof, event: Event, reason: str, *, stop: bool, version: int | None = None, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """The proof does not hold: ask for the difference to the full price, or stop the registration.

    Until the difference is paid the place waits. Stopped, what was paid comes back whole.
    """
    if not reason.strip():
        raise Invalid(reason=_l("Please say why."))
    row = proof.attendee
    hold_with_order(row)
    _check(proof, ProofState.STOPPED if stop else ProofState.REFUSED, version, actor=actor, at=at)
    proof.reason = reason.strip()
    record("registration.proof_refused", proof, actor=actor, at=at, event_id=event.id, name=row.name.both)
    if stop:
        _stop(row, actor=actor, at=at)
    else:
        _ask_difference(proof, event, actor=actor, at=at)
    mails.proof_refused(proof, at=at)


def _check(proof: StudentProof, to: ProofState, version: int | None, *, actor: Actor, at: datetime) -> None:
    lock(proof)
    expect_version(proof, version)
    if to not in PROOF_TRANSITIONS[proof.state]:
        raise Invalid(_l("Somebody has looked at this proof already."))
    file, proof.file, proof.state = proof.file, None, to
    proof.checked_at, proof.checked_by_id = at, actor.person_id
    db.session.flush()
    if file is not None:
        forget(file, actor=actor, at=at)


def _stop(row: Attendee, *, actor: Actor, at: datetime) -> None:
    if row.order is not None and row.order.state is OrderState.OPEN:
        orders.cancel(row.order, actor=actor, at=at)
    ending.take_money_back(row, 100, str(_l("The proof for the student price was refused.")), actor=actor, at=at)
    ending.end([row], "ended", actor=actor, at=at)


def _ask_difference(proof: StudentProof, event: Event, *, actor: Actor, at: datetime) -> None:
    row = proof.attendee
    amount = full_price(row) - _paid_for(row)
    if row.state is AttendeeState.ACTIVE:
        move(row, AttendeeState.HELD)
    name = row.name
    text = LocalizedText(f"Difference to the full price: {name.shown('en')}", f"补足全价差额：{name.shown('zh')}")
    db.session.flush()
    order = orders.place(
        row.buyer_id, [NewLine(text, max(0, amount), SELLER, f"{DIFFERENCE}:{row.id}")],
        currency=current_app.extensions["settings"].currency, event_id=event.id,
        due_at=at + RegistrationOptions.of(event).pay_time, actor=actor, at=at,
    )  # fmt: skip
    proof.order_id = order.id


def _paid_for(row: Attendee) -> int:
    """The admission as it was ordered, a voucher's reduction not counted: it holds for the full price too."""
    lines = lines_for(row.order, row) if row.order is not None else []
    return sum(line.amount for line in lines if named(line) == ("attendee", row.id))
