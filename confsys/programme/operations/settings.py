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
    walking: Mapping[tuple[str, str], int] | None = None, version: int | None, standing: EventStanding,
    actor: Actor, at: datetime,
) -> None:  # fmt: skip
    """How grave each kind of clash is, how long a talk is when it comes onto the programme, how far buildings are."""
    demand(may_arrange(standing))
    expect_version(event, version)
    if any(not 0 < minutes <= 24 * 60 for minutes in talk_minutes.values()):
        raise Invalid(_l("A talk lasts at least one minute and less than a day."))
    if any(not 0 <= minutes <= 180 for minutes in (walking or {}).values()):
        raise Invalid(_l("A walk between two buildings takes between nothing and three hours."))
    before = ProgrammeOptions.of(event)
    ways = {(min(pair), max(pair)): minutes for pair, minutes in (walking or {}).items()}
    options = replace(
        before,
        severities={**before.severities, **severities},
        talk_minutes={**before.talk_minutes, **talk_minutes},
        walking={pair: minutes for pair, minutes in {**before.walking, **ways}.items() if minutes},
    )
    event.options = {**event.options, KEY: options.as_dict()}
    record("programme.rules", event, actor=actor, at=at, event_id=event.id)
