"""Words and tones for the closed sets of this room."""

from __future__ import annotations

from confsys.core.i18n import lazy_gettext as _l
from confsys.reviewing.states import AssignmentState, BidValue, DelegationState, Outcome, ReviewState, RunState

BID_WORDS = {
    BidValue.WANT: _l("want to review"),
    BidValue.CAN: _l("can review"),
    BidValue.RATHER_NOT: _l("rather not"),
}

ASSIGNMENT_WORDS = {
    AssignmentState.PROPOSED: _l("proposed"),
    AssignmentState.RELEASED: _l("given out"),
    AssignmentState.DECLINED: _l("declined"),
    AssignmentState.CANCELLED: _l("taken back"),
    AssignmentState.DELEGATED: _l("passed on"),
}
ASSIGNMENT_TONES = {
    AssignmentState.PROPOSED: "draft",
    AssignmentState.RELEASED: "open",
    AssignmentState.DECLINED: "closed",
    AssignmentState.CANCELLED: "closed",
    AssignmentState.DELEGATED: "closed",
}

DELEGATION_WORDS = {
    DelegationState.ASKED: _l("waits for a chair"),
    DelegationState.INVITED: _l("asked, not answered yet"),
    DelegationState.ACCEPTED: _l("accepted"),
    DelegationState.DECLINED: _l("declined"),
    DelegationState.REFUSED: _l("refused by the chairs"),
    DelegationState.WITHDRAWN: _l("withdrawn"),
}

REVIEW_WORDS = {ReviewState.DRAFT: _l("draft"), ReviewState.SUBMITTED: _l("submitted")}
REVIEW_TONES = {ReviewState.DRAFT: "waiting", ReviewState.SUBMITTED: "done"}

OUTCOME_WORDS = {Outcome.ACCEPT: _l("accept"), Outcome.REJECT: _l("reject")}
OUTCOME_TONES = {Outcome.ACCEPT: "done", Outcome.REJECT: "closed"}

RUN_WORDS = {
    RunState.COMPUTING: _l("being computed"),
    RunState.READY: _l("ready to look at"),
    RunState.INFEASIBLE: _l("no assignment possible"),
    RunState.FAILED: _l("stopped by an error"),
    RunState.APPLIED: _l("applied"),
    RunState.DISCARDED: _l("thrown away"),
}
RUN_TONES = {
    RunState.COMPUTING: "open",
    RunState.READY: "waiting",
    RunState.INFEASIBLE: "wrong",
    RunState.FAILED: "wrong",
    RunState.APPLIED: "done",
    RunState.DISCARDED: "closed",
}

#: How an accepted paper is presented. Empty: left open.
PRESENTATIONS = {
    "oral": _l("oral presentation"),
    "poster": _l("poster"),
    "workshop": _l("workshop"),
}

#: What an assignment run is to be best at; see docs/reviewers.md.
OBJECTIVES = {
    "total": _l("the greatest sum of scores"),
    "fair": _l("no paper below a common floor, then the greatest sum"),
    "leximin": _l("the worst served paper first, then the next"),
    "randomised": _l("by lottery, so that nobody can be sure of a paper; nearly all of the sum stays"),
}

#: Kinds of bids that stand out; see ``reviewers.collusion``.
SUSPICION_WORDS = {
    "mutual": _l("want each other’s papers"),
    "ring": _l("want each other’s papers in a circle"),
    "group": _l("a group wants each other’s papers"),
    "target": _l("the first wants only the second’s papers"),
    "far": _l("wants papers far from the own writing"),
}

#: What stands against a reviewer for a paper; see ``matching.explaining.Beside``.
AGAINST_WORDS = {
    "wrote": _l("is an author"),
    "conflict": _l("has a conflict of interest"),
    "declined": _l("declined this paper"),
    "track": _l("serves another track"),
    "none": _l("takes no papers"),
    "full": _l("has as many papers as they may take"),
    "place_of": _l("works where another reviewer of the paper does"),
    "returns": _l("wrote a paper that an author of this one reviews"),
    "": _l("could be given; the whole is better otherwise"),
}
