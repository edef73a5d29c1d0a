"""Jobs survive: a claim is exclusive, a silent worker is replaced, a failure is tried again and then told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from confsys.core import clock, queue
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.jobs import Job, JobState, Progress, enqueue, job, running
from confsys.core.operation import operation
from tests.conftest import NOW

ran: list[str] = []


@job("tests.write", "Write")
def write(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    progress.step(1, 2)
    progress.say("Half way")
    if arguments["text"] == "refuse":
        raise Invalid("There is nothing to build.")
    if arguments["text"] == "break":
        raise RuntimeError("secret detail")
    ran.append(arguments["text"])
    return {"length": len(arguments["text"])}


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@operation
def ask(text: str, **options: Any) -> Job:
    return enqueue("tests.write", key=f"write-{text}", actor=SYSTEM, at=clock.now(), text=text, **options)


def fresh(row: Job) -> Job:
    db.session.expire_all()
    return row


def test_done_with_its_result_and_its_log(app: Flask) -> None:
    row = ask("hello")
    queue.drain()
    assert (fresh(row).state, row.result, row.done) == (JobState.DONE, {"length": 5}, 1)
    assert row.log[0][1] == "Half way"
    assert row.lease_until is None


def test_claimed_by_one_only(app: Flask) -> None:
    row = ask("once")
    lease = timedelta(minutes=1)
    assert running._claim(row.id, "first", clock.now(), lease)
    assert not running._claim(row.id, "second", clock.now(), lease)
    assert not running.perform(row.id)
    assert ran == []


def test_taken_over_when_the_worker_falls_silent(app: Flask) -> None:
    row = ask("again")
    running._claim(row.id, "killed", clock.now(), timedelta(seconds=60))
    assert running.waiting(clock.now()) == []
    with clock.frozen(NOW + timedelta(minutes=2)):
        assert running.waiting(clock.now()) == [row.id]
        queue.drain()
    assert ran == ["again"]
    assert fresh(row).attempts == 2


def test_a_worker_that_lost_its_lease_cannot_write_the_outcome(app: Flask) -> None:
    row = ask("late")
    running._claim(row.id, "new", clock.now(), timedelta(minutes=1))
    assert not running._change(row.id, Job.worker == "old", state=JobState.DONE, lease_until=None)
    assert fresh(row).state is JobState.RUNNING


def test_tried_again_later_and_at_last_told_without_details(app: Flask) -> None:
    row = ask("break")
    moment = NOW
    for attempt in range(1, running.MAX_ATTEMPTS + 1):
        with clock.frozen(moment):
            queue.drain()
        assert fresh(row).attempts == attempt
        moment += timedelta(hours=1)
    assert (row.state, row.error) == (JobState.FAILED, "RuntimeError")


def test_bad_input_fails_at_once_with_its_sentence(app: Flask) -> None:
    row = ask("refuse")
    queue.drain()
    assert (fresh(row).state, row.error, row.attempts) == (JobState.FAILED, "There is nothing to build.", 1)


def test_waits_for_its_time(app: Flask) -> None:
    ask("tomorrow", not_before=NOW + timedelta(days=1))
    queue.drain()
    assert ran == []
    with clock.frozen(NOW + timedelta(days=1)):
        queue.drain()
    assert ran == ["tomorrow"]


def test_an_unknown_job_is_refused_when_asked_for(app: Flask) -> None:
    with pytest.raises(KeyError):
        enqueue("tests.misspelt", key="x", actor=SYSTEM, at=clock.now())
