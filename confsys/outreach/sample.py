"""A year of outreach in the sample: what was held, what comes, who helps, who asks."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import segno

from confsys.core.actor import SYSTEM, Actor
from confsys.core.files import receive_path
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.states import Mode
from confsys.outreach.models import Activity
from confsys.outreach.operations import activities, bookings, duty, media, speakers, volunteers
from confsys.outreach.operations.activities import Outcome, Plan
from confsys.outreach.operations.bookings import Party
from confsys.outreach.operations.duty import Asked, Written
from confsys.outreach.operations.speakers import Asking, Profile
from confsys.outreach.states import ActivityKind, TargetGroup, ThemeDay, VolunteerState
from confsys.outreach.years import year_of

if TYPE_CHECKING:
    from confsys.sample import Sample

K, G, T = ActivityKind, TargetGroup, ThemeDay
#: days from today, kind, title, city, groups, theme, capacity, came (past only)
YEAR = (
    (-290, K.LECTURE, ("Why maps lie a little", "地图为什么会“说谎”"), ("Hangzhou", "杭州"), (G.YOUTH,), None, 80, 72),
    (-230, K.TRAINING, ("Spotting false pictures", "识别虚假图片"), ("Ningbo", "宁波"), (G.ELDERLY,), None, 40, 38),
    (-190, K.EXHIBITION, ("Science Week on the market square", "广场上的科技活动周"), ("Wuhan", "武汉"),
     (G.PUBLIC, G.YOUTH), T.SCIENCE_WEEK, None, 640),
    (-150, K.CONSULTATION, ("Soil, rain and a cheap sensor", "土壤、雨水与廉价传感器"), ("Anji", "安吉"), (G.FARMERS,),
     T.ENVIRONMENT_DAY, 60, 55),
    (-110, K.OPEN_LAB, ("A night in the data centre", "数据中心之夜"), ("Hangzhou", "杭州"), (G.YOUTH, G.WORKERS), None,
     120, 118),
    (-70, K.LECTURE, ("How a search engine forgets", "搜索引擎如何“遗忘”"), ("Shanghai", "上海"), (G.OFFICIALS,),
     T.SCIENCE_MONTH, 50, 41),
    (-55, K.COMPETITION, ("Build a bridge of numbers", "用数字搭一座桥"), ("Nanjing", "南京"), (G.YOUTH,),
     T.SCIENCE_MONTH, 90, 87),
    (-12, K.WORKSHOP, ("Your first hundred lines", "写下最初的一百行代码"), ("Hangzhou", "杭州"), (G.YOUTH,), None,
     30, 29),
    (6, K.LECTURE, ("What a queue teaches us", "排队教给我们的事"), ("Hangzhou", "杭州"), (G.PUBLIC,), None, 12, None),
    (11, K.OPEN_LAB, ("Open laboratory for families", "家庭开放实验室"), ("Shanghai", "上海"), (G.YOUTH, G.PUBLIC),
     None, 40, None),
    (19, K.WORKSHOP, ("Repairing an old telephone", "修好一部旧手机"), ("Ningbo", "宁波"), (G.ELDERLY, G.WORKERS), None,
     24, None),
    (34, K.BROADCAST, ("Ask a computer scientist", "向计算机科学家提问"), ("", ""), (G.PUBLIC,), None, None, None),
)  # fmt: skip
SUMMARY = LocalizedText(
    "Without formulas, with things to touch, and with time for your questions.", "不用公式，可以动手，也留足提问时间。"
)
FAMILIES = (("Zhou", 2, 2), ("Xu", 1, 1), ("Miller", 2, 0), ("Qian", 2, 2), ("He", 1, 2))
SKILLS = (("explaining", "photography"), ("first aid", "guiding groups"), ("sign language",), ("sound and light",))


@operation
def tell(story: Sample) -> None:
    office = Actor(story.people["organiser"].id)
    made = [_activity(story, row, office) for row in YEAR]
    _visitors(story, made)
    _volunteers(story, made, office)
    _speakers(story, office)
    _yearly_part(story, office)
    _told(made[6], office, story.at)


def _activity(story: Sample, row: tuple, office: Actor) -> Activity:  # type: ignore[type-arg]
    days, kind, title, city, groups, theme, capacity, came = row
    begins = (story.at + timedelta(days=days)).replace(hour=6, minute=0, second=0)
    plan = Plan(
        kind=kind, title=LocalizedText(*title), city=LocalizedText(*city), starts_at=begins,
        ends_at=begins + timedelta(hours=2), theme_day=theme, target_groups=tuple(g.value for g in groups),
        mode=Mode.IN_PERSON if city[0] else Mode.ONLINE, summary=SUMMARY, capacity=capacity, volunteers_wanted=4,
        place=LocalizedText("City library", "市图书馆") if city[0] else LocalizedText(),
        hosts=LocalizedText("The society with the city library", "学会与市图书馆联合主办"), planned_headcount=capacity,
        checked_by="Gu Jingxing", experts=() if days > 0 else ("Chen Luming",),
    )  # fmt: skip
    speaker = [story.people["author"].id] if days in {-12, 6} else []
    activity = activities.plan_activity(plan, person_ids=speaker, actor=office, at=min(story.at, begins))
    activities.announce(activity, version=None, actor=office, at=min(story.at, begins))
    if came is not None:
        outcome = Outcome(actual_headcount=came, cost_minor=came * 1500, online_views=came * 3 if came > 100 else None)
        activities.report_outcome(activity, outcome, version=None, actor=office, at=begins + timedelta(days=1))
    return activity


def _visitors(story: Sample, made: list[Activity]) -> None:
    """A workshop that told how it was, and a lecture so full that a family waits."""
    for n, (name, adults, minors) in enumerate(FAMILIES):
        for activity, at in ((made[7], made[7].starts_at - timedelta(days=5)), (made[8], story.at)):
            party = Party(
                name=name, email=f"family{n}@example.org", adults=adults, minors=minors,
                guardian_name=name if minors else "", consented_on=at.date() if minors else None,
            )  # fmt: skip
            booking = bookings.book(activity, party, actor=SYSTEM, at=at)
            if activity is made[7]:
                bookings.check_in(booking, booking.size, actor=SYSTEM, at=activity.starts_at)
                bookings.give_feedback(
                    booking, rating=5 - n % 2, understood=5 - n % 3, comment="", actor=SYSTEM, at=activity.ends_at
                )


def _volunteers(story: Sample, made: list[Activity], office: Actor) -> None:
    people = [story.people["volunteer"], *story.scholars[60:66]]
    for n, person in enumerate(people):
        joined = made[0].starts_at
        someone = volunteers.join_roster(
            person.id, skills=SKILLS[n % 4], cities=("上海", "Shanghai") if n % 2 else ("杭州", "Hangzhou"),
            about="", actor=Actor(person.id), at=joined,
        )  # fmt: skip
        if n == len(people) - 1:
            continue  # wants to join; the office has not looked yet
        volunteers.set_volunteer(someone, VolunteerState.ACTIVE, actor=office, at=joined)
        for activity in made[n % 3 : 8 : 3]:
            shift = volunteers.offer_help(someone, activity, actor=Actor(person.id), at=joined)
            volunteers.answer_help(shift, agreed=True, actor=office, at=joined)
            task = "Welcomed visitors and explained the exhibits" if n % 2 else "接待观众并讲解展品"
            if activity is made[7] and n in {0, 1}:
                continue  # hours still to be reported
            volunteers.report_hours(shift, 120 + 30 * (n % 3), task, actor=Actor(person.id), at=activity.ends_at)
            if activity is not made[6]:
                volunteers.approve_hours([shift], actor=office, at=activity.ends_at)
        if n == 0:
            volunteers.offer_help(someone, made[8], actor=Actor(person.id), at=story.at)


def _speakers(story: Sample, office: Actor) -> None:
    offers = (
        (story.people["author"], ("privacy", "data quality", "数据与隐私"), ("Hangzhou", "杭州")),
        (story.scholars[70], ("storage", "how computers remember", "计算机如何记忆"), ("Shanghai", "上海")),
        (story.scholars[71], ("machine learning", "机器学习"), ("Ningbo", "宁波")),
        (story.scholars[72], ("networks", "privacy on line", "网络安全"), ("Hangzhou", "杭州")),
    )
    for person, topics, cities in offers:
        profile = Profile(topics=topics, cities=cities, online=True, groups=("youth",), per_year=6)
        speakers.offer_talks(person.id, profile, actor=Actor(person.id), at=story.at)
    today: date = story.at.date()
    for school, city, topic, days in (
        ("云栖第二中学", "杭州", "数据与隐私：你的手机知道什么？", 20),
        ("Harbour Primary School", "Shanghai", "How do computers remember?", 30),
    ):
        asking = Asking(
            school=school, contact="Ms Lu" if school.isascii() else "陆老师", email="school@example.org", city=city,
            headcount=45, topic=topic, first_day=today + timedelta(days=days),
            last_day=today + timedelta(days=days + 14),
            locale="en" if school.isascii() else "zh", online_is_fine=True,
        )  # fmt: skip
        speakers.ask_for_speaker(asking, actor=SYSTEM, at=story.at)


def _told(activity: Activity, office: Actor, at: datetime) -> None:
    """A picture drawn here, since nobody real may be shown, and what a newspaper wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bridge.png"
        segno.make_qr("https://example.org/bridge").save(str(path), scale=8, dark="#0d5c63")
        stored = receive_path(path, name="bridge.png", actor=office, at=at)
    media.add_file(
        activity, stored, LocalizedText("The task of the first round", "第一轮题目"),
        alt=LocalizedText("A square code that leads to the task", "指向题目的二维码"), agreed=True, actor=office, at=at,
    )  # fmt: skip
    title = LocalizedText("Ninety pupils, one bridge", "九十名学生，一座桥")
    media.add_link(activity, title, "城市晚报", "https://example.org/news/bridge", actor=office, at=at)


def _yearly_part(story: Sample, office: Actor) -> None:
    """One talk, one article or ten hours; one article counts already, one waits for the office."""
    duty.set_duty(year_of(story.at), Asked(talks=1, articles=1, hours=10), version=None, actor=office, at=story.at)
    for person, title, outlet in (
        (story.people["member"], "为什么排队总是换到更慢的那一列？", "城市晚报"),
        (story.scholars[3], "What your telephone tells the shop", "The Harbour Gazette"),
    ):
        written = Written(title=title, outlet=outlet, published_on=story.at.date() - timedelta(days=1))
        article = duty.record_article(person.id, written, actor=Actor(person.id), at=story.at)
        if person is not story.people["member"]:
            duty.decide_article(article, confirmed=True, actor=office, at=story.at)
