"""The programme's pages under load: ``python -m tests.bench.programme``.

A drag on a timetable of 1,000 sessions, and the public programme of 354 slots (JuliaCon 2023), from cache and right
after a release. Figures are CPU time of the server alone: one process, no network. Exit 1 where a bound is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.programme.models import Room, Session, Speaker, Talk
from confsys.programme.operations.importing import import_programme
from confsys.programme.operations.releases import release
from confsys.programme.reading import read_schedule
from confsys.programme.states import SessionKind, TalkState
from tests import factories
from tests.shared import ROOT

SHARED = ROOT.parent / "shared"
JULIACON = SHARED / "data/conferences/juliacon2023-schedule.json"
FOSDEM = SHARED / "standards/schedule/examples/fosdem-2026.xml"
SESSIONS, ROOMS, DAYS = 1000, 20, 5
DRAG, PAGE, IMPORT = 0.100, 0.030, 2.0  # bounds, in seconds


def large_event() -> tuple[Event, Any]:
    """1,000 sessions of one talk each over five days in twenty rooms; some people speak five times."""
    event = factories.event(starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 12), zone="UTC")
    desk = factories.grant(event, Role.ORGANISER)
    people = [factories.person() for _ in range(200)]
    rooms = [Room(event_id=event.id, name=LocalizedText(f"Room {n}"), position=n, capacity=80) for n in range(ROOMS)]
    db.session.add_all(rooms)
    db.session.flush()
    a_day = SESSIONS // DAYS
    for number in range(SESSIONS):
        day, within = divmod(number, a_day)
        slot, room = divmod(within, ROOMS)
        starts = datetime(2026, 6, 8 + day, 8, tzinfo=UTC) + timedelta(minutes=55 * slot)
        session = Session(
            event_id=event.id, kind=SessionKind.ORAL, room_id=rooms[room].id, starts_at=starts, minutes=45, audience=60,
            title=LocalizedText(f"Session {number}"), extras={},
        )  # fmt: skip
        talk = Talk(event_id=event.id, title=LocalizedText(f"Talk {number}"), minutes=40, state=TalkState.CONFIRMED)
        talk.extras = {}
        person = people[number % len(people)]
        talk.speakers = [Speaker(position=0, person_id=person.id, given=person.given, family=person.family)]
        session.talks.append(talk)
        db.session.add(session)
    db.session.commit()
    return event, desk


def timed(work: Callable[[], Any], times: int = 15) -> float:
    """The median CPU seconds, after one run that fills the caches."""
    work()
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return statistics.median(found)


def say(what: str, found: float, bound: float) -> bool:
    verdict = "" if found <= bound else "   MISSED"
    sys.stdout.write(f"{what:58}{1000 * found:9.1f} ms{1000 * bound:9.0f} ms{verdict}\n")
    sys.stdout.flush()
    return found <= bound


def dragging(client: FlaskClient) -> list[bool]:
    event, desk = large_event()
    slug = event.slug
    factories.sign_in(client, desk)
    number = db.session.query(Session.id).filter_by(event_id=event.id).order_by(Session.id).first()[0]
    rooms = [row[0] for row in db.session.query(Room.id).filter_by(event_id=event.id)]
    day = f"/events/{slug}/timetable/2026-06-08"
    turn = iter(range(10_000))

    def place() -> dict[str, str]:
        n = next(turn)
        return {"item": f"s{number}", "room": str(rooms[n % ROOMS]), "start": str(480 + 5 * (n % 60)), "minutes": "45"}

    def check() -> None:
        assert client.get(f"{day}/check", query_string=place()).status_code == 200

    def move() -> None:
        assert client.post(f"{day}/move", data=place()).status_code == 200

    def price() -> None:
        assert client.get(f"{day}/prices", query_string={"item": f"s{number}", "minutes": "45"}).status_code == 200

    return [
        say("1,000 sessions: what every place of the day would mean", timed(price), DRAG),
        say("1,000 sessions: what a place would mean, while dragging", timed(check), DRAG),
        say("1,000 sessions: a move, saved, judged and drawn anew", timed(move), DRAG),
        say("1,000 sessions: what others did, every eight seconds", timed(lambda: client.get(f"{day}/state")), DRAG),
    ]


def reading(app: Flask) -> list[bool]:
    if not JULIACON.exists():
        sys.stdout.write("shared data absent: the public programme was not measured\n")
        return []
    event = factories.event(starts_on=date(2023, 7, 25), ends_on=date(2023, 7, 29), zone="America/New_York")
    desk = factories.grant(event, Role.ORGANISER)
    standing = standing_in(event, factories.viewer(desk))
    who: dict[str, Any] = {"standing": standing, "actor": Actor(desk.id), "at": clock.now()}
    import_programme(event, read_schedule(JULIACON.read_bytes()), **who)
    release(event, **who)
    client = app.test_client()
    address = f"/events/{event.slug}/programme/?day=all"
    before = client.get(address)
    slots = before.text.count('class="agenda-entry')
    good = [say(f"public programme of {slots} slots, from cache", timed(lambda: client.get(address)), PAGE)]
    etag = before.headers["ETag"]
    same = timed(lambda: client.get(address, headers={"If-None-Match": etag}))
    good.append(say("the same, asked again by a browser that has it", same, PAGE))
    session = db.session.query(Session).filter_by(event_id=event.id).filter(Session.starts_at.is_not(None)).first()
    session.title = LocalizedText("Renamed for the bench")
    db.session.commit()
    release(event, **who)
    right = "Renamed for the bench" in client.get(address).text
    sys.stdout.write(f"after a release the page is {'right' if right else 'WRONG'}\n")
    return [*good, right]


def importing() -> list[bool]:
    if not FOSDEM.exists():
        return []
    event = factories.event(starts_on=date(2026, 1, 31), ends_on=date(2026, 2, 1), zone="Europe/Brussels")
    desk = factories.grant(event, Role.ORGANISER)
    standing = standing_in(event, factories.viewer(desk))
    data = FOSDEM.read_bytes()
    begun = time.process_time()
    done = import_programme(event, read_schedule(data), standing=standing, actor=Actor(desk.id), at=clock.now())
    return [say(f"FOSDEM 2026 imported: {done.added} items", time.process_time() - begun, IMPORT)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        given = settings.read(
            {}, mode="tests", mail="outbox", var=Path(folder), secret_key="k" * 32, rate_limits=False,
            database_url=f"sqlite:///{folder}/bench.db", base_url="http://localhost",
        )  # fmt: skip
        app = create_app(given)
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            migrations.upgrade(db.engine)
            good = [*dragging(app.test_client()), *reading(app), *importing()]
            db.session.remove()
            db.engine.dispose()
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
