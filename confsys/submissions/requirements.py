"""What a paper still lacks before it can be submitted. Pure: plain values in, sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confsys.core import identifiers
from confsys.core.i18n import Lazy, current_locale
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LOCALES, LocalizedText
from confsys.events.models import FormField
from confsys.events.states import FieldType
from confsys.submissions.content import AuthorContent, PaperContent
from confsys.submissions.options import SubmissionOptions

LANGUAGE_WORDS = {"en": _l("English"), "zh": _l("Chinese")}
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` names the input of the form that the sentence is about."""

    field: str
    text: Lazy | str


@dataclass(frozen=True, slots=True)
class Demands:
    """All that an event asks for: its rules, whether it has tracks and topics, its own fields."""

    options: SubmissionOptions
    tracks: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    fields: Sequence[FormField] = ()


def problems(content: PaperContent, demands: Demands, *, has_file: bool) -> list[Problem]:
    """Everything that keeps the paper from being submitted, in the order of the form; empty when nothing does."""
    return [
        *_texts(content, demands.options),
        *_choices(content, demands),
        *_author_list(content.authors, demands.options),
        *_file(demands.options, has_file=has_file),
        *own_field_problems(content.answers, demands.fields),
    ]


def _texts(content: PaperContent, options: SubmissionOptions) -> Iterator[Problem]:
    yield from _text("title", content.title, options.languages, required=True)
    yield from _text("abstract", content.abstract, options.languages, required=options.abstract_required)
    for locale in LOCALES:
        over = len(getattr(content.abstract, locale)) - options.abstract_max
        if options.abstract_max and over > 0:
            yield Problem(f"abstract_{locale}", _l("The abstract is %(n)s characters too long.", n=over))
    if (
        options.keywords_min
        and max((len(words) for words in content.keywords.values()), default=0) < options.keywords_min
    ):
        yield Problem("keywords_en", _l("Please give at least %(n)s keywords.", n=options.keywords_min))


def _text(name: str, text: LocalizedText, languages: Sequence[str], *, required: bool) -> Iterator[Problem]:
    if not required:
        return
    if not text:
        empty = _l("Please give the title.") if name == "title" else _l("Please give the abstract.")
        yield Problem(f"{name}_{languages[0] if languages else 'en'}", empty)
        return
    for locale in languages:
        if not getattr(text, locale):
            language = LANGUAGE_WORDS[locale]
            if name == "title":
                yield Problem(f"{name}_{locale}", _l("Please give the title in %(language)s too.", language=language))
            else:
                yield Problem(
                    f"{name}_{locale}", _l("Please give the abstract in %(language)s too.", language=language)
                )


def _choices(content: PaperContent, demands: Demands) -> Iterator[Problem]:
    if demands.tracks and content.track_id not in demands.tracks:
        yield Problem("track", _l("Please choose a track."))
    if demands.topics and len(content.topic_ids & demands.topics) < demands.options.topics_min:
        yield Problem("topics", _l("Please choose at least %(n)s topics.", n=demands.options.topics_min))


def _file(options: SubmissionOptions, *, has_file: bool) -> Iterator[Problem]:
    if options.file_required and not has_file:
        yield Problem("file", _l("Please upload your paper."))


def _author_list(authors: Sequence[AuthorContent], options: SubmissionOptions) -> Iterator[Problem]:
    if not authors:
        yield Problem("authors", _l("Please name the authors."))
        return
    if options.authors_max and len(authors) > options.authors_max:
        yield Problem("authors", _l("At most %(n)s authors can be named.", n=options.authors_max))
    seen: dict[str, int] = {}
    for n, author in enumerate(authors):
        yield from author_problems(n, author)
        if author.email and author.email in seen:
            sentence = _l(
                "Author %(n)s has the same address as author %(other)s.", n=n + 1, other=seen[author.email] + 1
            )
            yield Problem(f"authors-{n}-email", sentence)
        seen.setdefault(author.email, n)
    if not any(author.corresponding for author in authors):
        yield Problem("authors", _l("Please mark the corresponding author."))
    if not any(author.contact for author in authors):
        yield Problem("authors", _l("Please mark at least one contact: they get the mail about this paper."))


def author_problems(n: int, author: AuthorContent) -> Iterator[Problem]:
    """What is missing or malformed in line ``n`` (from 0) of the list."""
    if not author.name:
        yield Problem(f"authors-{n}-family", _l("Author %(n)s has no name yet.", n=n + 1))
    if author.email and not ADDRESS.fullmatch(author.email):
        yield Problem(f"authors-{n}-email", _l("The address of author %(n)s is not an e-mail address.", n=n + 1))
    if not author.email and (author.contact or author.corresponding):
        yield Problem(
            f"authors-{n}-email",
            _l("Author %(n)s is corresponding author or contact and needs an e-mail address.", n=n + 1),
        )
    if not author.affiliation:
        yield Problem(f"authors-{n}-affiliation_en", _l("The affiliation of author %(n)s is missing.", n=n + 1))
    if author.orcid:
        try:
            identifiers.orcid(author.orcid)
        except ValueError:
            yield Problem(
                f"authors-{n}-orcid",
                _l("The ORCID iD of author %(n)s has a typing error: its check digit does not fit.", n=n + 1),
            )


def own_field_problems(answers: Mapping[str, Any], fields: Sequence[FormField]) -> Iterator[Problem]:
    """What the event's own fields still lack."""
    for field in fields:
        value = answers.get(field.key)
        name = f"own-{field.key}"
        if value in (None, "", [], False):
            if field.required:
                yield Problem(name, _l("Please answer “%(label)s”.", label=Localized(field.label)))
        elif field.length_max and isinstance(value, str) and len(value) > field.length_max:
            over = len(value) - field.length_max
            label = Localized(field.label)
            yield Problem(name, _l("“%(label)s” is %(n)s characters too long.", label=label, n=over))
        elif field.type in {FieldType.NUMBER, FieldType.SCORE} and not within(field, value):
            yield Problem(
                name,
                _l("“%(label)s” must be a number that fits the scale.", label=Localized(field.label)),
            )


def within(field: FormField, value: object) -> bool:
    """Whether a number lies inside the bounds of its field."""
    if not isinstance(value, (int, float)):
        return False
    return (field.lowest is None or value >= field.lowest) and (field.highest is None or value <= field.highest)


@dataclass(frozen=True, slots=True)
class Localized:
    """A text of the event inside a lazy sentence: shown in the language in which the sentence is read."""

    text: LocalizedText

    def __str__(self) -> str:
        return self.text.in_(current_locale())
