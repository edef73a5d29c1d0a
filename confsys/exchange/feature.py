"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, url_for
from sqlalchemy import true

from confsys.core.actor import Actor
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Feature, Figure, NavItem, Panel
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.exchange import sample
from confsys.exchange.operations.floors import open_floors
from confsys.exchange.queries.figures import figures_of
from confsys.exchange.reporting import report
from confsys.exchange.rules import may_read, may_see_figures
from confsys.exchange.sentences import SENTENCES
from confsys.exchange.views import bp, live
from confsys.programme.models import Release
from confsys.programme.queries.released import latest_programme, latest_release
from confsys.programme.signals import released
from confsys.programme.snapshots import Programme
from confsys.programme.states import WITH_TALKS


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.EXCHANGE) or not page.standing.on(Room.PROGRAMME):
        return
    slug = page.event.slug
    if may_read(page.standing) and latest_release(page.event.id):
        yield NavItem(_l("Discussion"), url_for("exchange.index", slug=slug), "exchange.index", order=42)
    if may_see_figures(page.standing):
        yield NavItem(
            _l("Discussions"), url_for("exchange.desk", slug=slug), "exchange.desk", group="exchange", order=10
        )
        yield NavItem(
            _l("Rules of the room"), url_for("exchange.rules", slug=slug), "exchange.rules", group="exchange", order=11
        )


def about(page: EventPage, what: str, number: int) -> Iterable[NavItem]:
    """Where a session, or the session of a talk, is discussed."""
    if what not in {"session", "talk"} or not may_read(page.standing):
        return
    programme = latest_programme(page.event.id)
    if programme is None:
        return
    session = programme.session_by_id.get(number) if what == "session" else None
    if what == "talk" and number in programme.talk_by_id:
        session = programme.talk_by_id[number][0]
    if session is not None and session.kind in WITH_TALKS:
        hall = url_for("exchange.hall", slug=page.event.slug, number=session.id)
        yield NavItem(_l("Questions and discussion"), hall, "exchange.hall")


def overview(page: EventPage) -> Iterable[Panel]:
    if not may_see_figures(page.standing) or not latest_release(page.event.id):
        return
    figures, here = figures_of(page.event.id), url_for("exchange.desk", slug=page.event.slug)
    yield Panel(
        "exchange",
        _l("Exchange"),
        [
            Figure(_l("questions"), figures.asked, here),
            Figure(_l("wait for a moderator"), figures.waiting, here, "waiting" if figures.waiting else "done"),
            Figure(_l("people who spoke up"), figures.voices, here),
        ],
        order=65,
    )


def _follow(_release: Release, *, programme: Programme, actor: Actor, at: datetime) -> None:
    open_floors(programme.event_id, programme)


def setup(_app: Flask) -> None:
    """A released session has a floor from its first moment."""
    released.connect(_follow)


feature = Feature(
    name="exchange",
    blueprints=[bp, live],
    navigation=navigation,
    about=about,
    overview=overview,
    report=report,
    story=lambda _page: true(),
    sample=sample.tell,
    setup=setup,
    sentences=SENTENCES,
    constraints={
        "uq_attendance_floor_id_person_id": _l("This presence is recorded already."),
        "uq_poll_answer_poll_id_person_id": _l("You have answered this poll already."),
        "uq_feedback_floor_id_person_id": _l("You have given feedback already."),
    },
)
