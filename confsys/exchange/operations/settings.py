"""The rules of an event's discussions."""

from __future__ import annotations

from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.decisions import demand
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.events.options import keep_options
from confsys.events.standing import EventStanding
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.rules import may_see_figures


@operation
def set_rules(
    event: Event, rules: ExchangeOptions, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Names already given to questions stay as they were promised: a new rule holds for new questions."""
    demand(may_see_figures(standing))
    keep_options(event, rules, version=version, actor=actor, at=at)
