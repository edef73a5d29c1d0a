"""Signing in with an account elsewhere, and connecting one to one's own."""

from __future__ import annotations

from typing import Any

from authlib.integrations.base_client import OAuthError
from flask import current_app, g, redirect, render_template, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.exceptions import NotFound

from confsys.accounts import external, sessions
from confsys.accounts.external import Claims
from confsys.accounts.forms import AskAccountForm
from confsys.accounts.models import Person
from confsys.accounts.operations.opening import Identity, ask_for_account, connect
from confsys.accounts.queries.people import by_identity, by_verified_email
from confsys.accounts.views.blueprint import bp
from confsys.accounts.views.signing_in import next_href
from confsys.core import limits
from confsys.core.access import access, anyone, public
from confsys.core.actor import Actor
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, local_target, notice
from confsys.core.viewer import Viewer, current_viewer

_WANTED = "external_next"
_NEWCOMER = "external_newcomer"


def _provider(_viewer: Viewer, provider: str) -> tuple[str, Any]:
    client = external.client(provider) if provider in {"orcid", "oidc"} else None
    if client is None:
        raise NotFound
    return provider, client


@bp.get("/sign-in/with/<provider>")
@access(_provider, anyone)
def leave_for(found: tuple[str, Any]) -> Any:
    """Off to the issuer; it sends the reader back to ``come_back``.

    A link, not a form: the content security policy lets no form end on another site.
    """
    provider, client = found
    session[_WANTED] = next_href()
    target = current_app.extensions["settings"].base_url + url_for(".come_back", provider=provider)
    try:
        return client.authorize_redirect(target)
    except (OAuthError, RequestException):
        return _not_now()


@bp.get("/sign-in/from/<provider>")
@access(_provider, anyone)
def come_back(found: tuple[str, Any]) -> Any:
    provider, client = found
    wanted = local_target(session.pop(_WANTED, ""), url_for("core.home"))
    try:
        claims = external.claims_of(provider, client.authorize_access_token())
    except (OAuthError, JoseError, RequestException, ValueError, KeyError):
        current_app.logger.warning("sign-in with %s failed", provider, exc_info=True)
        return _not_now()
    if current_viewer().signed_in:
        return _connect(claims)
    person = _known(claims)
    if person is None:
        session[_NEWCOMER] = {
            "issuer": claims.identity.issuer, "subject": claims.identity.subject, "orcid": claims.identity.orcid,
            "address": claims.address, "next": wanted,
        }  # fmt: skip
        return back(".newcomer")
    if person.disabled_at is not None:
        return _not_now()
    opened = sessions.begin_or_ask_code(person, remember=False, next_href=wanted, at=g.now)
    return redirect(wanted, 303) if opened else back(".give_code")


def _not_now() -> Any:
    notice(_("Signing in there did not work this time. Nothing was changed; try again, or use your password."), "error")
    return back(".sign_in")


def _known(claims: Claims) -> Person | None:
    """Who it is: by the connection, else by an address that both the issuer and we have verified."""
    person = by_identity(claims.identity.issuer, claims.identity.subject)
    if person is None and claims.address:
        person = by_verified_email(claims.address)
        if person is not None:
            connect(person, claims.identity, actor=Actor(person.id), at=g.now)
    return person


def _connect(claims: Claims) -> Any:
    viewer = current_viewer()
    owner = by_identity(claims.identity.issuer, claims.identity.subject)
    if owner is not None and owner.id != viewer.person_id:
        notice(_("That account is connected to somebody else here."), "error")
    elif owner is None:
        connect(sessions.current_person(), claims.identity, actor=viewer.actor, at=g.now)
        notice(_("The account is connected. You can sign in with it from now on."))
    return back(".security")


@bp.route("/sign-up/with", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@public
def newcomer(_viewer: Viewer) -> Any:
    """Somebody the issuer knows and we do not: an address is proved as for everybody."""
    kept = session.get(_NEWCOMER)
    if not kept:
        return back(".sign_up")
    form = AskAccountForm(data={"address": kept["address"]})
    identity = Identity(kept["issuer"], kept["subject"], kept["orcid"])
    if form.validate_on_submit() and form.attempt(
        lambda: ask_for_account(
            form.address.data, consent=form.consent.data, locale=current_locale(), next_href=kept["next"],
            identity=identity, at=g.now,
        )
    ):  # fmt: skip
        session.pop(_NEWCOMER)
        return render_template("accounts/look_at_mail.html", address=form.address.data)
    return render_template("accounts/newcomer.html", form=form, orcid=kept["orcid"]), form.status
