"""From a cookie to a Viewer: the only place where a request meets a person."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.viewer import ANONYMOUS, Viewer

login_manager = LoginManager()


class SessionUser(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """What Flask-Login keeps: the person's id and the nonce that was valid when they signed in."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return f"{self.person.id}:{self.person.session_nonce}"


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login carries no types
def _load(token: str) -> SessionUser | None:
    """The person of a session, unless the account was closed or its sessions were ended since."""
    person_id, _, nonce = token.partition(":")
    loading = [selectinload(Person.emails), selectinload(Person.roles)]
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


def begin(person: Person, *, remember: bool = False) -> None:
    """Open a session after all checks have passed. The old session's contents do not survive it."""
    kept = session.get("locale")
    session.clear()
    if kept:
        session["locale"] = kept
    login_user(SessionUser(person), remember=remember, duration=timedelta(days=30))


def end() -> None:
    logout_user()
    session.clear()


def configure(app: Flask) -> None:
    login_manager.init_app(app)
    app.before_request(_set_viewer)


def _set_viewer() -> None:
    user = current_user
    if user.is_authenticated:
        g.viewer = viewer_of(user.person)
        g.profile_locale = user.person.locale
    else:
        g.viewer = ANONYMOUS
