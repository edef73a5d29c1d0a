"""Whole schedules of other systems, in and out again."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.core.actor import SYSTEM
from confsys.core.clock import now
from confsys.core.db import db
from confsys.core.operation import dry_run
from confsys.programme.interchange import frab_json, frab_xml
from confsys.programme.interchange.forms import Schedule
from confsys.programme.interchange.mapping import schedule_of
from confsys.programme.models import Room, Session, Talk
from confsys.programme.operations import sessions, talks
from confsys.programme.operations.importing import Imported, import_programme
from confsys.programme.operations.sessions import Place
from confsys.programme.queries.placing import judge
from confsys.programme.queries.working import programme_of
from confsys.programme.states import ClashKind
from tests import factories
from tests.programme.making import Desk, again, later
from tests.programme.test_interchange import facts, json_errors, xsd_errors
from tests.shared import shared

FOSDEM = "standards/schedule/examples/fosdem-2026.xml"
DEMOCON = "standards/schedule/examples/pretalx-democon.json"
JULIACON = "data/conferences/juliacon2023-schedule.json"


def read(name: str) -> Schedule:
    data = shared(name).read_bytes()
    return frab_xml.read(data) if name.endswith(".xml") else frab_json.read(data)


def brought(event, schedule: Schedule, **given: object) -> Imported:
    return import_programme(event, schedule, standing=None, actor=SYSTEM, at=now(), **given)


def given_back(event, locale: str = "en") -> Schedule:
    programme = programme_of(event, now())
    return schedule_of(
        programme, locale=locale, url="https://example.org/p", page_of=lambda what, n: f"https://example.org/{what}/{n}"
    )


@pytest.mark.parametrize("name", [FOSDEM, DEMOCON, JULIACON])
def test_a_schedule_is_given_back_whole_and_valid(app: Flask, name: str) -> None:
    schedule, event = read(name), factories.event()
    assert brought(event, schedule).added == sum(1 for _ in schedule.slots())
    db.session.expire_all()
    back = given_back(event)
    as_xml, as_json = frab_xml.write(back), frab_json.write(back)
    assert (xsd_errors(as_xml), json_errors(as_json)) == ([], [])
    assert facts(frab_xml.read(as_xml)) == facts(schedule)
    people = {(slot.guid, human.name, human.id) for slot in schedule.slots() for human in slot.people}
    assert {(slot.guid, human.name, human.id) for slot in back.slots() for human in slot.people} == people


def test_fosdem_is_quick(app: Flask) -> None:
    shared(FOSDEM)
    event = factories.event()
    begun = process_time()
    brought(event, read(FOSDEM))
    assert process_time() - begun < 4  # 2 s on a machine of its own; the suite shares one


def test_one_person_stays_one_person_and_real_overlaps_are_found(app: Flask) -> None:
    event = factories.event()
    brought(event, read(FOSDEM))
    programme = programme_of(event, now())
    assert len([key for key, held in programme.engagements.items() if len(held) > 1]) == 129
    found = [clash.kind for clash in judge(event).clashes]
    # The file names one more person twice at the very same talk: that is nobody in two places.
    assert found.count(ClashKind.PERSON) == 1
    assert ClashKind.ROOM not in found


def test_again_changes_nothing_and_dry_keeps_nothing(app: Flask) -> None:
    event, schedule = factories.event(), read(DEMOCON)
    with dry_run():
        assert brought(event, schedule).added == 36
    assert db.session.scalar(select(func.count(Session.id))) == 0
    first = brought(event, schedule)
    ids = set(db.session.scalars(select(Session.id)))
    second = brought(event, schedule)
    assert (second.added, second.changed, second.removed, second.rooms, second.tracks) == (0, 0, 0, 0, 0)
    assert set(db.session.scalars(select(Session.id))) == ids
    assert (first.rooms, first.zone_differs, first.outside) == (2, True, 36)


def test_a_newer_file_moves_what_moved_and_removes_what_left(app: Flask) -> None:
    event, schedule = factories.event(), read(DEMOCON)
    brought(event, schedule)
    desk = Desk(event)
    moved, *_ = db.session.scalars(select(Session).order_by(Session.id))
    sessions.place_session(event, moved, Place(later(0), None, moved.minutes), version=None, **desk.who)
    assert brought(event, schedule).changed == 1
    first = schedule.days[0]
    smaller = replace(schedule, days=(replace(first, slots=first.slots[:5]),))
    assert brought(event, smaller).removed == 0
    assert brought(event, smaller, replace_others=True).removed == 31
    assert db.session.scalar(select(func.count(Session.id))) == 5
    assert db.session.scalar(select(func.count(Talk.id))) == 5


def test_what_organisers_put_together_stays_together(app: Flask) -> None:
    event, schedule = factories.event(), read(DEMOCON)
    brought(event, schedule)
    desk = Desk(event)
    one, other, *_ = db.session.scalars(select(Talk).order_by(Talk.id))
    home = one.session
    talks.place_talk(event, other, home, version=None, **desk.who)
    assert brought(event, schedule).added == 0
    assert again(other).session_id == home.id


def test_a_room_in_which_the_file_overlaps_holds_several(app: Flask) -> None:
    event = factories.event(zone="America/New_York")
    assert brought(event, read(JULIACON)).zone_differs  # the file says US/Eastern
    several = db.session.scalars(select(Room).where(Room.holds_several)).all()
    assert [room.name.en for room in several] == ["Online talks and posters"]
    assert ClashKind.ROOM not in {clash.kind for clash in judge(event).clashes}
