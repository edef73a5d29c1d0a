"""Accounts elsewhere: the registry of ORCID, and one OpenID Connect issuer of the society's choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app

from confsys.accounts.operations.opening import Identity
from confsys.core import identifiers
from confsys.core.names import PersonName, has_han


@dataclass(frozen=True, slots=True)
class Claims:
    """What an issuer says about who signed in. ``address`` only when the issuer has verified it."""

    identity: Identity
    name: PersonName
    address: str = ""


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    oauth = OAuth(app)
    if settings.orcid_client_id:
        _register(
            oauth,
            "orcid",
            settings.orcid_issuer,
            settings.orcid_client_id,
            settings.orcid_client_secret,
            "openid",
        )
    if settings.oidc_issuer:
        _register(
            oauth,
            "oidc",
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_client_secret,
            "openid profile email",
        )
    app.extensions["oauth"] = oauth


def _register(oauth: OAuth, name: str, issuer: str, client_id: str, secret: str, scope: str) -> None:
    oauth.register(
        name,
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": scope, "code_challenge_method": "S256"},
    )


def client(name: str) -> Any:
    """The client of a provider, or None when the settings do not name it."""
    oauth: OAuth = current_app.extensions["oauth"]
    return oauth.create_client(name)


def claims_of(provider: str, token: dict[str, Any]) -> Claims:
    """Read a checked token. Authlib has verified signature, nonce, audience and expiry."""
    said = token["userinfo"]
    identity = Identity(
        issuer=said["iss"], subject=said["sub"], orcid=_orcid(said["sub"]) if provider == "orcid" else ""
    )
    address = said.get("email", "") if said.get("email_verified") is True else ""
    return Claims(identity, _name(said), address.strip().lower())


def _orcid(subject: str) -> str:
    return identifiers.orcid(subject)


def _name(said: dict[str, Any]) -> PersonName:
    """Given and family name as the issuer has them; a single ``name`` is never split."""
    given, family = said.get("given_name") or "", said.get("family_name") or ""
    if has_han(given + family):
        return PersonName(native=family + given)
    if given or family:
        return PersonName(given, family)
    whole = said.get("name") or ""
    return PersonName(native=whole) if has_han(whole) else PersonName(family=whole)
