"""Forms of the programme: shape and wording."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from confsys.core.forms import BoxesField, Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName, has_han
from confsys.programme.arranging.wishes import USUAL_KINDS
from confsys.programme.states import DutyRole, SessionKind
from confsys.programme.wording import DUTY_ROLES, SESSION_KINDS

MOVABLE = {kind: SESSION_KINDS[kind] for kind in (*sorted(USUAL_KINDS), SessionKind.KEYNOTE)}
WEIGHTS = {
    "hard": _l("must hold"),
    "strong": _l("matters much"),
    "nice": _l("would be nice"),
    "off": _l("does not matter"),
}
SOFT_WEIGHTS = {key: WEIGHTS[key] for key in ("strong", "nice", "off")}
SEARCH_TIMES = {
    10: _l("10 seconds"), 30: _l("30 seconds"), 60: _l("1 minute"), 180: _l("3 minutes"), 600: _l("10 minutes"),
}  # fmt: skip


def whole_or_none(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isdigit() else None


class SessionForm(VersionedForm):
    """What a session is. ``set_tracks`` fills the tracks."""

    kind = SelectField(_l("Kind"), choices=select_choices(SESSION_KINDS))
    title_en = StringField(_l("Title"), validators=[Optional(), Length(max=300)])
    title_zh = StringField(_l("Title"), validators=[Optional(), Length(max=300)])
    code = StringField(_l("Short code"), validators=[Optional(), Length(max=20)])
    track = SelectField(_l("Track"), choices=[], coerce=whole_or_none, validate_choice=False)
    audience = IntegerField(_l("People expected"), validators=[Optional(), NumberRange(min=1, max=100_000)])
    after = SelectField(_l("Comes after"), choices=[], coerce=whole_or_none, validate_choice=False)
    description_en = TextAreaField(_l("Description"), validators=[Optional(), Length(max=5000)])
    description_zh = TextAreaField(_l("Description"), validators=[Optional(), Length(max=5000)])

    def set_tracks(self, pairs: list[tuple[str, str]]) -> None:
        self.track.choices = select_choices([("", _l("No track")), *pairs])

    def set_parts(self, pairs: list[tuple[str, str]]) -> None:
        self.after.choices = select_choices([("", _l("Nothing")), *pairs])


def _needed_with_day(form: Any, field: Any) -> None:
    """A day needs an hour. Comes before Optional, which ends the chain at an empty field."""
    if form.day.data and not "".join(field.raw_data or []):
        raise StopValidation(_l("Say when it begins."))


def _a_date(_form: Any, field: Any) -> None:
    try:
        date.fromisoformat(field.data or "2000-01-01")
    except ValueError as error:
        raise ValidationError(_l("Choose a day from the list.")) from error


def _dates(_form: Any, field: Any) -> None:
    for text in field.data or ():
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(_l("Choose a day from the list.")) from error


class PlaceForm(VersionedForm):
    """Where and when. Without a day the session waits in the tray; without a room it is everywhere."""

    day = SelectField(_l("Day"), choices=[], validate_choice=False, validators=[_a_date])
    start = TimeField(_l("Begins at"), validators=[_needed_with_day, Optional()])
    minutes = IntegerField(_l("Minutes"), validators=[InputRequired(_l("Say how long it lasts.")), NumberRange(min=1)])
    room = SelectField(_l("Room"), choices=[], coerce=whole_or_none, validate_choice=False)

    def set_choices(self, days: list[tuple[str, str]], rooms: list[tuple[str, str]]) -> None:
        self.day.choices = select_choices([("", _l("Not yet")), *days])
        self.room.choices = select_choices([("", _l("Everywhere")), *rooms])


class NewSessionForm(SessionForm, PlaceForm):
    """A session and its place in one go."""


class ArrangeForm(Form):
    """What the engine may move, on which days and hours, how long it looks, and what matters how much."""

    name = StringField(_l("Name of the plan"), validators=[Optional(), Length(max=120)])
    days = BoxesField(_l("Days"), validate_choice=False, validators=[_dates])
    tracks = BoxesField(_l("Only these tracks"), coerce=whole_or_none, validate_choice=False)
    kinds = BoxesField(_l("What may move"), choices=select_choices(MOVABLE))
    waiting_only = BooleanField(_l("Only what waits in the tray; everything that has a place keeps it"))
    leave_out = BooleanField(_l("What finds no place may stay in the tray"))
    opens = TimeField(_l("From"), validators=[InputRequired(_l("Say when the day begins."))])
    closes = TimeField(_l("Until"), validators=[InputRequired(_l("Say when the day ends."))])
    seconds = SelectField(_l("Look for at most"), coerce=int, choices=select_choices(SEARCH_TIMES))
    seats = SelectField(_l("Enough seats for everybody"), choices=select_choices(WEIGHTS))
    track_parallel = SelectField(_l("Sessions of one track not at once"), choices=select_choices(WEIGHTS))
    track_rooms = SelectField(_l("A track stays in its room"), choices=select_choices(SOFT_WEIGHTS))
    remote_hours = SelectField(_l("Good hours for those who take part from elsewhere"), choices=select_choices(WEIGHTS))


class LossForm(Form):
    """A room that cannot be used, or somebody who cannot be there, from when until when."""

    room = SelectField(_l("Room"), coerce=whole_or_none, validate_choice=False)
    person = SelectField(_l("Person"), validate_choice=False)
    day = SelectField(
        _l("Day"), validate_choice=False, validators=[DataRequired(_l("Choose a day from the list.")), _a_date]
    )
    since = TimeField(_l("From"), validators=[Optional()])
    until = TimeField(_l("Until"), validators=[Optional()])


class RoomForm(VersionedForm):
    name_en = StringField(_l("Name"), validators=[Optional(), Length(max=120)])
    name_zh = StringField(_l("Name"), validators=[Optional(), Length(max=120)])
    capacity = IntegerField(_l("Seats"), validators=[Optional(), NumberRange(min=1, max=1_000_000)])
    holds_several = BooleanField(_l("Several sessions may run here at once"))
    equipment = StringField(_l("Equipment"), validators=[Optional(), Length(max=500)])
    venue = StringField(_l("Building"), validators=[Optional(), Length(max=80)])
    open_hours = TextAreaField(_l("Open hours"), validators=[Optional(), Length(max=2000)])
    description_en = TextAreaField(_l("How to find it"), validators=[Optional(), Length(max=1000)])
    description_zh = TextAreaField(_l("How to find it"), validators=[Optional(), Length(max=1000)])


class TalkForm(VersionedForm):
    """Of a paper's talk only the minutes can be changed here."""

    minutes = IntegerField(_l("Minutes"), validators=[InputRequired(_l("Say how long it lasts.")), NumberRange(min=1)])
    gap_minutes = IntegerField(
        _l("Pause before it, in minutes"), default=0, validators=[Optional(), NumberRange(min=0)]
    )
    title_en = StringField(_l("Title"), validators=[Optional(), Length(max=500)])
    title_zh = StringField(_l("Title"), validators=[Optional(), Length(max=500)])
    speakers = TextAreaField(_l("Speakers"), validators=[Optional(), Length(max=4000)])
    abstract_en = TextAreaField(_l("Abstract"), validators=[Optional(), Length(max=10_000)])
    abstract_zh = TextAreaField(_l("Abstract"), validators=[Optional(), Length(max=10_000)])


class DutyForm(Form):
    address = StringField(
        _l("E-mail address"), validators=[DataRequired(_l("Give the person's address.")), Length(max=254)]
    )
    role = SelectField(_l("As"), choices=select_choices(DUTY_ROLES), default=DutyRole.CHAIR.value)


class AnswerForm(Form):
    """Yes or no to a duty."""

    accept = HiddenField()
    reason = StringField(_l("If not: a word to the organisers"), validators=[Optional(), Length(max=500)])


class ReleaseForm(Form):
    seen = HiddenField()
    note_en = StringField(_l("A word to the readers"), validators=[Optional(), Length(max=500)])
    note_zh = StringField(_l("A word to the readers"), validators=[Optional(), Length(max=500)])


class ImportForm(Form):
    file = FileField(
        _l("Schedule file"), validators=[FileRequired(_l("Choose a schedule.xml, a schedule.json or a table (CSV)."))]
    )
    replace_others = BooleanField(_l("Remove what an earlier import brought and this file no longer holds"))


class PresenterForm(VersionedForm):
    """When somebody on the programme cannot be there, and what they need."""

    away = TextAreaField(_l("When you cannot be there"), validators=[Optional(), Length(max=2000)])
    remote = BooleanField(_l("I take part from elsewhere, online"))
    zone = SelectField(_l("Time zone there"), choices=[], validate_choice=False)
    equipment = StringField(_l("What you need in the room"), validators=[Optional(), Length(max=500)])
    note = TextAreaField(_l("Anything else"), validators=[Optional(), Length(max=1000)])


def read_name(text: str) -> PersonName:
    """A name as it is typed in one line: "Given | Family", "Given | Family | 姓名", or as one piece.

    Nothing is guessed: without a bar the name stays whole.
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) >= 2:
        return PersonName(parts[0], parts[1], parts[2] if len(parts) > 2 else "")
    return PersonName(native=parts[0]) if has_han(parts[0]) else PersonName(family=parts[0])


def write_name(name: PersonName) -> str:
    """The line that ``read_name`` reads back."""
    if name.given or (name.family and name.native):
        return " | ".join([name.given, name.family, *([name.native] if name.native else [])])
    return name.family or name.native


def read_words(text: str | None) -> list[str]:
    """Words between commas of either language."""
    words = (text or "").replace("，", ",").replace("、", ",").split(",")
    return [word.strip() for word in words if word.strip()]


def read_intervals(text: str, zone: Any) -> list[tuple[datetime, datetime]]:
    """Lines "2026-06-10 09:00 - 18:00" or "2026-06-10 22:00 - 2026-06-11 02:00" on the clock of ``zone``.

    Raises ValueError with the line that cannot be read.
    """
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        begin, dash, end = line.replace("–", "-").partition(" - ")
        try:
            since = datetime.strptime(begin.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=zone)
            whole = end.strip() if len(end.strip()) > 5 else f"{since:%Y-%m-%d} {end.strip()}"
            until = datetime.strptime(whole, "%Y-%m-%d %H:%M").replace(tzinfo=zone)
        except ValueError as error:
            raise ValueError(line) from error
        if not dash or until <= since:
            raise ValueError(line)
        found.append((since, until))
    return found


def write_intervals(pairs: list[list[str]], zone: Any) -> str:
    """The lines that ``read_intervals`` reads back."""
    lines = []
    for begin, end in pairs:
        since, until = (datetime.fromisoformat(text).astimezone(zone) for text in (begin, end))
        same = since.date() == until.date()
        lines.append(
            f"{since:%Y-%m-%d %H:%M} - {until:%H:%M}" if same else f"{since:%Y-%m-%d %H:%M} - {until:%Y-%m-%d %H:%M}"
        )
    return "\n".join(lines)
