"""The survey: answered once, by nobody in particular; small groups say nothing; the years are laid side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.members.models import Survey, SurveySheet, SurveyTurnout, Tier
from confsys.members.operations import survey as operations
from confsys.members.operations.survey import Question
from confsys.members.queries import survey as read
from confsys.members.states import QuestionKind, SurveyState
from tests import factories
from tests.conftest import NOW
from tests.members import make

ACTOR = Actor()


def members(count: int, tier: Tier) -> list[Person]:
    return [make.member(tier_=tier).person for _ in range(count)]


def running(year: int = 2026) -> Survey:
    survey = operations.create_survey(year, actor=ACTOR, at=NOW)
    operations.open_survey(survey, version=None, actor=ACTOR, at=NOW)
    return survey


def answer(survey: Survey, person: Person, **answers: int | str) -> None:
    operations.answer_survey(survey, answers or {"overall": 4}, actor=Actor(person.id), at=NOW)


def close(survey: Survey) -> Survey:
    operations.close_survey(survey, version=None, actor=ACTOR, at=NOW)
    return survey


def closed(year: int, people: Sequence[Person], points: Sequence[int]) -> Survey:
    survey = running(year)
    for person, point in zip(people, points, strict=True):
        answer(survey, person, overall=point)
    return close(survey)


def test_a_member_answers_once_and_nobody_else_does(app: Flask) -> None:
    survey, member = running(), make.member()
    answer(survey, member.person)
    with pytest.raises(Invalid, match="have answered"):
        answer(survey, member.person)
    for outsider in (factories.person(), make.member(tier_=member.tier, days_ago=800).person):
        with pytest.raises(Invalid, match="is for members"):
            answer(survey, outsider)
    with pytest.raises(Invalid, match="at least one"):
        answer(survey, make.member(tier_=member.tier).person, overall=9, more="  ")
    assert read.turnout(survey) == 1


def test_nothing_says_who_answered_what(app: Flask) -> None:
    tier = make.tier()
    people = members(6, tier)
    survey = running()
    before = db.session.scalar(select(func.count(AuditEntry.id)))
    for n, person in enumerate(people):
        answer(survey, person, overall=n % 5 + 1)
    assert db.session.scalar(select(func.count(AuditEntry.id))) == before
    assert set(SurveySheet.__table__.c.keys()) == {"id", "survey_id", "group", "answers"}
    assert set(SurveyTurnout.__table__.c.keys()) == {"survey_id", "person_id"}
    old = set(db.session.scalars(select(SurveySheet.id)))
    close(survey)
    assert db.session.scalar(select(func.count()).select_from(SurveyTurnout)) == 0
    sheets = list(db.session.scalars(select(SurveySheet)))
    assert old.isdisjoint(sheet.id for sheet in sheets)
    assert sorted(sheet.answers["overall"] for sheet in sheets) == [1, 1, 2, 3, 4, 5]


def test_a_small_class_is_not_written_down_at_all(app: Flask) -> None:
    large, small = make.tier(), make.tier("senior", "G")
    survey = running()
    for person in (*members(6, large), *members(2, small)):
        answer(survey, person)
    groups = list(db.session.scalars(select(SurveySheet.group)))
    assert (groups.count("ordinary"), groups.count(""), groups.count("senior")) == (6, 2, 0)


def test_results_wait_for_the_end_and_for_five(app: Flask) -> None:
    people = members(5, make.tier())
    survey = running()
    for person in people[:4]:
        answer(survey, person)
    assert read.result(survey) is None
    four = close(survey)
    assert read.result(four) is None
    assert read.words_of(four) == []
    five = closed(2027, people, [5, 4, 4, 3, 4])
    found = read.result(five)
    assert found is not None
    assert (found.overall, found.answered, found.asked, found.share) == (4.0, 5, 5, 1.0)
    assert found.questions[0].counts == (0, 0, 1, 3, 1)
    assert found.questions[1].mean is None  # nobody answered it


def test_a_class_is_told_apart_only_where_no_small_one_can_be_worked_out(app: Flask) -> None:
    one, two = make.tier(), make.tier("student", "S")
    survey = running()
    ordinary, students = members(6, one), members(7, two)
    for person in ordinary:
        answer(survey, person, overall=5)
    for person in students[:5]:
        answer(survey, person, overall=1)
    found = read.result(close(survey))
    assert found is not None
    assert dict(found.questions[0].by_class) == {"ordinary": 5.0, "student": 1.0}
    again = running(2027)
    for person in ordinary:
        answer(again, person, overall=5)
    for person in students[:3]:
        answer(again, person, overall=1)
    told = read.result(close(again))
    assert told is not None
    assert told.questions[0].by_class == ()  # the three could be worked out from the six and the whole


def test_questions_keep_their_line_over_the_years(app: Flask) -> None:
    people = members(5, make.tier())
    closed(2024, people, [3] * 5)
    closed(2025, people, [4] * 5)
    draft = operations.create_survey(2026, actor=ACTOR, at=NOW)
    first, second = draft.questions[0], draft.questions[1]
    operations.put_question(
        draft, first.id, Question(first.kind, LocalizedText("All in all?", "总体？")), actor=ACTOR, at=NOW
    )
    operations.put_question(draft, second.id, Question(QuestionKind.TEXT, second.text, 1), actor=ACTOR, at=NOW)
    operations.put_question(draft, None, Question(QuestionKind.SCALE, LocalizedText("New?"), 9), actor=ACTOR, at=NOW)
    keys = [q.key for q in factories.refreshed(draft).questions]
    assert keys[0] == "overall"
    assert "meetings" not in keys  # another kind is another question
    operations.open_survey(draft, version=None, actor=ACTOR, at=NOW)
    with pytest.raises(Invalid, match="stay as they were asked"):
        operations.put_question(draft, None, Question(QuestionKind.SCALE, LocalizedText("x")), actor=ACTOR, at=NOW)
    assert [(r.year, r.overall) for r in read.results()] == [(2024, 3.0), (2025, 4.0)]


def test_one_a_year_and_one_at_a_time(app: Flask) -> None:
    running(2026)
    with pytest.raises(Invalid, match="already"):
        operations.create_survey(2026, actor=ACTOR, at=NOW)
    other = operations.create_survey(2027, actor=ACTOR, at=NOW)
    with pytest.raises(Invalid, match="Another survey is open"):
        operations.open_survey(other, version=None, actor=ACTOR, at=NOW)


def test_the_whole_way_in_pages(app: Flask) -> None:
    tier = make.tier()
    people = members(5, tier)
    desk = factories.sign_in(app.test_client(), make.secretary())
    here = "/office/membership/surveys"
    assert desk.post(here, data={"year": "2026"}).status_code == 303
    assert desk.post(here, data={"year": "2026"}).status_code == 422
    survey = db.session.scalars(select(Survey)).one()
    page = f"{here}/2026"
    new = {"kind": "text", "text_en": "Anything else?", "text_zh": "", "position": "8"}
    assert desk.post(f"{page}/questions/0", data={**new, "text_en": ""}).status_code == 422
    assert desk.post(f"{page}/questions/0", data=new).status_code == 303
    told = {"intro_en": "Two minutes.", "closes_on": "2026-03-20", "version": factories.refreshed(survey).version}
    assert desk.post(page, data=told).status_code == 303
    assert desk.post(page, data=told).status_code == 409
    assert desk.post(f"{page}/open").status_code == 303
    for n, person in enumerate(people):
        client = factories.sign_in(app.test_client(), person)
        assert "How satisfied are you" in client.get("/home").text
        assert client.post("/membership/survey", data={}).status_code == 422
        given = {"q_overall": "4", "q_more": f"=Words {n}"}
        assert client.post("/membership/survey", data=given).status_code == 303
        assert "have answered this year" in client.get("/membership/survey").text
        assert "How satisfied are you" not in client.get("/home").text
    assert "Words 1" not in desk.get(page).text  # nothing is read before the end
    assert desk.get(f"{page}/results.csv").status_code == 404
    assert desk.post(f"{page}/close").status_code == 303
    assert "Words 1" in desk.get(page).text
    member = factories.sign_in(app.test_client(), people[0])
    assert "of 5, as a whole" in member.get("/membership/survey").text
    assert "Words 1" not in member.get("/membership/survey").text  # words are for the office
    assert "4.0" in desk.get(f"{page}/results.csv").text
    assert desk.get(f"{page}/results.xlsx").status_code == 200
    for person in (people[0], factories.admin()):
        client = factories.sign_in(app.test_client(), person)
        assert client.get(here).status_code == client.get(page).status_code == 404
        assert client.get(f"{page}/results.csv").status_code == 404
    assert factories.sign_in(app.test_client(), factories.person()).get("/membership/survey").status_code == 403


def test_after_its_last_day_nobody_answers(app: Flask) -> None:
    member, survey = make.member().person, running()
    operations.edit_survey(survey, LocalizedText(), NOW.date(), version=None, actor=ACTOR, at=NOW)
    late = NOW + timedelta(days=2)
    with pytest.raises(Invalid, match="is closed"):
        operations.answer_survey(survey, {"overall": 3}, actor=Actor(member.id), at=late)
    with clock.frozen(late):
        client = factories.sign_in(app.test_client(), member)
        assert "How satisfied" not in client.get("/home").text
        assert "No results yet" in client.get("/membership/survey").text
    assert factories.refreshed(survey).state is SurveyState.OPEN
