"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from sqlalchemy import true

from confsys.core.actor import Actor
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Feature, Figure, NavItem, Panel, ReportFigure, ReportPart, ReportScope, ReportTable
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.exchange import sample
from confsys.exchange.operations.floors import open_floors
from confsys.exchange.queries.figures import figures_of
from confsys.exchange.rules import may_read, may_see_figures
from confsys.exchange.sentences import SENTENCES
from confsys.exchange.views import bp, live
from confsys.programme.models import Release
from confsys.programme.queries.released import latest_release
from confsys.programme.signals import released
from confsys.programme.snapshots import Programme


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


def report(scope: ReportScope) -> Iterable[ReportPart]:
    """Was there an exchange? An event's part; the society's year adds up the reports of its events."""
    if scope.page is None or not may_see_figures(scope.page.standing):
        return
    figures = figures_of(scope.page.event.id)
    here = url_for("exchange.desk", slug=scope.page.event.slug)
    silent = figures.without_exchange(scope.at)
    values: list[tuple[str, Any, float | None, str]] = [
        ("exchange.asked", _l("Questions asked"), figures.asked, "number"),
        ("exchange.answered", _l("Questions answered"), figures.answered, "number"),
        ("exchange.voices", _l("People who spoke up"), figures.voices, "number"),
        ("exchange.remarks", _l("Contributions to debates"), figures.remarks, "number"),
        ("exchange.attendance", _l("People recorded in sessions"), figures.attendance, "number"),
        ("exchange.silent", _l("Sessions without exchange"), len(silent), "number"),
        ("exchange.feedback", _l("Feedback given"), figures.feedback, "number"),
        ("exchange.stars", _l("Stars on average"), figures.stars, "rating"),
    ]
    yield ReportPart(
        "exchange",
        _l("Exchange"),
        [ReportFigure(key, label, value, here, kind=kind) for key, label, value, kind in values],
        tables=[
            ReportTable(
                "exchange.silent", _l("Sessions without exchange"), [_l("Session")], [[s.title] for s in silent]
            )
        ],
        order=60,
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
