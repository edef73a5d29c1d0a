"""What this room says on pages that span rooms: navigation, the home page, the organiser's overview."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from confsys.core.db import db
from confsys.core.formatting import moment
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Action, Card, Figure, NavItem, Panel, Section
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.states import Feature as Room
from confsys.programme.models import Session, Talk
from confsys.programme.queries.mine import OwnDuty, OwnTalk, own_duties, own_talks
from confsys.programme.queries.placing import judge
from confsys.programme.queries.preview import BARRING
from confsys.programme.queries.released import latest_release
from confsys.programme.rules import may_arrange, may_read_programme, may_see_timetable
from confsys.programme.states import DutyState
from confsys.programme.wording import DUTY_STATES


def navigation(page: EventPage) -> Iterable[NavItem]:
    if not page.standing.on(Room.PROGRAMME):
        return
    slug = page.event.slug
    if may_read_programme(page.standing) and latest_release(page.event.id):
        yield NavItem(_l("Programme"), url_for("programme.index", slug=slug), "programme.index", order=40)
    if may_see_timetable(page.standing):
        desk = (
            (_l("Timetable"), "timetable.today"), (_l("Talks"), "timetable.list_talks"),
            (_l("Rooms"), "timetable.list_rooms"), (_l("Plans"), "timetable.list_plans"),
            (_l("Clashes"), "timetable.clashes"), (_l("Quality"), "timetable.quality"),
            (_l("Release"), "timetable.preview"),
        )  # fmt: skip
        for order, (label, endpoint) in enumerate(desk):
            yield NavItem(label, url_for(endpoint, slug=slug), endpoint, group="programme", order=10 + order)
    if may_arrange(page.standing):
        more = ((_l("Bring in a schedule"), "timetable.choose_import"), (_l("Timetable rules"), "timetable.rules"))
        for order, (label, endpoint) in enumerate(more):
            yield NavItem(label, url_for(endpoint, slug=slug), endpoint, group="programme", order=20 + order)


def actions(page: EventPage) -> Iterable[Action]:
    """Once it is out, the programme is what a visitor wants."""
    if page.standing.on(Room.PROGRAMME) and latest_release(page.event.id):
        yield Action(_l("Read the programme"), url_for("programme.index", slug=page.event.slug), order=40)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    duties = own_duties(viewer)
    cards = [_duty_card(duty) for duty in duties if duty.state is not DutyState.DECLINED]
    cards += [_talk_card(talk) for talk in own_talks(viewer) if talk.ends_at is None or talk.ends_at > at]
    if cards:
        yield Section("talks", _l("Your talks"), cards, order=30)


def _duty_card(duty: OwnDuty) -> Card:
    locale = current_locale()
    asked = duty.state is DutyState.ASKED
    address = url_for("programme.mine", slug=duty.slug)
    return Card(
        title=duty.title.in_(locale), href=address, state=str(DUTY_STATES[duty.state]),
        state_tone="waiting" if asked else "done",
        next_step=_("Say whether you will come.") if asked else _when(duty.starts_at, duty.zone),
        button=_("Answer") if asked else "", button_href=address, event_name=duty.event_name.in_(locale),
    )  # fmt: skip


def _talk_card(talk: OwnTalk) -> Card:
    locale = current_locale()
    address = url_for("programme.mine", slug=talk.slug)
    placed = talk.starts_at is not None
    where = talk.room.in_(locale)
    return Card(
        title=talk.title.in_(locale), href=address, state=_("on the programme") if placed else _("not placed yet"),
        state_tone="done" if placed else "waiting",
        next_step=" · ".join(part for part in (_when(talk.starts_at, talk.zone), where) if part)
        or _("Tell the organisers when you cannot be there."),
        button=_("Your part"), button_href=address, event_name=talk.event_name.in_(locale),
    )  # fmt: skip


def _when(starts_at: datetime | None, zone: str) -> str:
    return moment(starts_at, zone=zone) if starts_at else ""


def overview(page: EventPage) -> Iterable[Panel]:
    if not page.standing.on(Room.PROGRAMME) or not may_see_timetable(page.standing):
        return
    slug = page.event.slug
    placed = select(Session.id).where(Session.event_id == page.event.id, Session.starts_at.is_not(None))
    total = db.session.scalar(select(func.count(Talk.id)).where(Talk.event_id == page.event.id)) or 0
    done = db.session.scalar(
        select(func.count(Talk.id)).where(Talk.event_id == page.event.id, Talk.session_id.in_(placed))
    )
    clashes = judge(page.event).clashes
    barring = sum(clash.severity in BARRING for clash in clashes)
    latest = latest_release(page.event.id)
    figures = [
        Figure(
            _l("talks without a place"), total - (done or 0),
            url_for("timetable.list_talks", slug=slug, q="placed:no"), "waiting" if total > (done or 0) else "done",
        ),
        Figure(
            _l("clashes"), len(clashes), url_for("timetable.clashes", slug=slug),
            "wrong" if barring else "waiting" if clashes else "done",
        ),
        Figure(_l("latest release"), latest.number if latest else "–", url_for("timetable.preview", slug=slug)),
    ]  # fmt: skip
    bars = [(_l("Talks with a place"), done or 0, total)] if total else []
    yield Panel("programme", _l("Programme"), figures, order=40, bars=bars)
