"""Topics with votes, one of them a track and one a salon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.events.context import standing_in
from confsys.forum.models import TopicProposal
from confsys.forum.operations import topics
from confsys.forum.operations.topics import Wording
from confsys.forum.rules.topics import TopicStanding
from confsys.forum.states import TopicKind, TopicState

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

K = TopicKind
#: kind, title, field, why, votes
TOPICS = (
    (K.FRONTIER, "What should a model forget?", "machine learning, law",
     "Models keep what people asked to have deleted. Nobody can say what it means that a model has forgotten, how to "
     "prove it, and what it costs. An evening with those who build and those who must answer for it would help.", 31),
    (K.BOTTLENECK, "野外传感器的误差从不独立，我们该如何建模？", "测量、统计",
     "现有方法大多假设误差相互独立，而野外数据几乎从不满足。各组各自修补，没有公认的检验办法。"
     "希望把做仪器、做统计和用数据的人聚在一起，先就一组公开数据达成一致。", 24),
    (K.CROSS_FIELD, "What hydrologists could teach people who run queues", "systems, hydrology",
     "Both fields model flows that arrive in bursts, and each has solved what the other still guesses. They publish in "
     "different places and have no common words. A short meeting with a common problem would be a beginning.", 17),
    (K.BOTTLENECK, "Who maintains the tools we all use?", "research software",
     "Half of the papers of the last meeting rest on three programs that two people keep alive in their evenings. "
     "We should say what that costs and who could pay for it, before one of them stops.", 22),
    (K.FRONTIER, "小样本下的可信评测", "评测方法",
     "许多应用只有几十条标注数据，排行榜的结论在这里并不成立。需要讨论哪些结论可以下、怎样报告不确定性。", 9),
    (K.CROSS_FIELD, "Yet another workshop on everything", "all fields",
     "It would be good to talk about everything for once, with everybody, without any limits of time or topic.", 1),
)  # fmt: skip


class Scene:
    """Who stands where while the forum's story is told."""

    def __init__(self, story: Sample) -> None:
        self.story, self.secretary = story, story.people["secretary"]

    def standing(self, person: Person, proposal: TopicProposal) -> TopicStanding:
        return TopicStanding(viewer_of(person), proposal.state, is_own=proposal.person_id == person.id)

    def topic(self, number: int) -> TopicProposal:
        kind, title, field, why, votes = TOPICS[number]
        scholars, at = self.story.scholars, self.story.at - timedelta(days=40 - number)
        who = self.story.people["member"] if number == 0 else scholars[12 + number]
        made = topics.propose(Wording(title, why, kind, field), None, standing=None, actor=Actor(who.id), at=at)
        for voter in scholars[20 : 20 + votes]:
            if voter.id != who.id:
                topics.support(
                    made, True, standing=self.standing(voter, made), actor=Actor(voter.id), at=at + timedelta(days=2)
                )
        return made

    def decide(self, proposal: TopicProposal, selected: bool, reasons: str) -> None:
        topics.decide(
            proposal, selected, reasons, version=None, standing=self.standing(self.secretary, proposal),
            actor=Actor(self.secretary.id), at=self.story.at - timedelta(days=20),
        )  # fmt: skip


def tell_topics(story: Sample) -> None:
    scene = Scene(story)
    made = [scene.topic(number) for number in range(len(TOPICS))]
    scene.decide(made[0], True, "The most votes, and a question on which lawyers and engineers need each other. "
                 "It suits an evening better than a track.")  # fmt: skip
    scene.decide(
        made[3], True, "It concerns everybody who comes to the annual meeting, and it will not wait another year."
    )
    scene.decide(made[5], False, "Without a question nobody knows what to prepare. Please propose one of its parts.")
    annual, salon = story.events["annual"], story.events["salon"]
    organiser = story.people["organiser"]
    topics.make_track(
        made[3], annual, standing=TopicStanding(viewer_of(scene.secretary), TopicState.SELECTED, is_own=False),
        editor=standing_in(annual, viewer_of(organiser)), actor=Actor(organiser.id),
        at=story.at - timedelta(days=18),
    )  # fmt: skip
    made[0].became_id, made[0].became = salon.id, salon
