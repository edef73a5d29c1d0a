"""Forms with one field of every kind, for the gallery."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    DecimalField,
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget


def offered(*pairs: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class AuthorForm(Form):
    name = StringField("Name", [DataRequired("Give the author's name.")])
    email = EmailField("E-mail", [DataRequired(), Email("This is not an address: a part is missing.")])


class BilingualForm(Form):
    en = StringField("English")
    zh = StringField("中文")


class PaperForm(FlaskForm):
    title = FormField(BilingualForm)
    abstract = TextAreaField("Abstract", [DataRequired("An abstract is needed; reviewers bid by it."), Length(max=200)])
    track = SelectField(
        "Track",
        choices=[
            SelectChoice("", "–"),
            SelectChoice("power", "Power systems"),
            SelectChoice("grid", "Grids and storage"),
        ],
    )
    kind = RadioField(
        "Kind of paper",
        [DataRequired()],
        choices=offered(("full", "Full paper"), ("short", "Short paper")),
    )
    presentation = RadioField("Presentation", [DataRequired()], choices=offered(("talk", "Talk"), ("poster", "Poster")))
    topics = SelectMultipleField(
        "Topics",
        choices=[
            SelectChoice("hv", "High voltage"),
            SelectChoice("pe", "Power electronics"),
            SelectChoice("ai", "Learning methods"),
        ],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    keywords = StringField("Keywords", description="Three to six, separated by commas.")
    organisation = StringField("Organisation")
    pages = IntegerField("Pages", [NumberRange(1, 12, "Between 1 and 12.")])
    fee = DecimalField("Fee")
    arrival = DateField("Arrival")
    talk_at = DateTimeLocalField("Talk begins", format="%Y-%m-%dT%H:%M")
    code = URLField("Address of the code")
    secret = PasswordField("Password")
    paper = FileField("Paper")
    more = MultipleFileField("Further files")
    authors = FieldList(FormField(AuthorForm))
    consent = BooleanField("All authors agree to this submission", [DataRequired("The authors have to agree.")])
    stamp = HiddenField()


class SignInForm(FlaskForm):
    email = EmailField(_l("E-mail"), [DataRequired()])
    password = PasswordField(_l("Password"), [DataRequired()])
