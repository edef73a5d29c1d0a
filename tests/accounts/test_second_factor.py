"""Codes from an authenticator app: each good once, and required where the society says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.accounts import passwords, totp
from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.core.db import db
from confsys.events.states import Role
from tests import factories

SECRET = "a quiet sentence"
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code(at: datetime) -> str:
    return str(pyotp.TOTP(KEY).at(at))


@pytest.fixture
def ada(app: Flask) -> Person:
    return factories.person(
        email="ada@example.org", password_hash=passwords.hashed(SECRET), totp_secret=KEY, totp_enabled_at=clock.now()
    )


@pytest.fixture
def strict(app: Flask) -> Iterator[None]:
    """The society asks chairs and treasurers for a second factor."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, require_totp=True)
    yield
    app.extensions["settings"] = before


def first_factor(client: FlaskClient, **more: str):
    return client.post("/sign-in", data={"address": "ada@example.org", "password": SECRET, **more})


def test_the_published_values() -> None:
    """RFC 6238, appendix B, SHA-1, cut to six digits."""
    for seconds, expected in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        at = datetime.fromtimestamp(seconds, tz=clock.now().tzinfo)
        assert totp.matching_step(KEY, expected, at, last_step=0) == seconds // 30


@pytest.mark.parametrize(("drift", "good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clocks_may_differ_by_one_step(drift: int, good: bool) -> None:
    at = clock.now()
    typed = code(at + timedelta(seconds=drift))
    assert (totp.matching_step(KEY, typed, at, last_step=0) is not None) is good


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５"])
def test_what_is_no_code_never_fits(typed: str) -> None:
    assert totp.matching_step(KEY, typed, clock.now(), 0) is None


def test_the_password_alone_opens_nothing(client: FlaskClient, ada: Person) -> None:
    assert first_factor(client, next="/events/past").location == "/sign-in/code"
    assert client.get("/account").status_code == 302
    wrong = str((int(code(clock.now())) + 1) % 1_000_000).zfill(6)
    assert client.post("/sign-in/code", data={"code": wrong}).status_code == 422
    answer = client.post("/sign-in/code", data={"code": code(clock.now())})
    assert answer.location == "/events/past"
    assert client.get("/account").status_code == 200


def test_a_code_works_once(client: FlaskClient, app: Flask, ada: Person) -> None:
    first_factor(client)
    typed = code(clock.now())
    client.post("/sign-in/code", data={"code": typed})
    thief = app.test_client()
    first_factor(thief)
    assert thief.post("/sign-in/code", data={"code": typed}).status_code == 422


def test_half_way_lasts_ten_minutes(client: FlaskClient, ada: Person) -> None:
    first_factor(client)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert client.post("/sign-in/code", data={"code": code(clock.now())}).location == "/sign-in"


def test_setting_it_up_takes_a_right_code(client: FlaskClient, app: Flask) -> None:
    someone = factories.person(password_hash=passwords.hashed(SECRET))
    factories.sign_in(client, someone)
    assert client.get("/account/second-factor").location == "/account/security"  # looking makes no key
    client.post("/account/second-factor/begin")
    page = client.get("/account/second-factor").text
    assert "data:image/svg+xml" in page
    assert someone.totp_secret in page
    assert client.post("/account/second-factor", data={"code": "000000"}).status_code == 422
    assert factories.refreshed(someone).totp_enabled_at is None
    now = pyotp.TOTP(someone.totp_secret).at(clock.now())
    client.post("/account/second-factor", data={"code": now})
    assert factories.refreshed(someone).totp_enabled_at == clock.now()


def test_taking_it_away_takes_both_factors(client: FlaskClient, ada: Person) -> None:
    factories.sign_in(client, ada)
    fresh = {"code": code(clock.now())}
    assert client.post("/account/second-factor/off", data={**fresh, "password": "wrong"}).status_code == 422
    assert client.post("/account/second-factor/off", data={"code": "000000", "password": SECRET}).status_code == 422
    assert client.post("/account/second-factor/off", data={**fresh, "password": SECRET}).status_code == 303
    assert factories.refreshed(ada).totp_secret == ""


def test_roles_rest_until_it_is_set_up(client: FlaskClient, strict: None) -> None:
    event = factories.event()
    chair = factories.grant(event, Role.CHAIR)
    factories.sign_in(client, chair)
    assert client.get(f"/events/{event.slug}/organise").status_code == 404
    assert "/account/security" in client.get("/home").text
    chair.totp_secret, chair.totp_enabled_at = KEY, clock.now()
    db.session.commit()
    assert client.get(f"/events/{event.slug}/organise").status_code == 200


@pytest.mark.parametrize(
    ("role", "rests"), [(SiteRole.ADMIN, True), (SiteRole.TREASURER, True), (SiteRole.SECRETARY, False)]
)
def test_whose_roles_rest(client: FlaskClient, strict: None, role: SiteRole, rests: bool) -> None:
    someone = factories.person()
    someone.roles.append(SiteRoleGrant(role=role))
    db.session.commit()
    factories.sign_in(client, someone)
    assert ("/account/security" in client.get("/home").text.partition("<main")[2]) is rests


def test_reviewers_are_not_asked(client: FlaskClient, strict: None) -> None:
    event = factories.event()
    factories.sign_in(client, factories.grant(event, Role.REVIEWER))
    assert "/account/security" not in client.get("/home").text.partition("<main")[2]
