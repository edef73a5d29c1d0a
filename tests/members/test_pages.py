"""The members room's pages, as each person meets them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.mail.models import MailMessage
from confsys.core.money import Money
from confsys.members.models import Application, Due, Member, Tier
from confsys.members.queries.cards import card_token
from confsys.members.states import ApplicationState, RefereeState
from confsys.payments.operations.paying import confirm, start
from confsys.payments.queries.sold import by_code
from confsys.payments.states import FapiaoKind
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make


def _applied(client: FlaskClient, tier: Tier, *addresses: str) -> Person:
    person = factories.person("Ming", "Zhao")
    factories.sign_in(client, person)
    form = {"tier": tier.key, "statement": "Streams.", "referees": "\n".join(addresses), "branch": ""}
    assert client.post("/membership/apply", data=form).status_code == 303
    return person


def _link() -> str:
    text = db.session.scalar(select(MailMessage.text).where(MailMessage.key.like("members.referee:%")))
    assert text is not None
    found = re.search(r"/membership/vouch/\S+", text)
    assert found is not None
    return found[0]


def test_from_application_to_card(app: Flask, client: FlaskClient) -> None:
    referee = make.member()
    tier = make.tier("student", "S", referees=1)
    person = _applied(client, tier, referee.person.emails[0].address)
    link = _link()
    visitor = app.test_client()
    assert visitor.get(link).status_code == 200
    assert db.session.scalar(select(Application.state)) is ApplicationState.REFEREES  # looking answers nothing
    assert visitor.post(link, data={"answer": "confirm", "words": "Good."}).status_code == 200
    assert visitor.post(link, data={"answer": "confirm"}).status_code == 410
    application = db.session.scalars(select(Application)).one()
    assert factories.refreshed(application).state is ApplicationState.OFFICE

    office = factories.sign_in(app.test_client(), make.secretary())
    here = f"/office/membership/applications/{application.id}"
    assert "Good." in office.get(here).text
    form = {"note": "Welcome.", "version": application.version}
    assert office.post(here + "/approve", data=form).status_code == 303
    assert "to be paid" in client.get("/membership").text
    assert client.get("/membership/card").status_code == 404
    due = db.session.scalars(select(Due).where(Due.person_id == person.id)).one()
    assert app.test_client().post(f"/membership/dues/{due.id}/pay").status_code == 404
    order = client.post(f"/membership/dues/{due.id}/pay").location.rpartition("/")[2]
    assert client.post(f"/membership/dues/{due.id}/pay").location.endswith(order)  # asked twice, one order
    row = by_code(order)
    assert row is not None
    assert {line.bill for line in row.lines} == {FapiaoKind.DUES_BILL}  # dues get a bill of their own kind, no fapiao
    payment = start(row, "simulator", actor=Actor(person.id), at=NOW)
    confirm(payment, Money(200_00, "CNY"), "", version=None, actor=Actor(), at=NOW)
    page = client.get("/membership/card").text
    assert "A000000002S" in page
    assert "<svg" in page
    code = re.search(r'href="http://localhost(/membership/card/check/[^"]+)"', page)
    assert code is not None
    checked = visitor.get(code[1]).text
    assert "This card is valid" in checked
    assert "Zhao" not in checked


def test_an_address_of_no_member_looks_the_same_to_the_applicant(app: Flask, client: FlaskClient) -> None:
    referee, tier = make.member(), make.tier("student", "S", referees=2)
    known = referee.person.emails[0].address
    _applied(client, tier, known, "nobody@example.org")
    page = client.get("/membership/application").text
    rows = [re.sub(r"\s+", " ", entry) for entry in page.split('<article class="entry">')[1:3]]
    plain = [
        re.sub(r"(address-|referees/)\d+", "", r.replace(known, "X").replace("nobody@example.org", "X")) for r in rows
    ]
    assert plain[0].split("</article>")[0] == plain[1].split("</article>")[0]
    assert db.session.scalar(select(MailMessage.id).where(MailMessage.to_address == "nobody@example.org")) is None


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(app: Flask, client: FlaskClient) -> None:
    tier = make.tier(referees=2)
    factories.sign_in(client, factories.person())
    answer = client.post("/membership/apply", data={"tier": tier.key, "statement": "My work.", "referees": "not one"})
    assert answer.status_code == 422
    assert "My work." in answer.text
    assert "This does not look like an e-mail address." in answer.text


def test_a_referee_answers_from_their_own_page(app: Flask, client: FlaskClient) -> None:
    referee = make.member()
    _applied(client, make.tier("student", "S", referees=1), referee.person.emails[0].address)
    mine = factories.sign_in(app.test_client(), referee.person)
    found = re.search(r"/membership/vouching/\d+", mine.get("/home").text)
    assert found is not None
    assert client.get(found[0]).status_code == 404  # the applicant cannot vouch for themselves
    assert client.post(found[0], data={"answer": "confirm"}).status_code == 404
    assert mine.post(found[0], data={"answer": "decline"}).status_code == 303
    row = db.session.scalars(select(Application)).one().asked[0]
    assert factories.refreshed(row).state is RefereeState.DECLINED


@pytest.mark.parametrize("where", ["members", "applications", "dues", "classes", "classes/new"])
def test_the_office_is_for_secretaries_only(app: Flask, client: FlaskClient, where: str) -> None:
    make.member()
    address = f"/office/membership/{where}"
    assert factories.sign_in(app.test_client(), make.secretary()).get(address).status_code == 200
    for other in (factories.admin(), factories.person()):
        assert factories.sign_in(app.test_client(), other).get(address).status_code == 404


@pytest.mark.parametrize("where", ["members", "applications", "dues"])
def test_office_lists_ask_no_more_for_more_rows(
    app: Flask, client: FlaskClient, queries: QueryCounter, where: str
) -> None:
    factories.sign_in(client, make.secretary())
    tier, counts = make.tier(), []
    for many in (1, 2):
        for _ in range(many):
            make.member(tier_=tier)
        with queries:
            assert client.get(f"/office/membership/{where}").status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1]


def test_the_office_finds_by_number_and_by_state(app: Flask, client: FlaskClient) -> None:
    tier = make.tier()
    make.member(factories.person("Ada", "Current"), tier)
    make.member(factories.person("Bea", "Gracious"), tier, days_ago=380)
    make.member(factories.person("Cyd", "Lapsed"), tier, days_ago=700)
    factories.sign_in(client, make.secretary())
    here = "/office/membership/members?format=csv&q="
    assert "Ada" in client.get(here + "A000000001M").text
    for state, name in (("current", "Ada"), ("grace", "Bea"), ("lapsed", "Cyd")):
        text = client.get(here + f"state:{state}").text
        assert [n for n in ("Ada", "Bea", "Cyd") if n in text] == [name]
    assert "Cyd" not in client.get(here + "state:ended").text


def _listed(of: Member, **consent: str) -> None:
    of.consent = consent
    factories.saved(of)


def test_the_directory_shows_and_searches_only_what_was_agreed_to(app: Flask, client: FlaskClient) -> None:
    tier = make.tier()
    shown = make.member(factories.person("Ada", "Open", email="ada@example.org"), tier)
    _listed(shown, name="public", email="members")
    _listed(make.member(factories.person("Bea", "Closed"), tier))
    _listed(make.member(factories.person("Cyd", "Lapsed"), tier, days_ago=700), name="public")
    visitor = client.get("/membership/directory").text
    assert "Ada" in visitor
    assert "ada@example.org" not in visitor
    assert "Bea" not in visitor
    assert "Cyd" not in visitor
    assert "Bea" not in client.get("/membership/directory?q=state:x+Closed&format=csv").text.replace("q=", "")
    member = factories.sign_in(app.test_client(), shown.person)
    assert "ada@example.org" in member.get("/membership/directory").text


def test_a_member_decides_what_others_see_and_replaces_the_card(app: Flask, client: FlaskClient) -> None:
    member = make.member(factories.person("Ada", "Open"))
    factories.sign_in(client, member.person)
    old = card_token(member)
    values = {"name": "public", "card": "public", "version": member.version}
    fields = dict.fromkeys(("affiliation", "branch", "expertise", "email"), "nobody")
    assert client.post("/membership/directory/mine", data={**fields, **values}).status_code == 303
    assert client.post("/membership/directory/mine", data={**fields, **values}).status_code == 409
    assert "Ada" in app.test_client().get(f"/membership/card/check/{old}").text
    client.post("/membership/card/new")
    assert app.test_client().get(f"/membership/card/check/{old}").status_code == 404
    assert app.test_client().get("/membership/card/check/forged").status_code == 404


def test_a_class_is_set_up_and_never_for_ever(app: Flask, client: FlaskClient) -> None:
    factories.sign_in(client, make.secretary())
    form = {
        "key": "fellow", "name_en": "Fellow", "letter": "W", "dues": "1,200.50", "joining": "0", "period": "rolling",
        "months": "12", "opens_days": "90", "grace_days": "60", "referees": "3", "is_open": "y",
    }  # fmt: skip
    assert client.post("/office/membership/classes/new", data={**form, "months": "9999"}).status_code == 422
    assert client.post("/office/membership/classes/new", data={**form, "letter": "ww"}).status_code == 422
    assert client.post("/office/membership/classes/new", data=form).status_code == 303
    made = db.session.scalars(select(Tier)).one()
    assert made.dues_minor == 1200_50
    assert client.get("/office/membership/classes/fellow").status_code == 200


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_page_of_a_member_opens(app: Flask, client: FlaskClient, locale: str) -> None:
    member = make.member(factories.person(locale=locale), days_ago=380)
    factories.sign_in(client, member.person)
    for where in ("", "/card", "/directory", "/directory/mine", "/bodies", "/apply"):
        assert client.get("/membership" + where).status_code == 200, where
    assert client.post("/membership/renew").status_code == 303
    assert app.test_client().get("/membership").status_code == 200
    assert factories.sign_in(app.test_client(), factories.person(locale=locale)).get("/membership").status_code == 200
    office = factories.sign_in(app.test_client(), make.secretary())
    assert office.get(f"/office/membership/members/{member.id}").status_code == 200
