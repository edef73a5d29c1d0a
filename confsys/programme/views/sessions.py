"""One session: what it is, where it is, its talks and its chairs. Everything here works without scripts."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, g, render_template, request
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import day as day_words
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme import days
from confsys.programme.context import (
    DutyPage,
    SessionPage,
    changes,
    duty_page,
    looks,
    may_change,
    programme_page,
    session_page,
)
from confsys.programme.forms import DutyForm, NewSessionForm, PlaceForm, SessionForm
from confsys.programme.models import Room, Session, Talk
from confsys.programme.operations import duties, sessions, talks
from confsys.programme.operations.sessions import Place, SessionContent
from confsys.programme.queries import board
from confsys.programme.queries.detail import session_titles, session_with_everything, talks_waiting, told_by
from confsys.programme.queries.placing import judge
from confsys.programme.rules import may_arrange
from confsys.programme.states import WITH_TALKS, DutyRole, SessionKind
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import DUTY_ROLES, DUTY_STATES, SESSION_KINDS, clash_sentence, copied_words


def _who(page: EventPage | SessionPage | DutyPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


def _rooms(page: EventPage | SessionPage) -> list[Room]:
    query = select(Room).where(Room.event_id == page.event.id).order_by(Room.position, Room.id)
    return list(db.session.scalars(query))


def _fill_choices(page: EventPage | SessionPage, form: Any) -> None:
    locale = current_locale()
    if isinstance(form, SessionForm):
        form.set_tracks([(str(track.id), track.name.in_(locale)) for track in page.event.tracks])
        own = page.session.id if isinstance(page, SessionPage) else None
        named = session_titles(page.event)
        form.set_parts([(str(number), title.in_(locale)) for number, title in named if number != own])
    if isinstance(form, PlaceForm):
        listed = [(day.isoformat(), day_words(day, weekday=True)) for day, _count in board.days_of(page.event)]
        form.set_choices(listed, [(str(room.id), room.name.in_(locale)) for room in _rooms(page)])


def _content(form: SessionForm) -> SessionContent:
    return SessionContent(
        SessionKind(form.kind.data), localized(form, "title"), localized(form, "description"), form.code.data or "",
        form.track.data, form.audience.data, form.after.data,
    )  # fmt: skip


def _place(page: EventPage | SessionPage, form: PlaceForm) -> Place:
    if not form.day.data:
        return Place(None, None, form.minutes.data)
    minute = form.start.data.hour * 60 + form.start.data.minute
    minute += days.DAY_MINUTES if minute < days.DAY_BEGINS else 0
    moment = days.moment_at(date.fromisoformat(form.day.data), minute, page.event.zone)
    return Place(moment, form.room.data, form.minutes.data)


@desk.get("/sessions/new")
@access(programme_page, may_change)
def new_session(page: EventPage) -> str:
    given = {"kind": request.args.get("kind", "oral"), "day": request.args.get("day", ""), "minutes": 90, "version": 0}
    form = NewSessionForm(data=given)
    _fill_choices(page, form)
    return render_template("programme/desk/session_new.html", event=page.event, form=form)


@desk.post("/sessions/new")
@access(programme_page, may_change)
def add_session(page: EventPage) -> Any:
    form = NewSessionForm()
    _fill_choices(page, form)
    if form.validate():
        made = form.attempt(lambda: sessions.add_session(page.event, _content(form), _place(page, form), **_who(page)))
        if made is not None:
            notice(_l("The session was added."))
            return back(".session", slug=page.event.slug, number=made.id)
    return render_template("programme/desk/session_new.html", event=page.event, form=form), form.status


@desk.get("/sessions/<int:number>")
@access(session_page, looks)
def session(page: SessionPage) -> str:
    return _show(page)


def _show(page: SessionPage, **forms: Any) -> str:
    row = session_with_everything(page.session.id)
    here = row.starts_at
    judged = judge(page.event, since=here, until=row.ends_at, touching=row.id) if here else None
    content = SessionForm(
        formdata=None,
        data={
            "version": row.version, "kind": row.kind.value, "code": row.code, "track": row.track_id,
            "audience": row.audience, "after": row.after_id, **pair_of("title", row.title),
            **pair_of("description", row.description),
        }
    )  # fmt: skip
    place = PlaceForm(
        formdata=None,
        data={
            "version": row.version, "day": days.day_of(here, page.event.zone).isoformat() if here else "",
            "start": here.astimezone(ZoneInfo(page.event.zone)).time() if here else None,
            "minutes": row.minutes, "room": row.room_id,
        }
    )  # fmt: skip
    given = {"content": content, "place": place, "duty": DutyForm(formdata=None), **forms}
    for form in given.values():
        _fill_choices(page, form)
    return render_template(
        "programme/desk/session.html", event=page.event, session=row, zone=page.event.zone, **given,
        editable=bool(may_arrange(page.standing)), rooms=_rooms(page), kinds=SESSION_KINDS, roles=DUTY_ROLES,
        states=DUTY_STATES, holds_talks=row.kind in WITH_TALKS,
        told=told_by(row), waiting=talks_waiting(page.event) if row.kind in WITH_TALKS else [],
        others=[other for other in board.days_sessions(page.event, row) if other[0] != row.id] if here else [],
        clashes=[(clash, clash_sentence(clash, judged, at=row.id)) for clash in judged.clashes] if judged else [],
        day=days.day_of(here, page.event.zone) if here else None,
    )  # fmt: skip


@desk.post("/sessions/<int:number>")
@access(session_page, changes)
def change_session(page: SessionPage) -> Any:
    form = SessionForm()
    _fill_choices(page, form)
    if form.validate():
        saved = form.attempt(
            lambda: sessions.change_session(
                page.event, page.session, _content(form), version=form.seen_version, **_who(page)
            )
        )
        if saved:
            notice(_l("Saved."))
            return _back(page)
    return _show(page, content=form), form.status


@desk.post("/sessions/<int:number>/place")
@access(session_page, changes)
def place_session(page: SessionPage) -> Any:
    form = PlaceForm()
    _fill_choices(page, form)
    if form.validate():
        moved = form.attempt(
            lambda: sessions.place_session(
                page.event, page.session, _place(page, form), version=form.seen_version, **_who(page)
            )
        )
        if moved:
            notice(_l("Moved."))
            return _back(page)
    return _show(page, place=form), form.status


def _back(page: SessionPage) -> Response:
    return back(".session", slug=page.event.slug, number=page.session.id)


def _seen() -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isdigit() else None


@desk.post("/sessions/<int:number>/swap")
@access(session_page, changes)
def swap(page: SessionPage) -> Response:
    other = db.session.get(Session, int(request.form.get("other") or 0))
    if other is None or other.event_id != page.event.id:
        raise Invalid(_l("This session does not exist any more."))
    sessions.swap_sessions(page.event, page.session, other, versions=(_seen(), None), **_who(page))
    notice(_l("The two sessions changed places."))
    return _back(page)


@desk.post("/sessions/<int:number>/copy")
@access(session_page, changes)
def copy(page: SessionPage) -> Response:
    copied = sessions.copy_session(page.event, page.session, _rooms(page), **_who(page))
    notice(copied_words(len(copied.made), copied.taken))
    return _back(page)


@desk.post("/sessions/<int:number>/pin")
@access(session_page, changes)
def pin(page: SessionPage) -> Response:
    pinned = not page.session.pinned
    sessions.pin_session(page.session, pinned, version=_seen(), **_who(page))
    notice(_l("It stays where it is now.") if pinned else _l("It may be moved again."))
    return _back(page)


@desk.post("/sessions/<int:number>/remove")
@access(session_page, changes)
def remove_session(page: SessionPage) -> Response:
    starts = page.session.starts_at
    sessions.remove_session(page.event, page.session, version=_seen(), **_who(page))
    notice(_l("The session was removed; its talks wait in the tray. You can take this back."))
    if starts is None:
        return back(".today", slug=page.event.slug)
    return back(".day", slug=page.event.slug, day=days.day_of(starts, page.event.zone).isoformat())


@desk.post("/sessions/<int:number>/talks")
@access(session_page, changes)
def arrange_talks(page: SessionPage) -> Response:
    """Bring a talk in, move it up or down, or take it out: ``talk``, ``to`` (a place from 0, or "out")."""
    talk = db.session.get(Talk, int(request.form.get("talk") or 0))
    if talk is None or talk.event_id != page.event.id:
        raise Invalid(_l("This talk does not exist any more."))
    to = request.form.get("to", "")
    out = to == "out"
    talks.place_talk(
        page.event, talk, None if out else page.session, index=int(to) if to.isdigit() else None,
        version=_seen(), **_who(page),
    )  # fmt: skip
    if out and db.session.get(Session, page.session.id) is None:
        return back(".today", slug=page.event.slug)
    return _back(page)


@desk.post("/sessions/<int:number>/duties")
@access(session_page, changes)
def propose(page: SessionPage) -> Any:
    form = DutyForm()
    if form.validate():
        role = DutyRole(form.role.data)
        made = form.attempt(lambda: duties.propose(page.event, page.session, form.address.data, role, **_who(page)))
        if made is not None:
            notice(_l("Pencilled in. Nobody has been asked yet."))
            return _back(page)
    return _show(page, duty=form), form.status


@desk.post("/duties/<int:number>/ask")
@access(duty_page, changes)
def ask(page: DutyPage) -> Response:
    duties.ask(page.event, page.duty, version=_seen(), **_who(page))
    notice(_l("The person was asked by mail."))
    return back(".session", slug=page.event.slug, number=page.duty.session_id)


@desk.post("/duties/<int:number>/remove")
@access(duty_page, changes)
def withdraw(page: DutyPage) -> Response:
    session_id = page.duty.session_id
    duties.withdraw_duty(page.event, page.duty, version=_seen(), **_who(page))
    notice(_l("Taken off the session."))
    return back(".session", slug=page.event.slug, number=session_id)
