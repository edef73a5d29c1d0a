"""What a reviewer, or the chair for them, tells the event: load, topics, seniority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.events.options import keep_options
from confsys.reviewing.models import ReviewerProfile
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries.committee import event_topics
from confsys.reviewing.queries.scope import serves
from confsys.submissions.operations.conflicts import refresh
from confsys.submissions.options import SubmissionOptions

LOAD_LIMIT = 100


def _profile(event: Event, person_id: int) -> ReviewerProfile:
    """The reviewer's row, made when it is first needed."""
    if not serves(event.id, person_id):
        raise Invalid(_l("This person does not review for this event."))
    known = select(ReviewerProfile).where(ReviewerProfile.event_id == event.id, ReviewerProfile.person_id == person_id)
    return db.session.scalar(known) or ReviewerProfile(event_id=event.id, person_id=person_id)


@operation
def set_profile(
    event: Event,
    person_id: int,
    *,
    load_max: int | None,
    topic_ids: Iterable[int] = (),
    away: tuple[date | None, date | None] = (None, None),
    note: str = "",
    version: int | None = None,
    actor: Actor,
    at: datetime,
) -> ReviewerProfile:
    """Keep how many papers a reviewer takes (None: the event's own number), topics, days away and a word."""
    if load_max is not None and not 0 <= load_max <= LOAD_LIMIT:
        raise Invalid(load_max=_l("Please give a number from 0 to %(limit)s.", limit=LOAD_LIMIT))
    first, last = away
    if first and last and last < first:
        raise Invalid(away_until=_l("The end lies before the beginning."))
    profile = _profile(event, person_id)
    if profile.id is not None:
        expect_version(profile, version)
    known = {topic.id for topic in event_topics(event.id)}
    profile.load_max = load_max
    profile.topic_ids = sorted(known.intersection(topic_ids))
    profile.away_from, profile.away_until = first or last, last or first
    profile.note = note
    record("reviewing.profile", profile, actor=actor, at=at, event_id=event.id)
    return profile


@operation
def set_senior(event: Event, person_id: int, *, senior: bool, actor: Actor, at: datetime) -> ReviewerProfile:
    """Mark a reviewer as senior, or no longer."""
    profile = _profile(event, person_id)
    if profile.is_senior != senior:
        profile.is_senior = senior
        record("reviewing.senior", profile, actor=actor, at=at, event_id=event.id)
    return profile


@operation
def set_options(
    event: Event, options: ReviewOptions, conflict_years: int, *, version: int | None, actor: Actor, at: datetime
) -> None:
    """Keep the event's rules for its peer review. Another number of years compares papers and people anew."""
    for name in ("coverage", "load"):
        if not 1 <= getattr(options, name) <= LOAD_LIMIT:
            raise Invalid(**{name: _l("Please give a number from 1 to %(limit)s.", limit=LOAD_LIMIT)})
    keep_options(event, options, version=version, actor=actor, at=at)
    kept = SubmissionOptions.of(event)
    if kept.conflict_years != conflict_years:
        event.options = {**event.options, "submissions": replace(kept, conflict_years=conflict_years).as_dict()}
        record("events.rules_changed", event, actor=actor, at=at, event_id=event.id, room="submissions")
        refresh(event.id, at=at)
