"""The organiser's home: where the event stands."""

from __future__ import annotations

from flask import g, render_template, request, url_for

from confsys.core.access import access
from confsys.core.i18n import gettext as _
from confsys.core.registry import contributed
from confsys.core.registry import features as installed
from confsys.events.context import EventPage, by_standing, event_page
from confsys.events.queries.story import story_of
from confsys.events.rules import may_edit_event, may_see_workroom
from confsys.events.timeline import StageLine, stage_lines, strip
from confsys.events.views.blueprint import bp
from confsys.events.views.settings import in_setup
from confsys.events.words import FEATURES, STATE_TONES, STATES


def _coming(lines: list[StageLine]) -> list[StageLine]:
    """What opens, is due or closes next, the nearest first."""
    ahead = [(line.next_moment, line) for line in lines if line.next_moment is not None]
    return [line for _moment, line in sorted(ahead, key=lambda pair: pair[0])][:4]


@bp.get("/events/<slug>/organise")
@access(event_page, by_standing(may_see_workroom))
def organise(page: EventPage) -> str:
    event = page.event
    lines = stage_lines(event.stages, event.features, g.now)
    may_edit = bool(may_edit_event(page.standing))
    settings_href = url_for("events.stages", slug=event.slug) if may_edit else ""
    hrefs = {line.kind: settings_href for line in lines} if may_edit else {}
    return render_template(
        "events/organise.html", event=event, stages=strip(lines, event.zone, hrefs), lines=lines, now=g.now,
        panels=contributed("overview", page), may_edit=may_edit, in_setup=may_edit and in_setup(page),
        next_lines=_coming(lines), state_word=STATES[event.state], state_tone=STATE_TONES[event.state],
    )  # fmt: skip


@bp.get("/events/<slug>/organise/story")
@access(event_page, by_standing(may_edit_event))
def story(page: EventPage) -> str:
    """What happened, told in the reader's language."""
    number, room = request.args.get("page", "1"), request.args.get("room", "")
    names = {"events": _("The event"), **{feature.value: str(word) for feature, word in FEATURES.items()}}
    rooms = [feature.name for feature in installed() if feature.name in names and feature.story is not None]
    told = story_of(page, int(number) if number.isdigit() and len(number) < 7 else 1, room if room in rooms else "")
    tabs = [
        {"label": names[name], "href": url_for(".story", slug=page.event.slug, room=name), "active": name == room}
        for name in rooms
    ]
    return render_template("events/story.html", event=page.event, story=told, room_tabs=tabs, room=room)
