"""Signing in and out, forgotten and changed passwords, sessions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys import settings
from confsys.accounts import passwords
from confsys.accounts.models import Person
from confsys.app import create_app
from confsys.core import clock
from confsys.core.db import db
from tests import factories
from tests.accounts.mailbox import last_link, letters, said

SECRET = "a quiet sentence"
NEW = "another quiet sentence"


@pytest.fixture
def ada(app: Flask) -> Person:
    return factories.person("Ada", "Byron", email="ada@example.org", password_hash=passwords.hashed(SECRET))


def sign_in(client: FlaskClient, password: str = SECRET, address: str = "ada@example.org", **more: str):
    return client.post("/sign-in", data={"address": address, "password": password, **more})


def signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_right_password_opens_the_door(client: FlaskClient, ada: Person) -> None:
    assert sign_in(client, address=" ADA@example.org ").location == "/home"
    assert signed_in(client)


@pytest.mark.parametrize(
    ("address", "password"), [("ada@example.org", "wrong"), ("nobody@example.org", SECRET), ("ada@example.org", "")]
)
def test_a_wrong_one_does_not_and_tells_nothing(client: FlaskClient, ada: Person, address: str, password: str) -> None:
    answer = sign_in(client, password, address)
    assert answer.status_code == 422
    assert not signed_in(client)


def test_unknown_address_and_wrong_password_look_alike(client: FlaskClient, ada: Person) -> None:
    wrong = sign_in(client, "wrong").text
    unknown = sign_in(client, SECRET, "bob@example.org").text
    assert said(wrong).replace("ada@", "bob@") == said(unknown)


def test_a_closed_account_stays_outside(client: FlaskClient, ada: Person) -> None:
    ada.disabled_at = clock.now()
    db.session.commit()
    assert sign_in(client).status_code == 422


def test_an_unproved_address_is_no_way_in(client: FlaskClient, app: Flask) -> None:
    someone = factories.person(email="ada@example.org", password_hash=passwords.hashed(SECRET))
    someone.emails[0].is_primary, someone.emails[0].verified_at = False, None
    db.session.commit()
    assert sign_in(client).status_code == 422


def test_a_stranger_is_led_to_the_door_and_back(client: FlaskClient, ada: Person) -> None:
    door = client.get("/account/emails").location
    assert door == "/sign-in?next=/account/emails"
    assert sign_in(client, next="/account/emails").location == "/account/emails"


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_the_way_back_never_leads_elsewhere(client: FlaskClient, ada: Person, target: str) -> None:
    assert sign_in(client, next=target).location == "/home"


def test_the_session_begins_afresh(client: FlaskClient, ada: Person) -> None:
    with client.session_transaction() as session:
        session["planted"] = "before"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_takes_a_post(client: FlaskClient, ada: Person) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert not signed_in(client)


def test_old_hashes_are_renewed_when_the_password_is_right(client: FlaskClient, ada: Person) -> None:
    from argon2 import PasswordHasher

    ada.password_hash = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(SECRET)
    db.session.commit()
    assert passwords.outdated(ada.password_hash)
    sign_in(client)
    assert not passwords.outdated(factories.refreshed(ada).password_hash)


def test_a_reset_acts_on_post_once_and_ends_sessions(client: FlaskClient, app: Flask, ada: Person) -> None:
    sign_in(client)
    other = app.test_client()
    other.post("/reset", data={"address": "ada@example.org"})
    link = last_link("ada@example.org")
    assert other.get(link).status_code == 200
    assert other.get(link).status_code == 200
    assert other.post(link, data={"password": NEW}).location == "/sign-in"
    assert not signed_in(client)
    assert other.post(link, data={"password": SECRET}).status_code == 410
    assert sign_in(client, NEW).status_code == 303
    assert "password" in letters("ada@example.org")[-1].subject.lower()


def test_a_newer_reset_spends_the_older_link(client: FlaskClient, ada: Person) -> None:
    client.post("/reset", data={"address": "ada@example.org"})
    older = last_link("ada@example.org")
    client.post("/reset", data={"address": "ada@example.org"})
    newer = last_link("ada@example.org")
    client.post(newer, data={"password": NEW})
    assert client.post(older, data={"password": SECRET}).status_code == 410


def test_a_reset_link_lives_two_hours(client: FlaskClient, ada: Person) -> None:
    client.post("/reset", data={"address": "ada@example.org"})
    link = last_link("ada@example.org")
    with clock.frozen(clock.now() + timedelta(hours=2, seconds=1)):
        assert client.post(link, data={"password": NEW}).status_code == 410


def test_asking_for_a_reset_discloses_nothing(client: FlaskClient, ada: Person) -> None:
    known = client.post("/reset", data={"address": "ada@example.org"})
    unknown = client.post("/reset", data={"address": "bob@example.org"})
    assert said(known.text).replace("ada@", "bob@") == said(unknown.text)
    assert not letters("bob@example.org")


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    client: FlaskClient, app: Flask, ada: Person
) -> None:
    sign_in(client)
    elsewhere = app.test_client()
    sign_in(elsewhere)
    assert client.post("/account/password", data={"current": "wrong", "password": NEW}).status_code == 422
    assert client.post("/account/password", data={"current": SECRET, "password": NEW}).status_code == 303
    assert signed_in(client)
    assert not signed_in(elsewhere)


def test_signing_out_everywhere_else(client: FlaskClient, app: Flask, ada: Person) -> None:
    sign_in(client)
    elsewhere = app.test_client()
    sign_in(elsewhere)
    client.post("/account/end-sessions")
    assert (signed_in(client), signed_in(elsewhere)) == (True, False)


def test_the_language_switch_is_kept_in_the_profile(client: FlaskClient, app: Flask, ada: Person) -> None:
    sign_in(client)
    client.post("/language", data={"code": "zh"})
    assert factories.refreshed(ada).locale == "zh"
    elsewhere = app.test_client()
    sign_in(elsewhere)
    assert 'lang="zh-Hans"' in elsewhere.get("/account").text


@pytest.mark.parametrize("spread", [False, True])
def test_guessing_is_slowed_down(tmp_path, database_url: str, spread: bool) -> None:
    """By network address, and for one account also from many of them."""
    limited = create_app(
        settings.read({}, mode="tests", mail="outbox", var=tmp_path, database_url=database_url, secret_key="k" * 32)
    )
    limited.config["WTF_CSRF_ENABLED"] = False
    client = limited.test_client()
    answers = [
        client.post(
            "/sign-in",
            data={"address": "ada@example.org" if spread else f"{n}@example.org", "password": "guess"},
            environ_base={"REMOTE_ADDR": f"10.0.0.{n}" if spread else "10.0.1.1"},
        ).status_code
        for n in range(22)
    ]
    afterwards = client.get("/sign-in").status_code
    with limited.app_context():
        db.session.remove()
        db.engine.dispose()
    assert answers.count(429) == 2
    assert afterwards == 200
