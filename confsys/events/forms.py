"""Forms of this room: shape and wording."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateTimeLocalField
from wtforms.validators import URL, InputRequired, Length, NumberRange, Optional

from confsys.accounts.forms import known_zone
from confsys.core.forms import BoxesField, Form, RowForm, VersionedForm, select_choices
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.i18n import lazy_gettext as _l
from confsys.events import words
from confsys.events.palette import ACCENTS
from confsys.events.states import StageKind

WALL = "%Y-%m-%dT%H:%M"
GRACES = [
    (0, _l("none")),
    (2, _l("2 hours")),
    (12, _l("12 hours")),
    (24, _l("1 day")),
    (48, _l("2 days")),
    (72, _l("3 days")),
    (168, _l("1 week")),
]


class NewEventForm(Form):
    name_en = StringField(_l("Name of the event"), [Length(max=200)])
    name_zh = StringField(_l("Name of the event"), [Length(max=200)])
    acronym = StringField(
        _l("Short name"), [Length(max=40)], description=_l("For example AM 2027. Used in mail and menus.")
    )
    slug = StringField(
        _l("Address"),
        [InputRequired(), Length(max=60)],
        description=_l("Small letters, digits and hyphens, such as am2027. It becomes part of every link."),
    )
    starts_on = DateField(_l("First day"), [InputRequired()])
    ends_on = DateField(_l("Last day"), [InputRequired()])
    zone = StringField(_l("Time zone of the event"), [InputRequired(), known_zone], render_kw={"list": "zones"})


class BasicsForm(VersionedForm, NewEventForm):
    tagline_en = StringField(_l("One sentence about it"), [Length(max=300)])
    tagline_zh = StringField(_l("One sentence about it"), [Length(max=300)])
    place_en = StringField(_l("Place"), [Length(max=200)])
    place_zh = StringField(_l("Place"), [Length(max=200)])
    mode = RadioField(_l("How people meet"), choices=select_choices(words.MODES))
    contact_email = EmailField(_l("Address for questions"), [Optional(), Length(max=254)])
    accent = SelectField(_l("Colour"), choices=select_choices(ACCENTS))
    features = BoxesField(_l("What the event uses"))
    blindness = RadioField(_l("Who knows whom during review"), choices=select_choices(words.BLINDNESS))


def stages_form(kinds: list[StageKind]) -> type[VersionedForm]:
    """A form with the times of each stage: ``<kind>_opens``, ``_due``, ``_grace``, ``_anywhere``."""
    fields: dict[str, object] = {}
    for kind in kinds:
        fields[f"{kind.value}_opens"] = DateTimeLocalField(_l("Opens"), [Optional()], format=[WALL, WALL + ":%S"])
        fields[f"{kind.value}_due"] = DateTimeLocalField(_l("Due"), [Optional()], format=[WALL, WALL + ":%S"])
        fields[f"{kind.value}_grace"] = SelectField(_l("Grace"), coerce=int, choices=select_choices(GRACES), default=0)
        fields[f"{kind.value}_anywhere"] = BooleanField(_l("Due anywhere on Earth (AoE)"))
    return type("StagesForm", (VersionedForm,), fields)


class TrackForm(RowForm):
    id = HiddenField()
    code = StringField(_l("Code"), [Length(max=20)])
    name_en = StringField(_l("Name"), [Length(max=200)])
    name_zh = StringField(_l("Name"), [Length(max=200)])
    description_en = StringField(_l("What belongs here"), [Length(max=1000)])
    description_zh = StringField(_l("What belongs here"), [Length(max=1000)])


class TopicForm(RowForm):
    id = HiddenField()
    name_en = StringField(_l("Topic"), [Length(max=200)])
    name_zh = StringField(_l("Topic"), [Length(max=200)])


class StructureForm(VersionedForm):
    tracks = FieldList(FormField(TrackForm), label=_l("Tracks"))
    topics = FieldList(FormField(TopicForm), label=_l("Topics"))
    more_topics = TextAreaField(
        _l("More topics at once"),
        [Length(max=20_000)],
        description=_l("One a line: English | 中文. They are added when you save."),
    )


class QuestionForm(VersionedForm):
    """A field of one of the event's forms."""

    type = SelectField(_l("Kind"), choices=select_choices(words.FIELD_TYPES))
    key = StringField(
        _l("Key"), [Length(max=40)], description=_l("Used in exports; made from the English label when empty.")
    )
    label_en = StringField(_l("What is asked"), [Length(max=300)])
    label_zh = StringField(_l("What is asked"), [Length(max=300)])
    help_en = StringField(_l("Help"), [Length(max=1000)])
    help_zh = StringField(_l("Help"), [Length(max=1000)])
    required = BooleanField(_l("Must be answered"))
    choices = TextAreaField(
        _l("Choices"),
        [Length(max=20_000)],
        description=_l(
            "One a line: value | English | 中文. For a score: the words at its steps, such as 5 | accept | 录用."
        ),
    )
    lowest = IntegerField(_l("Lowest value"), [Optional()])
    highest = IntegerField(_l("Highest value"), [Optional()])
    length_max = IntegerField(_l("Most characters"), [Optional(), NumberRange(min=1, max=100_000)])
    audience = RadioField(_l("Who reads the answer"), choices=select_choices(words.AUDIENCES))
    is_overall = BooleanField(_l("This score ranks the papers"))
    is_confidence = BooleanField(_l("This score says how sure the reviewer is"))


class NewPageForm(Form):
    key = StringField(_l("Address"), [InputRequired(), Length(max=40)], description=_l("For example travel."))
    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])


class PageForm(VersionedForm):
    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])
    body_en = TextAreaField(_l("Text"), [Length(max=50_000)])
    body_zh = TextAreaField(_l("Text"), [Length(max=50_000)])
    published = BooleanField(_l("Show this page"))


class InviteForm(Form):
    role = RadioField(_l("Role"))
    track = SelectField(_l("Only for one track"), coerce=str, validate_choice=False)
    people = TextAreaField(
        _l("Whom"),
        [InputRequired(), Length(max=200_000)],
        description=_l("One a line, such as: Li Mei <li.mei@example.org>. A bare address or spreadsheet rows will do."),
    )
    locale = RadioField(_l("Language of the invitation"), choices=select_choices(LANGUAGE_NAMES))
    message = TextAreaField(
        _l("A word of your own"), [Length(max=2000)], description=_l("It stands in the middle of the mail.")
    )


class MemberForm(VersionedForm):
    title_en = StringField(_l("Display title"), [Length(max=120)])
    title_zh = StringField(_l("Display title"), [Length(max=120)])
    position = IntegerField(_l("Place in the order"), [Optional(), NumberRange(min=0, max=9999)])
    shown = BooleanField(_l("Show on the committees page"))


class DeclineForm(Form):
    reason = TextAreaField(_l("Why, if you like to tell"), [Length(max=500)])
    suggestion = StringField(
        _l("Whom could we ask in your place?"), [Length(max=300)], description=_l("A name, an address, or both.")
    )


class CoHostForm(VersionedForm):
    organisation = StringField(_l("Organisation"), [InputRequired(), Length(max=300)])
    kind = RadioField(_l("How it carries the event"), choices=select_choices(words.CO_HOSTS))
    position = IntegerField(_l("Place in the order"), [Optional(), NumberRange(min=0, max=999)])
    url = StringField(_l("Website"), [Optional(), URL(), Length(max=300)])
    track = SelectField(_l("Its part of the event"), coerce=str, validate_choice=False)
    places = IntegerField(_l("Places kept for its people"), [Optional(), NumberRange(min=0, max=100_000)])
    talks = IntegerField(_l("Talks kept for it"), [Optional(), NumberRange(min=0, max=10_000)])


class CoHostPeopleForm(Form):
    role = RadioField(_l("Role"))
    people = TextAreaField(
        _l("Whom"),
        [InputRequired(), Length(max=20_000)],
        description=_l("One a line, such as: Li Mei <li.mei@example.org>. A bare address or spreadsheet rows will do."),
    )
