"""The pages of the public site."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event, SitePage
from confsys.events.queries.parts import pages_of

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@operation
def add_page(event: Event, key: str, title: LocalizedText, *, actor: Actor, at: datetime) -> SitePage:
    """A new page, not shown yet. ``key`` becomes its address."""
    if not _KEY.fullmatch(key):
        raise Invalid(key=_l("Use small letters, digits and hyphens, such as travel."))
    if not title:
        raise Invalid(title=_l("What is the page called?"))
    if db.session.scalar(select(SitePage.id).where(SitePage.event_id == event.id, SitePage.key == key)) is not None:
        raise Invalid(key=_l("Another page has this address."))
    last = db.session.scalar(select(func.max(SitePage.position)).where(SitePage.event_id == event.id)) or 0
    row = SitePage(event_id=event.id, key=key, title=title, position=last + 1, published=False)
    record("events.page_saved", row, actor=actor, at=at, key=key)
    return row


@operation
def edit_page(
    row: SitePage, title: LocalizedText, body: LocalizedText, published: bool, *, version: int | None, actor: Actor,
    at: datetime,
) -> None:  # fmt: skip
    expect_version(row, version)
    if not title:
        raise Invalid(title=_l("What is the page called?"))
    row.title, row.body, row.published = title, body, published
    record("events.page_saved", row, actor=actor, at=at, key=row.key)


@operation
def move_page(row: SitePage, step: int, *, actor: Actor, at: datetime) -> None:
    """One place up (-1) or down (+1) in the navigation."""
    rows = pages_of(row.event_id)
    place = rows.index(row)
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]
        for position, other in enumerate(rows):
            other.position = position
        record("events.page_saved", row, actor=actor, at=at, changes={}, key=row.key)


@operation
def remove_page(row: SitePage, *, actor: Actor, at: datetime) -> None:
    """Take a page away for good; its text stays in the story of the event."""
    text = {"title": [row.title.as_dict(), None], "body": [row.body.as_dict(), None]}
    record("events.page_removed", row, actor=actor, at=at, changes=text, key=row.key)
    db.session.delete(row)
