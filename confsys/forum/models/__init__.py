"""Tables of the forum."""

from confsys.forum.models.topics import TopicProposal, TopicSupport

__all__ = ["TopicProposal", "TopicSupport"]
