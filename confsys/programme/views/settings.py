"""The event's own rules for its timetable."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from flask import Response, g, render_template, request

from confsys.core.access import access
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.programme.context import may_change, programme_page
from confsys.programme.operations import settings
from confsys.programme.options import ProgrammeOptions
from confsys.programme.queries.detail import venues_of
from confsys.programme.states import ClashKind, SessionKind, Severity
from confsys.programme.views.blueprint import desk
from confsys.programme.wording import CLASH_KINDS, SESSION_KINDS, SEVERITIES


def _who(page: EventPage) -> dict[str, Any]:
    return {"standing": page.standing, "actor": page.viewer.actor, "at": g.now}


@desk.get("/rules")
@access(programme_page, may_change)
def rules(page: EventPage) -> str:
    return render_template(
        "programme/desk/rules.html", event=page.event, options=ProgrammeOptions.of(page.event), kinds=CLASH_KINDS,
        severities=SEVERITIES, session_kinds=SESSION_KINDS, ways=list(combinations(venues_of(page.event.id), 2)),
    )  # fmt: skip


@desk.post("/rules")
@access(programme_page, may_change)
def set_rules(page: EventPage) -> Response:
    severities = {
        kind: Severity(given)
        for kind in ClashKind
        if (given := request.form.get(f"severity-{kind.value}")) in set(Severity)
    }
    minutes = {
        kind: int(given)
        for kind in SessionKind
        if (given := request.form.get(f"minutes-{kind.value}", "")).isdigit() and len(given) < 5
    }
    version = int(request.form.get("version") or 0)
    settings.set_rules(
        page.event, severities=severities, talk_minutes=minutes, walking=_walking(page), version=version, **_who(page)
    )
    notice(_l("The rules were saved. The clashes are counted by them from now on."))
    return back(".rules", slug=page.event.slug)


def _walking(page: EventPage) -> dict[tuple[str, str], int]:
    """The ways that the form names, in the order of its pairs of buildings."""
    found = {}
    for number, pair in enumerate(combinations(venues_of(page.event.id), 2)):
        given = request.form.get(f"walk-{number}")
        if given is not None and (given.isdigit() or not given) and len(given) < 4:
            found[pair] = int(given or 0)
    return found
