"""Who fits a need, and why."""

from __future__ import annotations

from confsys.forum.matching import Helper, Wanted, ranked

WANTED = Wanted("Cracks in cast iron", "测量 and corrosion", "Sensors fail within a month in salt water.")


def test_the_field_weighs_most_and_reasons_say_so() -> None:
    found = ranked(WANTED, [
        Helper(1, ["sensors"], []), Helper(2, ["corrosion of steel"], []), Helper(3, ["cast iron"], []),
        Helper(4, ["poetry"], []),
    ])  # fmt: skip
    assert [fit.id for fit in found] == [3, 2, 1]
    assert [fit.why[0] for fit in found] == [("title", "cast iron"), ("field", "corrosion of steel"),
                                            ("problem", "sensors")]  # fmt: skip


def test_chinese_fields_are_found_without_a_dictionary() -> None:
    (fit,) = ranked(WANTED, [Helper(1, ["精密测量技术"], [])])
    assert fit.why[0] == ("field", "精密测量技术")


def test_of_equals_the_freer_one_comes_first_and_only_that_one_is_called_free() -> None:
    found = ranked(WANTED, [Helper(1, ["corrosion"], [], busy=2), Helper(2, ["corrosion"], [])])
    assert [fit.id for fit in found] == [2, 1]
    assert [("free", "") in fit.why for fit in found] == [True, False]


def test_what_the_profile_says_counts_too_and_once() -> None:
    (fit,) = ranked(WANTED, [Helper(1, ["corrosion"], ["Corrosion", "cast iron"])])
    assert fit.why == (("field", "corrosion"), ("known", "cast iron"), ("free", ""))
