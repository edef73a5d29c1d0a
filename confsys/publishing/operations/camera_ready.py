"""Final versions: uploaded, ticked and signed by authors, approved or sent back by the publication chair."""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, lock, operation
from confsys.publishing.agreements import agreement
from confsys.publishing.checklist import ITEMS, whole
from confsys.publishing.checks import Look
from confsys.publishing.mails import tell_author, tell_contacts
from confsys.publishing.models import CameraReady, LicenceSignature
from confsys.publishing.queries.finals import STEP_WORDS, lacking, proofs_missing
from confsys.publishing.record import digest_of
from confsys.publishing.states import CameraReadyState, Holder, Licence, Step
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import FileKind, SubmissionState


def of(paper: Submission) -> CameraReady:
    """The row of a paper's final version, made when first needed."""
    found = db.session.scalar(select(CameraReady).where(CameraReady.submission_id == paper.id))
    if found is None:
        found = CameraReady(
            submission_id=paper.id, state=CameraReadyState.MISSING, checked=[], licence="", signed_name="", note="",
            waived="", fee_waived="", digest=digest_of(paper),
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def settle(row: CameraReady, paper: Submission, *, sent_back: bool | None = None) -> None:
    """Bring state and digest to what is there. ``sent_back``: None keeps an earlier "send another file"."""
    row.digest = digest_of(paper)
    if row.paper_file_id is None:
        row.state = CameraReadyState.MISSING
    elif sent_back or (sent_back is None and row.state is CameraReadyState.FAILED):
        row.state = CameraReadyState.FAILED
    else:
        # What it lacks is read from the database, to which it is true already that a file is there.
        row.state = CameraReadyState.WAITING
        if not lacking(row, paper):
            row.state = CameraReadyState.READY


@operation
def upload(paper: Submission, stored: StoredFile, look: Look, *, actor: Actor, at: datetime) -> CameraReady:
    """Keep a new final version. A new file needs new ticks and a new approval."""
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
    row.paper_file, row.approved_at, row.approved_by_id, row.note, row.checked = version, None, None, "", []
    row.paper_file_id = version.id
    settle(row, paper, sent_back=False)
    record(
        "camera_ready.upload", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number,
        file_number=version.number,
    )  # fmt: skip
    return row


@operation
def tick(paper: Submission, items: list[str], *, actor: Actor, at: datetime) -> CameraReady:
    """The authors have looked at these points once more; with the last one co-authors are asked for their proofs."""
    row = of(paper)
    if row.paper_file_id is None:
        raise Invalid(_l("Upload the final version first: the list is about that file."))
    row.checked = [item for item in ITEMS if item in items]
    settle(row, paper)
    record("camera_ready.tick", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number)
    if whole(row.checked):
        ask_for_proofs(row, paper, actor=actor, at=at)
    return row


def ask_for_proofs(row: CameraReady, paper: Submission, *, actor: Actor, at: datetime) -> None:
    """Write to each co-author who has not signed this record yet, once a record. Inside a running operation only."""
    for author in proofs_missing(row, paper):
        if author.person_id is None or author.person_id != actor.person_id:
            tell_author("publishing/mail/proof.txt", author, paper, key=f"proof:{row.id}:{row.digest[:16]}", at=at)


@operation
def sign(
    paper: Submission, licence: str, name: str, *, holder: Holder = Holder.AUTHORS, employer: str = "", actor: Actor,
    at: datetime,
) -> CameraReady:  # fmt: skip
    """The licence or copyright form, signed for all authors. The text is kept as it stood."""
    if licence not in list(Licence):
        raise Invalid(licence=_l("Please choose a licence."))
    if holder is Holder.EMPLOYER and not employer.strip():
        raise Invalid(employer=_l("Please name the employer who holds the copyright."))
    signature = full_name(name)
    row = of(paper)
    settings = current_app.extensions["settings"]
    words = agreement(
        Licence(licence), holder, employer=employer.strip(), title=paper.title,
        society=LocalizedText(settings.society_en, settings.society_zh),
    )  # fmt: skip
    row.licence, row.signed_name, row.signed_at = licence, signature, at
    db.session.add(
        LicenceSignature(
            camera_ready_id=row.id, licence=licence, holder=holder, employer=employer.strip(), signed_name=signature,
            signed_at=at, person_id=actor.person_id, text=words,
            digest=hashlib.sha256(f"{words.en}\0{words.zh}".encode()).hexdigest(),
        )
    )  # fmt: skip
    settle(row, paper)
    record("camera_ready.sign", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number, licence=licence)
    return row


def full_name(name: str) -> str:
    """A signature: two words, or two characters of a name written without a space."""
    tidy = " ".join(name.split())
    if len(tidy.split()) < 2 and (len(tidy) < 2 or tidy.isascii()):
        raise Invalid(signed_name=_l("Please write your full name, as a signature."))
    return tidy


@operation
def approve(row: CameraReady, *, version: int, actor: Actor, at: datetime) -> None:
    """The publication chair has looked at the file: it may be printed."""
    expect_version(row, version)
    if row.state is not CameraReadyState.WAITING:
        raise Invalid(_l("There is no final version waiting for approval."))
    row.approved_at, row.approved_by_id, row.note = at, actor.person_id, ""
    paper = row.submission
    settle(row, paper, sent_back=False)
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
def remind(
    papers: list[tuple[Submission, CameraReady | None]], subject: LocalizedText, text: LocalizedText, *, actor: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Write to the contacts of papers that are not ready, in words that the chair has read; at most once a day each."""
    told = 0
    for paper, row in papers:
        lacks = lacking(row, paper) if row is not None else (Step.FILE, Step.CHECKLIST, Step.LICENCE, Step.PROOFS)
        key = f"camera-ready-reminder:{paper.id}:{at.date().isoformat()}"
        words = [STEP_WORDS[step] for step in lacks if step is not Step.APPROVAL]
        told += bool(
            words and tell_contacts(
                "publishing/mail/reminder.txt", paper, key=key, at=at, own_subject=subject, own_text=text,
                missing=words, fill=filled,
            )
        )  # fmt: skip
        if words:
            record("camera_ready.remind", paper, actor=actor, at=at, changes={}, number=paper.number)
    return told


def filled(text: str, **words: str) -> str:
    """Put words into the braces that name them; all other braces stay what they are."""
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text
