"""The day as organisers arrange it: the page, moves, what a place would mean, what others did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.context import DayPage, changes, day_page, looks, may_change, may_look, programme_page
from confsys.programme.models import Room, Session, Talk
from confsys.programme.operations import journal, papers, sessions, talks
from confsys.programme.operations.sessions import Place
from confsys.programme.options import ProgrammeOptions
from confsys.programme.presenting import Drawing, column, legend
from confsys.programme.queries import board as read
from confsys.programme.queries.placing import Stretch, block_of, minute, parts_of
from confsys.programme.rules import may_arrange
from confsys.programme.states import Severity
from confsys.programme.views.asked import whole
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import SESSION_KINDS, clash_sentence, copied_words


@desk.get("/")
@access(programme_page, may_look)
def today(page: EventPage) -> Response:
    """The day that is now, or the event's first one."""
    listed = [day for day, _count in read.days_of(page.event)]
    now = days.day_of(g.now, page.event.zone)
    day = now if now in listed else (listed[0] if listed else now)
    return redirect(url_for(".day", slug=page.event.slug, day=day.isoformat()))  # type: ignore[return-value]


@desk.get("/<day>")
@access(day_page, looks)
def day(page: DayPage) -> str:
    event, editable = page.event, bool(may_arrange(page.standing))
    board = read.board(event, page.day)
    drawing = Drawing(event, editable=editable)
    track = request.args.get("track", "")
    tray = read.tray(
        event, text=request.args.get("q", ""), track=int(track) if track.isdigit() else None,
        kind=request.args.get("kind", ""),
    )  # fmt: skip
    return render_template(
        "programme/desk/day.html", event=event, day=page.day, board=board, editable=editable, zone=event.zone,
        days=read.days_of(event), columns=[column(room) for room in board.columns],
        items=[drawing.item(item, board.judged) for item in board.items], legend=legend(event.tracks),
        tray=[drawing.item(item) for item in tray.items], tray_total=tray.total, tray_track=track,
        kinds=SESSION_KINDS, steps=read.steps_of(event.id, page.viewer.person_id),
        clashes=[(clash, clash_sentence(clash, board.judged)) for clash in board.judged.clashes],
    )  # fmt: skip


def _target(page: DayPage) -> tuple[Place, Room | None]:
    """The place that the request names on this day."""
    start, room_id = whole("start"), whole("room")
    room = db.session.get(Room, room_id) if room_id is not None else None
    moment = None if start is None else days.moment_at(page.day, start, page.event.zone)
    return Place(moment, room_id, whole("minutes") or 5), room


@desk.post("/<day>/move")
@access(day_page, changes)
def move(page: DayPage) -> Any:
    """One move by drag or by keyboard. A refusal answers with what the day really looks like."""
    key = request.form.get("item", "")
    before = _home(key)
    try:
        moved = _move(page, key)
    except StaleVersion:
        db.session.rollback()
        return _answer(page, {key}, message=_("Somebody else was faster.")), 409
    except Invalid as error:
        return _refused(error)
    gone = {key} - {moved} if moved else set()
    return _answer(page, {moved or key, before} - {""}, gone=gone)


@desk.post("/<day>/swap")
@access(day_page, changes)
def exchange(page: DayPage) -> Any:
    """Two sessions of the page change places."""
    keys = {name: request.form.get(name, "") for name in ("item", "other")}
    try:
        one, other = (_session(page, key) for key in keys.values())
        sessions.swap_sessions(
            page.event, one, other, versions=(whole("version"), whole("other_version")), standing=page.standing,
            actor=page.viewer.actor, at=g.now,
        )  # fmt: skip
    except StaleVersion:
        db.session.rollback()
        return _answer(page, set(keys.values()), message=_("Somebody else was faster.")), 409
    except Invalid as error:
        return _refused(error)
    return _answer(page, set(keys.values()))


@desk.post("/<day>/copy")
@access(day_page, changes)
def copy_everywhere(page: DayPage) -> Any:
    """A break of the page, in all rooms that are free then."""
    try:
        session = _session(page, request.form.get("item", ""))
        copied = sessions.copy_session(
            page.event, session, all_rooms(page.event), standing=page.standing, actor=page.viewer.actor, at=g.now
        )
    except Invalid as error:
        return _refused(error)
    return _answer(page, {f"s{copy.id}" for copy in copied.made}, message=copied_words(len(copied.made), copied.taken))


def all_rooms(event: Event) -> list[Room]:
    query = select(Room).where(Room.event_id == event.id).order_by(Room.position, Room.id)
    return list(db.session.scalars(query))


def _session(page: DayPage, key: str) -> Session:
    row = _row(page, key)
    if not isinstance(row, Session):
        raise Invalid(_l("Only sessions can do this; a talk goes with its session."))
    return row


def _refused(error: Invalid) -> Any:
    db.session.rollback()
    return jsonify(message=" ".join(str(text) for text in error.fields.values())), 422


def _home(key: str) -> str:
    """The session that holds a talk before it moves: what is drawn of it changes too."""
    talk = db.session.get(Talk, int(key[1:])) if key[:1] == "t" and key[1:].isdigit() else None
    return f"s{talk.session_id}" if talk is not None and talk.session_id is not None else ""


def _move(page: DayPage, key: str) -> str:
    """Do it; gives the key of what is drawn afterwards, empty when that is the same."""
    place, room = _target(page)
    row = _row(page, key)
    who: dict[str, Any] = {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}
    if isinstance(row, Session):
        sessions.place_session(page.event, row, place, version=whole("version"), **who)
        return ""
    if place.starts_at is None:
        talks.place_talk(page.event, row, None, version=whole("version"), **who)
        return ""
    if room is None or room.event_id != page.event.id:
        raise Invalid(_l("This room does not exist any more."))
    return f"s{talks.drop_talk(page.event, row, room, place.starts_at, version=whole('version'), **who).id}"


def _row(page: DayPage, key: str) -> Session | Talk:
    number = int(key[1:]) if key[1:].isdigit() and len(key) < 10 else 0
    row = db.session.get(Talk, number) if key[:1] == "t" else db.session.get(Session, number)
    if row is None or row.event_id != page.event.id:
        raise Invalid(_l("This does not exist any more. Reload the page."))
    return row


def _answer(page: DayPage, keys: set[str], *, gone: set[str] = frozenset(), **more: Any) -> Response:  # type: ignore[assignment]
    """Items as the page draws them, and the marks of the whole day."""
    board = read.board(page.event, page.day)
    drawing = Drawing(page.event, editable=bool(may_arrange(page.standing)))
    drawn = {item.key: item for item in board.items if item.key in keys}
    columns = [column(room) for room in board.columns]
    html = {
        key: render_template(
            "programme/desk/_items.html", columns=columns, items=[drawing.item(item, board.judged)], first=board.first
        )
        for key, item in drawn.items()
    }
    version = next((item.version for item in drawn.values()), None)
    return jsonify(
        items=html, gone=sorted(gone), clashes=drawing.verdicts(board), columns=signature(board.columns),
        **({"version": version} if version is not None else {}), **more,
    )  # fmt: skip


def signature(columns: tuple[read.Column, ...]) -> str:
    """Which column each room begins in, as the page carries it."""
    starts, here = [], 1
    for room in columns:
        starts.append(here)
        here += room.lanes
    return " ".join(str(number) for number in [*starts, here - 1])


@desk.get("/<day>/check")
@access(day_page, changes)
def check(page: DayPage) -> Response:
    """What would clash if the item stood there: asked while it is being dragged."""
    place, _room = _target(page)
    row = _row(page, request.args.get("item", ""))
    if place.starts_at is None or isinstance(row, Talk):
        return jsonify(sentences=[], mild=True)
    until = place.starts_at + timedelta(minutes=place.minutes)
    way = timedelta(minutes=max(ProgrammeOptions.of(page.event).walking.values(), default=0))
    stretch = Stretch(page.event, place.starts_at - way, until + way, also=row.id)
    block = block_of(row, minute(place.starts_at), place.minutes, place.room_id, stretch.bound)
    judged = stretch.judged(touching=row.id, moved=block, beyond=parts_of(page.event, row.id))
    return jsonify(
        sentences=[clash_sentence(clash, judged, at=row.id) for clash in judged.clashes[:4]],
        mild=all(clash.severity is Severity.WARN for clash in judged.clashes),
    )


@desk.get("/<day>/state")
@access(day_page, looks)
def state(page: DayPage) -> Response:
    """The stamps of the day; with ``items`` those items as they are now."""
    wanted = request.args.get("items")
    if wanted is None:
        return jsonify(read.stamps(page.event, page.day))
    return _answer(page, set(wanted.split(",")))


@desk.post("/undo")
@access(programme_page, may_change)
def undo(page: EventPage) -> Response:
    return _step(page, journal.undo, _l("Taken back."))


@desk.post("/redo")
@access(programme_page, may_change)
def redo(page: EventPage) -> Response:
    return _step(page, journal.redo, _l("Done again."))


def _step(page: EventPage, step: Any, done: Any) -> Response:
    try:
        step(page.event.id, standing=page.standing, actor=page.viewer.actor, at=g.now)
        notice(done)
    except Invalid as error:
        notice(" ".join(str(text) for text in error.fields.values()), "warning")
    return _to_day(page)


def _to_day(page: EventPage) -> Response:
    """Back to the day the form was on."""
    try:
        there = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return back(".today", slug=page.event.slug)
    return back(".day", slug=page.event.slug, day=there.isoformat())


@desk.post("/papers")
@access(programme_page, may_change)
def bring_in_papers(page: EventPage) -> Response:
    brought = papers.bring_in_papers(page.event, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_l("%(added)s papers came in, %(removed)s left.", added=brought.added, removed=brought.removed))
    return _to_day(page)


@desk.get("/clashes")
@access(programme_page, may_look)
def clashes(page: EventPage) -> str:
    """Every clash of the event, the gravest first."""
    stretch = Stretch(page.event)
    judged = stretch.judged()
    day_of = {row.id: days.day_of(row.starts_at, page.event.zone) for row in stretch.sessions}
    rows = [
        {"clash": clash, "sentence": clash_sentence(clash, judged), "day": day_of[clash.sessions[0]]}
        for clash in judged.clashes
    ]
    return render_template(
        "programme/desk/clashes.html", event=page.event, rows=rows, editable=bool(may_arrange(page.standing))
    )
