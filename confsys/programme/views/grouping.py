"""Putting waiting talks together into sessions: looked at first, then made."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import BadRequest

from confsys.core.access import access
from confsys.core.i18n import ngettext
from confsys.core.localized import LocalizedText
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.models import Event
from confsys.programme.arranging.grouping import Group, grouped
from confsys.programme.context import may_change, programme_page
from confsys.programme.operations import grouping
from confsys.programme.operations.grouping import NewSession
from confsys.programme.queries.grouping import sessions_of_tracks, waiting
from confsys.programme.views.asked import whole
from confsys.programme.views.blueprint import desk

USUAL_MINUTES = 90
LENGTHS = (45, 60, 75, 80, 90, 100, 120, 150, 180)
#: More talks than any event has; beyond it the preview would keep the reader waiting.
MOST = 600
PAPERS = LocalizedText("Papers", "论文报告")
POSTERS = LocalizedText("Posters", "海报")


@desk.get("/grouping")
@access(programme_page, may_change)
def preview_groups(page: EventPage) -> str:
    """What the sessions would be; nothing is made."""
    minutes = whole("minutes") or USUAL_MINUTES
    across = request.args.get("by") == "topic"
    talks, titles = waiting(page.event)
    groups = grouped(talks[:MOST], minutes, across=across) if 0 < minutes <= 24 * 60 else []
    return render_template(
        "programme/desk/grouping.html", event=page.event, minutes=minutes, across=across, lengths=LENGTHS,
        groups=list(zip(groups, _names(page.event, groups), strict=True)), titles=titles,
        lengths_of={talk.id: talk.minutes for talk in talks}, left=max(len(talks) - MOST, 0),
    )  # fmt: skip


def _names(event: Event, groups: list[Group]) -> list[LocalizedText]:
    """The track's name and the next letter: Methods C / 方法 C."""
    tracks = {track.id: track.name for track in event.tracks}
    used = sessions_of_tracks(event)
    found = []
    for group in groups:
        name = tracks.get(group.track, PAPERS) if group.track is not None else PAPERS
        if group.poster:
            of_track = LocalizedText(f"{POSTERS.en}: {name.en}", f"{POSTERS.zh}：{name.zh}")
            found.append(POSTERS if group.track is None else of_track)
            continue
        number = used[group.track] = used.get(group.track, 0) + 1
        letter = chr(ord("A") + number - 1) if number <= 26 else str(number)
        found.append(LocalizedText(f"{name.en} {letter}" if name.en else "", f"{name.zh} {letter}" if name.zh else ""))
    return found


@desk.post("/grouping")
@access(programme_page, may_change)
def make_groups(page: EventPage) -> Response:
    """Make the sessions that the preview showed and whose box is ticked."""
    chosen = set(request.form.getlist("chosen"))
    wanted = [_wanted(number) for number in request.form.getlist("group") if number in chosen]
    made = grouping.make_sessions(
        page.event, wanted, standing=page.standing, actor=page.viewer.actor, at=g.now
    )  # fmt: skip
    notice(
        ngettext(
            "%(num)s session was made; it waits in the tray for its place. You can take this back.",
            "%(num)s sessions were made; they wait in the tray for their places. You can take this back.",
            len(made),
        )
    )
    return back(".today", slug=page.event.slug)


def _wanted(number: str) -> NewSession:
    """One group of the form."""

    def field(name: str) -> Any:
        return request.form.get(f"{name}-{number}", "")

    talks = [text for text in field("talks").split(",") if text]
    if not all(text.isdigit() and len(text) < 10 for text in [*talks, field("minutes")]):
        raise BadRequest
    title = LocalizedText(field("title_en").strip()[:300], field("title_zh").strip()[:300])
    track = field("track")
    return NewSession(
        title, [int(text) for text in talks], int(field("minutes")), int(track) if track.isdigit() else None,
        field("poster") == "1",
    )  # fmt: skip
