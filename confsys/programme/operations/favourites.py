"""What somebody wants to hear, and the address of the calendar that holds it. Nobody else sees either."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import operation
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.programme.models import Favourite, OwnCalendar
from confsys.programme.queries.favourites import calendar_of, favourites_of
from confsys.programme.queries.released import latest_programme
from confsys.programme.rules import may_keep

#: More than anybody can hear at one event.
MOST = 500


@operation
def keep(event: Event, keys: Collection[str], *, viewer: Viewer, at: datetime) -> frozenset[str]:
    """Add items of the released programme, named as its pages name them; returns all the viewer keeps.

    What is not on the programme (any more) is passed over: a browser may hold a list older than the release.
    """
    demand(may_keep(viewer))
    programme = latest_programme(event.id)
    known = {key: guid for guid, key in programme.key_of.items()} if programme else {}
    kept = favourites_of(event.id, viewer)
    new = sorted({known[key] for key in keys if key in known} - kept)
    if len(kept) + len(new) > MOST:
        raise Invalid(_l("Your list is full. Take something off it first."))
    db.session.add_all(Favourite(event_id=event.id, person_id=viewer.person_id, guid=guid, at=at) for guid in new)
    return kept | frozenset(new)


@operation
def drop(event: Event, keys: Collection[str], *, viewer: Viewer) -> frozenset[str]:
    """Take items off the viewer's list; returns what is left."""
    demand(may_keep(viewer))
    programme = latest_programme(event.id)
    gone = {guid for guid, key in programme.key_of.items() if key in keys} if programme else set()
    db.session.execute(
        delete(Favourite).where(
            Favourite.event_id == event.id, Favourite.person_id == viewer.person_id, Favourite.guid.in_(gone)
        )
    )
    return favourites_of(event.id, viewer)


@operation
def open_calendar(event: Event, *, viewer: Viewer, actor: Actor, at: datetime) -> OwnCalendar:
    """Give the viewer's calendar an address, or a new one: the old address is dead from then on."""
    demand(may_keep(viewer))
    own = calendar_of(event.id, viewer)
    if own is None:
        own = OwnCalendar(event_id=event.id, person_id=viewer.person_id)
        db.session.add(own)
    own.secret, own.made_at = secrets.token_urlsafe(18), at
    db.session.flush()
    # Written down with the person, not with the event: what somebody subscribes to is not the organisers' business.
    record("own_calendar.open", _person(viewer), actor=actor, at=at, changes={})
    return own


@operation
def close_calendar(event: Event, *, viewer: Viewer, actor: Actor, at: datetime) -> None:
    """Nobody reads the viewer's calendar any more."""
    demand(may_keep(viewer))
    own = db.session.scalar(
        select(OwnCalendar).where(OwnCalendar.event_id == event.id, OwnCalendar.person_id == viewer.person_id)
    )
    if own is not None:
        record("own_calendar.close", _person(viewer), actor=actor, at=at, changes={})
        db.session.delete(own)


def _person(viewer: Viewer) -> Person:
    return db.session.get_one(Person, viewer.person_id)
