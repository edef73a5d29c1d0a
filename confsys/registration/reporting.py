"""Who came: this room's part of an event's report, and of the society's year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from confsys.core.countries import name_of
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows
from confsys.events.models import Event
from confsys.events.queries.events import begun_between
from confsys.events.states import Feature
from confsys.registration.queries import people
from confsys.registration.queries.people import PlaceLine
from confsys.registration.rules import may_manage
from confsys.registration.states import Audience

#: Beyond this a picture shows the largest groups only.
GROUPS = 12
AUDIENCES = {
    Audience.ANYONE: _l("full price"), Audience.MEMBER: _l("member price"), Audience.STUDENT: _l("student price"),
}  # fmt: skip
COLUMNS: list[Col[PlaceLine]] = [
    Col("event", _l("Event"), lambda p: p.event),
    Col("ticket", _l("Ticket"), lambda p: p.ticket),
    Col("audience", _l("Price"), lambda p: AUDIENCES[p.audience]),
    Col("extras", _l("Besides"), lambda p: p.extras, "number"),
    Col("country", _l("Country or region"), lambda p: country(p)),
    Col("sector", _l("Sector"), lambda p: p.sector),
    Col("registered", _l("Registered"), lambda p: p.registered_at, "date"),
    Col("attended", _l("Came"), lambda p: _l("yes") if p.attended else _l("no")),
]


def country(place: PlaceLine) -> LocalizedText:
    code = place.country
    return LocalizedText(name_of(code, "en"), name_of(code, "zh")) if code else LocalizedText()


def report(scope: ReportScope) -> Iterable[ReportPart]:
    if scope.page is not None:
        if may_manage(scope.page.standing):
            yield _part([scope.page.event], scope)
        return
    events = [e for e in begun_between(scope.first, scope.last) if Feature.REGISTRATION.value in e.features]
    if events:
        yield _part(events, scope)


def _part(events: Sequence[Event], scope: ReportScope) -> ReportPart:
    found = people.of_events(events, scope.at.date())
    places = Rows("places", _l("Places"), found, COLUMNS)
    figures = [
        places.count("registration.people", _l("People registered")),
        places.count("registration.attended", _l("People who came"), lambda p: p.attended),
        places.count(
            "registration.no_shows", _l("Did not come"), lambda p: p.over and not p.attended,
            note=_l("Counted when an event is over."),
        ),
        places.count(
            "registration.first_timers", _l("For the first time"), lambda p: p.first_time is True,
            note=_l("Of those with an account here."),
        ),
        places.count("registration.members", _l("At the member price"), lambda p: p.audience is Audience.MEMBER),
        places.count("registration.students", _l("Students"), lambda p: p.audience is Audience.STUDENT),
        places.total("registration.extras", _l("Booked besides"), "extras"),
    ]  # fmt: skip
    by_event = scope.page is None
    charts = [
        _chart("registration.tickets", _l("People by event") if by_event else _l("People by ticket"), found,
               lambda p: p.event if by_event else p.ticket),
        _chart("registration.countries", _l("People by country or region"), found, country, sensitive=True),
        _chart("registration.sectors", _l("People by sector"), found, lambda p: p.sector, sensitive=True),
    ]  # fmt: skip
    return ReportPart(
        "registration", _l("Registration"), figures, [chart for chart in charts if chart.labels], order=40,
        lead=_l("People with a paid place."), rows=[places.table()],
    )  # fmt: skip


def _chart(
    key: str, title: Any, found: Sequence[PlaceLine], group: Callable[[PlaceLine], LocalizedText], *,
    sensitive: bool = False,
) -> ReportChart:  # fmt: skip
    """The largest groups; those of whom nothing is known stand in none."""
    counts = Counter(name for place in found if (name := group(place))).most_common(GROUPS)
    series = [(_l("people"), [number for _name, number in counts])]
    return ReportChart(key, title, [name for name, _number in counts], series, across=True, sensitive=sensitive)
