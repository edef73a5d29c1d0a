"""Bad input is refused in one sentence that names the field and the item."""

from typing import Any

import pytest

from confsys.programme.solver import InputError, Place, read_instance, read_schedule, write_schedule

from .small import Json, cells, grid, talk

CELLS, GRID = cells([talk("p")]), grid([talk("p")])


def _with(data: Json, **more: Any) -> Json:
    return {**data, **more}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "instance: must be a JSON object"),
        (_with(GRID, format="confsched-9"), "format: must be 'confsched-1'"),
        (_with(GRID, sessions=[]), "either 'sessions'"),
        (_with(GRID, zone="Mars/Olympus"), "zone: 'Mars/Olympus' is not an IANA time zone"),
        (_with(GRID, rooms=[]), "rooms: there is no room"),
        (_with(GRID, rooms=["A", "A"]), "rooms[1]: there is already a room 'A'"),
        (
            _with(GRID, days=[{"date": "2026-7-1", "start": "9:00", "end": "10:00"}]),
            "days[0].date: '2026-7-1'",
        ),
        (_with(GRID, days=[{"date": "2026-07-10", "start": "9", "end": "10:00"}]), "days[0].start: '9'"),
        (
            _with(GRID, days=[{"date": "2026-03-29", "start": "02:30", "end": "10:00"}]),
            "days[0].start: 2026-03-29 02:30 does not exist in Europe/Berlin",
        ),
        (
            _with(GRID, days=[{"date": "2026-07-10", "start": "09:00", "end": "09:33"}]),
            "not a multiple of the grid",
        ),
        (_with(GRID, submissions=[{"id": "p"}]), "submissions[0] (p): needs its length"),
        (
            _with(GRID, submissions=[{"id": "p", "slots": 1.5}]),
            "submissions[0] (p).slots: must be a whole number",
        ),
        (
            _with(GRID, submissions=[{"id": "p", "slots": True}]),
            "submissions[0] (p).slots: must be a whole number",
        ),
        (
            _with(GRID, submissions=[{"id": "p", "slots": 99}]),
            "submissions[0] (p).slots: 99 slots are more than any day",
        ),
        (
            _with(GRID, submissions=[talk("p"), talk("p")]),
            "submissions[1] (p): there is already a submission 'p'",
        ),
        (_with(GRID, submissions=[talk("p", "X")]), "submissions[0] (p).track: there is no track 'X'"),
        (
            _with(GRID, submissions=[talk("p", after=["q"])]),
            "submissions[0] (p).after[0]: there is no submission 'q'",
        ),
        (_with(GRID, submissions=[talk("p", after=["p"])]), "wait for each other in a circle"),
        (
            _with(CELLS, submissions=[{"id": "p", "slots": 1}]),
            "submissions[0] (p): the field 'track' is missing",
        ),
        (
            _with(CELLS, submissions=[talk("p", session_penalty={"S9": 1})]),
            "session_penalty.S9: there is no session",
        ),
        (
            _with(CELLS, submissions=[talk("p", minutes=20)]),
            "submissions[0] (p).minutes: can only be used where",
        ),
        (_with(CELLS, weights={"presenters": 1}), "weights.presenters: there is no rule of that name"),
        (_with(CELLS, weights={"seats": -1}), "weights.seats: -1 is not between"),
        (_with(CELLS, levels={"seats": "loud"}), "levels.seats: 'loud' is none of hard, strong"),
        (
            _with(CELLS, levels={"submissions_order": "hard"}),
            "levels.submissions_order: this rule can only be",
        ),
        (
            _with(CELLS, levels={"wishes": "nice"}),
            "levels.wishes: this rule is not for instances with sessions",
        ),
        (
            _with(CELLS, similar_tracks=[["T", "T", 1]]),
            "similar_tracks[0]: a track cannot be similar to itself",
        ),
        (_with(CELLS, similar_tracks=[["T", 1]]), "similar_tracks[0]: must be two tracks and a penalty"),
        (_with(CELLS, pins=[{"submission": "p"}]), "pins[0]: says neither when nor where"),
        (
            _with(CELLS, pins=[{"submission": "p", "session": "S1", "slot": 7}]),
            "pins[0].slot: 'S1' has only 2 slots",
        ),
        (_with(CELLS, pins=[{"day": "2026-07-09"}]), "pins[0].day: there is no day '2026-07-09'"),
        (
            _with(GRID, pins=[{"submission": "p", "start": "2026-07-10T09:02"}]),
            "pins[0].start: does not lie on the grid",
        ),
        (
            _with(GRID, pins=[{"submission": "p", "start": "2026-07-10T12:00"}]),
            "pins[0].start: lies outside every day",
        ),
        (_with(GRID, bans=[{"submission": "p"}]), "bans[0]: says neither when nor where"),
        (
            _with(GRID, breaks=[{"from": "2026-07-10T10:00", "to": "2026-07-10T09:00"}]),
            "breaks[0]: ends before it starts",
        ),
        (
            _with(GRID, people=[{"id": "ann", "away": [["2026-07-10T09:00"]]}]),
            "people[0] (ann).away[0]: must be two",
        ),
        (
            _with(GRID, people=[{"id": "ann", "remote_zone": "Nowhere"}]),
            "people[0] (ann).remote_zone: 'Nowhere'",
        ),
    ],
)
def test_bad_instances_are_refused_with_their_address(data: Any, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_instance(data)
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"session": "S9", "room": "A", "slots": []}, "cells[0].session: there is no session 'S9'"),
        (
            {"session": "S1", "room": "A", "slots": ["x", None]},
            "cells[0].slots[0]: there is no submission 'x'",
        ),
        ({"session": "S1", "room": "A", "slots": ["p", None, "p"]}, "needs 1 consecutive slots"),
        ({"session": "S1", "room": "A", "slots": [None, None, "p"]}, "ends after the session's 2 slots"),
        ({"session": "S1", "room": "A", "track": "U", "slots": ["p"]}, "belongs to track 'T', not 'U'"),
    ],
)
def test_bad_schedules_are_refused_with_their_address(cell: Json, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_schedule({"cells": [cell]}, read_instance(CELLS))
    assert words in str(caught.value)


def test_a_submission_cannot_be_in_two_cells() -> None:
    twice = [{"session": s, "room": "A", "slots": ["p"]} for s in ("S1", "S2")]
    with pytest.raises(InputError, match="submission 'p' appears twice"):
        read_schedule({"cells": twice}, read_instance(CELLS))


def test_what_nobody_understands_is_remarked() -> None:
    data = _with(GRID, rooms=[{"id": "A", "chairs": 3}], colour="red")
    assert read_instance(data).remarks == ("rooms[0] (A).chairs", "colour")


def test_an_older_schedule_is_read_as_far_as_it_goes() -> None:
    """A cancelled submission and a lost room leave gaps, not errors."""
    old = {
        "items": [
            {"id": "gone", "room": "A", "start": "2026-07-10T09:00"},
            {"id": "p", "room": "lost", "start": "2026-07-10T09:00"},
        ]
    }
    assert read_schedule(old, read_instance(GRID), outdated=True) == (None,)
    with pytest.raises(InputError, match="there is no submission 'gone'"):
        read_schedule(old, read_instance(GRID))


def test_grid_times_carry_their_offset_through_the_change_of_clocks() -> None:
    """In the night of 25 October 2026 the hour from 02:00 comes twice in Berlin."""
    days = [{"date": "2026-10-25", "start": "00:00", "end": "06:00"}]
    instance = read_instance(grid([talk("p")], days=days))
    assert instance.sessions[0].slots == 7 * 12
    schedule = (Place(0, 0, 3 * 12 + 6),)
    written = write_schedule(instance, schedule)
    assert written["items"][0]["start"] == "2026-10-25T02:30+01:00"
    assert read_schedule(written, instance) == schedule


def test_minutes_become_slots_of_the_grid() -> None:
    sessions = [{"id": "S1", "date": "2026-07-10", "start": "09:00", "end": "10:30"}]
    instance = read_instance(cells([talk("p", minutes=25)], sessions=sessions))
    assert (instance.sessions[0].slots, instance.items[0].slots) == (18, 5)
