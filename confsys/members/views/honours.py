"""Honours of a member, written by the office."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.budget import HonourForm
from confsys.members.models import Honour, Member
from confsys.members.operations import honours as operations
from confsys.members.queries import honours as read
from confsys.members.queries.office import member as member_by_id
from confsys.members.rules import may_run_office
from confsys.members.views.blueprint import office

at_desk = by_standing(may_run_office)


def _member(viewer: Viewer, member_id: int) -> tuple[MemberPage, Member]:
    page = member_page(viewer)
    found = member_by_id(member_id) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


@office.route("/members/<int:member_id>/honours/new", methods=["GET", "POST"])
@access(_member, lambda subject: at_desk(subject[0]))
def give_honour(subject: tuple[MemberPage, Member]) -> Any:
    page, found = subject
    form = HonourForm(data={"year": page.day.year})
    if form.validate_on_submit():
        made = form.attempt(lambda: operations.give_honour(found.person, form.given, actor=page.viewer.actor, at=g.now))
        if made is not None:
            notice(_("Written down. The directory shows it if the member agrees."))
            return back(".member", member_id=found.id)
    return render_template("members/office/honour.html", form=form, member=found), form.status


def _honour(viewer: Viewer, member_id: int, honour_id: int) -> tuple[MemberPage, Member, Honour]:
    page, found = _member(viewer, member_id)
    row = read.honour(honour_id)
    if row is None or row.person_id != found.person_id:
        raise NotFound
    return page, found, row


@office.post("/members/<int:member_id>/honours/<int:honour_id>/remove")
@access(_honour, lambda subject: at_desk(subject[0]))
def remove_honour(subject: tuple[MemberPage, Member, Honour]) -> Any:
    page, found, row = subject
    operations.take_honour_back(row, actor=page.viewer.actor, at=g.now)
    notice(_("The honour is removed."))
    return back(".member", member_id=found.id)
