"""Who may do what, over every standing; above all what somebody may not do."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from confsys.core.decisions import Deny
from confsys.core.stages import Window
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Blindness, EventState, FieldAudience, Role, StageKind
from confsys.reviewing import rules
from confsys.reviewing.standing import ReviewStanding, reads
from confsys.reviewing.states import AssignmentState, ReviewState
from confsys.submissions.standing import PaperStanding
from confsys.submissions.states import SubmissionState

AT = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = Window(AT - DAY, AT + DAY, AT + DAY)
CLOSED = Window(AT - 3 * DAY, AT - DAY, AT - DAY)
BEFORE = Window(AT + DAY, AT + 2 * DAY, AT + 2 * DAY)


def event(*roles: Role, tracks: frozenset[int] = frozenset(), **values: Any) -> EventStanding:
    given: dict[str, Any] = {
        "viewer": Viewer(person_id=1), "event_id": 1, "state": EventState.PUBLIC, "features": frozenset({"reviewing"}),
        "blindness": Blindness.DOUBLE, "windows": {}, "at": AT, "roles": frozenset(roles), "tracks": tracks,
    }  # fmt: skip
    return EventStanding(**{**given, **values})


def standing(*roles: Role, event_values: dict[str, Any] | None = None, **values: Any) -> ReviewStanding:
    paper = {key: values.pop(key) for key in ("is_author", "conflicted", "state", "track_id") if key in values}
    given: dict[str, Any] = {"submission_id": 5, "state": SubmissionState.SUBMITTED, "track_id": None, **paper}
    return ReviewStanding(PaperStanding(event=event(*roles, **(event_values or {})), **given), **values)


RELEASED = {"assignment": AssignmentState.RELEASED}
SUBMITTED = {**RELEASED, "review": ReviewState.SUBMITTED}

PAPER_RULES = [
    rules.may_open_review, rules.may_write_review, rules.may_decline, rules.may_read_reviews,
    rules.may_know_reviewers, rules.may_decide,
]  # fmt: skip


@pytest.mark.parametrize("rule", PAPER_RULES)
@pytest.mark.parametrize("role", [Role.CHAIR, Role.TRACK_CHAIR, Role.ORGANISER, Role.REVIEWER])
@pytest.mark.parametrize("bar", [{"conflicted": True}, {"is_author": True}])
@pytest.mark.parametrize("own", [{}, RELEASED, SUBMITTED])
def test_whom_a_conflict_bars_is_a_stranger_whatever_else_they_are(rule: Any, role: Role, bar: Any, own: Any) -> None:
    answer = rule(standing(role, Role.REVIEWER, **bar, **own))
    assert isinstance(answer, Deny)
    assert answer.hidden


@pytest.mark.parametrize("rule", PAPER_RULES)
@pytest.mark.parametrize("state", [SubmissionState.DRAFT, SubmissionState.WITHDRAWN])
def test_drafts_and_withdrawn_papers_are_not_under_review(rule: Any, state: SubmissionState) -> None:
    answer = rule(standing(Role.CHAIR, state=state, **SUBMITTED))
    assert isinstance(answer, Deny)
    assert answer.hidden


@pytest.mark.parametrize("rule", PAPER_RULES)
@pytest.mark.parametrize(
    "own", [{}, {"assignment": AssignmentState.DECLINED}, {"assignment": AssignmentState.CANCELLED}]
)
def test_a_reviewer_without_this_paper_sees_nothing_of_it(rule: Any, own: Any) -> None:
    answer = rule(standing(Role.REVIEWER, **own))
    assert isinstance(answer, Deny)
    assert answer.hidden


def test_an_organiser_keeps_the_committee_but_reads_no_reviews() -> None:
    assert rules.may_build_committee(event(Role.ORGANISER))
    assert not rules.may_chair_reviews(event(Role.ORGANISER))
    assert not rules.may_read_reviews(standing(Role.ORGANISER))
    assert not rules.may_decide(standing(Role.ORGANISER))


def test_a_track_chair_decides_only_in_the_own_tracks() -> None:
    of_one = {"tracks": frozenset({1})}
    assert rules.may_decide(standing(Role.TRACK_CHAIR, event_values=of_one, track_id=1))
    assert not rules.may_decide(standing(Role.TRACK_CHAIR, event_values=of_one, track_id=2))
    answer = rules.may_steer_reviews(event(Role.TRACK_CHAIR, **of_one))
    assert isinstance(answer, Deny)
    assert not answer.hidden


@pytest.mark.parametrize(
    ("windows", "own", "allowed"),
    [
        ({}, RELEASED, True),
        ({StageKind.REVIEW: OPEN}, RELEASED, True),
        ({StageKind.REVIEW: BEFORE}, RELEASED, False),
        ({StageKind.REVIEW: CLOSED}, RELEASED, False),
        ({StageKind.REVIEW: CLOSED}, SUBMITTED, False),
        ({StageKind.REVIEW: CLOSED, StageKind.DISCUSSION: OPEN}, SUBMITTED, True),
        ({StageKind.REVIEW: CLOSED, StageKind.DISCUSSION: OPEN}, RELEASED, False),
        ({StageKind.REVIEW: OPEN}, {**SUBMITTED, "told": True}, False),
    ],
)
def test_when_a_review_can_be_written(windows: Any, own: Any, allowed: bool) -> None:
    answer = rules.may_write_review(standing(Role.REVIEWER, event_values={"windows": windows}, **own))
    assert bool(answer) is allowed
    if not allowed:
        assert isinstance(answer, Deny)
        assert not answer.hidden
        assert answer.reason


def test_the_grace_of_the_review_stage_lets_a_late_save_pass() -> None:
    grace = Window(AT - 2 * DAY, AT - DAY, AT + DAY)
    assert rules.may_write_review(
        standing(Role.REVIEWER, event_values={"windows": {StageKind.REVIEW: grace}}, **RELEASED)
    )


def test_others_reviews_open_with_the_own_submitted_one_not_with_a_draft() -> None:
    draft = {**RELEASED, "review": ReviewState.DRAFT}
    assert not rules.may_read_reviews(standing(Role.REVIEWER, **RELEASED))
    assert not rules.may_read_reviews(standing(Role.REVIEWER, **draft))
    assert rules.may_read_reviews(standing(Role.REVIEWER, **SUBMITTED))
    assert not rules.may_read_reviews(standing(Role.REVIEWER, **SUBMITTED, share_reviews=False))


def test_authors_read_only_what_was_released() -> None:
    assert not rules.may_read_reviews(standing(is_author=True, conflicted=True))
    assert not rules.may_read_decision(standing(is_author=True, conflicted=True))
    told = standing(is_author=True, conflicted=True, told=True)
    assert rules.may_read_reviews(told)
    assert rules.may_read_decision(told)
    assert not rules.may_know_reviewers(told)


def test_a_reviewer_declines_until_the_review_is_in() -> None:
    late = {"windows": {StageKind.REVIEW: CLOSED}}
    assert rules.may_decline(standing(Role.REVIEWER, event_values=late, **RELEASED))
    assert not rules.may_decline(standing(Role.REVIEWER, **SUBMITTED))


ASSIGNMENTS = [None, *AssignmentState]
REVIEWS = [None, *ReviewState]


def every_standing() -> list[ReviewStanding]:
    roles = [(), (Role.REVIEWER,), (Role.CHAIR,), (Role.TRACK_CHAIR,), (Role.ORGANISER,), (Role.CHAIR, Role.REVIEWER)]
    flags = list(itertools.product([False, True], repeat=3))
    return [
        standing(*role, event_values={"blindness": blindness}, assignment=a, review=r, is_author=author,
                 conflicted=author or conflicted, told=told)
        for role in roles for a in ASSIGNMENTS for r in REVIEWS for blindness in Blindness
        for author, conflicted, told in flags
    ]  # fmt: skip


def test_who_may_know_a_reviewer_may_know_of_the_review() -> None:
    for each in every_standing():
        if rules.may_know_reviewers(each):
            assert rules.may_read_reviews(each)


def test_in_double_blind_no_reviewer_knows_an_author() -> None:
    for each in every_standing():
        if each.event.blindness is Blindness.DOUBLE and each.knows_authors:
            assert each.paper.is_author or each.paper.is_paper_staff
        if each.knows_authors and not each.paper.is_author:
            assert not each.paper.conflicted


def test_confidential_fields_never_reach_authors() -> None:
    for each in every_standing():
        if each.paper.is_author:
            assert not reads(each.audience, FieldAudience.REVIEWERS)
            assert not reads(each.audience, FieldAudience.CHAIRS)
    assert reads(FieldAudience.CHAIRS, FieldAudience.REVIEWERS)
    assert not reads(FieldAudience.REVIEWERS, FieldAudience.CHAIRS)


@pytest.mark.parametrize(
    ("windows", "allowed"),
    [
        ({}, False),
        ({StageKind.BIDDING: OPEN}, True),
        ({StageKind.BIDDING: BEFORE}, False),
        ({StageKind.BIDDING: CLOSED}, False),
    ],
)
def test_when_bids_are_taken(windows: Any, allowed: bool) -> None:
    assert bool(rules.may_bid(event(Role.REVIEWER, windows=windows))) is allowed
    assert not rules.may_bid(event(Role.CHAIR, windows=windows))
