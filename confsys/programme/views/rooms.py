"""Rooms of the event."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, render_template, request
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import RoomPage, changes, may_change, may_look, place_page, programme_page
from confsys.programme.forms import RoomForm, read_intervals, read_words, write_intervals
from confsys.programme.models import Room
from confsys.programme.operations import rooms
from confsys.programme.operations.rooms import RoomContent
from confsys.programme.rules import may_arrange
from confsys.programme.views.blueprint import desk


def _who(page: EventPage | RoomPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/rooms")
@access(programme_page, may_look)
def list_rooms(page: EventPage) -> str:
    query = select(Room).where(Room.event_id == page.event.id).order_by(Room.position, Room.id)
    return render_template(
        "programme/desk/rooms.html", event=page.event, rooms=db.session.scalars(query).all(),
        editable=bool(may_arrange(page.standing)),
    )  # fmt: skip


@desk.get("/rooms/new")
@access(programme_page, may_change)
def new_room(page: EventPage) -> str:
    return render_template("programme/desk/room.html", event=page.event, form=RoomForm(), room=None)


@desk.post("/rooms/new")
@access(programme_page, may_change)
def add_room(page: EventPage) -> Any:
    form = RoomForm()
    if form.validate():
        content = _content(page, form)
        made = form.attempt(lambda: rooms.add_room(page.event, content(), **_who(page)))
        if made is not None:
            notice(_l("The room was added."))
            return back(".list_rooms", slug=page.event.slug)
    return render_template("programme/desk/room.html", event=page.event, form=form, room=None), form.status


@desk.get("/rooms/<int:number>")
@access(place_page, changes)
def room(page: RoomPage) -> str:
    row = page.room
    form = RoomForm(
        data={
            "version": row.version, "capacity": row.capacity, "holds_several": row.holds_several,
            "equipment": ", ".join(row.equipment), "venue": row.venue,
            "open_hours": write_intervals(row.open_hours, ZoneInfo(page.event.zone)),
            **pair_of("name", row.name), **pair_of("description", row.description),
        }
    )  # fmt: skip
    return render_template("programme/desk/room.html", event=page.event, form=form, room=row)


@desk.post("/rooms/<int:number>")
@access(place_page, changes)
def change_room(page: RoomPage) -> Any:
    form = RoomForm()
    if form.validate():
        content = _content(page, form)
        saved = form.attempt(lambda: rooms.change_room(page.room, content(), version=form.seen_version, **_who(page)))
        if saved:
            notice(_l("Saved."))
            return back(".list_rooms", slug=page.event.slug)
    return render_template("programme/desk/room.html", event=page.event, form=form, room=page.room), form.status


def _content(page: EventPage | RoomPage, form: RoomForm) -> Any:
    """Read the form when the operation is about to run, so that its objections reach the form."""

    def read() -> RoomContent:
        try:
            hours = read_intervals(form.open_hours.data or "", ZoneInfo(page.event.zone))
        except ValueError as error:
            raise Invalid(
                open_hours=_l("This line cannot be read: %(line)s. Write 2026-06-10 09:00 - 18:00.", line=str(error))
            ) from error
        return RoomContent(
            localized(form, "name"), localized(form, "description"), form.capacity.data,
            bool(form.holds_several.data), read_words(form.equipment.data), hours, form.venue.data or "",
        )  # fmt: skip

    return read


@desk.post("/rooms/order")
@access(programme_page, may_change)
def order_rooms(page: EventPage) -> Response:
    """One room a step to the left or to the right: ``room``, ``by`` (-1 or 1)."""
    query = select(Room.id).where(Room.event_id == page.event.id).order_by(Room.position, Room.id)
    ids = list(db.session.scalars(query))
    number, by = int(request.form.get("room") or 0), -1 if request.form.get("by") == "-1" else 1
    if number in ids:
        place = ids.index(number)
        ids.insert(max(0, place + by), ids.pop(place))
        rooms.order_rooms(page.event, ids, **_who(page))
    return back(".list_rooms", slug=page.event.slug)


@desk.post("/rooms/<int:number>/remove")
@access(place_page, changes)
def remove_room(page: RoomPage) -> Response:
    try:
        rooms.remove_room(page.room, version=None, **_who(page))
        notice(_l("The room was removed."))
    except Invalid as error:
        notice(" ".join(str(text) for text in error.fields.values()), "warning")
    return back(".list_rooms", slug=page.event.slug)
