"""Topics: read by everybody, proposed and supported by whoever is signed in, chosen by the committee."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, current_app, g, render_template, request, url_for
from werkzeug.exceptions import NotFound

from confsys.core.access import access, public
from confsys.core.decisions import ALLOW, Decision
from confsys.core.formatting import tx
from confsys.core.forms import select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import ACCOUNT, on_post
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page
from confsys.events.queries.events import editable_by
from confsys.events.rules import may_create_event
from confsys.forum.context import Call, TopicPage, event_call, society_call, topic_page, topics_page
from confsys.forum.forms import DecisionForm, SalonForm, TopicForm, TrackForm
from confsys.forum.operations import topics as operations
from confsys.forum.operations.topics import Wording
from confsys.forum.queries import topics
from confsys.forum.rules import topics as rules
from confsys.forum.states import TopicKind
from confsys.forum.views.blueprint import bp
from confsys.forum.words import TOPIC_KIND_SENTENCES, TOPIC_KINDS, TOPIC_STATES

SALON_IN_DAYS = 60


@bp.get("/topics")
@public
def all_topics(viewer: Viewer) -> Any:
    found = topics.topics().answer(topics.public())
    if isinstance(found, Response):
        return found
    return render_template(
        "forum/topics.html", found=found, event=None, own=topics.own(viewer), states=TOPIC_STATES, door=None,
        propose=url_for(".propose"),
    )  # fmt: skip


def _seen(_page: EventPage) -> Decision:
    """The loader has asked whether the event may be seen."""
    return ALLOW


@bp.get("/events/<slug>/topics")
@access(topics_page, _seen)
def event_topics(page: EventPage) -> Any:
    """The topics proposed for one event."""
    found = topics.topics().answer(topics.public(page.event.id))
    if isinstance(found, Response):
        return found
    own = [proposal for proposal in topics.own(page.viewer) if proposal.event_id == page.event.id]
    return render_template(
        "forum/topics.html", found=found, event=page.event, own=own, states=TOPIC_STATES,
        door=rules.call_is_open(page.standing), propose=url_for(".propose_for", slug=page.event.slug),
    )  # fmt: skip


def _may_propose(call: Call) -> Decision:
    return rules.may_propose(call.viewer, call.page.standing if call.page else None)


def _wording(form: TopicForm) -> Wording:
    return Wording(form.title.data or "", form.why.data or "", TopicKind(form.kind.data), form.field.data or "")


def _drawn(form: TopicForm, call: Call | None, proposal: TopicPage | None = None) -> Any:
    sentences = {kind.value: sentence for kind, sentence in TOPIC_KIND_SENTENCES.items()}
    event = call.page.event if call and call.page else None
    return render_template(
        "forum/propose.html", form=form, event=event, sentences=sentences, page_of=proposal
    ), form.status  # fmt: skip


def _propose(call: Call) -> Any:
    form = TopicForm()
    page = call.page
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.propose(
                _wording(form), page.event if page else None, standing=page.standing if page else None,
                actor=call.viewer.actor, at=g.now,
            )
        )  # fmt: skip
        if made is not None:
            notice(_l("Your topic is on the list. Others can support it now."))
            return back(".topic", code=made.code)
    return _drawn(form, call)


@bp.route("/topics/propose", methods=["GET", "POST"])
@on_post(ACCOUNT)
@access(society_call, _may_propose)
def propose(call: Call) -> Any:
    return _propose(call)


@bp.route("/events/<slug>/topics/propose", methods=["GET", "POST"])
@on_post(ACCOUNT)
@access(event_call, _may_propose)
def propose_for(call: Call) -> Any:
    return _propose(call)


def _may_see(page: TopicPage) -> Decision:
    return rules.may_see(page.standing)


def _topic(page: TopicPage, **forms: Any) -> Any:
    """One topic with what its reader may do about it."""
    proposal, standing = page.proposal, page.standing
    realise = rules.may_realise(standing)
    events = editable_by(page.viewer, g.now) if realise else []
    track = forms.get("track") or TrackForm(formdata=None)
    track.event.choices = select_choices([(e.slug, tx(e.name)) for e in events])
    day = g.now.date() + timedelta(days=SALON_IN_DAYS)
    as_decided = {"version": proposal.version, "reasons": proposal.reasons}
    shown = render_template(
        "forum/topic.html", proposal=proposal, standing=standing, kinds=TOPIC_KINDS, states=TOPIC_STATES,
        event=proposal.event,
        track_event=topics.seen_by(page.viewer, proposal.track.event_id if proposal.track else None),
        became=topics.seen_by(page.viewer, proposal.became_id),
        may_support=rules.may_support(standing), may_change=rules.may_change(standing),
        may_decide=rules.may_decide(standing), may_track=bool(events), track=track,
        may_salon=realise and may_create_event(page.viewer),
        salon=forms.get("salon") or SalonForm(formdata=None, data={"day": day}),
        decision=forms.get("decision") or DecisionForm(formdata=None, data=as_decided),
    )  # fmt: skip
    return shown, max((form.status for form in forms.values()), default=200)


@bp.get("/topics/<code>")
@access(topic_page, _may_see)
def topic(page: TopicPage) -> Any:
    return _topic(page)


@bp.route("/topics/<code>/edit", methods=["GET", "POST"])
@access(topic_page, lambda page: rules.may_change(page.standing))
def edit_topic(page: TopicPage) -> Any:
    row = page.proposal
    values = {"title": row.title, "why": row.why, "kind": row.kind.value, "field": row.field, "version": row.version}
    form = TopicForm(data=values)
    if form.validate_on_submit() and form.attempt(
        lambda: operations.reword(
            row, _wording(form), version=form.seen_version, standing=page.standing, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("Saved."))
        return back(".topic", code=row.code)
    return _drawn(form, None, page)


@bp.post("/topics/<code>/withdraw")
@access(topic_page, lambda page: rules.may_change(page.standing))
def withdraw_topic(page: TopicPage) -> Any:
    operations.withdraw(page.proposal, standing=page.standing, actor=page.viewer.actor, at=g.now)
    notice(_l("Your topic is withdrawn; nobody else sees it any more."))
    return back(".all_topics")


@bp.post("/topics/<code>/support")
@access(topic_page, lambda page: rules.may_support(page.standing))
def support_topic(page: TopicPage) -> Any:
    wanted = request.form.get("wanted") == "1"
    operations.support(page.proposal, wanted, standing=page.standing, actor=page.viewer.actor, at=g.now)
    return back(".topic", code=page.proposal.code)


@bp.post("/topics/<code>/decide")
@access(topic_page, lambda page: rules.may_decide(page.standing))
def decide_topic(page: TopicPage) -> Any:
    form = DecisionForm()
    selected = request.form.get("selected") == "1"
    if form.validate_on_submit() and form.attempt(
        lambda: operations.decide(
            page.proposal, selected, form.reasons.data or "", version=form.seen_version, standing=page.standing,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("Decided. The proposer is told with your reasons."))
        return back(".topic", code=page.proposal.code)
    return _topic(page, decision=form)


@bp.post("/topics/<code>/track")
@access(topic_page, lambda page: rules.may_realise(page.standing))
def topic_to_track(page: TopicPage) -> Any:
    wanted = {line.slug for line in editable_by(page.viewer, g.now)} & {request.form.get("event", "")}
    if not wanted:
        raise NotFound
    into = event_page(page.viewer, wanted.pop())
    form = TrackForm()
    if form.attempt(
        lambda: operations.make_track(
            page.proposal, into.event, standing=page.standing, editor=into.standing, actor=page.viewer.actor, at=g.now
        )
    ):
        notice(_l("The topic is a track now. The proposer is told."))
        return back(".topic", code=page.proposal.code)
    return _topic(page, track=form)


@bp.post("/topics/<code>/salon")
@access(topic_page, lambda page: rules.may_realise(page.standing))
def topic_to_salon(page: TopicPage) -> Any:
    form = SalonForm()
    zone = str(current_app.extensions["settings"].zone)
    if form.validate_on_submit():
        made = form.attempt(
            lambda: operations.make_salon(
                page.proposal, form.day.data, zone=zone, standing=page.standing, actor=page.viewer.actor, at=g.now
            )
        )
        if made is not None:
            notice(_l("The salon is planned as a draft. The proposer is told."))
            return back("events.organise", slug=made.slug)
    return _topic(page, salon=form)
