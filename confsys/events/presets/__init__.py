"""Kinds of event as data: each TOML file in this folder is one. A new kind is a new file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.events.palette import ACCENTS
from confsys.events.presets.plans import FieldPlan, PagePlan, StagePlan
from confsys.events.presets.questions import QUESTIONS
from confsys.events.states import Blindness, Feature, FieldAudience, FieldType, FormKind, Mode, Role, StageKind

FOLDER = Path(__file__).resolve().parent


class PresetError(ValueError):
    """A preset cannot be used; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How an event of a kind begins. Everything can be changed afterwards."""

    kind: str
    name: LocalizedText
    summary: LocalizedText
    accent: str
    blindness: Blindness
    mode: Mode
    days: int
    features: tuple[Feature, ...]
    roles: tuple[Role, ...]
    stages: tuple[StagePlan, ...]
    tracks: tuple[tuple[str, LocalizedText], ...] = ()
    topics: tuple[LocalizedText, ...] = ()
    fields: tuple[FieldPlan, ...] = ()
    pages: tuple[PagePlan, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def _text(value: Any) -> LocalizedText:
    if isinstance(value, dict) and set(value) <= {"en", "zh"}:
        return LocalizedText.of(value)
    raise ValueError(f"expected {{ en = …, zh = … }}, found {value!r}")


def _field(row: dict[str, Any]) -> FieldPlan:
    values = dict(row, form=FormKind(row["form"]), type=FieldType(row["type"]), label=_text(row["label"]))
    if "help" in row:
        values["help"] = _text(row["help"])
    if "audience" in row:
        values["audience"] = FieldAudience(row["audience"])
    values["choices"] = tuple(row.get("choices", ()))
    return FieldPlan(**values)


def _check(preset: Preset, data: dict[str, Any]) -> None:
    """What the types do not catch: words nobody knows, a colour nobody checked, a stage that ends before it begins."""
    unknown = set(data) - {row.name for row in fields(Preset)} - {"questions"}
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    if preset.accent not in ACCENTS:
        raise ValueError(f"{preset.accent} is not in the palette")
    for plan in preset.stages:
        if plan.opens > plan.due:
            raise ValueError(f"the stage {plan.kind} is due before it opens")


def _preset(kind: str, data: dict[str, Any]) -> Preset:
    preset = Preset(
        kind=kind,
        name=_text(data["name"]),
        summary=_text(data["summary"]),
        accent=data["accent"],
        blindness=Blindness(data["blindness"]),
        mode=Mode(data["mode"]),
        days=data["days"],
        features=tuple(Feature(name) for name in data["features"]),
        roles=tuple(Role(name) for name in data["roles"]),
        stages=tuple(StagePlan(**{**row, "kind": StageKind(row["kind"])}) for row in data["stages"]),
        tracks=tuple((row["code"], _text(row["name"])) for row in data.get("tracks", ())),
        topics=tuple(_text(row) for row in data.get("topics", ())),
        fields=tuple(_field(row) for row in data.get("fields", ()))
        + tuple(QUESTIONS[FormKind.REGISTRATION][key] for key in data.get("questions", ())),
        pages=tuple(
            PagePlan(row["key"], _text(row["title"]), _text(row.get("body", {}))) for row in data.get("pages", ())
        ),
        options=data.get("options", {}),
    )
    _check(preset, data)
    return preset


def read(path: Path) -> Preset:
    """The preset of one file. Raises PresetError."""
    try:
        return _preset(path.stem, tomllib.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise PresetError(f"{path.name}: {error} is missing") from error
    except (ValueError, TypeError) as error:
        raise PresetError(f"{path.name}: {error}") from error


@cache
def presets() -> Mapping[str, Preset]:
    """All kinds, by name of their file; the annual meeting first."""
    found = {path.stem: read(path) for path in sorted(FOLDER.glob("*.toml"))}
    return dict(sorted(found.items(), key=lambda item: (-item[1].days, item[0])))
