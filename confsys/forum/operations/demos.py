"""Demonstrations: offered by companies, given a time and a place by the organisers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.forum import mails
from confsys.forum.models import Demo
from confsys.forum.queries.needs import organisations_of
from confsys.forum.rules.needs import may_change_demo, may_post, may_run
from confsys.forum.states import DEMO_TRANSITIONS, DemoState


@dataclass(frozen=True, slots=True)
class Shown:
    organisation_id: int
    title: str
    description: str
    wants: str = ""
    minutes: int = 20


def _fill(demo: Demo, shown: Shown, standing: EventStanding) -> None:
    if shown.organisation_id not in {number for number, _name in organisations_of(standing.viewer)}:
        raise Invalid(organisation=_l("You speak only for an organisation of your profile."))
    if not shown.title:
        raise Invalid(title=_l("What do you show?"))
    if not shown.description:
        raise Invalid(description=_l("Please say what people will see."))
    for name in ("organisation_id", "title", "description", "wants", "minutes"):
        setattr(demo, name, getattr(shown, name))


@operation
def offer_demo(event: Event, shown: Shown, *, standing: EventStanding, actor: Actor, at: datetime) -> Demo:
    demand(may_post(standing, has_organisation=True))
    demo = Demo(event_id=event.id, person_id=actor.person_id, state=DemoState.OFFERED, created_at=at)
    _fill(demo, shown, standing)
    record("forum.demo_offered", demo, actor=actor, at=at, changes={}, title=demo.title)
    return demo


@operation
def change_demo(
    demo: Demo, shown: Shown, *, version: int | None, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    lock(demo)
    demand(may_change_demo(standing, demo.person_id == actor.person_id, demo.state))
    expect_version(demo, version)
    _fill(demo, shown, standing)
    record("forum.demo_changed", demo, actor=actor, at=at, title=demo.title)


@operation
def withdraw_demo(demo: Demo, *, standing: EventStanding, actor: Actor, at: datetime) -> None:
    lock(demo)
    demand(may_change_demo(standing, demo.person_id == actor.person_id, demo.state))
    _move(demo, DemoState.WITHDRAWN)
    record("forum.demo_changed", demo, actor=actor, at=at, title=demo.title)


@operation
def place_demo(
    demo: Demo, starts_at: datetime | None, place: str, *, standing: EventStanding, actor: Actor, at: datetime
) -> None:
    """Give it a time and a place, or (without both) not this time; whoever offered it is told."""
    lock(demo)
    demand(may_run(standing))
    if (starts_at is None) != (not place):
        raise Invalid(place=_l("A time needs a place, and a place a time."))
    _move(demo, DemoState.PLACED if starts_at is not None else DemoState.NOT_THIS_TIME)
    demo.starts_at, demo.place = starts_at, place
    record("forum.demo_placed", demo, actor=actor, at=at, title=demo.title)
    mails.demo_placed(demo, at=at)


def _move(demo: Demo, to: DemoState) -> None:
    if to not in DEMO_TRANSITIONS[demo.state]:
        raise Invalid(_l("This demonstration is withdrawn."))
    demo.state = to
