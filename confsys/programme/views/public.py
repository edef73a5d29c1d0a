"""The programme as the public reads it: only what was released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.formatting import clock_time
from confsys.core.i18n import current_locale
from confsys.core.registry import contributed
from confsys.core.security import CONTENT_SECURITY_POLICY
from confsys.events.context import EventPage
from confsys.programme import days, linked
from confsys.programme.context import keyed, may_read, may_read_below, numbered, programme_page
from confsys.programme.fragments import fragment, revalidated
from confsys.programme.presenting import grid_items, legend, tone_of
from confsys.programme.queries.booklets import booklets_of
from confsys.programme.queries.favourites import favourites_of
from confsys.programme.queries.released import Latest, history, latest_release, programme_of_release
from confsys.programme.searching import at, search, talk_now
from confsys.programme.snapshots import Programme
from confsys.programme.views.blueprint import site
from confsys.programme.views.files import page_of
from confsys.programme.wording import DUTY_ROLES, SESSION_KINDS, change_sentence

ALL = "all"
VIEWS = ("time", "room")


@dataclass(frozen=True)
class Reading:
    """A released programme as one reader looks at it. ``zone``: the clock the times are shown on."""

    page: EventPage
    latest: Latest
    programme: Programme
    zone: str

    @property
    def zones(self) -> list[str]:
        """What the reader may choose: the event's clock, their own, the world's."""
        own = [self.page.viewer.zone] if self.page.viewer.signed_in else []
        return list(dict.fromkeys([self.programme.zone, *own, "UTC", self.zone]))

    def clock(self, moment: datetime) -> str:
        return clock_time(moment, zone=self.zone)

    def shift(self, moment: datetime, day: date) -> int:
        """How many days off the programme's day the moment is on the reader's clock."""
        begins = moment.astimezone(ZoneInfo(self.zone)).date()
        at_home = moment.astimezone(ZoneInfo(self.programme.zone)).date()
        return (begins - at_home).days


def reading(page: EventPage) -> Reading | None:
    """What is public now, or None before the first release."""
    latest = latest_release(page.event.id)
    if latest is None:
        return None
    programme = programme_of_release(latest)
    return Reading(page, latest, programme, _zone(request.args.get("zone", ""), programme.zone))


def _zone(wanted: str, otherwise: str) -> str:
    try:
        return str(ZoneInfo(wanted)) if wanted else otherwise
    except (ValueError, OSError, KeyError):
        return otherwise


def _found(page: EventPage) -> Reading:
    found = reading(page)
    if found is None:
        raise NotFound
    return found


def found_words(found: Reading, **more: Any) -> dict[str, Any]:
    """What every template of the public programme reads. ``own``: the viewer's list, None for a visitor."""
    viewer = found.page.viewer
    return {
        "own": favourites_of(found.page.event.id, viewer) if viewer.signed_in else None,
        "event": found.page.event, "reading": found, "programme": found.programme, "zone": found.zone,
        "kinds": SESSION_KINDS, "roles": DUTY_ROLES, "tones": tone_of(found.programme.tracks),
        "about": lambda what, number: contributed("about", found.page, what, number), **more,
    }  # fmt: skip


@site.get("/")
@access(programme_page, may_read)
def index(page: EventPage) -> Any:
    """The programme by time or by room, of one day or all, narrowed to a track or a room; or what a search finds."""
    found = reading(page)
    if found is None:
        return render_template("programme/site/not_yet.html", event=page.event)
    text = request.args.get("q", "").strip()[:200]
    if text:
        hits = search(found.programme, found.latest.token, text)
        return render_template("programme/site/search.html", **found_words(found, text=text, hits=hits))
    day = _day(found)
    view = request.args.get("by") if request.args.get("by") in VIEWS else "time"
    track, room = _number("track"), _number("room")
    key = (found.latest.token, current_locale(), found.zone, day, view, track, room)
    body = fragment(key, lambda: _drawn(found, day, view or "time", track, room))
    html = render_template(
        "programme/site/index.html",
        **found_words(found, body=body, day=day, view=view, track=track, room=room, days=found.programme.days),
    )
    return revalidated(html)


@site.get("/widget")
@access(programme_page, may_read)
def widget(page: EventPage) -> Any:
    """The agenda alone, for a frame on another website: the one page that others may frame."""
    found = _found(page)
    day = None if request.args.get("day") is None else _day(found)
    track, room = _number("track"), _number("room")
    key = (found.latest.token, current_locale(), found.zone, day, "time", track, room)
    body = fragment(key, lambda: _drawn(found, day, "time", track, room))
    response = make_response(render_template("programme/site/widget.html", **found_words(found, body=body)))
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
    response.headers["Content-Security-Policy"] = policy
    return response


@site.get("/offline.js")
@access(programme_page, may_read)
def offline_worker(page: EventPage) -> Response:
    """The service worker, from an address above the pages it looks after."""
    folder = Path(current_app.static_folder or "static")
    script = (folder / "js" / "offline-worker.js").read_bytes()
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdigit() and len(text) < 10 else None


def _day(found: Reading) -> date | None:
    """The day asked for; else today while the event runs, else its first one. None: all of them."""
    asked, listed = request.args.get("day", ""), found.programme.days
    if asked == ALL or not listed:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        now = days.day_of(g.now, found.programme.zone)
        return now if now in listed else listed[0]


def _drawn(found: Reading, day: date | None, view: str, track: int | None, room: int | None) -> str:
    shown = [
        (each, [
            session for session in found.programme.on(each)
            if track in (None, session.track) and (room is None or session.room in (room, None))
        ])
        for each in found.programme.days
        if day in (None, each)
    ]  # fmt: skip
    words = found_words(found, shown=shown)
    if view == "room":
        grids = [grid_items(found.programme, each, sessions) for each, sessions in shown]
        return render_template(
            "programme/site/_grid.html", grids=grids, legend=legend(found.programme.tracks), **words
        )  # fmt: skip
    return render_template("programme/site/_agenda.html", **words)


@site.get("/now")
@access(programme_page, may_read)
def now(page: EventPage) -> Any:
    """What runs at this moment and what comes next, for a telephone in a corridor."""
    found = _found(page)
    moment = at(found.programme, g.now)
    return render_template("programme/site/now.html", **found_words(found, moment=moment, talk_now=talk_now, at=g.now))


@site.get("/sessions/<int:number>")
@access(numbered, may_read_below)
def session(subject: tuple[EventPage, int]) -> Any:
    found = _found(subject[0])
    shown = found.programme.session_by_id.get(subject[1])
    if shown is None:
        raise NotFound
    if shown.is_talk:
        return redirect(url_for(".talk", slug=subject[0].event.slug, number=shown.talks[0].id))
    data = linked.session(found.programme, shown, current_locale(), page_of(subject[0].event.slug))
    return revalidated(render_template("programme/site/session.html", **found_words(found, session=shown, data=data)))


@site.get("/talks/<int:number>")
@access(numbered, may_read_below)
def talk(subject: tuple[EventPage, int]) -> Any:
    found = _found(subject[0])
    held = found.programme.talk_by_id.get(subject[1])
    if held is None:
        raise NotFound
    data = linked.talk(found.programme, *held, current_locale(), page_of(subject[0].event.slug))
    return revalidated(
        render_template("programme/site/talk.html", **found_words(found, session=held[0], talk=held[1], data=data))
    )


@site.get("/people")
@access(programme_page, may_read)
def people(page: EventPage) -> Any:
    found = _found(page)
    listed = sorted(found.programme.people.values(), key=lambda person: person.name.sort_key)
    body = fragment(
        (found.latest.token, current_locale(), "people"),
        lambda: render_template("programme/site/_people.html", **found_words(found, people=listed)),
    )
    return revalidated(
        render_template("programme/site/people.html", **found_words(found, body=body, count=len(listed)))
    )


@site.get("/people/<key>")
@access(keyed, may_read_below)
def person(subject: tuple[EventPage, str]) -> Any:
    found = _found(subject[0])
    shown = found.programme.people.get(subject[1])
    if shown is None:
        raise NotFound
    held = sorted(
        found.programme.engagements.get(shown.key, []),
        key=lambda pair: pair[1].starts_at if pair[1] else pair[0].starts_at,
    )
    return revalidated(render_template("programme/site/person.html", **found_words(found, person=shown, held=held)))


@site.get("/changes")
@access(programme_page, may_read)
def changelog(page: EventPage) -> Any:
    found = _found(page)
    releases = [
        (row, [change_sentence(change, found.programme.zone) for change in row.changes if not change.follows])
        for row in history(page.event.id)
    ]
    return render_template("programme/site/changes.html", **found_words(found, releases=releases))


@site.get("/calendars")
@access(programme_page, may_read)
def calendars(page: EventPage) -> Any:
    """Every calendar and file there is to subscribe to or take along."""
    found = _found(page)
    ready = [booklet for booklet in booklets_of(found.latest.id) if booklet.file is not None]
    return render_template("programme/site/calendars.html", **found_words(found, booklets=ready))
