"""The first page of the house: what is on, what comes, what was."""

from __future__ import annotations

from flask import g, render_template

from confsys.core.access import public
from confsys.core.viewer import Viewer
from confsys.events.queries import events as queries
from confsys.events.rules import may_create_event
from confsys.events.views.blueprint import bp


@bp.get("/")
@public
def front(viewer: Viewer) -> str:
    return render_template(
        "events/front.html", front=queries.front(g.now), may_create=bool(may_create_event(viewer)), now=g.now
    )


@bp.get("/events/past")
@public
def past(_viewer: Viewer) -> str:
    return render_template("events/past.html", events=queries.past_events(g.now))
