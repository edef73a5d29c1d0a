"""An invitation, as the invited person sees it: accept, decline, and no account before consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from confsys.accounts import sessions
from confsys.accounts.forms import OpenAccountForm, zones
from confsys.accounts.models import Person
from confsys.accounts.operations.opening import Newcomer
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.views.opening import suggest_latin
from confsys.core import limits
from confsys.core.access import access, anyone
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import notice
from confsys.core.viewer import Viewer
from confsys.events.forms import DeclineForm
from confsys.events.models import Event, RoleGrant
from confsys.events.navigation import name_in_frame
from confsys.events.operations import roles as operations
from confsys.events.queries.invitations import by_token, own_invitation
from confsys.events.signals import next_step_asked
from confsys.events.standing import STAFF
from confsys.events.states import GrantState
from confsys.events.views.blueprint import bp
from confsys.events.words import ROLE_SENTENCES, ROLES


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation; its reader came by the mailed link (``token``) or by an account with that address."""

    grant: RoleGrant
    event: Event
    viewer: Viewer
    token: str

    def href(self, endpoint: str) -> str:
        address: dict[str, Any] = {"token": self.token} if self.token else {"grant_id": self.grant.id}
        return url_for(f"events.{endpoint}", **address)


def _load(viewer: Viewer, token: str = "", grant_id: int = 0) -> Invitation | None:
    """None when there is nothing to answer any more. Raises NotFound for somebody else's invitation."""
    grant = by_token(token) if token else own_invitation(viewer, grant_id)
    if grant is None and not token:
        raise NotFound
    if grant is None or grant.state is not GrantState.INVITED or (grant.expires_at and g.now > grant.expires_at):
        return None
    event = db.session.get_one(Event, grant.event_id)
    name_in_frame(event)
    return Invitation(grant, event, viewer, token)


def _page(found: Invitation, status: int = 200, **forms: Any) -> Any:
    """The page knows three readers: one signed in, one whose address has an account, one who is new."""
    grant, address = found.grant, found.grant.address
    has_account = not found.viewer.signed_in and by_verified_email(address) is not None
    forms.setdefault("decline", DeclineForm(formdata=None))
    if not found.viewer.signed_in and not has_account:
        forms.setdefault("newcomer", _newcomer_form(formdata=None))
    page = render_template(
        "events/invitation.html", found=found, event=found.event, grant=grant, role=ROLES[grant.role],
        sentence=ROLE_SENTENCES[grant.role], has_account=has_account, zones=zones(), **forms,
    )  # fmt: skip
    return page, status


def _newcomer_form(**given: Any) -> OpenAccountForm:
    return OpenAccountForm(data={"zone": current_app.extensions["settings"].zone}, **given)


def _gone() -> Any:
    return render_template("events/invitation_gone.html"), 410


@bp.get("/invitations/<token>")
@bp.get("/invitations/mine/<int:grant_id>")
@access(_load, anyone)
def invitation(found: Invitation | None) -> Any:
    """Looking answers nothing: programs that open links in mail must not accept for anybody."""
    return _page(found) if found is not None else _gone()


@bp.post("/invitations/<token>/accept")
@bp.post("/invitations/mine/<int:grant_id>/accept")
@access(_load, anyone)
def accept_invitation(found: Invitation | None) -> Any:
    if found is None:
        return _gone()
    if not found.viewer.signed_in:
        return redirect(url_for("accounts.sign_in", next=found.href("invitation")), 303)
    person = db.session.get_one(Person, found.viewer.person_id)
    operations.accept(found.grant, person, at=g.now)
    return _welcome(found)


def _welcome(found: Invitation) -> Any:
    notice(_("Thank you. You are now %(role)s of %(event)s.", role=ROLES[found.grant.role], event=tx(found.event.name)))
    asked = [answer for _, answer in next_step_asked.send(found.grant) if answer]
    if asked:
        return redirect(asked[0], 303)
    workroom = found.grant.role in STAFF
    return redirect(
        url_for("events.organise", slug=found.event.slug) if workroom else url_for("core.home"), 303
    )  # fmt: skip


@bp.post("/invitations/<token>/open")
@limits.on_post(limits.ACCOUNT)
@access(_load, anyone)
def open_and_accept(found: Invitation | None) -> Any:
    """An account for the invited address and the role, in one step."""
    if found is None:
        return _gone()
    form = _newcomer_form()
    suggested = suggest_latin(form)
    if not suggested and form.validate():
        newcomer = Newcomer(form.name, current_locale(), form.zone.data, form.password.data)
        person = form.attempt(lambda: operations.accept_as_newcomer(found.grant, newcomer, at=g.now))
        if person is not None:
            sessions.begin(person)
            return _welcome(found)
    return _page(found, 422, newcomer=form, suggested=suggested)


@bp.post("/invitations/<token>/decline")
@bp.post("/invitations/mine/<int:grant_id>/decline")
@access(_load, anyone)
def decline_invitation(found: Invitation | None) -> Any:
    if found is None:
        return _gone()
    form = DeclineForm()
    if not form.validate():
        return _page(found, 422, decline=form)
    operations.decline(
        found.grant, form.reason.data or "", suggestion=form.suggestion.data or "", actor=found.viewer.actor, at=g.now
    )  # fmt: skip
    return render_template("events/invitation_declined.html", event=found.event)
