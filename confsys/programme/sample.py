"""The programme's part of the sample: rooms, three days of sessions, accepted papers placed, one release."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.programme import days
from confsys.programme.arranging.scene import Place
from confsys.programme.models import Duty, Room, Session, Speaker, Talk
from confsys.programme.operations import booklets, plans, releases, settings
from confsys.programme.operations.papers import bring_in_papers
from confsys.programme.queries.preview import outlook
from confsys.programme.states import DutyRole, DutyState, SessionKind, TalkState

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

ROOMS = (
    (LocalizedText("Great Hall", "大礼堂"), 420, False),
    (LocalizedText("Bamboo Room", "竹厅"), 120, False),
    (LocalizedText("Pine Room", "松厅"), 90, False),
    (LocalizedText("Gallery", "长廊"), 200, True),
)
#: The building of each room, and how far they are apart.
VENUES = ("Lakeside Hall", "Lakeside Hall", "Garden House", "Garden House")
WALK = (("Garden House", "Lakeside Hall"), 8)
#: Minutes since midnight, length, room (None: everywhere), kind, title; the same on every day.
DAILY = (
    (630, 30, None, SessionKind.BREAK, LocalizedText("Coffee", "茶歇")),
    (750, 75, None, SessionKind.BREAK, LocalizedText("Lunch", "午餐")),
)
KEYNOTES = (
    LocalizedText("What a measurement owes its reader", "一次测量应当向读者交代什么"),
    LocalizedText("Systems that explain their own failures", "会解释自身故障的系统"),
    LocalizedText("Data commons after ten years", "数据公地十年回顾"),
)
KEYNOTE_ABSTRACT = LocalizedText(
    "An invited look at what the field has learned, where it still guesses, and which question the coming years "
    "should be spent on.",
    "特邀报告：回顾本领域的认识与仍靠猜测之处，并讨论未来几年最值得投入的问题。",
)
#: (start, room) of the blocks that hold papers, three talks of twenty minutes each and a little air.
BLOCKS = ((660, 0), (660, 1), (660, 2), (830, 0), (830, 1), (830, 2), (930, 1), (930, 2))
TALKS_A_BLOCK = 4
#: Invited talks without a session yet, two about one thing and two about another: they can be grouped.
WAITING = (
    (
        LocalizedText("Sampling large graphs by random walks", "用随机游走对大规模图采样"),
        LocalizedText("How long a random walk on a graph must be before its sample can be trusted.",
                      "图上的随机游走要走多长，所得样本才可信。"),
    ),
    (
        LocalizedText("Acoustic models for languages with few speakers", "使用人数较少的语言的声学模型"),
        LocalizedText("Training acoustic models for speech where recordings are scarce.",
                      "在语音录音稀少时训练声学模型。"),
    ),
    (
        LocalizedText("Random walks that remember where they were", "记得来路的随机游走"),
        LocalizedText("Walks on graphs that remember, and what a sample costs.", "图上带记忆的随机游走及其采样代价。"),
    ),
    (
        LocalizedText("Whose voices train our speech models", "语音模型由谁的声音训练而成"),
        LocalizedText("Consent and balance in the recordings that acoustic models learn from.",
                      "声学模型所用语音录音的知情同意与均衡。"),
    ),
)  # fmt: skip
PANEL = LocalizedText("Panel: who maintains the tools we all use?", "圆桌论坛：谁来维护大家共用的工具？")


class _Scene:
    """One event while its programme is being told."""

    def __init__(self, event: Event, story: Sample) -> None:
        self.event, self.story = event, story
        self.rooms: list[Room] = []
        for position, (name, capacity, several) in enumerate(ROOMS):
            room = Room(
                event_id=event.id, name=name, capacity=capacity, position=position, holds_several=several,
                equipment=["projector", "microphone"], venue=VENUES[position],
            )  # fmt: skip
            db.session.add(room)
            self.rooms.append(room)
        db.session.flush()

    def session(
        self, day: date, start: int, minutes: int, room: int | None, kind: SessionKind, title: LocalizedText,
        **columns: object,
    ) -> Session:  # fmt: skip
        made = Session(
            event_id=self.event.id, kind=kind, title=title, minutes=minutes, extras={},
            starts_at=days.moment_at(day, start, self.event.zone),
            room_id=None if room is None else self.rooms[room].id, **columns,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made

    def invited(self, session: Session, title: LocalizedText, *speakers: Person, minutes: int) -> None:
        talk = Talk(
            event_id=self.event.id, session_id=session.id, title=title, abstract=KEYNOTE_ABSTRACT, minutes=minutes,
            state=TalkState.CONFIRMED, extras={},
        )  # fmt: skip
        for position, person in enumerate(speakers):
            talk.speakers.append(
                Speaker(
                    position=position, person_id=person.id, given=person.given, family=person.family,
                    native=person.native, affiliation=_affiliation(person),
                )
            )  # fmt: skip
        db.session.add(talk)

    def waiting(self, title: LocalizedText, abstract: LocalizedText, speaker: Person) -> None:
        """An invited talk in the tray."""
        talk = Talk(event_id=self.event.id, title=title, abstract=abstract, minutes=30, extras={})
        talk.speakers.append(
            Speaker(
                position=0, person_id=speaker.id, given=speaker.given, family=speaker.family, native=speaker.native,
                affiliation=_affiliation(speaker),
            )
        )  # fmt: skip
        db.session.add(talk)

    def duty(self, session: Session, person: Person, role: DutyRole, state: DutyState) -> None:
        db.session.add(
            Duty(
                session_id=session.id, person_id=person.id, role=role, state=state, asked_at=self.story.at,
                answered_at=self.story.at if state is DutyState.ACCEPTED else None,
            )
        )  # fmt: skip


def _affiliation(person: Person) -> LocalizedText:
    return next((row.organisation.name for row in person.affiliations), LocalizedText())


@operation
def _tell_annual(event: Event, story: Sample) -> None:
    bring_in_papers(event, standing=None, actor=Actor(), at=story.at)
    scene = _Scene(event, story)
    assert event.starts_on is not None  # noqa: S101  the events' part of the sample gives it dates
    listed = days.between(event.starts_on, event.ends_on or event.starts_on)
    for number, day in enumerate(listed):
        _frame_day(scene, day, number)
    _place_papers(scene, listed)
    for number, (title, abstract) in enumerate(WAITING):
        scene.waiting(title, abstract, story.scholars[50 + number])
    scene.session(
        listed[0], 1110, 120, None, SessionKind.SOCIAL, LocalizedText("Dinner by the lake", "湖畔晚宴"),
        description=LocalizedText("Boats leave from the east gate at a quarter past six.", "六点一刻从东门乘船出发。"),
    )  # fmt: skip


def _frame_day(scene: _Scene, day: date, number: int) -> None:
    """What every day has: a keynote, coffee, lunch."""
    scholars = scene.story.scholars
    speaker = scholars[60 + number]
    keynote = scene.session(day, 540, 60, 0, SessionKind.KEYNOTE, LocalizedText(), audience=380)
    scene.invited(keynote, KEYNOTES[number % len(KEYNOTES)], speaker, minutes=60)
    scene.duty(keynote, scene.story.people["chair"], DutyRole.CHAIR, DutyState.ACCEPTED)
    for start, minutes, room, kind, title in DAILY:
        scene.session(day, start, minutes, room, kind, title)
    if number == 1:
        panel = scene.session(day, 1010, 75, 0, SessionKind.PANEL, PANEL, audience=200)
        for place, person in enumerate(scholars[70:74]):
            scene.duty(panel, person, DutyRole.PANELLIST, DutyState.ASKED if place == 3 else DutyState.ACCEPTED)
        scene.duty(panel, scene.story.people["reviewer"], DutyRole.CHAIR, DutyState.ASKED)


def _place_papers(scene: _Scene, listed: list[date]) -> None:
    """Papers of one track together, four to a block; posters in the gallery; the last two stay in the tray."""
    talks = list(
        db.session.scalars(
            select(Talk).where(Talk.event_id == scene.event.id, Talk.submission_id.is_not(None)).order_by(Talk.id)
        )
    )
    for talk in talks[:-3]:
        talk.state = TalkState.CONFIRMED
    talks.sort(key=lambda talk: ((talk.submission.track_id or 0) if talk.submission else 0, talk.id))
    posters = [talk for talk in talks if talk.submission and talk.submission.presentation == "poster"]
    orals = [talk for talk in talks if talk not in posters][: len(talks) - 2]
    blocks = [(day, start, room) for start, room in BLOCKS for day in listed]
    names = {track.id: track.name for track in scene.event.tracks}
    for number, (day, start, room) in zip(range(-(-len(orals) // TALKS_A_BLOCK)), blocks, strict=False):
        held = orals[number * TALKS_A_BLOCK : (number + 1) * TALKS_A_BLOCK]
        track = held[0].submission.track_id if held[0].submission else None
        name = names.get(track, LocalizedText("Papers", "论文报告")) if track else LocalizedText("Papers", "论文报告")
        letter = chr(ord("A") + number % 26)
        title = LocalizedText(f"{name.en} {letter}", f"{name.zh} {letter}")
        session = scene.session(
            day, start, 90, room, SessionKind.ORAL, title, code=f"{letter}{number + 1}", track_id=track,
            audience=60 + scene.story.dice.randrange(40),
        )  # fmt: skip
        for position, talk in enumerate(held):
            talk.session_id, talk.position, talk.minutes = session.id, position, 20
        scene.duty(session, scene.story.scholars[(number * 7) % 40], DutyRole.CHAIR, DutyState.ACCEPTED)
    if posters:
        wall = scene.session(
            listed[0], 1010, 75, 3, SessionKind.POSTER, LocalizedText("Posters and tea", "海报与茶"), code="P1"
        )
        for position, talk in enumerate(posters):
            talk.session_id, talk.position = wall.id, position


@operation
def _tell_salon(event: Event, story: Sample) -> None:
    scene = _Scene(event, story)
    assert event.starts_on is not None  # noqa: S101  the events' part of the sample gives it dates
    day = event.starts_on
    opening = scene.session(day, 14 * 60, 30, 0, SessionKind.SALON, LocalizedText("Opening question", "开场之问"))
    scene.invited(
        opening, LocalizedText("What should a model forget?", "模型应当忘记什么？"), story.scholars[64], minutes=30
    )  # fmt: skip
    for number, (start, name) in enumerate(((870, "First table"), (930, "Second table"))):
        title = LocalizedText(name, ("第一桌", "第二桌")[number])
        table = scene.session(day, start, 50, 1 + number, SessionKind.SALON, title)
        scene.duty(table, story.scholars[66 + number], DutyRole.CHAIR, DutyState.ACCEPTED)


@operation
def _tell_today(event: Event, story: Sample) -> None:
    """A session that began half an hour ago and goes on for some hours, at whatever hour the sample is loaded."""
    scene = _Scene(event, story)
    there = story.at.astimezone(ZoneInfo(event.zone))
    begins = max(0, (there.hour * 60 + there.minute - 35) // 5 * 5)
    minutes = min(240, 24 * 60 - begins)  # a session ends with its day
    title = LocalizedText("What would you measure if nobody paid for it?", "如果不计成本，你想测量什么？")
    session = scene.session(there.date(), begins, minutes, 0, SessionKind.SALON, title)
    scene.invited(session, title, story.scholars[68], minutes=min(30, minutes))
    scene.duty(session, story.people["chair"], DutyRole.CHAIR, DutyState.ACCEPTED)


def tell(story: Sample) -> None:
    """A released programme for the annual meeting and for today, a plan not released yet for the salon."""
    _tell_annual(story.events["annual"], story)
    _tell_salon(story.events["salon"], story)
    _tell_today(story.events["today"], story)
    _release(story.events["annual"], story)
    _release(story.events["today"], story)


def _release(event: Event, story: Sample) -> None:
    """As the organiser would; clashes that the dice caused are moved out of the way first."""
    organiser = story.people["organiser"]
    standing = standing_in(event, viewer_of(organiser))
    for clash in outlook(event, story.at).barring:
        session = db.session.get(Session, clash.sessions[-1])
        if session is not None and session.starts_at is not None:
            _unplace(session)
    note = LocalizedText("The first version of the programme.", "日程第一版。")
    who: dict[str, Any] = {"standing": standing, "actor": Actor(organiser.id), "at": story.at}
    settings.set_rules(event, severities={}, talk_minutes={}, walking=dict([WALK]), version=None, **who)
    made = releases.release(event, note=note, **who)
    for locale in booklets.LOCALES:
        booklets.ask_booklet(event, made, locale, abstracts=False, **who)
    _what_if(event, story, who)


def _what_if(event: Event, story: Sample, who: dict[str, Any]) -> None:
    """A plan that tries the first session of talks in another room an hour later; it waits for a decision."""
    first = db.session.scalar(
        select(Session)
        .where(Session.event_id == event.id, Session.kind == SessionKind.ORAL, Session.starts_at.is_not(None))
        .order_by(Session.starts_at, Session.id)
        .limit(1)
    )
    gallery = db.session.scalar(select(Room).where(Room.event_id == event.id, Room.position == 2))
    if first is None or first.starts_at is None or gallery is None:
        return
    plan = plans.copy_timetable(event, "If the Great Hall is needed · 若大礼堂另有他用", **who)
    place = Place(first.starts_at + timedelta(minutes=170), gallery.id, first.minutes)
    plans.move_in_plan(event, plan, f"s{first.id}", place, **who)


@operation
def _unplace(session: Session) -> None:
    session.starts_at = session.room_id = None
