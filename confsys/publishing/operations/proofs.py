"""Proofs: each author signs the record as it will be printed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.publishing.models import CameraReady, Proof
from confsys.publishing.operations.camera_ready import full_name, settle
from confsys.publishing.record import digest_of, record_of
from confsys.submissions.models import Author, Submission


@operation
def sign(
    row: CameraReady, paper: Submission, author: Author, name: str, *, seen: str, actor: Actor, at: datetime
) -> None:
    """One author's word on the record. ``seen`` is the digest of the page they looked at."""
    if author.submission_id != paper.id or row.paper_file is None:
        raise Invalid(_l("There is nothing to sign yet: the final version has not arrived."))
    digest = digest_of(paper)
    if seen != digest:
        raise Invalid(_l("The record was changed while you looked at it. Please look again and then sign."))
    signature = full_name(name)
    known = select(Proof.id).where(Proof.camera_ready_id == row.id, Proof.author == author.id, Proof.digest == digest)
    if db.session.scalar(known) is None:
        shown = {**record_of(paper), "file": row.paper_file.file.sha256, "version": row.paper_file.number}
        db.session.add(
            Proof(
                camera_ready_id=row.id, author=author.id, person_id=actor.person_id, signed_name=signature,
                signed_at=at, digest=digest, seen=shown,
            )
        )  # fmt: skip
        record("proof.sign", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number, changes={})
    settle(row, paper)


@operation
def waive(row: CameraReady, reason: str, *, version: int, actor: Actor, at: datetime) -> None:
    """Go on without the proofs that are missing; the reason stays with the paper."""
    expect_version(row, version)
    if not reason.strip():
        raise Invalid(reason=_l("Please say why the paper goes into print without these signatures."))
    row.waived, row.waived_by_id = reason.strip(), actor.person_id
    paper = row.submission
    settle(row, paper)
    record("proof.waive", row, actor=actor, at=at, event_id=paper.event_id, number=paper.number)
