"""Cases and claims in words, English and Chinese, from the structured data.

A *case* says what a schedule does wrong; a *claim* says what a rule demands. Both are for organisers.
"""

from collections.abc import Mapping
from typing import Literal

from confsys.programme.solver.data.instance import Instance, Schedule
from confsys.programme.solver.data.times import moment_of
from confsys.programme.solver.evaluator.report import Case
from confsys.programme.solver.explain import Explanation
from confsys.programme.solver.progress import Status
from confsys.programme.solver.rules import RULES, Form

Language = Literal["en", "zh"]

# {items} {one} {other} {people} {rooms} {room} {sessions} {tracks} {amount} are filled in by _words().
_CASES: dict[str, tuple[str, str]] = {
    "tracks_sessions": (
        "Track {tracks} runs in {sessions}, which it should avoid",
        "专题{tracks}排在不宜的时段{sessions}",
    ),
    "tracks_rooms": (
        "Track {tracks} is in {rooms}, which does not suit it",
        "专题{tracks}排在不合适的会场{rooms}",
    ),
    "sessions_rooms": (
        "{rooms} is used in {sessions}, though it should stay free",
        "{sessions}占用了应空出的会场{rooms}",
    ),
    "similar_tracks": (
        "Similar tracks {tracks} run side by side in {sessions}",
        "相近专题{tracks}在{sessions}同时进行",
    ),
    "rooms_per_track": ("Track {tracks} moves between {rooms}", "专题{tracks}在{rooms}之间更换会场"),
    "parallel_tracks": (
        "Track {tracks} runs in {rooms} at once in {sessions}",
        "专题{tracks}在{sessions}同时占用{rooms}",
    ),
    "consecutive_tracks": (
        "Track {tracks} has a gap between its sessions {sessions}",
        "专题{tracks}的时段{sessions}不连续",
    ),
    "submissions_timezones": (
        "{items} is at an inconvenient hour for its presenter",
        "{items}的时间对报告人所在时区不便",
    ),
    "submissions_order": ("{items} is not at its wanted place in the track", "{items}不在专题内指定的次序上"),
    "submissions_sessions": (
        "{items} is in {sessions}, which it should avoid",
        "{items}排在不宜的时段{sessions}",
    ),
    "submissions_rooms": ("{items} is in {rooms}, which it should avoid", "{items}排在不宜的会场{rooms}"),
    "presenter_conflicts_session": (
        "{people} is needed for {items} in the same session",
        "{people}在同一时段须参加{items}",
    ),
    "attendee_conflicts_session": (
        "Somebody wants to hear {items}, which share a session",
        "有听众想听同一时段的{items}",
    ),
    "chair_conflicts": (
        "{people} chairs tracks {tracks}, which share {sessions}",
        "{people}主持的专题{tracks}同在{sessions}",
    ),
    "presenter_conflicts_slot": (
        "{people} is needed for {items} at the same moment",
        "{people}同一时刻须参加{items}",
    ),
    "attendee_conflicts_slot": (
        "Somebody wants to hear {items}, which run at the same moment",
        "有听众想听同一时刻的{items}",
    ),
    "placed": ("{items} has no place", "{items}没有排入"),
    "one_track": ("{rooms} holds tracks {tracks} in {sessions}", "{rooms}在{sessions}同时排了专题{tracks}"),
    "room_overlap": ("{items} overlap in {rooms}", "{items}在{rooms}时间重叠"),
    "pins": ("{items} is not where it was pinned", "{items}不在固定的位置"),
    "bans": ("{items} is where it must not be", "{items}排在禁排的位置"),
    "room_closed": (
        "{items} is in {rooms} while the room is closed or on a break",
        "{items}排在{rooms}不开放或休息的时间",
    ),
    "people_clash": ("{people} is needed for {items} at the same time", "{people}同时须参加{items}"),
    "people_away": ("{people} is not available when {items} runs", "{items}进行时{people}不在"),
    "equipment": ("{rooms} lacks equipment that {items} needs", "{rooms}缺少{items}所需的设备"),
    "parts": ("{other} comes before {one} has ended", "{other}排在{one}结束之前"),
    "alone": ("{other} runs beside the plenary {one}", "全体会议{one}期间另有{other}"),
    "seats": ("{rooms} is {amount} seats short for {items}", "{rooms}比{items}的预计人数少{amount}个座位"),
    "walking": (
        "{people} cannot walk from one to the other of {items} in time",
        "{people}来不及在{items}之间转场",
    ),
    "track_parallel": ("{items} of track {tracks} run at the same time", "专题{tracks}的{items}同时进行"),
    "attendee_clash": ("{amount} attendees want to hear both of {items}", "{amount}位听众想同时听{items}"),
    "similar_parallel": (
        "{items} of the similar tracks {tracks} run at the same time",
        "相近专题{tracks}的{items}同时进行",
    ),
    "track_rooms": ("Track {tracks} uses {rooms} on {sessions}", "专题{tracks}在{sessions}使用了{rooms}"),
    "wishes": ("{items} is on a day or in a room it should avoid", "{items}排在不合意的日期或会场"),
    "remote_hours": (
        "{items} is outside the comfortable hours of {people}",
        "{items}不在{people}当地的方便时间",
    ),
}

_CLAIMS: dict[str, tuple[str, str]] = {
    "tracks_sessions": ("track {tracks} stays out of {sessions}", "专题{tracks}不排在{sessions}"),
    "tracks_rooms": ("track {tracks} stays out of {rooms}", "专题{tracks}不用{rooms}"),
    "sessions_rooms": ("{rooms} stays free in {sessions}", "{sessions}不用{rooms}"),
    "similar_tracks": ("similar tracks {tracks} do not run side by side", "相近专题{tracks}不同时进行"),
    "consecutive_tracks": ("track {tracks} runs without a gap", "专题{tracks}的时段连续"),
    "submissions_timezones": (
        "{items} runs at a good hour for its presenter",
        "{items}的时间适合报告人所在时区",
    ),
    "submissions_sessions": (
        "{items} runs only in sessions it has no objection to",
        "{items}只排在可行的时段",
    ),
    "submissions_rooms": ("{items} runs only in rooms it has no objection to", "{items}只排在可行的会场"),
    "presenter_conflicts_session": (
        "{items}, which both need {people}, do not share a session",
        "{items}都需要{people}，不排在同一时段",
    ),
    "attendee_conflicts_session": (
        "{items} do not share a session, because somebody wants both",
        "有听众想听{items}，不排在同一时段",
    ),
    "chair_conflicts": (
        "tracks {tracks}, both chaired by {people}, do not share a session",
        "{people}主持的专题{tracks}不同时进行",
    ),
    "placed": ("{items} has a place in the programme", "{items}排入日程"),
    "pins": (
        "{items} stays where it is pinned ({sessions} {rooms})",
        "{items}保持在固定位置（{sessions}{rooms}）",
    ),
    "bans": (
        "{items} stays out of where it is banned ({sessions} {rooms})",
        "{items}不排在禁排位置（{sessions}{rooms}）",
    ),
    "room_closed": ("nothing runs in {rooms} while closed or on a break", "{rooms}不开放或休息时不安排内容"),
    "people_clash": (
        "{items}, which both need {people}, do not overlap",
        "{items}都需要{people}，不同时进行",
    ),
    "people_away": ("{items} runs while {people} is available", "{items}在{people}可到场的时间进行"),
    "equipment": ("{items} has a room with the equipment it needs", "{items}的会场设备齐全"),
    "parts": ("{one} ends before {other} begins", "{one}结束后才开始{other}"),
    "alone": ("nothing runs beside the plenary {one}, such as {other}", "全体会议{one}期间不安排{other}"),
    "seats": ("{items} has a room with enough seats", "{items}的会场座位足够"),
    "walking": ("{people} has time to walk between {items}", "{people}有时间在{items}之间转场"),
    "track_parallel": ("{items} of track {tracks} do not overlap", "专题{tracks}的{items}不同时进行"),
    "attendee_clash": (
        "{items} do not overlap, because attendees want both",
        "有听众想听{items}，不同时进行",
    ),
    "similar_parallel": ("{items} of similar tracks do not overlap", "相近专题的{items}不同时进行"),
    "wishes": ("{items} keeps to days and rooms it has no objection to", "{items}只排在可行的日期和会场"),
    "remote_hours": (
        "{items} runs in the comfortable hours of {people}",
        "{items}在{people}当地的方便时间进行",
    ),
}

_AND = {"en": " and ", "zh": "和"}
_COMMA = {"en": ", ", "zh": "、"}
_FEW = 4
_SOMEBODY = {"en": "somebody", "zh": "有人"}


def case_sentence(instance: Instance, case: Case, language: Language = "en", schedule: Schedule = ()) -> str:
    """One breach as a sentence; with the schedule, items are told with their time and room."""
    words = _words(instance, case, language, schedule)
    return _sentence(_template(_CASES, case.rule, language).format_map(words), language)


def claim_phrase(instance: Instance, claim: Case, language: Language = "en") -> str:
    """What a rule demands, as a phrase without a full stop."""
    return _template(_CLAIMS, claim.rule, language).format_map(_words(instance, claim, language, ())).strip()


def explanation_text(instance: Instance, explanation: Explanation, language: Language = "en") -> str:
    """A few lines: what cannot hold together, and the cheapest way out."""
    english = language == "en"
    if explanation.status is Status.FEASIBLE:
        return "All hard rules can be kept." if english else "所有硬性规则可以同时满足。"
    if explanation.status is Status.UNKNOWN:
        return "The time ran out before this could be decided." if english else "时间用尽，未能得出结论。"
    if explanation.shortage:
        cells = instance.form is Form.CELLS
        if english:
            unit = "slots" if cells else "minutes of room time"
            return f"There is not enough time: {explanation.shortage} {unit} are missing."
        return f"时间不够：还缺{explanation.shortage}{'个时段格' if cells else '分钟会场时间'}。"
    count = len(explanation.conflict)
    head = f"These {count} demands cannot hold together:" if english else f"以下{count}项要求不能同时满足："
    lines = [head, *(f"- {claim_phrase(instance, claim, language)}" for claim in explanation.conflict)]
    if explanation.relaxation:
        least = explanation.cheapest
        if english:
            lines.append("The cheapest way out gives up:" if least else "One way out gives up:")
        else:
            lines.append("代价最小的办法是放弃：" if least else "一种办法是放弃：")
        lines += [f"- {claim_phrase(instance, claim, language)}" for claim in explanation.relaxation]
    return "\n".join(lines)


def _template(table: Mapping[str, tuple[str, str]], rule: str, language: Language) -> str:
    if rule not in table:
        return RULES[rule].en if language == "en" else RULES[rule].zh
    return table[rule][0 if language == "en" else 1]


def _sentence(text: str, language: Language) -> str:
    return text[:1].upper() + text[1:] + ("." if language == "en" else "。")


def _words(instance: Instance, case: Case, language: Language, schedule: Schedule) -> dict[str, str]:
    items = [_item(instance, item, language, schedule) for item in case.items]
    people = [instance.people[p].name or p if p in instance.people else p for p in case.people]
    return {
        "items": _list(items, language),
        "one": items[0] if items else "",
        "other": items[1] if len(items) > 1 else "",
        "people": _list(people, language) or _SOMEBODY[language],
        "rooms": _list([instance.rooms[room].id for room in case.rooms], language),
        "sessions": _list([instance.sessions[session].id for session in case.sessions], language),
        "tracks": _list([_quoted(instance.tracks[track].id, language) for track in case.tracks], language),
        "amount": str(case.amount),
        "open": _open_sessions(instance, case, language),
    }


def _open_sessions(instance: Instance, case: Case, language: Language) -> str:
    """The sessions an item has no objection to: all of them where they are few."""
    penalties = instance.items[case.items[0]].session_penalty if case.items else {}
    names = [session.id for index, session in enumerate(instance.sessions) if index not in penalties]
    if 0 < len(names) <= _FEW:
        return _list(names, language)
    if not names:
        return "no session at all" if language == "en" else "任何时段以外"
    return f"{len(names)} of the sessions" if language == "en" else f"其中{len(names)}个时段"


def _item(instance: Instance, item: int, language: Language, schedule: Schedule) -> str:
    thing = instance.items[item]
    name = _quoted(thing.title or thing.id, language)
    place = schedule[item] if schedule else None
    if place is None:
        return name
    start = moment_of(instance.own_span(item, place)[0], instance.zone)
    where = f"{instance.sessions[place.session].id}, {start:%H:%M}, {instance.rooms[place.room].id}"
    return f"{name} ({where})" if language == "en" else f"{name}（{where}）"


def _quoted(name: str, language: Language) -> str:
    return f"“{name}”" if language == "en" else f"《{name}》"


def _list(names: list[str], language: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    return _COMMA[language].join(names[:-1]) + _AND[language] + names[-1]
