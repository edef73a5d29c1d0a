"""The life of DOIs: reserved when a volume is published, deposited in batches, answered record by record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.publishing.crossref import RecordResult
from confsys.publishing.models import DoiDeposit, DoiRecord, Volume, VolumeBuild
from confsys.publishing.states import DepositState, DoiState

JOB = "publishing.deposit"
#: Minutes before each further attempt; after the last the batch is given up and can be sent anew.
PAUSES = (1, 2, 5, 10, 20, 30, 60, 60, 120, 240, 480, 720)
#: What the agency says of a record that it has in this very version already: the batch came twice.
_SAME_VERSION = "submitted version"


@dataclass(frozen=True, slots=True)
class Batch:
    """Records ready to send. ``digests``: {doi: digest of its record}."""

    id: str
    xml: str
    timestamp: int
    digests: dict[str, str]


@operation
def reserve(build: VolumeBuild, *, at: datetime) -> None:
    """Each DOI that a published build prints is known from now on; those that exist stay what they are."""
    known = set(db.session.scalars(select(DoiRecord.submission_id).where(DoiRecord.volume_id == build.volume_id)))
    for paper in build.papers:
        if paper.doi and paper.submission_id not in known:
            db.session.add(
                DoiRecord(
                    doi=paper.doi.lower(), volume_id=build.volume_id, submission_id=paper.submission_id, changed_at=at,
                    message="",
                )
            )  # fmt: skip
    db.session.flush()


def next_timestamp(volume: Volume, at: datetime) -> int:
    """Later than that of every deposit before, even within one second."""
    last = db.session.scalar(select(func.max(DoiDeposit.timestamp)).where(DoiDeposit.volume_id == volume.id)) or 0
    return max(int(at.strftime("%Y%m%d%H%M%S")), last + 1)


@operation
def deposit(volume: Volume, batch: Batch, *, actor: Actor, at: datetime) -> DoiDeposit:
    """Hand a batch to the agency, in the background. One at a time: the order of versions must be sure."""
    lock(volume)
    open_ = select(DoiDeposit.id).where(
        DoiDeposit.volume_id == volume.id, DoiDeposit.state.in_([DepositState.WAITING, DepositState.SENT])
    )
    if db.session.scalar(open_.limit(1)) is not None:
        raise Invalid(_l("A deposit of this volume is under way. Wait for its answer."))
    if not batch.digests:
        raise Invalid(_l("Every DOI of this volume is registered as it stands."))
    made = DoiDeposit(
        volume_id=volume.id, batch=batch.id, timestamp=batch.timestamp, xml=batch.xml, created_at=at, message=""
    )
    db.session.add(made)
    db.session.flush()
    query = select(DoiRecord).where(DoiRecord.volume_id == volume.id, DoiRecord.doi.in_(batch.digests))
    for row in db.session.scalars(query):
        row.state, row.deposit_id, row.changed_at, row.message = DoiState.SUBMITTED, made.id, at, ""
        row.digest = batch.digests[row.doi]
    enqueue(JOB, key=f"{JOB}:{made.id}:0", actor=actor, at=at, event_id=volume.event_id, deposit_id=made.id)
    record("doi.deposit", volume, actor=actor, at=at, changes={}, code=volume.code, count=len(batch.digests))
    return made


@operation
def sent(made: DoiDeposit, *, at: datetime) -> None:
    """The agency has taken the batch; its answer is asked for later."""
    made.state = DepositState.SENT
    _again(made, at)


@operation
def not_yet(made: DoiDeposit, message: str, *, at: datetime) -> None:
    """No answer now: try again later, until it has been tried often enough."""
    made.message = message[:1000]
    if made.attempts >= len(PAUSES):
        give_up(made, message, at=at)
    else:
        _again(made, at)


def _again(made: DoiDeposit, at: datetime) -> None:
    pause = timedelta(minutes=PAUSES[min(made.attempts, len(PAUSES) - 1)])
    made.attempts += 1
    enqueue(
        JOB, key=f"{JOB}:{made.id}:{made.attempts}", actor=Actor(), at=at, not_before=at + pause,
        event_id=made.volume.event_id, deposit_id=made.id,
    )  # fmt: skip


@operation
def give_up(made: DoiDeposit, message: str, *, at: datetime) -> None:
    """The batch will not be taken: its records are failed, each can be sent in another batch."""
    made.state, made.message = DepositState.GIVEN_UP, message[:1000]
    for row in _records(made):
        if row.state is DoiState.SUBMITTED:
            row.state, row.message, row.changed_at, row.digest = DoiState.FAILED, message[:1000], at, ""


@operation
def answered(made: DoiDeposit, results: Sequence[RecordResult], *, at: datetime) -> None:
    """Write what became of each record; one that failed fails alone. Repeating it changes nothing."""
    lock(made)
    if made.state is DepositState.ANSWERED:
        return
    found = {result.doi: result for result in results}
    for row in _records(made):
        result = found.get(row.doi)
        if result is None:
            _failed(row, "no answer for this record", at)
        elif result.good or _SAME_VERSION in result.message.lower():
            row.state = DoiState.UPDATED if row.registered_at else DoiState.REGISTERED
            row.registered_at, row.message, row.changed_at = row.registered_at or at, result.message, at
        else:
            _failed(row, result.message, at)
    made.state, made.answered_at, made.message = DepositState.ANSWERED, at, ""
    good = sum(row.state in (DoiState.REGISTERED, DoiState.UPDATED) for row in _records(made))
    record(
        "doi.answered", made, actor=Actor(), at=at, changes={}, event_id=made.volume.event_id, code=made.volume.code,
        good=good, count=len(found),
    )  # fmt: skip


def _failed(row: DoiRecord, message: str, at: datetime) -> None:
    row.state, row.message, row.changed_at, row.digest = DoiState.FAILED, message, at, ""


def _records(made: DoiDeposit) -> Sequence[DoiRecord]:
    return db.session.scalars(select(DoiRecord).where(DoiRecord.deposit_id == made.id)).all()
