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
from confsys.core.i18n import ngettext
from confsys.core.registry import Action, Card, Feature, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.models import RoleGrant
from confsys.events.states import Feature as Room
from confsys.events.states import GrantState, Role, StageKind
from confsys.payments import signals
from confsys.registration import jobs as _jobs
from confsys.registration import signed
from confsys.registration.models import Attendee
from confsys.registration.operations import registering
from confsys.registration.queries import attendees, waiting
from confsys.registration.reporting import report
from confsys.registration.rules import may_check_in, may_manage
from confsys.registration.sample import tell
from confsys.registration.sentences import SENTENCES
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
    """Own tickets one by one; those bought for others as one card an event; offers that run out; proofs to look at."""
    places = attendees.mine(viewer)
    cards = [_own(one) for one in places if one.person_id == viewer.person_id]
    groups: dict[int, list[Attendee]] = {}
    for one in places:
        if one.person_id != viewer.person_id:
            groups.setdefault(one.event_id, []).append(one)
    cards += [_group(group) for group in groups.values()]
    for entry, number in waiting.of_person(viewer.person_id):
        event = entry.ticket.event
        offered = not number
        cards.insert(
            0 if offered else len(cards),
            Card(
                title=tx(event.name),
                href=url_for("registration.offer", token=signed.offer_code(entry)) if offered
                else url_for("registration.show", slug=event.slug),
                state=_("a place is free for you") if offered else _("waiting list"),
                state_tone="open" if offered else "waiting", due=entry.offer_until if offered else None,
                button=_("Take the place") if offered else "", facts=[tx(entry.ticket.name)],
            ),
        )  # fmt: skip
    if cards:
        yield Section("tickets", _l("Your tickets"), cards, order=11)


def _own(one: Attendee) -> Card:
    word, tone = attendees.WORDS[one.state]
    event = one.ticket.event
    address = url_for("registration.ticket", slug=event.slug, code=one.code)
    return Card(
        title=tx(event.name), href=address, state=str(word), state_tone=tone, button=_("Open the ticket"),
        button_href=address, facts=[one.name.both, tx(one.ticket.name)],
    )  # fmt: skip


def _group(group: list[Attendee]) -> Card:
    event = group[0].ticket.event
    unnamed = sum(not one.name for one in group)
    held = any(one.state is AttendeeState.HELD for one in group)
    return Card(
        title=tx(event.name), href=url_for("registration.show", slug=event.slug),
        state=_("waits for payment") if held else _("registered"), state_tone="waiting" if held else "done",
        next_step=ngettext("%(num)s place has no name yet.", "%(num)s places have no name yet.", unnamed)
        if unnamed else "",
        facts=[ngettext("%(num)s place for somebody else", "%(num)s places for others", len(group))],
    )  # fmt: skip


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
    proofs = attendees.proofs_waiting(page.standing)
    if proofs:
        figures.append(Figure(_l("Proofs to look at"), proofs, f"{here}?q=is:proof", "waiting"))
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
    report=report,
    sample=tell,
    story=lambda page: true() if may_manage(page.standing) else ~true(),
    sentences=SENTENCES,
    constraints={
        "uq_ticket_event_id_code": _l("Another ticket has this short name."),
        "uq_voucher_event_id_code": _l("Another voucher has this code."),
        "uq_registration_basket_open": _l("You have a basket open already. Please look at the page again."),
        "uq_waiting_entry_live": _l("You are on this waiting list already."),
        "uq_attendee_extra_once": _l("This is booked already."),
    },
    setup=_configure,
)
__all__ = ["_jobs", "feature"]
