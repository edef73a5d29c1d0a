"""What happened in peer review, as sentences for those who may read it."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, Lazy | str] = {
    "reviewing.profile": _l("changed a reviewing profile"),
    "reviewing.senior": _l("changed who counts as a senior reviewer"),
    "reviewing.assign": _l("proposed a reviewer for paper %(number)s"),
    "reviewing.table": _l("took a table of assignments in: %(proposed)s proposed, %(taken_back)s taken back"),
    "reviewing.take_back": _l("took a reviewer of paper %(number)s back"),
    "reviewing.release": _l("gave out papers: %(papers)s assignments to %(people)s reviewers"),
    "reviewing.decline": _l("declined to review paper %(number)s"),
    "reviewing.delegation_asked": _l("asked to pass paper %(number)s on"),
    "reviewing.delegation_approved": _l("let paper %(number)s be passed on"),
    "reviewing.delegation_refused": _l("refused to let paper %(number)s be passed on"),
    "reviewing.delegation_accepted": _l("took paper %(number)s over"),
    "reviewing.review_submitted": _l("submitted a review of paper %(number)s"),
    "reviewing.review_changed": _l("changed a submitted review of paper %(number)s"),
    "reviewing.decide": _l("decided on paper %(number)s"),
    "reviewing.decision_cleared": _l("took the decision on paper %(number)s back"),
    "reviewing.decisions_released": _l("released %(decisions)s decisions with %(letters)s letters"),
    "reviewing.letter": _l("changed a decision letter"),
    "reviewing.run": _l("asked for an assignment run"),
    "reviewing.run_applied": _l("applied an assignment run: %(created)s proposed, %(cancelled)s taken back"),
    "reviewing.run_undone": _l("took an assignment run back"),
    "reviewing.run_discarded": _l("threw an assignment run away"),
    "reviewing.remind": _l("reminded %(people)s reviewers"),
    "reviewing.form": _l("added a field to the review form"),
    "reviewing.imported": _l("imported %(reviews)s reviews"),
    "conflict.withdraw": _l("took a declared conflict of interest back"),
}
