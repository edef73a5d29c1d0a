"""Background work of registration. Each may be killed at any line and begin again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import StoredFile, receive_path
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Progress, job
from confsys.core.jobs.registry import N_
from confsys.registration import printing
from confsys.registration.models import (
    AttendanceCertificate,
    AttendanceCertificateFile,
    BadgeSheet,
    Basket,
    WaitingEntry,
)
from confsys.registration.operations import badges, baskets, desk, waiting
from confsys.registration.queries import badges as badge_views


@job(baskets.OVER_JOB, _l("Letting go of a basket"))
def basket_over(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    basket = db.session.get(Basket, arguments["basket_id"])
    return {"over": basket is not None and baskets.close_if_over(basket, at=clock.now())}


@job(waiting.OVER_JOB, _l("Offering a place to the next one"))
def offer_over(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    entry = db.session.get(WaitingEntry, arguments["entry_id"])
    return {"over": entry is not None and waiting.end_offer(entry, at=clock.now())}


@job(badges.JOB, _l("Setting badges"))
def set_badges(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    sheet = db.session.get(BadgeSheet, arguments["sheet_id"])
    if sheet is None or sheet.file_id is not None:
        return {"already": True}
    progress.say(N_("Reading who comes"))
    people = badge_views.of_people(sheet.event_id, sheet.attendee_ids)
    progress.say(N_("Setting %(count)s badges"), count=len(people))
    pdf = printing.badges_pdf(sheet.event_id, people, sheet.format)
    at = clock.now()
    badges.keep_badges(sheet, _kept(pdf, f"badges-{sheet.id}.pdf", Actor(sheet.asked_by_id)), at=at)
    progress.step(1, 1)
    return {"badges": len(people)}


def ensure_certificate_file(made: AttendanceCertificate) -> StoredFile:
    """The PDF of a certificate, set once and kept."""
    known = db.session.get(AttendanceCertificateFile, made.id)
    if known is None:
        stored = _kept(printing.certificate_pdf(made), f"{made.number}.pdf", Actor())
        desk.keep_file(made, stored, at=clock.now())
        known = db.session.get_one(AttendanceCertificateFile, made.id)
    return known.file


def _kept(pdf: bytes, name: str, actor: Actor) -> StoredFile:
    with tempfile.TemporaryDirectory(prefix="confsys-registration-") as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        return receive_path(path, name=name, actor=actor, at=clock.now())
