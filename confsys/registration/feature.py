"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, url_for
from sqlalchemy import select, true

from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Action, Card, Feature, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.models import RoleGrant
from confsys.events.states import Feature as Room
from confsys.events.states import GrantState, Role, StageKind
from confsys.payments import signals
from confsys.registration.operations import registering
from confsys.registration.queries import attendees
from confsys.registration.rules import may_check_in, may_manage
from confsys.registration.sample import tell
from confsys.registration.states import AttendeeState
from confsys.registration.views import bp


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.REGISTRATION):
        return
    slug = page.event.slug
    if StageKind.REGISTRATION in page.standing.windows:
        address = url_for("registration.show", slug=slug)
        yield NavItem(_l("Registration"), address, "registration.show", order=60)
    if may_check_in(page.standing):
        for label, endpoint, order in (
            (_l("Attendees"), "registration.attendees", 10), (_l("Check-in"), "registration.check_in", 20),
        ):  # fmt: skip
            yield NavItem(label, url_for(endpoint, slug=slug), endpoint, group="registration", order=order)
    if may_manage(page.standing):
        address = url_for("registration.tickets", slug=slug)
        yield NavItem(_l("Tickets"), address, "registration.tickets", group="registration", order=30)


def actions(page: EventPage) -> Iterable[Action]:
    if page.standing.on(Room.REGISTRATION) and page.standing.accepts(StageKind.REGISTRATION):
        yield Action(_l("Register"), url_for("registration.show", slug=page.event.slug), order=30)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    cards = []
    for one in attendees.mine(viewer):
        word, tone = attendees.WORDS[one.state]
        event = one.ticket.event
        address = url_for("registration.ticket", slug=event.slug, code=one.code)
        cards.append(
            Card(
                title=tx(event.name), href=address, state=str(word), state_tone=tone, button=_("Open the ticket"),
                button_href=address, facts=[one.name.both, tx(one.ticket.name)],
            )
        )  # fmt: skip
    if cards:
        yield Section("tickets", _l("Your tickets"), cards, order=11)


def overview(page: EventPage) -> Iterable[Panel]:
    if not may_check_in(page.standing):
        return
    found, inside = attendees.counts(page.standing), attendees.checked_in(page.standing)
    here = url_for("registration.attendees", slug=page.event.slug)
    figures = [
        Figure(word, found.get(state, 0), f"{here}?q=state:{state.value}", tone)
        for state, (word, tone) in attendees.WORDS.items()
    ]
    bars = [(_l("Checked in"), inside, found.get(AttendeeState.ACTIVE, 0))]
    yield Panel("registration", _l("Registration"), figures, order=55, bars=bars)


def _desks(viewer: Viewer, **_more: object) -> set[int]:
    """The events whose treasurer the viewer is."""
    query = select(RoleGrant.event_id).where(
        RoleGrant.person_id == viewer.person_id, RoleGrant.role == Role.TREASURER, RoleGrant.state == GrantState.ACTIVE
    )
    return set(db.session.scalars(query))


def _configure(_app: Flask) -> None:
    signals.order_paid.connect(registering.hand_over)
    signals.order_cancelled.connect(registering.let_go)
    signals.order_expired.connect(registering.let_go)
    signals.order_refunded.connect(registering.take_away)
    signals.order_reviving.connect(registering.hold_again)
    signals.desks_asked.connect(_desks)


feature = Feature(
    name="registration",
    blueprints=[bp],
    navigation=navigation,
    actions=actions,
    home=home,
    overview=overview,
    sample=tell,
    story=lambda page: true() if may_manage(page.standing) else ~true(),
    sentences={
        "registration.registered": _l("registered %(name)s"),
        "registration.confirmed": _l("%(name)s has a paid place"),
        "registration.let_go": _l("let go of the unpaid place of %(name)s"),
        "registration.ended": _l("ended the place of %(name)s; its price was taken back"),
        "registration.checked_in": _l("checked in %(name)s"),
        "registration.certified": _l("issued a certificate of attendance to %(name)s"),
        "registration.ticket_saved": _l("saved the ticket %(ticket)s"),
    },
    constraints={"uq_ticket_event_id_code": _l("Another ticket has this short name.")},
    setup=_configure,
)
