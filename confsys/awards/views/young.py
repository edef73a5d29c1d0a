"""Young authors and mentors of an event: what one declares, offers and answers; and the organisers' desk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.awards import rules, words
from confsys.awards.context import Place, event_place
from confsys.awards.forms import CheckForm, OfferForm, YoungForm, YoungOptionsForm
from confsys.awards.models import MentorOffer, Mentorship, YoungAuthor
from confsys.awards.operations import young as operations
from confsys.awards.options import YoungOptions
from confsys.awards.queries import young as read
from confsys.awards.states import Check
from confsys.awards.views.blueprint import bp
from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import Decision
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage
from confsys.events.options import options_of

M = TypeVar("M", MentorOffer, YoungAuthor)


@dataclass(frozen=True, slots=True)
class YoungPage:
    page: EventPage
    options: YoungOptions
    part: Any = None

    @property
    def viewer(self) -> Viewer:
        return self.page.viewer


def young_page(viewer: Viewer, slug: str) -> YoungPage:
    """An event with a rule or mentors; for its organisers any event with awards, to set them."""
    place: Place = event_place(viewer, slug)
    assert place.page is not None  # noqa: S101  event_place gives one
    options = options_of(place.page.event, YoungOptions)
    if not options.asks and not options.mentors and not rules.may_run_young(place.page.standing):
        raise NotFound
    return YoungPage(place.page, options)


def _row(kind: type[Any], viewer: Viewer, slug: str, row_id: int) -> YoungPage:
    found = young_page(viewer, slug)
    row = db.session.get(kind, row_id)
    if row is None or row.event_id != found.page.event.id:
        raise NotFound
    return YoungPage(found.page, found.options, row)


def author_page(viewer: Viewer, slug: str, young_id: int) -> YoungPage:
    return _row(YoungAuthor, viewer, slug, young_id)


def pair_page(viewer: Viewer, slug: str, pair_id: int) -> YoungPage:
    """A pair is there for the two whom it would bring together."""
    found = young_page(viewer, slug)
    row = db.session.get(Mentorship, pair_id)
    if row is None or row.offer.event_id != found.page.event.id or not viewer.signed_in:
        raise NotFound
    if viewer.person_id not in {row.offer.person_id, row.young.person_id}:
        raise NotFound
    return YoungPage(found.page, found.options, row)


def signed(page: YoungPage) -> Decision:
    return rules.may_take_part(page.viewer)


def runs(page: YoungPage) -> Decision:
    return rules.may_run_young(page.page.standing)


def _own(page: YoungPage, **forms: Any) -> Any:
    event_id, person_id = page.page.event.id, page.viewer.person_id
    row, offer = read.own_row(event_id, person_id), read.own_offer(event_id, person_id)
    told = YoungForm(
        formdata=None,
        data={"declared": row.declared if row else None, "consent": row is not None and row.consented_at is not None,
              "wants_mentor": row is not None and row.wants_mentor},
    )  # fmt: skip
    offered = OfferForm(
        formdata=None, data={"topics": ", ".join(offer.topics) if offer else "", "most": offer.most if offer else 1}
    )
    shown = render_template(
        "awards/young.html", page=page, event=page.page.event, row=row, offer=offer, words=words,
        author=read.is_author(event_id, person_id), rule=words.young_rule(page.page.event),
        pairs=read.own_pairs(event_id, person_id), may_run=runs(page), **({"told": told, "offered": offered} | forms),
    )  # fmt: skip
    return shown, max((form.status for form in forms.values()), default=200)


def _phrases(text: str) -> list[str]:
    """Topics as people separate them, in either language."""
    return [phrase.strip() for phrase in re.split(r"[,，;；、\n]", text) if phrase.strip()]


@bp.get("/events/<slug>/young")
@access(young_page, signed)
def young(page: YoungPage) -> Any:
    return _own(page)


@bp.post("/events/<slug>/young")
@access(young_page, signed)
def tell_us(page: YoungPage) -> Any:
    form = YoungForm()
    event = page.page.event
    author = read.is_author(event.id, page.viewer.person_id)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.tell_us(
            event, form.declared.data, form.consent.data, form.wants_mentor.data, is_author=author,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".young", slug=event.slug)
    return _own(page, told=form)


@bp.post("/events/<slug>/young/offer")
@access(young_page, signed)
def offer(page: YoungPage) -> Any:
    form = OfferForm()
    event = page.page.event
    if form.validate_on_submit() and form.attempt(
        lambda: operations.offer(
            event, _phrases(form.topics.data or ""), form.most.data, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_l("Thank you. The organisers propose pairs; you are asked before anything is agreed."))
        return back(".young", slug=event.slug)
    return _own(page, offered=form)


@bp.post("/events/<slug>/young/pairs/<int:pair_id>")
@access(pair_page, signed)
def answer(page: YoungPage) -> Response:
    yes = request.form.get("yes") == "1"
    operations.answer(page.page.event, page.part, yes, actor=page.viewer.actor, at=g.now)
    return back(".young", slug=page.page.event.slug)


def _desk(page: YoungPage, **forms: Any) -> Any:
    event = page.page.event
    kept = page.options
    data = {"rule": kept.rule, "limit": kept.limit or None, "on": date.fromisoformat(kept.on) if kept.on else None,
            "mentors": kept.mentors, "version": event.version}  # fmt: skip
    shown = render_template(
        "awards/young_desk.html", page=page, event=event, words=words, rule=words.young_rule(event),
        authors=read.authors(event.id), pairs=read.pairs(event.id), proposals=read.proposals(event.id),
        options=forms.get("options") or YoungOptionsForm(formdata=None, data=data),
    )  # fmt: skip
    return shown, max((form.status for form in forms.values()), default=200)


@bp.get("/events/<slug>/young/desk")
@access(young_page, runs)
def young_desk(page: YoungPage) -> Any:
    return _desk(page)


@bp.post("/events/<slug>/young/options")
@access(young_page, runs)
def young_options(page: YoungPage) -> Any:
    form = YoungOptionsForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.set_options(
            page.page.event,
            YoungOptions(
                form.rule.data, form.limit.data or 0, form.on.data.isoformat() if form.on.data else "",
                form.mentors.data,
            ),
            version=form.seen_version, standing=page.page.standing, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Saved."))
        return back(".young_desk", slug=page.page.event.slug)
    return _desk(page, options=form)


@bp.post("/events/<slug>/young/authors/<int:young_id>/check")
@access(author_page, runs)
def young_check(page: YoungPage) -> Any:
    form = CheckForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.check(
            page.page.event, page.part, Check(form.result.data), form.check_note.data or "", version=form.seen_version,
            standing=page.page.standing, actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        return back(".young_desk", slug=page.page.event.slug)
    return render_template("awards/young_check.html", event=page.page.event, form=form, row=page.part), form.status


def _asked(kind: type[M], name: str) -> M:
    """The row whose number the form carries."""
    number = request.form.get(name, "")
    row = db.session.get(kind, int(number)) if number.isdigit() else None
    if row is None:
        raise NotFound
    return row


@bp.post("/events/<slug>/young/pairs")
@access(young_page, runs)
def propose_pair(page: YoungPage) -> Response:
    offered, young_author = _asked(MentorOffer, "offer"), _asked(YoungAuthor, "young")
    operations.propose(
        page.page.event, offered, young_author, standing=page.page.standing, actor=page.viewer.actor, at=g.now
    )
    notice(_l("Both are asked by mail."))
    return back(".young_desk", slug=page.page.event.slug)
