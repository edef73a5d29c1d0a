"""Places: never oversold, given back to those who wait, and children only with a guardian's consent."""

from __future__ import annotations

import dataclasses
import multiprocessing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys import settings
from confsys.app import create_app
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.outreach.models import Booking, Seats
from confsys.outreach.operations import activities, bookings
from confsys.outreach.operations.activities import Plan
from confsys.outreach.operations.bookings import Party
from confsys.outreach.states import ActivityState, BookingState
from tests import factories
from tests.outreach import made


def party(n: int, adults: int = 1, **more: Any) -> Party:
    return Party(name=f"Guest {n}", email=f"guest{n}@example.org", adults=adults, **more)


def book(activity: Any, *given: Party) -> list[Booking]:
    return [bookings.book(activity, one, actor=SYSTEM, at=clock.now()) for one in given]


def test_what_does_not_fit_waits_and_moves_up_in_turn(app: Flask) -> None:
    activity = made.activity(capacity=4)
    first, family, single = book(activity, party(1, 3), party(2, 3), party(3, 1))
    assert [b.state.value for b in (first, family, single)] == ["placed", "waiting", "placed"]
    bookings.give_back(single, actor=SYSTEM, at=clock.now())
    assert factories.refreshed(family).state is BookingState.WAITING  # one place is not enough for three
    bookings.give_back(first, actor=SYSTEM, at=clock.now())
    assert factories.refreshed(family).state is BookingState.PLACED
    assert db.session.get(Seats, activity.id).taken == 3
    subjects = db.session.scalars(select(MailMessage.subject).where(MailMessage.to_address == "guest2@example.org"))
    assert list(subjects) == ["On the waiting list: Stars", "Now you have a place: Stars"]


def test_more_places_go_to_those_who_wait(app: Flask) -> None:
    activity = made.activity(capacity=1)
    _first, second = book(activity, party(1), party(2))
    plan = Plan(
        kind=activity.kind, title=activity.title, starts_at=activity.starts_at, ends_at=activity.ends_at,
        target_groups=("youth",), checked_by="Gu", capacity=2,
    )  # fmt: skip
    activities.change_activity(activity, plan, version=activity.version, actor=SYSTEM, at=clock.now())
    assert factories.refreshed(second).state is BookingState.PLACED
    fewer = dataclasses.replace(plan, capacity=1)
    with pytest.raises(Invalid, match="2 places are taken"):
        activities.change_activity(activity, fewer, version=None, actor=SYSTEM, at=clock.now())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"minors": 2}, "guardian_name"),
        ({"minors": 2, "guardian_name": "Lu"}, "consent"),
        ({"adults": 0}, "adults"),
        ({"adults": 61}, "adults"),
    ],
)
def test_what_is_missing_is_said_at_its_field(app: Flask, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        book(made.activity(capacity=None), Party(**{"name": "A", "email": "a@example.org", "adults": 1, **more}))
    assert list(caught.value.fields) == [field]


def test_an_address_signs_up_once_but_may_come_back(app: Flask) -> None:
    activity = made.activity()
    (first,) = book(activity, party(1))
    with pytest.raises(Invalid, match="signed up already"):
        book(activity, party(1))
    bookings.give_back(first, actor=SYSTEM, at=clock.now())
    assert book(activity, party(1))[0].state is BookingState.PLACED


def test_calling_off_tells_everybody_once(app: Flask) -> None:
    activity = made.activity(capacity=1)
    book(activity, party(1), party(2))
    assert activities.call_off(activity, version=None, actor=SYSTEM, at=clock.now()) == 2
    count = select(func.count()).where(MailMessage.subject == "Cancelled: Stars")
    assert db.session.scalar(count) == 2


def test_names_are_forgotten_and_numbers_stay(app: Flask) -> None:
    activity = made.activity(days=2)
    (booking,) = book(activity, party(1, minors=2, guardian_name="Lu", consented_on=clock.now().date()))
    later = activity.ends_at + timedelta(days=91)
    assert bookings.forget_names(actor=SYSTEM, at=activity.ends_at + timedelta(days=89)) == 0
    assert bookings.forget_names(actor=SYSTEM, at=later) == 1
    found = factories.refreshed(booking)
    assert (found.name, found.email, found.guardian_name, found.size) == ("", "", "", 3)


def test_what_was_held_stays_held(app: Flask) -> None:
    activity = made.activity(days=-1)
    outcome = activities.Outcome(actual_headcount=12)
    activities.report_outcome(activity, outcome, version=None, actor=SYSTEM, at=clock.now())
    assert activity.state is ActivityState.HELD
    with pytest.raises(Invalid):
        activities.call_off(activity, version=None, actor=SYSTEM, at=clock.now())


def _rush(url: str, var: Path, activity_id: int, numbers: list[int]) -> None:
    """A process of its own that signs people up."""
    given = settings.read({}, mode="tests", mail="outbox", var=var, database_url=url, secret_key="k" * 32)
    app = create_app(given)
    from confsys.outreach.models import Activity

    with app.app_context():
        for n in numbers:
            activity = db.session.get(Activity, activity_id)
            bookings.book(activity, party(n, 1 + n % 2), actor=SYSTEM, at=clock.now())
        db.session.remove()
        db.engine.dispose()


def test_many_processes_do_not_oversell(app: Flask, database_url: str, var: Path) -> None:
    activity = made.activity(capacity=10, days=3650)
    db.session.remove()
    context = multiprocessing.get_context("spawn")
    rushes = [
        context.Process(target=_rush, args=(database_url, var, activity.id, list(range(k * 6, k * 6 + 6))))
        for k in range(4)
    ]
    for one in rushes:
        one.start()
    for one in rushes:
        one.join(120)
        assert one.exitcode == 0
    placed = select(func.sum(Booking.adults + Booking.minors)).where(Booking.state == BookingState.PLACED)
    assert db.session.scalar(placed) == db.session.get(Seats, activity.id).taken <= 10
    assert db.session.scalar(select(func.count()).select_from(Booking)) == 24
    assert db.session.get(Seats, activity.id).taken >= 9
