"""The form of a paper: from content to fields and back. What is typed is read leniently; rules judge it later."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice

from confsys.core.countries import code_of, name_of
from confsys.core.formatting import tx
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LOCALES, LocalizedText
from confsys.core.names import PersonName
from confsys.submissions.content import AuthorContent, DeclaredConflict, PaperContent
from confsys.submissions.states import ConflictKind
from confsys.submissions.wording import CONFLICT_WORDS, DECLARABLE

_BETWEEN_KEYWORDS = re.compile(r"[,;，；、\n]")
NO_TRACK = ""


def _clean(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def _line(label: Any, **given: Any) -> StringField:
    return StringField(label, filters=[_clean], **given)


class AuthorForm(Form):
    """One line of the list of authors."""

    id = HiddenField()
    given = _line(_l("Given name"))
    family = _line(_l("Family name"))
    native = _line(
        _l("Name in its own script"), description=_l("As written at home: 张伟. Leave empty if there is none.")
    )
    email = _line(_l("E-mail"))
    affiliation_en = _line(_l("Affiliation in English"))
    affiliation_zh = _line(_l("Affiliation in Chinese"))
    orcid = _line(_l("ORCID iD"))
    country = _line(_l("Country or region"))
    corresponding = BooleanField(_l("corresponding author"))
    presenter = BooleanField(_l("presents the paper"))
    contact = BooleanField(_l("contact: gets the mail and may edit"))


class ConflictForm(Form):
    """Somebody who must not review the paper."""

    name = _line(_l("Name"))
    email = _line(_l("E-mail"))
    kind = SelectField(_l("Because"), choices=[SelectChoice(kind.value, CONFLICT_WORDS[kind]) for kind in DECLARABLE])


class _Boxes(SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class StartForm(FlaskForm):
    """The first step: enough to have a paper to go on with."""

    title_en = _line(_l("Title in English"))
    title_zh = _line(_l("Title in Chinese"))
    track = RadioField(_l("Track"), choices=[], validate_choice=False)


class PaperForm(FlaskForm):
    """Everything authors say of a paper. The event's own fields are drawn and read beside it: see ``own_answers``."""

    version = HiddenField()
    title_en = _line(_l("Title in English"))
    title_zh = _line(_l("Title in Chinese"))
    abstract_en = TextAreaField(_l("Abstract in English"), filters=[_clean])
    abstract_zh = TextAreaField(_l("Abstract in Chinese"), filters=[_clean])
    keywords_en = _line(_l("Keywords in English"))
    keywords_zh = _line(_l("Keywords in Chinese"))
    track = RadioField(_l("Track"), choices=[], validate_choice=False)
    topics = _Boxes(_l("Topics"), choices=[], validate_choice=False)
    authors = FieldList(FormField(AuthorForm), label=_l("Authors"))
    conflicts = FieldList(FormField(ConflictForm), label=_l("Conflicts of interest"))
    file = FileField(_l("Paper"))
    pasted = TextAreaField(_l("List of authors"), filters=[_clean])
    author_file = FileField(_l("CSV file"))

    @property
    def seen_version(self) -> int | None:
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else None

    def blame(self, wrong: Mapping[str, Any]) -> None:
        """Put sentences on the inputs they are about; what belongs to none stands on top."""
        for name, sentence in wrong.items():
            field = self.find(name)
            if field is None:
                self.form_errors.append(str(sentence))
                continue
            field.errors = [*field.errors, str(sentence)]
            parent, _dash, line = name.partition("-")
            if line:  # a list of lines is wrong when one of them is; the form sums up by its own fields
                self._fields[parent].errors = [*self._fields[parent].errors, {line: [str(sentence)]}]

    def find(self, name: str) -> Any:
        """The field of an input's name (``authors-2-email``), or None."""
        first, *rest = name.split("-")
        field = self._fields.get(first)
        if len(rest) == 2 and field is not None and rest[0].isdigit() and int(rest[0]) < len(field.entries):
            return field.entries[int(rest[0])].form._fields.get(rest[1])
        return field if not rest else None


def values_of(content: PaperContent) -> dict[str, Any]:
    """What fills the form."""
    values: dict[str, Any] = {
        "track": str(content.track_id or NO_TRACK),
        "topics": [str(topic) for topic in sorted(content.topic_ids)],
        "authors": [_author_values(author) for author in content.authors],
        "conflicts": [conflict.as_dict() for conflict in content.conflicts],
    }
    for locale in LOCALES:
        values[f"title_{locale}"] = getattr(content.title, locale)
        values[f"abstract_{locale}"] = getattr(content.abstract, locale)
        between = "，" if locale == "zh" else ", "
        values[f"keywords_{locale}"] = between.join(content.keywords.get(locale, ()))
    return values


def _author_values(author: AuthorContent) -> dict[str, Any]:
    return {
        "id": str(author.id or ""), "given": author.name.given, "family": author.name.family,
        "native": author.name.native, "email": author.email, "affiliation_en": author.affiliation.en,
        "affiliation_zh": author.affiliation.zh, "orcid": author.orcid,
        "country": name_of(author.country) if author.country else "", "corresponding": author.corresponding,
        "presenter": author.presenter, "contact": author.contact,
    }  # fmt: skip


def content_in(form: PaperForm, answers: Mapping[str, Any]) -> PaperContent:
    """What was typed. A country nobody knows is left out here and blamed by ``unknown_countries``."""
    return PaperContent(
        title=_pair(form, "title"),
        abstract=_pair(form, "abstract"),
        keywords={locale: words for locale in LOCALES if (words := keywords_in(form[f"keywords_{locale}"].data))},
        track_id=_number(form.track.data),
        topic_ids=frozenset(number for text in form.topics.data or () if (number := _number(text)) is not None),
        authors=tuple(author_in(entry.form) for entry in form.authors.entries),
        conflicts=tuple(_conflict_in(entry.form) for entry in form.conflicts.entries),
        answers=answers,
    )


def keywords_in(text: str | None) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in _BETWEEN_KEYWORDS.split(text or "") if word.strip())


def _pair(form: FlaskForm, name: str) -> LocalizedText:
    return LocalizedText(en=form[f"{name}_en"].data or "", zh=form[f"{name}_zh"].data or "")


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdigit() else None


def author_in(form: Any) -> AuthorContent:
    def text(name: str) -> str:
        return form[name].data or ""

    return AuthorContent(
        name=PersonName(text("given"), text("family"), text("native")), email=text("email"),
        affiliation=LocalizedText(text("affiliation_en"), text("affiliation_zh")), orcid=text("orcid"),
        country=code_of(text("country")) or "", corresponding=form.corresponding.data, presenter=form.presenter.data,
        contact=form.contact.data, id=_number(form.id.data),
    )  # fmt: skip


def _conflict_in(form: Any) -> DeclaredConflict:
    known = {kind.value for kind in DECLARABLE}
    kind = ConflictKind(form.kind.data) if form.kind.data in known else ConflictKind.OTHER
    return DeclaredConflict(form.name.data or "", form.email.data or "", kind)


def unknown_countries(form: PaperForm) -> dict[str, Any]:
    """{input: sentence} for countries that cannot be kept as typed."""
    return {
        f"authors-{n}-country": _l("“%(name)s” is not a country or region we know.", name=entry.form.country.data)
        for n, entry in enumerate(form.authors.entries)
        if code_of(entry.form.country.data or "") is None
    }


def move_row(rows: list[Any], command: str, blank: Callable[[], Any]) -> None:
    """Do what a button of the list asks: ``add``, or ``<index>:up|down|remove``. An unknown index does nothing."""
    if command == "add":
        rows.append(blank())
        return
    index_text, _colon, verb = command.partition(":")
    if not index_text.isdigit() or int(index_text) >= len(rows):
        return
    index = int(index_text)
    if verb == "remove":
        del rows[index]
    elif verb in {"up", "down"}:
        other = index + (1 if verb == "down" else -1)
        if 0 <= other < len(rows):
            rows[index], rows[other] = rows[other], rows[index]


def labelled(rows: Sequence[Any]) -> list[SelectChoice]:
    """Choices of tracks or topics, by id, in the reader's language."""
    return [SelectChoice(str(row.id), tx(row.name)) for row in rows]
