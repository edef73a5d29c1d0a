"""Awards of the sample: one announced, one with its jury, one of the annual meeting's papers open for nominations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from confsys.accounts.models import Person
from confsys.accounts.sessions import viewer_of
from confsys.awards.models import Award, Juror
from confsys.awards.operations import judging, nominating, setting_up, young
from confsys.awards.operations.judging import Prize
from confsys.awards.operations.nominating import Nominee
from confsys.awards.operations.setting_up import Terms
from confsys.awards.queries import awards, jury
from confsys.awards.queries import young as read
from confsys.awards.standing import AwardStanding
from confsys.awards.states import AgeRule, AwardState, Check, Scheme, Source
from confsys.core.actor import Actor
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.context import standing_in

if TYPE_CHECKING:
    from confsys.sample import Sample

WHYS = (
    "Measured what everybody had assumed, for three years and in the open, and published what did not fit as well.",
    "把一个没有人愿意维护的工具重写成人人可用的样子，并带出了一支年轻的维护团队。",
    "Showed with a small and careful proof that the usual bound cannot be met, and what can be had instead.",
    "组织了四届读书会，让六所学校的学生第一次读到彼此的论文，其中两组后来一起投稿。",
)
TOPICS = (
    ["databases", "privacy"], ["stream processing", "storage", "数据质量"], ["verification", "networks"],
)  # fmt: skip


class Scene:
    """Who keeps which award while the story is told."""

    def __init__(self, story: Sample) -> None:
        self.story, self.office = story, story.people["secretary"]

    def standing(self, award: Award, person: Person) -> AwardStanding:
        viewer = viewer_of(person)
        event = standing_in(award.event, viewer) if award.event is not None else None
        return awards.standing_of(viewer, award, event, self.story.at)

    def step(self, award: Award, keeper: Person, *steps: AwardState) -> None:
        for to in steps:
            setting_up.advance(
                award, to, standing=self.standing(award, keeper), actor=Actor(keeper.id), at=self.story.at
            )

    def ask(self, award: Award, keeper: Person, *jurors: Person) -> list[Juror]:
        return [
            setting_up.ask_juror(
                award, juror, standing=self.standing(award, keeper), actor=Actor(keeper.id), at=self.story.at
            )
            for juror in jurors
        ]

    def nominate(self, award: Award, person: Person, by: Person, why: str) -> None:
        place = person.affiliations[0].organisation.name if person.affiliations else LocalizedText()
        nominee = Nominee(person.name, why, place.in_(person.locale), person)
        nominating.nominate(
            award, nominee, standing=self.standing(award, by), actor=Actor(by.id), at=self.story.at
        )  # fmt: skip

    def votes(self, award: Award, juror: Juror, first: int) -> None:
        scores = {
            line.candidate.id: 1 + (first + 3 * n) % 10
            for n, line in enumerate(jury.ballot(award, juror))
            if line.bar is None
        }
        judging.cast(
            award, juror, scores, standing=self.standing(award, juror.person), actor=Actor(juror.person_id),
            at=self.story.at,
        )  # fmt: skip


@operation
def tell(story: Sample) -> None:
    scene = Scene(story)
    _service(scene)
    _young(scene)
    _papers(scene)
    _youth(scene)


def _service(scene: Scene) -> None:
    """Announced: everybody reads who won and why."""
    story, office = scene.story, scene.office
    terms = Terms(
        LocalizedText("Prize for open tools", "开放工具奖"),
        LocalizedText(
            "For software, data or instruments that others build upon.", "表彰供他人使用和改进的软件、数据或仪器。"
        ),
        frozenset({Source.COMMITTEE}), winners_most=2,
    )  # fmt: skip
    award = setting_up.create(None, terms, actor=Actor(office.id), at=story.at - timedelta(days=60))
    jurors = scene.ask(award, office, *story.scholars[30:33])
    scene.step(award, office, AwardState.NOMINATING)
    for n, person in enumerate(story.scholars[70:73]):
        scene.nominate(award, person, office, WHYS[n])
    scene.step(award, office, AwardState.JUDGING)
    for n, juror in enumerate(jurors):
        scene.votes(award, juror, 9 - n)
    scene.step(award, office, AwardState.CLOSED)
    first, second = (line.candidate.id for line in jury.tally(award)[:2])
    judging.decide(
        award, {first: Prize(1, WHYS[0]), second: Prize(2, WHYS[1])},
        "The jury agreed on the first; the second changed most for those who have least. The third should come again.",
        version=None, standing=scene.standing(award, office), actor=Actor(office.id), at=story.at,
    )  # fmt: skip
    judging.announce(award, standing=scene.standing(award, office), actor=Actor(office.id), at=story.at)


def _young(scene: Scene) -> None:
    """With its jury: the member of the demo votes, one ballot is in, nobody sees it."""
    story, office = scene.story, scene.office
    terms = Terms(
        LocalizedText("Young researcher prize", "青年学者奖"),
        LocalizedText(
            "For independent work at the beginning of a career.", "表彰在学术生涯初期完成的独立工作。"
        ),
        frozenset({Source.MEMBERS, Source.COMMITTEE}), Scheme.SCORE, 1, 1, AgeRule.AGE, 40,
        date(story.at.year, 12, 31), judge_until=story.at + timedelta(days=12),
    )  # fmt: skip
    award = setting_up.create(None, terms, actor=Actor(office.id), at=story.at - timedelta(days=30))
    jurors = scene.ask(award, office, story.people["member"], *story.scholars[33:36])
    scene.step(award, office, AwardState.NOMINATING)
    for n, person in enumerate(story.scholars[73:77]):
        scene.nominate(award, person, story.scholars[10 + n], WHYS[n])
    for n, row in enumerate(awards.candidates(award.id)):
        nominee = story.scholars[73 + n]
        own = awards.own_nominations(nominee.id, award.id)[0]
        born = date(story.at.year - 31 - 4 * n, 5, 9)
        nominating.declare(award, own, born, True, actor=Actor(nominee.id), at=story.at)
        result = Check.FITS if nominating.computed(award, own) else Check.DOES_NOT
        nominating.check(
            award, own, result, "", version=None, standing=scene.standing(award, office), actor=Actor(office.id),
            at=story.at,
        )  # fmt: skip
        assert row.id == own.id  # noqa: S101  candidates come in the order in which they were nominated
    scene.step(award, office, AwardState.JUDGING)
    scene.votes(award, jurors[1], 4)


def _papers(scene: Scene) -> None:
    """Open: accepted papers of the annual meeting, chosen by its chair."""
    story = scene.story
    annual, chair = story.events["annual"], story.people["chair"]
    terms = Terms(
        LocalizedText("Best paper of the annual meeting", "年会优秀论文奖"),
        LocalizedText("For the paper people will still read in ten years.", "表彰十年后仍值得一读的论文。"),
        frozenset({Source.PAPERS}), Scheme.PICK, 2, 3, judge_until=story.at + timedelta(days=30),
    )  # fmt: skip
    award = setting_up.create(annual, terms, actor=Actor(chair.id), at=story.at - timedelta(days=10))
    scene.step(award, chair, AwardState.NOMINATING)
    for paper in awards.papers_to_nominate(award)[:4]:
        nominating.nominate_paper(
            award, paper, standing=scene.standing(award, chair), actor=Actor(chair.id), at=story.at
        )  # fmt: skip
    scene.ask(award, chair, story.people["reviewer"], *story.scholars[36:38])


def _youth(scene: Scene) -> None:
    """The youth conference: its rule, days to check, mentors, one pair that agreed and one that is asked."""
    story = scene.story
    youth, organiser = story.events["youth"], story.people["organiser"]
    standing = standing_in(youth, viewer_of(organiser))
    mentors = [story.people["reviewer"], story.people["member"], story.scholars[41]]
    for n, mentor in enumerate(mentors):
        young.offer(youth, mentor.expertise or TOPICS[n], 2, actor=Actor(mentor.id), at=story.at)
    for n, person in enumerate(read.authors_of_papers(youth.id)[:5]):
        born = date(story.at.year - 27 - 6 * (n % 3), 5, 9)
        young.tell_us(youth, born, True, n < 4, is_author=True, actor=Actor(person.id), at=story.at)
    rows = {row.id: row for row in read.authors(youth.id)}
    first = next(iter(rows.values()))
    young.check(
        youth, first, Check.FITS, "", version=None, standing=standing, actor=Actor(organiser.id), at=story.at
    )  # fmt: skip
    asked: set[int] = set()
    for one in read.proposals(youth.id):
        if one.suggestion.young_id in asked or len(asked) == 2:
            continue
        offered = read.offer_by_id(one.suggestion.mentor_id)
        pair = young.propose(
            youth, offered, rows[one.suggestion.young_id], standing=standing, actor=Actor(organiser.id), at=story.at
        )  # fmt: skip
        if not asked:
            for side in (offered.person_id, rows[one.suggestion.young_id].person_id):
                young.answer(youth, pair, True, actor=Actor(side), at=story.at)
        asked.add(one.suggestion.young_id)
