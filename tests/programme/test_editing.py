"""Placing, exchanging, removing, taking back: on a real database, with two organisers at it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.events.states import Role
from confsys.programme.models import Duty, Room, Session, Speaker, Talk
from confsys.programme.operations import journal, rooms, sessions, settings, talks
from confsys.programme.operations.sessions import Place, SessionContent
from confsys.programme.operations.talks import SpeakerContent, TalkContent
from confsys.programme.options import ProgrammeOptions
from confsys.programme.states import ClashKind, SessionKind, Severity
from tests import factories
from tests.programme import making
from tests.programme.making import NINE, Desk, again, later


def order(session: Session) -> list[int]:
    return [talk.id for talk in again(session).talks]


def test_a_move_is_one_step_with_its_audit_entry(app: Flask) -> None:
    desk = Desk(factories.event())
    room, session = making.room(desk.event), making.session(desk.event)
    sessions.place_session(desk.event, session, Place(later(60), room.id, 45), version=1, **desk.who)
    assert (again(session).starts_at, session.room_id, session.minutes, session.version) == (later(60), room.id, 45, 2)
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "session.place"))
    assert entry.changes["room_id"] == [None, room.id]


def test_two_organisers_do_not_lose_each_others_moves(app: Flask) -> None:
    event = factories.event()
    one, other = Desk(event), Desk(event)
    session = making.session(event)
    sessions.place_session(event, session, Place(later(60)), version=1, **one.who)
    with pytest.raises(StaleVersion):
        sessions.place_session(event, session, Place(later(120)), version=1, **other.who)
    assert again(session).starts_at == later(60)


@pytest.mark.parametrize("role", [Role.TRACK_CHAIR, Role.PUBLICATION_CHAIR, Role.TREASURER])
def test_other_staff_may_look_but_not_move(app: Flask, role: Role) -> None:
    desk = Desk(factories.event(), role)
    session = making.session(desk.event)
    with pytest.raises(Refused):
        sessions.place_session(desk.event, session, Place(later(60)), version=1, **desk.who)


def test_a_room_of_another_event_is_refused(app: Flask) -> None:
    desk, elsewhere = Desk(factories.event()), making.room(factories.event())
    with pytest.raises(Invalid):
        sessions.place_session(
            desk.event, making.session(desk.event), Place(NINE, elsewhere.id), version=None, **desk.who
        )


def test_imported_lengths_stay_but_new_ones_are_on_the_grid(app: Flask) -> None:
    desk = Desk(factories.event())
    odd = making.session(desk.event, minutes=3)
    sessions.place_session(desk.event, odd, Place(later(5), None, 3), version=None, **desk.who)
    with pytest.raises(Invalid):
        sessions.place_session(desk.event, odd, Place(later(5), None, 7), version=None, **desk.who)


def test_a_move_that_the_event_does_not_allow_is_refused_with_a_sentence(app: Flask) -> None:
    desk = Desk(factories.event())
    hall = making.room(desk.event)
    making.session(desk.event, NINE, hall)
    second = making.session(desk.event, later(120), hall)
    severities = {ClashKind.ROOM: Severity.BLOCK_MOVE}
    settings.set_rules(desk.event, severities=severities, talk_minutes={}, version=None, **desk.who)
    assert ProgrammeOptions.of(desk.event).blocks_moves
    with pytest.raises(Invalid, match=r"are in Room \d+ at once"):
        sessions.place_session(desk.event, second, Place(later(30), hall.id), version=None, **desk.who)
    assert again(second).starts_at == later(120)


def test_undo_and_redo_walk_through_ones_own_steps(app: Flask) -> None:
    event = factories.event()
    one, other = Desk(event), Desk(event)
    mine, theirs = making.session(event), making.session(event)
    for minutes in (10, 20, 30):
        sessions.place_session(event, mine, Place(later(minutes)), version=None, **one.who)
    sessions.place_session(event, theirs, Place(later(500)), version=None, **other.who)
    seen = []
    for step in (journal.undo, journal.undo, journal.redo, journal.undo, journal.undo):
        step(event.id, **one.who)
        seen.append(again(mine).starts_at)
    assert seen == [later(20), later(10), later(20), later(10), NINE]
    assert again(theirs).starts_at == later(500)
    with pytest.raises(Invalid):
        journal.undo(event.id, **one.who)


def test_a_new_step_ends_redo(app: Flask) -> None:
    desk = Desk(factories.event())
    session = making.session(desk.event)
    sessions.place_session(desk.event, session, Place(later(10)), version=None, **desk.who)
    journal.undo(desk.event.id, **desk.who)
    sessions.place_session(desk.event, session, Place(later(50)), version=None, **desk.who)
    with pytest.raises(Invalid):
        journal.redo(desk.event.id, **desk.who)


def test_undo_is_refused_when_somebody_built_on_it(app: Flask) -> None:
    event = factories.event()
    one, other = Desk(event), Desk(event)
    session = making.session(event)
    sessions.place_session(event, session, Place(later(10)), version=None, **one.who)
    sessions.place_session(event, session, Place(later(20)), version=None, **other.who)
    with pytest.raises(Invalid, match="changed this since"):
        journal.undo(event.id, **one.who)
    assert again(session).starts_at == later(20)


def test_a_removed_session_comes_back_with_all_it_held(app: Flask) -> None:
    desk = Desk(factories.event())
    session = making.session(desk.event, NINE, making.room(desk.event), kind=SessionKind.PANEL)
    talk = making.paper_talk(desk.event, in_=session)
    making.duty(session, factories.person())
    number, guid, title = session.id, session.guid, session.title
    sessions.remove_session(desk.event, session, version=None, **desk.who)
    assert again(talk).session_id is None
    assert db.session.get(Session, number) is None
    journal.undo(desk.event.id, **desk.who)
    back = db.session.get(Session, number)
    assert (back.guid, back.title, back.kind, back.starts_at) == (guid, title, SessionKind.PANEL, NINE)
    assert [t.id for t in back.talks] == [talk.id]
    assert len(back.duties) == 1
    journal.redo(desk.event.id, **desk.who)
    assert db.session.scalars(select(Duty)).all() == []
    assert again(talk).session_id is None


def test_undo_of_a_new_session_takes_it_away(app: Flask) -> None:
    desk = Desk(factories.event())
    content = SessionContent(SessionKind.BREAK, LocalizedText("Coffee", "茶歇"))
    sessions.add_session(desk.event, content, Place(NINE, None, 30), **desk.who)
    journal.undo(desk.event.id, **desk.who)
    assert db.session.scalars(select(Session)).all() == []


def test_two_sessions_exchange_their_places_and_keep_their_lengths(app: Flask) -> None:
    desk = Desk(factories.event())
    a, b = making.room(desk.event), making.room(desk.event)
    one = making.session(desk.event, NINE, a, minutes=30)
    other = making.session(desk.event, later(200), b, minutes=60)
    sessions.swap_sessions(desk.event, one, other, versions=(1, 1), **desk.who)
    assert (again(one).starts_at, one.room_id, one.minutes) == (later(200), b.id, 30)
    assert (other.starts_at, other.room_id, other.minutes) == (NINE, a.id, 60)


def test_coffee_in_every_room(app: Flask) -> None:
    desk = Desk(factories.event())
    halls = [making.room(desk.event) for _ in range(3)]
    coffee = making.session(desk.event, NINE, halls[0], kind=SessionKind.BREAK)
    copied = sessions.copy_session(desk.event, coffee, halls, **desk.who)
    assert [(s.room_id, s.starts_at, s.title) for s in copied.made] == [(h.id, NINE, coffee.title) for h in halls[1:]]
    assert copied.taken == 0


def test_a_copy_leaves_taken_rooms_alone_and_is_not_made_twice(app: Flask) -> None:
    desk = Desk(factories.event())
    halls = [making.room(desk.event) for _ in range(3)]
    coffee = making.session(desk.event, later(30), halls[0], kind=SessionKind.BREAK, minutes=30)
    making.session(desk.event, NINE, halls[1])
    first = sessions.copy_session(desk.event, coffee, halls, **desk.who)
    assert ([s.room_id for s in first.made], first.taken) == ([halls[2].id], 1)
    again_ = sessions.copy_session(desk.event, coffee, halls, **desk.who)
    assert (again_.made, again_.taken) == ([], 2)


def test_what_is_kept_where_it_is_changes_no_places(app: Flask) -> None:
    desk = Desk(factories.event())
    hall = making.room(desk.event)
    kept, other = making.session(desk.event, NINE, hall, pinned=True), making.session(desk.event, later(120), hall)
    with pytest.raises(Invalid):
        sessions.swap_sessions(desk.event, other, kept, versions=(None, None), **desk.who)
    assert again(kept).starts_at == NINE


def test_talks_are_put_between_others_without_touching_their_versions(app: Flask) -> None:
    desk = Desk(factories.event())
    session = making.session(desk.event)
    first, second = (making.paper_talk(desk.event, in_=session, position=n) for n in range(2))
    third = making.paper_talk(desk.event)
    talks.place_talk(desk.event, third, session, index=1, version=1, **desk.who)
    assert order(session) == [first.id, third.id, second.id]
    talks.place_talk(desk.event, third, session, index=9, version=None, **desk.who)
    assert order(session) == [first.id, second.id, third.id]
    talks.place_talk(desk.event, third, session, index=0, version=None, **desk.who)
    assert order(session) == [third.id, first.id, second.id]
    assert (first.version, second.version) == (1, 1)
    talks.place_talk(desk.event, third, None, version=None, **desk.who)
    assert order(session) == [first.id, second.id]


def test_a_break_holds_no_talks(app: Flask) -> None:
    desk = Desk(factories.event())
    coffee = making.session(desk.event, kind=SessionKind.BREAK)
    with pytest.raises(Invalid):
        talks.place_talk(desk.event, making.paper_talk(desk.event), coffee, version=None, **desk.who)
    full = making.session(desk.event)
    making.paper_talk(desk.event, in_=full)
    with pytest.raises(Invalid):
        sessions.change_session(desk.event, full, SessionContent(SessionKind.BREAK), version=None, **desk.who)


def test_a_talk_let_fall_on_the_timetable(app: Flask) -> None:
    desk = Desk(factories.event())
    hall = making.room(desk.event)
    there = making.session(desk.event, NINE, hall)
    first = making.paper_talk(desk.event, in_=there)
    second, third = making.paper_talk(desk.event), making.paper_talk(desk.event)
    assert talks.drop_talk(desk.event, second, hall, later(5), version=None, **desk.who).id == there.id
    assert order(there) == [second.id, first.id]
    own = talks.drop_talk(desk.event, third, hall, later(90), version=None, **desk.who)
    assert (own.id != there.id, own.starts_at, own.minutes, own.room_id) == (True, later(90), 20, hall.id)
    talks.place_talk(desk.event, third, None, version=None, **desk.who)
    assert db.session.scalars(select(Session.id)).all() == [there.id]
    journal.undo(desk.event.id, **desk.who)
    assert again(third).session_id == own.id


def test_an_invited_talk_and_its_speakers(app: Flask) -> None:
    desk = Desk(factories.event())
    names = [PersonName("Ada", "Lovelace"), PersonName(native="张伟")]
    content = TalkContent(40, title=LocalizedText("Engines"), speakers=[SpeakerContent(name) for name in names])
    talk = talks.add_invited(desk.event, content, **desk.who)
    assert [speaker.name for speaker in again(talk).speakers] == names
    fewer = TalkContent(30, title=LocalizedText("Engines"), speakers=[SpeakerContent(names[1])])
    talks.change_talk(desk.event, talk, fewer, version=1, **desk.who)
    assert [speaker.name for speaker in again(talk).speakers] == names[1:]
    talks.remove_talk(desk.event, talk, version=None, **desk.who)
    assert db.session.scalars(select(Speaker)).all() == []
    for _ in range(2):
        journal.undo(desk.event.id, **desk.who)
    assert [speaker.name for speaker in db.session.scalars(select(Talk)).one().speakers] == names


def test_a_papers_talk_cannot_be_removed_by_hand(app: Flask) -> None:
    desk = Desk(factories.event())
    with pytest.raises(Invalid, match="accepted paper"):
        talks.remove_talk(desk.event, making.paper_talk(desk.event), version=None, **desk.who)


def test_rooms_are_ordered_and_not_removed_while_used(app: Flask) -> None:
    desk = Desk(factories.event())
    a = rooms.add_room(desk.event, rooms.RoomContent(LocalizedText("A"), capacity=40), **desk.who)
    b = rooms.add_room(desk.event, rooms.RoomContent(LocalizedText("B")), **desk.who)
    rooms.order_rooms(desk.event, [b.id, a.id], **desk.who)
    assert db.session.scalars(select(Room.id).order_by(Room.position)).all() == [b.id, a.id]
    session = making.session(desk.event, NINE, a)
    with pytest.raises(Invalid, match="still in this room"):
        rooms.remove_room(a, version=None, **desk.who)
    sessions.place_session(desk.event, session, Place(), version=None, **desk.who)
    rooms.remove_room(a, version=None, **desk.who)
    with pytest.raises(Invalid, match="does not exist any more"):
        journal.undo(desk.event.id, **desk.who)


@pytest.mark.parametrize(
    "content", [rooms.RoomContent(LocalizedText()), rooms.RoomContent(LocalizedText("A"), capacity=0)]
)
def test_a_room_needs_a_name_and_seats(app: Flask, content: rooms.RoomContent) -> None:
    desk = Desk(factories.event())
    with pytest.raises(Invalid):
        rooms.add_room(desk.event, content, **desk.who)
