"""Needs and demonstrations; above all: the confidential part is nowhere before both sides agreed."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Affiliation, Person
from confsys.accounts.operations.organisations import organisation_for
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.mail import MailMessage
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.forum.models import Demo, Expert, Need, NeedMatch
from confsys.forum.rules import needs as rules
from confsys.forum.rules.needs import NeedStanding
from confsys.forum.states import DemoState, MatchState, NeedState
from tests import factories
from tests.conftest import NOW, QueryCounter

NEEDS, DEMOS = "/events/forum/needs", "/events/forum/demos"
SECRET, HIDDEN = "alloy-XK77-recipe", "Hidden Foundry"


def client_of(app: Flask, person: Person) -> FlaskClient:
    client = app.test_client()
    client.person = person
    return factories.sign_in(client, person)


def works_at(person: Person, name: str) -> Person:
    factories.saved(Affiliation(person_id=person.id, organisation_id=organisation_for(name).id))
    return person


@pytest.fixture
def forum(app: Flask) -> Event:
    options = {"forum": {"needs": True, "demos": True}}
    return factories.event("forum", kind="industry_forum", options=options)


@pytest.fixture
def company(app: Flask, forum: Event) -> FlaskClient:
    return client_of(app, works_at(factories.person("Cai", "Company"), HIDDEN))


def expert(app: Flask, *fields: str) -> FlaskClient:
    client = client_of(app, factories.person())
    assert client.post("/experts/mine", data={"fields": ", ".join(fields), "active": "y"}).status_code == 303
    return client


def posted(company: FlaskClient, **changed: str) -> Need:
    organisation = organisation_for(HIDDEN).id
    data = {
        "organisation": str(organisation), "title": "Cracks in cast iron", "field": "corrosion",
        "problem": "Castings crack in salt water.", "confidential": f"We use {SECRET}.", **changed,
    }  # fmt: skip
    assert company.post(f"{NEEDS}/post", data=data).status_code == 303
    return db.session.scalars(select(Need).order_by(Need.id.desc())).first()


def the_match() -> NeedMatch:
    return db.session.scalars(select(NeedMatch)).one()


def everywhere(app: Flask, reader: FlaskClient) -> str:
    """Every page that can be fetched without a parameter we do not know, and every export."""
    need = db.session.scalars(select(Need)).one()
    texts = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        known = {"slug": "forum", "code": need.code, "number": 1, "page": 1}
        if rule.endpoint == "static" or "GET" not in (rule.methods or ()) or not set(rule.arguments) <= set(known):
            continue
        address = adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}, method="GET")
        tails = ("", "?format=csv", f"?q={SECRET}") if rule.endpoint.startswith(("forum.", "events.")) else ("",)
        for tail in tails:
            answer = reader.get(address + tail)
            if answer.status_code == 200 and answer.mimetype.startswith("text/"):
                texts.append(answer.get_data(as_text=True).replace(f"?q={SECRET}", "").replace(f'value="{SECRET}"', ""))
            answer.close()
    return "\n".join(texts)


def test_the_detail_is_nowhere_before_a_match(
    app: Flask, client: FlaskClient, forum: Event, company: FlaskClient
) -> None:
    need = posted(company)
    readers = {
        "visitor": client, "organiser": client_of(app, factories.grant(forum, Role.ORGANISER)),
        "admin": client_of(app, factories.admin()),
        "expert": expert(app, "corrosion"),
    }  # fmt: skip
    readers["expert"].post(f"{NEEDS}/{need.code}/offer")
    for who, reader in readers.items():
        text = everywhere(app, reader)
        assert "Cracks in cast iron" in text, who  # the walk did see the need
        assert SECRET not in text, who
        if who in {"visitor", "expert"}:
            assert HIDDEN not in text, who
            assert "Cai Company" not in text, who
    assert SECRET in company.get(f"{NEEDS}/{need.code}").text
    for entry in db.session.scalars(select(AuditEntry)):
        assert SECRET not in f"{entry.changes} {entry.facts}"
    for mail in db.session.scalars(select(MailMessage)):
        assert SECRET not in mail.text
        assert HIDDEN not in mail.text


def test_both_sides_agree_and_then_learn_more(app: Flask, forum: Event, company: FlaskClient) -> None:
    need, helper = posted(company), expert(app, "corrosion", "cast iron")
    here = f"{NEEDS}/{need.code}"
    page = company.get(here).text
    assert "offers “corrosion”, the field of the need" in page
    assert helper.person.emails[0].address not in page  # how to reach them comes later
    chosen = db.session.scalars(select(Expert)).one()
    stranger = client_of(app, factories.person())
    assert stranger.post(f"{here}/ask", data={"expert": chosen.id}).status_code == 404
    assert company.post(f"{here}/ask", data={"expert": chosen.id}).status_code == 303
    assert company.post(f"{here}/ask", data={"expert": chosen.id}).status_code == 404  # asked before
    match = the_match()
    assert "waiting for your answer" in helper.get("/home").text
    assert stranger.post(f"/matches/{match.id}/answer", data={"yes": "1"}).status_code == 404
    assert company.post(f"/matches/{match.id}/answer", data={"yes": "1"}).status_code == 403  # has said yes already
    assert SECRET not in helper.get(here).text
    assert helper.post(f"/matches/{match.id}/answer", data={"yes": "1"}).status_code == 303
    theirs = helper.get(here).text
    assert SECRET in theirs
    assert company.person.emails[0].address in theirs
    assert HIDDEN in theirs
    assert helper.person.emails[0].address in company.get(here).text
    assert factories.refreshed(need).state is NeedState.MATCHED
    assert SECRET not in stranger.get(here).text
    told = {"outcome": "project", "text": "A year together."}
    assert stranger.post(f"/matches/{match.id}/outcome", data=told).status_code == 404
    assert helper.post(f"/matches/{match.id}/outcome", data=told).status_code == 303
    assert helper.post(f"/matches/{match.id}/outcome", data=told).status_code == 403
    assert (factories.refreshed(match).state, factories.refreshed(need).state) == (MatchState.ENDED, NeedState.CLOSED)
    assert stranger.get(here).status_code == 404
    assert helper.get(here).status_code == 200
    subjects = [m.subject for m in db.session.scalars(select(MailMessage).order_by(MailMessage.id))]
    assert subjects == [
        "A company could use your help: Cracks in cast iron", *["Both said yes: Cracks in cast iron"] * 2
    ]  # fmt: skip


def test_the_forum_asks_both_and_a_no_ends_it(app: Flask, forum: Event, company: FlaskClient) -> None:
    need, helper = posted(company), expert(app, "corrosion")
    boss = client_of(app, factories.grant(forum, Role.ORGANISER))
    chosen = db.session.scalars(select(Expert)).one()
    boss.post(f"{NEEDS}/{need.code}/ask", data={"expert": chosen.id})
    match = the_match()
    assert boss.post(f"/matches/{match.id}/answer", data={"yes": "1"}).status_code == 404
    assert company.post(f"/matches/{match.id}/answer", data={"yes": "1"}).status_code == 303
    assert factories.refreshed(match).state is MatchState.WAITING
    assert helper.post(f"/matches/{match.id}/answer", data={"yes": "0"}).status_code == 303
    assert factories.refreshed(match).state is MatchState.DECLINED
    assert factories.refreshed(need).state is NeedState.OPEN
    assert SECRET not in helper.get(f"{NEEDS}/{need.code}").text


def test_when_nothing_came_of_it_the_company_looks_on(app: Flask, forum: Event, company: FlaskClient) -> None:
    need, helper = posted(company), expert(app, "corrosion")
    helper.post(f"{NEEDS}/{need.code}/offer")
    company.post(f"/matches/{the_match().id}/answer", data={"yes": "1"})
    company.post(f"/matches/{the_match().id}/outcome", data={"outcome": "nothing"})
    assert factories.refreshed(need).state is NeedState.OPEN
    company.post(f"{NEEDS}/{need.code}/close")
    assert factories.refreshed(need).state is NeedState.CLOSED


def test_nobody_speaks_for_another_organisation(app: Flask, forum: Event, company: FlaskClient) -> None:
    stranger = client_of(app, factories.person())
    assert stranger.get(f"{NEEDS}/post").status_code == 403
    other = organisation_for("Elsewhere").id
    data = {"organisation": str(other), "title": "T", "field": "f", "problem": "p"}
    assert company.post(f"{NEEDS}/post", data=data).status_code == 422
    assert company.post(f"{DEMOS}/offer", data={**data, "description": "d", "minutes": "20"}).status_code == 422


def test_colleagues_and_those_who_did_not_opt_in_are_not_found(app: Flask, forum: Event, company: FlaskClient) -> None:
    need = posted(company)
    colleague, resting = expert(app, "corrosion"), expert(app, "corrosion")
    works_at(colleague.person, HIDDEN)
    resting.post("/experts/mine", data={"fields": "corrosion"})
    factories.person("Never", "Asked", expertise=["corrosion"])
    assert "Nobody fits yet" in company.get(f"{NEEDS}/{need.code}").text
    assert colleague.post(f"{NEEDS}/{need.code}/offer").status_code == 403
    assert resting.post(f"{NEEDS}/{need.code}/offer").status_code == 403


def test_rules_of_the_detail(app: Flask, forum: Event) -> None:
    def standing(*roles: Role, **given: object) -> NeedStanding:
        person = factories.person()
        for role in roles:
            factories.grant(forum, role, person)
        return NeedStanding(standing_in(forum, factories.viewer(person)), NeedState.OPEN, **given)

    for each in (standing(), standing(Role.ORGANISER), standing(Role.CHAIR), standing(expert=True)):
        assert not rules.may_read_detail(each)
    for state in MatchState:
        agreed = state in {MatchState.AGREED, MatchState.ENDED}
        assert bool(rules.may_read_detail(standing(match=state))) is agreed
    assert rules.may_read_detail(standing(is_company=True))


def test_a_demonstration_gets_its_place(app: Flask, client: FlaskClient, forum: Event, company: FlaskClient) -> None:
    boss = client_of(app, factories.grant(forum, Role.ORGANISER))
    data = {
        "organisation": str(organisation_for(HIDDEN).id), "title": "A furnace", "description": "It glows.",
        "minutes": "30", "wants": "400 volts",
    }  # fmt: skip
    assert company.post(f"{DEMOS}/offer", data=data).status_code == 303
    demo = db.session.scalars(select(Demo)).one()
    assert "A furnace" not in client.get(DEMOS).text
    place = f"{DEMOS}/{demo.id}/place"
    assert company.post(place, data={"starts_at": "2026-06-10T10:00", "place": "Yard"}).status_code == 404
    assert boss.post(place, data={"starts_at": "2026-06-10T10:00", "place": "Yard"}).status_code == 303
    page = client.get(DEMOS).text
    assert "A furnace" in page
    assert "Yard" in page
    assert "400 volts" not in page
    stranger = client_of(app, factories.person())
    assert stranger.post(f"{DEMOS}/{demo.id}", data=data).status_code == 404
    assert company.post(f"{DEMOS}/{demo.id}/withdraw").status_code == 303
    assert factories.refreshed(demo).state is DemoState.WITHDRAWN
    assert boss.post(place, data={"starts_at": "2026-06-10T10:00", "place": "Yard"}).status_code == 422


def test_lists_ask_as_often_for_three_as_for_one(
    app: Flask, forum: Event, company: FlaskClient, queries: QueryCounter
) -> None:
    organisation = organisation_for(HIDDEN).id
    mine = {"event_id": forum.id, "person_id": company.person.id, "organisation_id": organisation, "created_at": NOW}
    first = factories.saved(Need(code="NEED2341", title="T", field="corrosion", problem="p", **mine))
    pages = (NEEDS, f"{NEEDS}?format=csv", f"{NEEDS}/{first.code}", DEMOS, "/home")
    counts = []
    for n in (1, 2, 3):
        factories.saved(Need(code=f"MORE234{n}", title="T", field="f", problem="p", **mine))
        factories.saved(Demo(state=DemoState.PLACED, title="D", description="d", starts_at=NOW, place="Yard", **mine))
        for asked in (True, False):
            person = factories.person()
            helper = factories.saved(Expert(person_id=person.id, fields=["corrosion"], since=NOW))
            if asked:
                factories.saved(NeedMatch(need_id=first.id, expert_id=helper.id, begun_by="expert", expert_yes=True,
                                          asked_at=NOW))  # fmt: skip
        if n == 2:
            continue
        taken = []
        for page in pages:
            db.session.expire_all()
            with queries:
                assert company.get(page).status_code == 200
            taken.append(queries.count)
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[0][:4]) < 24
