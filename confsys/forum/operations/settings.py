"""What an event uses of the forum."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.decisions import demand
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.options import keep_options
from confsys.events.rules import may_edit_event
from confsys.events.standing import EventStanding
from confsys.forum.options import ForumOptions


@operation
def set_parts(
    event: Event, parts: ForumOptions, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Switching a part off hides it and keeps what was written there."""
    demand(may_edit_event(standing))
    keep_options(event, parts, version=version, actor=actor, at=at)
