"""Roles by invitation: consent first, acts on POST, ends cleanly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts import passwords
from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.db import db
from confsys.events import invitees
from confsys.events.invitees import Invitee
from confsys.events.models import Event, RoleGrant
from confsys.events.states import GrantState, Role
from tests import factories
from tests.accounts.mailbox import last_link, letters
from tests.conftest import QueryCounter

WHO = {"given": "Mei", "family": "Li", "password": "a quiet sentence", "zone": "Asia/Shanghai"}


@pytest.fixture
def event(client: FlaskClient) -> Event:
    made = factories.event("am26", contact_email="office@example.org")
    factories.sign_in(client, factories.grant(made, Role.ORGANISER))
    return made


def invite(client: FlaskClient, people: str = "Li Mei <li@example.org>", role: str = "reviewer", **more: str):
    given = {"role": role, "people": people, "locale": "en", "track": "", **more}
    return client.post("/events/am26/people/invite", data=given)


def grant(address: str = "li@example.org") -> RoleGrant:
    return db.session.scalars(
        select(RoleGrant).where(RoleGrant.address == address).execution_options(populate_existing=True)
    ).one()


def stranger(client: FlaskClient) -> FlaskClient:
    return client.application.test_client()


def test_pasted_lines_are_understood() -> None:
    text = 'Li Mei <LI@example.org>\n\n"Chen, Bo" <bo@example.org>;\nplain@example.org\n张伟\tzhang@example.org\nnobody'
    found, wrong = invitees.read(text + "\nli@example.org")
    assert found == [
        Invitee("li@example.org", "Li Mei"),
        Invitee("bo@example.org", "Chen, Bo"),
        Invitee("plain@example.org"),
        Invitee("zhang@example.org", "张伟"),
    ]
    assert wrong == [(6, "nobody")]


def test_an_invitation_makes_no_person(client: FlaskClient, event: Event) -> None:
    before = db.session.scalar(select(func.count()).select_from(Person))
    assert invite(client, message="Do join us.").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Person)) == before
    letter = letters("li@example.org")[0]
    assert "Do join us." in letter.text
    assert (letter.reply_to, letter.scope) == ("office@example.org", "account")


def test_accepting_opens_an_account_on_post_only(client: FlaskClient, event: Event) -> None:
    invite(client)
    link, guest = last_link("li@example.org"), stranger(client)
    assert guest.get(link).status_code == 200
    assert grant().state is GrantState.INVITED
    assert guest.post(f"{link}/open", data=WHO).location == "/events/am26/reviews/profile"
    taken = grant()
    assert taken.state is GrantState.ACTIVE
    assert db.session.get_one(Person, taken.person_id).emails[0].verified_at == clock.now()
    assert guest.get(link).status_code == 410
    assert guest.post(f"{link}/decline").status_code == 410


def test_a_known_address_signs_in_and_comes_back(client: FlaskClient, event: Event) -> None:
    someone = factories.person(email="li@example.org", password_hash=passwords.hashed("a quiet sentence"))
    invite(client)
    link, guest = last_link("li@example.org"), stranger(client)
    assert 'name="password"' not in guest.get(link).text
    assert guest.post(f"{link}/accept").location == f"/sign-in?next={link}"
    guest.post("/sign-in", data={"address": "li@example.org", "password": "a quiet sentence"})
    guest.post(f"{link}/accept")
    assert grant().person_id == someone.id


def test_the_account_stands_in_for_the_link(client: FlaskClient, event: Event) -> None:
    someone = factories.person(email="li@example.org")
    invite(client)
    guest = factories.sign_in(stranger(client), someone)
    own = f"/invitations/mine/{grant().id}"
    assert own in guest.get("/home").text
    other = factories.sign_in(stranger(client), factories.person())
    assert other.get(own).status_code == 404
    assert other.post(f"{own}/accept").status_code == 404
    guest.post(f"{own}/accept")
    assert grant().person_id == someone.id


def test_declining_takes_no_account_and_keeps_the_reason(client: FlaskClient, event: Event) -> None:
    invite(client)
    guest = stranger(client)
    guest.post(f"{last_link('li@example.org')}/decline", data={"reason": "On leave"})
    assert (grant().state, grant().decline_reason) == (GrantState.DECLINED, "On leave")
    invite(client)
    assert (grant().state, grant().decline_reason) == (GrantState.INVITED, "")


def test_an_expired_one_can_be_sent_again(client: FlaskClient, event: Event) -> None:
    invite(client)
    older, guest = last_link("li@example.org"), stranger(client)
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert guest.get(older).status_code == 410
        assert guest.post(f"{older}/open", data=WHO).status_code == 410
        client.post(f"/events/am26/people/{grant().id}/again")
        newer = last_link("li@example.org")
        assert guest.get(newer).status_code == 200
    assert guest.get(older).status_code == 410


def test_a_batch_says_what_became_of_each(client: FlaskClient, event: Event) -> None:
    serving = factories.grant(event, Role.REVIEWER)
    invite(client, "a@example.org")
    invite(client, f"a@example.org\nb@example.org\n{serving.emails[0].address}")
    told = client.get("/events/am26/people").text
    assert "1 invitation is on its way." in told
    assert len(letters("a@example.org")) == 1
    assert not letters(serving.emails[0].address)


def test_a_line_without_an_address_comes_back_and_nothing_is_sent(client: FlaskClient, event: Event) -> None:
    answer = invite(client, "a@example.org\nno address here")
    assert answer.status_code == 422
    assert "line 2 (no address here)" in answer.text
    assert not letters("a@example.org")


def test_the_last_organiser_stays(client: FlaskClient, event: Event) -> None:
    own = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.ORGANISER)).one()
    assert client.post(f"/events/am26/people/{own.id}/withdraw").status_code == 422
    factories.grant(event, Role.ORGANISER)
    assert client.post(f"/events/am26/people/{own.id}/withdraw").status_code == 303
    assert client.get("/events/am26/organise").status_code == 404


def test_a_chair_fills_the_committee_and_nothing_else(client: FlaskClient, event: Event) -> None:
    chair = factories.sign_in(stranger(client), factories.grant(event, Role.CHAIR))
    assert invite(chair).status_code == 303
    assert invite(chair, "boss@example.org", role="organiser").status_code in {403, 422}
    assert not letters("boss@example.org")
    boss = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.ORGANISER)).one()
    assert chair.post(f"/events/am26/people/{boss.id}/withdraw").status_code == 403


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRACK_CHAIR, Role.TREASURER, Role.HELPER, Role.PROGRAMME_MANAGER])
def test_other_roles_do_not_see_the_people(client: FlaskClient, event: Event, role: Role) -> None:
    other = factories.sign_in(stranger(client), factories.grant(event, role))
    assert other.get("/events/am26/people").status_code == 404
    assert other.get("/events/am26/people?format=csv").status_code == 404
    assert invite(other).status_code == 404


def test_the_list_takes_the_same_queries_for_one_and_three(
    client: FlaskClient, event: Event, queries: QueryCounter
) -> None:
    counts = []
    for n in range(3):
        factories.grant(event, Role.REVIEWER)
        invite(client, f"x{n}@example.org")
        client.get("/events/am26/people")
        db.session.remove()
        with queries:
            assert client.get("/events/am26/people").status_code == 200
        counts.append(queries.count)
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 16
    for name in ("csv", "xlsx"):
        assert client.get(f"/events/am26/people?format={name}").status_code == 200
    assert "x1@example.org" in client.get("/events/am26/people?format=csv&q=state:invited").text


def test_committees_show_who_agreed_to_be_shown_in_order(client: FlaskClient, event: Event) -> None:
    for n, (family, shown) in enumerate((("Second", True), ("Hidden", False), ("First", True))):
        factories.grant(event, Role.CHAIR, factories.person("A", family))
        row = db.session.scalars(select(RoleGrant).order_by(RoleGrant.id.desc())).first()
        given = {"version": str(row.version), "position": str(9 - n), "title_en": f"Chair {n}"}
        client.post(f"/events/am26/people/{row.id}", data={**given, **({"shown": "y"} if shown else {})})
    page = stranger(client).get("/events/am26/committees").text
    assert page.index("First") < page.index("Second")
    assert "Hidden" not in page
    assert "Chair 0" in page
