"""The directory, and what of me stands in it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from wtforms import RadioField

from confsys.core.access import access, anyone
from confsys.core.forms import select_choices
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.members.consent import FIELDS, YES_OR_NO
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.forms.membership import ConsentForm
from confsys.members.models import Member
from confsys.members.operations.members import set_consent
from confsys.members.queries.directory import directory, listed
from confsys.members.rules import may_hold_card
from confsys.members.states import Audience
from confsys.members.views.blueprint import bp
from confsys.members.words import AUDIENCES


@bp.get("/directory")
@access(member_page, anyone)
def show_directory(page: MemberPage) -> Any:
    """Everybody may look; how much there is to see depends on who looks. It is read here and not carried away."""
    reader = Audience.MEMBERS if page.standing.counts else Audience.PUBLIC
    arguments = {key: value for key, value in request.args.items() if key != "format"}
    found = directory(reader, page.day).answer(listed(reader, page.day), arguments)
    assert not isinstance(found, Response)  # noqa: S101  no format was passed on
    return render_template("members/directory.html", page=page, found=found)


def _consent_form(member: Member) -> ConsentForm:
    """One row of choices for each field; the card knows only yes and no."""

    class Fields(ConsentForm):
        pass

    for key, label in FIELDS.items():
        known = [Audience.NOBODY, Audience.PUBLIC] if key in YES_OR_NO else list(Audience)
        choices = select_choices([(audience, AUDIENCES[audience]) for audience in known])
        setattr(Fields, key, RadioField(label, choices=choices))
    given = {key: member.consent.get(key, Audience.NOBODY.value) for key in FIELDS}
    form: ConsentForm = Fields(data={**given, "version": member.version})
    return form


@bp.route("/directory/mine", methods=["GET", "POST"])
@access(member_page, by_standing(may_hold_card))
def consent(page: MemberPage) -> Any:
    assert page.member is not None  # noqa: S101  the rule asks for one
    member, form = page.member, _consent_form(page.member)
    if form.validate_on_submit():
        given = {key: Audience(form[key].data) for key in FIELDS}
        if form.attempt(
            lambda: set_consent(member, given, version=form.seen_version, actor=page.viewer.actor, at=g.now)
        ):
            notice(_("Saved. The directory shows it at once."))
            return back(".consent")
    return render_template("members/consent.html", page=page, form=form, fields=list(FIELDS)), form.status
