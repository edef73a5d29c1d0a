"""From a stranger to an account: proof first, the same answer for everybody, no account before the POST."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import EmailAddress, LinkToken, Person
from confsys.accounts.operations.people import person_for
from confsys.accounts.signals import email_verified
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.names import PersonName
from tests import factories
from tests.accounts.mailbox import last_link, letters, said

WHO = {"native": "", "given": "Ada", "family": "Byron", "password": "a quiet sentence", "zone": "Europe/London"}


def people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def ask(client: FlaskClient, address: str = "ada@example.org", **changed: str) -> str:
    answer = client.post("/sign-up", data={"address": address, "consent": "y", **changed})
    assert answer.status_code == 200
    return last_link(address.lower())


def test_an_address_is_proved_then_a_name_is_given(client: FlaskClient) -> None:
    link = ask(client, "Ada@Example.org")
    assert people() == 0
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200  # a scanner may look as often as it likes
    assert people() == 0
    answer = client.post(link, data=WHO)
    assert (answer.status_code, answer.location) == (303, "/home")
    person = db.session.scalars(select(Person)).one()
    email = person.emails[0]
    assert (email.address, email.is_primary, email.verified_at) == ("ada@example.org", True, clock.now())
    assert (person.zone, person.locale, person.consented_at) == ("Europe/London", "en", clock.now())
    assert client.get("/home").status_code == 200


def test_a_link_works_once(client: FlaskClient) -> None:
    link = ask(client)
    client.post(link, data=WHO)
    client.post("/sign-out")
    assert client.post(link, data=WHO).status_code == 410
    assert people() == 1


def test_a_link_expires(client: FlaskClient) -> None:
    link = ask(client)
    with clock.frozen(clock.now() + timedelta(days=2, seconds=1)):
        assert client.get(link).status_code == 410
        assert client.post(link, data=WHO).status_code == 410


def test_the_table_keeps_only_the_hash(client: FlaskClient) -> None:
    token = ask(client).rpartition("/")[2]
    row = db.session.scalars(select(LinkToken)).one()
    assert token not in row.token_hash


def test_known_and_unknown_addresses_get_the_same_answer(client: FlaskClient) -> None:
    factories.person(email="known@example.org")
    known = client.post("/sign-up", data={"address": "known@example.org", "consent": "y"})
    unknown = client.post("/sign-up", data={"address": "fresh@example.org", "consent": "y"})
    assert known.status_code == unknown.status_code
    assert said(known.text).replace("known@", "fresh@") == said(unknown.text)
    assert "sign-up" not in letters("known@example.org")[0].text
    assert db.session.scalars(select(LinkToken)).one().address == "fresh@example.org"


@pytest.mark.parametrize("given", [{"consent": ""}, {"address": "not an address"}, {"address": ""}])
def test_without_consent_or_address_nothing_is_sent(client: FlaskClient, given: dict[str, str]) -> None:
    answer = client.post("/sign-up", data={"address": "ada@example.org", "consent": "y", **given})
    assert answer.status_code == 422
    assert not letters("ada@example.org")


@pytest.mark.parametrize(
    ("password", "told"), [("short", "10 characters"), ("1234567890", "among the first"), ("ada-ada-byron!", "")]
)
def test_weak_passwords_are_refused_and_the_link_stays_good(client: FlaskClient, password: str, told: str) -> None:
    link = ask(client)
    answer = client.post(link, data={**WHO, "password": password})
    assert (answer.status_code == 422) is bool(told)
    assert told in answer.text
    assert people() == (0 if told else 1)


def test_a_password_made_of_the_address_is_refused(client: FlaskClient) -> None:
    link = ask(client, "lovelace@example.org")
    assert client.post(link, data={**WHO, "password": "lovelace-1815"}).status_code == 422


def test_a_han_name_is_read_and_its_owner_looks_at_it_first(client: FlaskClient) -> None:
    link = ask(client)
    typed = {**WHO, "native": "欧阳西安", "given": "", "family": ""}
    answer = client.post(link, data=typed)
    assert answer.status_code == 422
    assert 'value="Ouyang"' in answer.text
    assert 'value="Xi&#39;an"' in answer.text
    assert people() == 0
    client.post(link, data={**typed, "given": "Xi'an", "family": "Ouyang"})
    assert db.session.scalars(select(Person)).one().name == PersonName("Xi'an", "Ouyang", "欧阳西安")


def test_the_reading_fills_in_while_one_types_but_overwrites_nothing(client: FlaskClient) -> None:
    assert 'value="Shan"' in client.get("/latin-name", query_string={"native": "单伟"}).text
    kept = client.get("/latin-name", query_string={"native": "单伟", "family": "Sin"}).text
    assert 'value="Sin"' in kept
    assert "Shan" not in kept


def test_somebody_entered_earlier_becomes_the_account(client: FlaskClient) -> None:
    entered = person_for(PersonName("A.", "Byron"), "ada@example.org", actor=SYSTEM, at=clock.now())
    second = factories.person(email="other@example.org")
    db.session.add(EmailAddress(person_id=second.id, address="ada@example.org"))
    db.session.commit()
    client.post(ask(client), data=WHO)
    assert db.session.get_one(Person, entered.id).name.latin == "Ada Byron"
    assert people() == 2


def test_others_hear_of_a_proved_address_and_of_its_stand_ins(client: FlaskClient) -> None:
    first = person_for(PersonName("A.", "Byron"), "ada@example.org", actor=SYSTEM, at=clock.now())
    twin = Person(created_at=clock.now())
    twin.set_name(PersonName("Ada", "B"))
    twin.emails.append(EmailAddress(address="ada@example.org"))
    factories.saved(twin)
    heard = []

    def listener(person: Person, **news: object) -> None:
        heard.append((person.id, news["address"], news["stand_ins"]))

    with email_verified.connected_to(listener):
        client.post(ask(client), data=WHO)
    assert heard == [(first.id, "ada@example.org", [twin.id])]


def test_the_way_back_is_kept_and_never_leads_elsewhere(client: FlaskClient) -> None:
    inside = ask(client, next="/events/past")
    assert client.post(inside, data=WHO).location == "/events/past"
    client.post("/sign-out")
    outside = ask(client, "eve@example.org", next="https://evil.example/")
    assert client.post(outside, data=WHO).location == "/home"


def test_mail_is_in_the_reader_s_language_and_out_of_every_outbox(client: FlaskClient) -> None:
    client.post("/language", data={"code": "zh"})
    ask(client)
    letter = letters("ada@example.org")[0]
    assert (letter.locale, letter.scope) == ("zh", "account")
