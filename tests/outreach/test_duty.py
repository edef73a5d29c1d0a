"""The yearly part of members: what counts, who has done it, who is reminded and how often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Person
from confsys.core import clock
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.mail import MailMessage
from confsys.members.models import Tier
from confsys.outreach.models import OutreachArticle, OutreachDuty, VolunteerShift
from confsys.outreach.operations import duty as operations
from confsys.outreach.operations.duty import Asked, Written
from confsys.outreach.queries import duty as queries
from confsys.outreach.states import ActivityState, ArticleState, ShiftState
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.members import make
from tests.outreach import made

YEAR = NOW.year
LIST = f"/outreach/office/duty/{YEAR}"


def member(given: str = "") -> Person:
    ordinary = db.session.scalar(select(Tier)) or make.tier()
    return db.session.get_one(Person, make.member(factories.person(given), ordinary).person_id)


def asks(talks: int | None = 1, articles: int | None = 1, hours: int | None = 2) -> OutreachDuty:
    asked = Asked(talks=talks, articles=articles, hours=hours)
    return operations.set_duty(YEAR, asked, version=None, actor=Actor(), at=NOW)


def spoke(person: Person, slug: str = "stars", state: ActivityState = ActivityState.HELD, days: int = -1) -> None:
    made.activity(slug, days=days, state=state, experts=(person.id,), actual_headcount=20)


def helped(person: Person, minutes: int, state: ShiftState = ShiftState.APPROVED) -> None:
    someone = made.volunteer()
    someone.person_id = person.id
    db.session.commit()
    factories.saved(
        VolunteerShift(
            volunteer_id=someone.id, activity_id=made.activity(f"help-{person.id}", days=-1).id, state=state,
            minutes=minutes, created_at=NOW, approved_at=NOW if state is ShiftState.APPROVED else None,
        )
    )  # fmt: skip


def wrote(person: Person, title: str = "Why queues grow", day: date | None = None) -> OutreachArticle:
    written = Written(title=title, outlet="Evening News", url="https://news.example/q", published_on=day or NOW.date())
    return operations.record_article(person.id, written, actor=Actor(person.id), at=NOW)


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    return factories.sign_in(app.test_client(), made.office())


def test_a_talk_that_was_held_an_article_that_was_confirmed_or_enough_hours_are_the_part(app: Flask) -> None:
    asks()
    speaker, announced, helper, lazy, author = (member() for _ in range(5))
    spoke(speaker)
    spoke(announced, "soon", ActivityState.PUBLIC, days=3)
    helped(helper, 120)
    helped(lazy, 119)
    article = wrote(author)
    assert [queries.own_year(p.id, YEAR).done for p in (speaker, announced, helper, lazy, author)] == [
        True, False, True, False, False,
    ]  # fmt: skip
    operations.decide_article(article, confirmed=True, actor=Actor(), at=NOW)
    assert queries.own_year(author.id, YEAR).done
    viewer = factories.viewer(made.office())
    counted = queries.counted(viewer, db.session.scalars(select(OutreachDuty)).one(), YEAR, NOW)
    assert (counted.asked, counted.done, counted.missing, counted.to_remind) == (5, 3, 2, 2)
    assert len(queries.own_year(announced.id, YEAR).coming) == 1


def test_last_years_deeds_and_hours_not_approved_do_not_count(app: Flask) -> None:
    asks()
    someone = member()
    helped(someone, 600, ShiftState.REPORTED)
    spoke(someone, "old", days=-400)
    operations.decide_article(wrote(someone, day=date(YEAR - 1, 12, 31)), confirmed=True, actor=Actor(), at=NOW)
    own = queries.own_year(someone.id, YEAR)
    assert (own.done, own.minutes, own.confirmed, list(own.talks)) == (False, 0, 0, [])


def test_a_year_keeps_what_it_asked_and_a_stale_page_changes_nothing(app: Flask) -> None:
    asks(talks=1, articles=None, hours=None)
    later = operations.set_duty(YEAR + 1, Asked(hours=10), version=0, actor=Actor(), at=NOW)
    assert (queries.in_force(YEAR - 1), queries.in_force(YEAR + 5)) == (None, later)
    kept = queries.in_force(YEAR)
    assert kept is not None
    assert (kept.talks, kept.hours) == (1, None)
    with pytest.raises(StaleVersion):
        operations.set_duty(YEAR + 1, Asked(), version=0, actor=Actor(), at=NOW)
    operations.set_duty(YEAR + 1, Asked(), version=later.version, actor=Actor(), at=NOW)
    assert queries.in_force(YEAR + 1) is None


def test_a_member_records_an_article_and_the_office_decides(app: Flask, office: FlaskClient) -> None:
    asks()
    someone = member()
    mine = factories.sign_in(app.test_client(), someone)
    data = {"title": "排队的学问", "outlet": "晚报", "url": "javascript:alert(1)", "published_on": str(NOW.date())}
    answer = mine.post("/outreach/mine", data=data)
    assert answer.status_code == 422
    assert "排队的学问" in answer.text
    ahead = {**data, "url": "", "published_on": str(NOW.date() + timedelta(days=2))}
    assert mine.post("/outreach/mine", data=ahead).status_code == 422
    data["url"] = "https://news.example/queues"
    assert mine.post("/outreach/mine", data=data).status_code == 303
    assert "recorded this article already" in mine.post("/outreach/mine", data=data).text
    row = db.session.scalars(select(OutreachArticle)).one()
    here = f"/outreach/office/articles/{row.id}"
    assert mine.get(here).status_code == 404
    assert "排队的学问" in office.get(LIST).text
    assert office.post(here, data={"answer": ""}).status_code == 422  # no without a reason
    assert office.post(here, data={"answer": "An advertisement."}).status_code == 303
    assert factories.refreshed(row).state is ArticleState.DECLINED
    assert "An advertisement." in mine.get("/outreach/mine").text
    assert mine.post("/outreach/mine", data=data).status_code == 303  # may be recorded anew
    again = db.session.scalars(select(OutreachArticle).where(OutreachArticle.state == ArticleState.REPORTED)).one()
    assert "still missing" in mine.get("/outreach/mine").text
    office.post(f"/outreach/office/articles/{again.id}", data={"verb": "confirm"})
    assert "You have done your part" in mine.get("/outreach/mine").text
    mine.post(f"/outreach/articles/{again.id}/withdraw")
    assert factories.refreshed(again).state is ArticleState.CONFIRMED  # too late to take it back


def test_only_the_author_takes_an_article_back_and_nobody_confirms_their_own(app: Flask) -> None:
    someone = member()
    article = wrote(someone)
    stranger = factories.sign_in(app.test_client(), member())
    assert stranger.post(f"/outreach/articles/{article.id}/withdraw").status_code == 404
    with pytest.raises(Invalid):
        operations.decide_article(article, confirmed=True, actor=Actor(someone.id), at=NOW)
    mine = factories.sign_in(app.test_client(), someone)
    assert mine.post(f"/outreach/articles/{article.id}/withdraw").status_code == 303
    assert db.session.scalar(select(func.count(OutreachArticle.id))) == 0


def test_reminders_go_to_those_who_have_not_and_not_twice_within_thirty_days(app: Flask, office: FlaskClient) -> None:
    asks()
    done, late = member(), member()
    factories.person()  # no member: asked nothing
    spoke(done)
    here = f"{LIST}/remind"
    assert "Write to 1 member" in office.get(here).text
    assert db.session.scalar(select(func.count(MailMessage.id)).where(MailMessage.scope == "outreach")) == 0

    def to() -> list[int | None]:
        query = select(MailMessage.person_id).where(MailMessage.key.like("outreach-duty:%")).order_by(MailMessage.id)
        return list(db.session.scalars(query))

    answer = office.post(here, data={"expected": "7"}, follow_redirects=True)
    assert "nobody has been written to" in answer.text
    assert to() == []
    office.post(here, data={"expected": "1"})
    assert to() == [late.id]
    with clock.frozen(NOW + timedelta(days=29)):
        assert "Nobody is to be reminded today" in office.get(here).text
        office.post(here, data={"expected": "0"})
        office.post(here, data={"expected": "1"})
        assert to() == [late.id]
    with clock.frozen(NOW + timedelta(days=31)):
        office.post(here, data={"expected": "1"})
        assert to() == [late.id, late.id]
    written = db.session.scalars(select(MailMessage.text).where(MailMessage.scope == "outreach")).all()
    assert all(f"/outreach/mine?year={YEAR}" in text for text in written)


def test_the_list_is_the_offices_filters_exports_and_reads_no_more_for_more_members(
    app: Flask, office: FlaskClient, queries: QueryCounter
) -> None:
    asks()
    spoke(member("Adalbert"))
    member("Belarmino")
    db.session.expunge_all()  # what the session happens to hold would not be read
    with queries:
        assert office.get(LIST).status_code == 200
    few = queries.count
    member()
    member()
    db.session.expunge_all()
    with queries:
        page = office.get(LIST).text
    assert queries.count == few < 20
    assert "Adalbert" in page
    shown = office.get(f"{LIST}?q=state:missing").text
    assert "Belarmino" in shown
    assert "Adalbert" not in shown
    assert "Adalbert" in office.get(f"{LIST}?q=state:done&format=csv").text
    plain = factories.sign_in(app.test_client(), member())
    for path in ("", "/set", "/remind"):
        assert plain.get(f"{LIST}{path}").status_code == 404
    assert plain.post(f"{LIST}/remind", data={"expected": "1"}).status_code == 404


def test_who_is_no_member_is_asked_nothing(app: Flask) -> None:
    asks()
    client = factories.sign_in(app.test_client(), factories.person())
    assert "Nothing is asked of you" in client.get("/outreach/mine").text
    data = {"title": "A", "outlet": "B", "published_on": str(NOW.date())}
    client.post("/outreach/mine", data=data)
    assert db.session.scalar(select(func.count(OutreachArticle.id))) == 0
