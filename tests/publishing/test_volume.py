"""A volume is a frozen build: whole or not at all, and public only when somebody publishes it."""

from __future__ import annotations

from datetime import timedelta

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.core import clock, queue
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.files import store
from confsys.core.localized import LocalizedText
from confsys.events.models import Event
from confsys.programme.models import Room, Session, Talk
from confsys.programme.states import SessionKind
from confsys.publishing import jobs
from confsys.publishing.comparing import compare
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import Artefact, Volume, VolumeBuild, VolumePaper
from confsys.publishing.operations import camera_ready, volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.queries import finals
from confsys.publishing.queries import volumes as read
from confsys.publishing.states import ArtefactKind, BuildState, VolumeState
from confsys.submissions.models import Submission
from tests import factories
from tests.conftest import NOW
from tests.publishing import papers


def in_programme(event: Event, *sessions: tuple[str, list[Submission]]) -> None:
    room = factories.saved(Room(event_id=event.id, name=LocalizedText("Hall A", "A厅")))
    for hour, (title, given) in enumerate(sessions):
        session = factories.saved(
            Session(
                event_id=event.id, kind=SessionKind.ORAL, title=LocalizedText(title), room_id=room.id,
                starts_at=NOW + timedelta(hours=hour),
            )
        )  # fmt: skip
        for position, paper in enumerate(given):
            factories.saved(Talk(event_id=event.id, submission_id=paper.id, session_id=session.id, position=position))


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event()


@pytest.fixture
def volume(event: Event) -> Volume:
    imprint = Imprint(code="am26", title=LocalizedText("Proceedings of the Meeting", "年会论文集"))
    return volumes.create_volume(event, imprint, actor=SYSTEM, at=clock.now())


def build(volume: Volume) -> VolumeBuild:
    inputs = frozen_inputs(volume.event, volume)
    made = volumes.start_build(volume, inputs, actor=SYSTEM, at=clock.now())
    queue.drain()
    return factories.refreshed(made)


def test_the_programme_gives_the_order_and_the_rest_comes_last(event: Event, volume: Volume) -> None:
    first, second, third = (papers.ready(event) for _ in range(3))
    in_programme(event, ("Morning", [third]), ("Noon", [first]))
    inputs = frozen_inputs(event, volume)
    order = [(s["title"]["en"], [p["id"] for p in s["papers"]]) for s in inputs["volume"]["sessions"]]
    assert order == [
        ("Morning", [f"paper-{third.number}"]),
        ("Noon", [f"paper-{first.number}"]),
        ("Further papers", [f"paper-{second.number}"]),
    ]


def test_built_verified_and_read_back(event: Event, volume: Volume) -> None:
    volume.doi_prefix = "10.5555"
    one = papers.ready(event, title=LocalizedText("On quiet networks", "论安静的网络"))
    two = papers.ready(event, "jcon.00093", title=LocalizedText("Second thoughts"))
    made = build(volume)
    assert made.state is BuildState.VERIFIED, made.report
    first, second = made.papers
    assert (first.submission_id, second.submission_id) == (one.id, two.id)
    assert first.first_page == 1
    assert first.doi.startswith("10.5555/")
    assert second.first_page == first.last_page + 1
    kinds = {artefact.kind for artefact in made.artefacts}
    assert {ArtefactKind.VOLUME_PDF, ArtefactKind.BIBTEX, ArtefactKind.PAPER_PDF} <= kinds
    pdf = read.artefact(made.id, "volume.pdf")
    with store().local(pdf.file.sha256) as path, pikepdf.open(path) as opened:
        assert len(opened.pages) > second.last_page
    stamped = read.paper_file(first)
    assert stamped is not None
    assert stamped.name == f"papers/paper-{one.number}.pdf"


def test_a_killed_build_begins_again_and_leaves_one_set_of_files(
    event: Event, volume: Volume, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers.ready(event)

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    made = volumes.start_build(volume, frozen_inputs(event, volume), actor=SYSTEM, at=clock.now())
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "finish_build", killed)
        with pytest.raises(SystemExit):
            queue.drain()
    assert factories.refreshed(made).state is BuildState.RUNNING
    with clock.frozen(NOW + timedelta(hours=1)):
        queue.drain()
    assert factories.refreshed(made).state is BuildState.VERIFIED
    count = db.session.scalar(select(func.count()).select_from(VolumePaper))
    assert count == 1
    again = jobs.build_volume({"build_id": made.id}, None)
    assert again == {"already": True}


def test_a_failed_build_leaves_the_published_one_in_place(
    event: Event, volume: Volume, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers.ready(event)
    good = build(volume)
    papers.published(volume, good)
    broken = frozen_inputs(event, volume)
    broken["volume"]["doi_prefix"] = "not a prefix"
    bad = volumes.start_build(volume, broken, actor=SYSTEM, at=clock.now())
    queue.drain()
    assert factories.refreshed(bad).state is BuildState.FAILED
    assert bad.report["findings"]
    assert read.public_build(volume).id == good.id


def test_publishing_again_replaces_in_one_step(event: Event, volume: Volume) -> None:
    papers.ready(event)
    first, second = build(volume), build(volume)
    papers.published(volume, first)
    papers.published(volume, second)
    public = db.session.scalars(select(VolumeBuild.id).where(VolumeBuild.is_public)).all()
    assert public == [second.id]
    assert volume.state is VolumeState.PUBLISHED


def test_nothing_is_published_without_the_editors_signature(event: Event, volume: Volume) -> None:
    papers.ready(event)
    made = build(volume)
    with pytest.raises(Invalid, match="has not signed"):
        volumes.publish(volume, made, version=None, actor=SYSTEM, at=clock.now())
    editor = Actor(factories.person().id)
    signed = volumes.sign_off(made, "沈筠", actor=editor, at=clock.now())
    assert signed.digest == volumes.digest_of(made)
    with pytest.raises(Invalid, match="signed already"):
        volumes.sign_off(made, "沈筠", actor=editor, at=clock.now())
    volumes.publish(volume, made, version=None, actor=SYSTEM, at=clock.now())
    again = build(volume)
    with pytest.raises(Invalid, match="has not signed"):
        volumes.publish(volume, again, version=None, actor=SYSTEM, at=clock.now())
    assert read.public_build(volume).id == made.id


def test_two_builds_beside_each_other(event: Event, volume: Volume) -> None:
    stays = papers.ready(event, title=LocalizedText("Stays"))
    goes = papers.ready(event, "jcon.00093", title=LocalizedText("Goes"))
    in_programme(event, ("Morning", [goes]), ("Noon", [stays]))
    first = build(volume)
    row = finals.of_paper(goes)
    camera_ready.send_back(row, "Please correct.", version=row.version, actor=SYSTEM, at=clock.now())
    stays.title = LocalizedText("Stays longer")
    db.session.commit()
    comes = papers.ready(event, "jcon.00134", title=LocalizedText("Comes"))
    second = build(volume)
    found = compare(first, second)
    assert [paper.submission_id for paper in found.added] == [comes.id]
    assert [paper.submission_id for paper in found.removed] == [goes.id]
    ((moved, _was, now),) = found.moved
    assert (moved.submission_id, now) == (stays.id, "1–2")
    assert [one.parts for one in found.changed] == [{"title": ("Stays", "Stays longer")}]
    assert not found.same
    assert compare(second, second).same


def test_nothing_ready_nothing_to_build(event: Event, volume: Volume) -> None:
    with pytest.raises(Invalid, match="No final version"):
        volumes.start_build(volume, frozen_inputs(event, volume), actor=SYSTEM, at=clock.now())


def test_one_build_at_a_time(event: Event, volume: Volume) -> None:
    papers.ready(event)
    volumes.start_build(volume, frozen_inputs(event, volume), actor=SYSTEM, at=clock.now())
    with pytest.raises(Invalid, match="is running"):
        volumes.start_build(volume, frozen_inputs(event, volume), actor=SYSTEM, at=clock.now())


def test_same_inputs_same_bytes(event: Event, volume: Volume) -> None:
    papers.ready(event)
    digests = []
    for made in (build(volume), build(volume)):
        query = select(Artefact).where(Artefact.build_id == made.id, Artefact.kind == ArtefactKind.VOLUME_PDF)
        digests.append(db.session.scalar(query).file.sha256)
    assert digests[0] == digests[1]
