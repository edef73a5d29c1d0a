"""Money in the reports: what a treasurer reads, and that nobody else does."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask, current_app

from confsys.accounts.models import Person
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.registry import ReportPart, ReportScope
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.members.operations.paying import order_for
from confsys.payments.feature import report
from confsys.payments.operations import refunds
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make
from tests.payments.till import pay, place, treasurer


def parts(viewer: Person, event: Event | None = None, *, year: int = 2026) -> list[ReportPart]:
    page = SimpleNamespace(event=event) if event else None
    scope = ReportScope(factories.viewer(viewer), NOW, date(year, 1, 1), date(year, 12, 31), page)
    with current_app.test_request_context():
        return list(report(scope))


def values(viewer: Person, event: Event | None = None, *, year: int = 2026) -> dict[str, float | None]:
    (part,) = parts(viewer, event, year=year)
    return {figure.key.removeprefix("payments."): figure.value for figure in part.figures}


@pytest.fixture
def event(app: Flask) -> Event:
    """A till with one order paid and refunded in part, and one open; beside it dues paid to the society."""
    made = factories.event()
    paid = place(factories.person(), 60_00, 40_00, event_id=made.id)
    pay(paid)
    refunds.take_back(paid, 40_00, line_ids=[paid.lines[1].id], actor=Actor(), at=clock.now())
    place(factories.person(), 30_00, event_id=made.id)
    member = factories.person()
    pay(order_for(make.due(member, make.tier()), actor=Actor(member.id), at=clock.now()))
    queue.drain()
    return made


def test_a_treasurer_reads_the_year_and_an_event(event: Event) -> None:
    everything = {
        "orders": 2, "fees": 100_00, "dues": 200_00, "received": 300_00, "taken_back": 40_00, "sent_back": 40_00,
        "open": 30_00,
    }  # fmt: skip
    assert values(treasurer()) == everything
    own = factories.grant(event, Role.TREASURER)
    assert values(own, event) == everything | {"orders": 1, "dues": 0, "received": 100_00}
    assert values(treasurer(), year=2025) == dict.fromkeys(everything, 0) | {"open": 30_00}


def test_nobody_else_does(event: Event) -> None:
    own, other = factories.grant(event, Role.TREASURER), factories.event()
    assert parts(own) == []
    assert parts(own, other) == []
    assert parts(factories.admin(), event) == []
    assert parts(factories.grant(event, Role.ORGANISER)) == []


def test_a_month_is_the_society_s_month(app: Flask) -> None:
    """The last evening of March in Greenwich is April in Beijing."""
    with clock.frozen(NOW.replace(month=3, day=31, hour=20)):
        pay(place(factories.person(), 10_00))
    (part,) = parts(treasurer())
    assert part.charts[0].labels == ["2026-04"]
    assert part.charts[0].series[0][1] == [10.0]


def test_it_asks_as_often_for_many_orders_as_for_one(event: Event, queries: QueryCounter) -> None:
    own, counts = factories.grant(event, Role.TREASURER), []
    for _ in range(2):
        for day in range(3):
            with clock.frozen(NOW + timedelta(days=day)):
                pay(place(factories.person(), 10_00, event_id=event.id))
        parts(own, event)  # whose till it is is asked once
        with queries:
            parts(own, event)
        counts.append(queries.count)
    assert counts[0] == counts[1]
