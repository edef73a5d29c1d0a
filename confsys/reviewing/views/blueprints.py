"""The doors of the room: reviewers, authors, chairs."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from confsys.core.decisions import Decision
from confsys.events.context import EventPage, by_standing, room_page
from confsys.events.standing import EventStanding
from confsys.events.states import Feature

reviews = Blueprint("reviews", __name__, url_prefix="/events/<slug>/reviews")
verdicts = Blueprint("verdicts", __name__, url_prefix="/events/<slug>/papers")
chair = Blueprint("reviewing", __name__, url_prefix="/events/<slug>/review")

room = room_page(Feature.REVIEWING)


def for_those(rule: Callable[[EventStanding], Decision]) -> Callable[[EventPage], Decision]:
    """A rule over standings as a rule over pages of the event."""
    return by_standing(rule)
