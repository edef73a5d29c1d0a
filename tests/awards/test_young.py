"""An event for young people: its rule and who declares what for it, and mentors paired by topic when both say yes."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from confsys.accounts.models import Person, Relation
from confsys.accounts.states import RelationKind
from confsys.awards.models import MentorOffer, Mentorship, YoungAuthor
from confsys.awards.pairing import Mentor, Young, suggestions
from confsys.awards.queries import young as read
from confsys.awards.states import Check, PairState
from confsys.core.db import db
from confsys.core.mail import MailMessage
from confsys.events.models import Event
from confsys.events.states import Role
from tests import factories
from tests.awards import made
from tests.conftest import QueryCounter

HERE = "/events/ycs/young"


@pytest.fixture
def event(app: Flask) -> Event:
    options = {"awards": {"rule": "age", "limit": 40, "on": "2026-06-10", "mentors": True}}
    return factories.event("ycs", options=options)


@pytest.fixture
def desk(app: Flask, event: Event) -> FlaskClient:
    return made.client(app, factories.grant(event, Role.ORGANISER))


def author(event: Event, *keywords: str) -> Person:
    someone = factories.person()
    factories.submission(event, someone, keywords={"en": list(keywords)})
    return someone


def rows() -> list[YoungAuthor]:
    query = select(YoungAuthor).order_by(YoungAuthor.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def pair() -> Mentorship:
    return db.session.scalars(select(Mentorship).execution_options(populate_existing=True)).one()


def test_an_author_declares_with_consent_and_the_day_is_forgotten_once_checked(
    app: Flask, event: Event, desk: FlaskClient
) -> None:
    client = made.client(app, author(event))
    assert client.post(HERE, data={"declared": "1990-05-09"}).status_code == 422
    assert client.post(HERE, data={"declared": "2090-05-09", "consent": "y"}).status_code == 422
    assert [row.declared for row in rows()] == []
    assert client.post(HERE, data={"declared": "1990-05-09", "consent": "y"}).status_code == 303
    (row,) = rows()
    check = f"{HERE}/authors/{row.id}/check"
    assert client.post(check, data={"result": "fits", "version": row.version}).status_code == 404
    assert desk.post(check, data={"result": "does_not", "version": row.version}).status_code == 422
    assert desk.post(check, data={"result": "fits", "version": row.version}).status_code == 303
    (row,) = rows()
    assert (row.check, row.declared) == (Check.FITS, None)
    client.post(HERE, data={"declared": "1950-05-09", "consent": "y"})
    assert (rows()[0].check, rows()[0].declared) == (Check.FITS, None), "what was checked is not declared again"


def test_who_wrote_nothing_declares_nothing(app: Flask, event: Event) -> None:
    reader = made.client(app, factories.person())
    assert "wish for a mentor" in reader.get(HERE).text
    assert f'href="{HERE}"' in reader.get("/events/ycs/awards").text, "it stands in the menu"
    assert reader.post(HERE, data={"wants_mentor": "y"}).status_code == 404
    assert app.test_client().get(HERE).status_code == 302
    assert rows() == []


def test_a_pair_is_one_when_both_have_said_yes(app: Flask, event: Event, desk: FlaskClient) -> None:
    young, mentor = author(event, "stream processing"), factories.person()
    mine, theirs = made.client(app, young), made.client(app, mentor)
    mine.post(HERE, data={"wants_mentor": "y"})
    assert theirs.post(f"{HERE}/offer", data={"topics": "", "most": 1}).status_code == 422
    assert theirs.post(f"{HERE}/offer", data={"topics": "Stream Processing，graphs", "most": 1}).status_code == 303
    page = desk.get(f"{HERE}/desk").text
    assert "stream processing" in page
    ask = {"offer": db.session.scalars(select(MentorOffer.id)).one(), "young": rows()[0].id}
    assert theirs.post(f"{HERE}/pairs", data=ask).status_code == 404
    assert desk.post(f"{HERE}/pairs", data=ask).status_code == 303
    assert desk.post(f"{HERE}/pairs", data=ask).status_code != 303, "one mentor at a time"
    answer = f"{HERE}/pairs/{pair().id}"
    address = mentor.emails[0].address
    assert mine.post(answer, data={"yes": 1}).status_code == 303
    assert pair().state is PairState.PROPOSED
    assert address not in mine.get(HERE).text, "not before both have said yes"
    assert made.client(app, factories.person()).post(answer, data={"yes": 1}).status_code == 404
    assert theirs.post(answer, data={"yes": 1}).status_code == 303
    assert pair().state is PairState.AGREED
    assert address in mine.get(HERE).text
    assert theirs.post(answer, data={"yes": 0}).status_code != 303
    keys = select(func.count()).select_from(MailMessage).where(MailMessage.key.like("awards.pair%"))
    assert db.session.scalar(keys) == 4


def test_one_no_is_enough_and_frees_the_place(app: Flask, event: Event, desk: FlaskClient) -> None:
    first, second, mentor = author(event), author(event), factories.person()
    for person in (first, second):
        made.client(app, person).post(HERE, data={"wants_mentor": "y"})
    theirs = made.client(app, mentor)
    theirs.post(f"{HERE}/offer", data={"topics": "graphs", "most": 1})
    offer = db.session.scalars(select(MentorOffer.id)).one()
    assert desk.post(f"{HERE}/pairs", data={"offer": offer, "young": rows()[0].id}).status_code == 303
    assert desk.post(f"{HERE}/pairs", data={"offer": offer, "young": rows()[1].id}).status_code != 303, "no room"
    theirs.post(f"{HERE}/pairs/{pair().id}", data={"yes": 0})
    assert pair().state is PairState.DECLINED
    assert desk.post(f"{HERE}/pairs", data={"offer": offer, "young": rows()[1].id}).status_code == 303


def test_those_who_know_each_other_are_not_proposed(app: Flask, event: Event) -> None:
    young, colleague, advisor, other = (
        author(event, "graphs"),
        factories.person(),
        factories.person(),
        factories.person(),
    )
    factories.submission(event, young, colleague)
    factories.saved(Relation(person_id=young.id, kind=RelationKind.ADVISOR, other_person_id=advisor.id))
    factories.saved(YoungAuthor(event_id=event.id, person_id=young.id, wants_mentor=True))
    for mentor in (colleague, advisor, other):
        factories.saved(MentorOffer(event_id=event.id, person_id=mentor.id, topics=["graphs"]))
    assert [(one.mentor.both, one.suggestion.shared) for one in read.proposals(event.id)] == [
        (other.name.both, ("graphs",))
    ]


def test_an_event_without_rule_and_mentors_has_no_such_page(app: Flask, event: Event, desk: FlaskClient) -> None:
    reader = made.client(app, author(event))
    form = {"rule": "none", "version": factories.refreshed(event).version}
    assert reader.post(f"{HERE}/options", data=form).status_code == 404
    assert desk.post(f"{HERE}/options", data={**form, "rule": "career"}).status_code == 422
    assert desk.post(f"{HERE}/options", data=form).status_code == 303
    assert reader.get(HERE).status_code == 404
    assert desk.get(f"{HERE}/desk").status_code == 200


def test_the_desk_asks_as_often_for_three_as_for_one(
    app: Flask, event: Event, desk: FlaskClient, queries: QueryCounter
) -> None:
    counts = []
    for n in (1, 2):
        for _ in range(n):
            person = author(event, "graphs")
            factories.saved(YoungAuthor(event_id=event.id, person_id=person.id, wants_mentor=True, declared=None))
            factories.saved(MentorOffer(event_id=event.id, person_id=factories.person().id, topics=["graphs"]))
        db.session.expunge_all()
        with queries:
            assert desk.get(f"{HERE}/desk").status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1] < 30


WORDS = st.lists(st.sampled_from(["graphs", "Graphs", "stream processing", "privacy", "图数据"]), max_size=3)


@given(st.lists(WORDS, max_size=4), st.lists(st.tuples(WORDS, st.integers(0, 2)), max_size=4))
def test_nobody_full_or_apart_is_suggested_and_more_in_common_comes_first(
    young: list[list[str]], mentors: list[tuple[list[str], int]]
) -> None:
    authors = [Young(n, 100 + n, tuple(words)) for n, words in enumerate(young)]
    known = [Mentor(n, 200 + n, tuple(words), room) for n, (words, room) in enumerate(mentors)]
    found = suggestions(authors, known, apart={(200, 100)})
    full = {mentor.id for mentor in known if mentor.room == 0}
    assert all(one.mentor_id not in full and (one.mentor_id, one.young_id) != (0, 0) for one in found)
    for author_ in authors:
        shared = [len(one.shared) for one in found if one.young_id == author_.id]
        assert shared == sorted(shared, reverse=True)
        assert len(shared) <= 3
