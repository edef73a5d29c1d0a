"""Setting badges and certificates: plain data for the room's typst templates."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from confsys.core.db import db
from confsys.core.documents import qr_svg, set_pdf
from confsys.events.models import Event
from confsys.registration.models import AttendanceCertificate
from confsys.registration.queries.badges import BadgeView
from confsys.registration.signatures import scan_path
from confsys.registration.states import BadgeFormat

#: Format -> (paper, badges across and down, size of one in millimetres).
SHEETS = {
    BadgeFormat.A6: ("a6", 1, 1), BadgeFormat.A7: ("a7", 1, 1),
    BadgeFormat.SHEET_A6: ("a6", 2, 2), BadgeFormat.SHEET_A7: ("a7", 4, 2),
}  # fmt: skip


def badges_pdf(event_id: int, people: Sequence[BadgeView], size: BadgeFormat) -> bytes:
    settings = current_app.extensions["settings"]
    event = db.session.get_one(Event, event_id)
    badge, across, down = SHEETS[size]
    return set_pdf(
        "registration/documents/badges.typ",
        {
            "badge": badge, "across": across, "down": down, "event": event.name.as_dict(), "acronym": event.acronym,
            "place": event.place.as_dict(),
            "issuer": {"en": settings.society_en, "zh": settings.society_zh},
            "people": [
                {
                    "native": one.name.native, "latin": one.name.latin, "organisation": one.organisation,
                    "role": one.role.as_dict(), "tone": one.tone, "code": one.code,
                    "qr": qr_svg(f"{settings.base_url}{scan_path(event.slug, one.code)}"),
                }
                for one in people
            ],
        },
    )  # fmt: skip


def certificate_pdf(made: AttendanceCertificate) -> bytes:
    settings = current_app.extensions["settings"]
    address = f"{settings.base_url}/certificates/attendance/{made.code}"
    return set_pdf(
        "registration/documents/attendance.typ",
        made.contents
        | {
            "number": made.number, "code": made.code, "verify": address, "qr": qr_svg(address),
            "date": made.issued_at.date().isoformat(),
            "issuer": {"en": settings.society_en, "zh": settings.society_zh, "address": settings.society_address},
        },
    )  # fmt: skip
