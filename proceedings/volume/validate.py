"""Holds ``volume.json`` against its JSON Schema and says, by path, what does not fit.

Only the words that our schema uses are understood (a test compares the verdicts with a full validator's);
messages are for the person who wrote the file, in both languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from proceedings.findings import Finding, found

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of ``volume.json``."""
    text = resources.files(__package__).joinpath("schema.json").read_text("utf-8")
    return dict(json.loads(text))


def validate(data: object) -> Iterator[Finding]:
    """Every place of ``data`` that the schema does not allow."""
    yield from _check(data, schema(), "volume")


def _check(value: object, rule: Mapping[str, Any], where: str) -> Iterator[Finding]:
    if "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]]
    if "anyOf" in rule:
        yield from _any_of(value, rule["anyOf"], where)
        return
    if "enum" in rule and value not in rule["enum"]:
        allowed = ", ".join(str(choice) for choice in rule["enum"])
        yield found("volume-bad-value", where=where, value=_short(value), allowed=allowed)
        return
    kind = rule.get("type")
    if kind and not _is(value, kind):
        yield found("volume-wrong-type", where=where, wanted=kind, value=_short(value))
    elif isinstance(value, dict):
        yield from _object(value, rule, where)
    elif isinstance(value, list):
        yield from _array(value, rule, where)
    elif kind:
        yield from _scalar(value, rule, where)


def _any_of(value: object, rules: list[Mapping[str, Any]], where: str) -> Iterator[Finding]:
    """The faults against the alternative of the same type, which is the one that was meant."""
    verdicts = [list(_check(value, rule, where)) for rule in rules]
    if not all(verdicts):
        return
    meant = [
        faults
        for faults in verdicts
        if not any(f.code == "volume-wrong-type" and f.params["where"] == where for f in faults)
    ]
    yield from (meant or verdicts)[0]


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind]) or (kind == "integer" and isinstance(value, float) and value.is_integer())


def _object(value: dict[str, Any], rule: Mapping[str, Any], where: str) -> Iterator[Finding]:
    known = rule.get("properties", {})
    for name in rule.get("required", ()):
        if name not in value:
            yield found("volume-missing-field", where=where, field=name)
    for name, item in value.items():
        if name in known:
            yield from _check(item, known[name], f"{where}.{name}")
        elif rule.get("additionalProperties") is False:
            yield found("volume-unknown-field", where=where, field=name)
        elif isinstance(rule.get("additionalProperties"), dict):
            yield from _check(item, rule["additionalProperties"], f"{where}.{name}")


def _array(value: list[Any], rule: Mapping[str, Any], where: str) -> Iterator[Finding]:
    low, high = rule.get("minItems", 0), rule.get("maxItems", len(value))
    if not low <= len(value) <= high:
        wanted = str(low) if low == rule.get("maxItems") else f"≥ {low}"
        yield found("volume-bad-value", where=where, value=f"{len(value)} entries", allowed=wanted)
    for number, item in enumerate(value):
        yield from _check(item, rule.get("items", {}), f"{where}[{number}]")


def _scalar(value: Any, rule: Mapping[str, Any], where: str) -> Iterator[Finding]:
    if isinstance(value, str):
        length = len(value)
        fits = rule.get("minLength", 0) <= length <= rule.get("maxLength", length)
        fits = fits and re.search(rule.get("pattern", ""), value) is not None
    else:
        fits = rule.get("minimum", value) <= value <= rule.get("maximum", value)
    if not fits:
        allowed = rule.get("pattern") or f"{rule.get('minimum', '')} … {rule.get('maximum', '')}"
        yield found("volume-bad-value", where=where, value=_short(value), allowed=allowed)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:77] + "…"
