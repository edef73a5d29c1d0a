"""What came between, and the engine asked to mend the timetable; the quality of the timetable as it is."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, g, render_template
from sqlalchemy import select

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.formatting import day as day_words
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme import days
from confsys.programme.arranging.quality import figures
from confsys.programme.arranging.wishes import Wishes
from confsys.programme.context import LossPage, changes, loss_page, may_change, may_look, programme_page
from confsys.programme.forms import LossForm
from confsys.programme.models import Room
from confsys.programme.operations import plans, unavailability
from confsys.programme.queries import board as read
from confsys.programme.queries.placing import judge
from confsys.programme.queries.plans import lost_of, people_of
from confsys.programme.queries.scene import scene
from confsys.programme.rules import may_arrange
from confsys.programme.states import ClashKind, Severity
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import CLASH_KINDS, clash_sentence

#: What a mending looks after, so what the page shows as broken.
BROKEN = frozenset({ClashKind.AWAY, ClashKind.ROOM_CLOSED})


def _who(page: EventPage | LossPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/mend")
@access(programme_page, may_look)
def mending(page: EventPage) -> str:
    return _show(page, LossForm())


def _show(page: EventPage, form: LossForm) -> str:
    locale = current_locale()
    rooms = db.session.scalars(select(Room).where(Room.event_id == page.event.id).order_by(Room.position, Room.id))
    form.room.choices = select_choices([("", _l("No room")), *((str(r.id), r.name.in_(locale)) for r in rooms)])
    people = [(key, name.both) for key, name in people_of(page.event)]
    form.person.choices = select_choices([("", _l("Nobody")), *people])
    listed = [(day.isoformat(), day_words(day, weekday=True)) for day, _count in read.days_of(page.event)]
    form.day.choices = select_choices(listed)
    judged = judge(page.event)
    broken = [c for c in judged.clashes if c.kind in BROKEN or c.severity is not Severity.WARN]
    return render_template(
        "programme/desk/mending.html", event=page.event, form=form, lost=lost_of(page.event), zone=page.event.zone,
        broken=[(clash, clash_sentence(clash, judged)) for clash in broken],
        editable=bool(may_arrange(page.standing)),
    )  # fmt: skip


@desk.post("/mend/lost")
@access(programme_page, may_change)
def add_loss(page: EventPage) -> Any:
    """Keep that a room or a person is lost for a while; without hours, for the whole day."""
    form = LossForm()
    if form.validate():
        day = date.fromisoformat(form.day.data)
        since = _at(day, form.since.data, page.event.zone) if form.since.data else days.begins(day, page.event.zone)
        until = _at(day, form.until.data, page.event.zone) if form.until.data else days.ends(day, page.event.zone)
        if form.person.data:
            kept = form.attempt(
                lambda: unavailability.lose_person(page.event, form.person.data, since, until, **_who(page))
            )
        else:
            kept = form.attempt(
                lambda: unavailability.lose_room(page.event, form.room.data, since, until, **_who(page))
            )
        if kept is not None:
            notice(_l("Noted. What this breaks is listed below."))
            return back(".mending", slug=page.event.slug)
    return _show(page, form), form.status


def _at(day: date, clock: time, zone: str) -> datetime:
    minute = clock.hour * 60 + clock.minute
    return days.moment_at(day, minute + (days.DAY_MINUTES if minute < days.DAY_BEGINS else 0), zone)


@desk.post("/mend/lost/<int:number>/forget")
@access(loss_page, changes)
def forget_loss(page: LossPage) -> Response:
    unavailability.forget(page.lost, **_who(page))
    notice(_l("It counts no more."))
    return back(".mending", slug=page.event.slug)


@desk.post("/mend")
@access(programme_page, may_change)
def ask_mending(page: EventPage) -> Response:
    made = plans.ask_mending(page.event, Wishes(), **_who(page))
    return back(".plan", slug=page.event.slug, number=made.id)


@desk.get("/quality")
@access(programme_page, may_look)
def quality(page: EventPage) -> str:
    """Everything worth knowing about the timetable as it is, with names and times."""
    now = scene(page.event)
    judged = judge(page.event)
    counted: dict[ClashKind, list[tuple[Any, str]]] = {}
    for clash in judged.clashes:
        counted.setdefault(clash.kind, []).append((clash, clash_sentence(clash, judged)))
    return render_template(
        "programme/desk/quality.html", event=page.event, figures=figures(now), clashes=counted, zone=page.event.zone,
        clash_kinds=CLASH_KINDS,
    )  # fmt: skip
