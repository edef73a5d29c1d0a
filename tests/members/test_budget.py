"""The budget as each reader may know it, with the dues as they were paid; benefits of classes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.members.models import BudgetLine, BudgetYear
from confsys.members.operations import budget as operations
from confsys.members.operations.budget import Line
from confsys.members.operations.dues import reverse, settle
from confsys.members.queries.budget import dues_income
from confsys.members.states import BudgetAudience, BudgetSide
from tests import factories
from tests.conftest import NOW
from tests.members import make

ACTOR = Actor()
PRINTING = Line(BudgetSide.USE, LocalizedText("Printing", "印刷"), 900_00, 450_00)


def treasurer() -> Person:
    made = factories.person()
    made.roles.append(SiteRoleGrant(role=SiteRole.TREASURER))
    return factories.saved(made)


def budget(year: int = 2026, audience: BudgetAudience = BudgetAudience.DRAFT) -> BudgetYear:
    row = operations.create_budget(year, actor=ACTOR, at=NOW)
    operations.put_line(row, None, PRINTING, version=None, actor=ACTOR, at=NOW)
    operations.publish_budget(row, audience, 1000_00, LocalizedText(), version=None, actor=ACTOR, at=NOW)
    return row


def test_dues_are_what_was_paid_in_the_year_less_what_went_back(app: Flask) -> None:
    tier = make.tier()
    for at in (NOW, datetime(2025, 12, 31, 15, 59, tzinfo=UTC), datetime(2025, 12, 31, 16, 0, tzinfo=UTC)):
        person = factories.person()
        settle(make.due(person, tier, at=at), actor=Actor(person.id), at=at)  # the third is 2026 in Beijing
    make.due(factories.person(), tier)  # owed, not paid
    assert (dues_income(2025, "CNY"), dues_income(2026, "CNY")) == (200_00, 400_00)
    back = factories.person()
    due = make.due(back, tier, at=NOW)
    settle(due, actor=ACTOR, at=NOW)
    for _ in range(2):  # told twice, given back once
        reverse(due, actor=ACTOR, at=NOW + timedelta(days=400))
    assert (dues_income(2026, "CNY"), dues_income(2027, "CNY")) == (600_00, -200_00)


@pytest.mark.parametrize(
    ("audience", "reads"),
    [
        (BudgetAudience.DRAFT, {"treasurer"}),
        (BudgetAudience.MEMBERS, {"treasurer", "member"}),
        (BudgetAudience.PUBLIC, {"treasurer", "member", "lapsed", "stranger", "visitor"}),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_who_reads_it(app: Flask, audience: BudgetAudience, reads: set[str]) -> None:
    tier = make.tier()
    budget(audience=audience)
    people: dict[str, Person | None] = {
        "treasurer": treasurer(), "member": make.member(tier_=tier).person, "stranger": factories.person(),
        "lapsed": make.member(tier_=tier, days_ago=800).person, "visitor": None,
    }  # fmt: skip
    found = set()
    for who, person in people.items():
        client = app.test_client() if person is None else factories.sign_in(app.test_client(), person)
        if "Printing" in client.get("/membership/budget?year=2026").text:
            found.add(who)
    assert found == reads


def test_it_is_kept_and_published_in_pages(app: Flask, client: FlaskClient) -> None:
    make.member()
    factories.sign_in(client, treasurer())
    here = "/office/membership/budgets"
    assert client.post(here, data={"year": "2026"}).status_code == 303
    assert client.post(here, data={"year": "2026"}).status_code == 422
    line = {"side": "use", "name_en": "Printing", "name_zh": "印刷", "planned": "900", "actual": "450.50"}
    wrong = client.post(f"{here}/2026/lines/0", data={**line, "planned": "much"})
    assert wrong.status_code == 422
    assert "450.50" in wrong.text
    assert client.post(f"{here}/2026/lines/0", data={**line, "actual": "-1"}).status_code == 422
    assert client.post(f"{here}/2026/lines/0", data=line).status_code == 303
    row = db.session.scalars(select(BudgetLine)).one()
    assert (row.planned_minor, row.actual_minor) == (900_00, 450_50)
    changed = {**line, "actual": "500", "version": row.version}
    assert client.post(f"{here}/2026/lines/{row.id}", data=changed).status_code == 303
    assert client.post(f"{here}/2026/lines/{row.id}", data=changed).status_code == 409
    version = db.session.scalars(select(BudgetYear)).one().version
    given = {"audience": "public", "dues_planned": "1000", "note_en": "A quiet year.", "version": version}
    assert client.post(f"{here}/2026", data={**given, "dues_planned": "x"}).status_code == 422
    assert client.post(f"{here}/2026", data=given).status_code == 303
    page = app.test_client().get("/membership/budget").text
    assert "A quiet year." in page
    assert "CN¥200.00" in page  # the member's dues
    assert "Change" not in page
    assert "/office/membership/members" not in client.get(here).text  # the treasurer keeps nothing else of the office
    assert client.post(f"{here}/2026/lines/{row.id}/remove").status_code == 303
    assert db.session.scalars(select(BudgetLine)).all() == []
    for person in (factories.admin(), factories.person()):
        stranger = factories.sign_in(app.test_client(), person)
        assert stranger.get(here).status_code == stranger.get(f"{here}/2026").status_code == 404
        assert stranger.post(f"{here}/2026", data=given).status_code == 404


def test_a_year_begins_with_the_plans_of_the_last(app: Flask) -> None:
    budget(2025)
    row = operations.create_budget(2026, actor=ACTOR, at=NOW)
    assert [(line.name.en, line.planned_minor, line.actual_minor) for line in row.lines] == [("Printing", 900_00, 0)]
    assert (row.dues_planned_minor, row.audience) == (1000_00, BudgetAudience.DRAFT)
    with pytest.raises(Invalid, match="already"):
        operations.create_budget(2026, actor=ACTOR, at=NOW)


def test_what_a_class_gets_stands_on_the_page_of_benefits(app: Flask) -> None:
    make.tier(benefits=LocalizedText("Cheaper meetings\n\nA vote", "会议优惠\n选举权"))
    page = app.test_client().get("/membership/benefits").text
    assert "<li>Cheaper meetings</li><li>A vote</li>" in page
    assert "选举权" in app.test_client().get("/membership/benefits", headers={"Accept-Language": "zh-CN"}).text
