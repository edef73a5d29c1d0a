"""A salon from the first offer to published minutes, and a round table from invitation to summary."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.decisions import Deny
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.events.context import standing_in
from confsys.events.models import Event, RoleGrant
from confsys.events.operations.roles import accept
from confsys.events.states import GrantState, Role, StageKind
from confsys.forum.models import Gathering, Idea, Quote, ShortTalk, Statement
from confsys.forum.operations import gatherings as operations
from confsys.forum.rules import gatherings as rules
from confsys.forum.rules.gatherings import GatheringStanding
from confsys.forum.states import IdeaState, QuoteState, ShortTalkState
from tests import factories
from tests.conftest import NOW, QueryCounter

SALON, MINUTES = "/events/salon/salon", "/events/salon/minutes"
TEXT = {"title": "Why forget?", "text": "I have three reasons and one doubt."}


def signed_in(app: Flask, *names: str) -> FlaskClient:
    client = app.test_client()
    client.person = factories.person(*names)
    return factories.sign_in(client, client.person)


@pytest.fixture
def salon(app: Flask) -> Event:
    return factories.event("salon", kind="salon", options={"forum": {"salon": True}})


@pytest.fixture
def host(app: Flask, salon: Event) -> FlaskClient:
    client = app.test_client()
    client.person = factories.grant(salon, Role.CHAIR)
    return factories.sign_in(client, client.person)


def talks() -> list[ShortTalk]:
    return list(db.session.scalars(select(ShortTalk).order_by(ShortTalk.id)))


def gathering() -> Gathering:
    return db.session.scalars(select(Gathering)).one()


def test_offered_ordered_and_told(app: Flask, client: FlaskClient, salon: Event, host: FlaskClient) -> None:
    speakers = [signed_in(app, "Given", name) for name in ("Alpha", "Beta", "Gamma")]
    assert client.get(f"{SALON}/offer").status_code == 302
    too_long = {"title": "Long", "text": "x" * 1501}
    answer = speakers[0].post(f"{SALON}/offer", data=too_long)
    assert answer.status_code == 422
    assert "x" * 1501 in answer.text
    for number, speaker in enumerate(speakers):
        assert speaker.post(f"{SALON}/offer", data={**TEXT, "title": f"Talk {number}"}).status_code == 303
    assert "Talk 0" not in client.get(SALON).text  # offered is not yet on the list
    assert "Talk 0" in speakers[0].get(SALON).text
    assert "Talk 0" not in speakers[1].get(SALON).text
    first, second, third = talks()
    place = f"{SALON}/talks/%d/place"
    assert speakers[0].post(place % first.id, data={"to": "on_list"}).status_code == 404
    for talk in (first, second):
        assert host.post(place % talk.id, data={"to": "on_list"}).status_code == 303
    host.post(place % third.id, data={"to": "not_this_time"})
    assert host.post(place % first.id, data={"to": "withdrawn"}).status_code == 422
    host.post(f"{SALON}/talks/{second.id}/shift", data={"way": "up"})
    page = client.get(SALON).text
    assert page.index("Talk 1") < page.index("Talk 0")
    assert "Talk 2" not in page
    subjects = [m.subject for m in db.session.scalars(select(MailMessage).order_by(MailMessage.id))]
    assert subjects == [
        "You speak at the salon: Talk 0", "You speak at the salon: Talk 1", "Not this time: Talk 2"
    ]  # fmt: skip
    other = f"{SALON}/talks/{second.id}"
    assert speakers[0].post(other, data=TEXT).status_code == 404
    changed = {**TEXT, "title": "Talk one", "version": second.version}
    assert speakers[1].post(other, data=changed).status_code == 303
    assert speakers[1].post(other, data=changed).status_code == 409
    assert speakers[1].post(f"{other}/withdraw").status_code == 303
    assert "Talk one" not in client.get(SALON).text


def test_short_talks_have_their_days(app: Flask, salon: Event) -> None:
    factories.stage(salon, StageKind.PROPOSALS, opens_in=-3, due_in=2)
    speaker = signed_in(app)
    with clock.frozen(NOW + timedelta(days=3)):
        assert speaker.post(f"{SALON}/offer", data=TEXT).status_code == 403
    assert speaker.post(f"{SALON}/offer", data=TEXT).status_code == 303


def test_minutes_wait_for_whoever_is_quoted(app: Flask, client: FlaskClient, salon: Event, host: FlaskClient) -> None:
    ada, bo = signed_in(app, "Ada", "Lovelace"), signed_in(app, "Bo", "Li")
    ada.post(f"{SALON}/offer", data=TEXT)
    assert client.get(MINUTES).status_code == 302
    assert ada.get(MINUTES).status_code == 404
    assert ada.post(f"{MINUTES}/edit", data={"text": "Mine"}).status_code == 404
    assert host.post(f"{MINUTES}/publish").status_code == 422  # nothing is written
    assert host.post(f"{MINUTES}/edit", data={"text": "We **disagreed**."}).status_code == 303
    nobody = {"person": "", "address": "nobody@example.org", "text": "Never!"}
    assert host.post(f"{MINUTES}/quotes", data=nobody).status_code == 422
    for who, words in ((ada, "Models never forget."), (bo, "They do, badly.")):
        asked = {"person": "", "address": who.person.emails[0].address, "text": words}
        assert host.post(f"{MINUTES}/quotes", data=asked).status_code == 303
    hers, his = db.session.scalars(select(Quote).order_by(Quote.id)).all()
    assert host.post(f"{MINUTES}/publish").status_code == 422  # two wait
    assert "would like to quote you" in ada.get("/home").text
    for stranger in (bo, host):
        assert stranger.get(f"/quotes/{hers.id}").status_code == 404
        assert stranger.post(f"/quotes/{hers.id}", data={"agreed": "1", "text": "x"}).status_code == 404
    better = {"agreed": "1", "text": "Models forget badly.", "version": hers.version}
    assert ada.post(f"/quotes/{hers.id}", data=better).status_code == 303
    assert bo.post(f"/quotes/{his.id}", data={"agreed": "0", "version": his.version}).status_code == 303
    host.post(f"{MINUTES}/ideas", data={"title": "A test of forgetting", "detail": "On open data."})
    assert host.post(f"{MINUTES}/publish").status_code == 303
    page = client.get(MINUTES).text
    assert "<strong>disagreed</strong>" in page
    assert "Models forget badly." in page
    assert "They do, badly." not in page  # said no: nowhere
    assert "They do, badly." not in ada.get(MINUTES).text
    assert host.post(f"{MINUTES}/edit", data={"text": "", "version": gathering().version}).status_code == 422
    assert ada.post(f"{SALON}/offer", data=TEXT).status_code == 403


def test_a_scribe_writes_and_leads_nothing(app: Flask, salon: Event, host: FlaskClient) -> None:
    scribe = signed_in(app)
    scribe.post(f"{SALON}/offer", data=TEXT)
    setting = {"question_en": "What to forget?", "host": "", "scribe": str(scribe.person.id)}
    stranger = factories.person()
    assert host.post("/events/salon/gathering", data={**setting, "host": str(stranger.id)}).status_code == 422
    assert host.post("/events/salon/gathering", data=setting).status_code == 303
    assert scribe.post(f"{MINUTES}/edit", data={"text": "It began.", "version": gathering().version}).status_code == 303
    assert scribe.get(f"{SALON}/desk").status_code == 404
    assert scribe.post(f"{SALON}/talks/{talks()[0].id}/place", data={"to": "on_list"}).status_code == 404
    assert scribe.post("/events/salon/gathering", data=setting).status_code == 404


def test_an_idea_is_taken_up_and_done(app: Flask, client: FlaskClient, salon: Event, host: FlaskClient) -> None:
    host.post(f"{MINUTES}/edit", data={"text": "Said."})
    host.post(f"{MINUTES}/ideas", data={"title": "A test"})
    idea = db.session.scalars(select(Idea)).one()
    ada, bo = signed_in(app, "Ada", "Lovelace"), signed_in(app)
    here = f"/events/salon/ideas/{idea.id}"
    assert ada.post(f"{here}/take").status_code == 404  # not out yet
    host.post(f"{MINUTES}/publish")
    assert client.post(f"{here}/take").status_code == 403
    assert ada.post(f"{here}/take").status_code == 303
    assert bo.post(f"{here}/take").status_code == 403
    assert bo.post(here, data={"outcome": "Mine."}).status_code == 404
    assert ada.post(f"{here}/give-back").status_code == 303
    assert bo.post(f"{here}/take").status_code == 303
    assert bo.post(here, data={"outcome": ""}).status_code == 422
    assert bo.post(here, data={"outcome": "A test exists."}).status_code == 303
    assert factories.refreshed(idea).state is IdeaState.DONE
    assert "A test exists." in client.get(MINUTES).text
    assert host.post(f"{here}/remove").status_code == 422


@pytest.fixture
def table(app: Flask) -> Event:
    return factories.event("table", kind="round_table", options={"forum": {"round_table": True, "seats": 2}})


def asked(to: FlaskClient, *addresses: str) -> int:
    data = {"people": "\n".join(addresses), "locale": "en"}
    return to.post("/events/table/table/desk", data=data).status_code


def test_not_more_sit_than_there_are_seats(app: Flask, client: FlaskClient, table: Event) -> None:
    boss = factories.sign_in(app.test_client(), factories.grant(table, Role.ORGANISER))
    assert asked(boss, "a@example.org", "b@example.org", "c@example.org") == 422
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.SEAT)).all() == []
    assert asked(boss, "a@example.org", "b@example.org") == 303
    assert asked(boss, "c@example.org") == 422
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.role == Role.SEAT)).all()
    boss.post(f"/events/table/people/{grants[0].id}/withdraw")
    assert asked(boss, "c@example.org") == 303
    assert asked(client, "d@example.org") == 404
    # An invitation that came another way finds the table full.
    for _ in range(2):
        factories.grant(table, Role.SEAT)
    late = factories.saved(
        RoleGrant(event_id=table.id, role=Role.SEAT, state=GrantState.INVITED, address="x@example.org", invited_at=NOW)
    )
    with pytest.raises(Invalid, match="full"):
        accept(late, factories.person(), at=NOW)
    assert factories.refreshed(late).state is GrantState.INVITED


def test_statements_before_and_a_summary_after(app: Flask, client: FlaskClient, table: Event) -> None:
    boss = factories.sign_in(app.test_client(), factories.grant(table, Role.ORGANISER))
    seats = [signed_in(app, "Ada", "Lovelace"), signed_in(app, "Bo", "Li")]
    for seat in seats:
        factories.grant(table, Role.SEAT, seat.person)
    assert "waiting for your statement" in seats[0].get("/home").text
    stranger, here = signed_in(app), "/events/table/table/statement"
    assert stranger.post(here, data=TEXT).status_code == 404
    assert boss.post(here, data=TEXT).status_code == 404
    assert seats[0].post(here, data={**TEXT, "text": "x" * 4001}).status_code == 422
    assert seats[0].post(here, data={"title": "Open words", "text": "For all.", "is_public": "y"}).status_code == 303
    assert seats[1].post(here, data={"title": "Closed words", "text": "For us."}).status_code == 303
    page = "/events/table/table"
    for reader, reads in ((client, False), (stranger, False), (seats[0], True), (boss, True)):
        text = reader.get(page).text
        assert "Open words" in text
        assert ("Closed words" in text) is reads
    boss.post("/events/table/minutes/edit", data={"text": "We agree on little."})
    assert boss.post("/events/table/minutes/publish").status_code == 303
    assert "We agree on little." in client.get("/events/table/minutes").text
    version = db.session.scalars(select(Statement.version)).first()
    assert seats[0].post(here, data={"title": "Late", "text": "Late.", "version": version}).status_code == 403
    assert "Closed words" not in client.get(page).text


def test_who_may_do_what(app: Flask, salon: Event) -> None:
    def standing(*roles: Role, **given: bool) -> GatheringStanding:
        person = factories.person()
        for role in roles:
            factories.grant(salon, role, person)
        return GatheringStanding(standing_in(salon, factories.viewer(person)), **given)

    leading = [standing(Role.ORGANISER), standing(Role.CHAIR), standing(is_host=True)]
    others = [standing(), standing(Role.REVIEWER), standing(Role.SEAT), standing(Role.HELPER)]
    assert all(rules.may_lead(each) and rules.may_write(each) for each in leading)
    assert not any(rules.may_lead(each) or rules.may_write(each) or rules.may_read_minutes(each) for each in others)
    assert rules.may_write(standing(is_scribe=True))
    assert not rules.may_lead(standing(is_scribe=True))
    assert rules.may_read_minutes(standing(published=True))
    assert rules.may_send_statement(standing(Role.SEAT))
    assert not rules.may_send_statement(standing(Role.ORGANISER))
    assert not rules.may_answer_quote(False, QuoteState.ASKED)
    again = rules.may_answer_quote(True, QuoteState.AGREED)
    assert isinstance(again, Deny)
    assert not again.hidden
    for state in IdeaState:
        assert bool(rules.may_take_up(standing(published=True), state)) is (state is IdeaState.OPEN)
        assert bool(rules.may_tell_outcome(standing(), True, state)) is (state is IdeaState.TAKEN_UP)
        assert not rules.may_tell_outcome(standing(), False, state)


def test_an_operation_asks_the_rule_itself(app: Flask, salon: Event) -> None:
    person = factories.person()
    standing = GatheringStanding(standing_in(salon, factories.viewer(person)))
    talk = factories.saved(
        ShortTalk(event_id=salon.id, person_id=person.id, title="T", text="t", created_at=NOW,
                  state=ShortTalkState.OFFERED)
    )  # fmt: skip
    with pytest.raises(Exception, match="not allowed"):
        operations.place(talk, ShortTalkState.ON_LIST, standing=standing, actor=factories.viewer(person).actor, at=NOW)
    assert factories.refreshed(talk).state is ShortTalkState.OFFERED


def test_pages_ask_as_often_for_three_as_for_one(
    app: Flask, salon: Event, host: FlaskClient, table: Event, queries: QueryCounter
) -> None:
    factories.grant(table, Role.ORGANISER, host.person)
    host.post(f"{MINUTES}/edit", data={"text": "Said."})
    host.post(f"{MINUTES}/publish")
    pages = (SALON, f"{SALON}/desk", MINUTES, f"{MINUTES}/edit", "/events/table/table", "/events/table/table/desk")
    counts = []
    for n in (1, 2, 3):
        person = factories.person()
        factories.grant(table, Role.SEAT, person)
        factories.saved(Statement(event_id=table.id, person_id=person.id, title="S", text="s", sent_at=NOW))
        for state in (ShortTalkState.ON_LIST, ShortTalkState.OFFERED):
            factories.saved(
                ShortTalk(event_id=salon.id, person_id=person.id, title="T", text="t", state=state, created_at=NOW)
            )
        factories.saved(
            Quote(event_id=salon.id, person_id=person.id, text="q", state=QuoteState.AGREED, asked_at=NOW,
                  answered_at=NOW)
        )  # fmt: skip
        factories.saved(Idea(event_id=salon.id, title="I", state=IdeaState.TAKEN_UP, taken_by_id=person.id))
        if n == 2:
            continue
        taken = []
        for page in pages:
            db.session.expire_all()
            with queries:
                assert host.get(page).status_code == 200
            taken.append(queries.count)
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[0]) < 24
