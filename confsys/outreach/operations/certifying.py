"""Certificates of volunteers' hours: numbered without gaps, free of charge, checked by a code."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.documents import next_number
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.operation import lock, operation
from confsys.outreach.models import Volunteer, VolunteerCertificate, VolunteerCertificateFile, VolunteerShift
from confsys.outreach.states import ShiftState


@operation
def certify(volunteer: Volunteer, *, actor: Actor, at: datetime) -> VolunteerCertificate:
    """All hours that were approved. While none is added, asking again gives the same certificate."""
    lock(volunteer)
    shifts = _approved(volunteer)
    if not shifts:
        raise Invalid(_l("A certificate is for hours that the office has approved."))
    zone = ZoneInfo(current_app.extensions["settings"].zone)
    helped = [
        {
            "title": shift.activity.title.as_dict(), "minutes": shift.minutes, "task": shift.task,
            "day": shift.activity.starts_at.astimezone(zone).date().isoformat(),
        }
        for shift in shifts
    ]  # fmt: skip
    latest = _latest(volunteer)
    if latest is not None and latest.contents["activities"] == helped:
        return latest
    minutes = sum(shift.minutes or 0 for shift in shifts)
    year = at.astimezone(zone).year
    name = volunteer.person.name.both
    made = VolunteerCertificate(
        volunteer_id=volunteer.id, number=f"VC-{year}-{next_number(f'outreach.volunteers-{year}'):04}",
        code=new_code(12), issued_at=at, minutes=minutes,
        contents={
            "name": name, "minutes": minutes, "first": helped[0]["day"], "last": helped[-1]["day"],
            "activities": helped,
        },
    )  # fmt: skip
    hours = f"{minutes / 60:g}"
    record("outreach.certified", made, actor=actor, at=at, changes={}, hours=hours, name=name, number=made.number)
    return made


def _approved(volunteer: Volunteer) -> list[VolunteerShift]:
    """In the order of the activities."""
    query = select(VolunteerShift).where(
        VolunteerShift.volunteer_id == volunteer.id, VolunteerShift.state == ShiftState.APPROVED
    )
    shifts = db.session.scalars(query.options(joinedload(VolunteerShift.activity)))
    return sorted(shifts, key=lambda shift: (shift.activity.starts_at, shift.id))


def _latest(volunteer: Volunteer) -> VolunteerCertificate | None:
    query = select(VolunteerCertificate).where(VolunteerCertificate.volunteer_id == volunteer.id)
    return db.session.scalar(query.order_by(VolunteerCertificate.id.desc()).limit(1))


@operation
def keep_file(made: VolunteerCertificate, stored: StoredFile, *, at: datetime) -> None:
    """Keep the PDF that was set; the first one stays."""
    if db.session.get(VolunteerCertificateFile, made.id) is not None:
        return
    db.session.add(stored)
    db.session.flush()
    db.session.add(VolunteerCertificateFile(certificate_id=made.id, file_id=stored.id, made_at=at))
