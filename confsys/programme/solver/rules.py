"""The rules an instance may speak of: name, default level, what of a placement decides them, wording.

A rule has a level. *hard* rules are kept or the instance is impossible, *strong* ones are minimised first,
*nice* ones after them, *off* ones are not counted. Within a level a rule counts its weight (default 1) times
its amount. The sixteen terms of the CoSPLib objective are nice wherever the instance gives them a weight.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    HARD = "hard"
    STRONG = "strong"
    NICE = "nice"
    OFF = "off"


class Form(StrEnum):
    """How time is cut: sessions that hold one track per room, or days on a fine grid."""

    CELLS = "cells"
    GRID = "grid"


class Aspect(StrEnum):
    """What of a placement decides whether a rule is broken; where pins settle it, they settle the breach."""

    TIME = "time"
    ROOM = "room"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    en: str
    zh: str
    level: Level
    aspect: Aspect
    forms: tuple[Form, ...] = (Form.CELLS, Form.GRID)
    levels: tuple[Level, ...] = tuple(Level)
    cosplib: bool = False


def _term(name: str, en: str, zh: str, aspect: Aspect, *, hard: bool = True) -> Rule:
    levels = tuple(level for level in Level if hard or level is not Level.HARD)
    return Rule(name, en, zh, Level.NICE, aspect, (Form.CELLS,), levels, cosplib=True)


_TIME, _ROOM, _BOTH = Aspect.TIME, Aspect.ROOM, Aspect.BOTH
_HARD, _STRONG, _NICE = Level.HARD, Level.STRONG, Level.NICE
_ONLY_GRID = (Form.GRID,)

# Terms that hang on the slot inside a session are settled after the sessions are; they cannot be promised.
_COSPLIB = (
    _term("tracks_sessions", "session unwanted by the track", "专题不宜在该时段", _TIME),
    _term("tracks_rooms", "room unwanted by the track", "专题不宜在该会场", _ROOM),
    _term("sessions_rooms", "room unwanted in the session", "该时段不宜用该会场", _BOTH),
    _term("similar_tracks", "similar tracks in parallel", "相近专题同时进行", _TIME),
    _term("rooms_per_track", "track changes rooms", "专题更换会场", _ROOM, hard=False),
    _term("parallel_tracks", "track parallel to itself", "同一专题分场并行", _TIME, hard=False),
    _term("consecutive_tracks", "gap in the track", "专题时段不连续", _TIME),
    _term("submissions_timezones", "inconvenient hour for the presenter", "报告人所在时区不便", _TIME),
    _term("submissions_order", "wanted order missed", "未按指定次序", _BOTH, hard=False),
    _term("submissions_sessions", "session unwanted by the submission", "报告不宜在该时段", _TIME),
    _term("submissions_rooms", "room unwanted by the submission", "报告不宜在该会场", _ROOM),
    _term(
        "presenter_conflicts_session",
        "presenter needed twice in a session",
        "报告人同一时段有两处任务",
        _TIME,
    ),
    _term("attendee_conflicts_session", "attendee wants two rooms in a session", "听众同一时段想听两场", _TIME),
    _term("chair_conflicts", "chair of two tracks in a session", "主席同一时段主持两个专题", _TIME),
    _term(
        "presenter_conflicts_slot",
        "presenter needed twice in a slot",
        "报告人同一时刻有两处任务",
        _TIME,
        hard=False,
    ),
    _term(
        "attendee_conflicts_slot",
        "attendee wants two rooms in a slot",
        "听众同一时刻想听两场",
        _TIME,
        hard=False,
    ),
)

_EXTENDED = (
    Rule("placed", "left without a place", "未能排入", _HARD, _BOTH, levels=(_HARD, _STRONG)),
    Rule(
        "one_track",
        "two tracks in one cell",
        "同一会场同一时段有两个专题",
        _HARD,
        _BOTH,
        (Form.CELLS,),
        (_HARD,),
    ),
    Rule("room_overlap", "room used twice", "会场重复占用", _HARD, _BOTH, levels=(_HARD,)),
    Rule("pins", "pin not kept", "固定位置未遵守", _HARD, _BOTH, levels=(_HARD,)),
    Rule("bans", "ban not kept", "禁排位置未遵守", _HARD, _BOTH),
    Rule("room_closed", "room closed", "会场不开放", _HARD, _BOTH),
    Rule("people_clash", "person needed in two places", "同一人同时在两处", _HARD, _TIME),
    Rule("people_away", "person not available", "有关人员不在", _HARD, _TIME),
    Rule("equipment", "equipment missing", "会场缺少设备", _HARD, _ROOM),
    Rule("parts", "parts out of order", "前后部分次序颠倒", _HARD, _TIME),
    Rule("alone", "something beside a plenary", "全体会议期间另有安排", _HARD, _TIME),
    Rule("seats", "too few seats", "座位不足", _STRONG, _ROOM),
    Rule("walking", "too little time to walk", "转场时间不足", _STRONG, _BOTH),
    Rule("track_parallel", "track parallel to itself", "同一专题并行", _STRONG, _TIME, _ONLY_GRID),
    Rule("attendee_clash", "attendees want both", "听众想听的报告同时进行", _NICE, _TIME, _ONLY_GRID),
    Rule("similar_parallel", "similar tracks in parallel", "相近专题并行", _NICE, _TIME, _ONLY_GRID),
    Rule(
        "track_rooms",
        "track changes rooms",
        "专题更换会场",
        _NICE,
        _ROOM,
        _ONLY_GRID,
        (_STRONG, _NICE, Level.OFF),
    ),
    Rule("wishes", "day or room unwanted", "不合意的日期或会场", _NICE, _BOTH, _ONLY_GRID),
    Rule("remote_hours", "inconvenient hour for a remote speaker", "远程报告人当地时间不便", _NICE, _TIME),
)

RULES: dict[str, Rule] = {rule.name: rule for rule in (*_COSPLIB, *_EXTENDED)}
COSPLIB_TERMS: tuple[str, ...] = tuple(rule.name for rule in _COSPLIB)
EXTENDED_RULES: tuple[str, ...] = tuple(rule.name for rule in _EXTENDED)
