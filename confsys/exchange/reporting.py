"""Was there an exchange? This room's part of an event's report, and of the society's year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope, ReportTable
from confsys.core.reporting import Col, Rows
from confsys.events.models import Event
from confsys.events.queries.events import begun_between
from confsys.events.states import Feature
from confsys.exchange.queries import figures as counting
from confsys.exchange.queries.figures import Heard, Opinion, SessionFigures, Voice
from confsys.exchange.rules import may_see_figures

#: A picture shows the sessions with most to say.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Line:
    event: LocalizedText
    session: SessionFigures


SESSIONS: list[Col[_Line]] = [
    Col("event", _l("Event"), lambda s: s.event),
    Col("title", _l("Session"), lambda s: s.session.title),
    Col("day", _l("Day"), lambda s: s.session.starts_at, "date"),
    Col("asked", _l("Asked"), lambda s: s.session.asked, "number"),
    Col("answered", _l("Answered"), lambda s: s.session.answered, "number"),
    Col("voices", _l("Spoke up"), lambda s: s.session.voices, "number"),
    Col("remarks", _l("Remarks"), lambda s: s.session.remarks, "number"),
    Col("attendance", _l("Recorded"), lambda s: s.session.attendance, "number"),
    Col("feedback", _l("Feedback"), lambda s: s.session.feedback, "number"),
    Col("stars", _l("Stars"), lambda s: s.session.stars, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        if may_see_figures(scope.page.standing):
            yield _part([scope.page.event], scope.at, order=5)  # what the report of an event is about
        return
    events = [e for e in begun_between(scope.first, scope.last) if Feature.EXCHANGE.value in e.features]
    if events:
        yield _part(events, scope.at, order=60)


def _part(events: Sequence[Event], at: datetime, order: int) -> ReportPart:
    names = {event.id: event.name for event in events}
    lines = [
        _Line(names[event_id], session)
        for event_id, found in counting.figures_of_all(names).items()
        for session in found.sessions
    ]
    titles = {(line.event, line.session.session_id): line.session.title for line in lines}
    event: Col[Any] = Col("event", _l("Event"), lambda row: names[row.event_id])
    sessions = Rows("sessions", _l("Sessions"), lines, SESSIONS)
    voices: Rows[Voice] = Rows("voices", _l("People who spoke up"), counting.voices_of(names), [
        event,
        Col("questions", _l("Questions"), lambda v: v.questions, "number"),
        Col("remarks", _l("Remarks"), lambda v: v.remarks, "number"),
        Col("sessions", _l("Sessions"), lambda v: v.sessions, "number"),
    ])  # fmt: skip
    heard: Rows[Heard] = Rows("heard", _l("People recorded in sessions"), counting.recorded(names), [
        event,
        Col("sessions", _l("Sessions"), lambda h: h.sessions, "number"),
    ])  # fmt: skip
    opinions: Rows[Opinion] = Rows("opinions", _l("Feedback"), counting.opinions(names), [
        event,
        Col("session", _l("Session"), lambda o: titles.get((names[o.event_id], o.session_id), "")),
        Col("stars", _l("Stars"), lambda o: o.stars, "number"),
    ])  # fmt: skip
    silent = [line for line in lines if line.session.silent and line.session.ends_at < at]
    return ReportPart(
        "exchange", _l("Exchange"),
        [
            sessions.total("exchange.asked", _l("Questions asked"), "asked"),
            sessions.total("exchange.answered", _l("Questions answered"), "answered"),
            voices.count("exchange.voices", _l("People who spoke up"), note=_l("in each event once")),
            sessions.total("exchange.remarks", _l("Contributions to debates"), "remarks"),
            heard.count("exchange.attendance", _l("People recorded in sessions"), note=_l("in each event once")),
            sessions.count("exchange.silent", _l("Sessions without exchange"), lambda line: line in silent,
                           note=_l("over, without a question or a remark")),
            opinions.count("exchange.feedback", _l("Feedback given")),
            opinions.mean("exchange.stars", _l("Stars on average"), "stars", kind="rating"),
        ],
        _charts(lines),
        [ReportTable(
            "exchange.silent", _l("Sessions without exchange"), [_l("Session"), _l("Event"), _l("Day")],
            [[line.session.title, line.event, line.session.starts_at] for line in silent],
        )],
        order=order, rows=[sessions.table(), voices.table(), heard.table(), opinions.table()],
    )  # fmt: skip


def _charts(lines: Sequence[_Line]) -> list[ReportChart]:
    lively = sorted((x for x in lines if x.session.asked), key=lambda x: -x.session.asked)[:SHOWN]
    if not lively:
        return []
    return [
        ReportChart(
            "exchange.sessions", _l("Questions by session"), [line.session.title for line in lively],
            [(_l("asked"), [x.session.asked for x in lively]), (_l("answered"), [x.session.answered for x in lively])],
            see=_l("The sessions in which most was asked."), across=True,
        )
    ]  # fmt: skip
