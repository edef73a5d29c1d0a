"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Flask, g, url_for

from confsys.accounts import external, sample, sessions
from confsys.accounts.commands import create_admin
from confsys.accounts.models import Person
from confsys.accounts.operations.profile import keep_language
from confsys.accounts.sentences import SENTENCES
from confsys.accounts.views import bp
from confsys.accounts.views.profile import account_tabs
from confsys.core import clock
from confsys.core.db import db
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.later import Later
from confsys.core.registry import Card, Feature, Section, contributed
from confsys.core.signals import language_chosen
from confsys.core.viewer import Viewer, current_viewer


def _account_links() -> list[dict[str, Any]]:
    """The menu of the signed-in person, or the doors for a visitor."""
    if current_viewer().signed_in:
        rooms = contributed("account", current_viewer())
        return [
            {"label": _("Your home page"), "href": url_for("core.home")},
            *({"label": item.label, "href": item.href} for item in rooms),
            {"label": _("Your account"), "href": url_for("accounts.profile")},
            {"label": _("Sign out"), "href": url_for("accounts.sign_out"), "post": True},
        ]
    return [
        {"label": _("Sign in"), "href": url_for("accounts.sign_in")},
        {"label": _("Open an account"), "href": url_for("accounts.sign_up")},
    ]


def _context() -> dict[str, Any]:
    return {"account_links": Later(_account_links), "account_tabs": account_tabs}


def _keep_language(viewer: Viewer, code: str) -> None:
    if viewer.person_id is not None:
        person = db.session.get_one(Person, viewer.person_id)
        keep_language(person, code, actor=viewer.actor, at=g.get("now") or clock.now())


def _home(viewer: Viewer, _at: datetime) -> Iterator[Section]:
    """Said first while it holds: roles rest until the second factor is set up."""
    if viewer.signed_in and not viewer.complete:
        card = Card(
            title=_("A second factor is needed"), href=url_for("accounts.security"), state=_("missing"),
            state_tone="waiting", button=_("Set it up"), button_href=url_for("accounts.security"),
            next_step=_("Your roles rest until you have set up codes from an authenticator app."),
        )  # fmt: skip
        yield Section("second-factor", _l("Before you begin"), [card], order=0)


def _configure(app: Flask) -> None:
    sessions.configure(app)
    external.configure(app)
    app.context_processor(_context)
    language_chosen.connect(_keep_language)


feature = Feature(
    name="accounts",
    blueprints=[bp],
    home=_home,
    sentences=SENTENCES,
    commands=[create_admin],
    sample=sample.tell,
    constraints={
        "uq_person_orcid": _l("Another account has this ORCID iD. Sign in with ORCID to prove that it is yours."),
        "uq_email_address_verified": _l("Another account proved this address in the meantime."),
        "uq_email_address_address": _l("Another account proved this address in the meantime."),
        "uq_external_identity_issuer_subject": _l("That account is connected to somebody else here."),
    },
    setup=_configure,
)
