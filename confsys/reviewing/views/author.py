"""What authors read once the decision on their paper is released."""

from __future__ import annotations

from flask import render_template

from confsys.core.access import access
from confsys.core.i18n import current_locale
from confsys.reviewing import rules
from confsys.reviewing.context import ReviewPage, by_review, review_page
from confsys.reviewing.queries.reviews import reviews_for
from confsys.reviewing.states import Outcome
from confsys.reviewing.views.blueprints import verdicts
from confsys.reviewing.wording import OUTCOME_TONES, PRESENTATIONS


@verdicts.get("/<int:number>/decision")
@access(review_page, by_review(rules.may_read_decision))
def decision(page: ReviewPage) -> str:
    """Decision, comment and reviews; of the decision only what was told, not what chairs think of since."""
    told = page.decision.told if page.decision else {}
    outcome = Outcome(told["outcome"])
    return render_template(
        "reviewing/decision.html", event=page.event, paper=page.submission, outcome=outcome,
        tone=OUTCOME_TONES[outcome], presentation=PRESENTATIONS.get(told["presentation"], ""), comment=told["comment"],
        reviews=reviews_for(page.standing, page.event.id, current_locale()),
    )  # fmt: skip
