"""The public benchmark: the evaluator on published schedules, and what the engine proves at once."""

from dataclasses import replace

import pytest

from confsys.programme.solver import (
    Instance,
    Level,
    Schedule,
    Status,
    evaluate,
    explain,
    load_json,
    read_instance,
    read_schedule,
    repair,
    solve,
    write_schedule,
)
from confsys.programme.solver.data.instance import Ban
from tests.shared import shared

REEVALUATED = {
    "N2OR.exact": 2,
    "N2OR.extended": 2,
    "GECCO20.exact": 6298,
    "GECCO20.extended": 7768,
    "GECCO21.exact": 11280,
    "GECCO21.extended": 11130,
    "OR60F.exact": 1664,
    "OR60F.extended": 433,
}


def _instance(name: str) -> Instance:
    return read_instance(load_json(shared(f"data/scheduling/instances/{name}.json"), "instance"))


def _published(name: str, instance: Instance) -> Schedule:
    path = shared(f"data/scheduling/published-solutions/{name}.solution.json")
    return read_schedule(load_json(path, "solution"), instance)


@pytest.mark.parametrize(("name", "value"), REEVALUATED.items())
def test_published_schedules_have_their_reevaluated_value(name: str, value: int) -> None:
    instance = _instance(name.split(".")[0])
    report = evaluate(instance, _published(name, instance))
    assert report.objective == value
    assert report.feasible


def test_the_terms_of_a_published_schedule() -> None:
    instance = _instance("GECCO20")
    report = evaluate(instance, _published("GECCO20.exact", instance))
    points = {rule: count * instance.weight(rule) for rule, count in report.counts.items() if count}
    assert sum(points.values()) == report.objective
    assert points == {
        rule: sum(case.amount for case in report.cases if case.rule == rule) * instance.weight(rule) for rule in points
    }


def test_a_schedule_survives_writing_and_reading() -> None:
    instance = _instance("GECCO21")
    schedule = _published("GECCO21.extended", instance)
    assert read_schedule(write_schedule(instance, schedule), instance) == schedule


def test_n2or_is_solved_to_proof() -> None:
    instance = _instance("N2OR")
    result = solve(instance, seconds=30)
    assert result.status is Status.OPTIMAL
    assert result.report is not None
    assert (result.report.objective, result.gap) == (1, 0)
    assert result.schedule is not None
    assert evaluate(instance, result.schedule).objective == 1


def test_one_worker_and_a_seed_give_the_same_schedule() -> None:
    instance = _instance("N2OR")
    results = [solve(instance, seconds=60, workers=1, seed=7) for _ in range(2)]
    assert results[0].schedule == results[1].schedule
    assert all(result.reproducible for result in results)


def test_two_submissions_that_both_need_the_same_session_are_named() -> None:
    """The known contradiction of GECCO20: one presenter, two tracks, one possible session."""
    hard = {"submissions_sessions": Level.HARD, "presenter_conflicts_session": Level.HARD}
    instance = replace(_instance("GECCO20"), levels=hard)
    explanation = explain(instance, seconds=60)
    assert explanation.status is Status.IMPOSSIBLE
    assert explanation.minimal
    clash = [claim for claim in explanation.conflict if claim.rule == "presenter_conflicts_session"]
    assert len(clash) == 1
    tracks = {instance.items[item].track for item in clash[0].items}
    assert len(tracks) == 2
    assert {claim.items[0] for claim in explanation.conflict if len(claim.items) == 1} == set(clash[0].items)


def test_one_lost_session_moves_one_submission() -> None:
    instance = _instance("GECCO20")
    old = _published("GECCO20.exact", instance)
    place = old[0]
    assert place is not None
    changed = replace(instance, bans=(Ban(frozenset({0}), frozenset({place.session})),))
    result = repair(changed, old, alternatives=1, seconds=60)
    (first,) = result.alternatives
    assert first.moved == (0,)
    assert first.least
    assert first.report.feasible
