"""The registration desk: checking in on a phone (find or scan, look, confirm), and looking at students' proofs."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.errors import Invalid
from confsys.core.files import send
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.events.context import EventPage
from confsys.registration.context import (
    AttendeePage,
    ProofPage,
    attendee_page,
    by,
    proof_page,
    registration_page,
)
from confsys.registration.forms import DetailsForm, RefuseForm
from confsys.registration.operations import changing, desk, proofs
from confsys.registration.queries import attendees as read
from confsys.registration.rules import may_check_in
from confsys.registration.signatures import signed
from confsys.registration.views.blueprint import bp
from confsys.registration.views.changing import Answers, details_of, values_of


@bp.get("/events/<slug>/check-in/")
@access(registration_page, by(may_check_in))
def check_in(page: EventPage) -> Any:
    """Names and codes are searched alike. A code that was handed on says so."""
    text = request.args.get("q", "").strip()
    found = read.attendees.answer(read.all_of(page.standing), {"q": text}) if text else None
    return render_template(
        "registration/check_in.html", page=page, event=page.event, found=found, q=text, words=read.WORDS,
        counts=read.counts(page.standing), inside=read.checked_in(page.standing),
        void=read.void_code(page.event.id, text) if text else None, proofs=read.proofs_waiting(page.standing),
    )  # fmt: skip


@bp.get("/events/<slug>/check-in/<code>")
@access(attendee_page, by(may_check_in))
def person(page: AttendeePage) -> tuple[str, int]:
    return _person(page)


def _person(page: AttendeePage, form: RefuseForm | None = None) -> tuple[str, int]:
    row = page.attendee
    form = form or RefuseForm(formdata=None, data={"version": row.proof.version if row.proof else 0})
    return render_template(
        "registration/person.html", page=page, event=page.event, attendee=row, words=read.WORDS, proofs=read.PROOFS,
        form=form,
    ), form.status  # fmt: skip


def _signed_page(viewer: Any, slug: str, code: str, signature: str) -> AttendeePage | EventPage:
    """What the QR code of a ticket says; one that we did not sign names nothing. A void one of ours is told apart."""
    if not signed(code, signature):
        raise NotFound
    page = registration_page(viewer, slug=slug)
    return page if read.void_code(page.event.id, code) else attendee_page(viewer, slug, code)


@bp.get("/events/<slug>/check-in/<code>/<signature>")
@access(_signed_page, by(may_check_in))
def scanned(page: AttendeePage | EventPage) -> tuple[str, int]:
    """The phone's own camera opens this; nothing happens before the button is pressed."""
    if isinstance(page, AttendeePage):
        return _person(page)
    return render_template("registration/void.html", page=page, event=page.event), 410


@bp.post("/events/<slug>/check-in/<code>")
@access(attendee_page, by(may_check_in))
def confirm(page: AttendeePage) -> Any:
    try:
        desk.check_in(page.attendee, actor=page.viewer.actor, at=g.now)
        notice(_l("%(name)s is checked in.", name=page.attendee.name.both))
    except Invalid as error:
        notice(str(error), "warning")
    return back(".person", slug=page.event.slug, code=page.attendee.code)


@bp.route("/events/<slug>/check-in/<code>/details", methods=["GET", "POST"])
@access(attendee_page, by(may_check_in))
def mend(page: AttendeePage) -> Any:
    """The desk names people and mends misspelt names."""
    row = page.attendee
    form, answers = DetailsForm(data=values_of(row)), Answers(page.event.id, row.answers)
    if form.validate_on_submit() and answers.fit(form):
        new, version = details_of(form, answers), form.seen_version
        if form.attempt(
            lambda: changing.change_details(
                row, new, by_desk=True, version=version, actor=page.viewer.actor, at=g.now
            )
        ):  # fmt: skip
            notice(_l("Saved."))
            return back(".person", slug=page.event.slug, code=row.code)
    return render_template(
        "registration/details.html", page=page, event=page.event, attendee=row, form=form, answers=answers, desk=True
    ), (422 if form.form_errors else form.status)


@bp.get("/events/<slug>/check-in/<code>/proof")
@access(proof_page, by(may_check_in))
def proof(page: ProofPage) -> Response:
    """The file, for as long as nobody has judged it."""
    if page.proof.file is None:
        raise NotFound
    return send(page.proof.file, name=f"proof-{page.proof.attendee.code}", inline=True)


@bp.post("/events/<slug>/check-in/<code>/proof/accept")
@access(proof_page, by(may_check_in))
def accept_proof(page: ProofPage) -> Any:
    proofs.accept(page.proof, actor=page.viewer.actor, at=g.now)
    notice(_l("The proof is accepted, and its file is deleted."))
    return back(".person", slug=page.event.slug, code=page.proof.attendee.code)


@bp.post("/events/<slug>/check-in/<code>/proof/refuse")
@access(proof_page, by(may_check_in))
def refuse_proof(page: ProofPage) -> Any:
    form = RefuseForm()
    row, found, stop = page.proof.attendee, page.proof, form.stop.data == "stop"
    if form.validate_on_submit() and form.attempt(
        lambda: proofs.refuse(
            found, page.event, form.reason.data, stop=stop, version=form.seen_version or None,
            actor=page.viewer.actor, at=g.now,
        )
    ):  # fmt: skip
        notice(_l("The proof is refused, its file is deleted, and %(name)s is told by mail.", name=row.name.both))
        return back(".person", slug=page.event.slug, code=row.code)
    return _person(AttendeePage(page.event, page.standing, row), form)
