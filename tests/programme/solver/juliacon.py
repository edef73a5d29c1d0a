"""JuliaCon 2023 as a grid instance: rooms with seats, breaks where they were, talks free to move."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

_BREAKS = {"Lunch Break", "Break", "Breakfast"}
_ONLINE = "Online"  # a column whose times the organisers call arbitrary
_GRID = 5


def juliacon(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The instance and the schedule that was held, from the pretalx export."""
    conference = json.loads(path.read_text(encoding="utf-8"))["schedule"]["conference"]
    rooms = [room for room in conference["rooms"] if not room["name"].startswith(_ONLINE)]
    held = {room["name"] for room in rooms}
    events = [
        event for day in conference["days"] for name, row in day["rooms"].items() if name in held for event in row
    ]
    talks = [event for event in events if event["type"] not in _BREAKS]
    instance = {
        "format": "confsched-1",
        "name": "JuliaCon 2023",
        "zone": "America/New_York",
        "grid_minutes": _GRID,
        "days": [{"date": day["date"][:10], "start": "07:00", "end": "23:00"} for day in conference["days"]],
        "rooms": [_room(room) for room in rooms],
        "tracks": [{"id": name} for name in sorted({event["track"] for event in talks})],
        "submissions": [_talk(event) for event in talks],
        "breaks": [_break(event) for event in events if event["type"] in _BREAKS],
    }
    schedule = {"format": "confsched-solution-1", "items": [_place(event) for event in talks]}
    return instance, schedule


def _room(room: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": room["name"]}
    if room["capacity"]:
        found["seats"] = room["capacity"]
    return found


def _minutes(event: dict[str, Any]) -> int:
    hours, minutes = event["duration"].split(":")
    return -(-(int(hours) * 60 + int(minutes)) // _GRID) * _GRID


def _talk(event: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(event["id"]),
        "title": event["title"],
        "track": event["track"],
        "minutes": _minutes(event),
        "presenters": sorted({person["code"] for person in event["persons"]}),
    }


def _break(event: dict[str, Any]) -> dict[str, Any]:
    start = datetime.fromisoformat(event["date"])
    end = start.timestamp() + 60 * _minutes(event)
    return {
        "id": str(event["id"]),
        "from": start.isoformat(),
        "to": datetime.fromtimestamp(end, start.tzinfo).isoformat(),
        "rooms": [event["room"]],
    }


def _place(event: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(event["id"]), "room": event["room"], "start": event["date"]}
