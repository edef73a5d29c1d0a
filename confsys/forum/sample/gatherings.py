"""A salon that fills its list, one whose minutes are out, and a round table that is being set."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event, RoleGrant
from confsys.events.operations.creating import Basics, create_event
from confsys.events.presets import presets
from confsys.events.states import EventState, GrantState, Role, StageKind
from confsys.forum.models import ShortTalk
from confsys.forum.operations import gatherings, minutes, tables
from confsys.forum.rules.gatherings import GatheringStanding
from confsys.forum.states import ShortTalkState

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

OFFERS = (
    ("Deleting is not forgetting",
     "We removed ten thousand records and trained again. The model still answered as if it had read them, because "
     "others had quoted them. What would it take to say honestly: it is gone?"),
    ("忘记之后，责任由谁承担？",
     "法律要求删除，工程上却只能“尽量”。如果证明不了遗忘，谁来签字？我想请做系统的同行说说各自的底线。"),
    ("A disk that forgets on purpose",
     "Our storage loses the oldest tenth each year, by design. Nobody has complained. Could a model do the same?"),
)  # fmt: skip
HELD = (
    ("What do we owe to a failed experiment?",
     "Two of our three attempts are in a drawer. They took a year. I would like to know who would read them."),
    ("失败的数据也值得引用吗？", "如果可以引用，评审时应当怎样看待？我带来一份拟议的著录格式。"),
    ("Ten minutes of what did not work", "One slide a failure, no conclusions. Then you ask."),
)  # fmt: skip
MINUTES = """The evening began with a count: of the thirty people in the room, twenty-six had a finished study that
nobody else can read. Asked why, most named the same two reasons: no place takes them, and nobody is thanked.

## What was said

- A negative result helps whoever is about to repeat it, so it must be **found before** the next one begins.
- Reviewers would need another form: was the question good, was the attempt honest, is the record whole?
- 与会者认为，引用失败结果应当与引用成功结果同等对待，但须注明“未获证实”。

## What stayed open

Whether a student may build a thesis on it. Opinions were about even, and nobody changed theirs.
"""
IDEAS = (
    ("A page for attempts at our next annual meeting", "Two paragraphs each, reviewed for honesty only."),
    ("为失败结果拟定一种著录格式", "在现有国家标准的框架内，增加“结论状态”一项。"),
    ("Ask three journals what would stop them", ""),
)  # fmt: skip
QUESTION = LocalizedText("Who answers when a system decides?", "系统作出决定，由谁负责？")
STATEMENTS = (
    ("The last person who could have said no",
     "In a plant, responsibility ends with the last person who can still stop the line. In our systems that person has "
     "been removed, politely, one release after another. I propose that we put them back and pay them well."),
    ("问责需要记录，记录需要成本",
     "没有可查的记录，问责只是一句话。建议先约定三类必须留存的记录，再讨论由谁保管、保管多久、谁可以查。"),
    ("A contract is not an explanation",
     "Operators sign that they understand. They do not, and they say so when nobody writes it down. Before we speak of "
     "duties, somebody should be allowed to say: I cannot judge this."),
)  # fmt: skip


def tell_gatherings(story: Sample) -> None:
    _fill(story.events["salon"], story)
    _held(story)
    _table(story)


def planned(story: Sample, kind: str, slug: str, days: int, name: LocalizedText, place: LocalizedText) -> Event:
    """A public event of a kind; planned well before its day."""
    organiser, day = Actor(story.people["organiser"].id), (story.at + timedelta(days=days)).date()
    basics = Basics(f"{slug}{day.year}", name, "", day, day, "Asia/Shanghai", place)
    event = create_event(
        presets()[kind], basics, actor=organiser, at=min(story.at, story.at + timedelta(days=days - 60))
    )
    event.state, event.contact_email = EventState.PUBLIC, "organiser@example.org"
    _seat(event, story.people["chair"], Role.CHAIR, story)
    return event


def _seat(event: Event, person: Person, role: Role, story: Sample) -> None:
    db.session.add(
        RoleGrant(
            event_id=event.id, person_id=person.id, role=role, state=GrantState.ACTIVE, locale=person.locale,
            address=person.emails[0].address, invited_at=story.at, answered_at=story.at,
        )
    )  # fmt: skip
    db.session.flush()


def _standing(event: Event, person: Person, *, leads: bool = False) -> GatheringStanding:
    """As of a reader of the event; ``leads``: before anybody has been named host."""
    return GatheringStanding(standing_in(event, viewer_of(person)), is_host=leads)


def _offer(
    event: Event, story: Sample, offers: tuple[tuple[str, str], ...], first: int, at: datetime
) -> list[ShortTalk]:
    made = []
    for number, (title, text) in enumerate(offers):
        who = story.people["member"] if (first, number) == (64, 0) else story.scholars[first + number]
        made.append(
            gatherings.offer(event, title, text, standing=_standing(event, who), actor=Actor(who.id), at=at)
        )  # fmt: skip
    return made


def _fill(event: Event, story: Sample) -> None:
    """The coming salon: two talks on the list, one the host has not looked at."""
    host, at = story.people["chair"], story.at - timedelta(days=4)
    talks = _offer(event, story, OFFERS, 64, at)
    leads = _standing(event, host, leads=True)
    gatherings.set_up(
        event, LocalizedText("What should a model forget?", "模型应当忘记什么？"), host.id, talks[1].person_id,
        version=None, standing=leads, actor=Actor(host.id), at=at,
    )  # fmt: skip
    for talk in talks[:2]:
        gatherings.place(talk, ShortTalkState.ON_LIST, standing=leads, actor=Actor(host.id), at=story.at)


def _held(story: Sample) -> None:
    """A salon of some weeks ago: minutes, agreed quotes, one idea taken up and one done."""
    event = planned(
        story, "salon", "attempts", -24, LocalizedText("Salon: What did not work", "学术沙龙：那些没有成功的尝试"),
        LocalizedText("Nanjing", "南京"),
    )  # fmt: skip
    story.events["held"] = event
    host, at = story.people["chair"], story.at - timedelta(days=30)
    stage = next(stage for stage in event.stages if stage.kind is StageKind.PROPOSALS)
    closed, stage.closes = stage.closes, story.at + timedelta(days=1)  # the story is told while it was open
    talks = _offer(event, story, HELD, 50, at)
    stage.closes = closed
    leads, by = _standing(event, host, leads=True), Actor(host.id)
    question = LocalizedText("What do we owe to what did not work?", "面对没有成功的尝试，我们应当怎么做？")
    gatherings.set_up(event, question, host.id, talks[1].person_id, version=None, standing=leads, actor=by, at=at)
    for talk in talks:
        gatherings.place(talk, ShortTalkState.ON_LIST, standing=leads, actor=by, at=at)
    after = story.at - timedelta(days=20)
    minutes.write(event, MINUTES, version=None, standing=leads, actor=by, at=after)
    for talk, words, agreed in (
        (talks[0], "I would rather be cited for an honest failure than for a lucky success.", True),
        (talks[1], "没有记录的失败，会被下一个人完整地重复一遍。", True),
        (talks[2], "I said that in anger.", False),
    ):
        quote = minutes.ask_quote(event, talk.person, words, standing=leads, actor=by, at=after)
        minutes.answer_quote(quote, agreed, words, version=None, actor=Actor(talk.person_id), at=after)
    ideas = [minutes.note_idea(event, *idea, standing=leads, actor=by, at=after) for idea in IDEAS]
    minutes.publish(event, standing=leads, actor=by, at=after)
    followers = story.people["member"], talks[1].person
    for idea, person in zip(ideas, followers, strict=False):
        out = _reading(event, person)
        minutes.take_up(idea, standing=out, actor=Actor(person.id), at=after)
    done = _reading(event, talks[1].person)
    minutes.finish(ideas[1], "草案已在学会标准委员会立项，征求意见至年底。", standing=done,
                   actor=Actor(talks[1].person_id), at=story.at)  # fmt: skip


def _reading(event: Event, person: Person) -> GatheringStanding:
    """After publishing: as a reader of the minutes."""
    return GatheringStanding(standing_in(event, viewer_of(person)), published=True)


def _table(story: Sample) -> None:
    """A round table in some weeks: four sit, three have sent their statements, one still owes it."""
    event = planned(
        story, "round_table", "table", 26, LocalizedText("Round table: Who answers?", "圆桌会议：由谁负责？"),
        LocalizedText("Shanghai", "上海"),
    )  # fmt: skip
    story.events["table"] = event
    host = story.people["chair"]
    seated = [story.scholars[74], story.scholars[75], story.scholars[76], story.people["reviewer"]]
    for person in seated:
        _seat(event, person, Role.SEAT, story)
    leads = _standing(event, host, leads=True)
    gatherings.set_up(event, QUESTION, host.id, None, version=None, standing=leads, actor=Actor(host.id), at=story.at)
    for person, (title, text) in zip(seated, STATEMENTS, strict=False):
        tables.send_statement(
            event, title, text, person is not seated[2], version=None, standing=_standing(event, person),
            actor=Actor(person.id), at=story.at - timedelta(days=2),
        )  # fmt: skip
