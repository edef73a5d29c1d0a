"""People and roles of an event: who was asked, who serves, how they are shown."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision, demand
from confsys.core.formatting import tx
from confsys.core.forms import localized, pair_of, select_choices
from confsys.core.i18n import current_locale, ngettext
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events import invitees, presets
from confsys.events.context import EventPage, by_standing, event_page
from confsys.events.forms import InviteForm, MemberForm
from confsys.events.models import RoleGrant
from confsys.events.operations import roles as operations
from confsys.events.queries.parts import tracks_of
from confsys.events.queries.roster import grant_by_id, role_counts, roster, roster_line, roster_query
from confsys.events.rules import grantable, may_grant, may_see_people
from confsys.events.states import GrantState, Role
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.words import ROLE_SENTENCES, ROLES

_see_people = by_standing(may_see_people)


@bp.get("/events/<slug>/people")
@access(event_page, _see_people)
def people(page: EventPage) -> Any:
    listing = roster()
    answer = listing.answer(roster_query(page.event.id))
    if isinstance(answer, Response):
        return answer
    counts, allowed = role_counts(page.event.id), grantable(page.standing)
    return settings.drawn(
        "people", page, "people", listing=answer, counts=counts, roles=ROLES,
        suggested=_suggested(page, {role for role, _states in counts}),
        grantable=allowed, may_invite=bool(allowed), states=GrantState,
    )  # fmt: skip


def _suggested(page: EventPage, asked: set[Role]) -> list[Role]:
    """During set-up: the roles that events of this kind have and nobody was asked to take yet."""
    preset = presets.presets().get(page.event.kind)
    if preset is None or not settings.in_setup(page):
        return []
    return [role for role in preset.roles if role not in asked and role in grantable(page.standing)]


def _invite_form(page: EventPage) -> InviteForm:
    allowed = grantable(page.standing)
    wanted = request.args.get("role", "")
    form = InviteForm(data={"role": wanted if wanted in allowed else Role.REVIEWER.value, "locale": current_locale()})
    form.role.choices = select_choices((role, ROLES[role]) for role in Role if role in allowed)
    tracks = [(str(track.id), tx(track.name)) for track in tracks_of(page.event.id)]
    form.track.choices = select_choices([("", _("the whole event")), *tracks])
    return form


@bp.route("/events/<slug>/people/invite", methods=["GET", "POST"])
@access(event_page, by_standing(lambda standing: may_see_people(standing)))
def invite(page: EventPage) -> Any:
    """A batch at once; lines that hold no address come back to be mended, the others are not lost."""
    form = _invite_form(page)
    if form.validate_on_submit():
        role = Role(form.role.data)
        demand(may_grant(page.standing, role))
        found, wrong = invitees.read(form.people.data)
        if wrong:
            lines = ", ".join(_("line %(number)s (%(text)s)", number=number, text=text) for number, text in wrong)
            form.people.errors = [_("No address was found in: %(lines)s.", lines=lines)]
        else:
            track_id = int(form.track.data) if form.track.data.isdigit() else None
            done = form.attempt(
                lambda: operations.invite(
                    page.event, found, role, track_id=track_id, locale=form.locale.data,
                    message=form.message.data or "", actor=page.viewer.actor, at=g.now,
                )
            )  # fmt: skip
            if done is not None:
                tell_invited(done)
                return back("events.people", slug=page.event.slug)
    sentences = {role.value: sentence for role, sentence in ROLE_SENTENCES.items()}
    return render_template("events/invite.html", event=page.event, form=form, sentences=sentences), form.status


def tell_invited(done: operations.Invited) -> None:
    notice(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", len(done.asked)))
    if done.waiting:
        notice(_("Asked before and not yet answered, so not asked again: %(who)s", who=", ".join(done.waiting)), "info")
    if done.unavailable:
        notice(_("Not asked, since they cannot review at present: %(who)s", who=", ".join(done.unavailable)), "warning")
    if done.serving:
        notice(_("Serving already: %(who)s", who=", ".join(done.serving)), "info")


def _member(viewer: Viewer, slug: str, grant_id: int) -> tuple[EventPage, RoleGrant]:
    page = event_page(viewer, slug)
    grant = grant_by_id(page.event.id, grant_id)
    if grant is None:
        raise NotFound
    return page, grant


def _may_touch(found: tuple[EventPage, RoleGrant]) -> Decision:
    page, grant = found
    return may_see_people(page.standing) and may_grant(page.standing, grant.role)


@bp.route("/events/<slug>/people/<int:grant_id>", methods=["GET", "POST"])
@access(_member, _may_touch)
def member(found: tuple[EventPage, RoleGrant]) -> Any:
    """One role or invitation: how it stands, how it is shown, what can be done."""
    page, grant = found
    form = MemberForm(
        data={
            "version": grant.version,
            "position": grant.position,
            "shown": grant.shown,
            **pair_of("title", grant.title),
        }
    )
    if form.validate_on_submit() and form.attempt(
        lambda: operations.show_member(
            grant, localized(form, "title"), form.position.data or 0, form.shown.data, version=form.seen_version,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_("Saved."))
        return back("events.people", slug=page.event.slug)
    line = roster_line(page.event.id, grant.id)
    return render_template("events/member.html", event=page.event, form=form, line=line, states=GrantState), form.status


@bp.post("/events/<slug>/people/<int:grant_id>/again")
@access(_member, _may_touch)
def invite_again(found: tuple[EventPage, RoleGrant]) -> Any:
    page, grant = found
    operations.invite_again(page.event, grant, actor=page.viewer.actor, at=g.now)
    notice(_("The invitation is on its way again, with a fresh link."))
    return back("events.people", slug=page.event.slug)


@bp.post("/events/<slug>/people/<int:grant_id>/withdraw")
@access(_member, _may_touch)
def withdraw_role(found: tuple[EventPage, RoleGrant]) -> Any:
    page, grant = found
    operations.withdraw_role(grant, actor=page.viewer.actor, at=g.now)
    notice(_("The role is withdrawn. It can be given again at any time."))
    return back("events.people", slug=page.event.slug)
