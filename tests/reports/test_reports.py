"""Reports as they are asked for, kept, read and frozen; and what a small count must not tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportFigure, ReportPart
from confsys.core.reporting import Col, Rows, guarded
from confsys.events.states import Role
from confsys.reports import collecting, reading, scopes
from confsys.reports.models import Report
from confsys.reports.operations import reports
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import NOW, QueryCounter


def officer(role: SiteRole) -> Person:
    someone = factories.person()
    someone.roles.append(SiteRoleGrant(role=role))
    return factories.saved(someone)


@pytest.fixture
def secretary(app: Flask) -> Person:
    return officer(SiteRole.SECRETARY)


def made(year: int, by: Person) -> Report:
    report = reports.ask_year(year, actor=Actor(by.id), at=clock.now())
    queue.drain()
    return factories.refreshed(report)


def values(report: Report) -> dict[str, Any]:
    return {figure.key: figure.value for _part, figure in reading.read(report.data).figures()}


def test_the_year_counts_what_was_received_and_decided_in_it(app: Flask, secretary: Person) -> None:
    event = factories.event(starts_on=NOW.date() + timedelta(days=400), ends_on=NOW.date() + timedelta(days=401))
    old = NOW - timedelta(days=90)  # December: received then, decided now
    factories.submission(event, state=SubmissionState.ACCEPTED, submitted_at=old, outcome_at=NOW)
    factories.submission(event, state=SubmissionState.REJECTED, submitted_at=NOW - timedelta(days=10), outcome_at=NOW)
    factories.submission(event)
    factories.submission(event, state=SubmissionState.DRAFT)
    found = values(made(2026, secretary))
    assert found["papers.submitted"] == 2
    assert found["papers.decided"] == 2
    assert found["papers.rate"] == 0.5
    assert found["papers.days"] == 50
    assert found["events.all"] == 0
    assert values(made(2025, secretary))["papers.submitted"] == 1


def test_no_title_of_a_paper_that_was_not_accepted(app: Flask, secretary: Person) -> None:
    event = factories.event()
    factories.submission(event, state=SubmissionState.REJECTED, title=LocalizedText("Never told", "不可告人"))
    factories.submission(event, state=SubmissionState.ACCEPTED, title=LocalizedText("In the programme", "已录用"))
    kept = json.dumps(made(2026, secretary).data, ensure_ascii=False)
    assert "In the programme" in kept
    assert "Never told" not in kept
    assert "不可告人" not in kept


def test_counting_again_changes_the_open_report_and_never_a_frozen_one(app: Flask, secretary: Person) -> None:
    event, actor = factories.event(), Actor(secretary.id)
    factories.submission(event)
    report = made(2026, secretary)
    before, files = report.data, [kept.file.sha256 for kept in report.files]
    stale = report.version - 1
    with pytest.raises(StaleVersion):
        reports.freeze(report, version=stale, actor=actor, at=NOW)
    reports.freeze(report, version=factories.refreshed(report).version, actor=actor, at=NOW)
    factories.submission(event)
    newer = made(2026, secretary)
    assert newer.code != report.code
    assert values(newer)["papers.submitted"] == 2
    report = factories.refreshed(report)
    assert report.data == before
    assert [kept.file.sha256 for kept in report.files] == files
    assert reports.keep(report, {}, {}, at=NOW) is False
    with pytest.raises(Refused):
        reports.freeze(report, version=None, actor=actor, at=NOW)
    assert values(made(2026, secretary)) == values(newer)
    assert len(list(db.session.scalars(select(Report)))) == 2


def test_asking_twice_makes_one_job_and_an_impossible_year_none(app: Flask, secretary: Person) -> None:
    actor = Actor(secretary.id)
    first = reports.ask_year(2026, actor=actor, at=NOW)
    assert reports.ask_year(2026, actor=actor, at=NOW).job_id == first.job_id
    with pytest.raises(Invalid):
        reports.ask_year(1066, actor=actor, at=NOW)
    with pytest.raises(Refused):
        reports.freeze(first, version=None, actor=actor, at=NOW)


def test_the_yearly_report_is_for_its_offices_and_the_exchange_report_for_organisers(app: Flask) -> None:
    event = factories.event("am")
    organiser, chair = factories.grant(event, Role.ORGANISER), factories.grant(event, Role.CHAIR)
    secretary = officer(SiteRole.SECRETARY)
    year = made(2026, secretary)
    exchange = reports.ask_exchange(event, actor=Actor(organiser.id), at=NOW)
    queue.drain()
    may: list[tuple[Person, bool, bool]] = [
        (secretary, True, False), (officer(SiteRole.TREASURER), True, False), (factories.admin(), True, False),
        (officer(SiteRole.OUTREACH), False, False), (organiser, False, True), (chair, False, False),
        (factories.person(), False, False),
    ]  # fmt: skip
    for person, reads_year, reads_event in may:
        client = factories.sign_in(app.test_client(), person)
        for path in ("", "/rows/papers.submitted", "/report.json"):
            assert (client.get(f"/reports/{year.code}{path}").status_code == 200) is reads_year, person.id
            address = f"/events/am/reports/{exchange.code}{path}"
            assert (client.get(address).status_code == 200) is reads_event, person.id
        assert client.get(f"/reports/{exchange.code}").status_code == 404
        assert client.get(f"/events/am/reports/{year.code}").status_code == 404
        assert (client.post(f"/reports/{year.code}/refresh").status_code == 303) is reads_year


def test_the_page_asks_makes_shows_and_freezes(app: Flask, secretary: Person) -> None:
    factories.submission(factories.event(), state=SubmissionState.ACCEPTED)
    client = factories.sign_in(app.test_client(), secretary)
    assert "No report yet" in client.get("/reports").text
    assert client.post("/reports", data={"year": "1"}).status_code == 422
    answer = client.post("/reports", data={"year": "2026"})
    assert answer.status_code == 303
    report = db.session.scalars(select(Report)).one()
    address = f"/reports/{report.code}"
    assert "There are no figures yet" in client.get(address).text
    queue.drain()
    text = client.get(address).text
    assert "Acceptance rate" in text
    assert "1 of 1" in text
    rows = client.get(f"{address}/rows/papers.accepted?q=annual")
    assert rows.status_code == 200
    assert client.get(f"{address}/rows/papers.accepted?q=nowhere").text.count("<tr>") == 0
    assert client.get(f"{address}/rows/nothing.such").status_code == 404
    version = str(factories.refreshed(report).version)
    assert client.post(f"{address}/freeze", data={"version": "1"}).status_code == 303
    assert factories.refreshed(report).frozen_at is None
    client.post(f"{address}/freeze", data={"version": version})
    assert factories.refreshed(report).frozen_at == NOW
    assert "frozen" in client.get(address).text


def test_a_report_costs_as_many_queries_at_three_papers_as_at_one(
    app: Flask, secretary: Person, queries: QueryCounter
) -> None:
    event = factories.event()
    factories.submission(event)
    scope = scopes.scope_of(_new(secretary), NOW)
    counts = []
    for _round in range(3):
        with app.test_request_context(), queries:
            collecting.collect(scope, kind="year", title=LocalizedText("x"), at=NOW)
        counts.append(queries.count)
        factories.submission(event)
        factories.submission(event)
    assert counts[1] == counts[2]  # the first also reads what the session keeps afterwards


def _new(by: Person) -> Report:
    report = reports.ask_year(2026, actor=Actor(by.id), at=NOW)
    db.session.commit()
    return report


@pytest.fixture
def contributed(monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[list[ReportPart]]:
    """A report of just these parts."""
    parts: list[ReportPart] = []
    monkeypatch.setattr(collecting, "contributed", lambda *_: parts)
    with app.test_request_context():
        yield parts


def collected(secretary: Person) -> dict[str, Any]:
    scope = scopes.scope_of(_new(secretary), NOW)
    return collecting.collect(scope, kind="year", title=LocalizedText("Report", "报告"), at=NOW)


def test_a_small_count_of_people_is_told_nowhere(contributed: list[ReportPart], secretary: Person) -> None:
    cases = Rows("cases", "Cases", range(3), [Col("n", "N", lambda n: n)])
    contributed.append(
        ReportPart(
            "ages", "Ages",
            [cases.count("cases", "Cases", sensitive=True), ReportFigure("none", "None", 0, sensitive=True),
             ReportFigure("many", "Many", 7, "/x")],
            [ReportChart("ages", "Ages", ["young", "old", "older"], [("people", [3, 40, 12])], sensitive=True)],
        )
    )  # fmt: skip
    view = reading.read(collected(secretary)).parts[0]
    few, none, many = view.figures
    assert (none.value, none.words) == (few.value, few.words)  # else one would tell of the other
    assert (few.value, few.few, few.words, few.opens) == (None, True, "fewer than 5", False)
    assert (many.value, many.href) == (7, "/x")
    # Twelve goes with three: otherwise the sum would tell what was left out.
    assert view.charts[0].series[0][1] == [None, 40, None]


@pytest.mark.parametrize(
    ("counts", "told"),
    [([0, 5, 9], [0, 5, 9]), ([4, 9, 7], [None, 9, None]), ([1, 2, 50], [None, None, 50]), ([2, 0], [None, 0])],
)
def test_groups_of_few_people_are_left_out(counts: list[float | None], told: list[float | None]) -> None:
    assert guarded(counts) == told


def test_two_figures_of_one_key_are_a_fault(contributed: list[ReportPart], secretary: Person) -> None:
    contributed += [
        ReportPart("a", "A", [ReportFigure("one", "One", 1)]),
        ReportPart("b", "B", [ReportFigure("one", "1", 2)]),
    ]
    with pytest.raises(collecting.TwoFigures):
        collected(secretary)


def test_the_list_of_reports_asks_the_same_of_three_as_of_one(
    app: Flask, secretary: Person, queries: QueryCounter
) -> None:
    client: FlaskClient = factories.sign_in(app.test_client(), secretary)
    made(2026, secretary)
    with queries:
        client.get("/reports")
    one = queries.count
    made(2025, secretary)
    made(2024, secretary)
    with queries:
        assert client.get("/reports").text.count("<article") == 3
    assert queries.count == one
