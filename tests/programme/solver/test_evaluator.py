"""The rules beyond CoSPLib, each on a schedule made to break it."""

import pytest

from confsys.programme.solver import Place, evaluate, read_instance

from .small import Json, cells, grid, talk

PAIR = [talk("p", presenters=["ann"]), talk("q", presenters=["ann"])]
APART = (Place(0, 0, 0), Place(1, 0, 0))
TOGETHER = (Place(0, 0, 0), Place(0, 1, 0))


def _count(data: Json, schedule: tuple[Place | None, ...], rule: str) -> int:
    return evaluate(read_instance(data), schedule).counts[rule]


@pytest.mark.parametrize(
    ("rule", "data", "schedule", "count"),
    [
        ("placed", grid(PAIR), (None, Place(0, 0, 0)), 1),
        ("room_overlap", grid(PAIR), (Place(0, 0, 0), Place(0, 0, 0)), 1),
        ("room_overlap", grid(PAIR, rooms=[{"id": "A", "holds": 2}]), (Place(0, 0, 0), Place(0, 0, 0)), 0),
        ("room_overlap", grid(PAIR, rooms=[{"id": "A", "holds": 0}]), (Place(0, 0, 0), Place(0, 0, 0)), 0),
        (
            "room_overlap",
            grid(PAIR, rooms=[{"id": "A", "turnover_minutes": 10}]),
            (Place(0, 0, 0), Place(0, 0, 2)),
            1,
        ),
        (
            "room_overlap",
            grid(PAIR, rooms=[{"id": "A", "turnover_minutes": 10}]),
            (Place(0, 0, 0), Place(0, 0, 3)),
            0,
        ),
        ("people_clash", grid(PAIR), TOGETHER, 1),
        ("people_clash", grid(PAIR), APART, 0),
        ("people_clash", grid([talk("p", coauthors=["ann"]), talk("q", chairs=["ann"])]), TOGETHER, 1),
        ("people_clash", cells([talk("p", coauthors=["ann"]), talk("q", chairs=["ann"])]), TOGETHER, 1),
        ("people_clash", cells(PAIR), TOGETHER, 0),  # there, CoSPLib's own term counts it
        ("track_parallel", grid(PAIR), TOGETHER, 1),
        (
            "attendee_clash",
            grid([talk("p", attendees=["x", "y"]), talk("q", attendees=["y", "x"])]),
            TOGETHER,
            2,
        ),
        ("similar_parallel", grid([talk("p"), talk("q", "U")], similar_tracks=[["U", "T", 3]]), TOGETHER, 3),
        ("track_rooms", grid(PAIR), (Place(0, 0, 0), Place(0, 1, 1)), 1),
        ("track_rooms", grid(PAIR), (Place(0, 0, 0), Place(1, 1, 1)), 0),
        ("seats", grid([talk("p", expected=50)]), (Place(0, 1, 0),), 20),
        ("seats", grid([talk("p")], tracks=[{"id": "T", "expected": 31}]), (Place(0, 1, 0),), 1),
        ("equipment", grid([talk("p", equipment=["projector", "piano"])]), (Place(0, 1, 0),), 2),
        ("alone", grid([talk("p", alone=True), talk("q", "U")]), TOGETHER, 1),
        ("alone", cells([talk("p", alone=True), talk("q", "U")]), TOGETHER, 1),
        ("parts", grid([talk("p"), talk("q", after=["p"])]), (Place(0, 0, 1), Place(0, 0, 0)), 1),
        ("parts", grid([talk("p"), talk("q", after=["p"])]), (Place(0, 0, 0), Place(0, 0, 1)), 0),
        ("parts", cells([talk("p"), talk("q", after=["p"])]), TOGETHER, 1),
        ("walking", grid(PAIR, walking=[["A", "B", 10]]), (Place(0, 0, 0), Place(0, 1, 2)), 1),
        ("walking", grid(PAIR, walking=[["A", "B", 10]]), (Place(0, 0, 0), Place(0, 1, 3)), 0),
        ("walking", cells(PAIR, walking=[["A", "B", 40]]), (Place(0, 0, 0), Place(1, 1, 0)), 1),
        ("wishes", grid([talk("p", session_penalty={"D1": 2}, room_penalty={"A": 3})]), (Place(0, 0, 0),), 5),
        (
            "room_closed",
            grid([talk("p")], breaks=[{"from": "2026-07-10T09:00", "to": "2026-07-10T09:05", "rooms": ["A"]}]),
            (Place(0, 0, 0),),
            1,
        ),
        (
            "room_closed",
            grid([talk("p")], rooms=[{"id": "A", "open": [["2026-07-10T09:05", "2026-07-10T09:40"]]}]),
            (Place(0, 0, 0),),
            1,
        ),
        (
            "bans",
            grid([talk("p")], bans=[{"submission": "p", "day": "D1", "room": "A"}]),
            (Place(0, 0, 0),),
            1,
        ),
        ("bans", grid([talk("p")], bans=[{"track": "T", "room": "B"}]), (Place(0, 0, 0),), 0),
        (
            "bans",
            grid([talk("p")], bans=[{"submission": "p", "from": "2026-07-10T09:00", "to": "2026-07-10T09:10"}]),
            (Place(0, 0, 1),),
            1,
        ),
        ("pins", grid([talk("p")], pins=[{"track": "T", "room": "B"}]), (Place(0, 0, 0),), 1),
        ("pins", grid([talk("p")], pins=[{"submission": "p", "day": "2026-07-11"}]), (Place(0, 0, 0),), 1),
        (
            "pins",
            cells([talk("p")], pins=[{"submission": "p", "session": "S1", "slot": 1}]),
            (Place(0, 0, 0),),
            1,
        ),
        ("one_track", cells([talk("p"), talk("q", "U")]), (Place(0, 0, 0), Place(0, 0, 1)), 1),
    ],
)
def test_a_rule_counts_what_it_says(rule: str, data: Json, schedule: tuple[Place | None, ...], count: int) -> None:
    assert _count(data, schedule, rule) == count


def test_availability_is_by_item_on_the_grid_and_by_session_in_cells() -> None:
    away = [{"id": "ann", "away": [["2026-07-10T09:30", "2026-07-10T09:40"]]}]
    assert _count(grid(PAIR[:1], people=away), (Place(0, 0, 0),), "people_away") == 0
    assert _count(grid(PAIR[:1], people=away), (Place(0, 0, 6),), "people_away") == 1
    assert _count(cells(PAIR[:1], people=away), (Place(0, 0, 0),), "people_away") == 1


def test_a_track_chair_must_be_at_its_sessions() -> None:
    chairs = [{"id": "T", "chairs": ["bo"]}, {"id": "U"}]
    away = [{"id": "bo", "here": [["2026-07-11T00:00", "2026-07-12T00:00"]]}]
    data = cells([talk("p")], tracks=chairs, people=away)
    assert _count(data, (Place(0, 0, 0),), "people_away") == 1
    assert _count(data, (Place(2, 0, 0),), "people_away") == 0


def test_remote_hours_follow_the_speakers_own_summer_time() -> None:
    """Between the two changes of clocks in March, New York is only five hours behind Berlin."""
    remote = [{"id": "ann", "remote_zone": "America/New_York", "hours": ["04:00", "22:00"]}]
    days = [{"date": date, "start": "09:00", "end": "09:40"} for date in ("2026-03-09", "2026-04-09")]
    data = grid(PAIR[:1], people=remote, days=days)
    assert _count(data, (Place(0, 0, 0),), "remote_hours") == 0
    assert _count(data, (Place(1, 0, 0),), "remote_hours") == 1


def test_a_pin_that_breaks_a_rule_is_told_but_does_not_make_the_schedule_invalid() -> None:
    away = [{"id": "ann", "away": [["2026-07-10T09:00", "2026-07-10T10:00"]]}]
    pins = [{"submission": "p", "start": "2026-07-10T09:00", "room": "A"}]
    report = evaluate(read_instance(grid(PAIR[:1], people=away, pins=pins)), (Place(0, 0, 0),))
    assert report.feasible
    assert [case.rule for case in report.waived] == ["people_away"]


def test_a_broken_pin_never_excuses_itself() -> None:
    pins = [{"submission": "p", "start": "2026-07-10T09:00", "room": "A"}]
    report = evaluate(read_instance(grid(PAIR[:1], pins=pins)), (Place(1, 0, 0),))
    assert not report.feasible


def test_levels_decide_where_points_go() -> None:
    data = grid([talk("p", expected=50)], levels={"seats": "nice"}, weights={"seats": 3})
    assert evaluate(read_instance(data), (Place(0, 1, 0),)).cost == (0, 0, 60)
    data["levels"] = {"seats": "hard"}
    assert not evaluate(read_instance(data), (Place(0, 1, 0),)).feasible
    data["levels"] = {"seats": "off"}
    assert evaluate(read_instance(data), (Place(0, 1, 0),)).cost == (0, 0, 0)
