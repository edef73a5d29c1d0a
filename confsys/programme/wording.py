"""Sentences and words of the programme, made when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable

from confsys.core.formatting import clock_time, day
from confsys.core.i18n import Lazy, current_locale, ngettext
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.programme.changes import Change, ChangeKind, Place
from confsys.programme.clashes import Clash
from confsys.programme.pricing import FREE, GRAVE, MILD, REFUSED
from confsys.programme.queries.placing import Judged
from confsys.programme.states import (
    ClashKind,
    DutyRole,
    DutyState,
    PlanKind,
    PlanState,
    SessionKind,
    Severity,
)

SESSION_KINDS: dict[SessionKind, Lazy] = {
    SessionKind.ORAL: _l("Talks"),
    SessionKind.POSTER: _l("Posters"),
    SessionKind.KEYNOTE: _l("Keynote"),
    SessionKind.PANEL: _l("Panel"),
    SessionKind.SALON: _l("Salon"),
    SessionKind.BREAK: _l("Break"),
    SessionKind.SOCIAL: _l("Social event"),
}
CLASH_KINDS: dict[ClashKind, Lazy] = {
    ClashKind.PERSON: _l("A speaker, chair or panellist is in two places at once"),
    ClashKind.COAUTHOR: _l("A co-author who does not present would have to be elsewhere"),
    ClashKind.ROOM: _l("Two sessions are in one room"),
    ClashKind.OUTSIDE: _l("A session is outside the days of the event"),
    ClashKind.ROOM_CLOSED: _l("A room is used while it is closed"),
    ClashKind.AWAY: _l("Somebody has said they cannot be there"),
    ClashKind.CAPACITY: _l("More people are expected than the room seats"),
    ClashKind.OVERFULL: _l("The talks last longer than their session"),
    ClashKind.PLENARY: _l("Something runs beside a keynote or what is for everybody"),
    ClashKind.TRACK: _l("Two sessions of one track run at once"),
    ClashKind.EQUIPMENT: _l("A speaker needs what the room does not have"),
    ClashKind.WALK: _l("Somebody has too little time to get from one building to another"),
    ClashKind.ORDER: _l("A part begins before the one it follows has ended"),
    ClashKind.REMOTE: _l("Somebody who takes part from elsewhere would have to do it at night"),
}
SEVERITIES: dict[Severity, Lazy] = {
    Severity.IGNORE: _l("does not matter"),
    Severity.WARN: _l("is shown"),
    Severity.BLOCK_RELEASE: _l("must be gone before a release"),
    Severity.BLOCK_MOVE: _l("is refused at once"),
}
#: What a place would cost, by the gravest clash there.
GRAVITIES: dict[int, Lazy] = {
    FREE: _l("Nothing clashes"),
    MILD: _l("Something to look at"),
    GRAVE: _l("Something that must be gone before a release"),
    REFUSED: _l("Refused at once"),
}
DUTY_ROLES: dict[DutyRole, Lazy] = {DutyRole.CHAIR: _l("Chair"), DutyRole.PANELLIST: _l("Panellist")}
DUTY_STATES: dict[DutyState, Lazy] = {
    DutyState.PROPOSED: _l("not asked yet"),
    DutyState.ASKED: _l("asked"),
    DutyState.ACCEPTED: _l("accepted"),
    DutyState.DECLINED: _l("declined"),
}
PLAN_KINDS: dict[PlanKind, Lazy] = {
    PlanKind.COPY: _l("What-if copy"),
    PlanKind.SOLVE: _l("Arrangement"),
    PlanKind.REPAIR: _l("Mending"),
}
PLAN_STATES: dict[PlanState, Lazy] = {
    PlanState.WORKING: _l("at work"),
    PlanState.READY: _l("waits for your decision"),
    PlanState.IMPOSSIBLE: _l("impossible"),
    PlanState.EMPTY: _l("nothing found in time"),
    PlanState.ACCEPTED: _l("accepted"),
    PlanState.DISCARDED: _l("discarded"),
}


def clash_sentence(clash: Clash, judged: Judged, *, at: int | None = None) -> str:
    """What is wrong, in the reader's language; with ``at`` as seen from one of its sessions."""
    locale = current_locale()

    def title(session_id: int) -> str:
        return judged.titles.get(session_id, LocalizedText()).in_(locale) or f"#{session_id}"

    names = judged.people.get(clash.person)
    room = judged.rooms.get(clash.room, LocalizedText()) if clash.room is not None else LocalizedText()
    words = {
        "person": names.both if names else "", "room": room.in_(locale), "need": clash.need, "have": clash.have,
        "what": clash.what, "one": title(clash.sessions[0]), "other": title(clash.sessions[-1]),
    }  # fmt: skip
    if at is not None and len(clash.sessions) == 2:
        words["other"] = title(next(number for number in clash.sessions if number != at))
        if clash.kind in _SEEN_FROM_ONE:
            return _SEEN_FROM_ONE[clash.kind]() % words
        words["one"], words["other"] = title(clash.sessions[0]), title(clash.sessions[-1])
    return _SENTENCES[clash.kind]() % words


_SENTENCES = {
    ClashKind.PERSON: lambda: _("%(person)s would be in “%(one)s” and “%(other)s” at once."),
    ClashKind.COAUTHOR: lambda: _("%(person)s, a co-author, would miss one of “%(one)s” and “%(other)s”."),
    ClashKind.ROOM: lambda: _("“%(one)s” and “%(other)s” are in %(room)s at once."),
    ClashKind.OUTSIDE: lambda: _("“%(one)s” is outside the days of the event."),
    ClashKind.ROOM_CLOSED: lambda: _("%(room)s is closed during “%(one)s”."),
    ClashKind.AWAY: lambda: _("%(person)s cannot be there during “%(one)s”."),
    ClashKind.CAPACITY: lambda: _("%(room)s seats %(have)s, but “%(one)s” expects %(need)s people."),
    ClashKind.OVERFULL: lambda: _("The talks of “%(one)s” need %(need)s minutes; it has %(have)s."),
    ClashKind.PLENARY: lambda: _("“%(one)s” and “%(other)s” run at once, though one of them is for everybody."),
    ClashKind.TRACK: lambda: _("“%(one)s” and “%(other)s” are of one track and run at once."),
    ClashKind.EQUIPMENT: lambda: _("%(room)s does not have what %(person)s needs for “%(one)s”: %(what)s."),
    ClashKind.WALK: lambda: _("%(person)s has %(have)s minutes from “%(one)s” to “%(other)s”; the way takes %(need)s."),
    ClashKind.ORDER: lambda: _("“%(other)s” begins before “%(one)s”, which it follows, has ended."),
    ClashKind.REMOTE: lambda: _("“%(one)s” begins at %(what)s where %(person)s takes part from."),
}
_SEEN_FROM_ONE = {
    ClashKind.PERSON: lambda: _("%(person)s is also in “%(other)s” then."),
    ClashKind.COAUTHOR: lambda: _("%(person)s, a co-author, is also in “%(other)s” then."),
    ClashKind.ROOM: lambda: _("“%(other)s” is in this room then."),
    ClashKind.PLENARY: lambda: _("“%(other)s” runs at the same time, though one of the two is for everybody."),
    ClashKind.WALK: lambda: _(
        "%(person)s also has “%(other)s”, %(have)s minutes away in time; the way takes %(need)s."
    ),
    ClashKind.TRACK: lambda: _("“%(other)s” of the same track runs at the same time."),
}


def copied_words(made: int, taken: int) -> str:
    """How far a copy to all rooms went; ``taken``: rooms that were not free."""
    if not taken:
        return ngettext("Copied to %(num)s room.", "Copied to %(num)s rooms.", made)
    return ngettext(
        "Copied to %(num)s room. Rooms that are taken at that time were left alone: %(taken)s.",
        "Copied to %(num)s rooms. Rooms that are taken at that time were left alone: %(taken)s.",
        made,
        taken=taken,
    )


def change_sentence(change: Change, zone: str) -> str:
    """What a release changed about one item, in the reader's language."""
    words = {"title": change.title.in_(current_locale())}
    if change.before is not None:
        words.update(_place_words("old_", change.before, zone))
    if change.after is not None:
        words.update(_place_words("", change.after, zone))
    if change.kind is ChangeKind.MOVED:
        return _moved(change) % words
    if change.kind is ChangeKind.RENAMED:
        words["old_title"] = change.old_title.in_(current_locale())
    return _CHANGES[change.kind]() % words


def _place_words(prefix: str, place: Place, zone: str) -> dict[str, str]:
    return {
        f"{prefix}day": day(place.starts_at, zone=zone, weekday=True),
        f"{prefix}time": clock_time(place.starts_at, zone=zone),
        f"{prefix}room": place.room.in_(current_locale()) or _("everywhere"),
        f"{prefix}minutes": str(place.minutes),
    }


def _moved(change: Change) -> str:
    assert change.before is not None  # noqa: S101  a move has both ends
    assert change.after is not None  # noqa: S101
    if change.before.starts_at == change.after.starts_at:
        return _("“%(title)s” moved from %(old_room)s to %(room)s; it is still on %(day)s at %(time)s.")
    if change.before.room == change.after.room:
        return _("“%(title)s” moved from %(old_day)s %(old_time)s to %(day)s %(time)s; it is still in %(room)s.")
    return _("“%(title)s” moved from %(old_day)s %(old_time)s, %(old_room)s, to %(day)s %(time)s, %(room)s.")


_CHANGES = {
    ChangeKind.ADDED: lambda: _("“%(title)s” is new: %(day)s %(time)s, %(room)s."),
    ChangeKind.REMOVED: lambda: _("“%(title)s” on %(old_day)s at %(old_time)s, %(old_room)s, is cancelled."),
    ChangeKind.LENGTH: lambda: _("“%(title)s” now lasts %(minutes)s minutes instead of %(old_minutes)s."),
    ChangeKind.RENAMED: lambda: _("“%(old_title)s” is now called “%(title)s”."),
    ChangeKind.PEOPLE: lambda: _("The people of “%(title)s” changed."),
}


#: What is wrong with a schedule file: code -> sentence from the values that came with it.
UNREADABLE: dict[str, Callable[[dict[str, str]], str]] = {
    "not_a_schedule": lambda _values: _(
        "This is not a schedule file. Give a schedule.xml, a schedule.json or a table (CSV) with the columns title, "
        "date and start."
    ),
    "columns": lambda values: _("The table needs these columns as well: %(columns)s.", **values),
    "too_long": lambda values: _("A table of more than %(count)s rows cannot be brought in at once.", **values),
    "rows": lambda values: ngettext(
        "%(num)s row cannot be read, so nothing was brought in.",
        "%(num)s rows cannot be read, so nothing was brought in.",
        int(values["count"]),
    ),
    "row_empty": lambda values: _("The column “%(column)s” is empty.", **values),
    "row_date": lambda values: _("“%(value)s” is not a date. Write 2026-06-10.", **values),
    "row_time": lambda values: _("“%(value)s” is not a time of day. Write 09:30.", **values),
    "row_length": lambda values: _("“%(value)s” is no length between a minute and a day.", **values),
    "row_twice": lambda values: _(
        "It is the same item as row %(other)s: the same id, or the same title and people.", **values
    ),
    "duration": lambda values: _("The duration “%(value)s” of “%(item)s” cannot be read.", **values),
    "moment": lambda values: _("The time “%(value)s” of “%(item)s” cannot be read.", **values),
    "date": lambda values: _("The date “%(value)s” of “%(item)s” cannot be read.", **values),
}
