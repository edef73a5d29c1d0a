"""The event's own rules for its timetable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.options import KEY, ProgrammeOptions
from confsys.programme.rules import may_arrange
from confsys.programme.states import ClashKind, SessionKind, Severity


@operation
def set_rules(
    event: Event, *, severities: Mapping[ClashKind, Severity], talk_minutes: Mapping[SessionKind, int],
    version: int | None, standing: EventStanding, actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """How grave each kind of clash is, and how long a talk is when it comes onto the programme."""
    demand(may_arrange(standing))
    expect_version(event, version)
    if any(not 0 < minutes <= 24 * 60 for minutes in talk_minutes.values()):
        raise Invalid(_l("A talk lasts at least one minute and less than a day."))
    before = ProgrammeOptions.of(event)
    options = replace(
        before, severities={**before.severities, **severities}, talk_minutes={**before.talk_minutes, **talk_minutes}
    )
    event.options = {**event.options, KEY: options.as_dict()}
    record("programme.rules", event, actor=actor, at=at, event_id=event.id)
