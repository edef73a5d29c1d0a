"""A new event: from a kind, or from an earlier edition."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.accounts.forms import zones
from confsys.core.access import access, viewer_only
from confsys.core.decisions import Decision, demand
from confsys.core.formatting import tx
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page
from confsys.events.forms import NewEventForm
from confsys.events.operations.creating import Basics, clone_event, create_event
from confsys.events.presets import presets
from confsys.events.queries.events import events_of
from confsys.events.rules import may_create_event, may_edit_event
from confsys.events.states import Role
from confsys.events.views.blueprint import bp


@bp.get("/events/new")
@access(viewer_only, may_create_event)
def new(viewer: Viewer) -> str:
    """Which kind of event, or which earlier one again."""
    mine = [line for line, roles in events_of(viewer, g.now) if Role.ORGANISER in roles]
    return render_template("events/new.html", presets=presets().values(), earlier=mine)


def _basics(form: NewEventForm) -> Basics:
    return Basics(
        slug=form.slug.data.lower(), name=localized(form, "name"), acronym=form.acronym.data or "",
        starts_on=form.starts_on.data, ends_on=form.ends_on.data, zone=form.zone.data,
    )  # fmt: skip


@bp.route("/events/new/<kind>", methods=["GET", "POST"])
@access(lambda viewer, kind: (viewer, kind), lambda found: may_create_event(found[0]))
def create(found: tuple[Viewer, str]) -> Any:
    viewer, kind = found
    preset = presets().get(kind)
    if preset is None:
        raise NotFound
    form = NewEventForm(data={"zone": current_app.extensions["settings"].zone})
    if form.validate_on_submit():
        demand(may_create_event(viewer))
        event = form.attempt(lambda: create_event(preset, _basics(form), actor=viewer.actor, at=g.now))
        if event is not None:
            notice(_("The draft is made. Go through the steps; you can leave and come back at any time."))
            return back("events.setup", slug=event.slug)
    page = render_template(
        "events/create.html", form=form, title=tx(preset.name), summary=tx(preset.summary), zones=zones()
    )
    return page, form.status


def _may_clone(page: EventPage) -> Decision:
    return may_create_event(page.viewer) and may_edit_event(page.standing)


@bp.route("/events/<slug>/clone", methods=["GET", "POST"])
@access(event_page, _may_clone)
def clone(page: EventPage) -> Any:
    source = page.event
    form = NewEventForm(data={"zone": source.zone, **pair_of("name", source.name)})
    if request.method == "POST" and form.validate():
        event = form.attempt(lambda: clone_event(source, _basics(form), actor=page.viewer.actor, at=g.now))
        if event is not None:
            notice(_("The next edition is made, with all dates moved along. Look at them first."))
            return back("events.setup", slug=event.slug)
    summary = _(
        "Everything but people and papers is taken over: dates moved along, tracks, topics, forms, pages, rules."
    )
    page_ = render_template(
        "events/create.html", form=form, title=tx(source.name), summary=summary, zones=zones(), source=source
    )
    return page_, form.status
