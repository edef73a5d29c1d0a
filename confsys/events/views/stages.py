"""The stages of an event: when each opens, is due and closes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g

from confsys.core.access import access
from confsys.core.forms import VersionedForm, select_choices
from confsys.events.context import EventPage, event_page
from confsys.events.dates import at_wall, wall_at
from confsys.events.forms import GRACES, stages_form
from confsys.events.models import Event
from confsys.events.operations.settings import StageTimes, set_stages
from confsys.events.states import StageKind
from confsys.events.timeline import kinds_in_use, stage_lines
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.words import STAGE_SENTENCES, STAGES


def _filled(event: Event, kinds: list[StageKind]) -> VersionedForm:
    data: dict[str, Any] = {"version": event.version}
    for stage in event.stages:
        name = stage.kind.value
        data[f"{name}_opens"] = wall_at(stage.opens, event.zone)
        data[f"{name}_due"] = wall_at(stage.due, event.zone, anywhere=stage.anywhere)
        data[f"{name}_grace"] = _grace_hours(stage.due, stage.closes)
        data[f"{name}_anywhere"] = stage.anywhere
    form = stages_form(kinds)(data=data)
    for kind in kinds:
        field = form[f"{kind.value}_grace"]
        if field.data is not None and field.data not in {hours for hours, _label in GRACES}:
            field.choices = select_choices(sorted([*GRACES, (field.data, str(field.data))]))
    return form


def _grace_hours(due: Any, closes: Any) -> int:
    return round((closes - due) / timedelta(hours=1)) if due is not None and closes is not None else 0


def _times(form: VersionedForm, kind: StageKind, zone: str) -> StageTimes:
    name = kind.value
    anywhere = bool(form[f"{name}_anywhere"].data)
    due = at_wall(form[f"{name}_due"].data, zone, anywhere=anywhere)
    if due is not None and due.second == 0 and due.minute == 59:
        due += timedelta(seconds=59)  # the last minute of the hour counts whole
    closes = due + timedelta(hours=form[f"{name}_grace"].data or 0) if due is not None else None
    return StageTimes(kind, at_wall(form[f"{name}_opens"].data, zone), due, closes, anywhere)


@bp.route("/events/<slug>/settings/stages", methods=["GET", "POST"])
@access(event_page, settings.editors)
def stages(page: EventPage) -> Any:
    event = page.event
    kinds: list[StageKind] = [kind for kind in kinds_in_use(event.features) if kind is not StageKind.EVENT]
    form = _filled(event, kinds)
    if form.validate_on_submit():
        given = [_times(form, kind, event.zone) for kind in kinds]
        if form.attempt(lambda: set_stages(event, given, version=form.seen_version, actor=page.viewer.actor, at=g.now)):
            return settings.saved(page, "dates")
    lines = {line.kind: line for line in stage_lines(event.stages, event.features, g.now)}
    return settings.drawn(
        "stages", page, "dates", form=form, kinds=kinds, lines=lines, labels=STAGES, sentences=STAGE_SENTENCES
    ), form.status  # fmt: skip
