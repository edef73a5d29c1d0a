"""What a preset plans: stages, fields, pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.events.states import FieldAudience, FieldType, FormKind, StageKind


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage counted in days from the first day of the event."""

    kind: StageKind
    opens: int
    due: int
    grace_hours: int = 0
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class FieldPlan:
    form: FormKind
    key: str
    type: FieldType
    label: LocalizedText
    help: LocalizedText = LocalizedText()
    required: bool = False
    choices: tuple[dict[str, Any], ...] = ()
    lowest: int | None = None
    highest: int | None = None
    length_max: int | None = None
    is_overall: bool = False
    is_confidence: bool = False
    audience: FieldAudience = FieldAudience.AUTHORS


@dataclass(frozen=True, slots=True)
class PagePlan:
    key: str
    title: LocalizedText
    body: LocalizedText = LocalizedText()
