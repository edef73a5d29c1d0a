"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Flask, url_for
from sqlalchemy import true

from confsys.accounts.models import Person
from confsys.accounts.signals import second_factor_asked
from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.events import presets, sample
from confsys.events.commands import daily
from confsys.events.context import EventPage
from confsys.events.navigation import frame_of_person
from confsys.events.queries.events import events_of
from confsys.events.queries.invitations import waiting_for
from confsys.events.queries.parts import page_words
from confsys.events.queries.people import holds_role
from confsys.events.reporting import report
from confsys.events.rules import may_edit_event, may_see_people
from confsys.events.sentences import SENTENCES
from confsys.events.standing import STAFF
from confsys.events.states import EventState, Role
from confsys.events.views import bp
from confsys.events.views.site import ADDRESSES, page_href, page_titles
from confsys.events.words import ROLES

#: Roles that read or move what others must not: with ``require_totp`` they need a second factor.
GUARDED = (Role.CHAIR, Role.TRACK_CHAIR, Role.TREASURER)


#: Where words stand that no organiser moves; pages they wrote come from 10 on, those of other rooms from 40.
FIXED_PLACES = {"about": 0, "dates": 38, "committees": 39, "contact": 90}


def _navigation(page: EventPage) -> Iterator[NavItem]:
    yield from _site_words(page)
    if not page.standing.is_staff:
        return
    slug = page.event.slug

    def item(label: Any, endpoint: str, group: str, order: int) -> NavItem:
        return NavItem(label, url_for(endpoint, slug=slug), endpoint, group=group, order=order)

    yield item(_l("Overview"), "events.organise", "call", 0)
    if may_see_people(page.standing):
        yield item(_l("People"), "events.people", "settings", 14)
    if may_edit_event(page.standing):
        yield item(_l("Basics"), "events.basics", "settings", 10)
        yield item(_l("Dates"), "events.stages", "settings", 11)
        yield item(_l("Tracks and topics"), "events.tracks", "settings", 12)
        yield item(_l("Forms"), "events.forms", "settings", 13)
        yield item(_l("Hosts"), "events.co_hosts", "settings", 15)
        yield item(_l("Site"), "events.pages", "settings", 15)
        yield item(_l("Publish"), "events.publish", "settings", 16)
        yield item(_l("Story"), "events.story", "settings", 17)


def _society(_viewer: Viewer) -> Iterator[NavItem]:
    yield NavItem(_l("Events"), url_for("events.front"), "events.front", order=0)


def _site_words(page: EventPage) -> Iterator[NavItem]:
    """The words of the public site: pages that are shown, and those the event's parts make by themselves."""
    slug, names = page.event.slug, page_titles()
    written = {key: title for key, title, published in page_words(page.event.id) if published}
    made = {"about", "committees"} | ({"dates"} if page.event.stages else set())
    order = {key: 10 + place for place, key in enumerate(written)} | FIXED_PLACES
    for key in {**written, **dict.fromkeys(sorted(made - set(written)))}:
        title = tx(written[key]) if key in written else ""
        yield NavItem(
            title or names[key], page_href(slug, key), ADDRESSES.get(key, "events.page"), order=order.get(key, 40)
        )
    if page.standing.is_staff:
        yield NavItem(_l("Organise"), url_for("events.organise", slug=slug), "events.organise", order=99)


def _home(viewer: Viewer, at: datetime) -> Iterator[Section]:
    yield from _invitations(viewer, at)
    yield from _events_to_run(viewer, at)


def _invitations(viewer: Viewer, at: datetime) -> Iterator[Section]:
    """Invitations to an address of the reader that wait for an answer."""
    cards = [
        Card(
            title=_("%(role)s of %(event)s", role=ROLES[grant.role], event=tx(event.name)),
            href=url_for("events.invitation", grant_id=grant.id), state=_("waiting for your answer"),
            state_tone="waiting", button=_("Answer"), due=grant.expires_at,
        )
        for grant, event in waiting_for(viewer, at)
    ]  # fmt: skip
    if cards:
        yield Section("invitations", _l("Invitations"), cards, order=5)


def _events_to_run(viewer: Viewer, at: datetime) -> Iterator[Section]:
    """The events a person helps to run."""
    cards = [
        Card(
            title=tx(line.name), href=url_for("events.organise", slug=line.slug),
            state=_("draft") if line.state is EventState.DRAFT else "", state_tone="draft",
            facts=[str(ROLES[role]) for role in Role if role in roles],
            button=_("Open the workroom"), button_href=url_for("events.organise", slug=line.slug),
        )
        for line, roles in events_of(viewer, at)
        if not STAFF.isdisjoint(roles) and line.state is not EventState.ARCHIVED
    ]  # fmt: skip
    if cards:
        yield Section("events", _l("Events you run"), cards, order=30)


def _guarded(person: Person) -> bool:
    return holds_role(person.id, GUARDED)


def _configure(app: Flask) -> None:
    presets.presets()  # a broken file is found at start, not by the first organiser
    second_factor_asked.connect(_guarded)
    app.before_request(frame_of_person)


feature = Feature(
    name="events",
    commands=[daily],
    blueprints=[bp],
    navigation=_navigation,
    society=_society,
    home=_home,
    report=report,
    sentences=SENTENCES,
    story=lambda _page: true(),
    sample=sample.tell,
    constraints={
        "uq_event_slug": _l("Another event has this address."),
        "uq_track_event_id_code": _l("Another track has this code."),
        "uq_co_host_event_id_organisation_id": _l("This organisation is on the list already."),
        "uq_form_field_event_id_form_key": _l("Another field of this form has this key."),
        "uq_site_page_event_id_key": _l("Another page has this address."),
    },
    setup=_configure,
)
