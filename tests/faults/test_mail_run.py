"""A mail run while workers are killed and the queue server goes away: each message arrives once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock
from confsys.core.db import db
from confsys.core.mail import MailMessage, MailState
from tests import smtp_sink
from tests.faults.processes import TIMEOUT, Workplace, wait_until, workplace
from tests.smtp_sink import Sink

pytestmark = pytest.mark.faults
MESSAGES = 150


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink.sink() as found:
        yield found


@pytest.fixture
def place(tmp_path: Path, sink: Sink) -> Iterator[Workplace]:
    environment = {
        "CONFSYS_MODE": "tests", "CONFSYS_SECRET_KEY": "s" * 32, "CONFSYS_VAR": str(tmp_path),
        "CONFSYS_MAIL": "smtp", "CONFSYS_MAIL_SERVER": "127.0.0.1", "CONFSYS_MAIL_PORT": str(sink.port),
        "CONFSYS_LEASE_SECONDS": "2", "CONFSYS_DISPATCH_SECONDS": "0.2",
    }  # fmt: skip
    with workplace(tmp_path, environment) as made:
        yield made


@pytest.fixture
def written(place: Workplace) -> Iterator[Flask]:
    """The application's database with a mail run waiting in it."""
    app = create_app(settings.read(place.environment))
    with app.app_context():
        migrations.upgrade(db.engine)
        at = clock.now()
        for n in range(MESSAGES):
            db.session.add(
                MailMessage(
                    key=f"letter-{n}", to_address=f"author{n}@example.org", locale="en", subject=f"Letter {n}",
                    text="Dear author", created_at=at, not_before=at,
                )
            )  # fmt: skip
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def _unfinished() -> int:
    db.session.rollback()
    finished = (MailState.SENT, MailState.UNCONFIRMED)
    query = select(func.count()).select_from(MailMessage).where(MailMessage.state.not_in(finished))
    return db.session.scalar(query) or 0


def _arrived_once(sink: Sink) -> None:
    """Every message once; one marked unconfirmed may, at worst, not have arrived, and a person sees that mark."""
    arrivals = Counter(message["Subject"] for message in sink.messages)
    assert [subject for subject, times in arrivals.items() if times > 1] == []
    doubtful = db.session.scalars(select(MailMessage.subject).where(MailMessage.state == MailState.UNCONFIRMED)).all()
    assert {f"Letter {n}" for n in range(MESSAGES)} - set(arrivals) <= set(doubtful)
    assert len(doubtful) <= 3  # no more than workers were killed


def test_workers_killed_in_the_middle(place: Workplace, written: Flask, sink: Sink) -> None:
    place.start_redis()
    for kill_after in (20, 70, 110):
        reached = threading.Event()
        sink.accepted = lambda limit=kill_after, event=reached: event.set() if len(sink.messages) >= limit else None
        place.start_worker()
        assert reached.wait(TIMEOUT)
        place.kill_worker()
    sink.accepted = lambda: None
    place.start_worker()
    wait_until(lambda: _unfinished() == 0, "the rest of the mail goes out")
    _arrived_once(sink)


def test_the_queue_server_goes_and_comes_back(place: Workplace, written: Flask, sink: Sink) -> None:
    place.start_redis()
    place.start_worker()
    wait_until(lambda: len(sink.messages) >= 20, "the run begins")
    place.stop_redis()
    place.kill_worker()
    left = _unfinished()
    place.start_redis()
    place.start_worker()
    wait_until(lambda: _unfinished() == 0, "the rest of the mail goes out")
    assert left > 0
    _arrived_once(sink)
