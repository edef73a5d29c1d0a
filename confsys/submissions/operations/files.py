"""Keeping a paper's files: every version stays, the newest counts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.files import UploadRefused, receive_path
from confsys.core.files.storage import digest
from confsys.core.operation import operation
from confsys.events.standing import EventStanding
from confsys.submissions import rules
from confsys.submissions.checking import Examination
from confsys.submissions.context import standing_to
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.operations.receipts import current_file
from confsys.submissions.states import FileKind


@operation
def add_file(
    paper: Submission,
    path: Path,
    *,
    name: str,
    examination: Examination,
    kind: FileKind = FileKind.MANUSCRIPT,
    standing: EventStanding,
    actor: Actor,
    at: datetime,
) -> PaperFile:
    """Keep ``path`` as the next version of the paper, with what its examination found.

    The same content as the current version is that version. Raises Invalid when the examination refuses it.
    """
    demand(rules.may_edit(standing_to(paper, standing)))
    if examination.refused:
        raise Invalid(file=" ".join(check.text for check in examination.refusals))
    current = current_file(paper, kind)
    with path.open("rb") as source:
        if current is not None and digest(source) == current.file.sha256:
            return current
    return keep(paper, path, name=name, examination=examination, kind=kind, actor=actor, at=at)


def keep(
    paper: Submission, path: Path, *, name: str, examination: Examination, kind: FileKind, actor: Actor, at: datetime
) -> PaperFile:
    """The rows of a file somebody was allowed to add; call it inside an operation."""
    try:
        stored = receive_path(path, name=name, actor=actor, at=at)
    except UploadRefused as refused:
        raise Invalid(file=refused.reason) from refused
    db.session.add(stored)
    row = PaperFile(
        kind=kind, number=1 + max((row.number for row in paper.files if row.kind is kind), default=0), file=stored,
        uploaded_at=at, uploaded_by_id=actor.person_id, pages=examination.pages,
        findings=[check.as_dict() for check in examination.checks],
    )  # fmt: skip
    paper.files.append(row)
    record(
        "submission.file", paper, actor=actor, at=at, changes={}, number=paper.number, kind=kind,
        version_number=row.number, size=stored.size, sha256=stored.sha256[:12],
    )  # fmt: skip
    return row
