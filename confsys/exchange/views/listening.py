"""What pages ask for every few seconds. Asked without a cookie: the answer is everybody's, and costs one query."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone
from confsys.core.i18n import LANGUAGE_NAMES, force_locale
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.states import EventState, Feature
from confsys.exchange.context import channel_floor
from confsys.exchange.live import shared
from confsys.exchange.models import Floor
from confsys.exchange.queries.floors import board
from confsys.exchange.views.blueprint import live
from confsys.exchange.wording import POLLS, QUESTIONS
from confsys.programme.queries.released import latest_programme

TEMPLATES = {"board": "exchange/_board.html", "screen": "exchange/_screen.html"}


def _heard(viewer: Viewer, channel: str) -> tuple[Floor, Event]:
    """Only what the public may read anyway. Of anything else there is no sign: not even a way to sign in."""
    floor, event = channel_floor(viewer, channel)
    if event.state is EventState.DRAFT or Feature.EXCHANGE.value not in event.features:
        raise NotFound
    return floor, event


@live.get("/<channel>")
@access(_heard, anyone)
def floor(subject: tuple[Floor, Event]) -> Any:
    """204 while nothing is new; else the revision and the shared part of the page."""
    row, event = subject
    if request.args.get("have") == str(row.revision):
        return Response(status=204, headers={"Cache-Control": "no-store"})
    kind = request.args.get("kind", "board")
    locale = request.args.get("locale", "en")
    if kind not in TEMPLATES or locale not in LANGUAGE_NAMES:
        raise NotFound
    html = shared(row.channel, row.revision, locale, kind, lambda: _drawn(row, event, kind, locale))
    answer = jsonify(revision=row.revision, html=html)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _drawn(row: Floor, event: Event, kind: str, locale: str) -> str:
    programme = latest_programme(event.id)
    session = programme.session_by_id.get(row.session_id) if programme else None
    if session is None:
        raise NotFound
    with force_locale(locale):
        return render_template(
            TEMPLATES[kind], board=board(row), event=event, session=session, states=QUESTIONS, poll_states=POLLS,
            talks={talk.id: talk for talk in session.talks}, locale=locale, shared=True,
        )  # fmt: skip
