"""Schools ask for a speaker; the office finds one."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone, public, viewer_only
from confsys.core.i18n import current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.limits import ACCOUNT, on_post
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.outreach import rules, signed
from confsys.outreach.context import RequestPage, office, request_desk, request_page, society_zone
from confsys.outreach.forms import NoteForm, RequestForm
from confsys.outreach.operations import speakers as operations
from confsys.outreach.operations.speakers import Asking
from confsys.outreach.queries import speakers
from confsys.outreach.states import OfferState, RequestState, TargetGroup
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import GROUPS, OFFER_STATES, REQUEST_STATES


@bp.route("/schools", methods=["GET", "POST"])
@on_post(ACCOUNT)
@public
def ask(viewer: Viewer) -> Any:
    form = RequestForm()
    if form.validate_on_submit():
        values = {
            name: form[name].data
            for name in Asking.__dataclass_fields__
            if name not in {"locale", "group"}
        }  # fmt: skip
        asking = Asking(**values, group=TargetGroup(form.group.data), locale=current_locale())
        made = form.attempt(lambda: operations.ask_for_speaker(asking, actor=viewer.actor, at=g.now))
        if made:
            return back(".asked", code=signed.code_of(signed.REQUEST, made.id))
    return render_template("outreach/ask.html", form=form), form.status


@bp.get("/requests/<code>")
@access(request_page, anyone)
def asked(page: RequestPage) -> str:
    """The school's own page: how its request stands."""
    asked = page.request
    agreed = next((offer for offer in asked.offers if offer.state is OfferState.ACCEPTED), None)
    return render_template(
        "outreach/asked.html", asked=asked, word=REQUEST_STATES[asked.state], agreed=agreed, zone=society_zone(),
        groups=GROUPS,
    )  # fmt: skip


@bp.get("/office/requests")
@access(viewer_only, rules.may_run)
def requests(viewer: Viewer) -> str:
    return render_template(
        "outreach/office/requests.html", waiting=speakers.requests(viewer),
        settled=speakers.requests(viewer, settled=True), words=REQUEST_STATES, groups=GROUPS,
        pool=speakers.pool(viewer),
    )  # fmt: skip


def _desk(page: RequestPage, form: NoteForm) -> tuple[str, int]:
    asked = page.request
    open_ = asked.state in {RequestState.OPEN, RequestState.ASKED}
    waiting = any(offer.state is OfferState.ASKED for offer in asked.offers)
    found = speakers.matched(page.viewer, asked, society_zone()) if open_ and not waiting else []
    return render_template(
        "outreach/office/request.html", asked=asked, word=REQUEST_STATES[asked.state], found=found, form=form,
        offers=OFFER_STATES, groups=GROUPS, zone=society_zone(), open_=open_, waiting=waiting,
    ), form.status  # fmt: skip


@bp.get("/office/requests/<code>")
@access(request_desk, office)
def request_of_school(page: RequestPage) -> Any:
    return _desk(page, NoteForm(formdata=None))


@bp.post("/office/requests/<code>/ask")
@access(request_desk, office)
def ask_speaker(page: RequestPage) -> Any:
    wanted = request.form.get("speaker", "")
    found = speakers.matched(page.viewer, page.request, society_zone())
    match = next((match for match, speaker in found if str(speaker.id) == wanted), None)
    speaker = speakers.by_id(match.id) if match else None
    if match is None or speaker is None:
        raise NotFound
    operations.ask_speaker(page.request, speaker, match.why, actor=page.viewer.actor, at=g.now)
    notice(_l("The speaker was asked by mail and on their home page."))
    return back(".request_of_school", code=page.request.code)


@bp.post("/office/requests/<code>/decline")
@access(request_desk, office)
def decline_request(page: RequestPage) -> Any:
    form = NoteForm()
    answer = form.answer.data or ""
    if form.validate_on_submit() and form.attempt(
        lambda: operations.decline_request(page.request, answer, actor=page.viewer.actor, at=g.now)
    ):
        notice(_l("The school was told."))
        return back(".requests")
    return _desk(page, form)
