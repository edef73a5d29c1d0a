"""What must hold for any instance: feasible schedules, true bounds, kept pins, seeds that repeat."""

from hypothesis import HealthCheck, given, settings

from confsys.programme.solver import Evaluator, Place, Pricer, Status, read_instance, solve

from .small import Json, best_cost, cell_instances, grid_instances

QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def _check_against_all(data: Json) -> None:
    """Compare with every schedule there is: the proofs are true and the reports are the evaluator's."""
    instance = read_instance(data)
    result = solve(instance, seconds=20, workers=1, parallel_rooms=len(instance.rooms))
    best = best_cost(instance)
    if best is None:
        assert result.status is Status.IMPOSSIBLE
        return
    assert result.schedule is not None
    assert result.report is not None
    assert result.status is Status.OPTIMAL
    judged = Evaluator(instance).report(result.schedule)
    assert judged == result.report
    assert judged.counts["pins"] == 0
    assert judged.cost == (0, *best)
    assert result.bound == best


@QUICK
@given(data=cell_instances())
def test_cells_find_and_prove_what_trying_everything_finds(data: Json) -> None:
    _check_against_all(data)


@QUICK
@given(data=grid_instances())
def test_grid_finds_and_proves_what_trying_everything_finds(data: Json) -> None:
    _check_against_all(data)


@QUICK
@given(data=grid_instances())
def test_the_same_seed_gives_the_same_grid_schedule(data: Json) -> None:
    instance = read_instance(data)
    one, other = (solve(instance, seconds=20, workers=1, seed=3) for _ in range(2))
    assert one.schedule == other.schedule
    assert one.reproducible


def _check_prices(data: Json) -> None:
    """The price of a place is what the evaluator says after the move, wherever both are valid."""
    instance = read_instance(data)
    schedule = solve(instance, seconds=20, workers=1, parallel_rooms=2).schedule
    if schedule is None:
        return
    judge = Evaluator(instance)
    before = judge.report(schedule)
    for price in Pricer(instance).prices(schedule, 0):
        if price.change is None:
            continue
        moved = list(schedule)
        if price.swap is not None:
            moved[price.swap] = schedule[0]
        moved[0] = Place(*price.place)
        after = judge.report(tuple(moved))
        if before.feasible and after.feasible:
            assert price.change == tuple(b - a for a, b in zip(before.cost, after.cost, strict=True))
        else:
            assert price.change[0] > 0


@QUICK
@given(data=cell_instances())
def test_prices_in_cells_are_differences_of_reports(data: Json) -> None:
    _check_prices(data)


@QUICK
@given(data=grid_instances())
def test_prices_on_the_grid_are_differences_of_reports(data: Json) -> None:
    _check_prices(data)
