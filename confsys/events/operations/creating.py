"""How events come into being: from a kind, or from an earlier edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events import dates, options
from confsys.events.models import Event, FormField, RoleGrant, Series, SitePage, Stage, Topic, Track
from confsys.events.presets import Preset
from confsys.events.queries.parts import form_fields_of_event, pages_of
from confsys.events.signals import event_created
from confsys.events.states import GrantState, Role, StageKind

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
#: Words of our own addresses below /events/.
RESERVED = frozenset({"new", "past", "all"})


@dataclass(frozen=True, slots=True)
class Basics:
    """What every event begins with. ``slug`` is its place in the address; ``days`` its length."""

    slug: str
    name: LocalizedText
    acronym: str
    starts_on: date
    ends_on: date
    zone: str
    place: LocalizedText = LocalizedText()
    edition: int | None = None


def free_slug(slug: str, event: Event | None = None) -> str:
    """The slug if it can be used; raises Invalid."""
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise Invalid(slug=_l("Use small letters, digits and hyphens, such as am2027."))
    owner = db.session.scalar(select(Event).where(Event.slug == slug))
    if owner is not None and owner is not event:
        raise Invalid(slug=_l("Another event has this address."))
    return slug


def _check(basics: Basics) -> None:
    free_slug(basics.slug)
    if not basics.name:
        raise Invalid(name=_l("What is the event called?"))
    if basics.ends_on < basics.starts_on:
        raise Invalid(ends_on=_l("The last day lies before the first."))


@operation
def create_event(preset: Preset, basics: Basics, *, actor: Actor, at: datetime) -> Event:
    """A draft with everything its kind brings. Whoever creates it becomes its first organiser."""
    _check(basics)
    event = _new(basics, preset.kind, at)
    event.accent, event.mode, event.blindness = preset.accent, preset.mode, preset.blindness
    event.features = [feature.value for feature in preset.features]
    event.options = options.checked(preset.options)
    for stage in preset.stages:
        opens, due, closes = dates.stage_times(stage, basics.starts_on, basics.ends_on, basics.zone)
        event.stages.append(Stage(kind=stage.kind, opens=opens, due=due, closes=closes, anywhere=stage.anywhere))
    for position, (code, name) in enumerate(preset.tracks):
        event.tracks.append(Track(code=code, name=name, position=position))
    for position, name in enumerate(preset.topics):
        event.topics.append(Topic(name=name, position=position))
    db.session.flush()
    for position, field in enumerate(preset.fields):
        db.session.add(
            FormField(
                event_id=event.id, form=field.form, key=field.key, type=field.type, label=field.label, help=field.help,
                required=field.required, position=position, choices=list(field.choices), lowest=field.lowest,
                highest=field.highest, length_max=field.length_max, is_overall=field.is_overall,
                is_confidence=field.is_confidence, audience=field.audience,
            )
        )  # fmt: skip
    for position, page in enumerate(preset.pages):
        db.session.add(SitePage(event_id=event.id, key=page.key, title=page.title, body=page.body, position=position))
    return _finish(event, None, actor, at)


@operation
def clone_event(source: Event, basics: Basics, *, actor: Actor, at: datetime) -> Event:
    """The next edition: everything of ``source`` but its people and papers, with its dates moved along."""
    _check(basics)
    event = _new(basics, source.kind, at)
    event.cloned_from_id = source.id
    for column in ("accent", "mode", "blindness", "tagline", "contact_email"):
        setattr(event, column, getattr(source, column))
    event.features, event.options = list(source.features), dict(source.options)
    _join_series(event, source)
    _copy_stages(event, source, basics)
    event.tracks = [
        Track(code=t.code, name=t.name, description=t.description, position=t.position) for t in source.tracks
    ]
    event.topics = [Topic(name=t.name, position=t.position) for t in source.topics]
    db.session.flush()
    for row in form_fields_of_event(source.id):
        db.session.add(_copy_of(row, event))
    for page in pages_of(source.id):
        db.session.add(_copy_of(page, event))
    return _finish(event, source, actor, at)


def _new(basics: Basics, kind: str, at: datetime) -> Event:
    event = Event(
        slug=basics.slug, kind=kind, name=basics.name, acronym=basics.acronym, starts_on=basics.starts_on,
        ends_on=basics.ends_on, zone=basics.zone, place=basics.place, edition=basics.edition, created_at=at,
        setup_done=[],
    )  # fmt: skip
    db.session.add(event)
    return event


def _copy_stages(event: Event, source: Event, basics: Basics) -> None:
    """Deadlines move by whole weeks; the days of the event itself move exactly, and last as long as the new one."""
    first = source.starts_on or basics.starts_on
    weeks, days = dates.whole_weeks(first, basics.starts_on), basics.starts_on - first
    length = (basics.ends_on - basics.starts_on) - ((source.ends_on or first) - first)
    for stage in source.stages:
        meets = stage.kind is StageKind.EVENT
        moments = [(stage.opens, False), (stage.due, stage.anywhere), (stage.closes, stage.anywhere)]
        opens, due, closes = (
            dates.shifted_wall(moment, days if meets else weeks, source.zone, basics.zone, anywhere=anywhere)
            for moment, anywhere in moments
        )
        if meets and due is not None and closes is not None:
            due, closes = due + length, closes + length
        event.stages.append(Stage(kind=stage.kind, opens=opens, due=due, closes=closes, anywhere=stage.anywhere))


def _join_series(event: Event, source: Event) -> None:
    """The clone is the next edition of the source's series, which begins with the source where there was none."""
    if source.series_id is None:
        series = Series(slug=source.slug, name=source.name)
        db.session.add(series)
        source.series, source.edition = series, source.edition or 1
    event.series, event.edition = source.series, event.edition or (source.edition or 1) + 1


_OWN = {"id", "event_id", "version"}


def _copy_of(row: FormField | SitePage, event: Event) -> FormField | SitePage:
    columns = {c.key: getattr(row, c.key) for c in row.__table__.columns if c.key not in _OWN}
    return type(row)(event_id=event.id, **columns)


def _finish(event: Event, source: Event | None, actor: Actor, at: datetime) -> Event:
    action = "events.cloned" if source else "events.created"
    record(
        action, event, actor=actor, at=at, event_id=event.id, changes={}, kind=event.kind,
        source=source.acronym or source.slug if source else "",
    )  # fmt: skip
    _make_first_organiser(event, actor, at)
    event_created.send(event, source=source, actor=actor, at=at)
    return event


def _make_first_organiser(event: Event, actor: Actor, at: datetime) -> None:
    person = db.session.get(Person, actor.person_id) if actor.person_id is not None else None
    if person is None:
        return
    address = next((email.address for email in person.emails if email.is_primary), "")
    db.session.add(
        RoleGrant(
            event_id=event.id, person_id=person.id, role=Role.ORGANISER, state=GrantState.ACTIVE, address=address,
            invited_at=at, answered_at=at,
        )
    )  # fmt: skip
