"""Bodies, offices and terms in pages; and that it takes two people to make an integrity officer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.core.mail.models import MailMessage
from confsys.members.context import offices_of
from confsys.members.models import Body, Office, OfficerChange, OfficeTerm
from confsys.members.operations import bodies, officers
from confsys.members.operations.bodies import BodyFacts
from confsys.members.states import BodyKind, OfficerChangeState
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make

DAY = NOW.date()
ACTOR = Actor()


def body(key: str = "youth") -> Body:
    facts = BodyFacts(BodyKind.COMMITTEE, LocalizedText("Youth committee", "青年工作委员会"))
    return bodies.create_body(key, facts, actor=ACTOR, at=NOW)


def office(of: Body, *, single: bool = True) -> Office:
    return bodies.add_office(of, LocalizedText("Chair", "主任委员"), single=single, actor=ACTOR, at=NOW)


def appoint(to: Office, person: Person, first: int, last: int | None = None) -> OfficeTerm:
    ends_on = DAY + timedelta(days=last) if last is not None else None
    address = person.emails[0].address
    return bodies.appoint(to, address, DAY + timedelta(days=first), ends_on, actor=ACTOR, at=NOW)


def test_a_single_seat_is_never_held_by_two(app: Flask) -> None:
    chair, one, two = office(body()), factories.person(), factories.person()
    term = appoint(chair, one, -400)
    for first, last in ((0, None), (-500, -400), (-10, 10)):
        with pytest.raises(Invalid, match="holds this office in that time"):
            appoint(chair, two, first, last)
    bodies.set_term(term, term.starts_on, DAY - timedelta(days=1), version=None, actor=ACTOR, at=NOW)
    appoint(chair, two, 0, 300)
    with pytest.raises(Invalid, match="holds this office"):
        bodies.set_term(term, term.starts_on, DAY, version=None, actor=ACTOR, at=NOW)
    found = factories.refreshed(chair)
    assert [row.person_id for row in found.held(DAY)] == [two.id]
    assert [row.person_id for row in found.past(DAY)] == [one.id]  # history is kept
    assert offices_of(one.id, DAY) == frozenset()
    assert offices_of(two.id, DAY) == {chair.body_id}


def test_other_seats_are_shared_but_nobody_sits_twice(app: Flask) -> None:
    seats, one = office(body(), single=False), factories.person()
    appoint(seats, one, -5)
    appoint(seats, factories.person(), -5)
    with pytest.raises(Invalid, match="holds this office"):
        appoint(seats, one, 0, 5)
    with pytest.raises(Invalid, match="at the same time"):
        bodies.edit_office(seats, seats.title, single=True, version=None, actor=ACTOR, at=NOW)


def test_only_what_has_not_begun_is_taken_back(app: Flask) -> None:
    chair = office(body())
    term, later = appoint(chair, factories.person(), -5, 5), appoint(chair, factories.person(), 6)
    with pytest.raises(Invalid, match="has begun"):
        bodies.take_back_term(term, version=None, actor=ACTOR, at=NOW)
    bodies.take_back_term(later, version=None, actor=ACTOR, at=NOW)
    assert db.session.scalar(select(func.count(OfficeTerm.id))) == 1
    actions = set(db.session.scalars(select(AuditEntry.action).where(AuditEntry.object_type == "society_office_term")))
    assert actions == {"member.appointed", "member.appointment_withdrawn"}


def test_the_office_sets_up_a_body_and_gives_an_office_in_pages(app: Flask, client: FlaskClient) -> None:
    factories.sign_in(client, make.secretary())
    here = "/office/membership/bodies"
    form = {"key": "youth", "kind": "committee", "name_en": "Youth", "name_zh": "青年", "answer_days": "20"}
    assert client.post(f"{here}/new", data={**form, "name_en": "", "name_zh": ""}).status_code == 422
    assert client.post(f"{here}/new", data=form).status_code == 303
    assert client.post(f"{here}/new", data=form).status_code == 422
    assert client.post(f"{here}/youth/offices/new", data={"title_en": "Chair", "single": "y"}).status_code == 303
    chair = db.session.scalars(select(Office)).one()
    one = factories.person("Ming", "Zhao")
    given = {"address": one.emails[0].address, "starts_on": "2026-03-01", "ends_on": ""}
    place = f"/office/membership/offices/{chair.id}/appoint"
    assert "Nobody with this address" in client.post(place, data={**given, "address": "x@example.org"}).text
    assert client.post(place, data=given).status_code == 303
    assert client.post(place, data=given).status_code == 422
    mail = db.session.scalars(select(MailMessage).where(MailMessage.key.like("members.appointed:%"))).one()
    assert "Chair" in mail.text
    public = app.test_client()
    assert "Ming Zhao" in public.get("/membership/bodies").text
    assert "Ming Zhao" in public.get("/membership/bodies/youth").text
    term = db.session.scalars(select(OfficeTerm)).one()
    ended = {"starts_on": "2026-03-01", "ends_on": "2026-03-05", "version": term.version}
    assert client.post(f"/office/membership/terms/{term.id}", data=ended).status_code == 303
    assert client.post(f"/office/membership/terms/{term.id}", data=ended).status_code == 409
    assert "Served before" in public.get("/membership/bodies/youth").text
    stranger = factories.sign_in(app.test_client(), factories.admin())
    for where in (here, f"{here}/youth", place, f"/office/membership/terms/{term.id}"):
        assert stranger.get(where).status_code == 404


def test_bodies_take_the_same_number_of_queries_however_many(app: Flask, queries: QueryCounter) -> None:
    counts = []
    for n in (1, 3):
        for number in range(n):
            appoint(office(body(f"b{n}{number}")), factories.person(), -1)
        client = app.test_client()
        with queries:
            client.get("/membership/bodies")
        counts.append(queries.count)
    assert counts[0] == counts[1]


# Integrity officers


def with_role(role: SiteRole) -> Person:
    made = factories.person()
    made.roles.append(SiteRoleGrant(role=role))
    return factories.saved(made)


def propose(person: Person, by: Person, *, gives: bool = True) -> OfficerChange:
    return officers.propose(person.emails[0].address, gives=gives, actor=Actor(by.id), at=NOW)


def is_officer(person: Person) -> bool:
    query = select(SiteRoleGrant).where(SiteRoleGrant.person_id == person.id)
    return any(row.role is SiteRole.INTEGRITY for row in db.session.scalars(query))


def test_it_takes_two_and_never_the_person_concerned(app: Flask) -> None:
    admin, secretary, person = with_role(SiteRole.ADMIN), with_role(SiteRole.SECRETARY), factories.person()
    with pytest.raises(Invalid, match="Nobody proposes themselves"):
        propose(admin, admin)
    row = propose(person, admin)
    assert not is_officer(person)
    for alone in (admin, person):
        with pytest.raises(Invalid, match="Somebody else must confirm"):
            officers.confirm(row, version=None, actor=Actor(alone.id), at=NOW)
    officers.confirm(row, version=None, actor=Actor(secretary.id), at=NOW)
    assert is_officer(person)


def test_where_an_officer_serves_one_of_the_two_must_be_one(app: Flask) -> None:
    admin, secretary, officer = (with_role(r) for r in (SiteRole.ADMIN, SiteRole.SECRETARY, SiteRole.INTEGRITY))
    person = factories.person()
    row = propose(person, admin)
    with pytest.raises(Invalid, match="An integrity officer must"):
        officers.confirm(row, version=None, actor=Actor(secretary.id), at=NOW)
    officers.confirm(row, version=None, actor=Actor(officer.id), at=NOW)
    assert is_officer(person)
    end = propose(officer, person, gives=False)
    officers.confirm(end, version=None, actor=Actor(admin.id), at=NOW)
    assert not is_officer(officer)
    officers.step_down(person, actor=Actor(person.id), at=NOW)
    assert not is_officer(person)


def test_the_change_is_nowhere_for_those_outside(app: Flask) -> None:
    admin, person = with_role(SiteRole.ADMIN), factories.person()
    row = propose(person, admin)
    for outside in (factories.person(), with_role(SiteRole.TREASURER), make.member().person):
        client = factories.sign_in(app.test_client(), outside)
        assert client.get("/integrity/officers").status_code == 404
        assert client.post(f"/integrity/officers/{row.id}/confirm").status_code == 404
        assert "/integrity/officers" not in client.get("/integrity/cases").text
    scopes = set(db.session.scalars(select(AuditEntry.scope).where(AuditEntry.action.like("member.officer%"))))
    assert scopes == {"integrity"}


def test_officers_are_changed_in_pages(app: Flask) -> None:
    admin, secretary, person = (
        with_role(SiteRole.ADMIN),
        with_role(SiteRole.SECRETARY),
        factories.person("Ming", "Zhao"),
    )
    one, two = (factories.sign_in(app.test_client(), who) for who in (admin, secretary))
    form = {"address": person.emails[0].address, "change": "give"}
    assert one.post("/integrity/officers", data=form).status_code == 303
    assert one.post("/integrity/officers", data=form).status_code == 422  # it waits already
    row = db.session.scalars(select(OfficerChange)).one()
    assert one.post(f"/integrity/officers/{row.id}/confirm").status_code == 422
    assert "Ming Zhao" in two.get("/integrity/officers").text
    mail = db.session.scalars(select(MailMessage).where(MailMessage.key.like("members.officer:%"))).one()
    assert (mail.to_address, "integrity" in mail.subject.lower()) == (secretary.emails[0].address, False)
    assert two.post(f"/integrity/officers/{row.id}/confirm").status_code == 303
    assert factories.refreshed(row).state is OfficerChangeState.CONFIRMED
    mine = factories.sign_in(app.test_client(), person)
    assert mine.get("/integrity/officers").status_code == 200
    assert mine.post("/integrity/officers/step-down").status_code == 303
    assert mine.get("/integrity/officers").status_code == 404
