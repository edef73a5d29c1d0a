"""Signing in with ORCID and with the society's own issuer, against an issuer on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts import external
from confsys.accounts.models import ExternalIdentity, Person
from confsys.core import clock
from confsys.core.db import db
from tests import factories
from tests.accounts import issuer as issuers
from tests.accounts.mailbox import last_link

ORCID = "0000-0002-1825-0097"


@pytest.fixture(scope="module")
def server() -> Iterator[issuers.Issuer]:
    with issuers.running() as issuer:
        yield issuer


@pytest.fixture
def issuer(app: Flask, server: issuers.Issuer) -> Iterator[issuers.Issuer]:
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(
        before, oidc_issuer=server.address, oidc_client_id="confsys", oidc_client_secret="s", oidc_name="The society",
        orcid_issuer=server.address, orcid_client_id="confsys", orcid_client_secret="s",
    )  # fmt: skip
    external.configure(app)
    yield server
    app.extensions["settings"] = before
    external.configure(app)


def come_back(
    client: FlaskClient, issuer: issuers.Issuer, said: dict[str, Any], *, provider: str = "oidc", next_: str = "",
    nonce: str = "", state: str = "",
):  # fmt: skip
    """Leave for the issuer and come back with what it says."""
    there = urlsplit(client.get(f"/sign-in/with/{provider}", query_string={"next": next_}).location)
    asked = {key: values[0] for key, values in parse_qs(there.query).items()}
    assert asked["redirect_uri"] == f"http://localhost/sign-in/from/{provider}"
    issuer.challenge = asked["code_challenge"]
    issuer.said = {"nonce": nonce or asked["nonce"], **said}
    return client.get(
        f"/sign-in/from/{provider}", query_string={"code": "good", "state": state or asked["state"]}
    )  # fmt: skip


def signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_buttons_are_there_only_by_setting(client: FlaskClient, app: Flask) -> None:
    assert "ORCID" not in client.get("/sign-in").text
    assert client.get("/sign-in/with/orcid").status_code == 404
    assert client.get("/sign-in/with/anything").status_code == 404


def test_a_connected_person_comes_in(client: FlaskClient, issuer: issuers.Issuer) -> None:
    ada = factories.person()
    factories.saved(ExternalIdentity(person_id=ada.id, issuer=issuer.address, subject="ada-1", linked_at=clock.now()))
    assert "The society" in client.get("/sign-in").text
    assert come_back(client, issuer, {"sub": "ada-1"}, next_="/events/past").location == "/events/past"
    assert signed_in(client)


def test_an_address_both_have_verified_connects(client: FlaskClient, issuer: issuers.Issuer) -> None:
    ada = factories.person(email="ada@example.org")
    come_back(client, issuer, {"sub": "ada-2", "email": "Ada@example.org", "email_verified": True})
    assert signed_in(client)
    assert db.session.scalars(select(ExternalIdentity)).one().person_id == ada.id


@pytest.mark.parametrize("verified", [False, "true", None])
def test_an_address_the_issuer_has_not_verified_connects_nobody(
    client: FlaskClient, issuer: issuers.Issuer, verified: object
) -> None:
    factories.person(email="ada@example.org")
    answer = come_back(client, issuer, {"sub": "x", "email": "ada@example.org", "email_verified": verified})
    assert answer.location == "/sign-up/with"
    assert not signed_in(client)


def test_a_newcomer_proves_an_address_and_needs_no_password(client: FlaskClient, issuer: issuers.Issuer) -> None:
    said = {"sub": ORCID, "given_name": "Ada", "family_name": "Byron"}
    assert come_back(client, issuer, said, provider="orcid").location == "/sign-up/with"
    client.post("/sign-up/with", data={"address": "ada@example.org", "consent": "y"})
    link = last_link("ada@example.org")
    assert 'type="password"' not in client.get(link).text
    client.post(link, data={"given": "Ada", "family": "Byron", "zone": "Europe/London"})
    ada = db.session.scalars(select(Person)).one()
    assert (ada.orcid, ada.orcid_confirmed, ada.password_hash) == (ORCID, True, "")
    client.post("/sign-out")
    come_back(client, issuer, said, provider="orcid")
    assert signed_in(client)


def test_connecting_takes_the_orcid_from_who_only_typed_it(client: FlaskClient, issuer: issuers.Issuer) -> None:
    claimant = factories.person(orcid=ORCID)
    ada = factories.person()
    factories.sign_in(client, ada)
    assert come_back(client, issuer, {"sub": ORCID}, provider="orcid").location == "/account/security"
    assert (factories.refreshed(ada).orcid, ada.orcid_confirmed) == (ORCID, True)
    assert factories.refreshed(claimant).orcid is None


def test_an_account_of_somebody_else_is_not_connected(client: FlaskClient, issuer: issuers.Issuer) -> None:
    other = factories.person()
    factories.saved(ExternalIdentity(person_id=other.id, issuer=issuer.address, subject="o", linked_at=clock.now()))
    factories.sign_in(client, factories.person())
    come_back(client, issuer, {"sub": "o"})
    assert db.session.scalars(select(ExternalIdentity)).one().person_id == other.id


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ({}, {"nonce": "wrong"}),
        ({}, {"state": "wrong"}),
        ({"aud": "somebody else"}, {}),
        ({"iss": "http://x"}, {}),
        ({"exp": 5}, {}),
    ],
)
def test_what_does_not_fit_is_refused(
    client: FlaskClient, issuer: issuers.Issuer, said: dict[str, Any], broken: dict[str, str]
) -> None:
    ada = factories.person()
    factories.saved(ExternalIdentity(person_id=ada.id, issuer=issuer.address, subject="a", linked_at=clock.now()))
    assert come_back(client, issuer, {"sub": "a", **said}, **broken).location == "/sign-in"
    assert not signed_in(client)


def test_a_denied_consent_is_no_error(client: FlaskClient, issuer: issuers.Issuer) -> None:
    client.get("/sign-in/with/oidc")
    answer = client.get("/sign-in/from/oidc", query_string={"error": "access_denied"})
    assert answer.location == "/sign-in"


def test_the_second_factor_is_asked_here_too(client: FlaskClient, issuer: issuers.Issuer) -> None:
    key = pyotp.random_base32()
    ada = factories.person(totp_secret=key, totp_enabled_at=clock.now())
    factories.saved(ExternalIdentity(person_id=ada.id, issuer=issuer.address, subject="t", linked_at=clock.now()))
    assert come_back(client, issuer, {"sub": "t"}).location == "/sign-in/code"
    assert not signed_in(client)
    client.post("/sign-in/code", data={"code": pyotp.TOTP(key).at(clock.now())})
    assert signed_in(client)


def test_the_last_way_in_is_not_taken_away(client: FlaskClient, issuer: issuers.Issuer) -> None:
    ada = factories.person()
    row = factories.saved(ExternalIdentity(person_id=ada.id, issuer=issuer.address, subject="l", linked_at=clock.now()))
    factories.sign_in(client, ada)
    assert client.post(f"/account/connections/{row.id}/remove").status_code == 422
    ada.password_hash = "x"
    db.session.commit()
    assert client.post(f"/account/connections/{row.id}/remove").status_code == 303
