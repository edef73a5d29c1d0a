"""The words above the pages of this room: one row for members, one for the office."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from confsys.core.i18n import gettext as _
from confsys.core.viewer import current_viewer
from confsys.members.context import MemberPage
from confsys.members.rules import may_hold_card, may_read_as_member


def member_tabs(page: MemberPage) -> list[dict[str, Any]]:
    parts = [("members.mine", _("Your membership")), ("members.benefits", _("Benefits"))]
    parts.append(("members.show_directory", _("Directory")))
    parts.append(("members.bodies", _("Branches and committees")))
    parts.append(("members.suggestions", _("Suggestions")))
    parts.append(("members.budget", _("Budget")))
    if may_read_as_member(page.standing):
        parts.append(("members.survey", _("Survey")))
    if may_hold_card(page.standing):
        parts.insert(1, ("members.consent", _("What others see")))
    return _tabs(parts)


def office_tabs() -> list[dict[str, Any]]:
    """The treasurer keeps the budget and nothing else of the office."""
    if "secretary" not in current_viewer().site_roles:
        return _tabs([("membership_office.budgets", _("Budget"))])
    return _tabs(
        [
            ("membership_office.members", _("Members")),
            ("membership_office.applications", _("Applications")),
            ("membership_office.dues", _("Dues")),
            ("membership_office.tiers", _("Classes")),
            ("membership_office.bodies", _("Bodies and offices")),
            ("membership_office.suggestions_desk", _("Suggestions")),
            ("membership_office.surveys", _("Surveys")),
            ("membership_office.budgets", _("Budget")),
        ]
    )


#: Pages under a word of the row: the word stays marked on them.
_UNDER = {
    "members.bodies": "/membership/bodies",
    "members.suggestions": "/membership/suggestions",
    "membership_office.bodies": "/office/membership/bodies",
    "membership_office.budgets": "/office/membership/budgets",
    "membership_office.surveys": "/office/membership/surveys",
}


def _is(name: str) -> bool:
    below = _UNDER.get(name)
    return request.endpoint == name or (below is not None and request.path.startswith(below))


def _tabs(parts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"label": label, "href": url_for(name), "active": _is(name)} for name, label in parts]
