"""Checking a certificate of attendance: whoever holds one follows its QR."""

from __future__ import annotations

from flask import render_template

from confsys.core.access import access, anyone
from confsys.core.limits import limiter
from confsys.core.viewer import Viewer
from confsys.registration.models import AttendanceCertificate
from confsys.registration.queries.attendees import certificate_by_code
from confsys.registration.views.blueprint import bp


def _certificate(_viewer: Viewer, code: str) -> tuple[str, AttendanceCertificate | None]:
    return code, certificate_by_code(code)


@bp.get("/certificates/attendance/<code>")
@limiter.limit("60 per minute")
@access(_certificate, anyone)
def verified(found: tuple[str, AttendanceCertificate | None]) -> tuple[str, int]:
    code, made = found
    return render_template("registration/verified.html", certificate=made, code=code), 200 if made else 404
