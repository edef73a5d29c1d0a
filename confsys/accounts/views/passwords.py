"""A forgotten password."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for

from confsys.accounts import links
from confsys.accounts.forms import AskResetForm, NewPasswordForm
from confsys.accounts.operations.passwords import ask_for_reset, reset_password
from confsys.accounts.states import LinkPurpose
from confsys.accounts.views.blueprint import bp
from confsys.core import limits
from confsys.core.access import access, anyone, public
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer


@bp.route("/reset", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@public
def ask_reset(_viewer: Viewer) -> Any:
    form = AskResetForm()
    if form.validate_on_submit() and form.attempt(lambda: ask_for_reset(form.address.data, at=g.now)):
        return render_template("accounts/look_at_mail.html", address=form.address.data)
    return render_template("accounts/ask_reset.html", form=form), form.status


@bp.route("/reset/<token>", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(lambda _viewer, token: token, anyone)
def reset(token: str) -> Any:
    """Looking at the page spends nothing; sending the form does."""
    if links.find(LinkPurpose.RESET_PASSWORD, token, g.now) is None:
        return render_template("accounts/link_spent.html", again=url_for(".ask_reset")), 410
    form = NewPasswordForm()
    if form.validate_on_submit() and form.attempt(lambda: reset_password(token, form.password.data, at=g.now)):
        notice(_("Your password is changed. All other sessions were ended; please sign in."))
        return back(".sign_in")
    return render_template("accounts/reset.html", form=form), form.status
