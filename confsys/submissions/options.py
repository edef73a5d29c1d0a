"""What an event asks of a submission: its own rules, kept in ``Event.options["submissions"]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from confsys.events.models import Event

#: Width and height in points of the paper sizes an event may ask for.
PAPER_SIZES = {"a4": (595, 842), "letter": (612, 792)}


@dataclass(frozen=True, slots=True)
class SubmissionOptions:
    """Rules of one event. Zero means: not asked for, or no limit."""

    #: pdf, docx or both
    accept: tuple[str, ...] = ("pdf",)
    file_required: bool = True
    pages_min: int = 0
    pages_max: int = 0
    #: "", "a4" or "letter"
    page_size: str = ""
    #: Too many or too few pages refuse the file instead of only being told.
    pages_strict: bool = False
    #: A font that is not embedded refuses the file instead of only being told.
    fonts_embedded: bool = False
    #: Languages that title and abstract must have; empty: one of the two.
    languages: tuple[str, ...] = ()
    abstract_required: bool = True
    #: characters
    abstract_max: int = 5000
    keywords_min: int = 0
    topics_min: int = 0
    authors_max: int = 0
    #: So many years do joint works, former institutions and ended relations stay a conflict of interest.
    conflict_years: int = 3

    @classmethod
    def of(cls, event: Event) -> SubmissionOptions:
        return cls.read(event.options.get("submissions", {}))

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> SubmissionOptions:
        """From stored JSON; unknown keys belong to somebody else and are left alone."""
        known = {row.name for row in fields(cls)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if key in known
        }
        return cls(**values)

    def as_dict(self) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
