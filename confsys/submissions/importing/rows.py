"""What an import file holds, as plain values, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from confsys.core.i18n import Lazy
from confsys.core.localized import LocalizedText
from confsys.submissions.content import AuthorContent, Keywords


@dataclass(frozen=True, slots=True)
class RowProblem:
    """``row`` counts from 1 as the file's reader counts; 0 is the file itself. A warning does not stop the import."""

    row: int
    text: Lazy | str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class ImportedPaper:
    """One paper of the file. ``domains`` are the authors' e-mail domains where no address is given, by position.

    ``more`` holds what this room has no use for (decision, reviews, …), as it stands in the file.
    """

    row: int
    key: str = ""
    title: LocalizedText = field(default_factory=LocalizedText)
    abstract: LocalizedText = field(default_factory=LocalizedText)
    keywords: Keywords = field(default_factory=dict)
    authors: tuple[AuthorContent, ...] = ()
    domains: tuple[str, ...] = ()
    track: str = ""
    topics: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file as it was read. ``scales``: lowest and highest of each score, by its name."""

    papers: Sequence[ImportedPaper] = ()
    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    problems: Sequence[RowProblem] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper that was taken in."""

    paper: ImportedPaper
    submission_id: int
    number: int
