"""From an address of the forum to what it names, with the viewer's standing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, room_page, standing_in
from confsys.events.models import Event
from confsys.events.options import options_of
from confsys.events.rules import may_see_event
from confsys.events.states import Feature
from confsys.forum.models import Demo, Expert, Gathering, Idea, Need, NeedMatch, Quote, ShortTalk, TopicProposal
from confsys.forum.options import ForumOptions
from confsys.forum.queries import gatherings, needs, topics
from confsys.forum.rules.gatherings import GatheringStanding
from confsys.forum.rules.needs import NeedStanding, runs
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


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """A salon or a round table with what its viewer is to it."""

    page: EventPage
    gathering: Gathering | None
    standing: GatheringStanding
    parts: ForumOptions

    @property
    def event(self) -> Event:
        return self.page.event

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer


def standing_at(page: EventPage) -> GatheringStanding:
    gathering = gatherings.gathering_of(page.event.id)
    if gathering is None:
        return GatheringStanding(page.standing)
    who = page.viewer.person_id
    return GatheringStanding(
        page.standing, is_host=who is not None and gathering.host_id == who,
        is_scribe=who is not None and gathering.scribe_id == who, published=gathering.published_at is not None,
    )  # fmt: skip


def _gathering(part: str) -> Callable[..., GatheringPage]:
    def load(viewer: Viewer, slug: str) -> GatheringPage:
        page = _with(part, viewer, slug)
        parts = options_of(page.event, ForumOptions)
        return GatheringPage(page, gatherings.gathering_of(page.event.id), standing_at(page), parts)

    return load


salon_page = _gathering("salon")
table_page = _gathering("round_table")
gathering_page = _gathering("gathers")


@dataclass(frozen=True, slots=True)
class TalkPage:
    on: GatheringPage
    talk: ShortTalk


def talk_page(viewer: Viewer, slug: str, number: int) -> TalkPage:
    on = salon_page(viewer, slug=slug)
    talk = gatherings.talk_by_id(on.event.id, number)
    if talk is None:
        raise NotFound
    return TalkPage(on, talk)


@dataclass(frozen=True, slots=True)
class IdeaPage:
    on: GatheringPage
    idea: Idea


def idea_page(viewer: Viewer, slug: str, number: int) -> IdeaPage:
    on = gathering_page(viewer, slug=slug)
    idea = gatherings.idea_by_id(on.event.id, number)
    if idea is None:
        raise NotFound
    return IdeaPage(on, idea)


@dataclass(frozen=True, slots=True)
class QuotePage:
    """Words in the minutes, for whoever said them and for whoever writes."""

    viewer: Viewer
    quote: Quote
    event: Event

    @property
    def is_own(self) -> bool:
        return self.viewer.signed_in and self.quote.person_id == self.viewer.person_id


def quote_page(viewer: Viewer, number: int) -> QuotePage:
    quote = gatherings.quote_by_id(number)
    if quote is None:
        raise NotFound
    return QuotePage(viewer, quote, db.session.get_one(Event, quote.event_id))


@dataclass(frozen=True, slots=True)
class WrittenQuote:
    on: GatheringPage
    quote: Quote


def written_quote(viewer: Viewer, slug: str, number: int) -> WrittenQuote:
    on = gathering_page(viewer, slug=slug)
    quote = gatherings.quote_by_id(number)
    if quote is None or quote.event_id != on.event.id:
        raise NotFound
    return WrittenQuote(on, quote)


@dataclass(frozen=True, slots=True)
class ForumPage:
    """The needs, or the demonstrations, of an event."""

    page: EventPage
    #: Where the viewer works: for whom they may speak.
    organisations: list[tuple[int, LocalizedText]]

    @property
    def event(self) -> Event:
        return self.page.event

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer

    @property
    def runs(self) -> bool:
        return runs(self.page.standing)


def needs_page(viewer: Viewer, slug: str) -> ForumPage:
    return ForumPage(_with("needs", viewer, slug), needs.organisations_of(viewer))


def demos_page(viewer: Viewer, slug: str) -> ForumPage:
    return ForumPage(_with("demos", viewer, slug), needs.organisations_of(viewer))


@dataclass(frozen=True, slots=True)
class NeedPage:
    """``match``: the viewer's own, as an expert."""

    on: ForumPage
    need: Need
    standing: NeedStanding
    expert: Expert | None
    match: NeedMatch | None


def need_page(viewer: Viewer, slug: str, code: str) -> NeedPage:
    on = needs_page(viewer, slug)
    need = needs.by_code(on.event.id, code)
    if need is None:
        raise NotFound
    expert = needs.expert_of(viewer.person_id)
    match = needs.match_with(need, expert)
    standing = NeedStanding(
        on.page.standing, need.state, is_company=viewer.signed_in and need.person_id == viewer.person_id,
        expert=expert is not None and expert.active,
        colleague=need.organisation_id in {number for number, _name in on.organisations},
        match=match.state if match else None,
    )  # fmt: skip
    return NeedPage(on, need, standing, expert, match)


@dataclass(frozen=True, slots=True)
class MatchPage:
    viewer: Viewer
    match: NeedMatch

    @property
    def is_company(self) -> bool:
        return self.viewer.signed_in and self.match.need.person_id == self.viewer.person_id

    @property
    def is_expert(self) -> bool:
        return self.viewer.signed_in and self.match.expert.person_id == self.viewer.person_id


def match_page(viewer: Viewer, number: int) -> MatchPage:
    match = needs.match_by_id(number)
    if match is None:
        raise NotFound
    return MatchPage(viewer, match)


@dataclass(frozen=True, slots=True)
class DemoPage:
    on: ForumPage
    demo: Demo

    @property
    def is_own(self) -> bool:
        return self.on.viewer.signed_in and self.demo.person_id == self.on.viewer.person_id


def demo_page(viewer: Viewer, slug: str, number: int) -> DemoPage:
    on = demos_page(viewer, slug)
    demo = needs.demo_by_id(on.event.id, number)
    if demo is None:
        raise NotFound
    return DemoPage(on, demo)
