"""Topics: proposed, supported, chosen with reasons, made a part of an event; and who may do none of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.decisions import Deny
from confsys.core.mail import MailMessage
from confsys.events.models import Event, Track
from confsys.events.states import EventState, Role, StageKind
from confsys.forum.models import TopicProposal, TopicSupport
from confsys.forum.rules import topics as rules
from confsys.forum.rules.topics import TopicStanding
from confsys.forum.states import TopicState
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.forum import made

WORDS = {
    "title": "Who maintains our tools?", "kind": "bottleneck", "field": "software",
    "why": "Half of the papers rest on three programs that two people keep alive in their evenings.",
}  # fmt: skip


@pytest.fixture
def ada(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.person = factories.person("Ada", "Lovelace")
    return factories.sign_in(client, client.person)


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.person = made.secretary()
    return factories.sign_in(client, client.person)


def the_topic() -> TopicProposal:
    return db.session.scalars(select(TopicProposal)).one()


def subjects() -> list[str]:
    return list(db.session.scalars(select(MailMessage.subject).order_by(MailMessage.id)))


def test_from_proposal_to_a_salon(app: Flask, client: FlaskClient, ada: FlaskClient, office: FlaskClient) -> None:
    assert client.get("/topics/propose").status_code == 302
    answer = ada.post("/topics/propose", data={**WORDS, "why": "Because."})
    assert answer.status_code == 422
    assert "Because." in answer.text
    assert ada.post("/topics/propose", data=WORDS).status_code == 303
    here = f"/topics/{the_topic().code}"
    assert "Ada Lovelace" in client.get(here).text
    assert ada.post(f"{here}/support", data={"wanted": "1"}).status_code == 403  # one's own
    fan = factories.sign_in(app.test_client(), factories.person())
    for wanted, support in (("1", 1), ("1", 1), ("0", 0), ("0", 0), ("1", 1)):
        assert fan.post(f"{here}/support", data={"wanted": wanted}).status_code == 303
        assert factories.refreshed(the_topic()).support == support
    assert len(db.session.scalars(select(TopicSupport)).all()) == 1
    assert fan.post(f"{here}/decide", data={"selected": "1", "reasons": "I like it a lot."}).status_code == 404
    assert office.post(f"{here}/salon", data={"day": "2026-05-01"}).status_code == 403  # not selected yet
    assert "waits for a decision" in office.get("/home").text
    version = the_topic().version
    assert (
        office.post(f"{here}/decide", data={"selected": "1", "reasons": "Yes", "version": version}).status_code == 422
    )
    choice = {"selected": "1", "reasons": "It concerns everybody.", "version": version}
    assert office.post(f"{here}/decide", data=choice).status_code == 303
    assert "It concerns everybody." in client.get(here).text
    assert fan.post(f"{here}/support", data={"wanted": "0"}).status_code == 403  # votes are closed
    assert office.post(f"{here}/salon", data={"day": "2026-03-01"}).status_code == 422
    assert office.post(f"{here}/salon", data={"day": "2026-05-01"}).status_code == 303
    salon = db.session.scalars(select(Event)).one()
    assert (salon.kind, salon.state, salon.name.en) == ("salon", EventState.DRAFT, WORDS["title"])
    # A draft is not told of; once it is public, each links to the other.
    assert "It is a salon now" not in client.get(here).text
    assert "It is a salon now" in office.get(here).text
    salon.state = EventState.PUBLIC
    db.session.commit()
    assert f"/events/{salon.slug}/" in client.get(here).text
    assert here in client.get(f"/events/{salon.slug}/").text
    assert office.post(f"{here}/salon", data={"day": "2026-05-02"}).status_code == 403  # once
    assert subjects() == [
        "Your topic is selected: Who maintains our tools?", "Something becomes of your topic: Who maintains our tools?"
    ]  # fmt: skip


def test_a_topic_becomes_a_track_of_an_event_one_organises(app: Flask, client: FlaskClient, ada: FlaskClient) -> None:
    event = factories.event("am", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=2))
    factories.event("other", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=2))
    boss = factories.sign_in(app.test_client(), factories.grant(event, Role.ORGANISER))
    decided = {"state": TopicState.SELECTED, "decided_at": NOW, "reasons": "A good question."}
    topic = made.topic(ada.person, event_id=event.id, **decided)
    here = f"/topics/{topic.code}"
    assert ada.post(f"{here}/track", data={"event": "am"}).status_code == 404
    assert boss.post(f"{here}/track", data={"event": "other"}).status_code == 404
    assert boss.post(f"{here}/track", data={"event": "am"}).status_code == 303
    track = db.session.scalars(select(Track)).one()
    assert (track.event_id, track.name.en) == (event.id, topic.title)
    assert "It is a track now" in client.get(here).text
    assert boss.post(f"{here}/decide", data={"selected": "0", "reasons": "Not any more."}).status_code == 403


def test_the_call_of_an_event_has_its_days(client: FlaskClient, ada: FlaskClient) -> None:
    event = factories.event("am", options={"forum": {"topics": True}})
    factories.stage(event, StageKind.TOPIC_CALL, opens_in=-5, due_in=2)
    address = "/events/am/topics/propose"
    assert ada.get(address).status_code == 200
    with clock.frozen(NOW + timedelta(days=3)):
        assert ada.post(address, data=WORDS).status_code == 403
        assert "The call for topics is over" in client.get("/events/am/topics").text
    assert ada.post(address, data=WORDS).status_code == 303
    assert the_topic().event_id == event.id
    assert WORDS["title"] in client.get("/events/am/topics").text
    factories.event("dry", options={"forum": {}})
    assert client.get("/events/dry/topics").status_code == 404


def test_topics_of_a_draft_event_and_withdrawn_ones_do_not_exist(client: FlaskClient, ada: FlaskClient) -> None:
    draft = factories.event("secret", state=EventState.DRAFT, options={"forum": {"topics": True}})
    hidden = made.topic(ada.person, "HIDDEN23", event_id=draft.id, title="Hidden topic")
    gone = made.topic(ada.person, "GONE2345", title="Gone topic")
    assert ada.post(f"/topics/{gone.code}/withdraw").status_code == 303
    assert ada.get(f"/topics/{gone.code}").status_code == 200
    for address in (f"/topics/{hidden.code}", f"/topics/{gone.code}", "/events/secret/topics"):
        assert client.get(address).status_code in {302, 404}, address
    for page in ("/topics", "/topics?q=topic", "/topics?format=csv"):
        text = client.get(page).text
        assert "Hidden topic" not in text
        assert "Gone topic" not in text


def standing(**given: object) -> TopicStanding:
    person = factories.person()
    values = {"viewer": factories.viewer(person), "state": TopicState.PROPOSED, "is_own": False}
    return TopicStanding(**{**values, **given})


def test_who_may_do_what(app: Flask) -> None:
    secretary = factories.viewer(made.secretary())
    for state in TopicState:
        open_ = state is TopicState.PROPOSED
        assert bool(rules.may_support(standing(state=state))) is open_
        assert bool(rules.may_change(standing(state=state, is_own=True))) is open_
        assert not rules.may_change(standing(state=state))
        assert not rules.may_decide(standing(state=state))
        assert not rules.may_realise(standing(state=state))
        assert bool(rules.may_decide(standing(state=state, viewer=secretary))) is (state is not TopicState.WITHDRAWN)
        assert bool(rules.may_realise(standing(state=state, viewer=secretary))) is (state is TopicState.SELECTED)
    own = rules.may_decide(standing(viewer=secretary, is_own=True))
    assert isinstance(own, Deny)
    assert not own.hidden


def test_an_older_page_decides_nothing(office: FlaskClient, ada: FlaskClient) -> None:
    topic = made.topic(ada.person)
    seen = topic.version
    ada.post(f"/topics/{topic.code}/edit", data={**WORDS, "version": seen})
    late = {"selected": "1", "reasons": "It concerns everybody.", "version": seen}
    assert office.post(f"/topics/{topic.code}/decide", data=late).status_code == 409
    assert factories.refreshed(topic).state is TopicState.PROPOSED


def test_an_organiser_switches_parts_on_and_a_stranger_does_not(app: Flask, ada: FlaskClient) -> None:
    event = factories.event("am")
    boss = factories.sign_in(app.test_client(), factories.grant(event, Role.ORGANISER))
    address = "/events/am/forum/settings"
    assert ada.get(address).status_code == 404
    assert boss.post(address, data={"topics": "y", "seats": "12", "version": event.version}).status_code == 303
    assert factories.refreshed(event).options["forum"]["topics"] is True
    assert ada.get("/events/am/topics").status_code == 200


def test_the_list_asks_as_often_for_three_as_for_one(
    client: FlaskClient, office: FlaskClient, queries: QueryCounter
) -> None:
    event = factories.event("am", options={"forum": {"topics": True}})
    pages = ("/topics", "/topics?format=csv", "/events/am/topics", "/events/am/", "/home")
    counts: list[list[int]] = []
    for n in (1, 2, 3):
        by = factories.person()
        decided = {"state": TopicState.SELECTED, "decided_at": NOW, "reasons": "A good question."}
        made.topic(by, f"OPEN234{n}")
        made.topic(by, f"EVNT234{n}", event_id=event.id)
        made.topic(by, f"BCAM234{n}", became_id=event.id, **decided)
        if n == 2:
            continue
        taken = []
        for page in pages:
            db.session.expire_all()
            with queries:
                assert office.get(page).status_code == 200
            taken.append(queries.count)
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[0][:4]) < 20
