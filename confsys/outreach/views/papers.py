"""An accepted paper becomes a talk for everybody: the author says when and for whom, the office announces it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, render_template

from confsys.core.access import access
from confsys.core.decisions import HIDDEN, Decision, Deny, allow_if
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.pages import back, notice
from confsys.outreach.context import society_zone
from confsys.outreach.forms import PublicTalkForm, chosen
from confsys.outreach.operations import activities as operations
from confsys.outreach.operations.activities import Plan
from confsys.outreach.queries import activities
from confsys.outreach.states import ActivityKind
from confsys.outreach.views.blueprint import bp
from confsys.submissions.context import PaperPage, paper_page
from confsys.submissions.states import SubmissionState

#: A talk to the public is short; the office can make it longer.
LASTS = timedelta(minutes=90)
AHEAD = timedelta(days=30)


def _author_of_accepted(page: PaperPage) -> Decision:
    if not page.standing.is_author or page.submission.state is not SubmissionState.ACCEPTED:
        return HIDDEN
    made = activities.of_papers([page.submission.id])
    return allow_if(not made, Deny(_l("There is a public talk about this paper already.")))


@bp.route("/papers/<slug>/<int:number>/talk", methods=["GET", "POST"])
@access(paper_page, _author_of_accepted)
def talk_of_paper(page: PaperPage) -> Any:
    paper, zone = page.submission, ZoneInfo(society_zone())
    begins = (g.now + AHEAD).astimezone(zone).replace(hour=14, minute=0, second=0, tzinfo=None)
    form = PublicTalkForm(data={"starts_at": begins, **pair_of("title", paper.title)})
    if form.validate_on_submit():
        starts_at = form.starts_at.data.replace(tzinfo=zone)
        plan = Plan(
            kind=ActivityKind.LECTURE, target_groups=chosen(form, "target_groups"), starts_at=starts_at,
            ends_at=starts_at + LASTS, title=localized(form, "title"), summary=localized(form, "summary"),
            city=localized(form, "city"), place=localized(form, "place"),
        )  # fmt: skip
        made = form.attempt(
            lambda: operations.plan_activity(
                plan, person_ids=[page.viewer.person_id or 0], submission_id=paper.id, actor=page.viewer.actor, at=g.now
            )
        )
        if made:
            notice(_l("Thank you. The outreach office looks at it and announces it."))
            return back("submissions.record", slug=page.event.slug, number=paper.number)
    return render_template(
        "outreach/talk.html", form=form, paper=paper, event=page.event, zone=society_zone()
    ), form.status
