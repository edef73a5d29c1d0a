"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, url_for

from confsys.accounts.states import SiteRole
from confsys.core.formatting import day, tx
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.members import sample
from confsys.members.commands import daily
from confsys.members.context import MemberPage, member_page
from confsys.members.operations.paying import paid, refunded
from confsys.members.queries.desk import asked_of, waiting_applications
from confsys.members.queries.integrity import cases_for
from confsys.members.queries.membership import open_dues
from confsys.members.queries.suggestions import to_answer, unrouted
from confsys.members.queries.survey import has_answered, survey_open
from confsys.members.reporting import report
from confsys.members.rules import may_renew, may_run_office
from confsys.members.sentences import SENTENCES
from confsys.members.standing import MemberStanding
from confsys.members.states import ApplicationState, CaseState
from confsys.members.views import bp, office_bp
from confsys.members.views.frame import member_tabs, office_tabs
from confsys.members.views.integrity import bp as integrity_bp
from confsys.members.words import CASE_STATES, DUE_KINDS, MEMBERSHIP_STATES
from confsys.payments.signals import order_paid, order_refunded


def society(viewer: Viewer) -> Iterable[NavItem]:
    yield NavItem(_l("Membership"), url_for("members.mine"), "members.mine", order=30)
    if viewer.complete and SiteRole.SECRETARY in viewer.site_roles:
        yield NavItem(
            _l("Membership office"), url_for("membership_office.members"), "membership_office.members", order=85
        )


def account(viewer: Viewer) -> Iterable[NavItem]:
    """The menu of the signed-in person."""
    yield NavItem(_l("Membership"), url_for("members.mine"), "members.mine", order=30)
    if may_run_office(MemberStanding(viewer)):  # the office goes by role, whatever one's own membership
        yield NavItem(
            _l("Membership office"), url_for("membership_office.members"), "membership_office.members", order=60
        )


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    if viewer.person_id is None:
        return
    page = member_page(viewer)
    cards = [*_own_cards(page), *_asked_cards(viewer.person_id, at)]
    if cards:
        yield Section("membership", _l("Your membership"), cards, order=35)
    yield from _cases(viewer)
    if may_run_office(page.standing) and (count := waiting_applications()):
        here = url_for("membership_office.applications", q="state:office")
        card = Card(
            title=_("Applications for membership"), href=here, state=_("%(count)s waiting", count=count),
            state_tone="waiting", button=_("Look at them"), button_href=here,
        )  # fmt: skip
        yield Section("membership-office", _l("Membership office"), [card], order=28)
    yield from _suggestions(page)


def _suggestions(page: MemberPage) -> Iterable[Section]:
    """What somebody's body has to answer, and what the office has to hand on."""
    cards = [
        Card(
            title=row.title, href=url_for("members.suggestion", code=row.code),
            state=_("overdue") if row.due_on is not None and row.due_on < page.day else _("waits for an answer"),
            state_tone="wrong" if row.due_on is not None and row.due_on < page.day else "waiting",
            facts=[tx(row.body.name)] if row.body is not None else [],
            next_step=_("Answer by %(day)s.", day=day(row.due_on)),
            button=_("Answer"), button_href=url_for("members.suggestion", code=row.code),
        )
        for row in to_answer(page.standing.bodies)
    ]  # fmt: skip
    if may_run_office(page.standing) and (count := unrouted()):
        here = url_for("membership_office.suggestions_desk", q="state:filed")
        cards.append(
            Card(
                title=_("Suggestions to hand on"), href=here, state=_("%(count)s waiting", count=count),
                state_tone="waiting", button=_("Look at them"), button_href=here,
            )
        )  # fmt: skip
    if cards:
        yield Section("suggestions", _l("Suggestions of members"), cards, order=29)


def _cases(viewer: Viewer) -> Iterable[Section]:
    """Open cases of integrity that the reader is inside of; for everybody else there is no such section."""
    cards = [
        Card(
            title=_("Confidential case %(code)s", code=case.code), href=url_for("integrity.case", code=case.code),
            state=str(CASE_STATES[case.state][0]), state_tone=CASE_STATES[case.state][1],
        )
        for case in cases_for(viewer)
        if case.state is not CaseState.CLOSED
    ]  # fmt: skip
    if cards:
        yield Section("integrity", _l("Scientific integrity"), cards, order=27)


def _own_cards(page: MemberPage) -> Iterable[Card]:
    here = url_for("members.mine")
    if page.application is not None:
        waits = page.application.state is ApplicationState.REFEREES
        yield Card(
            title=_("Your application (%(tier)s)", tier=tx(page.application.tier.name)),
            href=url_for("members.application"), state=_("on its way"), state_tone="waiting",
            next_step=_("Waits for the members you named.") if waits else _("Waits for the membership office."),
        )  # fmt: skip
    if page.viewer.person_id is not None:
        for due in open_dues(page.viewer.person_id):
            yield Card(
                title=_("%(kind)s, %(tier)s", kind=DUE_KINDS[due.kind], tier=tx(due.tier.name)), href=here,
                state=_("to be paid"), state_tone="waiting", button=_("Pay dues"), button_href=here,
            )  # fmt: skip
    yield from _survey_card(page)
    if page.member is None or page.last is None or page.standing.state is None:
        return
    word, tone = MEMBERSHIP_STATES[page.standing.state]
    renewable = may_renew(page.last.span, page.member.tier.opens_days, page.day, page.member.ended_on)
    yield Card(
        title=f"{page.member.number} · {tx(page.member.tier.name)}", href=here, state=str(word), state_tone=tone,
        next_step=_("Renew now: the next term begins where this one ends.") if renewable else "",
        button=_("Renew") if renewable else "", button_href=here,
    )  # fmt: skip


def _survey_card(page: MemberPage) -> Iterable[Card]:
    """The open survey, for a member who has not answered it."""
    running = survey_open() if page.standing.counts else None
    if running is None or has_answered(running, page.viewer.person_id):
        return
    if running.closes_on is None or page.day <= running.closes_on:
        here = url_for("members.survey")
        until = _("Until %(day)s; without your name.", day=day(running.closes_on)) if running.closes_on else ""
        yield Card(
            title=_("How satisfied are you with the society?"), href=here, state=_("open"),
            next_step=until or _("A few minutes, without your name."), button=_("Take part"), button_href=here,
        )  # fmt: skip


def _asked_cards(person_id: int, at: datetime) -> Iterable[Card]:
    for row in asked_of(person_id, at):
        here = url_for("members.vouch_signed_in", row=row.id)
        yield Card(
            title=_("%(name)s asks you to vouch for them", name=row.application.person.name), href=here,
            state=_("waiting for your answer"), state_tone="waiting", button=_("Answer"), button_href=here,
            due=row.expires_at,
        )  # fmt: skip


def _configure(app: Flask) -> None:
    order_paid.connect(paid)
    order_refunded.connect(refunded)
    app.context_processor(lambda: {"member_tabs": member_tabs, "office_tabs": office_tabs})


feature = Feature(
    name="members",
    blueprints=[bp, office_bp, integrity_bp],
    society=society,
    account=account,
    home=home,
    report=report,
    sentences=SENTENCES,
    commands=[daily],
    sample=sample.tell,
    setup=_configure,
    constraints={
        "uq_member_tier_key": _l("Another class has this short name."),
        "uq_member_application_open": _l("Your application is with us already."),
        "uq_member_referee_application_id_address": _l("You have named this member already."),
        "ck_member_tier_term_has_an_end": _l("A term lasts from one month to ten years: no membership is for ever."),
        "uq_society_body_key": _l("Another body has this short name."),
        "ck_member_term_has_an_end": _l("A term needs an end: no membership is for ever."),
    },
)
