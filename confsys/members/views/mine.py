"""One's own membership: how it stands, what is to pay, the card."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import g, render_template, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone
from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.i18n import gettext as _
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, by_standing, member_page
from confsys.members.days import society_day
from confsys.members.models import Due
from confsys.members.operations import members as operations
from confsys.members.operations.dues import ask_renewal
from confsys.members.operations.paying import order_for
from confsys.members.queries.cards import CheckedCard, card_token, checked_card
from confsys.members.queries.desk import asked_of
from confsys.members.queries.honours import honours_of
from confsys.members.queries.membership import dues_of, latest_application, tiers
from confsys.members.rules import may_apply, may_change_class, may_hold_card, may_renew
from confsys.members.views.blueprint import bp
from confsys.members.words import DUE_KINDS, DUE_STATES, MEMBERSHIP_STATES


@bp.get("")
@access(member_page, anyone)
def mine(page: MemberPage) -> str:
    """For everybody: a visitor reads what membership is, an applicant how far it is, a member how it stands."""
    if page.viewer.person_id is None:
        return render_template("members/join.html", page=page, tiers=tiers(open_only=True))
    found = dues_of(page.viewer.person_id)
    if page.member is None and page.application is None and not found:
        latest = latest_application(page.viewer.person_id)
        return render_template("members/join.html", page=page, tiers=tiers(open_only=True), latest=latest)
    return render_template(
        "members/mine.html", page=page, dues=found, renewal=_renewal(page), words=MEMBERSHIP_STATES,
        due_kinds=DUE_KINDS, due_states=DUE_STATES, honours=honours_of([page.viewer.person_id])[page.viewer.person_id],
        asked=asked_of(page.viewer.person_id, g.now),
        may_apply=bool(may_apply(page.standing)), may_change=bool(may_change_class(page.standing)),
    )  # fmt: skip


def _renewal(page: MemberPage) -> Decision | None:
    """Whether the next term can be paid now; None for somebody without a term."""
    if page.member is None or page.last is None:
        return None
    return may_renew(page.last.span, page.member.tier.opens_days, page.day, page.member.ended_on)


@bp.get("/card")
@access(member_page, by_standing(may_hold_card))
def card(page: MemberPage) -> str:
    assert page.member is not None  # noqa: S101  the rule asks for one
    token = card_token(page.member)
    address = url_for("members.check_card", token=token, _external=True)
    return render_template(
        "members/card.html", page=page, member=page.member, code=_qr(address), address=address, words=MEMBERSHIP_STATES
    )


def _qr(text: str) -> Markup:
    """The code as a picture inside the page."""
    sink = io.BytesIO()
    segno.make(text, error="m").save(
        sink, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=2
    )
    return Markup(sink.getvalue().decode())  # noqa: S704  segno draws it; nothing of it was typed by anybody


@bp.post("/card/new")
@access(member_page, by_standing(may_hold_card))
def new_card(page: MemberPage) -> Any:
    assert page.member is not None  # noqa: S101  the rule asks for one
    operations.new_card(page.member, actor=page.viewer.actor, at=g.now)
    notice(_("This is your new card. The old one no longer counts."))
    return back(".card")


def _card_of(_viewer: Viewer, token: str) -> CheckedCard:
    found = checked_card(token, society_day(g.now))
    if found is None:
        raise NotFound
    return found


@bp.get("/card/check/<token>")
@access(_card_of, anyone)
def check_card(found: CheckedCard) -> str:
    return render_template("members/check_card.html", card=found)


@bp.post("/renew")
@access(member_page, by_standing(may_hold_card))
def renew(page: MemberPage) -> Any:
    """Ask for the next term. Until its dues are paid nothing changes: nobody is demoted by meaning to stay."""
    assert page.member is not None  # noqa: S101  the rule asks for one
    ask_renewal(page.member, actor=page.viewer.actor, at=g.now)
    notice(_("The dues of your next term are listed below."))
    return back(".mine")


def _own_due(viewer: Viewer, due_id: int) -> tuple[MemberPage, Due]:
    page, due = member_page(viewer), db.session.get(Due, due_id)
    if due is None or due.person_id != viewer.person_id:
        raise NotFound
    return page, due


@bp.post("/dues/<int:due_id>/pay")
@access(_own_due, anyone)
def pay(subject: tuple[MemberPage, Due]) -> Any:
    """To the till. What becomes of the membership is news from there."""
    page, due = subject
    order = order_for(due, actor=page.viewer.actor, at=g.now)
    return back("payments.order", code=order.code)
