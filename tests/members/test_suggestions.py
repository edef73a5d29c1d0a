"""Suggestions: filed, handed on, answered by a day, published by the filer's wish, rated; absent for everybody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.core.mail.models import MailMessage
from confsys.core.reporting import FEW
from confsys.members.models import Body, OfficeTerm, Suggestion
from confsys.members.operations import suggestions as operations
from confsys.members.operations.suggestions import Proposal
from confsys.members.queries.suggestions import figures
from confsys.members.states import BodyKind, SuggestionState, SuggestionTopic
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make

DAY = NOW.date()
WORDS = "Let posters hang for both days."


def body(key: str = "academic", *, answer_days: int = 30) -> Body:
    made = Body(key=key, kind=BodyKind.COMMITTEE, name=LocalizedText("Exchange committee", "学术交流委员会"))
    made.answer_days = answer_days
    return factories.saved(made)


def holder(of: Body) -> Person:
    from confsys.members.models import Office

    person = factories.person()
    office = Office(body_id=of.id, title=LocalizedText("Chair", "主任"), is_single=False)
    office.terms.append(OfficeTerm(person_id=person.id, starts_on=DAY - timedelta(days=9)))
    factories.saved(office)
    return person


def filed(by: Person, **columns: object) -> Suggestion:
    proposal = Proposal(SuggestionTopic.ACTIVITIES, "Posters", WORDS, **columns)  # type: ignore[arg-type]
    return operations.file(proposal, actor=Actor(by.id), at=NOW)


def routed(by: Person, to: Body, due_on: date | None = None, **columns: object) -> Suggestion:
    row = filed(by, **columns)
    operations.route(row, to, due_on, version=None, actor=Actor(), at=NOW)
    return row


def answered(by: Person, to: Body, **columns: object) -> Suggestion:
    row = routed(by, to, **columns)
    operations.answer(row, "From next year on.", version=None, actor=Actor(), at=NOW)
    return row


def mails(template: str) -> list[str]:
    query = select(MailMessage.to_address).where(MailMessage.key.like(f"members.{template}:%"))
    return sorted(db.session.scalars(query))


def test_from_filing_to_rating_in_pages(app: Flask, client: FlaskClient) -> None:
    member, committee = make.member().person, body()
    chair, secretary = holder(committee), make.secretary()
    factories.sign_in(client, member)
    form = {"topic": "activities", "title": "Posters", "text": WORDS, "shares": "y"}
    wrong = client.post("/membership/suggestions/new", data={**form, "title": ""})
    assert wrong.status_code == 422
    assert WORDS in wrong.text  # what was typed comes back
    here = client.post("/membership/suggestions/new", data=form).location
    row = db.session.scalars(select(Suggestion)).one()
    desk = factories.sign_in(app.test_client(), secretary)
    assert "Posters" in desk.get("/office/membership/suggestions").text
    assert "Suggestions to hand on" in desk.get("/home").text
    assert desk.post(f"{here}/answer", data={"answer": "No."}).status_code == 404  # first it is handed on
    assert desk.post(f"{here}/route", data={"body": "academic", "version": "0"}).status_code == 409
    assert desk.post(f"{here}/route", data={"body": "academic", "version": row.version}).status_code == 303
    assert factories.refreshed(row).due_on == DAY + timedelta(days=30)
    assert mails("suggestion_routed") == [chair.emails[0].address]
    asked = factories.sign_in(app.test_client(), chair)
    assert "Posters" in asked.get("/home").text
    assert "Posters" in asked.get("/membership/suggestions").text
    reply = {"answer": "From next year on.", "version": row.version}
    assert asked.post(f"{here}/answer", data={**reply, "answer": ""}).status_code == 422
    assert asked.post(f"{here}/answer", data=reply).status_code == 303
    assert asked.post(f"{here}/answer", data=reply).status_code == 404
    assert mails("suggestion_answered") == [member.emails[0].address]
    assert "From next year on." in client.get(here).text
    assert client.post(f"{here}/rate", data={"stars": "5", "note": "Quick."}).status_code == 303
    assert client.post(f"{here}/rate", data={"stars": "1"}).status_code == 404
    public = app.test_client().get(here).text
    assert WORDS in public
    assert "Quick." not in public
    assert member.family not in public  # published without the name
    assert "Quick." in desk.get(here).text


def test_what_is_not_shared_is_absent_for_everybody_else(app: Flask) -> None:
    member, committee = make.member().person, body()
    rows = [answered(member, committee), answered(member, committee, shares=True)]
    operations.keep_back(rows[1], kept=True, actor=Actor(), at=NOW)
    rows.append(filed(member, shares=True))
    outsiders = [
        factories.person(),
        factories.admin(),
        make.member(tier_=make.tier("x", "X")).person,
        holder(body("b")),
    ]
    for person in [None, *outsiders]:
        client = app.test_client() if person is None else factories.sign_in(app.test_client(), person)
        assert "Posters" not in client.get("/membership/suggestions").text
        assert "Posters" not in client.get("/membership/suggestions?format=csv").text
        for row in rows:
            real, none = client.get(f"/membership/suggestions/{row.code}"), client.get("/membership/suggestions/NOSUCH")
            assert real.status_code == none.status_code == (404 if person else 302)  # to sign in, whichever it is
            for step in ("route", "answer", "rate", "withdraw", "keep-back"):
                assert client.post(f"/membership/suggestions/{row.code}/{step}").status_code == 404
    scopes = set(db.session.scalars(select(AuditEntry.scope).where(AuditEntry.object_type == "society_suggestion")))
    assert scopes == {"suggestion"}


def test_a_name_is_published_only_by_consent_and_never_found_by(app: Flask) -> None:
    member = make.member().person
    named, silent = answered(member, body(), shares=True, named=True), answered(member, body("b"), shares=True)
    client = app.test_client()
    assert member.family in client.get(f"/membership/suggestions/{named.code}").text
    assert member.family not in client.get(f"/membership/suggestions/{silent.code}").text
    assert "Posters" not in client.get(f"/membership/suggestions?q={member.family}").text
    assert filed(member, named=True).named is False  # a name alone is published with nothing


def test_the_answer_is_reminded_of_before_and_after_its_day_once_each(app: Flask) -> None:
    committee, secretary = body(), make.secretary()
    chair = holder(committee)
    routed(make.member().person, committee, DAY + timedelta(days=20))
    for day in (0, 12):
        assert operations.remind_bodies(at=NOW + timedelta(days=day)) == 0
    assert operations.remind_bodies(at=NOW + timedelta(days=13)) == 1
    assert operations.remind_bodies(at=NOW + timedelta(days=20)) == 0
    assert mails("suggestion_soon") == [chair.emails[0].address]
    assert operations.remind_bodies(at=NOW + timedelta(days=21)) == 2
    assert operations.remind_bodies(at=NOW + timedelta(days=22)) == 0
    assert mails("suggestion_late") == sorted([chair.emails[0].address, secretary.emails[0].address])


def test_where_nobody_is_in_office_the_secretary_is_asked(app: Flask) -> None:
    secretary = make.secretary()
    routed(make.member().person, body())
    assert mails("suggestion_routed") == [secretary.emails[0].address]


def test_figures_count_what_is_overdue_against_the_answers(app: Flask) -> None:
    member, committee = make.member().person, body(answer_days=3)
    assert figures(DAY).share_in_time is None
    answered(member, committee)
    late = routed(member, committee)
    routed(member, committee)
    operations.answer(late, "Sorry.", version=None, actor=Actor(), at=NOW + timedelta(days=5))
    operations.withdraw_suggestion(filed(member), actor=Actor(member.id), at=NOW)
    found = figures(DAY + timedelta(days=5))
    assert (found.received, found.answered, found.in_time, found.waiting, found.late) == (3, 2, 1, 1, 1)
    assert found.share_in_time == pytest.approx(1 / 3)
    assert figures(DAY, NOW + timedelta(days=1)).received == 0


def test_few_ratings_say_nothing(app: Flask) -> None:
    member, committee = make.member().person, body()
    for n in range(FEW):
        row = answered(member, committee)
        assert figures(DAY).rating is None
        operations.rate(row, 5 if n else 3, "", actor=Actor(member.id), at=NOW)
    assert figures(DAY).rating == pytest.approx(4.6)


def test_states_hold(app: Flask) -> None:
    member, committee = make.member().person, body()
    row = answered(member, committee)
    for again in (
        lambda: operations.answer(row, "Again.", version=None, actor=Actor(), at=NOW),
        lambda: operations.route(row, committee, None, version=None, actor=Actor(), at=NOW),
        lambda: operations.withdraw_suggestion(row, actor=Actor(), at=NOW),
    ):
        with pytest.raises(Invalid, match="answered or withdrawn"):
            again()
    with pytest.raises(Invalid, match="in the past"):
        operations.route(filed(member), committee, DAY - timedelta(days=1), version=None, actor=Actor(), at=NOW)
    assert factories.refreshed(row).state is SuggestionState.ANSWERED


def test_only_members_make_suggestions(app: Flask) -> None:
    lapsed = make.member(days_ago=800).person
    for person in (factories.person(), lapsed):
        client = factories.sign_in(app.test_client(), person)
        assert client.get("/membership/suggestions/new").status_code == 403
        assert client.post("/membership/suggestions/new", data={}).status_code == 403
    assert db.session.scalar(select(func.count(Suggestion.id))) == 0


def test_lists_take_the_same_number_of_queries_however_long(app: Flask, queries: QueryCounter) -> None:
    member, committee = make.member().person, body()
    chair, secretary = holder(committee), make.secretary()
    counts = []
    for more in (1, 1, 2):
        for _ in range(more):
            answered(member, committee, shares=True)
            routed(member, committee)
        found = []
        for person, where in (
            (member, "/membership/suggestions"),
            (chair, "/home"),
            (secretary, "/office/membership/suggestions"),
        ):
            client = factories.sign_in(app.test_client(), person)
            with queries:
                assert client.get(where).status_code == 200
            found.append(queries.count)
        counts.append(found)
    assert counts[1] == counts[2]  # the first round finds people in the session that later ones read again
    assert max(counts[2][0], counts[2][2]) < 20


def test_overdue_shows_at_the_desk(app: Flask) -> None:
    routed(make.member().person, body(), DAY)
    with clock.frozen(NOW + timedelta(days=2)):
        desk = factories.sign_in(app.test_client(), make.secretary())
        assert "overdue" in desk.get("/office/membership/suggestions").text
        assert "Posters" in desk.get("/office/membership/suggestions?q=answer:late").text
        assert "Posters" not in desk.get("/office/membership/suggestions?q=answer:in-time").text
