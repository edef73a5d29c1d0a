"""Answers to an event's own fields: what is kept, what is wrong, how it reads."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from confsys.core.localized import LocalizedText
from confsys.events import answers
from confsys.events.models import FormField
from confsys.events.states import FieldType, FormKind


def field(kind: FieldType, key: str = "q", **columns: Any) -> FormField:
    columns.setdefault("choices", [])
    columns.setdefault("required", False)
    return FormField(form=FormKind.REVIEW, key=key, type=kind, label=LocalizedText("Question", "问题"), **columns)


SCORE = field(
    FieldType.SCORE, lowest=1, highest=5, choices=[{"value": 5, "label": {"en": "Accept", "zh": "录用"}}]
)  # fmt: skip
CHOICES = field(
    FieldType.CHOICES,
    choices=[{"value": "a", "label": {"en": "A", "zh": "甲"}}, {"value": "b", "label": {"en": "B", "zh": "乙"}}],
)


@pytest.mark.parametrize(
    ("each", "value", "kept"),
    [
        (field(FieldType.TEXT), "  words\r\nmore ", "words\nmore"),
        (field(FieldType.TEXT), "   ", None),
        (field(FieldType.NUMBER), "2.5", 2.5),
        (field(FieldType.NUMBER), "3", 3),
        (SCORE, "5", 5),
        (CHOICES, ["b", "a"], ["a", "b"]),
        (field(FieldType.CHECK), "y", True),
        (field(FieldType.COUNTRY), "CN", "CN"),
        (field(FieldType.CHECK), "", None),
    ],
)
def test_a_fit_answer_is_kept_in_one_form(app: Flask, each: FormField, value: object, kept: object) -> None:
    checked = answers.check([each], {"q": value})
    assert not checked.wrong
    assert checked.answers == ({} if kept is None else {"q": kept})


@pytest.mark.parametrize(
    ("each", "value"),
    [
        (field(FieldType.TEXT, length_max=3), "four"),
        (field(FieldType.NUMBER), "many"),
        (field(FieldType.NUMBER), "nan"),
        (field(FieldType.NUMBER), "1e400"),
        (SCORE, "0"),
        (SCORE, "6"),
        (SCORE, "2.5"),
        (field(FieldType.COUNTRY), "ZZ"),
        (CHOICES, ["c"]),
        (field(FieldType.CHOICE, choices=[{"value": "a"}]), "b"),
    ],
)
def test_an_unfit_answer_is_named_and_not_kept(app: Flask, each: FormField, value: object) -> None:
    checked = answers.check([each], {"q": value})
    assert list(checked.wrong) == ["q"]
    assert checked.answers == {}
    assert not checked.complete


def test_a_draft_keeps_text_that_is_too_long_as_yet(app: Flask) -> None:
    checked = answers.check([field(FieldType.LONG_TEXT, length_max=3)], {"q": "four"})
    assert checked.draft == {"q": "four"}
    assert checked.answers == {}


def test_a_required_field_without_answer_is_missing_not_wrong(app: Flask) -> None:
    checked = answers.check([field(FieldType.TEXT, required=True)], {"other": "x"})
    assert list(checked.missing) == ["q"]
    assert not checked.wrong
    assert checked.answers == {}


@given(st.text())
def test_text_checked_again_stays_the_same(text: str) -> None:
    each = field(FieldType.LONG_TEXT)
    once = answers.check([each], {"q": text}).answers
    assert answers.check([each], once).answers == once


def test_answers_read_in_the_language_of_the_reader(app: Flask) -> None:
    assert answers.shown(SCORE, 5, "en") == "5 · Accept"
    assert answers.shown(SCORE, 4, "zh") == "4"
    assert answers.shown(CHOICES, ["a", "b"], "zh") == "甲、乙"
    assert answers.shown(CHOICES, None, "en") == ""


def test_a_country_reads_in_the_readers_language(app: Flask) -> None:
    each = field(FieldType.COUNTRY)
    assert answers.shown(each, "CN", "en") == "China"
    assert answers.shown(each, "CN", "zh") == "中国"
    assert dict(answers.choices(each))["JP"].zh == "日本"
