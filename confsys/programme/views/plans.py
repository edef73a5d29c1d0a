"""Plans: asked for, watched, compared, tried out by hand, accepted or thrown away."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import Response, g, jsonify, render_template, request
from werkzeug.exceptions import BadRequest

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.formatting import day as day_words
from confsys.core.forms import select_choices
from confsys.core.i18n import current_locale, ngettext
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.jobs import Job
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme import days
from confsys.programme.arranging.scene import Place
from confsys.programme.arranging.wishes import WEIGHED, Wishes
from confsys.programme.context import (
    PlanDayPage,
    PlanPage,
    changes,
    looks,
    may_change,
    may_look,
    plan_day_page,
    plan_page,
    programme_page,
)
from confsys.programme.forms import ArrangeForm
from confsys.programme.operations import plans
from confsys.programme.presenting import Drawing, column, legend
from confsys.programme.queries import board as read
from confsys.programme.queries.placing import number_of
from confsys.programme.queries.plans import PlanView, places_in, plan_view, plans_of
from confsys.programme.queries.scene import scene
from confsys.programme.rules import may_arrange
from confsys.programme.states import PlanState, SessionKind, Severity
from confsys.programme.views.blueprint import desk
from confsys.programme.views.timetable import signature
from confsys.programme.wording import PLAN_KINDS, PLAN_STATES, clash_sentence


def _who(page: EventPage | PlanPage | PlanDayPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


def _back(plan: Any, page: Any) -> Response:
    return back(".plan", slug=page.event.slug, number=plan.id)


@desk.get("/plans")
@access(programme_page, may_look)
def list_plans(page: EventPage) -> str:
    return render_template(
        "programme/desk/plans.html", event=page.event, rows=plans_of(page.event.id), kinds=PLAN_KINDS,
        states=PLAN_STATES, editable=bool(may_arrange(page.standing)),
    )  # fmt: skip


@desk.post("/plans/copy")
@access(programme_page, may_change)
def copy_timetable(page: EventPage) -> Response:
    made = plans.copy_timetable(page.event, request.form.get("name", ""), **_who(page))
    notice(_l("This is a copy. Try what you like: the timetable stays as it is until you accept the copy."))
    return _back(made, page)


@desk.get("/plans/new")
@access(programme_page, may_change)
def new_plan(page: EventPage) -> str:
    first, last = _usual_hours(page)
    form = ArrangeForm(
        data={
            "kinds": [kind.value for kind in Wishes().kinds], "seconds": 60, "opens": _time(first),
            "closes": _time(last), **WEIGHED,
        }
    )  # fmt: skip
    return _new(page, form)


def _usual_hours(page: EventPage) -> tuple[int, int]:
    """The hours of the sessions there are, else nine to six."""
    now = scene(page.event)
    kinds = Wishes().kinds
    used = [
        (days.minute_of(t.place.start, page.event.zone), t.minutes) for t in now.things if t.place and t.kind in kinds
    ]
    if not used:
        return Wishes().opens, Wishes().closes
    return min(start for start, _ in used), min(max(start + minutes for start, minutes in used), days.DAY_MINUTES - 5)


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _fill(page: EventPage, form: ArrangeForm) -> None:
    listed = [(each.isoformat(), day_words(each, weekday=True)) for each, _ in read.days_of(page.event)]
    form.days.choices = select_choices(listed)
    locale = current_locale()
    form.tracks.choices = select_choices([(track.id, track.name.in_(locale)) for track in page.event.tracks])


def _new(page: EventPage, form: ArrangeForm) -> str:
    _fill(page, form)
    return render_template("programme/desk/plan_new.html", event=page.event, form=form)


@desk.post("/plans/new")
@access(programme_page, may_change)
def ask_arrangement(page: EventPage) -> Any:
    form = ArrangeForm()
    _fill(page, form)
    if form.validate():
        made = form.attempt(
            lambda: plans.ask_arrangement(page.event, _wishes(form), form.name.data or "", **_who(page))
        )
        if made is not None:
            return _back(made, page)
    return _new(page, form), form.status


def _wishes(form: ArrangeForm) -> Wishes:
    return Wishes(
        days=tuple(date.fromisoformat(text) for text in form.days.data or ()),
        tracks=tuple(number for number in form.tracks.data or () if number is not None),
        kinds=frozenset(SessionKind(kind) for kind in form.kinds.data or ()),
        waiting_only=bool(form.waiting_only.data), leave_out=bool(form.leave_out.data),
        opens=_minutes(form.opens.data), closes=_minutes(form.closes.data), seconds=form.seconds.data,
        levels={rule: form[rule].data for rule in WEIGHED},
    )  # fmt: skip


@desk.get("/plans/<int:number>")
@access(plan_page, looks)
def plan(page: PlanPage) -> Any:
    """How far the search is, or what it found; htmx asks for the inner part alone."""
    asked_again = bool(request.headers.get("HX-Request"))
    if asked_again and page.plan.state is not PlanState.WORKING:
        return Response(headers={"HX-Refresh": "true"})
    view = plan_view(page.event, page.plan)
    return render_template(f"programme/desk/{'_plan' if asked_again else 'plan'}.html", **_words(page, view))


def _words(page: PlanPage, view: PlanView) -> dict[str, Any]:
    locale, zone = current_locale(), page.event.zone
    report = view.plan.report
    job = db.session.get(Job, view.plan.job_id) if view.plan.job_id is not None else None
    return {
        "event": page.event, "plan": view.plan, "view": view, "kinds": PLAN_KINDS, "states": PLAN_STATES, "zone": zone,
        "editable": bool(may_arrange(page.standing)), "job": job, "wishes": Wishes.of(view.plan.wishes),
        "explanation": report.get("explanation", {}).get(locale, ""), "lang": 0 if locale == "en" else 1,
        "days": sorted({days.day_of(m.after.start, zone) for m in view.moves if m.after}) or _all_days(page),
    }  # fmt: skip


def _all_days(page: PlanPage) -> list[date]:
    return [each for each, _count in read.days_of(page.event)]


@desk.post("/plans/<int:number>/stop")
@access(plan_page, changes)
def stop_plan(page: PlanPage) -> Response:
    plans.stop(page.plan, **_who(page))
    return _back(page.plan, page)


def _seen() -> int | None:
    text = request.form.get("version", "")
    return int(text) if text.isdigit() and len(text) < 10 else None


@desk.post("/plans/<int:number>/accept")
@access(plan_page, changes)
def accept_plan(page: PlanPage) -> Response:
    try:
        moved = plans.accept(page.event, page.plan, version=_seen(), **_who(page))
    except Invalid as error:
        notice(" ".join(str(text) for text in error.fields.values()), "warning")
        return _back(page.plan, page)
    notice(
        ngettext(
            "%(num)s item moved. You can take this back with one step; the public sees it when you release it.",
            "%(num)s items moved. You can take this back with one step; the public sees it when you release it.",
            moved,
        )
    )
    return back(".today", slug=page.event.slug)


@desk.post("/plans/<int:number>/discard")
@access(plan_page, changes)
def discard_plan(page: PlanPage) -> Response:
    plans.discard(page.plan, version=_seen(), **_who(page))
    notice(_l("The plan was discarded. The timetable is as it was."))
    return back(".list_plans", slug=page.event.slug)


@desk.get("/plans/<int:number>/days/<day>")
@access(plan_day_page, looks)
def plan_day(page: PlanDayPage) -> str:
    """A day as the plan has it; of a copy it is arranged like the timetable itself."""
    event = page.event
    editable = bool(may_arrange(page.standing)) and page.plan.state is PlanState.READY
    board = read.board(event, page.day, places_in(page.plan))
    drawing = Drawing(event, editable=editable)
    moved = set(page.plan.places)
    return render_template(
        "programme/desk/plan_day.html", event=event, plan=page.plan, day=page.day, board=board, editable=editable,
        zone=event.zone, days=read.days_of(event), columns=[column(room) for room in board.columns], moved=moved,
        items=[drawing.item(item, board.judged) for item in board.items], legend=legend(event.tracks),
        clashes=[(clash, clash_sentence(clash, board.judged)) for clash in board.judged.clashes], kinds=PLAN_KINDS,
    )  # fmt: skip


@desk.post("/plans/<int:number>/days/<day>/move")
@access(plan_day_page, changes)
def move_in_plan(page: PlanDayPage) -> Any:
    """One move in a plan by drag or by keyboard."""
    key = request.form.get("item", "")
    try:
        plans.move_in_plan(page.event, page.plan, key, _target(page), **_who(page))
    except Invalid as error:
        db.session.rollback()
        return jsonify(message=" ".join(str(text) for text in error.fields.values())), 422
    return _answer(page, {key})


def _target(page: PlanDayPage) -> Place | None:
    start, room = (request.values.get(name, "").strip() for name in ("start", "room"))
    minutes = request.values.get("minutes", "").strip()
    if any(text and not (text.isdigit() and len(text) < 10) for text in (start, room, minutes)) or not minutes:
        raise BadRequest
    if not start:
        return None
    return Place(days.moment_at(page.day, int(start), page.event.zone), int(room) if room else None, int(minutes))


def _answer(page: PlanDayPage, keys: set[str]) -> Response:
    board = read.board(page.event, page.day, places_in(page.plan))
    drawing = Drawing(page.event, editable=True)
    columns = [column(room) for room in board.columns]
    html = {
        item.key: render_template(
            "programme/desk/_items.html", columns=columns, items=[drawing.item(item, board.judged)], first=board.first
        )
        for item in board.items
        if item.key in keys
    }
    return jsonify(items=html, clashes=drawing.verdicts(board), columns=signature(board.columns))


@desk.get("/plans/<int:number>/days/<day>/check")
@access(plan_day_page, changes)
def check_in_plan(page: PlanDayPage) -> Response:
    """What would clash if the item stood there."""
    key, place = request.args.get("item", ""), _target(page)
    if place is None or key not in page.plan.base:
        return jsonify(sentences=[], mild=True)
    board = read.board(page.event, page.day, {**places_in(page.plan), key: place})
    found = board.judged.of(number_of(key))
    return jsonify(
        sentences=[clash_sentence(clash, board.judged, at=number_of(key)) for clash in found[:4]],
        mild=all(clash.severity is Severity.WARN for clash in found),
    )
