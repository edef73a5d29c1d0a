"""New events: from a preset, or from an earlier edition with its dates moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confsys.accounts.models import EmailAddress
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.core.stages import end_of_day
from confsys.events.models import Event, FormField, RoleGrant, SitePage, Stage, Topic, Track
from confsys.events.presets import Preset, StagePlan
from confsys.events.states import GrantState, Role

#: Columns of an edition that its next one begins with.
CLONED = ("kind", "series_id", "tagline", "mode", "accent", "features", "blindness", "contact_email", "options")
CLONED_FIELD = (
    "form", "key", "type", "label", "help", "required", "position", "choices", "lowest", "highest", "length_max",
    "is_overall", "is_confidence", "audience",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basics:
    """What must be known of an event before anything else."""

    slug: str
    name: LocalizedText
    acronym: str
    starts_on: date
    ends_on: date
    zone: str
    place: LocalizedText = LocalizedText()
    edition: int | None = None


def _planned(plan: StagePlan, first_day: date, zone: str) -> Stage:
    opens = datetime.combine(first_day + timedelta(days=plan.opens), datetime.min.time(), tzinfo=ZoneInfo(zone))
    due = end_of_day(first_day + timedelta(days=plan.due), zone, anywhere=plan.anywhere)
    closes = due + timedelta(hours=plan.grace_hours)
    return Stage(kind=plan.kind, opens=opens, due=due, closes=closes, anywhere=plan.anywhere)


def _begin(event: Event, basics: Basics, *, actor: Actor, at: datetime) -> None:
    event.slug, event.name, event.acronym = basics.slug, basics.name, basics.acronym
    event.starts_on, event.ends_on, event.zone = basics.starts_on, basics.ends_on, basics.zone
    event.place, event.edition, event.created_at = basics.place, basics.edition, at
    db.session.add(event)
    db.session.flush()
    address = db.session.scalar(
        select(EmailAddress.address).where(EmailAddress.person_id == actor.person_id, EmailAddress.is_primary)
    )
    if address is not None:
        # Whoever sets an event up runs it, until they hand it on.
        db.session.add(
            RoleGrant(
                event_id=event.id, person_id=actor.person_id, role=Role.ORGANISER, state=GrantState.ACTIVE,
                address=address, invited_at=at, answered_at=at,
            )
        )  # fmt: skip


@operation
def create_event(preset: Preset, basics: Basics, *, actor: Actor, at: datetime) -> Event:
    """An event of a kind, with everything its preset brings."""
    event = Event(
        kind=preset.kind, mode=preset.mode, accent=preset.accent, blindness=preset.blindness,
        features=[feature.value for feature in preset.features], options=dict(preset.options), setup_done=[],
    )  # fmt: skip
    _begin(event, basics, actor=actor, at=at)
    event.stages = [_planned(plan, basics.starts_on, basics.zone) for plan in preset.stages]
    event.tracks = [Track(code=code, name=name, position=n) for n, (code, name) in enumerate(preset.tracks)]
    event.topics = [Topic(name=name, position=n) for n, name in enumerate(preset.topics)]
    for position, plan in enumerate(preset.fields):
        values = {name: getattr(plan, name) for name in CLONED_FIELD if name not in {"position", "choices"}}
        db.session.add(FormField(event_id=event.id, position=position, choices=list(plan.choices), **values))
    for position, page in enumerate(preset.pages):
        db.session.add(SitePage(event_id=event.id, key=page.key, title=page.title, body=page.body, position=position))
    record("event.create", event, actor=actor, at=at, event_id=event.id, changes={}, kind=preset.kind)
    return event


def moved(moment: datetime | None, days: int, zone: str) -> datetime | None:
    """The same wall-clock time some days later, whatever the clocks of ``zone`` did in between."""
    if moment is None:
        return None
    there = moment.astimezone(ZoneInfo(zone))
    return (there.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=ZoneInfo(zone))


@operation
def clone_event(source: Event, basics: Basics, *, actor: Actor, at: datetime) -> Event:
    """The next edition: forms, tracks, topics, pages and rules are copied, people are invited anew.

    Dates move by whole weeks, as near as possible to the distance of the two events, so that a deadline on a
    Friday stays on a Friday.
    """
    event = Event(cloned_from_id=source.id, setup_done=[], **{name: getattr(source, name) for name in CLONED})
    _begin(event, basics, actor=actor, at=at)
    distance = (basics.starts_on - source.starts_on).days if source.starts_on else 0
    days = round(distance / 7) * 7
    for stage in source.stages:
        opens, due, closes = (moved(moment, days, basics.zone) for moment in (stage.opens, stage.due, stage.closes))
        event.stages.append(Stage(kind=stage.kind, opens=opens, due=due, closes=closes, anywhere=stage.anywhere))
    event.tracks = [
        Track(code=track.code, name=track.name, description=track.description, position=track.position)
        for track in source.tracks
    ]
    event.topics = [Topic(name=topic.name, position=topic.position) for topic in source.topics]
    for row in db.session.scalars(select(FormField).where(FormField.event_id == source.id)).all():
        db.session.add(FormField(event_id=event.id, **{name: getattr(row, name) for name in CLONED_FIELD}))
    for page in db.session.scalars(select(SitePage).where(SitePage.event_id == source.id)).all():
        db.session.add(
            SitePage(
                event_id=event.id, key=page.key, title=page.title, body=page.body, position=page.position,
                published=page.published,
            )
        )  # fmt: skip
    record("event.clone", event, actor=actor, at=at, event_id=event.id, changes={}, source=source.slug)
    return event
