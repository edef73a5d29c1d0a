"""Applying, and vouching for applicants."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from werkzeug.exceptions import NotFound

from confsys.accounts.models import Person
from confsys.core import limits
from confsys.core.access import access, anyone
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.decisions import HIDDEN, Decision, allow_if
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, member_page
from confsys.members.forms.membership import ApplyForm, RefereeForm, VouchForm
from confsys.members.models import Referee
from confsys.members.operations import applying
from confsys.members.operations.applying import Wish
from confsys.members.queries.bodies import branches
from confsys.members.queries.membership import tiers
from confsys.members.rules import may_apply, may_change_class
from confsys.members.views.blueprint import bp
from confsys.members.words import APPLICATION_STATES, REFEREE_STATES


def _apply_form(page: MemberPage) -> ApplyForm:
    form = ApplyForm()
    offered = [tier for tier in tiers(open_only=True) if page.member is None or tier.id != page.member.tier_id]
    locale = current_locale()
    form.tier.choices = select_choices([(tier.key, tier.name.in_(locale)) for tier in offered])
    known = [("", _("no branch"))] + [(body.key, body.name.in_(locale)) for body in branches()]
    form.branch.choices = select_choices(known)
    return form


def _may(page: MemberPage) -> Decision:
    """A member asks for another class by the same form."""
    return may_change_class(page.standing) if page.standing.counts else may_apply(page.standing)


@bp.route("/apply", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(member_page, _may)
def apply(page: MemberPage) -> Any:
    form = _apply_form(page)
    offered = {tier.key: tier for tier in tiers(open_only=True)}
    if form.validate_on_submit():
        person = db.session.get_one(Person, page.viewer.person_id)
        branch = next((body.id for body in branches() if body.key == form.branch.data), None)
        wish = Wish(offered[form.tier.data], form.statement.data or "", form.addresses, branch)
        if form.attempt(lambda: applying.apply(person, wish, actor=page.viewer.actor, at=g.now)):
            notice(_("Thank you. Your application is on its way."))
            return back(".application")
    return render_template("members/apply.html", page=page, form=form, tiers=offered.values()), form.status


def _has_application(page: MemberPage) -> Decision:
    return allow_if(page.application is not None)


def _application_page(page: MemberPage, form: RefereeForm | None = None) -> str:
    return render_template(
        "members/application.html", page=page, application=page.application, form=form or RefereeForm(),
        words=APPLICATION_STATES, referee_words=REFEREE_STATES,
    )  # fmt: skip


@bp.get("/application")
@access(member_page, _has_application)
def application(page: MemberPage) -> str:
    return _application_page(page)


@bp.post("/application/withdraw")
@access(member_page, _has_application)
def withdraw(page: MemberPage) -> Any:
    assert page.application is not None  # noqa: S101  the rule asks for one
    applying.withdraw(page.application, actor=page.viewer.actor, at=g.now)
    notice(_("Your application is withdrawn."))
    return back(".mine")


def _own_referee(viewer: Viewer, row: int) -> tuple[MemberPage, int]:
    return member_page(viewer), row


@bp.post("/application/referees/<int:row>")
@limits.on_post(limits.ACCOUNT)
@access(_own_referee, lambda subject: _has_application(subject[0]))
def replace_referee(subject: tuple[MemberPage, int]) -> Any:
    page, row = subject
    asked = page.application
    assert asked is not None  # noqa: S101  the rule asks for one
    form = RefereeForm()
    if form.validate_on_submit() and form.attempt(
        lambda: applying.replace_referee(asked, row, form.address.data, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_("The member of that address is asked by mail."))
        return back(".application")
    return _application_page(page, form), form.status


def _by_link(_viewer: Viewer, token: str) -> tuple[str, Referee | None]:
    return token, applying.referee_of(token, g.now)


@bp.route("/vouch/<token>", methods=["GET", "POST"])
@access(_by_link, anyone)
def vouch(subject: tuple[str, Referee | None]) -> Any:
    """Opening the link only shows the question: programs that look at links in mail answer nothing."""
    token, row = subject
    if row is None:
        return render_template("members/vouch_gone.html"), 410
    form = VouchForm()
    if form.validate_on_submit():
        actor = Actor(row.person_id) if row.person_id is not None else SYSTEM
        if form.attempt(lambda: _answer(row, form, actor)):
            return render_template("members/vouch_done.html", row=row)
    return render_template("members/vouch.html", row=row, form=form, token=token), form.status


def _answer(row: Referee, form: VouchForm, actor: Actor) -> None:
    confirms = form.answer.data == "confirm"
    applying.vouch(row, confirms=confirms, words=form.words.data or "", actor=actor, at=g.now)


def _asked_me(viewer: Viewer, row: int) -> tuple[Viewer, Referee]:
    found = db.session.get(Referee, row)
    if found is None or viewer.person_id is None or found.person_id != viewer.person_id:
        raise NotFound
    return viewer, found


def _is_asked(subject: tuple[Viewer, Referee]) -> Decision:
    return allow_if(subject[1].token_hash is not None, HIDDEN)


@bp.route("/vouching/<int:row>", methods=["GET", "POST"])
@access(_asked_me, _is_asked)
def vouch_signed_in(subject: tuple[Viewer, Referee]) -> Any:
    """The same question from one's own page."""
    viewer, row = subject
    form = VouchForm()
    if form.validate_on_submit() and form.attempt(lambda: _answer(row, form, viewer.actor)):
        notice(_("Thank you. Your answer is with the office."))
        return back(".mine")
    return render_template("members/vouch.html", row=row, form=form, token=None), form.status
