"""The desk of the membership office."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.membership import BranchForm, EndForm, NoteForm
from confsys.members.models import Application, Member
from confsys.members.operations import applying
from confsys.members.operations import members as operations
from confsys.members.queries import desk
from confsys.members.queries import office as read
from confsys.members.queries.bodies import branches
from confsys.members.queries.honours import honours_of
from confsys.members.queries.membership import dues_of
from confsys.members.rules import may_run_office
from confsys.members.views.blueprint import office
from confsys.members.words import (
    APPLICATION_STATES,
    DUE_KINDS,
    DUE_STATES,
    END_REASONS,
    HONOUR_KINDS,
    KINDS_OF_APPLICATION,
    MEMBERSHIP_STATES,
    REFEREE_STATES,
)

at_desk = by_standing(may_run_office)


@office.get("/members")
@access(member_page, at_desk)
def members(page: MemberPage) -> Any:
    found = read.member_list(page.day).answer(read.all_members())
    if isinstance(found, Response):
        return found
    counts = read.member_counts(page.day)
    return render_template(
        "members/office/members.html", page=page, found=found, counts=counts, words=MEMBERSHIP_STATES
    )


@office.get("/applications")
@access(member_page, at_desk)
def applications(page: MemberPage) -> Any:
    found = desk.applications.answer(desk.all_applications())
    if isinstance(found, Response):
        return found
    return render_template("members/office/applications.html", page=page, found=found)


def _application(viewer: Viewer, application_id: int) -> tuple[MemberPage, Application]:
    page = member_page(viewer)
    found = desk.application(application_id) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


def _desk(subject: tuple[MemberPage, Any]) -> Any:
    return at_desk(subject[0])


def _application_page(subject: tuple[MemberPage, Application], form: NoteForm) -> str:
    page, found = subject
    return render_template(
        "members/office/application.html", page=page, application=found, form=form, words=APPLICATION_STATES,
        kinds=KINDS_OF_APPLICATION, referee_words=REFEREE_STATES,
    )  # fmt: skip


@office.get("/applications/<int:application_id>")
@access(_application, _desk)
def application(subject: tuple[MemberPage, Application]) -> str:
    return _application_page(subject, NoteForm(data={"version": subject[1].version}))


@office.post("/applications/<int:application_id>/approve")
@access(_application, _desk)
def approve(subject: tuple[MemberPage, Application]) -> Any:
    page, found = subject
    form = NoteForm()
    if form.validate_on_submit():
        note, version = form.note.data or "", form.seen_version
        outcome = form.attempt(
            lambda: [applying.approve(found, note, version=version, actor=page.viewer.actor, at=g.now)]
        )
        if outcome:
            notice(_("The application is approved; the applicant is told."))
            return back(".applications")
    return _application_page(subject, form), form.status


@office.post("/applications/<int:application_id>/decline")
@access(_application, _desk)
def decline(subject: tuple[MemberPage, Application]) -> Any:
    page, found = subject
    form = NoteForm()
    if form.validate_on_submit():
        note, version = form.note.data or "", form.seen_version
        if form.attempt(lambda: applying.decline(found, note, version=version, actor=page.viewer.actor, at=g.now)):
            notice(_("The application is declined; the applicant is told why."))
            return back(".applications")
    return _application_page(subject, form), form.status


def _member(viewer: Viewer, member_id: int) -> tuple[MemberPage, Member]:
    page = member_page(viewer)
    found = read.member(member_id) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


def _branch_form(member: Member) -> BranchForm:
    known = branches()
    here = next((body.key for body in known if body.id == member.branch_id), "")
    form = BranchForm(data={"branch": here, "version": member.version})
    locale = current_locale()
    form.branch.choices = select_choices([("", _("no branch"))] + [(b.key, b.name.in_(locale)) for b in known])
    return form


def _member_page(
    subject: tuple[MemberPage, Member], end: EndForm | None = None, branch: BranchForm | None = None
) -> str:
    page, found = subject
    return render_template(
        "members/office/member.html", page=page, member=found, row=read.row_of(found, page.day),
        dues=dues_of(found.person_id), end=end or EndForm(data={"version": found.version, "on": page.day}),
        branch=branch or _branch_form(found), honours=honours_of([found.person_id])[found.person_id],
        honour_kinds=HONOUR_KINDS, due_kinds=DUE_KINDS, due_states=DUE_STATES, reasons=END_REASONS,
    )  # fmt: skip


@office.get("/members/<int:member_id>")
@access(_member, _desk)
def member(subject: tuple[MemberPage, Member]) -> str:
    return _member_page(subject)


@office.post("/members/<int:member_id>/end")
@access(_member, _desk)
def end(subject: tuple[MemberPage, Member]) -> Any:
    page, found = subject
    form = EndForm()
    if form.validate_on_submit():
        reason, on, version = form.end_reason, form.on.data, form.seen_version
        if form.attempt(
            lambda: operations.end_membership(found, reason, on, version=version, actor=page.viewer.actor, at=g.now)
        ):
            notice(_("The end of the membership is noted."))
            return back(".member", member_id=found.id)
    return _member_page(subject, end=form), form.status


@office.post("/members/<int:member_id>/take-up")
@access(_member, _desk)
def take_up(subject: tuple[MemberPage, Member]) -> Any:
    page, found = subject
    operations.take_up_again(found, version=None, actor=page.viewer.actor, at=g.now)
    notice(_("The membership is taken up again."))
    return back(".member", member_id=found.id)


@office.post("/members/<int:member_id>/branch")
@access(_member, _desk)
def branch(subject: tuple[MemberPage, Member]) -> Any:
    page, found = subject
    form = _branch_form(found)
    if form.validate_on_submit():
        branch_id = next((body.id for body in branches() if body.key == form.branch.data), None)
        version = form.seen_version
        if form.attempt(
            lambda: operations.set_branch(found, branch_id, version=version, actor=page.viewer.actor, at=g.now)
        ):
            notice(_("Saved."))
            return back(".member", member_id=found.id)
    return _member_page(subject, branch=form), form.status


@office.get("/dues")
@access(member_page, at_desk)
def dues(page: MemberPage) -> Any:
    found = desk.dues.answer(desk.all_dues())
    if isinstance(found, Response):
        return found
    return render_template("members/office/dues.html", page=page, found=found)
