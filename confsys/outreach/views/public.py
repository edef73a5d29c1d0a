"""What everybody sees: the calendar, an activity, calendar files."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, g, render_template, request, url_for

from confsys.core import ics
from confsys.core.access import access, public
from confsys.core.decisions import Decision
from confsys.core.formatting import tx
from confsys.core.i18n import gettext as _
from confsys.core.viewer import Viewer
from confsys.outreach import rules
from confsys.outreach.calendar import Month, month_of
from confsys.outreach.context import ActivityPage, activity_page, society_zone
from confsys.outreach.models import Activity
from confsys.outreach.queries import activities, media
from confsys.outreach.states import ActivityState
from confsys.outreach.views.blueprint import bp
from confsys.outreach.words import ACTIVITY_STATES, GROUPS, KINDS, MODES, SHIFT_STATES, THEME_DAYS


def _seen(page: ActivityPage) -> Decision:
    return rules.may_see_activity(page.standing)


def _zone() -> ZoneInfo:
    return ZoneInfo(society_zone())


@bp.get("/")
@public
def front(viewer: Viewer) -> str:
    group = request.args.get("group", "")
    group = group if group in {g.value for g in GROUPS} else ""
    return render_template(
        "outreach/front.html", coming=activities.coming(g.now, group=group), past=activities.past(g.now), group=group,
        groups=GROUPS, kinds=KINDS, zone=society_zone(), office=rules.is_office(viewer), states=ACTIVITY_STATES,
    )  # fmt: skip


@bp.get("/calendar")
@public
def calendar(_viewer: Viewer) -> str:
    """One month as a picture; the same days stand below as a list."""
    month: Month = month_of(request.args.get("month", ""), g.now.astimezone(_zone()).date())
    found = activities.between(*month.span(_zone()))
    days: dict[int, list[Activity]] = {}
    for activity in found:
        days.setdefault(activity.starts_at.astimezone(_zone()).day, []).append(activity)
    return render_template(
        "outreach/calendar.html", month=month, days=days, found=found, zone=society_zone(), kinds=KINDS,
        states=ACTIVITY_STATES,
    )  # fmt: skip


def _entry(activity: Activity) -> ics.Entry:
    return ics.Entry(
        uid=f"outreach-{activity.id}@{request.host}", starts_at=activity.starts_at, ends_at=activity.ends_at,
        summary=tx(activity.title), changed_at=activity.created_at, sequence=activity.version,
        description=tx(activity.summary), location=", ".join(filter(None, [tx(activity.place), tx(activity.city)])),
        url=url_for("outreach.activity", activity=activity.slug, _external=True),
        cancelled=activity.state is ActivityState.CANCELLED,
    )  # fmt: skip


def _file(name: str, found: list[Activity]) -> Response:
    calendar = ics.Calendar(name=_("Science for everybody"), zone=society_zone(), entries=[_entry(a) for a in found])
    response = Response(ics.written(calendar), content_type=ics.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@bp.get("/calendar.ics")
@public
def calendar_file(_viewer: Viewer) -> Response:
    """The last months and the next year, to subscribe to."""
    at: datetime = g.now
    return _file("outreach", activities.between(at - timedelta(days=90), at + timedelta(days=366)))


@bp.get("/activities/<activity>")
@access(activity_page, _seen)
def activity(page: ActivityPage) -> str:
    found = page.activity
    return render_template(
        "outreach/activity.html", page_of=page, activity=found, experts=activities.expert_names(found),
        book=rules.may_book(page.standing), help=rules.may_offer_help(page.standing), zone=society_zone(), kinds=KINDS,
        modes=MODES, groups=[GROUPS[g] for g in GROUPS if g.value in found.target_groups], themes=THEME_DAYS,
        states=ACTIVITY_STATES, shift_states=SHIFT_STATES, office=rules.is_office(page.viewer),
        media=media.of_activity(found) if found.state is not ActivityState.DRAFT else media.Media(),
    )  # fmt: skip


@bp.get("/activities/<activity>.ics")
@access(activity_page, _seen)
def activity_file(page: ActivityPage) -> Response:
    return _file(page.activity.slug, [page.activity])
