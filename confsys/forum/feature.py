"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from sqlalchemy import true

from confsys.core.db import db
from confsys.core.formatting import days, tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.registry import Action, Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.models import Event, RoleGrant
from confsys.events.options import options_of
from confsys.events.rules import may_edit_event
from confsys.events.signals import role_taken
from confsys.events.states import Feature as Room
from confsys.events.states import Role, StageKind
from confsys.forum.context import standing_at
from confsys.forum.operations.tables import guard_seats
from confsys.forum.options import ForumOptions
from confsys.forum.queries import gatherings, needs, topics
from confsys.forum.reporting import report
from confsys.forum.rules.gatherings import may_lead
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
    if parts.gathers:
        yield from _gathering(page, parts)
    if parts.needs:
        yield NavItem(_l("Needs"), url_for("forum.all_needs", slug=slug), "forum.all_needs", order=43)
    if parts.demos:
        yield NavItem(_l("Demonstrations"), url_for("forum.demos", slug=slug), "forum.demos", order=44)
    if may_edit_event(page.standing):
        here = url_for("forum.settings", slug=slug)
        yield NavItem(_l("Forum"), here, "forum.settings", group="settings", order=18)


def _gathering(page: EventPage, parts: ForumOptions) -> Iterable[NavItem]:
    slug, standing = page.event.slug, standing_at(page)
    if parts.salon:
        yield NavItem(_l("Salon"), url_for("forum.salon", slug=slug), "forum.salon", order=12)
    if parts.round_table:
        yield NavItem(_l("Round table"), url_for("forum.table", slug=slug), "forum.table", order=12)
    written = _l("Minutes") if parts.salon else _l("Summary")
    if standing.published:
        yield NavItem(written, url_for("forum.minutes", slug=slug), "forum.minutes", order=13)
    if may_lead(standing):
        desk = "forum.salon_desk" if parts.salon else "forum.table_desk"
        label = _l("Short talks") if parts.salon else _l("Seats")
        yield NavItem(label, url_for(desk, slug=slug), desk, group="programme", order=1)
        yield NavItem(
            written, url_for("forum.minutes_desk", slug=slug), "forum.minutes_desk", group="exchange", order=20
        )


def actions(page: EventPage) -> Iterable[Action]:
    """Offer a short talk while the host takes them; read the minutes once they are out."""
    if not page.standing.on(Room.FORUM) or not options_of(page.event, ForumOptions).gathers:
        return
    slug, standing = page.event.slug, standing_at(page)
    if standing.published:
        minutes = _l("Read the minutes") if options_of(page.event, ForumOptions).salon else _l("Read the summary")
        yield Action(minutes, url_for("forum.minutes", slug=slug), order=5)
    elif options_of(page.event, ForumOptions).salon and page.standing.accepts(StageKind.PROPOSALS):
        yield Action(_l("Offer a short talk"), url_for("forum.offer_talk", slug=slug), order=15)


def about(page: EventPage, what: str, number: int) -> Iterable[NavItem]:
    """The topic that a track, or the event itself, came from."""
    if what != "track" and (what, page.event.kind) != ("event", "salon"):
        return  # of events, only a salon is made of a topic
    for origin in topics.origins(page.event.id):
        if origin.track_id == (number if what == "track" else None):
            label = _("From the topic proposal “%(title)s”", title=origin.title)
            yield NavItem(label, url_for("forum.topic", code=origin.code), "forum.topic")


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    if viewer.person_id is not None:
        yield from _asked(viewer.person_id, at)
    waiting = topics.to_decide(viewer)
    if waiting:
        card = Card(
            title=ngettext("%(num)d topic waits for a decision", "%(num)d topics wait for a decision", waiting),
            href=url_for("forum.all_topics", q="state:proposed"), state=_("to be decided"), state_tone="waiting",
            button=_("Look at them"), button_href=url_for("forum.all_topics", q="state:proposed"),
        )  # fmt: skip
        yield Section("forum", _l("Topics"), [card], order=32)


def account(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("What I can help with"), url_for("forum.expertise"), "forum.expertise", order=35)


def _asked(person_id: int, at: datetime) -> Iterable[Section]:
    """Words to agree to, and statements a table waits for."""
    cards = [
        Card(
            title=tx(event.name), href=url_for("forum.quote", number=quote.id), state=_("waiting for your answer"),
            state_tone="waiting", next_step=_("The minutes would like to quote you."), button=_("Read your words"),
        )
        for quote, event in gatherings.quotes_to_answer(person_id)
    ]  # fmt: skip
    cards += [
        Card(
            title=tx(event.name), href=url_for("forum.table", slug=event.slug), state=_("waiting for your statement"),
            state_tone="waiting", button=_("Send your statement"),
            button_href=url_for("forum.statement", slug=event.slug),
            facts=[days(event.starts_on, event.ends_on)],
        )
        for event in gatherings.statements_due(person_id, at)
    ]  # fmt: skip
    cards += [
        Card(
            title=match.need.title, href=url_for("forum.need", slug=match.need.event.slug, code=match.need.code),
            state=_("waiting for your answer"), state_tone="waiting", facts=[tx(match.need.event.name)],
            next_step=_("A need and an expert: say yes or no."), button=_("Answer"),
        )
        for match in needs.to_answer(person_id)
    ]  # fmt: skip
    if cards:
        yield Section("gatherings", _l("Asked of you"), cards, order=12)


def _seat_taken(grant: RoleGrant, **_who: Any) -> None:
    if grant.role is Role.SEAT:
        guard_seats(grant, db.session.get_one(Event, grant.event_id))


def setup(_app: Flask) -> None:
    role_taken.connect(_seat_taken)


feature = Feature(
    name="forum",
    blueprints=[bp],
    society=society,
    account=account,
    navigation=navigation,
    about=about,
    home=home,
    actions=actions,
    setup=setup,
    report=report,
    story=lambda _page: true(),
    sample=tell,
    sentences=SENTENCES,
    constraints={
        "uq_forum_expert_person_id": _l("This is saved already."),
        "uq_need_match_need_id_expert_id": _l("These two have been brought together already."),
        "uq_gathering_event_id": _l("Somebody set this up a moment ago. Please look again."),
        "uq_statement_event_id_person_id": _l("Your statement is there already. Please look again."),
        "uq_topic_support_proposal_id_person_id": _l("You support this topic already."),
    },
)
