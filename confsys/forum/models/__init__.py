"""Tables of the forum."""

from confsys.forum.models.gatherings import Gathering, Idea, Quote, ShortTalk, Statement
from confsys.forum.models.needs import Demo, Expert, Need, NeedMatch
from confsys.forum.models.topics import TopicProposal, TopicSupport

__all__ = [
    "Demo", "Expert", "Gathering", "Idea", "Need", "NeedMatch", "Quote", "ShortTalk", "Statement", "TopicProposal",
    "TopicSupport",
]  # fmt: skip
