"""A process that builds a volume is killed at every step: the published volume stays, the next attempt is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock, queue
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.files import store
from confsys.core.localized import LocalizedText
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import Artefact, Volume, VolumeBuild, VolumePaper
from confsys.publishing.operations import volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.queries import volumes as read
from confsys.publishing.states import BuildState
from tests import factories
from tests.publishing import papers

pytestmark = pytest.mark.faults
#: The engine's own steps, then those of the application: keeping the files, recording them, the commit itself.
STEPS = ("read", "papers", "formats", "verify", "keep", "record", "commit")
#: Does the waiting work in a process that dies at the step it is told. Each later attempt finds the lease run out.
MURDER = """
import os, signal, sys
from datetime import timedelta
import proceedings
from confsys import settings
from confsys.app import create_app
from confsys.core import clock, queue
from confsys.core.db import db
from confsys.publishing import jobs
from confsys.publishing.operations import volumes

step, hours = sys.argv[1], int(sys.argv[2])

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

build, finish = proceedings.build, jobs.finish_build

def watched(source, target, progress):
    return build(source, target, progress=lambda at: die() if at.step == step else progress(at))

def unkept(*given, **named):
    db.session().commit = die
    finish(*given, **named)

proceedings.build = watched
if step == "keep":
    jobs.receive_path = die
elif step == "record":
    jobs.finish_build = die
elif step == "commit":
    jobs.finish_build = unkept
app = create_app(settings.read(os.environ))
with app.app_context(), clock.frozen(clock.now() + timedelta(hours=hours)):
    queue.drain()
print("lived")
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "CONFSYS_MODE": "tests", "CONFSYS_SECRET_KEY": "s" * 32, "CONFSYS_VAR": str(tmp_path),
        "CONFSYS_LEASE_SECONDS": "2",
    }  # fmt: skip


@pytest.fixture
def volume(environment: dict[str, str]) -> Iterator[Volume]:
    """Published once; final versions for another build are there."""
    app: Flask = create_app(settings.read(environment))
    with app.app_context():
        migrations.upgrade(db.engine)
        event = factories.event()
        papers.ready(event, "jcon.00098")
        made = volumes.create_volume(event, Imprint("am26", LocalizedText("Proceedings")), actor=SYSTEM, at=clock.now())
        build = volumes.start_build(made, frozen_inputs(event, made), actor=SYSTEM, at=clock.now())
        queue.drain()
        papers.published(made, factories.refreshed(build))
        papers.ready(event, "jcon.00093")
        yield made
        db.session.remove()
        db.engine.dispose()


def public_file(volume: Volume) -> bytes:
    build = read.public_build(volume)
    artefact = next(one for one in build.artefacts if one.name == "volume.pdf")
    return b"".join(store().read(artefact.file.sha256))


def test_killed_at_every_step(volume: Volume, environment: dict[str, str]) -> None:
    before = public_file(volume)
    first = read.public_build(volume).id
    asked = volumes.start_build(volume, frozen_inputs(volume.event, volume), actor=SYSTEM, at=clock.now())
    root = str(Path(__file__).resolve().parents[2])
    for hours, step in enumerate(STEPS):
        died = subprocess.run(
            [sys.executable, "-c", MURDER, step, str(hours)], env={**os.environ, **environment, "PYTHONPATH": root},
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert died.returncode == -signal.SIGKILL, (step, died.stderr.decode()[-2000:])
        db.session.rollback()
        assert factories.refreshed(asked).state is BuildState.RUNNING, step
        assert read.public_build(volume).id == first, step
        assert public_file(volume) == before, step
        assert db.session.scalar(select(func.count()).select_from(VolumePaper)) == 1, step
    with clock.frozen(clock.now() + timedelta(hours=len(STEPS))):
        queue.drain()
    assert factories.refreshed(asked).state is BuildState.VERIFIED
    assert len(asked.papers) == 2
    names = db.session.scalars(select(Artefact.name).where(Artefact.build_id == asked.id)).all()
    assert len(names) == len(set(names)) > 10
    assert read.public_build(volume).id == first
    papers.published(volume, asked)
    assert public_file(volume) != before
    assert db.session.scalar(select(func.count()).select_from(VolumeBuild)) == 2
