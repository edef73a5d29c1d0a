"""The committee, and the conflicts of interest between it and the papers."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from confsys.accounts.models import EmailAddress, Person
from confsys.core.access import access
from confsys.core.db import db
from confsys.core.decisions import demand
from confsys.core.errors import Invalid
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.i18n import ngettext
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.events.operations.roles import invite_again
from confsys.events.rules import may_grant
from confsys.events.states import Role
from confsys.reviewing import rules
from confsys.reviewing.forms.chair import ConflictForm
from confsys.reviewing.operations import committee as committee_operations
from confsys.reviewing.options import ReviewOptions
from confsys.reviewing.queries import conflicts as conflict_queries
from confsys.reviewing.queries.candidates import papers_for, work_of
from confsys.reviewing.queries.committee import committee, event_topics, profile_of, publications_count, waiting_grants
from confsys.reviewing.queries.people import people
from confsys.reviewing.queries.scope import chaired, serves
from confsys.reviewing.views.blueprints import chair, for_those, room
from confsys.reviewing.wording import ASSIGNMENT_TONES, ASSIGNMENT_WORDS, BID_WORDS, REVIEW_TONES, REVIEW_WORDS
from confsys.submissions.models import Conflict, Submission
from confsys.submissions.operations import conflicts
from confsys.submissions.states import ConflictKind, ConflictSource
from confsys.submissions.wording import CONFLICT_WORDS, SOURCE_WORDS

builders = for_those(rules.may_build_committee)
chairs = for_those(rules.may_chair_reviews)


@chair.get("/committee")
@access(room, builders)
def members(page: EventPage) -> Any:
    """Who was asked, who serves, how much they carry."""
    listing, query = committee(page.standing, ReviewOptions.of(page.event))
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    sees_work = bool(rules.may_chair_reviews(page.standing))
    return render_template(
        "reviewing/committee.html", event=page.event, found=found, sees_work=sees_work, invite=invite_href(page)
    )


def invite_href(page: EventPage) -> str:
    """Where reviewers are invited; empty for who may not."""
    return url_for("reviewing.invite", slug=page.event.slug) if may_grant(page.standing, Role.REVIEWER) else ""


@chair.post("/committee/remind")
@access(room, builders)
def remind_invited(page: EventPage) -> Response:
    """Send the invitations once more of those who have not answered: of the ticked, or of all that wait."""
    demand(may_grant(page.standing, Role.REVIEWER))
    chosen = None if request.form.get("everything") else _selected()
    sent = 0
    for grant in waiting_grants(page.event.id, chosen):
        invite_again(page.event, grant, actor=page.viewer.actor, at=g.now)
        sent += 1
    notice(
        ngettext("%(num)s invitation is sent once more.", "%(num)s invitations are sent once more.", sent)
        if sent
        else _("None of these invitations waits for an answer.")
    )
    return back("reviewing.members", slug=page.event.slug)


def _selected() -> list[int]:
    return [int(value) for value in request.form.getlist("selected") if value.isdigit()]


def _member(viewer: Any, slug: str, person_id: int) -> tuple[EventPage, Person]:
    page = room(viewer, slug)
    person = db.session.get(Person, person_id)
    if person is None or not serves(page.event.id, person_id):
        raise NotFound
    return page, person


@chair.get("/committee/<int:person_id>")
@access(_member, lambda found: chairs(found[0]))
def member(found: tuple[EventPage, Person]) -> str:
    """One reviewer: what they carry, and which papers they could take."""
    page, person = found
    text = request.args.get("q", "").strip()[:100]
    profile, options = profile_of(page.event.id, person.id), ReviewOptions.of(page.event)
    topics = {topic.id: topic.name for topic in event_topics(page.event.id)}
    return render_template(
        "reviewing/member.html", event=page.event, person=person, who=people([person.id])[person.id], profile=profile,
        limit=options.load if profile is None or profile.load_max is None else profile.load_max,
        topics=[topics[t] for t in profile.topic_ids if t in topics] if profile else [],
        work=work_of(person.id, page.standing), possible=papers_for(person.id, page.event, page.standing, text), q=text,
        words=ASSIGNMENT_WORDS, tones=ASSIGNMENT_TONES, review_words=REVIEW_WORDS, review_tones=REVIEW_TONES,
        bid_words=BID_WORDS, written=publications_count(person.id),
    )  # fmt: skip


@chair.post("/committee/<int:person_id>/senior")
@access(_member, lambda found: chairs(found[0]))
def senior(found: tuple[EventPage, Person]) -> Response:
    """Mark a reviewer as senior, or no longer."""
    page, person = found
    wanted = request.form.get("senior") == "1"
    committee_operations.set_senior(page.event, person.id, senior=wanted, actor=page.viewer.actor, at=g.now)
    return back("reviewing.member", slug=page.event.slug, person_id=person.id)


@chair.get("/conflicts")
@access(room, chairs)
def conflict_list(page: EventPage) -> Any:
    return _conflicts(page, ConflictForm())


def _conflicts(page: EventPage, form: ConflictForm) -> Any:
    listing, query = conflict_queries.conflicts(page.standing)
    found = listing.answer(query)
    if isinstance(found, Response):
        return found
    return (
        render_template(
            "reviewing/conflicts.html", event=page.event, found=found, form=form, kinds=CONFLICT_WORDS,
            sources=SOURCE_WORDS, states=conflict_queries.STATE_WORDS, flagged=conflict_queries.flagged(page.standing),
        ),
        form.status,
    )  # fmt: skip


@chair.post("/conflicts")
@access(room, chairs)
def add_conflict(page: EventPage) -> Any:
    """A chair keeps somebody away from a paper; neither authors nor comparison change it."""
    form = ConflictForm()
    if form.validate_on_submit() and form.attempt(lambda: _add(page, form)):
        notice(_("The conflict is in force. What was assigned before is shown in the list."))
        return back("reviewing.conflict_list", slug=page.event.slug)
    return _conflicts(page, form)


def _add(page: EventPage, form: ConflictForm) -> object:
    paper = db.session.scalar(chaired(page.standing).where(Submission.number == form.number.data))
    if paper is None:
        raise Invalid(number=_l("There is no paper of this number among yours."))
    address = EmailAddress.address == (form.person.data or "").lower()
    person = db.session.scalar(select(Person).join(EmailAddress).where(address, EmailAddress.verified_at.is_not(None)))
    if person is None:
        raise Invalid(person=_l("Nobody here has this address."))
    return conflicts.declare(
        paper, person, ConflictKind(form.kind.data), ConflictSource.CHAIR, note=form.note.data or "",
        actor=page.viewer.actor, at=g.now,
    )  # fmt: skip


@chair.post("/conflicts/<any(dismiss, reinstate, confirm):verb>")
@access(lambda viewer, slug, verb: (room(viewer, slug), verb), lambda found: chairs(found[0]))
def settle_conflict(found: tuple[EventPage, str]) -> Response:
    """A chair looked at it: it bars nobody, or after all it does."""
    page, verb = found
    wanted, version = request.form.get("conflict", ""), request.form.get("version", "")
    row = db.session.get(Conflict, int(wanted)) if wanted.isdigit() else None
    paper = db.session.scalar(chaired(page.standing).where(Submission.id == row.submission_id)) if row else None
    if row is None or paper is None:
        raise NotFound
    settle = {"dismiss": conflicts.dismiss, "reinstate": conflicts.reinstate, "confirm": conflicts.confirm}[verb]
    settle(row, paper=paper, version=int(version) if version.isdigit() else None, actor=page.viewer.actor, at=g.now)
    notice(str(_SETTLED[verb]))
    return back("reviewing.conflict_list", slug=page.event.slug, q=request.form.get("q", ""))


_SETTLED = {
    "dismiss": _l("Dismissed: it bars nobody any more."),
    "reinstate": _l("In force again."),
    "confirm": _l("Confirmed: neither authors nor comparison change it."),
}


@chair.post("/conflicts/refresh")
@access(room, chairs)
def refresh_conflicts(page: EventPage) -> Response:
    """Compare papers and committee once more."""
    done = conflicts.refresh(page.event.id, at=g.now)
    notice(_("Compared: %(added)s found, %(removed)s no longer there.", added=done.added, removed=done.removed))
    return back("reviewing.conflict_list", slug=page.event.slug)
