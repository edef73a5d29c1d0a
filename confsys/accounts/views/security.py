"""Password, second factor, sessions, accounts elsewhere."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template

from confsys.accounts import sessions, totp
from confsys.accounts.forms import ChangePasswordForm, CodeForm, DisableSecondFactorForm
from confsys.accounts.models import Person
from confsys.accounts.operations import second_factor
from confsys.accounts.operations.opening import disconnect
from confsys.accounts.operations.passwords import change_password, end_sessions
from confsys.accounts.queries.people import identities_of
from confsys.accounts.rules import only_me
from confsys.accounts.views.blueprint import bp, myself
from confsys.accounts.views.profile import _mine, _only_mine
from confsys.core import limits
from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import current_viewer


def _security_page(person: Person, form: ChangePasswordForm, off_form: DisableSecondFactorForm) -> str:
    settings = current_app.extensions["settings"]
    return render_template(
        "accounts/security.html", person=person, form=form, off_form=off_form, identities=identities_of(person),
        lacking=sessions.lacks_second_factor(person), orcid=bool(settings.orcid_client_id),
        oidc=settings.oidc_name if settings.oidc_issuer else "",
    )  # fmt: skip


@bp.get("/account/security")
@access(myself, only_me)
def security(person: Person) -> Any:
    return _security_page(person, ChangePasswordForm(), DisableSecondFactorForm())


@bp.post("/account/password")
@limits.on_post(limits.SIGN_IN)
@access(myself, only_me)
def change_own_password(person: Person) -> Any:
    """This session goes on; all others end."""
    form = ChangePasswordForm()
    if form.validate() and form.attempt(
        lambda: change_password(
            person, form.current.data or "", form.password.data, actor=current_viewer().actor, at=g.now
        )
    ):
        sessions.begin(person)
        notice(_("Your password is changed. Your sessions elsewhere were ended."))
        return back(".security")
    return _security_page(person, form, DisableSecondFactorForm()), form.status


@bp.post("/account/end-sessions")
@access(myself, only_me)
def end_other_sessions(person: Person) -> Any:
    end_sessions(person, actor=current_viewer().actor, at=g.now)
    sessions.begin(person)
    notice(_("You are signed out everywhere but here."))
    return back(".security")


@bp.post("/account/second-factor/begin")
@access(myself, only_me)
def begin_second_factor(person: Person) -> Any:
    second_factor.prepare_second_factor(person, actor=current_viewer().actor, at=g.now)
    return back(".enable_second_factor")


@bp.route("/account/second-factor", methods=["GET", "POST"])
@limits.on_post(limits.SIGN_IN)
@access(myself, only_me)
def enable_second_factor(person: Person) -> Any:
    """Scan, then type a code: the factor counts from the first right code."""
    if person.totp_enabled_at is not None or not person.totp_secret:
        return back(".security")
    actor = current_viewer().actor
    form = CodeForm()
    if form.validate_on_submit() and form.attempt(
        lambda: second_factor.enable_second_factor(person, form.code.data, actor=actor, at=g.now)
    ):
        notice(_("The second factor is on. From now on you are asked for a code when you sign in."))
        return back(".security")
    settings = current_app.extensions["settings"]
    address = totp.address(person.totp_secret, current_viewer().email, settings.society_en)
    page = render_template(
        "accounts/second_factor.html", form=form, picture=totp.picture(address), secret=person.totp_secret
    )
    return page, form.status


@bp.post("/account/second-factor/off")
@limits.on_post(limits.SIGN_IN)
@access(myself, only_me)
def disable_second_factor(person: Person) -> Any:
    form = DisableSecondFactorForm()
    if form.validate() and form.attempt(
        lambda: second_factor.disable_second_factor(
            person, form.password.data or "", form.code.data, actor=current_viewer().actor, at=g.now
        )
    ):
        notice(_("The second factor is off."))
        return back(".security")
    return _security_page(person, ChangePasswordForm(formdata=None), form), form.status


@bp.post("/account/connections/<int:row>/remove")
@access(_mine, _only_mine)
def remove_connection(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    disconnect(person, address["row"], actor=current_viewer().actor, at=g.now)
    notice(_("The connection is removed."))
    return back(".security")
