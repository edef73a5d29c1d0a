"""Forms of this room: shape and wording."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateTimeLocalField
from wtforms.validators import InputRequired, Length, Optional

from confsys.accounts.forms import known_zone
from confsys.core.forms import BoxesField, Form, VersionedForm, choices
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
    mode = RadioField(_l("How people meet"), choices=choices(words.MODES))
    contact_email = EmailField(_l("Address for questions"), [Optional(), Length(max=254)])
    accent = SelectField(_l("Colour"), choices=choices(ACCENTS))
    features = BoxesField(_l("What the event uses"))
    blindness = RadioField(_l("Who knows whom during review"), choices=choices(words.BLINDNESS))


def stages_form(kinds: list[StageKind]) -> type[VersionedForm]:
    """A form with the times of each stage: ``<kind>_opens``, ``_due``, ``_grace``, ``_anywhere``."""
    fields: dict[str, object] = {}
    for kind in kinds:
        fields[f"{kind.value}_opens"] = DateTimeLocalField(_l("Opens"), [Optional()], format=[WALL, WALL + ":%S"])
        fields[f"{kind.value}_due"] = DateTimeLocalField(_l("Due"), [Optional()], format=[WALL, WALL + ":%S"])
        fields[f"{kind.value}_grace"] = SelectField(_l("Grace"), coerce=int, choices=choices(GRACES), default=0)
        fields[f"{kind.value}_anywhere"] = BooleanField(_l("Due anywhere on Earth (AoE)"))
    return type("StagesForm", (VersionedForm,), fields)


class PageForm(VersionedForm):
    title_en = StringField(_l("Title"), [Length(max=200)])
    title_zh = StringField(_l("Title"), [Length(max=200)])
    body_en = TextAreaField(_l("Text"), [Length(max=50_000)])
    body_zh = TextAreaField(_l("Text"), [Length(max=50_000)])
    published = BooleanField(_l("Show this page"))
