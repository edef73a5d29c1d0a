"""A special volume is made of chapters that were asked for; they take the path of papers without call and review."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock, queue
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.core.names import PersonName
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.models import Chapter, Volume
from confsys.publishing.operations import camera_ready, chapters, volumes
from confsys.publishing.operations.chapters import Commission
from confsys.publishing.operations.volumes import Imprint
from confsys.publishing.states import BuildState, ChapterState
from confsys.submissions.content import AuthorContent
from tests import factories
from tests.publishing import papers


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am26")


@pytest.fixture
def volume(event: Event) -> Volume:
    imprint = Imprint("report", LocalizedText("Progress of the discipline", "学科发展报告"), special=True)
    return volumes.create_volume(event, imprint, actor=SYSTEM, at=clock.now())


def ask(volume: Volume, title: str = "Storage", part: str = "Part one", email: str = "writer@example.org") -> Chapter:
    author = AuthorContent(name=PersonName("Lan", "Yu", "余兰"), email=email)
    due = clock.now().date() + timedelta(days=60)
    wanted = Commission(LocalizedText(title), author, due, LocalizedText(part))
    return chapters.commission(volume, wanted, actor=SYSTEM, at=clock.now())


def write(chapter: Chapter, name: str) -> None:
    """From the yes to the editor's acceptance."""
    chapters.answer(chapter, True, actor=SYSTEM, at=clock.now())
    papers.upload(chapter.submission, papers.pdf(name))
    row = papers.sign_all(chapter.submission)
    camera_ready.approve(row, version=row.version, actor=SYSTEM, at=clock.now())


def test_asked_written_and_bound_beside_the_proceedings(event: Event, volume: Volume) -> None:
    factories.person(email="writer@example.org")
    one, two, three = (ask(volume, title) for title in ("Storage", "Grids", "Never written"))
    chapters.answer(three, False, actor=SYSTEM, at=clock.now())
    write(two, "jcon.00093")
    write(one, "jcon.00098")
    paper = papers.ready(event, "jcon.00134", number=900)
    inputs = frozen_inputs(event, volume)
    (part,) = inputs["volume"]["sessions"]
    assert part["title"]["en"] == "Part one"
    assert [chapter["title"]["en"] for chapter in part["papers"]] == ["Storage", "Grids"]
    proceedings = volumes.create_volume(event, Imprint("am26", LocalizedText("Papers")), actor=SYSTEM, at=clock.now())
    assert list(frozen_inputs(event, proceedings)["papers"].values()) == [paper.id]
    made = volumes.start_build(volume, inputs, actor=SYSTEM, at=clock.now())
    queue.drain()
    assert factories.refreshed(made).state is BuildState.VERIFIED


def test_what_cannot_be_asked(event: Event, volume: Volume) -> None:
    author = AuthorContent(name=PersonName("Lan", "Yu"), email="writer@example.org")
    later = date(2030, 1, 1)
    plain = volumes.create_volume(event, Imprint("am26", LocalizedText("Papers")), actor=SYSTEM, at=clock.now())
    title = LocalizedText("Storage")
    for target, wanted, match in (
        (plain, Commission(title, author, later), "special volumes"),
        (volume, Commission(LocalizedText(), author, later), "title"),
        (volume, Commission(title, AuthorContent(), later), "name and address"),
        (volume, Commission(title, author, date(2020, 1, 1)), "passed"),
    ):
        with pytest.raises(Invalid, match=match):
            chapters.commission(target, wanted, actor=SYSTEM, at=clock.now())
    chapter = ask(volume)
    chapters.answer(chapter, False, actor=SYSTEM, at=clock.now())
    with pytest.raises(Invalid, match="answered already"):
        chapters.answer(chapter, True, actor=SYSTEM, at=clock.now())


def test_editor_and_author_on_their_pages(event: Event, volume: Volume, app: Flask) -> None:
    writer = factories.person(email="writer@example.org")
    chair = factories.sign_in(app.test_client(), factories.grant(event, Role.PUBLICATION_CHAIR))
    here = "/events/am26/publishing/volumes/report"
    typed = {"title_en": "Storage", "given": "Lan", "family": "Yu", "email": "writer@example.org", "due_on": ""}
    assert chair.get(f"{here}/chapters/new").status_code == 200
    assert chair.post(f"{here}/chapters/new", data=typed).status_code == 422
    assert chair.post(f"{here}/chapters/new", data={**typed, "due_on": "2020-01-01"}).status_code == 422
    assert chair.post(f"{here}/chapters/new", data={**typed, "due_on": "2030-01-01"}).status_code == 303
    assert "Storage" in chair.get(here).text
    message = db.session.scalar(select(MailMessage))
    chapter = db.session.scalar(select(Chapter))
    final = f"/events/am26/papers/{chapter.submission.number}/camera-ready/"
    assert final in message.text
    author = factories.sign_in(app.test_client(), writer)
    assert "Please answer the invitation first." in author.get(final).text
    stranger = factories.sign_in(app.test_client(), factories.person())
    assert stranger.post(f"{final}invitation", data={"answer": "yes"}).status_code == 404
    assert author.post(f"{final}invitation", data={"answer": "yes"}).status_code == 303
    assert factories.refreshed(chapter).state is ChapterState.AGREED
    assert 'type="file"' in author.get(final).text
    assert Actor(writer.id).person_id == chapter.submission.authors[0].person_id
