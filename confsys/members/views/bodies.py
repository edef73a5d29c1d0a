"""Branches and committees, and who serves in them today."""

from __future__ import annotations

from flask import render_template

from confsys.core.access import access, anyone
from confsys.members.context import MemberPage, member_page
from confsys.members.queries.bodies import bodies as all_bodies
from confsys.members.views.blueprint import bp
from confsys.members.words import BODY_KINDS


@bp.get("/bodies")
@access(member_page, anyone)
def bodies(page: MemberPage) -> str:
    found = [body for body in all_bodies() if body.dissolved_on is None or body.dissolved_on > page.day]
    groups = [(word, [body for body in found if body.kind is kind]) for kind, word in BODY_KINDS.items()]
    return render_template("members/bodies.html", page=page, groups=[group for group in groups if group[1]])
