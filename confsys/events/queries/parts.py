"""The parts of an event that other rooms read: stages, tracks, topics, form fields, pages."""

from __future__ import annotations

from sqlalchemy import select

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.models import FormField, SitePage, Stage, Topic, Track
from confsys.events.states import FormKind, StageKind

#: Stages in the order of the chain, which is also the order they are shown in.
CHAIN = {kind: position for position, kind in enumerate(StageKind)}


def stages_of(event_id: int) -> list[Stage]:
    """The stages of an event in the order of the chain."""
    rows = db.session.scalars(select(Stage).where(Stage.event_id == event_id))
    return sorted(rows, key=lambda stage: CHAIN[stage.kind])


def tracks_of(event_id: int) -> list[Track]:
    query = select(Track).where(Track.event_id == event_id).order_by(Track.position, Track.id)
    return list(db.session.scalars(query))


def topics_of(event_id: int) -> list[Topic]:
    query = select(Topic).where(Topic.event_id == event_id).order_by(Topic.position, Topic.id)
    return list(db.session.scalars(query))


def form_fields(event_id: int, form: FormKind) -> list[FormField]:
    """The fields an event adds to one form, in their order."""
    query = select(FormField).where(FormField.event_id == event_id, FormField.form == form)
    return list(db.session.scalars(query.order_by(FormField.position, FormField.id)))


def form_fields_of_event(event_id: int) -> list[FormField]:
    query = select(FormField).where(FormField.event_id == event_id)
    return list(db.session.scalars(query.order_by(FormField.form, FormField.position, FormField.id)))


def pages_of(event_id: int) -> list[SitePage]:
    """The pages of the public site in their order, published or not."""
    query = select(SitePage).where(SitePage.event_id == event_id).order_by(SitePage.position, SitePage.id)
    return list(db.session.scalars(query))


def page_named(event_id: int, key: str) -> SitePage | None:
    return db.session.scalar(select(SitePage).where(SitePage.event_id == event_id, SitePage.key == key))


def page_words(event_id: int) -> list[tuple[str, LocalizedText, bool]]:
    """(key, title, published) of every page: all that the navigation needs."""
    query = select(SitePage.key, SitePage.title, SitePage.published).where(SitePage.event_id == event_id)
    return [(key, title, shown) for key, title, shown in db.session.execute(query.order_by(SitePage.position))]


def field_by_id(event_id: int, field_id: int) -> FormField | None:
    return db.session.scalar(select(FormField).where(FormField.id == field_id, FormField.event_id == event_id))


def page_by_id(event_id: int, page_id: int) -> SitePage | None:
    return db.session.scalar(select(SitePage).where(SitePage.id == page_id, SitePage.event_id == event_id))
