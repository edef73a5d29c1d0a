"""What people say about themselves."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for

from confsys.accounts.forms import (
    RELATIONS,
    AffiliationForm,
    BibtexForm,
    EmailForm,
    EndAffiliationForm,
    ProfileForm,
    RelationForm,
    zones,
)
from confsys.accounts.models import Person
from confsys.accounts.operations import emails as email_operations
from confsys.accounts.operations import profile as operations
from confsys.accounts.operations.publications import import_publications, remove_publication
from confsys.accounts.queries.profile import affiliations_of, organisations_like, publications_of, relations_of
from confsys.accounts.rules import only_me
from confsys.accounts.states import RelationKind
from confsys.accounts.views.blueprint import bp, myself
from confsys.accounts.views.opening import suggest_latin
from confsys.core import limits
from confsys.core.access import access, signed_in, viewer_only
from confsys.core.actor import Actor
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.i18n import ngettext
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer, current_viewer


def _actor() -> Actor:
    return current_viewer().actor


def _mine(_viewer: Viewer, **address: int) -> tuple[Person | None, dict[str, int]]:
    return myself(_viewer), address


def _only_mine(subject: tuple[Person | None, dict[str, int]]) -> Any:
    return only_me(subject[0])


@bp.route("/account", methods=["GET", "POST"])
@access(myself, only_me)
def profile(person: Person) -> Any:
    form = ProfileForm(
        data={
            "native": person.native, "given": person.given, "family": person.family, "country": person.country,
            "zone": person.zone, "locale": person.locale, "orcid": person.orcid or "", "version": person.version,
            "expertise": "\n".join(person.expertise), **pair_of("biography", person.biography),
        }
    )  # fmt: skip
    suggested = suggest_latin(form) if form.is_submitted() else False
    if not suggested and form.validate_on_submit():
        told = operations.Profile(
            form.name, country=(form.country.data or "").upper(), zone=form.zone.data, locale=form.locale.data,
            orcid=form.orcid.data or "", expertise=form.expertise_words, biography=localized(form, "biography"),
        )  # fmt: skip
        if form.attempt(
            lambda: operations.edit_profile(person, told, version=form.seen_version, actor=_actor(), at=g.now)
        ):
            notice(_("Your profile is saved."))
            return back(".profile")
    page = render_template(
        "accounts/profile.html", form=form, person=person, zones=zones(), suggested=suggested
    )  # fmt: skip
    return page, 422 if suggested else form.status


@bp.route("/account/emails", methods=["GET", "POST"])
@limits.on_post(limits.ACCOUNT)
@access(myself, only_me)
def emails(person: Person) -> Any:
    form = EmailForm()
    if form.validate_on_submit() and form.attempt(
        lambda: email_operations.add_email(person, form.address.data, actor=_actor(), at=g.now)
    ):
        notice(_("We sent a link to %(address)s. Open it to confirm the address.", address=form.address.data))
        return back(".emails")
    return render_template("accounts/emails.html", form=form, person=person), form.status


@bp.post("/account/emails/<int:row>/primary")
@access(_mine, _only_mine)
def make_primary(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    email_operations.make_primary(person, address["row"], actor=_actor(), at=g.now)
    notice(_("Mail now goes to this address."))
    return back(".emails")


@bp.post("/account/emails/<int:row>/remove")
@access(_mine, _only_mine)
def remove_email(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    email_operations.remove_email(person, address["row"], actor=_actor(), at=g.now)
    notice(_("The address is removed."))
    return back(".emails")


@bp.route("/account/affiliations", methods=["GET", "POST"])
@access(myself, only_me)
def affiliations(person: Person) -> Any:
    form = AffiliationForm()
    if form.validate_on_submit() and form.attempt(
        lambda: operations.add_affiliation(
            person, form.organisation.data, position=form.position.data, starts_on=form.starts_on.data,
            ends_on=form.ends_on.data, actor=_actor(), at=g.now,
        )
    ):  # fmt: skip
        notice(_("The affiliation is added."))
        return back(".affiliations")
    page = render_template("accounts/affiliations.html", form=form, affiliations=affiliations_of(person.id))
    return page, form.status


@bp.post("/account/affiliations/<int:row>/end")
@access(_mine, _only_mine)
def end_affiliation(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    form = EndAffiliationForm()
    if form.validate():
        operations.end_affiliation(person, address["row"], form.ends_on.data, actor=_actor(), at=g.now)
        notice(_("Saved."))
    return back(".affiliations")


@bp.post("/account/affiliations/<int:row>/remove")
@access(_mine, _only_mine)
def remove_affiliation(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    operations.remove_affiliation(person, address["row"], actor=_actor(), at=g.now)
    notice(_("The affiliation is removed."))
    return back(".affiliations")


@bp.get("/organisations/suggestions")
@access(viewer_only, signed_in)
def suggest_organisations(_viewer: Viewer) -> str:
    typed = next((value for value in request.args.values() if value), "")
    found = [{"value": row.name.in_(_viewer.locale), "note": str(row.country)} for row in organisations_like(typed)]
    return render_template("partials/suggestions.html", suggestions=found)


@bp.route("/account/publications", methods=["GET", "POST"])
@access(myself, only_me)
def publications(person: Person) -> Any:
    form = BibtexForm()
    if form.validate_on_submit():
        upload = form.file.data
        text = upload.read(3_000_000).decode("utf-8", "replace") if upload else form.bibtex.data or ""
        done = form.attempt(lambda: import_publications(person, text, actor=_actor(), at=g.now))
        if done is not None:
            notice(
                ngettext("%(num)d publication was added.", "%(num)d publications were added.", done.added)
                + (" " + _("%(number)s were here already.", number=done.known) if done.known else "")
            )
            if not done.unreadable:
                return back(".publications")
            return _publications_page(person, BibtexForm(formdata=None), done.unreadable)
    return _publications_page(person, form), form.status


def _publications_page(person: Person, form: BibtexForm, unreadable: Any = ()) -> str:
    rows = publications_of(person.id)
    return render_template("accounts/publications.html", form=form, publications=rows, unreadable=unreadable)


@bp.post("/account/publications/<int:row>/remove")
@access(_mine, _only_mine)
def drop_publication(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    remove_publication(person, address["row"], actor=_actor(), at=g.now)
    notice(_("The publication is removed."))
    return back(".publications")


@bp.route("/account/relations", methods=["GET", "POST"])
@access(myself, only_me)
def relations(person: Person) -> Any:
    form = RelationForm()
    if form.validate_on_submit():
        tie = operations.Tie(
            RelationKind(form.kind.data), form.name.data or "", form.address.data or "", form.starts_on.data,
            form.ends_on.data,
        )  # fmt: skip
        if form.attempt(lambda: operations.add_relation(person, tie, actor=_actor(), at=g.now)):
            notice(_("The relation is added. It is used only to keep reviews fair."))
            return back(".relations")
    rows = relations_of(person.id)
    return render_template("accounts/relations.html", form=form, relations=rows, kinds=RELATIONS), form.status


@bp.post("/account/relations/<int:row>/remove")
@access(_mine, _only_mine)
def drop_relation(subject: tuple[Person, dict[str, int]]) -> Any:
    person, address = subject
    operations.remove_relation(person, address["row"], actor=_actor(), at=g.now)
    notice(_("The relation is removed."))
    return back(".relations")


def account_tabs() -> list[dict[str, Any]]:
    """The parts of one's own account."""
    parts = [
        (".profile", _("Profile")),
        (".emails", _("E-mail")),
        (".affiliations", _("Affiliations")),
        (".publications", _("Publications")),
        (".relations", _("Relations")),
        (".security", _("Security")),
    ]
    here = request.endpoint or ""
    return [
        {"label": label, "href": url_for("accounts" + name), "active": here == "accounts" + name}
        for name, label in parts
    ]
