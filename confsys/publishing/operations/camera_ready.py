"""Final versions: uploaded and signed by authors, approved or sent back by the publication chair."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.publishing.checks import Look
from confsys.publishing.mails import tell_contacts
from confsys.publishing.models import CameraReady
from confsys.publishing.states import CameraReadyState
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import FileKind, SubmissionState

LICENCES = ("CC-BY-4.0", "CC-BY-NC-ND-4.0", "publisher")


def of(paper: Submission) -> CameraReady:
    """The row of a paper's final version, made when first needed."""
    found = db.session.scalar(select(CameraReady).where(CameraReady.submission_id == paper.id))
    return found or CameraReady(submission_id=paper.id, state=CameraReadyState.MISSING, licence="", signed_name="")


def _state(row: CameraReady, findings_bad: bool) -> CameraReadyState:
    """Where a final version stands: the file must pass, the author must have signed, the chair agreed."""
    if row.paper_file_id is None:
        return CameraReadyState.MISSING
    if findings_bad:
        return CameraReadyState.FAILED
    return CameraReadyState.READY if row.approved_at and row.signed_at else CameraReadyState.WAITING


@operation
def upload(paper: Submission, stored: StoredFile, look: Look, *, actor: Actor, at: datetime) -> CameraReady:
    """Keep a new final version. A new file needs a new approval."""
    lock(paper)
    if paper.state is not SubmissionState.ACCEPTED:
        raise Invalid(_l("Only accepted papers have a final version."))
    if look.refused:
        raise Invalid(_l("This file cannot be printed; the list below says why."))
    kind = FileKind.CAMERA_READY
    number = db.session.scalar(
        select(func.coalesce(func.max(PaperFile.number), 0)).where(
            PaperFile.submission_id == paper.id, PaperFile.kind == kind
        )
    )
    db.session.add(stored)
    db.session.flush()
    version = PaperFile(
        submission_id=paper.id, kind=kind, number=(number or 0) + 1, file_id=stored.id, uploaded_at=at,
        uploaded_by_id=actor.person_id, pages=look.pages, findings=look.findings,
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    row = of(paper)
    row.paper_file_id, row.approved_at, row.approved_by_id, row.note = version.id, None, None, ""
    row.state = _state(row, findings_bad=False)
    record(
        "camera_ready.upload", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number,
        file_number=version.number,
    )  # fmt: skip
    return row


@operation
def sign(paper: Submission, licence: str, name: str, *, actor: Actor, at: datetime) -> CameraReady:
    """The author's word: names and title are right, and under which licence the paper appears."""
    if licence not in LICENCES:
        raise Invalid(licence=_l("Please choose a licence."))
    if len(name.split()) < 2 and len(name.strip()) < 2:
        raise Invalid(signed_name=_l("Please write your full name, as a signature."))
    row = of(paper)
    row.licence, row.signed_name, row.signed_at = licence, name.strip(), at
    row.state = _state(row, findings_bad=row.state is CameraReadyState.FAILED)
    record("camera_ready.sign", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number, licence=licence)
    return row


@operation
def approve(row: CameraReady, *, version: int, actor: Actor, at: datetime) -> None:
    """The publication chair has looked at the file: it may be printed."""
    expect_version(row, version)
    if row.state is not CameraReadyState.WAITING:
        raise Invalid(_l("There is no final version waiting for approval."))
    row.approved_at, row.approved_by_id, row.note = at, actor.person_id, ""
    row.state = _state(row, findings_bad=False)
    paper = row.submission
    record("camera_ready.approve", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number)


@operation
def send_back(row: CameraReady, note: str, *, version: int, actor: Actor, at: datetime) -> None:
    """Ask the authors for another file, saying why; they are told by mail."""
    expect_version(row, version)
    if row.paper_file_id is None:
        raise Invalid(_l("There is no final version to send back."))
    if not note.strip():
        raise Invalid(note=_l("Please tell the authors what to change."))
    row.approved_at, row.approved_by_id, row.note, row.state = None, None, note.strip(), CameraReadyState.FAILED
    paper = row.submission
    record("camera_ready.send_back", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number)
    tell_contacts(
        "publishing/mail/sent_back.txt", paper, key=f"camera-ready-back:{row.id}:{row.version}", at=at, note=note
    )


@operation
def remind(papers: list[Submission], *, actor: Actor, at: datetime) -> int:
    """Write to the contacts of papers whose final version is missing; at most once a day each."""
    for paper in papers:
        key = f"camera-ready-reminder:{paper.id}:{at.date().isoformat()}"
        tell_contacts("publishing/mail/reminder.txt", paper, key=key, at=at)
        record("camera_ready.remind", paper, actor=actor, at=at, changes={}, number=paper.number)
    return len(papers)
