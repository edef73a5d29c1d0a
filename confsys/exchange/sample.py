"""Questions, votes, a poll and a debate in the sessions of the annual meeting, asked today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Person
from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.operation import operation
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.events.options import options_of
from confsys.exchange.models import Remark
from confsys.exchange.operations import debate, polls, questions
from confsys.exchange.options import ExchangeOptions
from confsys.exchange.standing import FloorStanding, standing_on
from confsys.programme.queries.released import latest_programme
from confsys.programme.snapshots import SessionView
from confsys.programme.states import SessionKind

if TYPE_CHECKING:
    from confsys.sample import Sample

QUESTIONS = (
    ("Which of the failures you showed would a better measurement have found earlier?", 9),
    ("您的结论在样本量减半时是否仍然成立？", 7),
    ("What would convince you that the effect is not real?", 5),
    ("Could a small laboratory repeat this without your machines?", 3),
    ("数据何时公开？能否在会后提供原始记录？", 2),
)
TODAY = (
    ("The temperature of an argument: where would you put the thermometer?", 8),
    ("有没有一种量，大家都以为测过，其实从未测过？", 6),
    ("What would you stop measuring first?", 4),
)
DEBATE = (
    (None, "The method assumes that errors are independent. In the field they never are; what happens then?"),
    (0, "They are not, and we say so in section 4. The interval grows by about a third, the ranking stays."),
    (1, "那么排名为何不变？请给出一个反例不成立的理由。"),
    (None, "I would like to see the same with data from a second site before anybody builds on it."),
)
POLL = ("Should raw data be a condition of publication?", ("Yes, always", "Yes, with exceptions", "No"))


class _Room:
    """One session while its discussion is being told."""

    def __init__(self, event: Event, session: SessionView, story: Sample) -> None:
        self.event, self.session, self.story = event, session, story

    def standing(self, person: Person) -> FloorStanding:
        return standing_on(
            standing_in(self.event, viewer_of(person)), options_of(self.event, ExchangeOptions), self.session
        )

    def ask(self, number: int, text: str, votes: int) -> None:
        scholars, at = self.story.scholars, self.story.at - timedelta(minutes=7 * (number + 1))
        asker = scholars[10 + number]
        talk = self.session.talks[number % len(self.session.talks)].id if self.session.talks else None
        asked = questions.ask(
            self.event, self.session.id, text, talk_id=talk, named=number % 3 != 2, standing=self.standing(asker),
            actor=Actor(asker.id), at=at,
        )  # fmt: skip
        for voter in scholars[30 : 30 + votes]:
            questions.vote(asked, True, standing=self.standing(voter), actor=Actor(voter.id), at=at)
        if number == 1:
            chair = self.story.people["chair"]
            questions.answer(
                asked, "是的；附录中给出了样本量减半时的结果，区间变宽而结论不变。", version=None,
                standing=self.standing(chair), actor=Actor(chair.id), at=self.story.at,
            )  # fmt: skip

    def debate(self) -> None:
        said: list[Remark] = []
        for number, (parent, text) in enumerate(DEBATE):
            who = self.story.scholars[50 + number]
            said.append(
                debate.say(
                    self.event, self.session.id, text, answers=None if parent is None else said[parent],
                    standing=self.standing(who), actor=Actor(who.id), at=self.story.at - timedelta(minutes=40 - number),
                )
            )  # fmt: skip

    def poll(self) -> None:
        chair = self.story.people["chair"]
        poll = polls.create_poll(
            self.event, self.session.id, *POLL, opened=True, standing=self.standing(chair), actor=Actor(chair.id),
            at=self.story.at,
        )  # fmt: skip
        for number, voter in enumerate(self.story.scholars[20:34]):
            polls.answer_poll(
                poll, (0, 1, 1, 0, 2)[number % 5], standing=self.standing(voter), actor=Actor(voter.id),
                at=self.story.at,
            )  # fmt: skip


@operation
def tell(story: Sample) -> None:
    """All five questions at the first keynote, with poll and debate; one or two in every third session of talks."""
    _tell_today(story)
    event = story.events["annual"]
    programme = latest_programme(event.id)
    if programme is None:
        return
    keynotes = [s for s in programme.sessions if s.kind is SessionKind.KEYNOTE]
    for session in keynotes[:1]:
        room = _Room(event, session, story)
        for number, (text, votes) in enumerate(QUESTIONS):
            room.ask(number, text, votes)
        room.poll()
        room.debate()
    for place, session in enumerate([s for s in programme.sessions if s.kind is SessionKind.ORAL][::3]):
        room = _Room(event, session, story)
        for number in range(place % 2 + 1):
            room.ask(number, *QUESTIONS[(place + 2 * number) % len(QUESTIONS)])


def _tell_today(story: Sample) -> None:
    """The session that is on: three questions have come, a poll is open."""
    event = story.events["today"]
    programme = latest_programme(event.id)
    for session in programme.sessions if programme else ():
        room = _Room(event, session, story)
        for number, (text, votes) in enumerate(TODAY):
            room.ask(number, text, votes)
        room.poll()
