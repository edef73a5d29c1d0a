"""The doors of the room: its pages below an event, and what they listen to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request, url_for

from confsys.core.pages import back
from confsys.core.viewer import current_viewer
from confsys.events.states import EventState
from confsys.exchange.context import FloorPage
from confsys.exchange.queries.floors import board
from confsys.exchange.wording import CONSENTS, MATERIALS, MOMENTS, POLLS, QUESTIONS

bp = Blueprint("exchange", __name__, url_prefix="/events/<slug>/exchange")
live = Blueprint("live", __name__, url_prefix="/live")


def words(on: FloorPage, **more: Any) -> dict[str, Any]:
    """What every template of a session's discussion reads."""
    return {
        "event": on.event, "on": on, "session": on.session, "programme": on.programme, "talks": on.talks,
        "standing": on.standing, "states": QUESTIONS, "poll_states": POLLS, "kinds": MATERIALS, "consents": CONSENTS,
        "moment": MOMENTS[on.standing.moment], "live_source": source(on), **more,
    }  # fmt: skip


def source(on: FloorPage, kind: str = "board") -> str:
    """What the page listens to; nothing while only those who work on the event see it."""
    if on.floor is None or on.event.state is EventState.DRAFT:
        return ""
    return url_for("live.floor", channel=on.floor.channel, kind=kind)


def done(on: FloorPage, endpoint: str = ".hall", anchor: str | None = None) -> Any:
    """After a change: the page again, or for a script what the reader has voted for."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(mine=board(on.floor, current_viewer()).mine)
    return back(endpoint, slug=on.event.slug, number=on.session.id, _anchor=anchor)
