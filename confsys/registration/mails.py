"""What registration writes to attendees and to who waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.mail import Recipient, post
from confsys.core.money import Money
from confsys.events.models import Event
from confsys.registration import signed
from confsys.registration.models import Attendee, StudentProof, WaitingEntry


def _to(person: Person) -> Recipient | None:
    address = next((e.address for e in person.emails if e.is_primary), "")
    return Recipient(address, person.name.shown(person.locale), person.locale, person.id) if address else None


def _write(template: str, recipient: Recipient | None, event_id: int, *, key: str, at: datetime, **values: Any) -> None:
    if recipient is not None:
        event = db.session.get_one(Event, event_id)
        post(f"registration/mail/{template}.txt", recipient, key=key, at=at, event_id=event_id, event=event, **values)


def place(attendee: Attendee, *, at: datetime) -> None:
    """Their place is paid: the ticket, or the link by which they take the place over."""
    if attendee.person_id is not None and attendee.person_id == attendee.buyer_id:
        return  # the buyer is told by the till
    person = db.session.get(Person, attendee.person_id) if attendee.person_id else None
    if person is not None:
        recipient = _to(person)
    elif attendee.email:
        recipient = Recipient(attendee.email, attendee.name.shown(attendee.buyer.locale), attendee.buyer.locale)
    else:
        return
    _write(
        "place", recipient, attendee.event_id, key=f"place:{attendee.id}:{attendee.code}:{attendee.email}", at=at,
        attendee=attendee, claim="" if person else signed.claim_code(attendee),
    )  # fmt: skip


def offered(entry: WaitingEntry, *, at: datetime) -> None:
    _write(
        "offered", _to(entry.person), entry.event_id, key=f"offered:{entry.id}", at=at, entry=entry,
        link=signed.offer_code(entry),
    )  # fmt: skip


def offer_over(entry: WaitingEntry, *, at: datetime) -> None:
    _write("offer_over", _to(entry.person), entry.event_id, key=f"offer-over:{entry.id}", at=at, entry=entry)


def proof_refused(proof: StudentProof, *, at: datetime) -> None:
    """To whoever registered them: what was refused, why, and what is to be done."""
    attendee = proof.attendee
    buyer = db.session.scalars(select(Person).where(Person.id == attendee.buyer_id)).one()
    _write("proof_refused", _to(buyer), attendee.event_id, key=f"proof-refused:{proof.id}", at=at, proof=proof,
           attendee=attendee)  # fmt: skip


def cancelled(attendee: Attendee, back: Money, *, at: datetime) -> None:
    """The place is given up; ``back``: what is sent back, perhaps nothing."""
    buyer = db.session.get_one(Person, attendee.buyer_id)
    _write("cancelled", _to(buyer), attendee.event_id, key=f"place-cancelled:{attendee.id}", at=at, attendee=attendee,
           back=back)  # fmt: skip
