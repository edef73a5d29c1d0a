"""This room's part of the reports: what was on the programme, as it was released to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows
from confsys.events.models import Event
from confsys.events.queries.events import begun_between
from confsys.events.states import Feature
from confsys.programme.queries.released import latest_programme
from confsys.programme.snapshots import PersonView, SessionView, TalkView
from confsys.programme.states import WITH_TALKS
from confsys.programme.wording import SESSION_KINDS


@dataclass(frozen=True, slots=True)
class _Session:
    event: LocalizedText
    session: SessionView


@dataclass(frozen=True, slots=True)
class _Talk:
    event: LocalizedText
    session: SessionView
    talk: TalkView


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody on the public programme."""

    event: LocalizedText
    person: PersonView
    talks: int
    duties: int


SESSIONS: list[Col[_Session]] = [
    Col("event", _l("Event"), lambda s: s.event),
    Col("title", _l("Session"), lambda s: s.session.title),
    Col("kind", _l("Kind"), lambda s: SESSION_KINDS[s.session.kind]),
    Col("day", _l("Day"), lambda s: s.session.starts_at, "date"),
    Col("minutes", _l("Minutes"), lambda s: s.session.minutes, "number"),
    Col("talks", _l("Talks"), lambda s: len(s.session.talks), "number"),
]
TALKS: list[Col[_Talk]] = [
    Col("event", _l("Event"), lambda t: t.event),
    Col("title", _l("Talk"), lambda t: t.talk.title),
    Col("session", _l("Session"), lambda t: t.session.title),
    Col("minutes", _l("Minutes"), lambda t: t.talk.minutes, "number"),
]
PEOPLE: list[Col[_Person]] = [
    Col("event", _l("Event"), lambda p: p.event),
    Col("name", _l("Name"), lambda p: p.person.name.both),
    Col("affiliation", _l("Affiliation"), lambda p: p.person.affiliation),
    Col("talks", _l("Talks"), lambda p: p.talks, "number"),
    Col("duties", _l("Sessions chaired or joined"), lambda p: p.duties, "number"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    """The released programme is public, so all of it may be read here; before a release there is nothing to say."""
    if scope.page is not None:
        events = [scope.page.event] if scope.page.standing.on(Feature.PROGRAMME) else []
    else:
        events = [e for e in begun_between(scope.first, scope.last) if Feature.PROGRAMME.value in e.features]
    sessions, talks, people = _gathered(events)
    if not sessions:
        return
    all_sessions = Rows("sessions", _l("Sessions"), sessions, SESSIONS)
    all_talks = Rows("talks", _l("Talks"), talks, TALKS)
    speaking = Rows("people", _l("People on the programme"), people, PEOPLE)
    yield ReportPart(
        "programme", _l("Programme"),
        [
            all_sessions.count("programme.sessions", _l("Sessions")),
            all_talks.count("programme.talks", _l("Talks")),
            all_talks.count("programme.papers", _l("Talks on an accepted paper"),
                            lambda t: t.talk.submission_id is not None),
            speaking.count("programme.speakers", _l("People who give a talk"), lambda p: p.talks > 0),
            speaking.count("programme.duties", _l("People who chair or sit on a panel"), lambda p: p.duties > 0),
            all_sessions.total("programme.minutes", _l("Minutes of programme"), "minutes"),
        ],
        _charts(sessions), order=40, rows=[all_sessions.table(), all_talks.table(), speaking.table()],
    )  # fmt: skip


def _gathered(events: Iterable[Event]) -> tuple[list[_Session], list[_Talk], list[_Person]]:
    sessions: list[_Session] = []
    talks: list[_Talk] = []
    people: list[_Person] = []
    for event in events:
        programme = latest_programme(event.id)
        if programme is None:
            continue
        sessions += [_Session(event.name, s) for s in programme.sessions if s.kind in WITH_TALKS]
        talks += [_Talk(event.name, session, talk) for session, talk in programme.talks()]
        for key, named in programme.engagements.items():
            given = [talk for _session, talk in named if talk is not None and _presents(talk, key)]
            duties = sum(talk is None for _session, talk in named)
            if key in programme.people and (given or duties):
                people.append(_Person(event.name, programme.people[key], len(given), duties))
    return sessions, talks, people


def _presents(talk: TalkView, person: str) -> bool:
    return any(part.person == person and part.presents for part in talk.parts)


def _charts(sessions: Sequence[_Session]) -> list[ReportChart]:
    kinds = {kind: [s for s in sessions if s.session.kind is kind] for kind in SESSION_KINDS}
    shown = {kind: len(found) for kind, found in kinds.items() if found}
    labels, series = [SESSION_KINDS[kind] for kind in shown], [(_l("sessions"), list(shown.values()))]
    return [ReportChart("programme.kinds", _l("Sessions by kind"), labels, series, across=True)]
