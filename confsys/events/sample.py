"""The events of the sample: an annual meeting in full swing, a salon, a youth conference that begins its call,
and a colloquium that is on at this hour."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.core.stages import end_of_day
from confsys.events.context import standing_in
from confsys.events.dates import start_of_day
from confsys.events.models import Event, RoleGrant, SitePage
from confsys.events.operations.co_hosts import Carries, set_co_host
from confsys.events.operations.creating import Basics, create_event
from confsys.events.presets import presets
from confsys.events.states import CoHostKind, EventState, GrantState, Role, StageKind

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

REVIEWERS = 40
#: Days from today: several stages are open at once, so that each of the four people finds something to do.
ANNUAL = {
    StageKind.CALL: (-75, 6), StageKind.BIDDING: (-30, 2), StageKind.REVIEW: (-28, 9), StageKind.DISCUSSION: (-10, 12),
    StageKind.CAMERA_READY: (-6, 21), StageKind.REGISTRATION: (-20, 35), StageKind.EVENT: (42, 44),
}  # fmt: skip
EVENTS = (
    (
        "annual", "annual_meeting", "am", "AMSD", 42, 2,
        LocalizedText("Annual Meeting on Systems and Data", "系统与数据学术年会"),
        LocalizedText("Hangzhou", "杭州"),
        LocalizedText("Evidence you can question", "可以追问的证据"),
    ),
    (
        "salon", "salon", "salon", "Salon", 13, 0,
        LocalizedText("Salon: What should a model forget?", "学术沙龙：模型应当忘记什么？"),
        LocalizedText("Shanghai and on line", "上海 / 线上"),
        LocalizedText("Half-finished thoughts welcome", "欢迎尚未成熟的想法"),
    ),
    (
        "youth", "youth_conference", "youth", "YCS", 95, 1,
        LocalizedText("Youth Conference on Systems", "青年系统学术会议"),
        LocalizedText("Xiamen", "厦门"),
        LocalizedText("First papers, first questions", "第一篇论文，第一个问题"),
    ),
    (
        "today", "salon", "today", "Colloquium", 0, 1,
        LocalizedText("Colloquium: What would you measure?", "学术漫谈：你想测量什么？"),
        LocalizedText("Hangzhou and on line", "杭州 / 线上"),
        LocalizedText("It is on now: come in and ask", "正在进行：欢迎进来提问"),
    ),
)  # fmt: skip
ABOUT = LocalizedText(
    """For three days, people who build systems and people who live with them meet in Hangzhou. Every paper
was read by three reviewers who did not know its authors; every talk leaves as much time for questions as for slides.

## What to expect

- **Three tracks**: methods, systems, applications. They share their breaks, their lunch and their posters.
- **A question hour** after each keynote. Whoever asks first gets the first answer, student or professor.
- **Papers and talks in English or Chinese**, each with an abstract in both.

## Who comes

Researchers, engineers, and anyone from an archive, a hospital or a power company with data that will not behave.""",
    """三天里，构建系统的人与使用系统的人相聚杭州。每篇论文均由三位审稿人双盲评审；每场报告留给提问的时间与讲解一样多。

## 会议特色

- **三个专题**：方法、系统、应用，共享茶歇、午餐与墙报。
- 每场特邀报告之后设**提问环节**：先举手者先得到回答，无论学生还是教授。
- **中英文论文与报告**均可，摘要一律双语。

## 欢迎谁来

研究者、工程师，以及档案馆、医院、电力企业中手握“不听话”数据的每一位同行。""",
)
CONTACT = LocalizedText(
    "Write to the secretariat: organiser@example.org. We answer within two working days.",
    "请致信会务组：organiser@example.org，我们将在两个工作日内答复。",
)


#: Invented organisations that carry the annual meeting, out of order on purpose.
CO_HOSTS = (
    ("青云仪器公司", CoHostKind.SUPPORTER, 10, None),
    ("East Lake Institute of Computing", CoHostKind.CO_ORGANISER, 40, 6),
    ("系统与数据学会", CoHostKind.HOST, None, None),
    ("西溪大学计算学院", CoHostKind.ORGANISER, 60, 12),
)


def _grant(event: Event, person: Person, role: Role, story: Sample, position: int = 0) -> None:
    db.session.add(
        RoleGrant(
            event_id=event.id, person_id=person.id, role=role, state=GrantState.ACTIVE, position=position,
            address=person.emails[0].address, invited_at=story.at, answered_at=story.at,
        )
    )  # fmt: skip


def _dates(event: Event, story: Sample) -> None:
    """Put the stages where the story wants them."""
    today = story.at.date()
    for stage in event.stages:
        opens, due = ANNUAL[stage.kind]
        stage.opens = start_of_day(today + timedelta(days=opens), event.zone)
        stage.due = end_of_day(today + timedelta(days=due), event.zone, anywhere=stage.anywhere)
        stage.closes = stage.due + timedelta(hours=24)


@operation
def tell(story: Sample) -> None:
    today = story.at.date()
    organiser = Actor(story.people["organiser"].id)
    for key, kind, slug, acronym, distance, length, name, place, tagline in EVENTS:
        first_day = today + timedelta(days=distance)
        made = create_event(
            presets()[kind],
            Basics(
                f"{slug}{first_day.year}", name, f"{acronym} {first_day.year}", first_day,
                first_day + timedelta(days=length), "Asia/Shanghai", place,
            ),
            actor=organiser,
            at=story.at,
        )  # fmt: skip
        made.state, made.tagline, made.contact_email = EventState.PUBLIC, tagline, "organiser@example.org"
        _grant(made, story.people["chair"], Role.CHAIR, story)
        story.events[key] = made
    annual = story.events["annual"]
    _dates(annual, story)
    _grant(annual, story.people["chair"], Role.PUBLICATION_CHAIR, story)
    _grant(annual, story.people["secretary"], Role.EDITOR, story)
    for position, person in enumerate(story.scholars[:REVIEWERS]):
        _grant(annual, person, Role.REVIEWER, story, position)
    for n, track in enumerate(annual.tracks):
        db.session.add(
            RoleGrant(
                event_id=annual.id, person_id=story.scholars[41 + n].id, role=Role.TRACK_CHAIR, track_id=track.id,
                state=GrantState.ACTIVE, address=story.scholars[41 + n].emails[0].address, invited_at=story.at,
                answered_at=story.at,
            )
        )  # fmt: skip
    _pages(annual)
    db.session.flush()
    for organisation, kind, places, talks in CO_HOSTS:
        track_id = annual.tracks[1].id if kind is CoHostKind.CO_ORGANISER else None
        carries = Carries(organisation, kind, places=places, talks=talks, track_id=track_id)
        standing = standing_in(annual, viewer_of(story.people["organiser"]))
        set_co_host(annual, None, carries, version=None, standing=standing, actor=organiser, at=story.at)


def _pages(annual: Event) -> None:
    """What the preset cannot know: this society's own words."""
    texts = {"about": ABOUT, "contact": CONTACT}
    for page in db.session.scalars(select(SitePage).where(SitePage.event_id == annual.id, SitePage.key.in_(texts))):
        page.body = texts[page.key]
