"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for

from confsys.accounts import passwords, sessions
from confsys.accounts.forms import CodeForm, SignInForm
from confsys.accounts.operations.passwords import rehash
from confsys.accounts.operations.second_factor import give_code
from confsys.accounts.views.blueprint import bp
from confsys.core import limits
from confsys.core.access import public
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, local_target
from confsys.core.viewer import Viewer


def next_href() -> str:
    return local_target(request.values.get("next"), "")


def _typed_address() -> str:
    """Guessing one account's password from many places is slow too."""
    return "typed:" + request.form.get("address", "").strip().lower()[:254]


def _half_way() -> str:
    waiting = sessions.half_way(g.now)
    return f"half way:{waiting[0].id}" if waiting else "half way"


@bp.route("/sign-in", methods=["GET", "POST"])
@limits.on_post(limits.SIGN_IN)
@limits.on_post(limits.SIGN_IN, _typed_address)
@public
def sign_in(viewer: Viewer) -> Any:
    if viewer.signed_in and request.method == "GET":
        return redirect(next_href() or url_for("core.home"))
    form = SignInForm()
    if form.validate_on_submit():
        person = sessions.authenticate(form.address.data, form.password.data)
        if person is None:
            form.form_errors.append(_("This address and this password do not fit together."))
        else:
            if passwords.outdated(person.password_hash):
                rehash(person, form.password.data)
            opened = sessions.begin_or_ask_code(
                person, remember=form.remember.data, next_href=next_href(), at=g.now
            )  # fmt: skip
            return redirect(next_href() or url_for("core.home"), 303) if opened else back(".give_code")
    return _page(form), form.status


def _page(form: SignInForm) -> str:
    settings = current_app.extensions["settings"]
    return render_template(
        "accounts/sign_in.html", form=form, next_href=next_href(), orcid=bool(settings.orcid_client_id),
        oidc=settings.oidc_name if settings.oidc_issuer else "",
    )  # fmt: skip


@bp.route("/sign-in/code", methods=["GET", "POST"], endpoint="give_code")
@limits.on_post(limits.SIGN_IN)
@limits.on_post(limits.SIGN_IN, _half_way)
@public
def give_code_page(_viewer: Viewer) -> Any:
    """The second factor, for somebody whose first was right a short while ago in this browser."""
    waiting = sessions.half_way(g.now)
    if waiting is None:
        flash(_("Please sign in again; the page was open too long."), "info")
        return back(".sign_in")
    person, wanted = waiting
    form = CodeForm()
    if form.validate_on_submit() and form.attempt(lambda: give_code(person, form.code.data, at=g.now)):
        sessions.begin(person, remember=wanted["remember"])
        return redirect(local_target(wanted["next"], url_for("core.home")), 303)
    return render_template("accounts/give_code.html", form=form), form.status


@bp.post("/sign-out")
@public
def sign_out(_viewer: Viewer) -> Any:
    sessions.end()
    flash(_("You are signed out."), "success")
    return redirect("/", 303)
