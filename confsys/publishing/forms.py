"""Forms of the publishing room: shape and wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, Regexp, ValidationError

from confsys.core.forms import VersionedForm
from confsys.core.i18n import lazy_gettext as _l
from confsys.publishing.checklist import ITEMS
from confsys.publishing.queries.notices import WORDS as NOTICE_WORDS
from confsys.publishing.states import Holder
from confsys.submissions.forms.paper import AuthorForm

LICENCES = [
    SelectChoice("CC-BY-4.0", _l("CC BY 4.0: everybody may share and adapt it, naming you")),
    SelectChoice("CC-BY-NC-ND-4.0", _l("CC BY-NC-ND 4.0: everybody may share it unchanged, not for sale")),
    SelectChoice("publisher", _l("Transfer: the society holds the copyright and publishes it")),
]
HOLDERS = [
    SelectChoice(Holder.AUTHORS.value, _l("ourselves, the authors")),
    SelectChoice(Holder.EMPLOYER.value, _l("our employer, for whom I may sign")),
    SelectChoice(Holder.US_GOVERNMENT.value, _l("nobody in the United States: all of us work for its government")),
    SelectChoice(Holder.CROWN.value, _l("the Crown: we work for a government of the Commonwealth")),
    SelectChoice(Holder.EU.value, _l("the European Union: we work for its institutions")),
]


class CameraReadyForm(FlaskForm):
    file = FileField(_l("Final version"), validators=[FileRequired(_l("Please choose a PDF or Word file."))])


class _Boxes(SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class ChecklistForm(FlaskForm):
    """``items``: the points that the authors looked at once more. None is demanded: what is open stays open."""

    items = _Boxes(_l("We looked at this once more"), choices=[SelectChoice(*item) for item in ITEMS.items()])


class LicenceForm(FlaskForm):
    """What the form to sign depends on; asked by GET, so it has no token of its own."""

    licence = RadioField(_l("Licence"), choices=LICENCES, validators=[DataRequired(_l("Please choose a licence."))])
    holder = RadioField(
        _l("Who holds the copyright now"), choices=HOLDERS, default=Holder.AUTHORS.value,
        validators=[DataRequired(_l("Please say whose the paper is."))],
    )  # fmt: skip
    employer = StringField(_l("Name of the employer"), validators=[Length(max=200)])

    def validate_employer(self, field: StringField) -> None:
        if self.holder.data == Holder.EMPLOYER and not (field.data or "").strip():
            raise ValidationError(_l("Please name the employer who holds the copyright."))


class _Signed(FlaskForm):
    signed_name = StringField(
        _l("Your full name, as a signature"),
        validators=[DataRequired(_l("Please write your full name, as a signature.")), Length(max=200)],
    )


class SignatureForm(_Signed):
    pass


class EditorForm(_Signed):
    pass


class ProofForm(_Signed):
    """``seen``: the digest of the record on the page that was looked at."""

    seen = HiddenField()


class NoticeForm(FlaskForm):
    kind = RadioField(
        _l("Kind of notice"),
        choices=[SelectChoice(kind.value, words[0]) for kind, words in NOTICE_WORDS.items()],
        validators=[DataRequired(_l("Please choose what kind of notice it is."))],
    )  # fmt: skip
    text_en = TextAreaField(_l("Notice"), validators=[Length(max=5000)])
    text_zh = TextAreaField(_l("Notice"), validators=[Length(max=5000)])
    seen = HiddenField()


class ReminderForm(FlaskForm):
    """A mail to the contacts of chosen papers. {name}, {title}, {missing} and {link} are filled in for each."""

    subject_en = StringField(_l("Subject"), validators=[DataRequired(_l("Please write a subject.")), Length(max=200)])
    subject_zh = StringField(_l("Subject"), validators=[DataRequired(_l("Please write a subject.")), Length(max=200)])
    text_en = TextAreaField(_l("Text"), validators=[DataRequired(_l("Please write a text.")), Length(max=4000)])
    text_zh = TextAreaField(_l("Text"), validators=[DataRequired(_l("Please write a text.")), Length(max=4000)])


class WaiveForm(FlaskForm):
    version = HiddenField()
    reason = StringField(
        _l("Why it goes into print without the missing signatures"),
        validators=[
            DataRequired(_l("Please say why the paper goes into print without these signatures.")), Length(max=500),
        ],
    )  # fmt: skip


class FreePagesForm(FlaskForm):
    version = HiddenField()
    reason = StringField(
        _l("Why these pages cost nothing"),
        validators=[DataRequired(_l("Please say why these pages cost nothing.")), Length(max=500)],
    )


class BudgetForm(FlaskForm):
    """One row a kind of presentation; a row without pages sets no limit."""

    class Row(Form):
        kind = HiddenField()
        pages = IntegerField(_l("Pages included"), validators=[Optional(), NumberRange(1, 999)])
        most_extra = IntegerField(_l("Further pages at most"), validators=[Optional(), NumberRange(0, 99)])
        fee = DecimalField(_l("Fee for each"), places=2, validators=[Optional(), NumberRange(0, 100000)])

    rows = FieldList(FormField(Row), label=_l("Kinds of papers"))


class ChapterForm(FlaskForm):
    """Who is asked to write what, and until when."""

    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    title_zh = StringField(_l("Title in Chinese"), validators=[Length(max=300)])
    part_en = StringField(_l("Part of the volume"), validators=[Length(max=200)])
    part_zh = StringField(_l("Part of the volume"), validators=[Length(max=200)])
    given = StringField(_l("Given name"), validators=[Length(max=120)])
    family = StringField(_l("Family name"), validators=[Length(max=120)])
    native = StringField(_l("Name in its own script"), validators=[Optional(), Length(max=120)])
    email = StringField(
        _l("E-mail"), validators=[DataRequired(_l("Please give an address.")), Email(), Length(max=254)]
    )
    due_on = DateField(_l("Needed by"), validators=[DataRequired(_l("Please give a day."))])


class AnswerForm(FlaskForm):
    """The chair's answer to a change of the record."""

    version = HiddenField()
    answer = TextAreaField(_l("Your answer to the authors"), validators=[Optional(), Length(max=1000)])


class RecordForm(FlaskForm):
    """What the authors want printed instead."""

    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    title_zh = StringField(_l("Title in Chinese"), validators=[Length(max=300)])
    authors = FieldList(FormField(AuthorForm), label=_l("Authors"))
    reason = TextAreaField(_l("Why"), validators=[Length(max=1000)])

    def blame(self, wrong: Mapping[str, Any]) -> None:
        """Put sentences on the inputs they are about; what belongs to none stands on top."""
        for name, sentence in wrong.items():
            first, _dash, rest = name.partition("-")
            index, _dash, part = rest.partition("-")
            if rest and first == "authors":
                field = self.authors.entries[int(index)].form[part]
                self.authors.errors = [*self.authors.errors, {index: [str(sentence)]}]
            else:
                field = self._fields.get(first)
            if field is None:
                self.form_errors.append(str(sentence))
            else:
                field.errors = [*field.errors, str(sentence)]


class SendBackForm(FlaskForm):
    version = HiddenField()
    note = TextAreaField(
        _l("What the authors should change"),
        validators=[DataRequired(_l("Please tell the authors what to change.")), Length(max=1000)],
    )


class VolumeForm(VersionedForm):
    """The imprint. ``editors``: one a line, "Given Family" or "Given Family = 中文名"."""

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
    special = BooleanField(_l("A special volume of commissioned chapters, such as a progress report of the discipline"))
    licence = SelectField(_l("Licence of the volume"), choices=LICENCES)
    editors = TextAreaField(_l("Editors"), validators=[Optional(), Length(max=2000)])
    preface_en = TextAreaField(_l("Preface"), validators=[Optional(), Length(max=20000)])
    preface_zh = TextAreaField(_l("Preface"), validators=[Optional(), Length(max=20000)])

    def validate_title_en(self, field: StringField) -> None:
        if not field.data and not self.title_zh.data:
            raise ValidationError(_l("Please give the title in at least one language."))
