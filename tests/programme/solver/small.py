"""Small instances to test the timetable engine on, as the JSON a caller would write."""

from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import strategies as st

from confsys.programme.solver import Form, Instance, Place, Schedule, evaluate, read_instance

Json = dict[str, Any]
PEOPLE = ["ann", "bo", "chen", "dai"]


def cells(submissions: list[Json], **more: Any) -> Json:
    """Two days of one session each, two rooms, two tracks."""
    return {
        "format": "confsched-1",
        "name": "small cells",
        "zone": "Asia/Shanghai",
        "weights": {"rooms_per_track": 1, "consecutive_tracks": 1, "parallel_tracks": 1},
        "sessions": [
            {"id": "S1", "date": "2026-07-10", "start": "09:00", "end": "10:00", "slots": 2},
            {"id": "S2", "date": "2026-07-10", "start": "10:30", "end": "11:30", "slots": 2},
            {"id": "S3", "date": "2026-07-11", "start": "09:00", "end": "10:00", "slots": 2},
        ],
        "rooms": ["A", "B"],
        "tracks": [{"id": "T"}, {"id": "U"}],
        "submissions": submissions,
        **more,
    }


def grid(submissions: list[Json], **more: Any) -> Json:
    """Two days of 40 minutes on a grid of five, two rooms, two tracks."""
    return {
        "format": "confsched-1",
        "name": "small grid",
        "zone": "Europe/Berlin",
        "days": [
            {"id": "D1", "date": "2026-07-10", "start": "09:00", "end": "09:40"},
            {"id": "D2", "date": "2026-07-11", "start": "09:00", "end": "09:40"},
        ],
        "rooms": [{"id": "A", "seats": 100, "equipment": ["projector"]}, {"id": "B", "seats": 30}],
        "tracks": [{"id": "T"}, {"id": "U"}],
        "submissions": submissions,
        **more,
    }


def talk(name: str, track: str = "T", **more: Any) -> Json:
    return {"id": name, "track": track, **({} if "minutes" in more else {"slots": 1}), **more}


def _some(names: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


def _submission(number: int, slots: list[str], rooms: list[str], lengths: int) -> st.SearchStrategy[Json]:
    penalties = st.integers(1, 3)
    return st.fixed_dictionaries(
        {
            "id": st.just(f"p{number}"),
            "track": st.sampled_from(["T", "U"]),
            "slots": st.integers(1, lengths),
            "presenters": _some(PEOPLE, 2),
            "coauthors": _some(PEOPLE, 1),
            "attendees": _some(PEOPLE, 2),
            "expected": st.sampled_from([0, 20, 50]),
            "equipment": _some(["projector"], 1),
            "order": st.integers(0, 3),
            "session_penalty": st.dictionaries(st.sampled_from(slots), penalties, max_size=1),
            "room_penalty": st.dictionaries(st.sampled_from(rooms), penalties, max_size=1),
            "after": st.just([]) if not number else st.sampled_from([[], [], [f"p{number - 1}"]]),
            "alone": st.sampled_from([False] * 9 + [True]),
        }
    )


_BUSY = st.fixed_dictionaries(
    {
        "id": st.sampled_from(PEOPLE),
        "away": st.just([["2026-07-10T09:00", "2026-07-10T09:30"]]),
        "remote_zone": st.sampled_from(["America/New_York", "Asia/Tokyo"]),
    }
)


def _pin(number: int, slots: list[str]) -> st.SearchStrategy[Json]:
    """A pin of a submission at one of three strengths."""
    name, session, room = st.just(f"p{number}"), st.sampled_from(slots), st.sampled_from(["A", "B"])
    return st.one_of(
        st.fixed_dictionaries({"submission": name, "session": session}),
        st.fixed_dictionaries({"submission": name, "room": room}),
        st.fixed_dictionaries({"submission": name, "session": session, "room": room, "slot": st.just(0)}),
    )


def _ban(number: int, slots: list[str]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({"submission": st.just(f"p{number}"), "session": st.sampled_from(slots)})


@st.composite
def _decided(draw: Callable[..., Any], count: int, slots: list[str]) -> Json:
    """Some pins, at most one per submission, and at most one ban."""
    pinned = draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    banned = draw(st.lists(st.integers(0, count - 1), max_size=1))
    return {
        "pins": [draw(_pin(number, slots)) for number in pinned],
        "bans": [draw(_ban(number, slots)) for number in banned],
    }


@st.composite
def cell_instances(draw: Callable[..., Any]) -> Json:
    """Two or three submissions in three sessions and two rooms, most rules in play."""
    count = draw(st.integers(2, 3))
    submissions = [draw(_submission(n, ["S1", "S2", "S3"], ["A", "B"], 2)) for n in range(count)]
    weights = {
        "tracks_sessions": 2,
        "tracks_rooms": 1,
        "sessions_rooms": 3,
        "similar_tracks": 2,
        "rooms_per_track": 1,
        "parallel_tracks": 4,
        "consecutive_tracks": 2,
        "submissions_order": draw(st.sampled_from([0, 2])),
        "submissions_sessions": 1,
        "submissions_rooms": 1,
        "presenter_conflicts_session": 5,
        "attendee_conflicts_session": 1,
        "chair_conflicts": 3,
    }
    return cells(
        submissions,
        **draw(_decided(count, ["S1", "S2", "S3"])),
        weights=weights,
        rooms=[{"id": "A", "seats": 40, "equipment": ["projector"]}, {"id": "B", "seats": 30}],
        tracks=[{"id": "T", "chairs": ["ann"]}, {"id": "U", "chairs": draw(_some(PEOPLE, 1))}],
        similar_tracks=[["T", "U", 1]],
        track_session_penalty={"T": {"S2": 1}},
        session_room_penalty={"S1": {"A": 1}},
        people=draw(st.lists(_BUSY, max_size=1)),
        walking=draw(st.sampled_from([[], [["A", "B", 40]]])),
        levels={
            "people_away": draw(st.sampled_from(["hard", "strong"])),
            "presenter_conflicts_session": draw(st.sampled_from(["strong", "nice"])),
        },
    )


@st.composite
def grid_instances(draw: Callable[..., Any]) -> Json:
    """Two or three submissions on two short days in two rooms, most rules in play."""
    count = draw(st.integers(2, 3))
    submissions = [draw(_submission(n, ["D1", "D2"], ["A", "B"], 3)) for n in range(count)]
    days = [
        {"id": "D1", "date": "2026-07-10", "start": "09:00", "end": "09:20"},
        {"id": "D2", "date": "2026-07-11", "start": "09:00", "end": "09:15"},
    ]
    return grid(
        submissions,
        **draw(_decided(count, ["D1", "D2"])),
        days=days,
        people=draw(st.lists(_BUSY, max_size=1)),
        breaks=draw(st.sampled_from([[], [{"from": "2026-07-10T09:10", "to": "2026-07-10T09:15", "rooms": ["A"]}]])),
        similar_tracks=[["T", "U", 2]],
        walking=draw(st.sampled_from([[], [["A", "B", 10]]])),
        track_room_penalty={"T": {"B": 1}},
        levels={"people_clash": draw(st.sampled_from(["hard", "strong"]))},
    )


def every_schedule(instance: Instance) -> list[Schedule]:
    """All schedules in which every item has a place; for very small instances only."""
    places = []
    for item in instance.items:
        options = [
            Place(session, room, slot)
            for session, block in enumerate(instance.sessions)
            for room in range(len(instance.rooms))
            for slot in range(block.slots - item.slots + 1)
        ]
        places.append(options)
    return list(product(*places))


def best_cost(instance: Instance) -> tuple[int, int] | None:
    """Fewest strong points and, with them, fewest nice points over all feasible schedules."""
    reports = (evaluate(instance, schedule) for schedule in every_schedule(instance))
    return min((report.cost[1:] for report in reports if report.feasible), default=None)


def read(data: Json) -> Instance:
    return read_instance(data)


__all__ = [
    "Form",
    "best_cost",
    "cell_instances",
    "cells",
    "every_schedule",
    "grid",
    "grid_instances",
    "read",
    "talk",
]
