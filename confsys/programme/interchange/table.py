"""A programme as a table (CSV): one row an item, the columns named in either language.

Everything wrong is found at once and told by row; a table with one wrong row brings nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from confsys.programme.interchange import values
from confsys.programme.interchange.forms import Day, Human, Schedule, Slot, Space, Unreadable

#: Column -> what its head may be called. The first is how we write it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "编号", "guid"),
    "title": ("title", "标题", "题目", "title_en"),
    "title_zh": ("title_zh", "中文标题", "中文题目"),
    "kind": ("kind", "类型", "type"),
    "track": ("track", "专题"),
    "room": ("room", "会场", "地点"),
    "date": ("date", "日期", "day"),
    "start": ("start", "开始", "开始时间", "time"),
    "end": ("end", "结束", "结束时间"),
    "minutes": ("minutes", "分钟", "时长", "duration"),
    "speakers": ("speakers", "报告人", "people", "presenters"),
    "abstract": ("abstract", "摘要"),
}
NEEDED = ("title", "date", "start")
MOST = 5000
#: Cells that begin like a formula were made safe by whoever exported them; the mark is no part of the text.
_GUARD = "'"


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row; ``code`` as in ``Unreadable``. Row 1 is the head."""

    row: int
    code: str
    values: Mapping[str, str]


class UnreadableRows(Unreadable):
    """The table has rows that cannot be read."""

    def __init__(self, rows: list[RowError]) -> None:
        super().__init__("rows", count=str(len(rows)))
        self.rows = rows


def read(data: bytes, zone: str) -> Schedule:
    """Raises Unreadable when it is no such table, UnreadableRows when some of its rows cannot be read."""
    rows = _rows(_decoded(data))
    found: list[Slot] = []
    wrong: list[RowError] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        try:
            slot = _slot(row, zone)
            if slot.guid in seen:
                raise Unreadable("row_twice", other=str(seen[slot.guid]))
            seen[slot.guid] = number
            found.append(slot)
        except Unreadable as error:
            wrong.append(RowError(number, error.code, error.values))
    if wrong:
        raise UnreadableRows(wrong)
    return _schedule(found, zone)


def _decoded(data: bytes) -> str:
    """UTF-8, or what spreadsheets in China write when they are not asked."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_a_schedule")


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head, _, _ = text.lstrip("\n\r").partition("\n")
    delimiter = max(",;\t", key=head.count)
    lines = list(csv.reader(io.StringIO(text.lstrip("\n\r"), newline=""), delimiter=delimiter))
    names = [_column(cell) for cell in lines[0]] if lines else []
    missing = [name for name in NEEDED if name not in names]
    if len(missing) == len(NEEDED):
        raise Unreadable("not_a_schedule")
    if missing:
        raise Unreadable("columns", columns=", ".join(missing))
    if len(lines) - 1 > MOST:
        raise Unreadable("too_long", count=str(MOST))
    for number, line in enumerate(lines[1:], start=2):
        row = {name: _cell(cell) for name, cell in zip(names, line, strict=False) if name}
        if any(row.values()):
            yield number, row


def _column(cell: str) -> str:
    word = cell.strip().casefold().replace(" ", "_")
    return next((name for name, words in COLUMNS.items() if word in words), "")


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text[:1] == _GUARD and text[1:2] in ("=", "+", "-", "@") else text


def _slot(row: Mapping[str, str], zone: str) -> Slot:
    title, chinese = row.get("title", ""), row.get("title_zh", "")
    if not title and not chinese:
        raise Unreadable("row_empty", column="title")
    on = _date(row.get("date", ""))
    starts = _moment(on, row.get("start", ""), zone)
    name = row.get("id", "") or f"{title or chinese}|{row.get('speakers', '')}"
    return Slot(
        guid=values.guid(row.get("id", ""), of=str(uuid5(NAMESPACE_URL, f"table:{name}"))), starts_at=starts,
        minutes=_minutes(row, starts, on, zone), room=row.get("room", ""), title=title, title_zh=chinese,
        track=row.get("track", ""), type=row.get("kind", ""), abstract=row.get("abstract", ""),
        people=tuple(Human(one) for one in _people(row.get("speakers", ""))),
    )  # fmt: skip


def _people(text: str) -> list[str]:
    for mark in "；、\n":
        text = text.replace(mark, ";")
    return [name.strip() for name in text.split(";") if name.strip()]


def _date(text: str) -> date:
    if not text:
        raise Unreadable("row_empty", column="date")
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day, not a moment
        except ValueError:
            continue
    raise Unreadable("row_date", value=text)


def _moment(on: date, text: str, zone: str) -> datetime:
    if not text:
        raise Unreadable("row_empty", column="start")
    clock = text.replace("：", ":")
    hours, _, minutes = clock.partition(":")
    if not (hours.isdigit() and minutes[:2].isdigit() and int(hours) < 24 and int(minutes[:2]) < 60):
        raise Unreadable("row_time", value=text)
    return values.moment_of_day(on, f"{hours}:{minutes[:2]}", zone, text)


def _minutes(row: Mapping[str, str], starts: datetime, on: date, zone: str) -> int:
    given, end = row.get("minutes", ""), row.get("end", "")
    if given:
        try:
            found = int(given) if given.isdigit() else values.minutes(given, given)
        except Unreadable as error:
            raise Unreadable("row_length", value=given) from error
    elif end:
        ends = _moment(on, end, zone)
        found = int((ends - starts).total_seconds()) // 60
    else:
        raise Unreadable("row_empty", column="minutes")
    if not 0 < found <= 24 * 60:
        raise Unreadable("row_length", value=given or end)
    return found


def _schedule(slots: list[Slot], zone: str) -> Schedule:
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault((slot.starts_at - timedelta(hours=4)).date(), []).append(slot)
    rooms = dict.fromkeys(slot.room for slot in slots if slot.room)
    tracks = dict.fromkeys(slot.track for slot in slots if slot.track)
    return Schedule(
        title="", acronym="", version="", zone=zone, rooms=tuple(Space(room) for room in rooms),
        tracks=tuple((track, "") for track in tracks),
        days=tuple(
            Day(n, on, min(s.starts_at for s in held), max(s.starts_at for s in held), tuple(held))
            for n, (on, held) in enumerate(sorted(days.items()), start=1)
        ),
    )  # fmt: skip
