"""Forms of the publishing room: shape and wording."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from confsys.core.i18n import lazy_gettext as _l

LICENCES = [
    SelectChoice("CC-BY-4.0", _l("CC BY 4.0: everybody may share and adapt it, naming you")),
    SelectChoice("CC-BY-NC-ND-4.0", _l("CC BY-NC-ND 4.0: everybody may share it unchanged, not for sale")),
    SelectChoice("publisher", _l("I transfer the right of publication to the publisher")),
]


class CameraReadyForm(FlaskForm):
    file = FileField(_l("Final version"), validators=[FileRequired(_l("Please choose a PDF or Word file."))])


class SignatureForm(FlaskForm):
    licence = RadioField(_l("Licence"), choices=LICENCES, validators=[DataRequired(_l("Please choose a licence."))])
    signed_name = StringField(
        _l("Your full name, as a signature"),
        validators=[DataRequired(_l("Please write your full name, as a signature.")), Length(max=200)],
    )


class SendBackForm(FlaskForm):
    version = HiddenField()
    note = TextAreaField(
        _l("What the authors should change"),
        validators=[DataRequired(_l("Please tell the authors what to change.")), Length(max=1000)],
    )


class VolumeForm(FlaskForm):
    """The imprint. ``editors``: one a line, "Given Family" or "Given Family = 中文名"."""

    version = HiddenField()
    code = StringField(
        _l("Short name in the address"),
        validators=[
            DataRequired(_l("Please give a short name.")),
            Length(max=40),
            Regexp(r"[a-z0-9-]+$", message=_l("Use small letters, digits and hyphens only.")),
        ],
    )
    title_en = StringField(_l("Title"), validators=[Length(max=300)])
    title_zh = StringField(_l("Title"), validators=[Length(max=300)])
    subtitle_en = StringField(_l("Subtitle"), validators=[Optional(), Length(max=300)])
    subtitle_zh = StringField(_l("Subtitle"), validators=[Optional(), Length(max=300)])
    publisher_en = StringField(_l("Publisher"), validators=[Optional(), Length(max=200)])
    publisher_zh = StringField(_l("Publisher"), validators=[Optional(), Length(max=200)])
    place_en = StringField(_l("Place of publication"), validators=[Optional(), Length(max=120)])
    place_zh = StringField(_l("Place of publication"), validators=[Optional(), Length(max=120)])
    isbn = StringField(
        _l("ISBN"), validators=[Optional(), Regexp(r"[\d -]{9,17}[\dXx]$", message=_l("This is not an ISBN."))]
    )
    issn = StringField(
        _l("ISSN of the series"),
        validators=[Optional(), Regexp(r"\d{4}-\d{3}[\dXx]$", message=_l("This is not an ISSN."))],
    )
    doi_prefix = StringField(
        _l("DOI prefix"),
        validators=[Optional(), Regexp(r"10\.\d{4,9}$", message=_l("A DOI prefix looks like 10.12345."))],
    )
    licence = SelectField(_l("Licence of the volume"), choices=LICENCES)
    editors = TextAreaField(_l("Editors"), validators=[Optional(), Length(max=2000)])
    preface_en = TextAreaField(_l("Preface"), validators=[Optional(), Length(max=20000)])
    preface_zh = TextAreaField(_l("Preface"), validators=[Optional(), Length(max=20000)])

    def validate_title_en(self, field: StringField) -> None:
        if not field.data and not self.title_zh.data:
            raise ValueError(_l("Please give the title in at least one language."))
