"""Closed sets of peer review, and which change of state may follow which."""

import enum


class BidValue(enum.StrEnum):
    WANT = "want"
    CAN = "can"
    RATHER_NOT = "rather_not"


class AssignmentState(enum.StrEnum):
    """``proposed`` is seen by chairs only; reviewers learn of it when it is released."""

    PROPOSED = "proposed"
    RELEASED = "released"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    #: Passed on to somebody outside the committee, who holds an assignment of their own.
    DELEGATED = "delegated"


A = AssignmentState
ASSIGNMENT_TRANSITIONS: dict[AssignmentState, frozenset[AssignmentState]] = {
    A.PROPOSED: frozenset({A.RELEASED, A.CANCELLED}),
    A.RELEASED: frozenset({A.DECLINED, A.CANCELLED, A.DELEGATED}),
    A.DECLINED: frozenset({A.PROPOSED, A.RELEASED}),
    A.CANCELLED: frozenset({A.PROPOSED}),
    A.DELEGATED: frozenset({A.RELEASED, A.CANCELLED}),
}


class DelegationState(enum.StrEnum):
    """A reviewer asks; a chair approves, and only then the person outside is written to."""

    ASKED = "asked"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


D = DelegationState
DELEGATION_TRANSITIONS: dict[DelegationState, frozenset[DelegationState]] = {
    D.ASKED: frozenset({D.INVITED, D.REFUSED, D.WITHDRAWN}),
    D.INVITED: frozenset({D.ACCEPTED, D.DECLINED, D.REFUSED, D.WITHDRAWN}),
    D.ACCEPTED: frozenset(),
    D.DECLINED: frozenset(),
    D.REFUSED: frozenset(),
    D.WITHDRAWN: frozenset(),
}


class ReviewState(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class RunState(enum.StrEnum):
    """An assignment run is computed, looked at, and then applied or thrown away."""

    COMPUTING = "computing"
    READY = "ready"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    APPLIED = "applied"
    DISCARDED = "discarded"


R = RunState
RUN_TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    R.COMPUTING: frozenset({R.READY, R.INFEASIBLE, R.FAILED, R.DISCARDED}),
    R.READY: frozenset({R.APPLIED, R.DISCARDED}),
    R.INFEASIBLE: frozenset({R.DISCARDED}),
    R.FAILED: frozenset({R.DISCARDED}),
    R.APPLIED: frozenset({R.READY}),
    R.DISCARDED: frozenset(),
}


class Outcome(enum.StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
