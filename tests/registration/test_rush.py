"""Sixteen processes at once, on the database that the suite runs on: the last ten places, the last three uses."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from confsys import settings
from confsys.accounts.models import Person
from confsys.app import create_app
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.events.models import Event
from confsys.registration.models import Attendee, Ticket, WaitingEntry
from confsys.registration.operations import desk, waiting
from confsys.registration.operations.catalogue import VoucherTerms, save_voucher
from confsys.registration.queries import catalogue, vouchers
from confsys.registration.states import VoucherKind
from tests.conftest import NOW
from tests.payments.till import pay
from tests.registration import booth

PROCESSES, PLACES, USES = 16, 10, 3


def _rush(url: str, var: Path, ids: dict[str, int], person_id: int, gate: Any, told: Any) -> None:
    """One buyer in a process of their own: a place or the waiting list, a voucher or a refusal, then the desk."""
    given = settings.read({}, mode="tests", mail="outbox", var=var, database_url=url, secret_key="k" * 32)
    app = create_app(given)
    with app.app_context(), clock.frozen(NOW):
        outcome = []
        gate.wait(180)
        try:
            booth.buy(db.session.get_one(Event, ids["event"]), _ticket(ids["scarce"]), _person(person_id))
            outcome.append("sold")
        except Invalid as refused:
            outcome.append(str(refused))
            event = db.session.get_one(Event, ids["event"])
            waiting.join(_ticket(ids["scarce"]), event, person_id, actor=Actor(person_id), at=clock.now())
        gate.wait(180)
        try:
            event = db.session.get_one(Event, ids["event"])
            booth.buy(event, _ticket(ids["open"]), _person(person_id), voucher="LAST")
            outcome.append("used")
        except Invalid as refused:
            outcome.append(str(refused))
        gate.wait(180)
        try:
            desk.check_in(db.session.get_one(Attendee, ids["ticket"]), actor=Actor(person_id), at=clock.now())
            outcome.append("let in")
        except Invalid as refused:
            outcome.append(str(refused))
        db.session.remove()
        db.engine.dispose()
    told.put(outcome)


def _ticket(ticket_id: int) -> Ticket:
    return db.session.get_one(Ticket, ticket_id)


def _person(person_id: int) -> Person:
    return db.session.get_one(Person, person_id)


def test_sixteen_processes_take_what_is_left_and_no_more(
    app: Flask, event: Event, database_url: str, var: Path
) -> None:
    scarce, open_ = booth.ticket(event, "scarce", 100, PLACES), booth.ticket(event, "open", 100)
    terms = VoucherTerms(VoucherKind.FREE, uses_max=USES)
    voucher = save_voucher(event, None, "LAST", terms, actor=Actor(), at=clock.now())
    order = booth.buy(event, open_, booth.anybody())
    pay(order)
    (inside,) = booth.places(order)
    ids = {"event": event.id, "scarce": scarce.id, "open": open_.id, "ticket": inside.id, "voucher": voucher.id}
    buyers = [booth.anybody().id for _ in range(PROCESSES)]
    db.session.remove()
    # One process that has the product in memory gives birth to the others, so that they start alike and cheaply.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["confsys.app", "tests.registration.test_rush"])
    gate, told = context.Barrier(PROCESSES), context.Queue()
    rushes = [context.Process(target=_rush, args=(database_url, var, ids, one, gate, told)) for one in buyers]
    for one in rushes:
        one.start()
    outcomes = [told.get(timeout=300) for _ in rushes]
    for one in rushes:
        one.join(60)
        assert one.exitcode == 0
    places, prices, doors = zip(*outcomes, strict=True)
    assert places.count("sold") == PLACES
    refusals = [text for text in places if text != "sold"]
    assert all("not enough places" in text or "Others wait" in text for text in refusals), refusals
    assert catalogue.taken([ids["scarce"]], clock.now()) == {ids["scarce"]: PLACES}
    assert db.session.scalar(select(func.count()).select_from(WaitingEntry)) == PROCESSES - PLACES
    assert prices.count("used") == USES
    spent = "This voucher has been used as often as it may be."
    # Whoever came before it was spent, with a place of their own already, is told so and uses nothing.
    assert {spent} <= {text for text in prices if text != "used"} <= {spent, "You have a place at this event already."}
    assert vouchers.uses([ids["voucher"]], clock.now()) == {ids["voucher"]: USES}
    assert doors.count("let in") == 1
    assert all(text.startswith("Checked in already") for text in doors if text != "let in")
