"""A volume is built while workers are killed and the queue server goes away: nothing is lost, nothing made twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.jobs.models import Job, JobState
from confsys.core.localized import LocalizedText
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import Artefact, VolumeBuild, VolumePaper
from confsys.publishing.operations import volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.states import BuildState
from tests import factories
from tests.faults.processes import Workplace, wait_until, workplace
from tests.publishing import papers

pytestmark = pytest.mark.faults
#: Lines of its log that a build has written when it has begun.
BEGUN = 1


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    environment = {
        "CONFSYS_MODE": "tests", "CONFSYS_SECRET_KEY": "s" * 32, "CONFSYS_VAR": str(tmp_path),
        "CONFSYS_LEASE_SECONDS": "2", "CONFSYS_DISPATCH_SECONDS": "0.2",
    }  # fmt: skip
    with workplace(tmp_path, environment) as made:
        yield made


@pytest.fixture
def asked(place: Workplace) -> Iterator[int]:
    """A build that waits for a worker; gives its id."""
    app: Flask = create_app(settings.read(place.environment))
    with app.app_context():
        migrations.upgrade(db.engine)
        event = factories.event()
        for name in ("jcon.00098", "jcon.00093"):
            papers.ready(event, name)
        at = clock.now()
        volume = volumes.create_volume(event, Imprint("am26", LocalizedText("Proceedings")), actor=SYSTEM, at=at)
        yield volumes.start_build(volume, frozen_inputs(event, volume), actor=SYSTEM, at=at).id
        db.session.remove()
        db.engine.dispose()


def _job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()


def _at_work(steps: int) -> bool:
    job = _job()
    return job.state is JobState.RUNNING and len(job.log) >= steps


def _built_once(id_: int) -> None:
    wait_until(lambda: _job().state in (JobState.DONE, JobState.FAILED), "the build comes to an end")
    build = db.session.get_one(VolumeBuild, id_)
    assert (build.state, _job().error) == (BuildState.VERIFIED, "")
    assert db.session.scalar(select(func.count()).select_from(VolumeBuild)) == 1
    assert db.session.scalar(select(func.count()).select_from(VolumePaper)) == 2
    names = db.session.scalars(select(Artefact.name)).all()
    assert len(names) == len(set(names)) > 10
    told = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "volume.built")
    assert db.session.scalar(told) == 1


def test_workers_killed_at_the_first_step_and_later(place: Workplace, asked: int) -> None:
    place.start_redis()
    for steps in (BEGUN, BEGUN + 1):
        place.start_worker()
        wait_until(lambda wanted=steps: _at_work(wanted), f"the build is at step {steps}")
        place.kill_worker()
    assert db.session.get_one(VolumeBuild, asked).state is BuildState.RUNNING
    assert db.session.scalar(select(func.count()).select_from(Artefact)) == 0
    place.start_worker()
    _built_once(asked)


def test_the_queue_server_goes_during_a_build(place: Workplace, asked: int) -> None:
    place.start_redis()
    place.start_worker()
    wait_until(lambda: _at_work(BEGUN), "the build begins")
    place.stop_redis()
    place.kill_worker()
    place.start_redis()
    place.start_worker()
    _built_once(asked)
