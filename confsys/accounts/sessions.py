"""From a cookie to a Viewer: the only place where a request meets a person."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import joinedload

from confsys.accounts import passwords
from confsys.accounts.models import Person
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.signals import second_factor_asked
from confsys.accounts.states import SiteRole
from confsys.core.db import db
from confsys.core.viewer import ANONYMOUS, Viewer

login_manager = LoginManager()
#: How long the page that asks for a code may stay open.
CODE_MINUTES = 10
_HALF_WAY = "second_factor"


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps: the person's id and the nonce that was valid when they signed in."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return f"{self.person.id}:{self.person.session_nonce}"


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def _load(token: str) -> SessionUser | None:
    """The person of a session, unless the account was closed or its sessions were ended since. One query."""
    person_id, _, nonce = token.partition(":")
    loading = [joinedload(Person.emails), joinedload(Person.roles)]
    person = db.session.get(Person, int(person_id), options=loading) if person_id.isdigit() else None
    if person is None or person.disabled_at is not None or not secrets.compare_digest(person.session_nonce, nonce):
        return None
    return SessionUser(person)


def viewer_of(person: Person, *, second_factor: bool = True) -> Viewer:
    """The frozen view of a person that rules and queries work with."""
    primary = next((e.address for e in person.emails if e.is_primary), "")
    return Viewer(
        person_id=person.id, name=person.name, email=primary, locale=person.locale, zone=person.zone,
        site_roles=frozenset(grant.role.value for grant in person.roles), complete=second_factor,
    )  # fmt: skip


def lacks_second_factor(person: Person) -> bool:
    """Whether a second factor is required of the person and not set up. Until then their roles rest."""
    if not current_app.extensions["settings"].require_totp or person.totp_enabled_at is not None:
        return False
    if any(grant.role in {SiteRole.ADMIN, SiteRole.TREASURER} for grant in person.roles):
        return True
    return any(answer for _listener, answer in second_factor_asked.send(person))


def authenticate(address: str, password: str) -> Person | None:
    """Who gave the right password. Takes as long for an unknown address as for a known one."""
    person = by_verified_email(address)
    right = passwords.matches(person.password_hash if person else "", password)
    return person if right and person is not None and person.disabled_at is None else None


def begin(person: Person, *, remember: bool = False) -> None:
    """Open a session after all checks have passed. The old session's contents do not survive it."""
    kept = session.get("locale")
    session.clear()
    if kept:
        session["locale"] = kept
    login_user(SessionUser(person), remember=remember, duration=timedelta(days=30))


def begin_or_ask_code(person: Person, *, remember: bool, next_href: str, at: datetime) -> bool:
    """Open a session, or, where a second factor is on, remember who stands half way. True when opened."""
    if person.totp_enabled_at is None:
        begin(person, remember=remember)
        return True
    until = int((at + timedelta(minutes=CODE_MINUTES)).timestamp())
    session[_HALF_WAY] = {
        "person": SessionUser(person).get_id(),
        "remember": remember,
        "next": next_href,
        "until": until,
    }
    return False


def half_way(at: datetime) -> tuple[Person, dict[str, Any]] | None:
    """Who has given the first factor in this browser a short while ago, and what they wanted."""
    kept = session.get(_HALF_WAY)
    if not kept or at.timestamp() > kept["until"]:
        return None
    user = _load(kept["person"])
    return (user.person, kept) if user is not None else None


def current_person() -> Person:
    """The signed-in person's own row, as the session loaded it; only where the viewer is signed in."""
    person: Person = current_user.person
    return person


def end() -> None:
    logout_user()
    session.clear()


def configure(app: Flask) -> None:
    passwords.configure(app)
    login_manager.init_app(app)
    app.before_request(_set_viewer)


def _set_viewer() -> None:
    user = current_user
    if user.is_authenticated:
        g.viewer = viewer_of(user.person, second_factor=not lacks_second_factor(user.person))
        g.profile_locale = user.person.locale
    else:
        g.viewer = ANONYMOUS
