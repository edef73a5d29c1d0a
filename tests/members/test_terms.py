"""Terms and numbers: the arithmetic, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.core.viewer import Viewer
from confsys.members import rules
from confsys.members.numbers import MemberNumber, parsed
from confsys.members.reminders import step_on
from confsys.members.standing import MemberStanding
from confsys.members.states import MembershipState, Period
from confsys.members.terms import Span, TermRule, later_by, next_span, state_on

YEAR = TermRule(Period.ROLLING, 12, grace_days=60, opens_days=90)
CALENDAR = TermRule(Period.CALENDAR, 12, rollover=(10, 1))
LAST = Span(date(2025, 3, 1), date(2026, 2, 28), date(2026, 4, 29))


def test_the_number_has_eleven_characters_and_is_read_back() -> None:
    number = MemberNumber("A06", 3010001, "M")
    assert str(number) == "A063010001M"
    assert parsed(" a06 3010001 m ") == number
    assert parsed("Ａ０６3010001M") == number


@pytest.mark.parametrize("text", ["A063010001", "0063010001M", "A06301000MM", "A060000000M", "A0630100012M"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"A06|006"):
        parsed(text)


@pytest.mark.parametrize(
    ("paid", "starts", "ends"),
    [
        ("2025-12-01", "2026-03-01", "2027-02-28"),  # early: from the old end
        ("2026-02-28", "2026-03-01", "2027-02-28"),  # on the last day
        ("2026-04-29", "2026-03-01", "2027-02-28"),  # the last day of grace: no gap
        ("2026-04-30", "2026-04-30", "2027-04-29"),  # lapsed: a new beginning
    ],
)
def test_a_renewal_goes_on_from_the_old_end_while_the_member_counts(paid: str, starts: str, ends: str) -> None:
    span = next_span(YEAR, date.fromisoformat(paid), LAST)
    assert (span.starts_on.isoformat(), span.ends_on.isoformat()) == (starts, ends)


@pytest.mark.parametrize(
    ("paid", "ends"), [("2026-01-01", "2026-12-31"), ("2026-09-30", "2026-12-31"), ("2026-10-01", "2027-12-31")]
)
def test_a_calendar_term_may_roll_over(paid: str, ends: str) -> None:
    assert next_span(CALENDAR, date.fromisoformat(paid), None).ends_on == date.fromisoformat(ends)


def test_a_calendar_renewal_is_one_year_and_no_rollover() -> None:
    last = next_span(CALENDAR, date(2026, 1, 10), None)
    assert next_span(CALENDAR, date(2026, 11, 20), last).ends_on == date(2027, 12, 31)


def test_a_shorter_month_ends_on_its_last_day() -> None:
    assert later_by(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later_by(date(2026, 1, 31), 1) == date(2026, 2, 28)


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=8), st.integers(1, 36), st.integers(0, 200),
    st.sampled_from(list(Period)),
)  # fmt: skip
def test_terms_never_overlap_and_always_end(pauses: list[int], months: int, grace: int, period: Period) -> None:
    rule = TermRule(period, months if period is Period.ROLLING else 12, grace)
    last, day = None, date(2020, 1, 15)
    for pause in pauses:
        day += timedelta(days=pause)
        span = next_span(rule, day, last)
        assert span.starts_on <= span.ends_on <= span.grace_until
        if last is not None:
            assert span.starts_on > last.ends_on
            assert (span.starts_on == last.ends_on + timedelta(days=1)) == (
                day <= last.grace_until or day == last.ends_on + timedelta(days=1)
            )
        last = span


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-02-28", "current"), ("2026-03-01", "grace"), ("2026-04-29", "grace"), ("2026-04-30", "lapsed")],
)
def test_what_somebody_is_on_a_day(day: str, state: str) -> None:
    assert state_on(date.fromisoformat(day), LAST) is MembershipState(state)


def test_an_end_outranks_what_was_paid() -> None:
    assert state_on(date(2025, 6, 1), LAST, date(2025, 6, 1)) is MembershipState.ENDED
    assert state_on(date(2025, 5, 31), LAST, date(2025, 6, 1)) is MembershipState.CURRENT


@pytest.mark.parametrize(
    ("day", "open_"), [("2025-11-29", False), ("2025-11-30", True), ("2026-03-15", True), ("2027-01-01", True)]
)
def test_renew_shows_in_the_window_in_grace_and_after(day: str, open_: bool) -> None:
    assert bool(rules.may_renew(LAST, 90, date.fromisoformat(day))) is open_


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2026-01-13", ""), ("2026-01-15", "early"), ("2026-02-22", "last"), ("2026-03-01", "grace"),
        ("2026-05-01", "lapsed"),
    ],
)  # fmt: skip
def test_the_step_of_a_reminder(day: str, step: str) -> None:
    assert step_on(date.fromisoformat(day), LAST) == step


@pytest.mark.parametrize("state", [None, *MembershipState])
@pytest.mark.parametrize("applied", [False, True])
def test_who_may_apply_change_and_read(state: MembershipState | None, applied: bool) -> None:
    standing = MemberStanding(Viewer(person_id=1), state, applied)
    counts = state in {MembershipState.CURRENT, MembershipState.GRACE}
    assert bool(rules.may_read_as_member(standing)) is counts
    assert bool(rules.may_change_class(standing)) is (counts and not applied)
    assert bool(rules.may_apply(standing)) is (not applied and state in {None, MembershipState.LAPSED})
    assert bool(rules.may_hold_card(standing)) is (state is not None)


@pytest.mark.parametrize("role", ["admin", "treasurer", "", "secretary"])
def test_only_secretaries_run_the_office(role: str) -> None:
    standing = MemberStanding(Viewer(person_id=1, site_roles=frozenset({role})))
    assert bool(rules.may_run_office(standing)) is (role == "secretary")
    resting = MemberStanding(Viewer(person_id=1, site_roles=frozenset({role}), complete=False))
    assert not rules.may_run_office(resting)
