"""Where something could go and what it would cost there: for a drag, and as a page that works without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, g, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.programme import days
from confsys.programme.context import (
    DayPage,
    PlanDayPage,
    SessionPage,
    TalkPage,
    changes,
    day_page,
    plan_day_page,
    session_page,
    talk_page,
)
from confsys.programme.models import Room, Session
from confsys.programme.operations import talks
from confsys.programme.operations.talks import title_of
from confsys.programme.pricing import FREE, Band, dearness, gravity
from confsys.programme.queries import board as read
from confsys.programme.queries import mine
from confsys.programme.queries.placing import number_of
from confsys.programme.queries.plans import places_in
from confsys.programme.queries.pricing import Priced, prices
from confsys.programme.views.asked import whole
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import GRAVITIES, SESSION_KINDS, clash_sentence

#: Places of one gravity that the page lists.
LISTED = 40


@desk.get("/<day>/prices")
@access(day_page, changes)
def day_prices(page: DayPage) -> Response:
    """Every place of the day, asked once when a drag begins."""
    return _as_json(prices(page.event, _key(), page.day, minutes=whole("minutes")))


@desk.get("/plans/<int:number>/days/<day>/prices")
@access(plan_day_page, changes)
def plan_prices(page: PlanDayPage) -> Response:
    found = prices(page.event, _key(), page.day, minutes=whole("minutes"), places=places_in(page.plan))
    return _as_json(found)


def _key() -> str:
    key = request.args.get("item", "")
    if key[:1] not in ("s", "t") or not key[1:].isdigit() or len(key) > 10:
        raise BadRequest
    return key


def _as_json(found: Priced | None) -> Response:
    """``rooms``: {room: [[first, last, gravity, numbers of sentences …], …]}; every sentence is told once."""
    if found is None:
        raise NotFound
    number = number_of(_key())
    sentences: dict[str, int] = {}
    rooms: dict[str, list[list[int]]] = {}
    for band in found.bands:
        told = [clash_sentence(clash, found.names, at=number) for clash in band.price]
        numbers = [sentences.setdefault(text, len(sentences)) for text in dict.fromkeys(told)]
        rooms.setdefault(str(band.room), []).append([band.first, band.last, gravity(band.price), *numbers])
    return jsonify(minutes=found.minutes, rooms=rooms, sentences=list(sentences))


@dataclass(frozen=True)
class _Offer:
    """A line of the page: the same beginnings at the same price, in one room or several."""

    band: Band
    rooms: list[int]
    sentences: list[str]

    @property
    def starts(self) -> list[int]:
        return list(range(self.band.first, self.band.last + 1, days.GRID_MINUTES))


def _offers(found: Priced, number: int) -> dict[int, list[_Offer]]:
    """By gravity, the cheapest and the earliest first."""
    told: dict[tuple[Any, ...], _Offer] = {}
    for band in sorted(found.bands, key=lambda band: (dearness(band.price), band.first)):
        sentences = list(dict.fromkeys(clash_sentence(clash, found.names, at=number) for clash in band.price))
        key = (band.first, band.last, band.joins, *sentences)
        told.setdefault(key, _Offer(band, [], sentences)).rooms.append(band.room)
    groups: dict[int, list[_Offer]] = {level: [] for level in GRAVITIES}
    for offer in told.values():
        groups[gravity(offer.band.price)].append(offer)
    return groups


@desk.get("/sessions/<int:number>/places")
@access(session_page, changes)
def session_places(page: SessionPage) -> str:
    row = page.session
    here = days.day_of(row.starts_at, page.event.zone) if row.starts_at else None
    title = mine.title_of(row)
    return _show(page, f"s{row.id}", here, title=title, kind=SESSION_KINDS[row.kind], session=row, talk=None)


@desk.get("/talks/<int:number>/places")
@access(talk_page, changes)
def talk_places(page: TalkPage) -> str:
    if page.talk.session_id is not None:
        raise NotFound
    return _show(
        page, f"t{page.talk.id}", None, title=title_of(page.talk), kind=_l("Talk"), session=None, talk=page.talk
    )  # fmt: skip


def _show(page: SessionPage | TalkPage, key: str, here: date | None, **words: Any) -> str:
    listed = [each for each, _count in read.days_of(page.event)]
    day = _asked(listed, here)
    found = prices(page.event, key, day) if day is not None else None
    number = number_of(key)
    now = found.now if found else None
    return render_template(
        "programme/desk/places.html", event=page.event, days=listed, day=day,
        groups=_offers(found, number) if found else {}, gravities=GRAVITIES,
        limit=LISTED, free=FREE, names=found.names if found else None, minutes=found.minutes if found else 0,
        now=[clash_sentence(clash, now, at=number) for clash in now.clashes] if now else None, **words,
    )  # fmt: skip


def _asked(listed: list[date], here: date | None) -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return here or (listed[0] if listed else None)


@desk.post("/talks/<int:number>/places")
@access(talk_page, changes)
def place_talk(page: TalkPage) -> Response:
    """Put a talk that waits where the page says: ``day``, ``start`` (minutes of the day), ``room``."""
    start, room_id = whole("start"), whole("room")
    room = db.session.get(Room, room_id) if room_id is not None else None
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError as error:
        raise BadRequest from error
    if start is None or room is None or room.event_id != page.event.id:
        raise Invalid(_l("This room does not exist any more."))
    moment = days.moment_at(day, start, page.event.zone)
    there: Session = talks.drop_talk(
        page.event, page.talk, room, moment, version=whole("version"), standing=page.standing,
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip
    notice(_l("The talk has its place now."))
    return back(".session", slug=page.event.slug, number=there.id)
