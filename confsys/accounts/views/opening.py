"""Opening an account: an address, a link, a name."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.accounts import links, sessions
from confsys.accounts.forms import AskAccountForm, NameMixin, OpenAccountForm, OpenExternalAccountForm, zones
from confsys.accounts.models import LinkToken
from confsys.accounts.operations.emails import verify_email
from confsys.accounts.operations.opening import Newcomer, ask_for_account, identity_in, open_account_by_link
from confsys.accounts.states import LinkPurpose
from confsys.accounts.views.blueprint import bp
from confsys.accounts.views.signing_in import next_href
from confsys.core import limits
from confsys.core.access import access, anyone, public
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.names import suggested_latin
from confsys.core.pages import back, local_target, notice
from confsys.core.viewer import Viewer


@bp.route("/sign-up", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@public
def sign_up(viewer: Viewer) -> Any:
    """The answer is one and the same for known and unknown addresses."""
    if viewer.signed_in:
        return redirect(url_for("core.home"))
    form = AskAccountForm()
    if form.validate_on_submit() and form.attempt(
        lambda: ask_for_account(
            form.address.data, consent=form.consent.data, locale=current_locale(), next_href=next_href(), at=g.now
        )
    ):
        return render_template("accounts/look_at_mail.html", address=form.address.data)
    return render_template("accounts/sign_up.html", form=form, next_href=next_href()), form.status


def _link(_viewer: Viewer, token: str) -> tuple[str, LinkToken | None]:
    return token, links.find(LinkPurpose.SIGN_UP, token, g.now)


@bp.route("/sign-up/<token>", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(_link, anyone)
def open_account(found: tuple[str, LinkToken | None]) -> Any:
    token, link = found
    if link is None:
        return render_template("accounts/link_spent.html", again=url_for(".sign_up")), 410
    identity = identity_in(link)
    form = (OpenExternalAccountForm if identity else OpenAccountForm)(
        data={"zone": current_app.extensions["settings"].zone}
    )
    suggested = suggest_latin(form) if form.is_submitted() else False
    if not suggested and form.validate_on_submit():
        newcomer = Newcomer(
            form.name, current_locale(), form.zone.data, identity=identity,
            password=form.password.data if identity is None else "",
        )  # fmt: skip
        person = form.attempt(lambda: open_account_by_link(token, newcomer, at=g.now))
        if person is not None:
            sessions.begin(person)
            notice(_("Welcome. Your account is open."))
            return redirect(local_target(link.payload.get("next"), url_for("core.home")), 303)
    page = render_template(
        "accounts/open_account.html", form=form, address=link.address, zones=zones(), suggested=suggested
    )
    return page, 422 if suggested else form.status


def suggest_latin(form: NameMixin) -> bool:
    """Fill in a reading for a Han name that came without one; its owner looks at it before it is kept."""
    if not form.wants_latin:
        return False
    form.given.data, form.family.data = suggested_latin(form.native.data)
    return True


@bp.get("/latin-name")
@public
def latin_name(_viewer: Viewer) -> str:
    """The two Latin fields with a reading filled in, for the form to put in place while one types."""
    given, family = request.args.get("given", ""), request.args.get("family", "")
    if not given and not family:
        given, family = suggested_latin(request.args.get("native", "")[:40])
    return render_template("accounts/_latin_fields.html", form=OpenAccountForm(data={"given": given, "family": family}))


@bp.get("/verify/<token>")
@access(lambda _viewer, token: token, anyone)
def verify(token: str) -> Any:
    """Only shows a button: programs that look at links in mail must not spend them."""
    link = links.find(LinkPurpose.VERIFY_EMAIL, token, g.now)
    if link is None:
        return render_template("accounts/link_spent.html", again=url_for(".emails")), 410
    return render_template("accounts/verify.html", address=link.address)


@bp.post("/verify/<token>")
@access(lambda _viewer, token: token, anyone)
def verify_now(token: str) -> Any:
    if links.find(LinkPurpose.VERIFY_EMAIL, token, g.now) is None:
        raise NotFound
    verify_email(token, at=g.now)
    notice(_("The address is confirmed."))
    return back(".emails")
