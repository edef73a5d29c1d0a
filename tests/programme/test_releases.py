"""Releases: what is frozen, what changed, who is told."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core.actor import SYSTEM
from confsys.core.audit import AuditEntry
from confsys.core.clock import now
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import force_locale
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage, MailState
from confsys.events.states import Feature
from confsys.programme import changes, snapshots
from confsys.programme.models import Release, Talk
from confsys.programme.operations import letters, papers, releases, sessions, talks
from confsys.programme.operations.answers import Whereabouts, tell
from confsys.programme.operations.sessions import Place
from confsys.programme.queries import preview, released, working
from confsys.programme.queries.papers import papers_in_order
from confsys.programme.wording import change_sentence
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import QueryCounter
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later


def made(desk: Desk, **given: object) -> Release:
    return releases.release(desk.event, **given, **desk.who)


def kinds(release: Release) -> list[tuple[str, bool]]:
    return [(change.kind.value, change.follows) for change in changes.of_data(release.changes)]


def test_a_programme_survives_being_frozen(app: Flask) -> None:
    desk = Desk(factories.event())
    session = making.session(desk.event, NINE, making.room(desk.event))
    making.paper_talk(desk.event, factories.person(native="张伟"), factories.person(), in_=session)
    making.invited_talk(desk.event, factories.person(), in_=session, position=1, gap_minutes=10)
    making.duty(session, factories.person())
    programme = working.programme_of(desk.event, now())
    assert snapshots.of_data(snapshots.as_data(programme)) == programme
    (frozen,) = programme.sessions
    assert [talk.starts_at for talk in frozen.talks] == [NINE, later(30)]
    assert [part.presents for part in frozen.talks[0].parts] == [True, False]
    assert len(programme.people) == 4


def test_reading_a_programme_costs_the_same_for_any_size(app: Flask, queries: QueryCounter) -> None:
    event = factories.event()

    def fill(n: int) -> int:
        for _ in range(n):
            session = making.session(event, NINE, making.room(event))
            making.paper_talk(event, factories.person(), in_=session)
            making.invited_talk(event, factories.person(), in_=session)
            making.duty(session, factories.person())
        db.session.expire_all()
        with queries:
            preview.outlook(event, now())
        return queries.count

    assert fill(1) == fill(2)


def test_first_release_then_only_what_changed(app: Flask) -> None:
    desk = Desk(factories.event())
    a, b = making.room(desk.event, "A"), making.room(desk.event, "B")
    stays, moves, goes = (making.session(desk.event, later(n * 100), a) for n in range(3))
    talk = making.paper_talk(desk.event, in_=moves)
    first = made(desk)
    assert (first.number, kinds(first)) == (1, [])
    sessions.place_session(desk.event, moves, Place(later(400), b.id), version=None, **desk.who)
    sessions.remove_session(desk.event, goes, version=None, **desk.who)
    new = making.session(desk.event, later(600), b)
    second = made(desk, note=LocalizedText("Room change"))
    assert sorted(kinds(second)) == [("added", False), ("moved", False), ("moved", True), ("removed", False)]
    programme = released.latest_programme(desk.event.id)
    sequences = {session.id: session.sequence for session in programme.sessions}
    assert sequences == {stays.id: 0, moves.id: 1, new.id: 0}
    assert programme.talk_by_id[talk.id][1].sequence == 1
    assert [(gone.guid, gone.sequence) for gone in programme.gone] == [(goes.guid, 1)]


def test_what_comes_back_counts_on(app: Flask) -> None:
    desk = Desk(factories.event())
    room = making.room(desk.event)
    making.session(desk.event, later(300), room)
    session = making.session(desk.event, NINE, room)
    made(desk)
    sessions.place_session(desk.event, session, Place(), version=None, **desk.who)
    made(desk)
    sessions.place_session(desk.event, session, Place(later(100), room.id), version=None, **desk.who)
    made(desk)
    programme = released.latest_programme(desk.event.id)
    assert (programme.session_by_id[session.id].sequence, programme.gone) == (2, ())


def test_the_public_reads_the_release_and_not_the_timetable(app: Flask) -> None:
    desk = Desk(factories.event())
    session = making.session(desk.event, NINE, making.room(desk.event))
    assert released.latest_programme(desk.event.id) is None
    made(desk)
    sessions.place_session(desk.event, session, Place(later(60), session.room_id), version=None, **desk.who)
    assert released.latest_programme(desk.event.id).sessions[0].starts_at == NINE


def test_releases_are_refused_for_reasons(app: Flask) -> None:
    desk = Desk(factories.event())
    with pytest.raises(Invalid, match="Nothing has a time"):
        made(desk)
    hall = making.room(desk.event)
    making.session(desk.event, NINE, hall)
    twin = making.session(desk.event, NINE, hall)
    with pytest.raises(Invalid, match="clashes must be gone"):
        made(desk)
    sessions.place_session(desk.event, twin, Place(later(90), hall.id), version=None, **desk.who)
    made(desk, seen=0)
    with pytest.raises(Invalid, match="Nothing has changed"):
        made(desk, seen=1)
    with pytest.raises(Invalid, match="just released"):
        made(desk, seen=0)


@pytest.mark.parametrize(("locale", "word"), [("en", "moved from"), ("zh", "B")])
def test_changes_are_told_in_both_languages(app: Flask, locale: str, word: str) -> None:
    desk = Desk(factories.event())
    a, b = making.room(desk.event, "A"), making.room(desk.event, "B")
    session = making.session(desk.event, NINE, a)
    made(desk)
    sessions.place_session(desk.event, session, Place(later(60), b.id), version=None, **desk.who)
    (change,) = changes.of_data(made(desk).changes)
    with app.test_request_context(), force_locale(locale):
        sentence = change_sentence(change, "Asia/Shanghai")
    assert "09:00" in sentence
    assert "10:00" in sentence
    assert session.title.in_(locale) in sentence


def test_everybody_placed_or_moved_gets_one_draft(app: Flask) -> None:
    desk = Desk(factories.event())
    room = making.room(desk.event)
    busy, calm = factories.person(locale="zh"), factories.person()
    one, two = making.session(desk.event, NINE, room), making.session(desk.event, later(100), room)
    making.paper_talk(desk.event, busy, factories.person(), in_=one)
    making.invited_talk(desk.event, busy, in_=two)
    making.paper_talk(desk.event, calm, in_=two, position=1)
    first = made(desk)
    drafts = letters.drafts_of(desk.event.id, first.number)
    assert sorted(draft.to_address for draft in drafts) == sorted(p.emails[0].address for p in (busy, calm))
    assert {draft.state for draft in drafts} == {MailState.DRAFT}
    sessions.place_session(desk.event, one, Place(later(300), room.id), version=None, **desk.who)
    second = made(desk)
    (draft,) = letters.drafts_of(desk.event.id, second.number)
    assert (draft.to_address, draft.locale) == (busy.emails[0].address, "zh")
    assert "14:00" in draft.text
    assert letters.send_letters(desk.event, second.number, **desk.who) == 1
    assert letters.discard_letters(desk.event, first.number, **desk.who) == 2
    states = db.session.scalars(select(MailMessage.state).order_by(MailMessage.id)).all()
    assert states == [MailState.DISCARDED, MailState.DISCARDED, MailState.PENDING]


def test_accepted_papers_come_in_once_and_withdrawn_ones_leave(app: Flask) -> None:
    desk = Desk(factories.event())
    stays, leaves = (factories.submission(desk.event, state=SubmissionState.ACCEPTED) for _ in range(2))
    factories.submission(desk.event, state=SubmissionState.REJECTED)
    factories.submission(factories.event(), state=SubmissionState.ACCEPTED)
    assert papers.bring_in_papers(desk.event, **desk.who) == papers.Brought(2, 0)
    assert papers.bring_in_papers(desk.event, **desk.who) == papers.Brought(0, 0)
    guid = db.session.scalar(select(Talk.guid).where(Talk.submission_id == leaves.id))
    leaves.state, leaves.withdrawn_at, leaves.outcome_at = SubmissionState.WITHDRAWN, now(), None
    db.session.commit()
    assert papers.bring_in_papers(desk.event, **desk.who) == papers.Brought(0, 1)
    assert db.session.scalars(select(Talk.submission_id)).all() == [stays.id]
    leaves.state, leaves.withdrawn_at, leaves.outcome_at = SubmissionState.ACCEPTED, None, now()
    db.session.commit()
    papers.follow_paper(desk.event, leaves, actor=SYSTEM, at=now())
    assert db.session.scalar(select(Talk.guid).where(Talk.submission_id == leaves.id)) == guid


def test_an_event_without_a_programme_gets_no_talks(app: Flask) -> None:
    event = factories.event(features=[Feature.SUBMISSIONS.value])
    paper = factories.submission(event, state=SubmissionState.ACCEPTED)
    papers.follow_paper(event, paper, actor=SYSTEM, at=now())
    assert db.session.scalars(select(Talk)).all() == []


def test_posters_get_the_minutes_of_posters(app: Flask) -> None:
    desk = Desk(factories.event())
    factories.submission(desk.event, state=SubmissionState.ACCEPTED, presentation="poster")
    papers.bring_in_papers(desk.event, **desk.who)
    assert db.session.scalars(select(Talk.minutes)).one() == 5


def test_papers_in_the_order_of_the_programme(app: Flask) -> None:
    desk = Desk(factories.event())
    a, b = making.room(desk.event), making.room(desk.event)
    afternoon, left, right = (making.session(desk.event, *where) for where in ((later(300), a), (NINE, a), (NINE, b)))
    wanted = [
        making.paper_talk(desk.event, in_=session, position=place)
        for session, place in ((left, 0), (left, 1), (right, 0), (afternoon, 0))
    ]
    making.paper_talk(desk.event)
    making.invited_talk(desk.event, in_=left, position=5)
    before = papers_in_order(desk.event, now())
    assert [paper.submission_id for paper in before] == [talk.submission_id for talk in wanted]
    assert [paper.position for paper in before] == [1, 2, 3, 4]
    assert before[0].session_title == left.title
    made(desk)
    talks.place_talk(desk.event, wanted[0], None, version=None, **desk.who)
    assert papers_in_order(desk.event, now()) == before


def test_a_release_is_audited_without_its_contents(app: Flask) -> None:
    desk = Desk(factories.event())
    making.session(desk.event, NINE, making.room(desk.event))
    made(desk)
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "programme.release"))
    assert (entry.facts["number"], entry.changes) == (1, {})
    assert again(desk.event).id == entry.event_id


def test_who_takes_part_from_elsewhere_reads_the_hour_there(client: FlaskClient) -> None:
    event = factories.event(slug="far")
    desk, person = Desk(event), factories.person()
    session = making.session(event, NINE, making.room(event))
    making.paper_talk(event, person, in_=session)
    viewer = factories.viewer(person)
    told = Whereabouts(remote=True, zone="America/New_York", equipment=("sound",), note="by video")
    tell(event, told, version=None, viewer=viewer, actor=viewer.actor, at=now())
    made(desk)
    [letter] = letters.drafts_of(event.id, 1)
    assert "21:00" in letter.text, "nine in Shanghai is nine the evening before in New York"
    factories.sign_in(client, person)
    assert "21:00" in client.get("/events/far/programme/mine").text
    factories.sign_in(client, desk.person)
    page = client.get(f"/events/far/timetable/sessions/{session.id}").text
    assert "21:00" in page
    assert "sound" in page
    assert "by video" in page
