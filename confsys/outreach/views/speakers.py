"""A speaker's own pages: what they offer, and the questions they are asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, render_template, request

from confsys.core.access import access, signed_in, viewer_only
from confsys.core.decisions import Decision, allow_if
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.context import OfferPage, offer_page, society_zone
from confsys.outreach.forms import AcceptForm, SpeakerForm, chosen, listed
from confsys.outreach.models import PublicSpeaker
from confsys.outreach.operations import speakers as operations
from confsys.outreach.operations.speakers import Profile
from confsys.outreach.queries import speakers
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import GROUPS


def _filled(mine: PublicSpeaker) -> dict[str, Any]:
    names = ("online", "groups", "weekdays", "available_from", "available_until", "per_year", "active")
    lists = {"topics": ", ".join(mine.topics), "cities": ", ".join(mine.cities)}
    return {**lists, **{name: getattr(mine, name) for name in names}}


@bp.route("/speaker", methods=["GET", "POST"])
@access(viewer_only, signed_in)
def speaker(viewer: Viewer) -> Any:
    mine = speakers.of_person(viewer.person_id)
    form = SpeakerForm(data=_filled(mine) if mine else {"active": True, "per_year": 4})
    if form.validate_on_submit() and viewer.person_id is not None:
        person_id = viewer.person_id
        profile = Profile(
            topics=listed(form.topics.data), cities=listed(form.cities.data), online=form.online.data,
            groups=chosen(form, "groups"), weekdays=chosen(form, "weekdays"), per_year=form.per_year.data or 1,
            available_from=form.available_from.data, available_until=form.available_until.data,
            active=form.active.data,
        )  # fmt: skip
        if form.attempt(lambda: operations.offer_talks(person_id, profile, actor=viewer.actor, at=g.now)):
            notice(_l("Saved. You are asked here and by mail when a school fits."))
            return back(".speaker")
    asked = speakers.asked_of(viewer.person_id) if viewer.person_id else []
    return render_template("outreach/speaker.html", form=form, mine=mine, asked=asked), form.status


def _own(page: OfferPage) -> Decision:
    return allow_if(page.is_own)


def _may_answer(page: OfferPage) -> Decision:
    return rules.may_answer_offer(page.is_own, page.offer.state, page.offer.request.state)


def _offer(page: OfferPage, form: AcceptForm) -> tuple[str, int]:
    return render_template(
        "outreach/offer.html", offer=page.offer, asked=page.offer.request, form=form, groups=GROUPS,
        door=_may_answer(page),
    ), form.status  # fmt: skip


@bp.get("/offers/<int:offer_id>")
@access(offer_page, _own)
def offer(page: OfferPage) -> Any:
    day = next((reason["value"] for reason in page.offer.why if reason["kind"] == "day"), "")
    known = date.fromisoformat(day) if day else page.offer.request.first_day
    form = AcceptForm(formdata=None, data={"day": known, "hour": 14})
    return _offer(page, form)


@bp.post("/offers/<int:offer_id>/accept")
@access(offer_page, _may_answer)
def accept(page: OfferPage) -> Any:
    form = AcceptForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.accept_offer(
            page.offer, form.day.data, form.hour.data, zone=society_zone(), actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Thank you. The school has been told."))
        return back(".offer", offer_id=page.offer.id)
    return _offer(page, form)


@bp.post("/offers/<int:offer_id>/decline")
@access(offer_page, _may_answer)
def decline(page: OfferPage) -> Any:
    operations.decline_offer(page.offer, request.form.get("note", "")[:500], actor=page.viewer.actor, at=g.now)
    notice(_l("Thank you for answering. The office asks somebody else."))
    return back(".speaker")
