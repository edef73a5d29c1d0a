"""An industry forum: needs of companies, experts who help, one match that came to something, demonstrations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Affiliation
from confsys.accounts.operations.organisations import organisation_for
from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event
from confsys.forum.models import Expert, Need
from confsys.forum.operations import demos, needs
from confsys.forum.operations.demos import Shown
from confsys.forum.operations.needs import Wording
from confsys.forum.queries.needs import fitting
from confsys.forum.rules.needs import NeedStanding
from confsys.forum.sample.gatherings import planned
from confsys.forum.states import Outcome, Side

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

#: Invented companies.
FIRMS = ("青云仪器公司", "Blue Kiln Ceramics", "Harbour Cold Storage")
#: firm, title, field, problem, confidential, named
NEEDS = (
    (0, "低温下读数漂移的传感器", "传感器、误差建模",
     "野外站点冬季读数漂移，停用加热后更明显。希望找到不增加功耗的校正办法，已有三年对照数据可供使用。",
     "漂移仅出现在 2024 年后的批次，疑与更换封装胶有关；批次号与配方可在签署保密协议后提供。", True),
    (1, "Cracks that appear two days after firing", "materials, data analysis",
     "One kiln in five gives tiles that crack on the third day. We have curves of four thousand firings and "
     "no idea what to look for in them.",
     "The failing kilns share one supplier of clay; changing it would cost us our largest customer.", True),
    (2, "Deciding which doors to open first", "scheduling, energy",
     "Two hundred lorries a day, nine doors, three temperatures. We plan by hand and lose an hour of cold a day.",
     "The cold store in the south is to be sold next year; plans must not rely on it.", False),
)  # fmt: skip
EXPERTS = (
    (("sensors", "传感器误差建模"), "Ten years of measuring where nobody wants to go in winter."),
    (("data analysis", "materials testing"), ""),
    (("scheduling", "optimisation"), "Timetables, mostly; the mathematics is the same."),
    (("energy systems", "scheduling"), "Happy to look at data under any agreement you like."),
)
DEMOS = (
    (0, "A logger that survives its battery", "Pull the battery, wait, put it back: nothing is lost.",
     "一张桌子，一桶水", 20, "展厅 A，3 号台"),
    (1, "A kiln you can look into", "A glass door, a camera and a curve: firing in twenty minutes.", "400 V", 30, ""),
)  # fmt: skip


def tell_needs(story: Sample) -> None:
    event = planned(
        story, "industry_forum", "industry", 40,
        LocalizedText("Industry Forum: Measured and Cooled", "产业论坛：测量与冷链"), LocalizedText("Ningbo", "宁波"),
    )  # fmt: skip
    story.events["industry"] = event
    people = [story.people["attendee"], story.scholars[80], story.scholars[81]]
    for person, firm in zip(people, FIRMS, strict=True):
        db.session.add(Affiliation(person_id=person.id, organisation_id=organisation_for(firm).id))
    db.session.flush()
    helpers = [story.people["reviewer"], *story.scholars[82:85]]
    experts = [
        needs.offer_expertise(person.id, fields, about, True, actor=Actor(person.id), at=story.at)
        for person, (fields, about) in zip(helpers, EXPERTS, strict=True)
    ]
    made = [_post(event, row, people[row[0]], story) for row in NEEDS]
    _solved(made[1], people[1], experts[1], story)
    _asked(made[0], people[0], experts[0], story)
    _shown(event, people, story)


def _post(event: Event, row: tuple[int, str, str, str, str, bool], person: Person, story: Sample) -> Need:
    firm, title, field, problem, detail, named = row
    wording = Wording(organisation_for(FIRMS[firm]).id, title, field, problem, detail, named)
    standing = standing_in(event, viewer_of(person))
    return needs.post_need(
        event, wording, standing=standing, actor=Actor(person.id), at=story.at - timedelta(days=9)
    )  # fmt: skip


def _standing(need: Need, person: Person, *, expert: bool = False) -> NeedStanding:
    return NeedStanding(
        standing_in(need.event, viewer_of(person)), need.state, is_company=need.person_id == person.id, expert=expert
    )


def _asked(need: Need, person: Person, expert: Expert, story: Sample) -> None:
    """The demo reviewer finds a question at home: a company asks, with reasons."""
    standing = _standing(need, person)
    fit = next(fit for fit, each in fitting(need, standing) if each.id == expert.id)
    needs.bring_together(
        need, expert, Side.COMPANY, fit.why, standing=standing, actor=Actor(person.id), at=story.at - timedelta(days=1)
    )


def _solved(need: Need, person: Person, expert: Expert, story: Sample) -> None:
    at = story.at - timedelta(days=7)
    offering = _standing(need, expert.person, expert=True)
    match = needs.bring_together(need, expert, Side.EXPERT, (), standing=offering, actor=Actor(expert.person_id), at=at)
    needs.answer_match(match, True, actor=Actor(person.id), at=at)
    text = "A student works on the curves from January; the kiln gets two more probes."
    needs.tell_outcome(match, Outcome.PROJECT, text, actor=Actor(person.id), at=story.at)


def _shown(event: Event, people: list[Person], story: Sample) -> None:
    organiser = story.people["organiser"]
    for firm, title, description, wants, minutes, place in DEMOS:
        person = people[firm]
        shown = Shown(organisation_for(FIRMS[firm]).id, title, description, wants, minutes)
        demo = demos.offer_demo(
            event, shown, standing=standing_in(event, viewer_of(person)), actor=Actor(person.id), at=story.at
        )
        if place:
            begins = (story.at + timedelta(days=40)).replace(hour=2, minute=30, second=0, microsecond=0)
            demos.place_demo(
                demo, begins, place, standing=standing_in(event, viewer_of(organiser)), actor=Actor(organiser.id),
                at=story.at,
            )  # fmt: skip
