"""Co-hosts: the customary order, roles that end at their part, quotas that others read."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Affiliation
from confsys.accounts.operations.organisations import organisation_for
from confsys.core import clock
from confsys.core.db import db
from confsys.events.models import CoHost, CoHostRole, Event, RoleGrant
from confsys.events.queries.co_hosts import Quota, co_hosts_of, quotas
from confsys.events.states import CoHostKind, Role
from tests import factories
from tests.conftest import QueryCounter

HOSTS = "/events/am/settings/hosts"


@pytest.fixture
def event(app: Flask) -> Event:
    return factories.event("am")


@pytest.fixture
def boss(app: Flask, event: Event) -> FlaskClient:
    return factories.sign_in(app.test_client(), factories.grant(event, Role.ORGANISER))


def add(boss: FlaskClient, name: str, kind: str, **more: object) -> int:
    return boss.post(HOSTS, data={"organisation": name, "kind": kind, "track": "", **more}).status_code


def test_named_in_the_customary_order_whatever_the_order_of_entry(client: FlaskClient, boss: FlaskClient) -> None:
    for name, kind in (("Zeta", "supporter"), ("Beta", "organiser"), ("Alpha", "organiser"), ("Gamma", "co_organiser"),
                       ("Eta", "host")):  # fmt: skip
        assert add(boss, name, kind, position="2" if name == "Beta" else "1") == 303
    assert add(boss, "Eta", "supporter") == 422  # once
    page = client.get("/events/am/").text
    names = ("Eta", "Alpha", "Beta", "Gamma", "Zeta")
    assert [page.index(f">{name}<") for name in names] == sorted(page.index(f">{name}<") for name in names)
    assert client.get(HOSTS).status_code == 302
    stranger = factories.sign_in(client, factories.person())
    assert stranger.get(HOSTS).status_code == 404
    assert stranger.post(HOSTS, data={"organisation": "X", "kind": "host", "track": ""}).status_code == 404


def test_quotas_are_read_by_others(event: Event, boss: FlaskClient) -> None:
    track = factories.track(event)
    assert add(boss, "Eta", "host", places="40", talks="6", track=str(track.id)) == 303
    assert add(boss, "Zeta", "supporter") == 303
    assert add(boss, "Theta", "supporter", places="-1") == 422
    host = co_hosts_of(event.id)[0]
    assert quotas(event.id) == [Quota(host.organisation_id, track.id, 40, 6)]


def test_roles_of_its_people_end_at_its_part(event: Event, boss: FlaskClient) -> None:
    track = factories.track(event)
    add(boss, "Eta", "host", track=str(track.id))
    row = db.session.scalars(select(CoHost)).one()
    here = f"{HOSTS}/{row.id}"
    theirs, other = factories.person(consented_at=clock.now()), factories.person(consented_at=clock.now())
    factories.saved(Affiliation(person_id=theirs.id, organisation_id=organisation_for("Eta").id))

    def people(*addresses: str, role: str = "track_chair") -> int:
        return boss.post(f"{here}/people", data={"role": role, "people": "\n".join(addresses)}).status_code

    assert people(theirs.emails[0].address, role="organiser") == 422
    assert people(other.emails[0].address) == 422  # works elsewhere
    assert people(theirs.emails[0].address, "new@example.org") == 303
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.TRACK_CHAIR)).all()
    assert {(grant.address, grant.track_id) for grant in grants} == {
        (theirs.emails[0].address, track.id), ("new@example.org", track.id)
    }  # fmt: skip
    assert len(db.session.scalars(select(CoHostRole)).all()) == 2
    assert boss.post(f"{here}/remove").status_code == 422  # its people would be left without a reason
    moved = {"organisation": "Eta", "kind": "host", "track": "", "version": row.version}
    assert boss.post(here, data=moved).status_code == 422
    for grant in grants:
        boss.post(f"/events/am/people/{grant.id}/withdraw")
    assert boss.post(f"{here}/remove").status_code == 303
    assert co_hosts_of(event.id) == []


def test_a_stale_page_changes_nothing(boss: FlaskClient) -> None:
    add(boss, "Eta", "host")
    row = db.session.scalars(select(CoHost)).one()
    old = {"organisation": "Eta", "kind": "supporter", "track": "", "version": row.version}
    assert boss.post(f"{HOSTS}/{row.id}", data={**old, "kind": "organiser"}).status_code == 303
    assert boss.post(f"{HOSTS}/{row.id}", data=old).status_code == 409
    assert factories.refreshed(row).kind is CoHostKind.ORGANISER


def test_lists_ask_as_often_for_three_as_for_one(boss: FlaskClient, queries: QueryCounter) -> None:
    counts = []
    for names in (("A",), ("B", "C")):
        for name in names:
            add(boss, name, "host")
        taken = []
        for page in (HOSTS, "/events/am/"):
            db.session.expire_all()
            with queries:
                assert boss.get(page).status_code == 200
            taken.append(queries.count)
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 16
