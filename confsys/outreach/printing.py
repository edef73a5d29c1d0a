"""What outreach prints: certificates of volunteers' hours."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import current_app, url_for

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.documents import qr_svg, set_pdf
from confsys.core.files import StoredFile, receive_path
from confsys.outreach.models import VolunteerCertificate, VolunteerCertificateFile
from confsys.outreach.operations import certifying


def certificate_file(made: VolunteerCertificate) -> StoredFile:
    """The PDF of a certificate, set once and kept."""
    known = db.session.get(VolunteerCertificateFile, made.id)
    if known is None:
        with tempfile.TemporaryDirectory(prefix="confsys-outreach-") as folder:
            path = Path(folder) / "certificate.pdf"
            path.write_bytes(_certificate_pdf(made))
            stored = receive_path(path, name=f"{made.number}.pdf", actor=SYSTEM, at=clock.now())
        certifying.keep_file(made, stored, at=clock.now())
        known = db.session.get_one(VolunteerCertificateFile, made.id)
    return known.file


def _certificate_pdf(made: VolunteerCertificate) -> bytes:
    settings = current_app.extensions["settings"]
    address = url_for("outreach.certificate_checked", code=made.code, _external=True)
    return set_pdf(
        "outreach/documents/volunteer.typ",
        {
            **made.contents, "number": made.number, "code": made.code, "date": made.issued_at.date().isoformat(),
            "qr": qr_svg(address), "verify": address.removesuffix(made.code).rstrip("/"),
            "issuer": {"en": settings.society_en, "zh": settings.society_zh},
        },
    )  # fmt: skip
