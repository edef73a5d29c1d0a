"""Who the integrity officers are, for those who look after it; for everybody else there is no such page."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from confsys.accounts.models import Person
from confsys.core.access import access, missing, viewer_only
from confsys.core.db import db
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.forms.integrity import OfficerForm
from confsys.members.models import OfficerChange
from confsys.members.operations import officers as operations
from confsys.members.queries import officers as read
from confsys.members.rules import may_keep_cases, may_keep_officers
from confsys.members.views.integrity import bp


def _page(viewer: Viewer, form: OfficerForm) -> Any:
    return render_template(
        "members/integrity/officers.html", form=form, officers=read.officers(), changes=read.open_changes(),
        me=viewer.person_id,
    ), form.status  # fmt: skip


@bp.route("/officers", methods=["GET", "POST"])
@access(viewer_only, may_keep_officers)
def officers(viewer: Viewer) -> Any:
    form = OfficerForm()
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.propose(
                form.address.data, gives=form.change.data == "give", actor=viewer.actor, at=g.now
            )
        )
        if made is not None:
            notice(_("Proposed. It takes effect when somebody else confirms it."))
            return back(".officers")
    return _page(viewer, form)


def _change(viewer: Viewer, change_id: int) -> tuple[Viewer, OfficerChange]:
    found = read.change(change_id)
    if found is None:
        missing()
    return viewer, found


def _settle(subject: tuple[Viewer, OfficerChange], act: Any, done: str) -> Any:
    viewer, row = subject
    form = OfficerForm(formdata=None)
    if form.attempt(lambda: act(row, version=None, actor=viewer.actor, at=g.now)):
        notice(done)
        return back(".officers")
    return _page(viewer, form)


@bp.post("/officers/<int:change_id>/confirm")
@access(_change, lambda subject: may_keep_officers(subject[0]))
def confirm_officer(subject: tuple[Viewer, OfficerChange]) -> Any:
    return _settle(subject, operations.confirm, _("Confirmed. It holds from now on."))


@bp.post("/officers/<int:change_id>/drop")
@access(_change, lambda subject: may_keep_officers(subject[0]))
def drop_officer(subject: tuple[Viewer, OfficerChange]) -> Any:
    return _settle(subject, operations.drop, _("The proposal is dropped."))


@bp.post("/officers/step-down")
@access(viewer_only, may_keep_cases)
def step_down(viewer: Viewer) -> Any:
    person = db.session.get_one(Person, viewer.person_id)
    operations.step_down(person, actor=viewer.actor, at=g.now)
    notice(_("You are no longer an integrity officer."))
    return back("core.home")
