"""Certificates of volunteers' hours: taken by the volunteer or the office, checked by whoever holds one."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone, viewer_only
from confsys.core.decisions import Decision, allow_if
from confsys.core.errors import Invalid
from confsys.core.files import send
from confsys.core.limits import limiter
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.models import Volunteer, VolunteerCertificate
from confsys.outreach.operations import certifying
from confsys.outreach.printing import certificate_file
from confsys.outreach.queries import volunteers
from confsys.outreach.views.blueprint import bp


def _is_volunteer(viewer: Viewer) -> Decision:
    return allow_if(viewer.signed_in and volunteers.of_person(viewer.person_id) is not None)


@bp.post("/volunteer/certificate")
@access(viewer_only, _is_volunteer)
def certify_mine(viewer: Viewer) -> Any:
    mine = volunteers.of_person(viewer.person_id)
    if mine is None:
        raise NotFound
    return _certified(mine, viewer, ".volunteer")


def _volunteer(viewer: Viewer, volunteer_id: int) -> tuple[Viewer, Volunteer]:
    found = volunteers.by_id(volunteer_id)
    if found is None:
        raise NotFound
    return viewer, found


@bp.post("/office/volunteers/<int:volunteer_id>/certificate")
@access(_volunteer, lambda subject: rules.may_run(subject[0]))
def certify(subject: tuple[Viewer, Volunteer]) -> Any:
    """The office issues it for somebody who cannot do it alone."""
    viewer, volunteer = subject
    return _certified(volunteer, viewer, ".roster")


def _certified(volunteer: Volunteer, viewer: Viewer, otherwise: str) -> Any:
    try:
        made = certifying.certify(volunteer, actor=viewer.actor, at=g.now)
    except Invalid as error:
        notice(str(error), "warning")
        return back(otherwise)
    return send(certificate_file(made), name=f"{made.number}.pdf")


def _certificate(viewer: Viewer, number: str) -> tuple[Viewer, VolunteerCertificate]:
    found = volunteers.certificate(number)
    if found is None:
        raise NotFound
    return viewer, found


def _own_certificate(subject: tuple[Viewer, VolunteerCertificate]) -> Decision:
    viewer, made = subject
    mine = volunteers.of_person(viewer.person_id)
    return allow_if((mine is not None and mine.id == made.volunteer_id) or rules.is_office(viewer))


@bp.get("/volunteer/certificates/<number>.pdf")
@access(_certificate, _own_certificate)
def certificate(subject: tuple[Viewer, VolunteerCertificate]) -> Response:
    made = subject[1]
    return send(certificate_file(made), name=f"{made.number}.pdf", inline=True)


def _checked(_viewer: Viewer, code: str) -> tuple[str, VolunteerCertificate | None]:
    return code, volunteers.certificate_by_code(code)


@bp.get("/certificates/<code>")
@limiter.limit("60 per minute")
@access(_checked, anyone)
def certificate_checked(found: tuple[str, VolunteerCertificate | None]) -> tuple[str, int]:
    code, made = found
    page = render_template("outreach/certificate.html", certificate=made, code=code)
    return page, 200 if made else 404
