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


A = AssignmentState
ASSIGNMENT_TRANSITIONS: dict[AssignmentState, frozenset[AssignmentState]] = {
    A.PROPOSED: frozenset({A.RELEASED, A.CANCELLED}),
    A.RELEASED: frozenset({A.DECLINED, A.CANCELLED}),
    A.DECLINED: frozenset({A.PROPOSED, A.RELEASED}),
    A.CANCELLED: frozenset({A.PROPOSED}),
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
