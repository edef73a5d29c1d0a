"""How the members of the sample are heard: suggestions, three years of surveys, the budget, honours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.members.days import society_day
from confsys.members.models import Body
from confsys.members.operations import budget, suggestions, survey
from confsys.members.operations.honours import Given, give_honour
from confsys.members.operations.suggestions import Proposal
from confsys.members.queries.membership import valid_membership
from confsys.members.states import BudgetAudience, BudgetSide, HonourKind, QuestionKind, SuggestionTopic

if TYPE_CHECKING:
    from confsys.sample import Sample

#: (topic, title, words, published, answer, stars): those without an answer wait.
SUGGESTIONS = (
    (
        SuggestionTopic.ACTIVITIES, "墙报请展示两天",
        "墙报只展示半天，很多同行来不及交流。建议全程展示，并安排固定的讲解时段。", True,
        "采纳。自下届年会起，墙报展示两天，并在日程中设两个讲解时段。", 5,
    ),
    (
        SuggestionTopic.SERVICES, "Receipts by mail",
        "Please send the receipt of my dues by mail as soon as they have arrived.", True,
        "Done: the receipt is sent with the confirmation, and stands beside each order.", 4,
    ),
    (
        SuggestionTopic.DUES, "学生会员会费分期", "建议允许学生会员分学期缴纳会费。", False,
        "会费标准由会员代表大会通过，将提交下次会议审议。", 3,
    ),
    (SuggestionTopic.GOVERNANCE, "公布分会活动经费", "建议各分会每年公布活动经费的使用情况。", False, "", 0),
)  # fmt: skip
LINES = (
    (BudgetSide.INCOME, "Registration of meetings", "会议注册费", 420_000_00, 398_500_00),
    (BudgetSide.INCOME, "Grants of the association", "科协项目资助", 80_000_00, 80_000_00),
    (BudgetSide.USE, "Annual meeting", "学术年会", 310_000_00, 296_400_00),
    (BudgetSide.USE, "Journals and proceedings", "期刊与论文集", 70_000_00, 68_200_00),
    (BudgetSide.USE, "Young researchers", "青年人才支持", 45_000_00, 51_000_00),
    (BudgetSide.USE, "Science for everybody", "科学普及", 38_000_00, 29_600_00),
    (BudgetSide.USE, "Service to members", "会员服务", 30_000_00, 27_900_00),
)
WISHES = (
    "More salons for young people.",
    "希望增加线上交流。",
    "论文集希望更早上线。",
    "More help for first-time authors.",
)


def tell_heard(story: Sample, members: Sequence[Person], bodies: dict[str, Body]) -> None:
    office = Actor(story.people["secretary"].id)
    _suggestions(story, members, bodies, office)
    _surveys(story, members, office)
    _budgets(story, office)
    fellow = Given(HonourKind.FELLOW, LocalizedText("Fellow of the society", "学会会士"), story.at.year - 2)
    award = Given(HonourKind.AWARD, LocalizedText("Young researcher award", "青年科技奖"), story.at.year - 1)
    for n, person in enumerate(members[1:6]):
        give_honour(person, fellow if n % 2 else award, actor=office, at=story.at)


def _suggestions(story: Sample, members: Sequence[Person], bodies: dict[str, Body], office: Actor) -> None:
    for n, (topic, title, words, shares, reply, stars) in enumerate(SUGGESTIONS):
        at = story.at - timedelta(days=40 - 9 * n)
        filer = Actor(members[n].id)
        row = suggestions.file(Proposal(topic, title, words, shares, named=shares and n == 0), actor=filer, at=at)
        body = bodies["academic"] if topic is SuggestionTopic.ACTIVITIES else bodies["secretariat"]
        suggestions.route(row, body, None, version=None, actor=office, at=at + timedelta(days=1))
        if reply:
            suggestions.answer(row, reply, version=None, actor=office, at=at + timedelta(days=6))
            suggestions.rate(row, stars, "", actor=filer, at=at + timedelta(days=8))
    waits = Proposal(
        SuggestionTopic.ADVICE,
        "算力资源向青年开放",
        "建议学会向有关部门反映，高校算力平台对青年科研人员适当开放。",
        True,
    )
    suggestions.file(waits, actor=Actor(members[0].id), at=story.at - timedelta(days=2))


def _surveys(story: Sample, members: Sequence[Person], office: Actor) -> None:
    """Three years that are closed, each a little better than the last, and one that is open."""
    for back in (3, 2, 1, 0):
        at = story.at - timedelta(days=365 * back + 10)
        row = survey.create_survey(story.at.year - back, actor=office, at=at)
        told = LocalizedText("Two minutes, once a year.", "每年一次，约需两分钟。")
        survey.edit_survey(row, told, (at + timedelta(days=30)).date(), version=None, actor=office, at=at)
        survey.open_survey(row, version=None, actor=office, at=at)
        if not back:
            return
        for n, person in enumerate(members[1:]):
            if n % 3:
                answers = {q.key: _point(story, 3 - back) for q in row.questions if q.kind is QuestionKind.SCALE}
                words = {"more": WISHES[n % len(WISHES)]} if n % 4 == 1 else {}
                if valid_membership(person.id, society_day(at)) is not None:
                    survey.answer_survey(row, {**answers, **words}, actor=Actor(person.id), at=at)
        survey.close_survey(row, version=None, actor=office, at=at + timedelta(days=31))


def _point(story: Sample, better: int) -> int:
    return min(5, max(1, round(story.dice.gauss(3.3 + 0.35 * better, 0.8))))


def _budgets(story: Sample, office: Actor) -> None:
    for back, audience in ((1, BudgetAudience.PUBLIC), (0, BudgetAudience.MEMBERS)):
        year = story.at.year - back
        row = budget.create_budget(year, actor=office, at=story.at)
        for line in list(row.lines):
            budget.remove_line(row, line, actor=office, at=story.at)
        for side, en, zh, planned, actual in LINES:
            spent = actual if back else actual * story.at.timetuple().tm_yday // 400
            given = budget.Line(side, LocalizedText(en, zh), planned, spent)
            budget.put_line(row, None, given, version=None, actor=office, at=story.at)
        note = LocalizedText("Checked by the board of supervisors.", "已经监事会审核。") if back else LocalizedText()
        budget.publish_budget(row, audience, 12_000_00, note, version=None, actor=office, at=story.at)
