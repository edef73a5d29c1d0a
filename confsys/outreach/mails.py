"""What outreach writes to people, with or without an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app

from confsys.accounts.models import Person
from confsys.core.mail import Recipient, post
from confsys.outreach import signed
from confsys.outreach.models import Activity, Booking, OutreachDuty, PublicSpeaker, SchoolRequest, SpeakerOffer


def tell_booking(template: str, activity: Activity, booking: Booking, *, at: datetime) -> None:
    if not booking.email:
        return
    recipient = Recipient(booking.email, booking.name, booking.locale, booking.person_id)
    post(
        template, recipient, key=f"{template}:{booking.id}", at=at, scope="outreach", activity=activity,
        booking=booking, code=signed.code_of(signed.BOOKING, booking.id), zone=current_app.extensions["settings"].zone,
    )  # fmt: skip


def tell_school(template: str, request: SchoolRequest, *, at: datetime, **values: Any) -> None:
    recipient = Recipient(request.email, request.contact, request.locale)
    code = signed.code_of(signed.REQUEST, request.id)
    post(template, recipient, key=f"{template}:{request.id}", at=at, scope="outreach", asked=request, code=code,
         **values)  # fmt: skip


def tell_speaker(
    template: str, offer: SpeakerOffer, request: SchoolRequest, speaker: PublicSpeaker, *, at: datetime
) -> None:  # fmt: skip
    person = speaker.person
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post(template, recipient, key=f"{template}:{offer.id}", at=at, scope="outreach", asked=request, offer=offer)


def remind_of_duty(person: Person, duty: OutreachDuty, year: int, *, at: datetime) -> None:
    address = next((email.address for email in person.emails if email.is_primary), "")
    if address:
        recipient = Recipient(address, person.name.shown(person.locale), person.locale, person.id)
        post("outreach/mail/duty.txt", recipient, key=f"outreach-duty:{year}:{person.id}:{at:%Y%m%d}", at=at,
             scope="outreach", duty=duty, year=year)  # fmt: skip
