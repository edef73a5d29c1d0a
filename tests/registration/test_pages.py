"""The pages of registration: what organisers set, badges, certificates, the list, the report, and who may not."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.files import StoredFile
from confsys.core.names import PersonName
from confsys.core.registry import ReportScope
from confsys.events.context import event_page
from confsys.events.models import Event
from confsys.events.operations import fields
from confsys.events.presets.questions import QUESTIONS
from confsys.events.states import FormKind, Role
from confsys.registration.models import Attendee, BadgeSheet, Ticket, Voucher
from confsys.registration.operations import desk
from confsys.registration.operations.baskets import Place
from confsys.registration.reporting import report
from tests import factories
from tests.conftest import QueryCounter
from tests.payments.till import pay
from tests.registration import booth

HERE = "/events/am26/registration"


@pytest.fixture
def organiser(client: FlaskClient, event: Event) -> FlaskClient:
    return factories.sign_in(client, factories.grant(event, Role.ORGANISER))


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_tickets_vouchers_and_rules_are_set(organiser: FlaskClient, event: Event) -> None:
    form = {"code": "dinner", "kind": "addon", "name_en": "Dinner", "regular": "280", "quota": "9", "on_sale": "y"}
    assert organiser.post(f"{HERE}/tickets/new", data=form).status_code == 303
    row = db.session.scalars(select(Ticket)).one()
    assert (row.kind.value, row.quota) == ("addon", 9)
    assert organiser.get(f"{HERE}/catalogue/dinner").status_code == 200
    assert organiser.post(f"{HERE}/tickets/new", data={**form, "code": "x", "members_first": "3"}).status_code == 422
    terms = {"code": "young 1", "kind": "percent", "amount": "30 %", "uses_max": "2", "ends": "2026-05-01"}
    made = organiser.post(f"{HERE}/vouchers/new", data=terms)
    assert made.location == f"{HERE}/vouchers/YOUNG1"
    assert "0 of 2 uses" in organiser.get(made.location).text
    assert organiser.post(f"{HERE}/vouchers/new", data={**terms, "amount": "300"}).status_code == 422
    assert organiser.post(f"{HERE}/vouchers/YOUNG1/edit", data={**terms, "is_off": "y"}).status_code == 303
    assert db.session.scalars(select(Voucher.is_off)).one() is True
    rules = {"basket_minutes": "30", "pay_days": "5", "offer_hours": "12", "cancel_steps": "2026-05-01 80"}
    assert organiser.post(f"{HERE}/rules", data={**rules, "cancel_steps": "soon"}).status_code == 422
    assert organiser.post(f"{HERE}/rules", data=rules).status_code == 303
    assert event.options["registration"]["cancel_steps"] == ["2026-05-01 80"]
    for address in ("tickets", "vouchers", "waiting", "rules", "badges", "attendees"):
        assert organiser.get(f"{HERE}/{address}").status_code == 200, address


@pytest.mark.parametrize("role", [Role.HELPER, Role.REVIEWER])
def test_only_who_manages_sets_what_is_sold(client: FlaskClient, event: Event, role: Role) -> None:
    factories.sign_in(client, factories.grant(event, role))
    for address in ("tickets", "vouchers", "rules", "waiting", "vouchers/new"):
        assert client.get(f"{HERE}/{address}").status_code == 404, address
    assert client.get(f"{HERE}/attendees").status_code == (200 if role is Role.HELPER else 404)


def test_badges_are_set_in_the_background_for_who_has_a_paid_place_and_a_name(
    organiser: FlaskClient, event: Event
) -> None:
    sold = booth.ticket(event, "regular", 100)
    buyer = factories.person("Wei", "Zhang", "张伟")
    order = booth.buy(event, sold, buyer, Place(), Place(PersonName("Anna", "Lang")))
    booth.buy(event, sold, booth.anybody())
    pay(order)
    begun = organiser.post(f"{HERE}/badges", data={"everybody": "1", "format": "sheet_a7"})
    assert "/jobs/" in begun.location
    queue.drain()
    (sheet,) = db.session.scalars(select(BadgeSheet))
    assert len(sheet.attendee_ids) == 2
    pdf = organiser.get(f"{HERE}/badges/{sheet.id}.pdf")
    text = words(pdf.data)
    assert all(word in text for word in ("张伟", "Wei Zhang", "Anna Lang", "Regular"))
    assert organiser.post(f"{HERE}/badges", data={"selected": "x"}).location == f"{HERE}/attendees"
    organiser.post(f"{HERE}/badges/{sheet.id}/throw-away")
    assert organiser.get(f"{HERE}/badges/{sheet.id}.pdf").status_code == 404


def test_a_certificate_is_set_once_and_agrees_with_its_public_page(client: FlaskClient, event: Event) -> None:
    person = factories.person("Wei", "Zhang", "张伟")
    order = booth.buy(event, booth.ticket(event, "regular", 100), person)
    pay(order)
    (row,) = booth.places(order)
    desk.check_in(row, actor=Actor(), at=clock.now())
    factories.sign_in(client, person)
    address = f"{HERE}/tickets/{row.code}/certificate"
    first = client.post(address)
    files = db.session.scalar(select(func.count()).select_from(StoredFile))
    assert client.post(address).data == first.data
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == files
    made = desk.certify(row, event, actor=Actor(), at=clock.now())
    text = words(first.data)
    assert made.code in text
    assert "张伟" in text
    page = client.get(f"/certificates/attendance/{made.code}")
    assert made.number in page.text
    assert "张伟" in page.text
    assert client.get("/certificates/attendance/NOTHING").status_code == 404


def test_a_whole_group_is_registered_claimed_and_handed_on_by_pages(
    client: FlaskClient, event: Event, app: Flask
) -> None:
    sold, dinner = booth.ticket(event, "regular", 100), booth.addon(event, "dinner", 30)
    plan = QUESTIONS[FormKind.REGISTRATION]["diet"]
    fields.add_field(event, plan.form, plan.key, plan.type, fields.given_by(plan), actor=Actor(), at=clock.now())
    factories.sign_in(client, factories.person())
    basket = client.post(f"{HERE}/new", data={f"count-{sold.id}": "2", "own": "y"}).location
    wrong = client.post(basket, data={"p0-family": "Zhang", "p0-is_buyer": "y", "p1-email": "nonsense"})
    assert wrong.status_code == 422
    assert "Place 2: This is not an e-mail address." in wrong.text
    data = {"p0-family": "Zhang", "p0-is_buyer": "y", "p0-own-diet": ["vegan", "nuts"], "p0-extras": str(dinner.id),
            "p1-later": "y", "p1-email": "later@example.org"}  # fmt: skip
    check = client.post(basket, data=data).location
    assert "name to follow" in client.get(check).text
    order = client.post(check).location
    page = client.post(f"{order}/pay", data={"provider": "simulator"})
    client.post(page.location, data={"choice": "pay"})
    first, second = db.session.scalars(select(Attendee).order_by(Attendee.id)).all()
    assert first.answers == {"diet": ["vegan", "nuts"]}
    text = client.get(f"{HERE}/tickets/{second.code}").text
    link = text[text.index("/registration/places/") :].split('"')[0]
    assert app.test_client().get(link).status_code == 302
    guest = factories.sign_in(app.test_client(), factories.person("Mei", "Han"))
    assert "has registered you" in guest.get(link).text
    assert guest.post(link, data={"family": "Han", "given": "Mei"}).status_code == 303
    assert "This link has been used" in guest.get(link).text
    assert guest.get(f"{HERE}/tickets/{second.code}").status_code == 200
    given = {"family": "Li", "given": "Lei", "email": "lei@example.org"}
    assert guest.post(f"{HERE}/tickets/{second.code}/hand-on", data=given).status_code == 303
    assert guest.get(f"{HERE}/tickets/{second.code}").status_code == 404


def test_the_report_counts_who_came_from_rows_without_names(event: Event, app: Flask) -> None:
    earlier = factories.event("am25", starts_on=date(2025, 6, 1), ends_on=date(2025, 6, 2))
    old, new = factories.person(), factories.person("Wei", "Zhang")
    pay(booth.buy(earlier, booth.ticket(earlier, "regular", 100), old))
    sold = booth.ticket(event, "regular", 100)
    pay(booth.buy(event, sold, old))
    order = booth.buy(event, sold, new, answers={"country": "JP"})
    pay(order)
    booth.buy(event, sold, booth.anybody())
    desk.check_in(booth.places(order)[0], actor=Actor(), at=clock.now())
    organiser = factories.viewer(factories.grant(event, Role.ORGANISER))
    with app.test_request_context():
        page = event_page(organiser, "am26")
        scope = ReportScope(organiser, clock.now(), event.starts_on, event.ends_on, page)
        (part,) = report(scope)
        values = {figure.key.partition(".")[2]: figure.value for figure in part.figures}
        stranger = factories.viewer(factories.person())
        assert list(report(ReportScope(stranger, clock.now(), event.starts_on, event.ends_on,
                                       event_page(stranger, "am26")))) == []  # fmt: skip
    assert (values["people"], values["attended"], values["first_timers"], values["no_shows"]) == (2, 1, 1, 0)
    assert "Zhang" not in str(part.rows)


def test_lists_ask_as_often_for_three_as_for_one(organiser: FlaskClient, event: Event, queries: QueryCounter) -> None:
    sold, dinner = booth.ticket(event, "regular", 100), booth.addon(event, "dinner", 30)
    addresses = (f"{HERE}/attendees", f"{HERE}/", f"{HERE}/tickets")
    counts = []
    for _ in range(2):
        for _ in range(len(counts) + 1):
            pay(booth.buy(event, sold, booth.anybody(), extras=(dinner.id,)))
        found = []
        for address in addresses:
            db.session.expire_all()
            with queries:
                assert organiser.get(address).status_code == 200
            found.append(queries.count)
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
