"""One paper's final version: what it lacks, who signed what, what its authors want changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.publishing.checklist import whole
from confsys.publishing.models import AuthorChange, CameraReady, LicenceSignature, Proof
from confsys.publishing.queries.fees import length
from confsys.publishing.record import digest_of, read_back
from confsys.publishing.states import ChangeState, Step
from confsys.submissions.content import AuthorContent
from confsys.submissions.models import Author, PaperFile, Submission

#: What a step that is open is called.
STEP_WORDS: dict[Step, Lazy] = {
    Step.FILE: _l("the file"),
    Step.CHECKLIST: _l("the checklist"),
    Step.LICENCE: _l("the licence"),
    Step.PROOFS: _l("signatures under the proof"),
    Step.FEE: _l("the fee for extra pages"),
    Step.APPROVAL: _l("the chair's approval"),
}


def of_paper(paper: Submission) -> CameraReady | None:
    query = select(CameraReady).where(CameraReady.submission_id == paper.id)
    return db.session.scalar(query.options(joinedload(CameraReady.paper_file).joinedload(PaperFile.file)))


def proofs(row: CameraReady, paper: Submission) -> list[tuple[Author, Proof | None]]:
    """Each author with their signature under the record as it is now, in the order of the paper."""
    query = select(Proof).where(Proof.camera_ready_id == row.id, Proof.digest == digest_of(paper))
    signed = {proof.author: proof for proof in db.session.scalars(query)}
    return [(author, signed.get(author.id)) for author in paper.authors]


def proofs_missing(row: CameraReady, paper: Submission) -> list[Author]:
    return [author for author, proof in proofs(row, paper) if proof is None]


def lacking(row: CameraReady, paper: Submission) -> tuple[Step, ...]:
    """What must still happen before the paper can be printed, in order."""
    measured = length(row, paper)
    there = {
        Step.FILE: row.paper_file_id is not None,
        Step.CHECKLIST: whole(row.checked),
        Step.LICENCE: row.signed_at is not None,
        Step.PROOFS: bool(row.waived) or not proofs_missing(row, paper),
        Step.FEE: not measured.due and not measured.too_long,
        Step.APPROVAL: row.approved_at is not None,
    }
    return tuple(step for step, done in there.items() if not done)


def licence_signed(row: CameraReady) -> LicenceSignature | None:
    """The form that counts: the last one signed."""
    query = select(LicenceSignature).where(LicenceSignature.camera_ready_id == row.id)
    return db.session.scalar(query.order_by(LicenceSignature.id.desc()).limit(1))


def open_change(submission_id: int) -> AuthorChange | None:
    query = select(AuthorChange).where(
        AuthorChange.submission_id == submission_id, AuthorChange.state == ChangeState.OPEN
    )
    return db.session.scalar(query)


def changes_of(submission_id: int) -> list[ChangeView]:
    """Everything its authors wanted changed, newest first."""
    query = select(AuthorChange).where(AuthorChange.submission_id == submission_id).order_by(AuthorChange.id.desc())
    return [ChangeView.of(change) for change in db.session.scalars(query)]


@dataclass(frozen=True, slots=True)
class Line:
    """One author in a comparison of two lists. ``how``: same, moved, changed, added or removed."""

    how: str
    name: PersonName
    affiliation: LocalizedText
    was: PersonName | None = None
    was_affiliation: LocalizedText | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as it is read: what it does to the title and to each author."""

    id: int
    version: int
    state: ChangeState
    reason: str
    answer: str
    asked_at: datetime
    decided_at: datetime | None
    title_before: LocalizedText
    title_after: LocalizedText
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, change: AuthorChange) -> ChangeView:
        before, after = ([read_back(line) for line in side["authors"]] for side in (change.before, change.after))
        return cls(
            change.id, change.version, change.state, change.reason, change.answer, change.asked_at, change.decided_at,
            LocalizedText.of(change.before["title"]), LocalizedText.of(change.after["title"]),
            tuple(compared(before, after)),
        )  # fmt: skip


def compared(before: list[AuthorContent], after: list[AuthorContent]) -> list[Line]:
    """The new list line by line, then who is no longer in it. An author is known by row, else by address."""
    left: dict[Any, tuple[int, AuthorContent]] = {_key(line): (n, line) for n, line in enumerate(before)}
    by_address = {line.email: _key(line) for line in before}
    pairs = [(line, left.pop(_key(line), None) or left.pop(by_address.get(line.email), None)) for line in after]
    ranks = {place: rank for rank, place in enumerate(sorted(was[0] for _line, was in pairs if was))}
    found: list[Line] = []
    stayed = 0
    for n, (line, was) in enumerate(pairs, 1):
        if was is None:
            found.append(Line("added", line.name, line.affiliation, place=n))
            continue
        changed = (was[1].name, was[1].affiliation) != (line.name, line.affiliation)
        how = "changed" if changed else "moved" if ranks[was[0]] != stayed else "same"
        found.append(Line(how, line.name, line.affiliation, was[1].name, was[1].affiliation, n))
        stayed += 1
    return found + [Line("removed", line.name, line.affiliation) for _n, line in left.values()]


def _key(line: AuthorContent) -> Any:
    return line.id or line.email
