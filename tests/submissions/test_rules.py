"""Every rule over the whole table of standings, states and phases of the call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from confsys.core.decisions import Allow, Deny
from confsys.core.stages import Phase, Window
from confsys.core.viewer import Viewer
from confsys.events.standing import EventStanding
from confsys.events.states import Blindness, EventState, Feature, Role, StageKind
from confsys.submissions import rules
from confsys.submissions.standing import PaperStanding
from confsys.submissions.states import SubmissionState

AT = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
CALLS = {
    Phase.UNSET: {},
    Phase.BEFORE: {StageKind.CALL: Window(AT + DAY, AT + 2 * DAY, AT + 3 * DAY)},
    Phase.OPEN: {StageKind.CALL: Window(AT - DAY, AT + DAY, AT + 2 * DAY)},
    Phase.GRACE: {StageKind.CALL: Window(AT - 2 * DAY, AT - DAY, AT + DAY)},
    Phase.CLOSED: {StageKind.CALL: Window(AT - 3 * DAY, AT - 2 * DAY, AT - DAY)},
}
S = SubmissionState
WHO = {
    "stranger": {},
    "author": {"is_author": True, "conflicted": True},
    "contact": {"is_author": True, "is_contact": True, "conflicted": True},
    "organiser": {"role": Role.ORGANISER},
    "chair": {"role": Role.CHAIR},
    "track chair": {"role": Role.TRACK_CHAIR},
    "track chair elsewhere": {"role": Role.TRACK_CHAIR, "tracks": {9}},
    "publication chair": {"role": Role.PUBLICATION_CHAIR},
    "conflicted chair": {"role": Role.CHAIR, "conflicted": True},
    "author and chair": {"role": Role.CHAIR, "is_author": True, "is_contact": True, "conflicted": True},
    "reviewer": {"role": Role.REVIEWER},
    "treasurer": {"role": Role.TREASURER},
}
STAFF = {"organiser", "chair", "track chair", "publication chair"}
WRITERS = {"contact", "author and chair"}
READERS = WRITERS | {"author"}


def standing(who: str, state: S = S.SUBMITTED, phase: Phase = Phase.OPEN, **changed) -> PaperStanding:
    given = dict(WHO[who])
    role, tracks = given.pop("role", None), given.pop("tracks", set())
    event = EventStanding(
        viewer=changed.get("viewer", Viewer(person_id=1)), event_id=1,
        state=changed.get("event_state", EventState.PUBLIC),
        features=frozenset(changed.get("features", [f.value for f in Feature])), blindness=Blindness.DOUBLE,
        windows=CALLS[phase], at=AT, roles=frozenset({role} if role else ()), tracks=frozenset(tracks),
    )  # fmt: skip
    return PaperStanding(event, 1, state, 1, **given)


def allowed(rule, **changed) -> set[str]:
    return {who for who in WHO if rule(standing(who, **changed))}


@pytest.mark.parametrize("state", S)
def test_who_reads_as_author_and_as_staff(state: S) -> None:
    assert allowed(rules.may_read_as_author, state=state) == READERS
    assert allowed(rules.may_read_as_staff, state=state) == (set() if state is S.DRAFT else STAFF)
    assert allowed(rules.may_read_files, state=state) == READERS | (set() if state is S.DRAFT else STAFF)


@pytest.mark.parametrize(("state", "phase"), list(product(S, Phase)))
def test_who_edits_and_submits(state: S, phase: Phase) -> None:
    open_door = phase in {Phase.OPEN, Phase.GRACE} and state in {S.DRAFT, S.SUBMITTED}
    assert allowed(rules.may_edit, state=state, phase=phase) == (WRITERS if open_door else set())
    assert allowed(rules.may_submit, state=state, phase=phase) == (WRITERS if open_door else set())


@pytest.mark.parametrize(("state", "phase"), list(product(S, Phase)))
def test_who_withdraws_discards_and_brings_back(state: S, phase: Phase) -> None:
    assert allowed(rules.may_discard, state=state, phase=phase) == (WRITERS if state is S.DRAFT else set())
    leaving = WRITERS if state in {S.SUBMITTED, S.ACCEPTED} else set()
    assert allowed(rules.may_withdraw, state=state, phase=phase) == leaving
    back = set()
    if state is S.WITHDRAWN:
        back = {"organiser", "chair", "publication chair"}
        back |= WRITERS if phase in {Phase.OPEN, Phase.GRACE} else set()
    assert allowed(rules.may_revive, state=state, phase=phase) == back


def test_who_corrects() -> None:
    assert allowed(rules.may_correct) == {"organiser", "chair", "publication chair"}
    assert allowed(rules.may_correct, state=S.DRAFT) == set()


@pytest.mark.parametrize("phase", Phase)
def test_a_paper_is_started_until_the_due_date(phase: Phase) -> None:
    answer = rules.may_start(standing("stranger", phase=phase).event)
    assert bool(answer) is (phase is Phase.OPEN)
    assert isinstance(answer, Allow) or (answer.who_can and not answer.hidden)


def test_a_visitor_is_asked_to_sign_in_and_a_draft_event_does_not_exist() -> None:
    visitor = rules.may_start(standing("stranger", viewer=Viewer()).event)
    assert isinstance(visitor, Deny)
    assert not visitor.hidden
    hidden = rules.may_start(standing("stranger", event_state=EventState.DRAFT).event)
    assert isinstance(hidden, Deny)
    assert hidden.hidden
    off = rules.may_start(standing("stranger", features=()).event)
    assert isinstance(off, Deny)
    assert off.hidden


def test_who_sees_the_lists_and_imports() -> None:
    on_event = {who: standing(who).event for who in WHO}
    lists = {who for who, here in on_event.items() if rules.may_list(here)}
    assert lists == STAFF | {"track chair elsewhere", "conflicted chair", "author and chair"}
    imports = {who for who, here in on_event.items() if rules.may_import(here)}
    assert imports == {"organiser", "chair", "conflicted chair", "author and chair"}
    assert imports == {who for who, here in on_event.items() if rules.may_set_rules(here)}


def test_a_refusal_to_a_stranger_is_the_same_as_for_a_paper_that_is_not_there() -> None:
    asked = (
        rules.may_edit,
        rules.may_withdraw,
        rules.may_revive,
        rules.may_discard,
        rules.may_read_as_staff,
        rules.may_correct,
    )
    for who, state in product(("stranger", "reviewer", "treasurer", "conflicted chair"), S):
        for rule in asked:
            answer = rule(standing(who, state=state))
            assert isinstance(answer, Deny)
            assert answer.hidden


def test_a_chair_without_the_second_factor_is_nobody() -> None:
    assert not rules.may_read_as_staff(standing("chair", viewer=Viewer(person_id=1, complete=False)))
