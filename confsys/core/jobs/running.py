"""Asking for a job, claiming it, running it.

A claim is a lease: the worker renews it while it lives, and when it falls silent another takes over. Since a
job may run twice at the edges, only the holder of the lease may write its outcome.
"""

from __future__ import annotations

import contextvars
import logging
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult

from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db, writing
from confsys.core.errors import Invalid
from confsys.core.jobs.models import Job, JobState
from confsys.core.jobs.registry import function_of

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
LOG_LINES = 200


def enqueue(
    name: str,
    *,
    key: str,
    actor: Actor,
    at: datetime,
    event_id: int | None = None,
    not_before: datetime | None = None,
    **arguments: Any,
) -> Job:
    """Ask for a job in the running transaction. The same ``key`` asked for again gives the same job."""
    function_of(name)  # a misspelt name fails here, not in a worker
    known = db.session.scalar(select(Job).where(Job.key == key))
    if known is not None:
        return known
    row = Job(
        key=key, name=name, arguments=arguments, event_id=event_id, owner_id=actor.person_id, created_at=at,
        not_before=not_before or at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def waiting(at: datetime, limit: int = 100) -> list[int]:
    """Ids of the jobs that somebody should take now: due and unclaimed, or claimed by a worker fallen silent."""
    lease = timedelta(seconds=current_app.extensions["settings"].lease_seconds)
    unclaimed = (Job.state == JobState.QUEUED) & (Job.not_before <= at)
    handed_long_ago = or_(Job.handed_at.is_(None), Job.handed_at < at - lease)
    abandoned = (Job.state == JobState.RUNNING) & (Job.lease_until < at)
    query = select(Job.id).where((unclaimed & handed_long_ago) | abandoned).order_by(Job.id).limit(limit)
    return list(db.session.scalars(query))


def _change(job_id: int, *conditions: Any, **values: Any) -> bool:
    """One conditional change in a transaction of its own; False when the conditions no longer hold."""
    with writing():
        statement = update(Job).where(Job.id == job_id, *conditions).values(**values)
        outcome = db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.commit()
    assert isinstance(outcome, CursorResult)  # noqa: S101  an UPDATE always gives one
    return outcome.rowcount == 1


def mark_handed(job_id: int, at: datetime) -> None:
    _change(job_id, handed_at=at)


def _claim(job_id: int, worker: str, at: datetime, lease: timedelta) -> bool:
    free = (Job.state == JobState.QUEUED) | ((Job.state == JobState.RUNNING) & (Job.lease_until < at))
    return _change(
        job_id, free, state=JobState.RUNNING, worker=worker, lease_until=at + lease, started_at=at,
        attempts=Job.attempts + 1, error="",
    )  # fmt: skip


class _Reporter:
    """Progress that writes to the job's row, seldom enough not to be in the way."""

    def __init__(self, job_id: int, worker: str) -> None:
        self.job_id, self.worker = job_id, worker
        self.lines: list[Any] = []
        self._last: tuple[int, int] = (-1, 0)

    def step(self, done: int, total: int) -> None:
        if total and (done == total or (done - self._last[0]) * 100 >= total):
            self._last = (done, total)
            _change(self.job_id, Job.worker == self.worker, done=done, total=total)

    def say(self, message: str, **values: Any) -> None:
        self.lines.append([clock.now().isoformat(), message, values])
        _change(self.job_id, Job.worker == self.worker, log=self.lines[-LOG_LINES:])


@contextmanager
def _heartbeat(app: Flask, job_id: int, worker: str, lease: timedelta) -> Iterator[None]:
    """Renew the lease from a thread while the work goes on, even inside a long call."""
    finished = threading.Event()

    def beat() -> None:
        while not finished.wait(lease.total_seconds() / 4):
            with app.app_context():
                try:
                    _change(
                        job_id,
                        Job.worker == worker,
                        Job.state == JobState.RUNNING,
                        lease_until=clock.now() + lease,
                    )
                except Exception:
                    log.exception("job %s: lease not renewed", job_id)

    # The thread keeps the time of whoever started it, a frozen clock included.
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(beat,), daemon=True, name=f"job-{job_id}-lease")
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def perform(job_id: int) -> bool:
    """Run one job if nobody else holds it. True when it was ours, whatever its outcome."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the heartbeat needs the real one
    lease = timedelta(seconds=app.extensions["settings"].lease_seconds)
    worker = f"{os.uname().nodename}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    if not _claim(job_id, worker, clock.now(), lease):
        return False
    row = db.session.get(Job, job_id, populate_existing=True)
    assert row is not None  # noqa: S101  it was claimed a moment ago
    name, arguments, attempts = row.name, dict(row.arguments), row.attempts
    db.session.rollback()
    outcome: dict[str, Any]
    try:
        with _heartbeat(app, job_id, worker, lease):
            result = function_of(name)(arguments, _Reporter(job_id, worker))
        outcome = {"state": JobState.DONE, "result": result or {}, "error": ""}
    except Invalid as error:
        outcome = {"state": JobState.FAILED, "error": str(error)}
    except Exception as error:
        log.exception("job %s (%s) failed, attempt %s", job_id, name, attempts)
        outcome = _after_failure(error, attempts)
    finally:
        db.session.rollback()
    at = clock.now()
    ended = {"finished_at": at} if outcome["state"] is not JobState.QUEUED else {"handed_at": None}
    _change(job_id, Job.worker == worker, Job.state == JobState.RUNNING, lease_until=None, **ended, **outcome)
    return True


def _after_failure(error: Exception, attempts: int) -> dict[str, Any]:
    """Try again later, each time after a longer pause, and at last give up and say so."""
    if attempts >= MAX_ATTEMPTS:
        return {"state": JobState.FAILED, "error": type(error).__name__}
    return {
        "state": JobState.QUEUED,
        "not_before": clock.now() + timedelta(seconds=5 * 2**attempts),
        "error": type(error).__name__,
    }
