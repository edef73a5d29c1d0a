"""The settings of an event: basics, stages, what is on, whether it is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from confsys.accounts.addresses import checked as checked_address
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.core.stages import end_of_day
from confsys.events.dates import start_of_day
from confsys.events.models import Event, Stage
from confsys.events.operations.creating import free_slug
from confsys.events.palette import ACCENTS
from confsys.events.states import EVENT_TRANSITIONS, Blindness, EventState, Mode, StageKind

#: The steps of the guided set-up, in order. Each is a page of the settings.
STEPS = ("basics", "dates", "tracks", "forms", "people", "site", "publish")


@dataclass(frozen=True, slots=True)
class EventSettings:
    """The editable part of an event."""

    slug: str
    name: LocalizedText
    acronym: str
    tagline: LocalizedText
    starts_on: date
    ends_on: date
    zone: str
    place: LocalizedText
    mode: Mode
    accent: str
    features: Sequence[str]
    blindness: Blindness
    contact_email: str


@operation
def edit_event(event: Event, given: EventSettings, *, version: int | None, actor: Actor, at: datetime) -> None:
    expect_version(event, version)
    free_slug(given.slug, event)
    if not given.name:
        raise Invalid(name=_l("What is the event called?"))
    if given.ends_on < given.starts_on:
        raise Invalid(ends_on=_l("The last day lies before the first."))
    if given.accent not in ACCENTS:
        raise Invalid(accent=_l("Choose one of the colours."))
    if given.contact_email:
        checked_address(given.contact_email, "contact_email")
    for column in (
        "slug", "name", "acronym", "tagline", "starts_on", "ends_on", "zone", "place", "mode", "accent", "blindness",
        "contact_email",
    ):  # fmt: skip
        setattr(event, column, getattr(given, column))
    event.features = list(given.features)
    _set_days(event)
    record("events.edited", event, actor=actor, at=at, event_id=event.id)


def _set_days(event: Event) -> None:
    """The stage of the event itself is its days; it is not set by hand."""
    if event.starts_on is None or event.ends_on is None:
        return
    stage = next((stage for stage in event.stages if stage.kind is StageKind.EVENT), None)
    if stage is None:
        stage = Stage(kind=StageKind.EVENT)
        event.stages.append(stage)
    stage.opens, stage.due = start_of_day(event.starts_on, event.zone), end_of_day(event.ends_on, event.zone)
    stage.closes, stage.anywhere = stage.due, False


@dataclass(frozen=True, slots=True)
class StageTimes:
    """When a stage is open. All None: the event has no such stage."""

    kind: StageKind
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    anywhere: bool = False

    @property
    def empty(self) -> bool:
        return self.opens is None and self.due is None


@operation
def set_stages(event: Event, given: Sequence[StageTimes], *, version: int | None, actor: Actor, at: datetime) -> None:
    """Set the times of the named stages; the others stay. One audit entry a stage that changed."""
    expect_version(event, version)
    wrong = {}
    for times in given:
        if times.opens is not None and times.due is not None and times.opens > times.due:
            wrong[f"{times.kind.value}_due"] = _l("This stage would be due before it opens.")
        if times.opens is not None and times.due is None:
            wrong[f"{times.kind.value}_due"] = _l("When does it end?")
    if wrong:
        raise Invalid(**wrong)
    known = {stage.kind: stage for stage in event.stages}
    for times in given:
        stage = known.get(times.kind)
        if times.empty:
            if stage is not None:
                record(
                    "events.stage_removed", event, actor=actor, at=at, event_id=event.id, changes={}, stage=times.kind
                )
                event.stages.remove(stage)
        else:
            _set_times(event, stage, times, actor, at)
    db.session.flush()
    touch(event)


def _set_times(event: Event, stage: Stage | None, times: StageTimes, actor: Actor, at: datetime) -> None:
    if stage is None:
        stage = Stage(kind=times.kind)
        event.stages.append(stage)
    new = (times.opens, times.due, times.closes or times.due, times.anywhere)
    if (stage.opens, stage.due, stage.closes, stage.anywhere) != new:
        stage.opens, stage.due, stage.closes, stage.anywhere = new
        record("events.stage_moved", stage, actor=actor, at=at, event_id=event.id, stage=times.kind)


def touch(event: Event) -> None:
    """Make the event's version grow although only its parts changed: a stale page must be told."""
    event.version += 1


@operation
def finish_step(event: Event, step: str, *, actor: Actor, at: datetime) -> None:
    """Note that a step of the set-up is done; the page goes on to the next."""
    if step in STEPS and step not in event.setup_done:
        event.setup_done = [*event.setup_done, step]
        record("events.step_done", event, actor=actor, at=at, event_id=event.id, changes={}, step=step)


def missing_for_publishing(event: Event) -> list[str]:
    """What still keeps the event from being shown, as keys: name, dates, contact."""
    missing = []
    if event.starts_on is None or event.ends_on is None:
        missing.append("dates")
    if not event.contact_email:
        missing.append("contact")
    if not event.stages:
        missing.append("stages")
    return missing


@operation
def change_state(event: Event, to: EventState, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Publish, take back to draft, archive or reopen, as the table of transitions allows."""
    expect_version(event, version)
    if to not in EVENT_TRANSITIONS[event.state]:
        raise Invalid(_l("The event cannot go to this state from where it is."))
    if to is EventState.PUBLIC and missing_for_publishing(event):
        raise Invalid(_l("Something is still missing before the event can be shown; see the list."))
    event.state = to
    record(f"events.{_VERBS[to]}", event, actor=actor, at=at, event_id=event.id)


_VERBS = {EventState.PUBLIC: "published", EventState.DRAFT: "taken_back", EventState.ARCHIVED: "archived"}
