"""The form of one paper around a request: its choices, what was typed, what is wrong with it. For authors and staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import request

from confsys.core.countries import names
from confsys.core.errors import Invalid
from confsys.core.formatting import join
from confsys.core.formatting import tx as in_locale
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.localized import LocalizedText
from confsys.events.answers import Checked, check, choices, shown, typed
from confsys.events.models import FormField
from confsys.submissions.authorlist import merged, read_list
from confsys.submissions.content import PaperContent, changed_parts, content_of
from confsys.submissions.context import PaperPage
from confsys.submissions.forms import PaperForm
from confsys.submissions.forms.paper import author_in, content_in, labelled, move_row, unknown_countries, values_of
from confsys.submissions.operations.saving import demands_of
from confsys.submissions.operations.writing import tidied
from confsys.submissions.options import SubmissionOptions
from confsys.submissions.queries.committee import pickable
from confsys.submissions.wording import CONFLICT_WORDS, PART_WORDS

#: More authors than this stand in closed lines.
OPEN_LINES = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One part that somebody else saved meanwhile, as the ``conflict`` macro draws it."""

    label: str
    theirs: str
    yours: str


@dataclass
class Desk:
    """What the form's template draws."""

    page: PaperPage
    form: PaperForm
    #: Raw answers to the event's own fields, by key, and what is wrong with them.
    typed: Mapping[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    kept: str = ""
    door: Any = None

    @classmethod
    def of(cls, page: PaperPage) -> Desk:
        """The form as the paper is stored now."""
        content = content_of(page.submission)
        values = {**values_of(content), "version": page.submission.version}
        return cls(page, _filled(page, values), typed=dict(content.answers))

    @classmethod
    def posted(cls, page: PaperPage) -> Desk:
        """The form as it was sent."""
        desk = cls(page, PaperForm())
        _give_choices(desk.form, page)
        desk.typed = typed(desk.fields, request.form)
        return desk

    @cached_property
    def fields(self) -> Sequence[FormField]:
        return demands_of(self.page.event).fields

    @cached_property
    def options(self) -> SubmissionOptions:
        return SubmissionOptions.of(self.page.event)

    @cached_property
    def answers(self) -> Checked:
        return check(self.fields, self.typed)

    @property
    def content(self) -> PaperContent:
        """What was typed, tidied. An answer the event's field cannot hold is not part of it."""
        return tidied(content_in(self.form, self.answers.answers))

    def unfit(self) -> bool:
        """Blame what cannot be kept as it was typed; True when there is any."""
        countries = unknown_countries(self.form)
        self.form.blame(countries)
        self.wrong.update(self.answers.wrong)
        return bool(countries or self.answers.wrong)

    def blame(self, error: Invalid) -> None:
        """Put an operation's objections on their inputs."""
        rest = {}
        for name, sentence in error.fields.items():
            if name.startswith("own-"):
                self.wrong[name.removeprefix("own-")] = str(sentence)
            else:
                rest[name] = sentence
        self.form.blame(rest)

    def show_stale(self) -> None:
        """Keep what was typed, show what is saved now beside it, and let the next save count."""
        stored, typed = content_of(self.page.submission), self.content
        self.changes = [
            Change(str(PART_WORDS[part]), self._told(stored, part), self._told(typed, part))
            for part in changed_parts(stored, typed)
        ]
        self.form.version.data = str(self.page.submission.version)

    def rows_changed(self) -> Desk:
        """The form with a line of a list added, removed, moved, or a pasted list of authors taken in."""
        name, _colon, command = request.form.get("rows", "").partition(":")
        values = {key: value for key, value in self.form.data.items() if key != "csrf_token"}
        if name in {"authors", "conflicts"}:
            if command == "paste":
                values["authors"] = self._with_pasted()
                values["pasted"] = ""
            else:
                move_row(values[name], command, dict)
        return Desk(self.page, _filled(self.page, values), typed=self.typed)

    def _with_pasted(self) -> list[dict[str, Any]]:
        known = [author_in(entry.form) for entry in self.form.authors.entries]
        text = self.form.pasted.data or ""
        upload = request.files.get("author_file")
        if upload is not None and upload.filename:
            text = f"{text}\n{decoded(upload.read(2_000_000))}" if text.strip() else decoded(upload.read(2_000_000))
        values: list[dict[str, Any]] = values_of(PaperContent(authors=tuple(merged(known, read_list(text)))))["authors"]
        return values

    def _told(self, content: PaperContent, part: str) -> str:
        """One part as text, to compare two versions by eye."""
        value = getattr(content, part)
        if part == "authors":
            return "; ".join(f"{a.name.both} {a.email} {a.affiliation.in_(current_locale())}".strip() for a in value)
        if part == "conflicts":
            return "; ".join(f"{row.name} {row.email} ({CONFLICT_WORDS[row.kind]})" for row in value)
        if part == "track_id":
            return next((in_locale(track.name) for track in self.page.event.tracks if track.id == value), "")
        if part == "topic_ids":
            return join([in_locale(topic.name) for topic in self.page.event.topics if topic.id in value])
        if part == "answers":
            return "; ".join(
                shown(row, value.get(row.key), current_locale()) for row in self.fields if value.get(row.key)
            )
        if isinstance(value, LocalizedText):
            return " / ".join(filter(None, (value.en, value.zh)))
        return "; ".join(join(list(words)) for words in value.values())

    @property
    def accept(self) -> str:
        """File endings, for the browser's file chooser."""
        return ",".join(f".{kind}" for kind in self.options.accept)

    @staticmethod
    def choices(row: FormField) -> list[tuple[str, LocalizedText]]:
        return choices(row)

    @property
    def countries(self) -> Sequence[str]:
        return list(names(current_locale()).values())

    @cached_property
    def committee(self) -> Sequence[str]:
        return pickable(self.page.event.id)

    @property
    def lines_open(self) -> bool:
        return len(self.form.authors.entries) <= OPEN_LINES

    @property
    def problems(self) -> bool:
        return bool(self.form.errors or self.form.form_errors or self.wrong)

    @property
    def extra(self) -> list[str]:
        """Sentences for the top of the form about the event's own fields."""
        labels = {row.key: in_locale(row.label) for row in self.fields}
        return [_("%(label)s: %(sentence)s", label=labels[key], sentence=text) for key, text in self.wrong.items()]


def _filled(page: PaperPage, values: Mapping[str, Any]) -> PaperForm:
    if not values.get("authors"):
        values = {**values, "authors": [{}]}
    form = PaperForm(formdata=None, data=values)
    _give_choices(form, page)
    return form


def _give_choices(form: PaperForm, page: PaperPage) -> None:
    form.track.choices = labelled(page.event.tracks)
    form.topics.choices = labelled(page.event.topics)


def decoded(raw: bytes) -> str:
    """Text of a file as spreadsheets in China and elsewhere save it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
