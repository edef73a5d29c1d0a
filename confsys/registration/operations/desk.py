"""At the desk: checking in, and the certificate that follows from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.documents import next_number
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.formatting import moment
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.operation import lock, operation
from confsys.events.models import Event
from confsys.registration.models import AttendanceCertificate, AttendanceCertificateFile, Attendee
from confsys.registration.states import AttendeeState, ProofState


@operation
def check_in(attendee: Attendee, *, actor: Actor, at: datetime) -> None:
    """Once; a second desk that scans the same ticket is told when the first one did."""
    lock(attendee)
    if attendee.state is AttendeeState.HELD:
        raise Invalid(_l("This ticket is not paid yet."))
    if attendee.state is not AttendeeState.ACTIVE:
        raise Invalid(_l("This ticket was cancelled."))
    if attendee.checked_in_at is not None:
        raise Invalid(_l("Checked in already: %(moment)s.", moment=moment(attendee.checked_in_at)))
    if not attendee.name:
        raise Invalid(_l("This place has no name yet: write who comes first."))
    if attendee.proof is not None and attendee.proof.state is ProofState.WAITING:
        raise Invalid(_l("Look at the proof for the student price first."))
    attendee.checked_in_at, attendee.checked_in_by_id = at, actor.person_id
    record("registration.checked_in", attendee, actor=actor, at=at, name=attendee.name.both)


@operation
def certify(attendee: Attendee, event: Event, *, actor: Actor, at: datetime) -> AttendanceCertificate:
    """The certificate of attendance, numbered; asking again gives the same one."""
    lock(attendee)
    known = db.session.scalar(select(AttendanceCertificate).where(AttendanceCertificate.attendee_id == attendee.id))
    if known is not None:
        return known
    if attendee.checked_in_at is None or attendee.state is not AttendeeState.ACTIVE:
        raise Invalid(_l("A certificate is for those who were there: it opens after the check-in."))
    number = next_number(f"registration.attendance-{event.id}")
    made = AttendanceCertificate(
        attendee_id=attendee.id, number=f"AC-{event.slug.upper()}-{number:04}", code=new_code(12), issued_at=at,
        contents={
            "name": attendee.name.both, "event": event.name.as_dict(), "place": event.place.as_dict(),
            "from": event.starts_on.isoformat() if event.starts_on else "",
            "to": event.ends_on.isoformat() if event.ends_on else "",
        },
    )  # fmt: skip
    record("registration.certified", made, actor=actor, at=at, event_id=event.id, changes={}, name=attendee.name.both)
    return made


@operation
def keep_file(made: AttendanceCertificate, stored: StoredFile, *, at: datetime) -> None:
    """Keep the PDF that was set; the first one stays."""
    if db.session.get(AttendanceCertificateFile, made.id) is not None:
        return
    db.session.add(stored)
    db.session.flush()
    db.session.add(AttendanceCertificateFile(certificate_id=made.id, file_id=stored.id, made_at=at))
