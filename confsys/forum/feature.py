"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from sqlalchemy import true

from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.options import options_of
from confsys.events.rules import may_edit_event
from confsys.events.states import Feature as Room
from confsys.forum.options import ForumOptions
from confsys.forum.queries import topics
from confsys.forum.reporting import report
from confsys.forum.sample import tell
from confsys.forum.sentences import SENTENCES
from confsys.forum.views import bp


def society(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Topics"), url_for("forum.all_topics"), "forum.all_topics", order=20)


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.FORUM):
        return
    slug, parts = page.event.slug, options_of(page.event, ForumOptions)
    if parts.topics:
        yield NavItem(_l("Topics"), url_for("forum.event_topics", slug=slug), "forum.event_topics", order=41)
    if may_edit_event(page.standing):
        here = url_for("forum.settings", slug=slug)
        yield NavItem(_l("Forum"), here, "forum.settings", group="settings", order=18)


def about(page: EventPage, what: str, number: int) -> Iterable[NavItem]:
    """The topic that a track, or the event itself, came from."""
    if what != "track" and (what, page.event.kind) != ("event", "salon"):
        return  # of events, only a salon is made of a topic
    for origin in topics.origins(page.event.id):
        if origin.track_id == (number if what == "track" else None):
            label = _("From the topic proposal “%(title)s”", title=origin.title)
            yield NavItem(label, url_for("forum.topic", code=origin.code), "forum.topic")


def home(viewer: Viewer, _at: datetime) -> Iterable[Section]:
    waiting = topics.to_decide(viewer)
    if waiting:
        card = Card(
            title=ngettext("%(num)d topic waits for a decision", "%(num)d topics wait for a decision", waiting),
            href=url_for("forum.all_topics", q="state:proposed"), state=_("to be decided"), state_tone="waiting",
            button=_("Look at them"), button_href=url_for("forum.all_topics", q="state:proposed"),
        )  # fmt: skip
        yield Section("forum", _l("Topics"), [card], order=32)


feature = Feature(
    name="forum",
    blueprints=[bp],
    society=society,
    navigation=navigation,
    about=about,
    home=home,
    report=report,
    story=lambda _page: true(),
    sample=tell,
    sentences=SENTENCES,
    constraints={
        "uq_topic_support_proposal_id_person_id": _l("You support this topic already."),
    },
)
