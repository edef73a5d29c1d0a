"""The organisations that carry the event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events import invitees
from confsys.events.context import EventPage, event_page
from confsys.events.forms import CoHostForm, CoHostPeopleForm
from confsys.events.models import CoHost
from confsys.events.operations import co_hosts as operations
from confsys.events.operations.co_hosts import Carries
from confsys.events.queries import co_hosts as queries
from confsys.events.queries.parts import tracks_of
from confsys.events.rules import CO_HOST_ROLES, may_edit_event
from confsys.events.states import CoHostKind, Role
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.views.people import tell_invited
from confsys.events.words import CO_HOSTS, GRANT_STATES, GRANT_TONES, ROLES


@dataclass(frozen=True, slots=True)
class CoHostPage:
    page: EventPage
    row: CoHost


def _load(viewer: Viewer, slug: str, co_host_id: int) -> CoHostPage:
    page = event_page(viewer, slug)
    row = queries.co_host_by_id(page.event.id, co_host_id)
    if row is None:
        raise NotFound
    return CoHostPage(page, row)


def _may_edit(found: CoHostPage) -> Decision:
    return may_edit_event(found.page.standing)


def _form(page: EventPage, row: CoHost | None) -> CoHostForm:
    values: dict[str, Any] = {"kind": CoHostKind.HOST.value, "track": "", "position": 0}
    if row is not None:
        values = {
            "version": row.version, "organisation": tx(row.organisation.name), "kind": row.kind.value, "url": row.url,
            "position": row.position, "track": str(row.track_id or ""), "places": row.places, "talks": row.talks,
        }  # fmt: skip
    form = CoHostForm(data=values)
    tracks = [(str(track.id), tx(track.name)) for track in tracks_of(page.event.id)]
    form.track.choices = select_choices([("", _("no part of its own")), *tracks])
    return form


def _save(page: EventPage, row: CoHost | None, form: CoHostForm) -> CoHost | None:
    carries = Carries(
        form.organisation.data or "", CoHostKind(form.kind.data), form.position.data or 0, form.url.data or "",
        int(form.track.data) if str(form.track.data).isdigit() else None, form.places.data, form.talks.data,
    )  # fmt: skip
    return form.attempt(
        lambda: operations.set_co_host(
            page.event, row, carries, version=form.seen_version if row else None, standing=page.standing,
            actor=page.viewer.actor, at=g.now,
        )
    )  # fmt: skip


@bp.route("/events/<slug>/settings/hosts", methods=["GET", "POST"])
@access(event_page, settings.editors)
def co_hosts(page: EventPage) -> Any:
    form = _form(page, None)
    if form.validate_on_submit() and _save(page, None, form):
        notice(_("Saved. The order on the site is host, organiser, co-organiser, supporter."))
        return back(".co_hosts", slug=page.event.slug)
    return render_template(
        "events/co_hosts.html", event=page.event, rows=queries.co_hosts_of(page.event.id), form=form, kinds=CO_HOSTS
    ), form.status  # fmt: skip


def _people_form() -> CoHostPeopleForm:
    form = CoHostPeopleForm(data={"role": Role.HELPER.value})
    form.role.choices = select_choices([(role, ROLES[role]) for role in CO_HOST_ROLES])
    return form


def _drawn(found: CoHostPage, form: CoHostForm, people: CoHostPeopleForm) -> Any:
    return render_template(
        "events/co_host.html", event=found.page.event, row=found.row, form=form, people=people, roles=ROLES,
        grants=queries.roles_by(found.row), states=GRANT_STATES, tones=GRANT_TONES,
    ), max(form.status, people.status)  # fmt: skip


@bp.route("/events/<slug>/settings/hosts/<int:co_host_id>", methods=["GET", "POST"])
@access(_load, _may_edit)
def co_host(found: CoHostPage) -> Any:
    form = _form(found.page, found.row)
    if form.validate_on_submit() and _save(found.page, found.row, form):
        notice(_("Saved."))
        return back(".co_hosts", slug=found.page.event.slug)
    people = CoHostPeopleForm(formdata=None, data={"role": Role.HELPER.value})
    people.role.choices = _people_form().role.choices
    return _drawn(found, form, people)


@bp.post("/events/<slug>/settings/hosts/<int:co_host_id>/people")
@access(_load, _may_edit)
def invite_of_co_host(found: CoHostPage) -> Any:
    form, page = _people_form(), found.page
    if form.validate_on_submit():
        asked, wrong = invitees.read(form.people.data)
        if wrong:
            lines = ", ".join(_("line %(number)s (%(text)s)", number=number, text=text) for number, text in wrong)
            form.people.errors = [_("No address was found in: %(lines)s.", lines=lines)]
        else:
            done = form.attempt(
                lambda: operations.invite_of(
                    page.event, found.row, asked, Role(form.role.data), locale=current_locale(),
                    standing=page.standing, actor=page.viewer.actor, at=g.now,
                )
            )  # fmt: skip
            if done is not None:
                tell_invited(done)
                return back(".co_host", slug=page.event.slug, co_host_id=found.row.id)
    plain = _form(page, found.row)
    plain.process(None, data={**plain.data})
    return _drawn(found, plain, form)


@bp.post("/events/<slug>/settings/hosts/<int:co_host_id>/remove")
@access(_load, _may_edit)
def remove_co_host(found: CoHostPage) -> Any:
    operations.remove_co_host(found.row, standing=found.page.standing, actor=found.page.viewer.actor, at=g.now)
    notice(_("The organisation is off the list."))
    return back(".co_hosts", slug=found.page.event.slug)
