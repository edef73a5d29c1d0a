"""Asking, voting, moderating, debating: what is kept, what is shown to whom, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from confsys.core import clock
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.viewer import ANONYMOUS
from confsys.exchange import codes, rules
from confsys.exchange.models import Attendance, Question
from confsys.exchange.operations import debate, materials, polls, presence, questions
from confsys.exchange.operations.floors import pause
from confsys.exchange.queries import floors
from confsys.exchange.queries.figures import figures_of
from confsys.exchange.states import Anonymity, MaterialKind, PollState, QuestionState
from tests import factories
from tests.exchange.room import DURING, Room
from tests.programme.making import NINE


@pytest.fixture
def room(app: Flask) -> Room:
    return Room()


def test_a_vote_counts_once_and_can_be_taken_back(room: Room) -> None:
    question = room.ask(room.ada)
    for wanted, votes in ((True, 1), (True, 1), (False, 0), (False, 0), (True, 1)):
        questions.vote(question, wanted, **room.who(room.bo))
        assert factories.refreshed(question).votes == votes


def test_nobody_votes_for_their_own_question(room: Room) -> None:
    question = room.ask(room.ada)
    with pytest.raises(Invalid):
        questions.vote(question, True, **room.who(room.ada))


def test_the_most_wanted_question_is_first(room: Room) -> None:
    room.ask(room.ada, "first")
    second = room.ask(room.ada, "second")
    questions.vote(second, True, **room.who(room.bo))
    assert [q.text for q in floors.board(room.floor).open] == ["second", "first"]


def test_everything_new_is_told_to_whoever_listens(room: Room) -> None:
    before = room.floor.revision
    question = room.ask(room.ada)
    questions.vote(question, True, **room.who(room.bo))
    debate.say(room.event, room.session.id, "No.", **room.who(room.bo))
    assert room.floor.revision == before + 3


def test_a_moderated_question_is_absent_until_it_is_let_through(app: Flask) -> None:
    room = Room(moderated=True)
    question = room.ask(room.ada)
    assert question.state is QuestionState.WAITING
    assert floors.board(room.floor).asked == 0
    assert floors.board(room.floor, factories.viewer(room.bo)).waiting == ()
    assert [q.mine for q in floors.board(room.floor, factories.viewer(room.ada)).waiting] == [True]
    with pytest.raises(Invalid):
        questions.vote(question, True, **room.who(room.bo))
    questions.moderate(question, QuestionState.SHOWN, version=question.version, **room.who(room.chair))
    assert [q.id for q in floors.board(room.floor).open] == [question.id]


def test_only_moderators_moderate_and_not_from_a_stale_page(room: Room) -> None:
    question = room.ask(room.ada)
    for stranger in (room.ada, room.bo, room.speaker):
        with pytest.raises(Refused):
            questions.moderate(question, QuestionState.DECLINED, version=None, **room.who(stranger))
    with pytest.raises(StaleVersion):
        questions.moderate(question, QuestionState.DECLINED, version=99, **room.who(room.chair))


def test_without_a_name_the_moderator_knows_by_default_and_the_room_does_not(room: Room) -> None:
    room.ask(room.ada, named=False)
    assert floors.board(room.floor).open[0].who is None
    seen = floors.board(room.floor, factories.viewer(room.chair), moderator=True).open[0]
    assert seen.who == room.ada.name
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "question.ask"))
    assert entry is not None
    assert entry.actor_id is None


def test_where_nobody_may_know_no_row_names_the_asker(app: Flask) -> None:
    room = Room(anonymity=Anonymity.NOBODY_KNOWS.value)
    question = room.ask(room.ada, named=False)
    assert question.person_id is None
    assert floors.board(room.floor, factories.viewer(room.chair), moderator=True).open[0].who is None
    assert floors.board(room.floor, factories.viewer(room.ada)).open[0].mine
    questions.withdraw(question, **room.who(room.ada))
    actors = set(db.session.scalars(select(AuditEntry.actor_id).where(AuditEntry.object_type == "question")))
    assert actors == {None}


def test_where_names_are_asked_for_the_box_is_not_heeded(app: Flask) -> None:
    room = Room(anonymity=Anonymity.NONE.value)
    room.ask(room.ada, named=False)
    assert floors.board(room.floor).open[0].who == room.ada.name


def test_a_question_is_withdrawn_only_by_who_asked(room: Room) -> None:
    question = room.ask(room.ada)
    for other in (room.bo, room.chair):
        with pytest.raises(Refused):
            questions.withdraw(question, **room.who(other))
    questions.withdraw(question, **room.who(room.ada))
    assert floors.board(room.floor, factories.viewer(room.chair), moderator=True).open == ()


def test_asking_the_same_twice_or_too_much_is_refused(room: Room) -> None:
    room.ask(room.ada, "Why?")
    with pytest.raises(Invalid):
        room.ask(room.ada, "Why?")
    for number in range(questions.OPEN_MAX - 1):
        room.ask(room.ada, f"Why {number}?")
    with pytest.raises(Invalid):
        room.ask(room.ada, "And?")


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_empty_or_overlong_question_is_refused(room: Room, text: str) -> None:
    with pytest.raises(Invalid):
        room.ask(room.ada, text)


def test_a_pause_stops_the_room_but_not_the_chair(room: Room) -> None:
    pause(room.event, room.session.id, True, **room.who(room.chair))
    with pytest.raises(Refused):
        room.ask(room.ada)
    assert room.ask(room.chair, "One from me").state is QuestionState.SHOWN


def test_the_discussion_closes_days_after_the_session(app: Flask) -> None:
    room = Room(days_after=2)
    end = NINE + timedelta(minutes=90)
    for moment, open_ in ((end + timedelta(days=2), True), (end + timedelta(days=2, minutes=1), False)):
        with clock.frozen(moment):
            assert bool(rules.may_ask(room.standing(room.ada))) is open_


def test_the_speaker_answers_in_writing_and_others_do_not(room: Room) -> None:
    question = room.ask(room.ada, talk_id=room.talk.id)
    with pytest.raises(Refused):
        questions.answer(question, "Because.", version=None, **room.who(room.bo))
    questions.answer(question, "Because.", version=question.version, **room.who(room.speaker))
    shown = floors.board(room.floor).answered[0]
    assert (shown.answer, shown.state) == ("Because.", QuestionState.ANSWERED)


def test_a_thread_keeps_its_shape_when_a_remark_is_taken_back(room: Room) -> None:
    first = debate.say(room.event, room.session.id, "A", **room.who(room.ada))
    debate.say(room.event, room.session.id, "B", answers=first, **room.who(room.bo))
    debate.say(room.event, room.session.id, "C", **room.who(room.bo))
    debate.take_back(first, **room.who(room.ada))
    seen = [(r.depth, r.text, r.hidden) for r in floors.debate(room.floor, ANONYMOUS)]
    assert seen == [(0, "", True), (1, "B", False), (0, "C", False)]


def test_nobody_takes_back_what_another_wrote(room: Room) -> None:
    remark = debate.say(room.event, room.session.id, "A", **room.who(room.ada))
    with pytest.raises(Refused):
        debate.take_back(remark, **room.who(room.bo))
    debate.take_back(remark, **room.who(room.chair))
    assert floors.debate(room.floor, ANONYMOUS) == []


def test_a_poll_counts_one_answer_a_person(room: Room) -> None:
    poll = polls.create_poll(room.event, room.session.id, "Well?", ["yes", "no"], **room.who(room.chair))
    with pytest.raises(Invalid):
        polls.answer_poll(poll, 0, **room.who(room.ada))
    assert floors.polls(room.floor) == []
    polls.move_poll(poll, PollState.OPEN, version=poll.version, **room.who(room.chair))
    for person, choice in ((room.ada, 0), (room.ada, 1), (room.bo, 1)):
        polls.answer_poll(poll, choice, **room.who(person))
    (seen,) = floors.polls(room.floor, factories.viewer(room.ada))
    assert (seen.choices, seen.total, seen.chosen) == ((("yes", 0), ("no", 2)), 2, 1)
    with pytest.raises(Invalid):
        polls.answer_poll(poll, 2, **room.who(room.bo))


def test_slides_are_shown_only_with_the_speakers_consent(room: Room) -> None:
    link = {"url": "https://example.org/talk"}
    row = materials.add_material(
        room.event, room.session.id, room.talk.id, MaterialKind.RECORDING, "Talk", agreed=True, **link,
        **room.who(room.chair),
    )  # fmt: skip
    assert floors.materials(room.floor, room.standing(room.bo)) == []
    with pytest.raises(Refused):
        materials.consent(row, True, version=None, **room.who(room.chair))
    materials.consent(row, True, version=row.version, **room.who(room.speaker))
    assert [m.title for m in floors.materials(room.floor, room.standing(room.bo))] == ["Talk"]
    materials.consent(row, False, version=row.version, **room.who(room.speaker))
    assert floors.materials(room.floor, room.standing(room.bo)) == []


def test_an_address_that_is_no_web_address_is_refused(room: Room) -> None:
    with pytest.raises(Invalid):
        materials.add_material(
            room.event, room.session.id, room.talk.id, MaterialKind.SLIDES, "x", url="javascript:alert(1)",
            **room.who(room.speaker),
        )  # fmt: skip


def test_presence_is_recorded_once_and_only_while_the_doors_are_open(room: Room) -> None:
    with pytest.raises(Refused):
        presence.attend(room.event, room.session.id, **room.who(room.ada))
    with clock.frozen(DURING):
        for _ in range(2):
            presence.attend(room.event, room.session.id, **room.who(room.ada))
    assert len(db.session.scalars(select(Attendance)).all()) == 1


@given(st.integers(-60, 60))
def test_a_code_is_good_for_its_minutes_only(shared_app: Flask, age: int) -> None:
    code = codes.code_for(1, 2, DURING)
    assert codes.is_good(code, 1, 2, DURING + timedelta(minutes=age)) is (0 <= age <= codes.MINUTES)
    assert not codes.is_good(code, 1, 3, DURING)
    assert not codes.is_good(code[:-1] + ("A" if code[-1] != "A" else "B") + "x", 1, 2, DURING)


def test_the_figures_count_people_once_and_name_silent_sessions(room: Room) -> None:
    room.ask(room.ada, "one")
    second = room.ask(room.ada, "two", named=False)
    questions.moderate(second, QuestionState.DECLINED, version=None, **room.who(room.chair))
    debate.say(room.event, room.session.id, "And another thing", **room.who(room.ada))
    debate.say(room.event, room.session.id, "No", **room.who(room.bo))
    with clock.frozen(DURING):
        presence.attend(room.event, room.session.id, **room.who(room.bo))
        presence.give_feedback(room.event, room.session.id, 4, "more air", **room.who(room.bo))
    figures = figures_of(room.event.id)
    assert (figures.asked, figures.answered, figures.remarks, figures.voices) == (1, 0, 2, 2)
    assert (figures.attendance, figures.feedback, figures.stars) == (1, 1, 4.0)
    assert figures.without_exchange(NINE + timedelta(days=1)) == []


def test_a_session_without_a_word_is_silent(room: Room) -> None:
    figures = figures_of(room.event.id)
    assert [s.session_id for s in figures.without_exchange(NINE + timedelta(days=1))] == [room.session.id]
    assert figures.without_exchange(NINE) == []


def test_a_declined_question_keeps_its_words_for_moderators_only(room: Room) -> None:
    question = room.ask(room.ada)
    questions.moderate(question, QuestionState.DECLINED, version=question.version, **room.who(room.chair))
    assert floors.questions(room.floor) == []
    assert floors.questions(room.floor, factories.viewer(room.ada)) == []
    assert [q.id for q in floors.questions(room.floor, factories.viewer(room.chair), moderator=True)] == [question.id]
    assert db.session.get(Question, question.id) is not None
