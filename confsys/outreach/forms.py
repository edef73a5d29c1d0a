"""Forms of outreach: shape and wording."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateTimeLocalField
from wtforms.validators import URL, InputRequired, Length, NumberRange, Optional

from confsys.core.forms import BoxesField, Form, VersionedForm, select_choices
from confsys.core.i18n import lazy_gettext as _l
from confsys.outreach.words import GROUPS, KINDS, MODES, THEME_DAYS

WALL = "%Y-%m-%dT%H:%M"
WEEKDAYS = [
    (1, _l("Monday")),
    (2, _l("Tuesday")),
    (3, _l("Wednesday")),
    (4, _l("Thursday")),
    (5, _l("Friday")),
    (6, _l("Saturday")),
    (7, _l("Sunday")),
]
MARKS = [(5, _l("very good")), (4, _l("good")), (3, _l("fair")), (2, _l("poor")), (1, _l("bad"))]
CLARITY = [(5, _l("all of it")), (4, _l("most of it")), (3, _l("half of it")), (2, _l("little")), (1, _l("nothing"))]


def listed(text: str | None) -> tuple[str, ...]:
    """What was typed with commas between, in either script, without doubles."""
    pieces = (text or "").replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(piece.strip()[:80] for piece in pieces if piece.strip()))[:20]


class ActivityForm(VersionedForm):
    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])
    kind = SelectField(_l("Type of activity"), choices=select_choices(KINDS))
    target_groups = BoxesField(_l("For whom"), choices=select_choices(GROUPS))
    theme_day = SelectField(_l("Theme day"), choices=[*select_choices([("", _l("none"))]), *select_choices(THEME_DAYS)])
    summary_en = StringField(_l("In one sentence"), [Length(max=300)])
    summary_zh = StringField(_l("In one sentence"), [Length(max=300)])
    description_en = TextAreaField(_l("What happens there"), [Length(max=8000)])
    description_zh = TextAreaField(_l("What happens there"), [Length(max=8000)])
    starts_at = DateTimeLocalField(_l("Begins"), [InputRequired()], format=WALL)
    ends_at = DateTimeLocalField(_l("Ends"), [InputRequired()], format=WALL)
    mode = SelectField(_l("How people take part"), choices=select_choices(MODES))
    city_en = StringField(_l("City"), [Length(max=80)])
    city_zh = StringField(_l("City"), [Length(max=80)])
    place_en = StringField(_l("Place"), [Length(max=200)])
    place_zh = StringField(_l("Place"), [Length(max=200)])
    meeting_url = StringField(_l("Address on line"), [Optional(), URL(), Length(max=300)])
    hosts_en = StringField(_l("Hosts"), [Length(max=200)])
    hosts_zh = StringField(_l("Hosts"), [Length(max=200)])
    experts = StringField(_l("Experts"), [Length(max=400)])
    takes_bookings = BooleanField(_l("People sign up for it here"))
    capacity = IntegerField(_l("Places"), [Optional(), NumberRange(min=1, max=100000)])
    planned_headcount = IntegerField(_l("How many you expect"), [Optional(), NumberRange(min=0, max=1000000)])
    volunteers_wanted = IntegerField(_l("Volunteers wanted"), [Optional(), NumberRange(min=0, max=500)])
    checked_by = StringField(_l("Who checked the content"), [Length(max=120)])


class PublicTalkForm(Form):
    """An author's proposal: what a draft needs to begin with."""

    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])
    summary_en = StringField(_l("In one sentence"), [Length(max=300)])
    summary_zh = StringField(_l("In one sentence"), [Length(max=300)])
    target_groups = BoxesField(_l("For whom"), choices=select_choices(GROUPS))
    starts_at = DateTimeLocalField(_l("Begins"), [InputRequired()], format=WALL)
    city_en = StringField(_l("City"), [Length(max=80)])
    city_zh = StringField(_l("City"), [Length(max=80)])
    place_en = StringField(_l("Place"), [Length(max=200)])
    place_zh = StringField(_l("Place"), [Length(max=200)])


class OutcomeForm(VersionedForm):
    actual_headcount = IntegerField(_l("How many came"), [InputRequired(), NumberRange(min=0, max=10000000)])
    online_views = IntegerField(_l("Views on line"), [Optional(), NumberRange(min=0, max=100000000)])
    cost = StringField(_l("What it cost, in yuan"), [Length(max=20)])
    report_en = TextAreaField(_l("How it was"), [Length(max=8000)])
    report_zh = TextAreaField(_l("How it was"), [Length(max=8000)])


class BookingForm(Form):
    name = StringField(_l("Your name"), [InputRequired(), Length(max=120)])
    email = EmailField(_l("E-mail"), [InputRequired(), Length(max=254)])
    group_name = StringField(_l("School, club or firm"), [Length(max=120)])
    adults = IntegerField(_l("Adults"), [InputRequired(), NumberRange(min=0, max=60)], default=1)
    minors = IntegerField(_l("Children under 18"), [Optional(), NumberRange(min=0, max=60)], default=0)
    guardian_name = StringField(_l("Name of the guardian"), [Length(max=120)])
    consent = BooleanField(_l("The guardian agrees that the children take part"))


class ArrivedForm(Form):
    arrived = IntegerField(_l("How many have arrived"), [InputRequired(), NumberRange(min=0, max=60)])


class FeedbackForm(Form):
    rating = RadioField(_l("How was it?"), [InputRequired()], choices=select_choices(MARKS))
    understood = RadioField(_l("How much did you understand?"), [InputRequired()], choices=select_choices(CLARITY))
    comment = TextAreaField(_l("Anything you would like to tell us"), [Length(max=2000)])


class VolunteerForm(Form):
    skills = StringField(_l("What you can do"), [Length(max=400)])
    cities = StringField(_l("Where you can help"), [InputRequired(), Length(max=400)])
    about = TextAreaField(_l("A few words about you"), [Length(max=500)])


class HoursForm(Form):
    hours = StringField(_l("Hours"), [InputRequired(), Length(max=8)])
    task = StringField(_l("What you did"), [InputRequired(), Length(max=200)])


class SpeakerForm(Form):
    topics = StringField(_l("Topics"), [InputRequired(), Length(max=600)])
    cities = StringField(_l("Cities"), [Length(max=400)])
    online = BooleanField(_l("I also speak on line"))
    groups = BoxesField(_l("For whom"), choices=select_choices(GROUPS))
    weekdays = BoxesField(_l("Days that suit you"), coerce=int, choices=select_choices(WEEKDAYS))
    available_from = DateField(_l("From"), [Optional()])
    available_until = DateField(_l("Until"), [Optional()])
    per_year = IntegerField(_l("Talks a year at most"), [InputRequired(), NumberRange(min=1, max=100)], default=4)
    active = BooleanField(_l("Schools may be offered my talks"), default=True)


class RequestForm(Form):
    school = StringField(_l("School or institution"), [InputRequired(), Length(max=200)])
    contact = StringField(_l("Your name"), [InputRequired(), Length(max=120)])
    email = EmailField(_l("E-mail"), [InputRequired(), Length(max=254)])
    city = StringField(_l("City"), [InputRequired(), Length(max=80)])
    place = StringField(_l("Where the talk would be"), [Length(max=200)])
    online_is_fine = BooleanField(_l("A talk on line would be fine, too"))
    group = SelectField(_l("Who will listen"), choices=select_choices(GROUPS))
    headcount = IntegerField(_l("How many"), [InputRequired(), NumberRange(min=1, max=100000)])
    topic = StringField(_l("What about"), [InputRequired(), Length(max=200)])
    message = TextAreaField(_l("Anything else"), [Length(max=4000)])
    first_day = DateField(_l("Not before"), [InputRequired()])
    last_day = DateField(_l("Not after"), [InputRequired()])


class MediumForm(Form):
    file = FileField(_l("Picture or PDF"), [FileRequired(_l("Please choose a file."))])
    caption_en = StringField(_l("Caption"), [Length(max=300)])
    caption_zh = StringField(_l("Caption"), [Length(max=300)])
    alt_en = StringField(_l("What the picture shows"), [Length(max=300)])
    alt_zh = StringField(_l("What the picture shows"), [Length(max=300)])
    agreed = BooleanField(_l("The people shown agree that everybody sees this picture"))


class LinkForm(Form):
    title_en = StringField(_l("Title"), [Length(max=300)])
    title_zh = StringField(_l("Title"), [Length(max=300)])
    outlet = StringField(_l("Where it appeared"), [InputRequired(), Length(max=200)])
    url = StringField(_l("Link"), [InputRequired(), Length(max=500)])


class DutyForm(VersionedForm):
    talks = IntegerField(_l("Talks"), [Optional(), NumberRange(min=1, max=100)])
    articles = IntegerField(_l("Articles"), [Optional(), NumberRange(min=1, max=100)])
    hours = IntegerField(_l("Hours of help"), [Optional(), NumberRange(min=1, max=1000)])


class ArticleForm(Form):
    title = StringField(_l("Title"), [InputRequired(), Length(max=300)])
    outlet = StringField(_l("Where it appeared"), [InputRequired(), Length(max=200)])
    url = StringField(_l("Link"), [Length(max=500)])
    published_on = DateField(_l("When it appeared"), [InputRequired()])


class AcceptForm(Form):
    day = DateField(_l("Day"), [InputRequired()])
    hour = SelectField(
        _l("Begins at"), coerce=int, choices=select_choices([(h, f"{h:02d}:00") for h in range(8, 21)]), default=14
    )


class NoteForm(Form):
    answer = TextAreaField(_l("Why"), [Length(max=1000)])


def chosen(form: Any, name: str) -> tuple[Any, ...]:
    return tuple(form[name].data or ())
