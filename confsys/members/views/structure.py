"""Bodies and offices, for the membership office."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.bodies import AppointForm, BodyForm, NewBodyForm, OfficeForm, TermForm
from confsys.members.models import Body, Office, OfficeTerm
from confsys.members.operations import bodies as operations
from confsys.members.queries import bodies as read
from confsys.members.rules import may_run_office
from confsys.members.views.blueprint import office as bp
from confsys.members.words import BODY_KINDS

at_desk = by_standing(may_run_office)


def _desk(subject: tuple[MemberPage, Any]) -> Any:
    return at_desk(subject[0])


@bp.get("/bodies")
@access(member_page, at_desk)
def bodies(page: MemberPage) -> str:
    found = read.bodies()
    groups = [(word, [body for body in found if body.kind is kind]) for kind, word in BODY_KINDS.items()]
    return render_template(
        "members/office/bodies.html", page=page, groups=[group for group in groups if group[1]], total=len(found)
    )


def _body(viewer: Viewer, key: str) -> tuple[MemberPage, Body]:
    page = member_page(viewer)
    found = read.body(key) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


@bp.route("/bodies/new", methods=["GET", "POST"])
@access(member_page, at_desk)
def new_body(page: MemberPage) -> Any:
    form = NewBodyForm(data={"answer_days": 30})
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.create_body(form.key.data, form.facts, actor=page.viewer.actor, at=g.now)
        )
        if made is not None:
            notice(_("It is set up. Now add its offices."))
            return back(".body", key=made.key)
    return render_template("members/office/body_form.html", page=page, form=form, body=None), form.status


@bp.get("/bodies/<key>")
@access(_body, _desk)
def body(subject: tuple[MemberPage, Body]) -> str:
    page, found = subject
    return render_template("members/office/body.html", page=page, body=found, kinds=BODY_KINDS)


@bp.route("/bodies/<key>/edit", methods=["GET", "POST"])
@access(_body, _desk)
def edit_body(subject: tuple[MemberPage, Body]) -> Any:
    page, found = subject
    form = BodyForm(
        data={
            **pair_of("name", found.name), **pair_of("about", found.about), "kind": found.kind.value,
            "address": found.address, "answer_days": found.answer_days, "founded_on": found.founded_on,
            "dissolved_on": found.dissolved_on, "version": found.version,
        }
    )  # fmt: skip
    if form.validate_on_submit() and form.attempt(
        lambda: operations.edit_body(found, form.facts, version=form.seen_version, actor=page.viewer.actor, at=g.now)
    ):
        notice(_("Saved."))
        return back(".body", key=found.key)
    return render_template("members/office/body_form.html", page=page, form=form, body=found), form.status


def _office_page(form: OfficeForm, body: Body, office: Office | None = None) -> Any:
    return render_template("members/office/office_form.html", form=form, body=body, office=office), form.status


@bp.route("/bodies/<key>/offices/new", methods=["GET", "POST"])
@access(_body, _desk)
def new_office(subject: tuple[MemberPage, Body]) -> Any:
    page, found = subject
    form = OfficeForm(data={"single": True})
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.add_office(
                found, localized(form, "title"), single=form.single.data, actor=page.viewer.actor, at=g.now
            )
        )
        if made is not None:
            notice(_("Saved."))
            return back(".body", key=found.key)
    return _office_page(form, found)


def _office(viewer: Viewer, office_id: int) -> tuple[MemberPage, Office]:
    page = member_page(viewer)
    found = read.office(office_id) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


@bp.route("/offices/<int:office_id>", methods=["GET", "POST"])
@access(_office, _desk)
def edit_office(subject: tuple[MemberPage, Office]) -> Any:
    page, found = subject
    form = OfficeForm(data={**pair_of("title", found.title), "single": found.is_single, "version": found.version})
    if form.validate_on_submit() and form.attempt(
        lambda: operations.edit_office(
            found, localized(form, "title"), single=form.single.data, version=form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_("Saved."))
        return back(".body", key=found.body.key)
    return _office_page(form, found.body, found)


@bp.route("/offices/<int:office_id>/appoint", methods=["GET", "POST"])
@access(_office, _desk)
def appoint(subject: tuple[MemberPage, Office]) -> Any:
    page, found = subject
    form = AppointForm(data={"starts_on": page.day})
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.appoint(
                found, form.address.data, form.starts_on.data, form.ends_on.data, note=form.note.data or "",
                actor=page.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if made is not None:
            notice(_("The office is given; the person is told."))
            return back(".body", key=found.body.key)
    return render_template("members/office/appoint.html", form=form, office=found), form.status


def _term(viewer: Viewer, term_id: int) -> tuple[MemberPage, OfficeTerm]:
    page = member_page(viewer)
    found = read.term(term_id) if page.standing.is_office else None
    if found is None:
        raise NotFound
    return page, found


def _term_page(subject: tuple[MemberPage, OfficeTerm], form: TermForm) -> Any:
    page, found = subject
    return render_template("members/office/term.html", page=page, form=form, term=found), form.status


@bp.route("/terms/<int:term_id>", methods=["GET", "POST"])
@access(_term, _desk)
def term(subject: tuple[MemberPage, OfficeTerm]) -> Any:
    page, found = subject
    form = TermForm(data={"starts_on": found.starts_on, "ends_on": found.ends_on, "version": found.version})
    if form.validate_on_submit() and form.attempt(
        lambda: operations.set_term(
            found, form.starts_on.data, form.ends_on.data, version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_("Saved."))
        return back(".body", key=found.office.body.key)
    return _term_page(subject, form)


@bp.post("/terms/<int:term_id>/take-back")
@access(_term, _desk)
def take_back_term(subject: tuple[MemberPage, OfficeTerm]) -> Any:
    page, found = subject
    form = TermForm(formdata=None, data={"starts_on": found.starts_on, "ends_on": found.ends_on})
    key = found.office.body.key
    if form.attempt(lambda: operations.take_back_term(found, version=None, actor=page.viewer.actor, at=g.now)):
        notice(_("The appointment is taken back."))
        return back(".body", key=key)
    return _term_page(subject, form)
