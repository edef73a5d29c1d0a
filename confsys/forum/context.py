"""From an address of the forum to what it names, with the viewer's standing."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page, room_page, standing_in
from confsys.events.options import options_of
from confsys.events.rules import may_see_event
from confsys.events.states import Feature
from confsys.forum.models import TopicProposal
from confsys.forum.options import ForumOptions
from confsys.forum.queries import topics
from confsys.forum.rules.topics import TopicStanding

forum_page = room_page(Feature.FORUM)


def _with(part: str, viewer: Viewer, slug: str) -> EventPage:
    """An event that uses this part of the forum; else there is no such page."""
    page = forum_page(viewer, slug=slug)
    if not getattr(options_of(page.event, ForumOptions), part) or not may_see_event(page.standing):
        raise NotFound
    return page


def topics_page(viewer: Viewer, slug: str) -> EventPage:
    return _with("topics", viewer, slug)


@dataclass(frozen=True, slots=True)
class TopicPage:
    viewer: Viewer
    proposal: TopicProposal
    standing: TopicStanding
    #: The event it was proposed for, when there is one.
    page: EventPage | None


def topic_page(viewer: Viewer, code: str) -> TopicPage:
    """A topic of a draft event is there for those who may see the event."""
    proposal = topics.by_code(code)
    if proposal is None:
        raise NotFound
    page = None
    if proposal.event is not None:
        page = EventPage(proposal.event, standing_in(proposal.event, viewer))
        if not may_see_event(page.standing):
            raise NotFound
    standing = TopicStanding(
        viewer, proposal.state, is_own=viewer.signed_in and proposal.person_id == viewer.person_id,
        supports=topics.supports(viewer, proposal),
        came_to_something=proposal.track_id is not None or proposal.became_id is not None,
        event=page.standing if page else None,
    )  # fmt: skip
    return TopicPage(viewer, proposal, standing, page)


@dataclass(frozen=True, slots=True)
class Call:
    """Where a topic is proposed: for an event, or for the society."""

    viewer: Viewer
    page: EventPage | None


def society_call(viewer: Viewer) -> Call:
    return Call(viewer, None)


def event_call(viewer: Viewer, slug: str) -> Call:
    return Call(viewer, topics_page(viewer, slug))


__all__ = ["event_page", "forum_page"]
