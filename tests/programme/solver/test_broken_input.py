"""Whatever is wrong with an instance, the command line says so in one sentence and ends with status 2."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from confsys.programme.solver.cli import main

INSTANCE: dict[str, Any] = {
    "format": "confsched-1", "name": "small", "zone": "Asia/Shanghai",
    "days": [{"date": "2026-06-10", "start": "09:00", "end": "12:00"}],
    "rooms": [
        {"id": "A", "seats": 50, "equipment": ["piano"], "open": [["2026-06-10T09:00", "2026-06-10T12:00"]]}, "B",
    ],
    "tracks": [{"id": "T", "chairs": ["c"], "expected": 10}],
    "submissions": [
        {"id": "x", "track": "T", "minutes": 30, "presenters": ["p"], "title": "First"},
        {"id": "y", "minutes": 20, "presenters": ["p", "q"], "after": ["x"], "expected": 5,
         "session_penalty": {"2026-06-10": 3}},
    ],
    "people": [{"id": "p", "away": [["2026-06-10T11:00", "2026-06-10T12:00"]], "remote_zone": "Europe/Paris"}],
    "breaks": [{"from": "2026-06-10T10:00", "to": "2026-06-10T10:30", "rooms": ["A"]}],
    "walking": [["A", "B", 5]], "pins": [{"submission": "x", "start": "2026-06-10T09:00", "room": "A"}],
    "bans": [{"submission": "y", "room": "B"}], "levels": {"seats": "hard"}, "weights": {"seats": 2},
    "similar_tracks": [["T", "T", 1]],
}  # fmt: skip
SCHEDULE: dict[str, Any] = {
    "format": "confsched-solution-1",
    "items": [
        {"id": "x", "room": "A", "start": "2026-06-10T09:00"},
        {"id": "y", "room": "A", "start": "2026-06-10T10:30"},
    ],
}
BAD: tuple[Any, ...] = (None, True, -1, 1.5, float("nan"), 10**30, "", "nobody", "2026-99-99", [], {}, [None], ["A", 1])
FINE, BROKEN = (0, 3), 2


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield from places(below, (*above, key))


def put(value: Any, place: tuple[Any, ...], bad: Any) -> Any:
    if not place:
        return bad
    changed = copy.deepcopy(value)
    inside = changed
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = bad
    return changed


def judged(folder: Path, instance: Any, schedule: Any, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    files = [folder / "instance.json", folder / "schedule.json"]
    for file, content in zip(files, (instance, schedule), strict=True):
        file.write_text(json.dumps(content), encoding="utf-8")
    status = main(["evaluate", *map(str, files)])
    return status, capsys.readouterr().err.strip()


@pytest.mark.parametrize("place", list(places(INSTANCE)), ids=lambda place: "/".join(map(str, place)) or "whole")
def test_an_instance_with_one_thing_wrong(
    place: tuple[Any, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for bad in BAD:
        status, said = judged(tmp_path, put(INSTANCE, place, bad), SCHEDULE, capsys)
        assert status in (*FINE, BROKEN), bad
        if status == BROKEN:
            assert len(said.splitlines()) == 1, bad
            assert said.endswith("."), bad


@pytest.mark.parametrize("place", list(places(SCHEDULE)), ids=lambda place: "/".join(map(str, place)) or "whole")
def test_a_schedule_with_one_thing_wrong(
    place: tuple[Any, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for bad in BAD:
        status, said = judged(tmp_path, INSTANCE, put(SCHEDULE, place, bad), capsys)
        assert status in (*FINE, BROKEN), bad
        assert status != BROKEN or len(said.splitlines()) == 1, bad
