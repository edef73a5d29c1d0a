"""What every form has: clean text, the version its reader saw, and room for what an operation objects to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, HiddenField, PasswordField, SelectMultipleField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.widgets import CheckboxInput, ListWidget

from confsys.core.errors import Invalid, StaleVersion
from confsys.core.i18n import gettext as _
from confsys.core.localized import LOCALES, LocalizedText

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody else saved meanwhile, for the ``conflict`` macro."""

    label: str
    theirs: str
    yours: str


def clean(text: str | None) -> str:
    """Text as it is kept: no blanks around it, no characters a database refuses."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


class _Trimming:
    """A form's Meta that trims every text field but passwords."""

    def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Field:
        kind = unbound_field.field_class
        if issubclass(kind, StringField) and not issubclass(kind, (PasswordField, HiddenField)):
            unbound_field.kwargs.setdefault("filters", [clean])
        return super().bind_field(form, unbound_field, options)  # type: ignore[misc]  # mixed into a Meta


class Form(FlaskForm):
    """A form whose text fields are trimmed and that can carry an operation's objections."""

    class Meta(_Trimming, FlaskForm.Meta):
        pass

    #: Filled when somebody else saved first.
    conflict: list[Change] | None = None

    def attempt(self, save: Callable[[], R]) -> R | None:
        """Run an operation. What it finds wrong is put on the form and None returned.

        An operation that returns nothing counts as True.
        """
        try:
            done = save()
        except Invalid as error:
            self.blame(error)
            return None
        except StaleVersion as error:
            self._show_conflict(error)
            return None
        return True if done is None else done  # type: ignore[return-value]  # truthy stands for "done"

    def blame(self, error: Invalid) -> None:
        for name, sentence in error.fields.items():
            field = self._fields.get(name) or self._fields.get(f"{name}_en")
            if field is None:
                self.form_errors.append(str(sentence))
            else:
                field.errors = [*field.errors, str(sentence)]

    def _show_conflict(self, error: StaleVersion) -> None:
        """Keep what was typed, show what is saved now beside it, and let the next save count."""
        self.conflict = []
        if error.row is None:
            self.form_errors.append(_("Somebody else saved this while you were writing. Compare, then save again."))
            return
        for name, field in self._fields.items():
            theirs = _shown(error.row, name)
            if theirs is not None and not isinstance(field, HiddenField) and theirs != str(field.data or ""):
                self.conflict.append(Change(str(field.label.text), theirs, str(field.data or "")))
        if "version" in self._fields:
            self._fields["version"].data = error.row.version

    @property
    def status(self) -> int:
        """The answer's status when the form is shown (again)."""
        if self.conflict is not None:
            return 409
        return 422 if self.errors else 200


class RowForm(PlainForm):
    """One row of a list inside a form (a FormField of a FieldList); the outer form carries the token."""

    class Meta(_Trimming, PlainForm.Meta):
        pass


class VersionedForm(Form):
    """A form over a row with a version; filled from ``obj``, checked by ``expect_version``."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else 0


def _shown(row: Any, name: str) -> str | None:
    """The saved value behind a field, as text; None when the row has no such column."""
    value = getattr(row, name, None)
    stem, _bar, locale = name.rpartition("_")
    if value is None and locale in LOCALES:
        text = getattr(row, stem, None)
        return getattr(text, locale) if isinstance(text, LocalizedText) else None
    return None if value is None else str(value)


def localized(form: Form, name: str) -> LocalizedText:
    """The text of the pair of fields ``<name>_en`` and ``<name>_zh``."""
    return LocalizedText(en=form[f"{name}_en"].data or "", zh=form[f"{name}_zh"].data or "")


def pair_of(name: str, text: LocalizedText) -> dict[str, str]:
    """Values for the pair of fields, to fill a form with: ``Form(data={**pair_of("title", row.title)})``."""
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}


def select_choices(pairs: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The options of a select or of radio buttons: value (an enum gives its own) and label."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    return [SelectChoice(value=v.value if isinstance(v, Enum) else v, label=label) for v, label in rows]


class BoxesField(SelectMultipleField):
    """Any of several choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def rows_pressed(form: Form) -> bool:
    """Whether a button of an ``entries`` macro was pressed (add, remove, up, down); the list is changed by it.

    Nothing is saved: the page is shown again with what was typed.
    """
    name, _colon, command = request.form.get("rows", "").partition(":")
    rows = form._fields.get(name)
    if not isinstance(rows, FieldList):
        return False
    data = [entry.data for entry in rows.entries]
    place, _colon, verb = command.partition(":")
    if command == "add":
        data.append(None)
    elif place.isdigit() and int(place) < len(data):
        _move(data, int(place), verb)
    rows.process(None, data)
    return True


def _move(data: list[Any], place: int, verb: str) -> None:
    other = {"up": place - 1, "down": place + 1}.get(verb, -1)
    if verb == "remove":
        del data[place]
    elif 0 <= other < len(data):
        data[place], data[other] = data[other], data[place]
