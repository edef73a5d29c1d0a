"""Slides and recordings: added by speaker or organisers, shown when a speaker says yes."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.files import StoredFile
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.events.models import Event
from confsys.exchange.models import Material
from confsys.exchange.operations.floors import ensure_floor, touch
from confsys.exchange.rules import may_add_material, may_consent
from confsys.exchange.standing import FloorStanding
from confsys.exchange.states import Consent, MaterialKind


@operation
def add_material(
    event: Event, session_id: int, talk_id: int, kind: MaterialKind, title: str, *, stored: StoredFile | None = None,
    url: str = "", agreed: bool = False, standing: FloorStanding, actor: Actor, at: datetime,
) -> Material:  # fmt: skip
    """Add a file or a link. ``agreed`` counts only when the actor gives the talk."""
    demand(may_add_material(standing, talk_id))
    if (stored is None) == (not url):
        raise Invalid(_l("Give either a file or an address."))
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc):
        raise Invalid(url=_l("Please give an address that begins with https://."))
    floor = ensure_floor(event, session_id)
    if stored is not None:
        db.session.add(stored)
        db.session.flush()
    given = agreed and talk_id in standing.speaks
    material = Material(
        floor_id=floor.id, talk_id=talk_id, kind=kind, title=title.strip()[:200], url=url,
        file_id=stored.id if stored else None, added_at=at, added_by_id=actor.person_id,
        consent=Consent.GIVEN if given else Consent.ASKED, consented_at=at if given else None,
        consented_by_id=actor.person_id if given else None,
    )  # fmt: skip
    record("material.add", material, actor=actor, at=at, event_id=event.id, changes={}, title=material.title)
    touch(floor)
    return material


@operation
def consent(
    material: Material, yes: bool, *, version: int | None, standing: FloorStanding, actor: Actor, at: datetime
) -> None:
    """The speaker agrees that it is shown, or takes that back at any time."""
    demand(may_consent(standing, material.talk_id))
    expect_version(material, version)
    material.consent = Consent.GIVEN if yes else Consent.REFUSED
    material.consented_at, material.consented_by_id = at, actor.person_id
    record(
        "material.agree" if yes else "material.refuse", material, actor=actor, at=at,
        event_id=standing.event.event_id, changes={}, title=material.title,
    )  # fmt: skip
    touch(material.floor)


@operation
def remove_material(
    material: Material, *, version: int | None, standing: FloorStanding, actor: Actor, at: datetime
) -> None:
    demand(may_add_material(standing, material.talk_id))
    expect_version(material, version)
    record(
        "material.remove", material, actor=actor, at=at, event_id=standing.event.event_id, changes={},
        title=material.title,
    )  # fmt: skip
    touch(material.floor)
    db.session.delete(material)
