"""Branches and committees: who serves in them today, and who did before."""

from __future__ import annotations

from flask import render_template
from werkzeug.exceptions import NotFound

from confsys.core.access import access, anyone
from confsys.core.viewer import Viewer
from confsys.members.context import MemberPage, member_page
from confsys.members.models import Body
from confsys.members.queries import bodies as read
from confsys.members.views.blueprint import bp
from confsys.members.words import BODY_KINDS


@bp.get("/bodies")
@access(member_page, anyone)
def bodies(page: MemberPage) -> str:
    found = [body for body in read.bodies() if body.stands(page.day)]
    groups = [(word, [body for body in found if body.kind is kind]) for kind, word in BODY_KINDS.items()]
    return render_template("members/bodies.html", page=page, groups=[group for group in groups if group[1]])


def _body(viewer: Viewer, key: str) -> tuple[MemberPage, Body]:
    page, found = member_page(viewer), read.body(key)
    if found is None:
        raise NotFound
    return page, found


@bp.get("/bodies/<key>")
@access(_body, anyone)
def body(subject: tuple[MemberPage, Body]) -> str:
    page, found = subject
    return render_template("members/body.html", page=page, body=found, kinds=BODY_KINDS)
