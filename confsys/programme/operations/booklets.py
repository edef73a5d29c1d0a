"""Booklets of a release: asked for, set by a job, kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import enqueue
from confsys.core.operation import lock, operation
from confsys.events.models import Event
from confsys.events.standing import EventStanding
from confsys.programme.models import Booklet, Release
from confsys.programme.rules import may_arrange

JOB = "programme.booklet"
LOCALES = ("en", "zh")


@operation
def ask_booklet(
    event: Event, release: Release, locale: str, *, abstracts: bool, standing: EventStanding, actor: Actor, at: datetime
) -> Booklet:
    """Have a booklet of a release set. Asked again, it is the same one."""
    demand(may_arrange(standing))
    if locale not in LOCALES or release.event_id != event.id:
        raise Invalid(_l("Choose one of the languages."))
    lock(release)
    known = db.session.scalar(
        select(Booklet).where(
            Booklet.release_id == release.id, Booklet.locale == locale, Booklet.abstracts == abstracts
        )
    )
    if known is not None:
        return known
    record("programme.booklet", release, actor=actor, at=at, changes={}, number=release.number, language=locale)
    return _ask(release, locale, abstracts, actor, at)


@operation
def follow_booklets(release: Release, *, actor: Actor, at: datetime) -> None:
    """The booklets that the version before had are set anew, so that what the public takes along is never old."""
    before = (
        select(Release.id)
        .where(Release.event_id == release.event_id, Release.number < release.number)
        .order_by(Release.number.desc())
        .limit(1)
    )
    for old in db.session.scalars(select(Booklet).where(Booklet.release_id == before.scalar_subquery())):
        _ask(release, old.locale, old.abstracts, actor, at)


def _ask(release: Release, locale: str, abstracts: bool, actor: Actor, at: datetime) -> Booklet:
    made = Booklet(release_id=release.id, locale=locale, abstracts=abstracts, asked_at=at)
    db.session.add(made)
    db.session.flush()
    asked = enqueue(
        JOB, key=f"{JOB}:{made.id}", actor=actor, at=at, event_id=release.event_id, booklet_id=made.id
    )  # fmt: skip
    made.job_id = asked.id
    return made


@operation
def keep_booklet(booklet: Booklet, stored: StoredFile) -> None:
    """It is set; a run that comes second changes nothing."""
    lock(booklet)
    if booklet.file_id is None:
        db.session.add(stored)
        db.session.flush()
        booklet.file_id = stored.id
