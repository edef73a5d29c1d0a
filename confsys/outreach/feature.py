"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for

from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.models import VolunteerShift
from confsys.outreach.papers import for_authors
from confsys.outreach.queries import activities, speakers, volunteers
from confsys.outreach.reporting import report
from confsys.outreach.sample import tell
from confsys.outreach.sentences import SENTENCES
from confsys.outreach.states import ShiftState
from confsys.outreach.views import bp
from confsys.outreach.words import SHIFT_STATES
from confsys.submissions.contributions import contribute


def society(viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Outreach"), url_for("outreach.front"), "outreach.front", order=40)
    if rules.is_office(viewer):
        yield NavItem(_l("Outreach office"), url_for("outreach.overview"), "outreach.overview", order=80)


def account(_viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("My part for the public"), url_for("outreach.mine"), "outreach.mine", order=36)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """Schools that ask this speaker, and a volunteer's help that lies ahead or waits for its hours."""
    if viewer.person_id is None:
        return
    asked = [
        Card(
            title=_("%(school)s asks for a talk: %(topic)s", school=o.request.school, topic=o.request.topic),
            href=url_for("outreach.offer", offer_id=o.id), state=_("waiting for your answer"), state_tone="waiting",
            button=_("Answer"), facts=[o.request.city],
        )
        for o in speakers.asked_of(viewer.person_id)
    ]  # fmt: skip
    mine = volunteers.of_person(viewer.person_id)
    helped = [_help(shift, at) for shift in (volunteers.shifts_of(mine) if mine else []) if _is_live(shift.state)]
    if asked or helped:
        more = url_for("outreach.volunteer") if mine else ""
        yield Section("outreach", _l("For the public"), [*asked, *helped], order=25, more_href=more)
    if rules.is_office(viewer):
        yield from _office(viewer)


def _is_live(state: ShiftState) -> bool:
    return state in {ShiftState.OFFERED, ShiftState.AGREED, ShiftState.REPORTED}


def _help(shift: VolunteerShift, at: datetime) -> Card:
    word, tone = SHIFT_STATES[shift.state]
    over = shift.state is ShiftState.AGREED and at >= shift.activity.starts_at
    return Card(
        title=tx(shift.activity.title), href=url_for("outreach.activity", activity=shift.activity.slug),
        state=str(word), state_tone=tone, next_step=_("Tell us how long you helped.") if over else "",
        button=_("Report your hours") if over else "",
        button_href=url_for("outreach.report_hours", shift_id=shift.id) if over else "",
        due=None if over else shift.activity.starts_at,
    )  # fmt: skip


def _office(viewer: Viewer) -> Iterable[Section]:
    cards = [
        Card(
            title=_("%(school)s asks for a talk: %(topic)s", school=r.school, topic=r.topic),
            href=url_for("outreach.request_of_school", code=r.code), state=_("to be looked at"), state_tone="waiting",
            button=_("Find a speaker"), facts=[r.city],
        )
        for r in speakers.requests(viewer)
        if r.state.value == "open"
    ]  # fmt: skip
    cards += [
        Card(
            title=tx(proposed.title), href=url_for("outreach.desk", activity=proposed.slug),
            state=_("proposed by an author"), state_tone="waiting", button=_("Look at it"),
        )
        for proposed in activities.proposed_from_papers()
    ]  # fmt: skip
    hours = len(volunteers.reported(viewer))
    if hours:
        href = url_for("outreach.roster")
        cards.append(Card(title=_("Hours of volunteers to approve"), href=href, state=str(hours), state_tone="waiting",
                          button=_("Look at them")))  # fmt: skip
    if cards:
        yield Section("outreach-office", _l("Outreach office"), cards, order=35, more_href=url_for("outreach.overview"))


contribute(for_authors)

feature = Feature(
    name="outreach",
    blueprints=[bp],
    society=society,
    account=account,
    home=home,
    report=report,
    sample=tell,
    sentences=SENTENCES,
    constraints={
        "ck_outreach_seats_not_oversold": _l("The last places were taken a moment ago. Please try again."),
        "uq_outreach_booking_once": _l("This address has signed up already; the link is in the mail we sent."),
        "uq_outreach_booking_activity_id_email": _l(
            "This address has signed up already; the link is in the mail we sent."
        ),
        "uq_outreach_activity_slug": _l("Another activity has this address. Please try again."),
        "uq_volunteer_person_id": _l("You are on the roster already."),
        "uq_public_speaker_person_id": _l("You are in the pool already."),
        "uq_volunteer_shift_volunteer_id_activity_id": _l("You have offered your help already."),
        "uq_outreach_article_once": _l("You have recorded this article already."),
        "uq_outreach_article_person_id_title_published_on": _l("You have recorded this article already."),
        "uq_outreach_duty_first_year": _l("Somebody else has set this year a moment ago. Please look at it again."),
        "uq_speaker_offer_request_id_speaker_id": _l("This speaker has been asked already."),
    },
)
