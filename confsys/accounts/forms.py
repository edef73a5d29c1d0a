"""Forms of this room: shape and wording."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from confsys.accounts.states import RelationKind
from confsys.core.forms import Form, VersionedForm, select_choices
from confsys.core.i18n import LANGUAGE_NAMES
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName, has_han

RELATIONS = {
    RelationKind.ADVISOR: _l("my advisor"),
    RelationKind.ADVISEE: _l("my student"),
    RelationKind.COAUTHOR: _l("co-author"),
    RelationKind.FAMILY: _l("family"),
    RelationKind.OTHER: _l("other close tie"),
}


def zones() -> list[str]:
    """Time zones by place: the ones with a name somebody would look for."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def known_zone(_form: object, field: StringField) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_l("Choose a time zone from the list, such as Asia/Shanghai."))


class SignInForm(Form):
    address = EmailField(_l("E-mail"), [InputRequired(), Length(max=254)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [InputRequired(), Length(max=200)], render_kw={"autocomplete": "current-password"}
    )
    remember = BooleanField(_l("Keep me signed in on this computer for 30 days"))


class CodeForm(Form):
    code = StringField(
        _l("Code"),
        [InputRequired(), Length(max=12)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class AskAccountForm(Form):
    address = EmailField(_l("E-mail"), [InputRequired(), Length(max=254)], render_kw={"autocomplete": "email"})
    consent = BooleanField(
        _l("I agree that the society keeps my name, my addresses and what I hand in, to run its meetings and journals.")
    )


class AskResetForm(Form):
    address = EmailField(_l("E-mail"), [InputRequired(), Length(max=254)], render_kw={"autocomplete": "username"})


class NameMixin:
    """Name in parts: native as written at home, Latin given and family."""

    native = StringField(
        _l("Name in your own script"),
        [Length(max=120)],
        description=_l("For example 张伟. Leave empty if it is Latin."),
    )
    given = StringField(_l("Given name, in Latin letters"), [Length(max=120)], render_kw={"autocomplete": "given-name"})
    family = StringField(
        _l("Family name, in Latin letters"), [Length(max=120)], render_kw={"autocomplete": "family-name"}
    )

    @property
    def name(self) -> PersonName:
        return PersonName(self.given.data or "", self.family.data or "", self.native.data or "")

    @property
    def wants_latin(self) -> bool:
        """A Han name was typed and no Latin one: a reading can be suggested for its owner to correct."""
        return has_han(self.native.data or "") and not self.given.data and not self.family.data


class OpenAccountForm(NameMixin, Form):
    password = PasswordField(
        _l("Password"),
        [InputRequired(), Length(max=200)],
        description=_l("At least 10 characters. A short sentence is easy to remember and hard to guess."),
        render_kw={"autocomplete": "new-password"},
    )
    zone = StringField(_l("Time zone"), [InputRequired(), known_zone], render_kw={"list": "zones"})


class OpenExternalAccountForm(NameMixin, Form):
    """For somebody who signs in elsewhere: no password is needed."""

    zone = StringField(_l("Time zone"), [InputRequired(), known_zone], render_kw={"list": "zones"})


class NewPasswordForm(Form):
    password = PasswordField(
        _l("New password"),
        [InputRequired(), Length(max=200)],
        description=_l("At least 10 characters. A short sentence is easy to remember and hard to guess."),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Present password"), [Length(max=200)], render_kw={"autocomplete": "current-password"})


class ProfileForm(NameMixin, VersionedForm):
    country = StringField(_l("Country, as two letters"), [Optional(), Length(min=2, max=2)])
    zone = StringField(_l("Time zone"), [InputRequired(), known_zone], render_kw={"list": "zones"})
    locale = RadioField(_l("Language of pages and mail"), choices=select_choices(LANGUAGE_NAMES))
    orcid = StringField(
        _l("ORCID iD"), [Optional(), Length(max=60)], description=_l("For example 0000-0002-1825-0097.")
    )
    expertise = TextAreaField(
        _l("What you know well"),
        [Length(max=4000)],
        description=_l("Words or phrases, one a line. They help to match papers with reviewers."),
    )
    biography_en = TextAreaField(_l("About you"), [Length(max=3000)])
    biography_zh = TextAreaField(_l("About you"), [Length(max=3000)])

    @property
    def expertise_words(self) -> list[str]:
        text = (self.expertise.data or "").replace("，", "\n").replace("；", "\n").replace(";", "\n").replace(",", "\n")
        return [word.strip() for word in text.splitlines() if word.strip()]


class EmailForm(Form):
    address = EmailField(_l("Another address"), [InputRequired(), Length(max=254)])


class AffiliationForm(Form):
    organisation = StringField(_l("Organisation"), [InputRequired(), Length(max=300)])
    position = StringField(_l("Position"), [Length(max=120)])
    starts_on = DateField(_l("From"), [Optional()])
    ends_on = DateField(_l("Until"), [Optional()], description=_l("Empty: you are still there."))


class EndAffiliationForm(Form):
    ends_on = DateField(_l("Until"), [Optional()])


class RelationForm(Form):
    kind = SelectField(_l("What ties you"), choices=select_choices(RELATIONS))
    name = StringField(_l("Name"), [Length(max=200)])
    address = EmailField(_l("E-mail"), [Optional(), Length(max=254)])
    starts_on = DateField(_l("From"), [Optional()])
    ends_on = DateField(_l("Until"), [Optional()])


class BibtexForm(Form):
    bibtex = TextAreaField(_l("BibTeX"), render_kw={"spellcheck": "false"})
    file = FileField(_l("Or a file"), render_kw={"accept": ".bib,text/plain,application/x-bibtex"})


class DisableSecondFactorForm(CodeForm):
    password = PasswordField(_l("Present password"), [Length(max=200)], render_kw={"autocomplete": "current-password"})


class NextForm(Form):
    """Where to go afterwards, carried through a page."""

    next = HiddenField()
