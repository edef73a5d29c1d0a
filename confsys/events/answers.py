"""Answers to the fields an event adds to a form: checked, kept as JSON, shown again.

One meaning for every form of the product (submission, review, registration): what counts as an answer, what
is wrong with one, and how it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from confsys.core.countries import name_of, names
from confsys.core.i18n import current_locale
from confsys.core.i18n import gettext as _
from confsys.core.localized import LocalizedText
from confsys.events.models import FormField
from confsys.events.states import FieldType


@dataclass(frozen=True)
class Checked:
    """``answers`` is fit to be kept; ``wrong`` and ``missing`` are sentences by key of the field.

    ``draft`` holds also what a person typed that is too long as yet: a draft loses no text.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    draft: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.wrong and not self.missing


class Unfit(ValueError):
    """An answer that the field cannot hold; carries the sentence, and what a draft may keep of it."""

    def __init__(self, sentence: str, typed: str | None = None) -> None:
        super().__init__(sentence)
        self.typed = typed


def typed(fields: Sequence[FormField], form: Any, prefix: str = "own-") -> dict[str, Any]:
    """What was typed into the inputs named ``<prefix><key>`` of a request's form, unjudged."""
    return {each.key: _typed(each, f"{prefix}{each.key}", form) for each in fields}


def _typed(each: FormField, name: str, form: Any) -> Any:
    if each.type is FieldType.CHOICES:
        return form.getlist(name)
    return name in form if each.type is FieldType.CHECK else form.get(name, "")


def check(fields: Sequence[FormField], given: Mapping[str, Any]) -> Checked:
    """Judge what was answered. Keys without a field are left out; an unfit answer is not kept."""
    checked = Checked()
    for each in fields:
        try:
            answer = _READ[each.type](each, given.get(each.key))
        except Unfit as unfit:
            checked.wrong[each.key] = str(unfit)
            if unfit.typed is not None:
                checked.draft[each.key] = unfit.typed
            continue
        if answer is not None:
            checked.answers[each.key] = checked.draft[each.key] = answer
        elif each.required:
            checked.missing[each.key] = _("This is needed.")
    return checked


def choices(each: FormField) -> list[tuple[str, LocalizedText]]:
    """(value, label) of what may be chosen; for a score every step of its scale, best last."""
    if each.type is FieldType.COUNTRY:
        return [(code, LocalizedText(name_of(code, "en"), name_of(code, "zh"))) for code in names(current_locale())]
    labels = {str(choice["value"]): LocalizedText.of(choice.get("label")) for choice in each.choices}
    if each.type is not FieldType.SCORE:
        return list(labels.items())
    steps = range(each.lowest or 0, (each.highest or 0) + 1)
    return [(str(step), labels.get(str(step), LocalizedText())) for step in steps]


def shown(each: FormField, answer: Any, locale: str) -> str:
    """An answer as a reader sees it: "4 · Accept", chosen labels, or the text itself. Empty when there is none."""
    if answer is None or answer == "":
        return ""
    if each.type is FieldType.CHECK:
        return _("Yes") if answer else _("No")
    if each.type is FieldType.COUNTRY:
        return name_of(str(answer), locale)
    labels = dict(choices(each))
    if each.type is FieldType.CHOICES:
        separator = "、" if locale.startswith("zh") else ", "
        return separator.join(labels.get(value, LocalizedText(value)).in_(locale) for value in answer)
    label = labels.get(str(answer), LocalizedText()).in_(locale)
    if each.type is FieldType.SCORE:
        return f"{answer} · {label}" if label else str(answer)
    return label or str(answer)


def _text(each: FormField, value: Any) -> str | None:
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n").strip()
    if each.length_max and len(text) > each.length_max:
        limit = each.length_max
        sentence = _(
            "This is %(over)s characters too long; the limit is %(limit)s.", over=len(text) - limit, limit=limit
        )
        raise Unfit(sentence, text)
    return text or None


def _number(each: FormField, value: Any) -> float | int | None:
    if value is None or str(value).strip() == "":
        return None
    try:
        number = float(str(value).strip())
    except ValueError:
        raise Unfit(_("Please give a number.")) from None
    low, high = each.lowest, each.highest
    if not abs(number) < 1e15 or (low is not None and number < low) or (high is not None and number > high):
        raise Unfit(_("Please give a number from %(low)s to %(high)s.", low=_bound(low), high=_bound(high)))
    return int(number) if number.is_integer() else number


def _bound(bound: int | None) -> str:
    return "…" if bound is None else str(bound)


def _score(each: FormField, value: Any) -> int | None:
    number = _number(each, value)
    if isinstance(number, float):
        raise Unfit(_("Please choose one of the steps."))
    return number


def _choice(each: FormField, value: Any) -> str | None:
    chosen = str(value or "").strip()
    if chosen and chosen not in dict(choices(each)):
        raise Unfit(_("Please choose one of the answers offered."))
    return chosen or None


def _country(_each: FormField, value: Any) -> str | None:
    code = str(value or "").strip()
    if code and code not in names("en"):
        raise Unfit(_("Please choose one of the answers offered."))
    return code or None


def _choices(each: FormField, value: Any) -> list[str] | None:
    offered = dict(choices(each))
    chosen = [str(item) for item in (value if isinstance(value, (list, tuple)) else [value]) if item]
    if any(item not in offered for item in chosen):
        raise Unfit(_("Please choose among the answers offered."))
    return [item for item in offered if item in chosen] or None


def _check(_each: FormField, value: Any) -> bool | None:
    """A box that is not ticked is no answer: a required one must be ticked."""
    return True if value in {True, "1", "y", "yes", "on", "true"} else None


_READ: dict[FieldType, Callable[[FormField, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.SCORE: _score,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.CHECK: _check,
    FieldType.COUNTRY: _country,
}
