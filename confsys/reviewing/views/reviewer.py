"""What a reviewer does before any paper is theirs: profile, bids, conflicts; and the list of what is theirs."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.db import db
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.states import StageKind
from confsys.reviewing import rules
from confsys.reviewing.forms.reviewer import ProfileForm
from confsys.reviewing.operations import bids, committee
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import mine
from confsys.reviewing.queries.committee import event_topics, expertise_of, profile_of, publications_count
from confsys.reviewing.states import BidValue
from confsys.reviewing.views.blueprints import for_those, reviews, room
from confsys.reviewing.wording import BID_WORDS, REVIEW_TONES, REVIEW_WORDS
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind
from confsys.submissions.wording import CONFLICT_WORDS, DECLARABLE

askable = for_those(rules.may_be_asked)
bidders = for_those(rules.may_bid)


@reviews.get("")
@access(room, askable)
def index(page: EventPage) -> str:
    """What is left, what is done, and what the event would like to know before."""
    tasks = mine.tasks(page.viewer, page.event.id)
    bidding = bool(rules.may_bid(page.standing))
    return render_template(
        "reviewing/mine.html",
        event=page.event,
        window=page.standing.window(StageKind.REVIEW),
        open_tasks=[task for task in tasks if not task.is_done],
        done_tasks=[task for task in tasks if task.is_done],
        words=REVIEW_WORDS,
        tones=REVIEW_TONES,
        profile=profile_of(page.event.id, page.viewer.person_id),
        options=ReviewOptions.of(page.event),
        bids=mine.bids_left(page.standing) if bidding else None,
        bid_window=page.standing.window(StageKind.BIDDING),
    )


@reviews.route("/profile", methods=["GET", "POST"])
@access(room, askable)
def profile(page: EventPage) -> Any:
    """How many papers, which topics, a word to the chairs."""
    known = profile_of(page.event.id, page.viewer.person_id)
    form = ProfileForm(obj=known, data=None if known is None else {"topics": known.topic_ids, "load": known.load_max})
    form.topics.choices = select_choices((topic.id, tx(topic.name)) for topic in event_topics(page.event.id))
    if form.validate_on_submit() and form.attempt(lambda: _keep_profile(page, form)):
        notice(_("Your profile for this event is saved."))
        return back("reviews.index", slug=page.event.slug)
    return (
        render_template(
            "reviewing/profile.html", event=page.event, form=form, options=ReviewOptions.of(page.event),
            written=publications_count(page.viewer.person_id), expertise=expertise_of(page.viewer.person_id),
            window=page.standing.window(StageKind.REVIEW), first=known is None,
        ),
        form.status,
    )  # fmt: skip


def _keep_profile(page: EventPage, form: ProfileForm) -> object:
    return committee.set_profile(
        page.event, page.viewer.person_id or 0, load_max=form.load.data, topic_ids=form.topics.data or [],
        away=(form.away_from.data, form.away_until.data), note=form.note.data, version=form.seen_version or None,
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


@reviews.get("/bids")
@access(room, bidders)
def bidding(page: EventPage) -> Any:
    """Papers to bid for, the nearest first. Works by keyboard and without a script."""
    listing, query = mine.bidding(page.standing)
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    return render_template(
        "reviewing/bids.html", event=page.event, found=found, words=BID_WORDS, declared=mine.declared(page.standing),
        window=page.standing.window(StageKind.BIDDING), left=mine.bids_left(page.standing),
        kinds=[(kind.value, CONFLICT_WORDS[kind]) for kind in DECLARABLE],
    )  # fmt: skip


@reviews.post("/bids")
@access(room, bidders)
def keep_bids(page: EventPage) -> Any:
    """The bids of a page of papers, or a single one sent by the script as it is made."""
    wishes = {}
    for name, value in request.form.items():
        number = name.removeprefix("bid-")
        if name.startswith("bid-") and number.isdigit():
            wishes[int(number)] = BidValue(value) if value in {bid.value for bid in BidValue} else None
    changed = bids.bid(wishes, standing=page.standing, actor=page.viewer.actor, at=g.now)
    if request.accept_mimetypes.best == "application/json":
        total, made = mine.bids_left(page.standing)
        return jsonify(saved=_("%(made)s of %(total)s papers", made=made, total=total))
    notice(ngettext("%(num)s bid saved.", "%(num)s bids saved.", changed))
    return redirect(url_for("reviews.bidding", slug=page.event.slug) + "?" + request.query_string.decode(), code=303)


@reviews.post("/conflicts")
@access(room, askable)
def declare_conflict(page: EventPage) -> Response:
    """A paper the reviewer must keep away from: it is not there for them any more."""
    number, kind = request.form.get("number", ""), request.form.get("kind", ConflictKind.OTHER.value)
    wanted = ConflictKind(kind) if kind in {each.value for each in DECLARABLE} else ConflictKind.OTHER
    declared = number.isdigit() and bids.declare_conflict(
        int(number),
        wanted,
        request.form.get("note", "")[:300],
        standing=page.standing,
        actor=page.viewer.actor,
        at=g.now,
    )
    if not declared:
        raise NotFound
    notice(_("Noted. Paper %(number)s is not shown to you any more.", number=number))
    home = "reviews.bidding" if rules.may_bid(page.standing) else "reviews.index"
    return back(home, slug=page.event.slug)


@reviews.post("/conflicts/withdraw")
@access(room, askable)
def withdraw_conflict(page: EventPage) -> Response:
    """Take back what was declared by mistake."""
    wanted = request.form.get("conflict", "")
    row = db.session.get(Conflict, int(wanted)) if wanted.isdigit() else None
    if row is None or not bids.withdraw_conflict(row, standing=page.standing, actor=page.viewer.actor, at=g.now):
        raise NotFound
    notice(_("Taken back. The paper is shown to you again."))
    return back("reviews.bidding", slug=page.event.slug)
