"""A place after it was ordered: mend, add to, hand on, take over, give up."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template, request

from confsys.core.access import access
from confsys.core.formatting import tx
from confsys.core.forms import Form, select_choices
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.names import PersonName
from confsys.core.pages import back, notice
from confsys.events.answers import check, choices, typed
from confsys.events.queries.parts import form_fields
from confsys.events.states import FormKind
from confsys.payments.models import Order
from confsys.registration.context import AttendeePage, ClaimPage, attendee_page, claim_page, claimant, holder
from confsys.registration.forms import ConfirmForm, DetailsForm, ExtrasForm, HandOnForm
from confsys.registration.operations import changing
from confsys.registration.operations.changing import Details
from confsys.registration.options import RegistrationOptions
from confsys.registration.queries import catalogue, giving_up
from confsys.registration.states import AttendeeState
from confsys.registration.views.basket import currency
from confsys.registration.views.blueprint import bp


class Answers:
    """The event's own questions for one place around a request."""

    def __init__(self, event_id: int, stored: dict[str, Any]) -> None:
        self.fields = form_fields(event_id, FormKind.REGISTRATION)
        self.typed = typed(self.fields, request.form) if request.method == "POST" else dict(stored)
        self.wrong: dict[str, str] = {}
        self.choices = choices

    def fit(self, form: Form) -> bool:
        """Judge them; what is wrong stands at its field and on top."""
        checked = check(self.fields, self.typed)
        self.wrong = {**checked.wrong, **checked.missing}
        labels = {row.key: tx(row.label) for row in self.fields}
        form.form_errors += [
            _("%(label)s: %(sentence)s", label=labels[key], sentence=text) for key, text in self.wrong.items()
        ]
        self.kept = checked.answers
        return not self.wrong


def name_in(form: Any) -> PersonName:
    return PersonName(form.given.data or "", form.family.data or "", form.native.data or "")


def details_of(form: DetailsForm, answers: Answers) -> Details:
    return Details(name_in(form), form.email.data or "", form.organisation.data or "", answers.kept)


@bp.route("/events/<slug>/registration/tickets/<code>/details", methods=["GET", "POST"])
@access(attendee_page, holder)
def details(page: AttendeePage) -> Any:
    row = page.attendee
    form, answers = DetailsForm(data=values_of(row)), Answers(page.event.id, row.answers)
    named = request.method == "GET" or bool(name_in(form))
    fit = form.validate_on_submit() and (not named or answers.fit(form))
    if fit:
        if not named:
            answers.kept = {}
        saved = form.attempt(
            lambda: changing.change_details(
                row, details_of(form, answers), version=form.seen_version, actor=page.viewer.actor, at=g.now
            )
        )
        if saved:
            notice(_l("Saved."))
            return back(".ticket", slug=page.event.slug, code=row.code)
    return render_template(
        "registration/details.html", page=page, event=page.event, attendee=row, form=form, answers=answers
    ), (422 if form.form_errors else form.status)


def values_of(row: Any) -> dict[str, Any]:
    names = ("given", "family", "native", "email", "organisation", "version")
    return {name: getattr(row, name) for name in names}


@bp.route("/events/<slug>/registration/tickets/<code>/extras", methods=["GET", "POST"])
@access(attendee_page, holder)
def extras(page: AttendeePage) -> Any:
    """Something besides, for a place that stands."""
    row = page.attendee
    has = {extra.ticket_id for extra in row.extras if extra.state is not AttendeeState.CANCELLED}
    offers = [
        offer for offer in catalogue.offers(page.event.id, currency(), g.now)
        if offer.is_addon and offer.on_sale and offer.id not in has and offer.left != 0
    ]  # fmt: skip
    form = ExtrasForm()
    locale = page.viewer.locale
    form.extras.choices = select_choices(
        (o.id, f"{tx(o.name)} ({_price(o, row.by_member).format(locale)})") for o in offers
    )
    if form.validate_on_submit():
        order = form.attempt(
            lambda: changing.add_extras(row, page.event, form.extras.data, actor=page.viewer.actor, at=g.now)
        )
        if isinstance(order, Order):
            return back("payments.order", code=order.code)
    return render_template(
        "registration/extras.html", page=page, event=page.event, attendee=row, form=form, offers=offers
    ), (422 if form.form_errors else form.status)


def _price(offer: catalogue.Offer, member: bool) -> Money:
    return min(offer.price, offer.member_price) if member and offer.member_price is not None else offer.price


@bp.route("/events/<slug>/registration/tickets/<code>/hand-on", methods=["GET", "POST"])
@access(attendee_page, holder)
def hand_on(page: AttendeePage) -> Any:
    """A colleague comes instead; the old code opens nothing from then on."""
    row, form = page.attendee, HandOnForm(data={"version": page.attendee.version})
    if form.validate_on_submit():
        name, email = name_in(form), form.email.data
        done = form.attempt(
            lambda: changing.hand_on(row, name, email, version=form.seen_version, actor=page.viewer.actor, at=g.now)
        )
        if done:
            notice(_l("Handed on. %(name)s gets a link by mail; the old code opens nothing any more.", name=name.both))
            return back(".show", slug=page.event.slug)
    return render_template("registration/hand_on.html", page=page, event=page.event, attendee=row, form=form), (
        422 if form.form_errors else form.status
    )


@bp.route("/events/<slug>/registration/tickets/<code>/give-up", methods=["GET", "POST"])
@access(attendee_page, holder)
def give_up(page: AttendeePage) -> Any:
    """What comes back is shown before anything happens."""
    row, form = page.attendee, ConfirmForm(data={"version": page.attendee.version})
    quote = giving_up.quote(row, page.event, g.now)
    if form.validate_on_submit():
        version = form.seen_version
        back_minor = form.attempt(
            lambda: changing.give_up(row, page.event, version=version, actor=page.viewer.actor, at=g.now)
        )
        if back_minor is not None:
            notice(_("The place is given up. What comes back: %(money)s.",
                     money=Money(back_minor, currency()).format(page.viewer.locale)))  # fmt: skip
            return back(".show", slug=page.event.slug)
    return render_template(
        "registration/give_up.html", page=page, event=page.event, attendee=row, form=form, quote=quote,
        rules=RegistrationOptions.of(page.event),
    ), (422 if form.form_errors else 200)  # fmt: skip


@bp.route("/registration/places/<token>", methods=["GET", "POST"])
@access(claim_page, claimant)
def claim(page: ClaimPage) -> Any:
    """Take a place over that somebody else paid. The link shows it; the button takes it, once."""
    row, viewer = page.attendee, page.viewer
    gone = row.code != page.made_for or row.claimed_at is not None or row.person_id is not None
    gone = gone or row.state not in {AttendeeState.HELD, AttendeeState.ACTIVE}
    mine = {"given": row.given or viewer.name.given, "family": row.family or viewer.name.family,
            "native": row.native or viewer.name.native, "email": viewer.email,
            "organisation": row.organisation}  # fmt: skip
    form, answers = DetailsForm(data=mine), Answers(page.event.id, row.answers)
    if not gone and form.validate_on_submit() and answers.fit(form):
        person_id = viewer.person_id or 0
        done = form.attempt(
            lambda: changing.claim(
                row, person_id, page.made_for, details_of(form, answers), actor=viewer.actor, at=g.now
            )
        )
        if done:
            flash(_("The place is yours."), "success")
            return back(".ticket", slug=page.event.slug, code=row.code)
    return render_template(
        "registration/claim.html", page=page, event=page.event, attendee=row, form=form, answers=answers, gone=gone,
        token=page.code,
    ), (422 if form.form_errors else form.status)  # fmt: skip
