"""Tables of the forum."""

from confsys.forum.models.gatherings import Gathering, Idea, Quote, ShortTalk, Statement
from confsys.forum.models.topics import TopicProposal, TopicSupport

__all__ = ["Gathering", "Idea", "Quote", "ShortTalk", "Statement", "TopicProposal", "TopicSupport"]
