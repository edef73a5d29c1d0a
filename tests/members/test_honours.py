"""Honours: by the office or by another room, in the directory by consent."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.members.models import Honour
from confsys.members.operations.honours import Given, give_honour, take_back_from
from confsys.members.operations.members import set_consent
from confsys.members.states import Audience, HonourKind
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make

ACTOR = Actor()
FELLOW = Given(HonourKind.FELLOW, LocalizedText("Fellow of the society", "会士"), 2024)


def test_the_directory_shows_honours_by_consent_alone(app: Flask) -> None:
    member = make.member()
    give_honour(member.person, FELLOW, actor=ACTOR, at=NOW)
    consent = {"name": Audience.PUBLIC}
    set_consent(member, consent, version=None, actor=ACTOR, at=NOW)
    client = app.test_client()
    assert "Fellow of the society" not in client.get("/membership/directory").text
    set_consent(member, {**consent, "honours": Audience.MEMBERS}, version=None, actor=ACTOR, at=NOW)
    assert "Fellow of the society" not in client.get("/membership/directory").text
    other = factories.sign_in(app.test_client(), make.member(tier_=member.tier).person)
    assert "Fellow of the society (2024)" in other.get("/membership/directory").text


def test_another_room_writes_one_honour_for_one_source(app: Flask) -> None:
    person = factories.person()
    for year in (2024, 2025):
        given = Given(HonourKind.AWARD, LocalizedText("Best paper"), year)
        give_honour(person, given, source="awards:17", actor=ACTOR, at=NOW)
    assert list(db.session.scalars(select(Honour.year))) == [2025]
    for _ in range(2):
        take_back_from("awards:17", person, actor=ACTOR, at=NOW)
    assert db.session.scalar(select(func.count(Honour.id))) == 0


def test_the_office_writes_and_removes_them(app: Flask, client: FlaskClient) -> None:
    member = make.member()
    factories.sign_in(client, make.secretary())
    here = f"/office/membership/members/{member.id}"
    form = {"kind": "fellow", "title_en": "Fellow", "title_zh": "会士", "year": "2024"}
    assert client.post(f"{here}/honours/new", data={**form, "title_en": "", "title_zh": ""}).status_code == 422
    assert client.post(f"{here}/honours/new", data=form).status_code == 303
    assert "Fellow" in client.get(here).text
    mine = factories.sign_in(app.test_client(), member.person)
    assert "Fellow" in mine.get("/membership").text
    row = db.session.scalars(select(Honour)).one()
    assert mine.post(f"{here}/honours/{row.id}/remove").status_code == 404
    other = make.member(tier_=member.tier)
    assert client.post(f"/office/membership/members/{other.id}/honours/{row.id}/remove").status_code == 404
    assert client.post(f"{here}/honours/{row.id}/remove").status_code == 303
    assert db.session.scalar(select(func.count(Honour.id))) == 0


def test_honours_cost_one_query_however_many(app: Flask, queries: QueryCounter) -> None:
    tier, counts = make.tier(), []
    for more in (1, 2):
        for _ in range(more):
            member = make.member(tier_=tier)
            give_honour(member.person, FELLOW, actor=ACTOR, at=NOW)
            set_consent(
                member, {"name": Audience.PUBLIC, "honours": Audience.PUBLIC}, version=None, actor=ACTOR, at=NOW
            )
        client = app.test_client()
        with queries:
            client.get("/membership/directory")
        counts.append(queries.count)
    assert counts[0] == counts[1]
