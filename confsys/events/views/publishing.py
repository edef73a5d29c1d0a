"""Showing the event to the public, taking it back, putting it into the archive."""

from __future__ import annotations

from typing import Any

from flask import g, request

from confsys.core.access import access
from confsys.core.forms import VersionedForm
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.events.context import EventPage, event_page
from confsys.events.operations.settings import STEPS, change_state, finish_step, missing_for_publishing
from confsys.events.queries.parts import form_fields_of_event, pages_of
from confsys.events.queries.roster import role_counts
from confsys.events.states import EVENT_TRANSITIONS, EventState, GrantState
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.words import STATE_TONES, STATES


@bp.get("/events/<slug>/settings/publish")
@access(event_page, settings.editors)
def publish(page: EventPage) -> Any:
    event = page.event
    return settings.drawn(
        "publish", page, "publish", missing=_missing(page), summary=_summary(page), state_word=STATES[event.state],
        tone=STATE_TONES[event.state], ways=EVENT_TRANSITIONS[event.state], states=EventState,
        undone=[name for step, name in settings.step_names().items() if step not in (*event.setup_done, "publish")],
    )  # fmt: skip


def _missing(page: EventPage) -> list[tuple[str, str]]:
    """(sentence, page that mends it)"""
    sentences = {
        "dates": (_("The first and the last day are not set."), "events.basics"),
        "contact": (_("There is no address for questions."), "events.basics"),
        "stages": (_("No stage has dates."), "events.stages"),
    }
    return [sentences[key] for key in missing_for_publishing(page.event)]


def _summary(page: EventPage) -> list[tuple[str, int]]:
    event_id = page.event.id
    serving = sum(states.get(GrantState.ACTIVE, 0) for _role, states in role_counts(event_id))
    return [
        (_("Stages with dates"), len(page.event.stages)),
        (_("Tracks"), len(page.event.tracks)),
        (_("Form fields"), len(form_fields_of_event(event_id))),
        (_("People with a role"), serving),
        (_("Pages shown"), len([row for row in pages_of(event_id) if row.published])),
    ]


@bp.post("/events/<slug>/settings/state")
@access(event_page, settings.editors)
def set_state(page: EventPage) -> Any:
    wanted = request.form.get("to", "")
    if wanted in {state.value for state in EventState}:
        version = VersionedForm().seen_version
        change_state(page.event, EventState(wanted), version=version, actor=page.viewer.actor, at=g.now)
        if wanted == EventState.PUBLIC.value:
            finish_step(page.event, STEPS[-1], actor=page.viewer.actor, at=g.now)
        notice(_("The event is now: %(state)s.", state=STATES[EventState(wanted)]))
    return back("events.publish", slug=page.event.slug)
