"""Questions that nearly every registration asks, ready to be put into a form. Each can be changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from confsys.core.localized import LocalizedText
from confsys.events.presets.plans import FieldPlan
from confsys.events.states import FieldType, FormKind


def _choice(value: str, en: str, zh: str) -> dict[str, Any]:
    return {"value": value, "label": {"en": en, "zh": zh}}


_REGISTRATION = (
    FieldPlan(
        FormKind.REGISTRATION, "country", FieldType.COUNTRY, LocalizedText("Country or region", "国家或地区"),
        LocalizedText("Where you work. Counted in the report, never shown beside your name.",
                      "您的工作所在地。仅用于统计，不与姓名一同公布。"),
    ),
    FieldPlan(
        FormKind.REGISTRATION, "sector", FieldType.CHOICE, LocalizedText("Where you work", "单位类型"),
        LocalizedText("Counted in the report.", "仅用于统计。"),
        choices=(
            _choice("university", "University", "高等院校"), _choice("institute", "Research institute", "科研院所"),
            _choice("company", "Company", "企业"), _choice("public", "Public authority", "政府机关"),
            _choice("school", "School", "中小学"), _choice("other", "Elsewhere", "其他"),
        ),
    ),
    FieldPlan(
        FormKind.REGISTRATION, "diet", FieldType.CHOICES, LocalizedText("What you do not eat", "饮食要求"),
        choices=(
            _choice("vegetarian", "Vegetarian", "素食"), _choice("vegan", "Vegan", "纯素"),
            _choice("halal", "Halal", "清真"), _choice("gluten", "No gluten", "无麸质"),
            _choice("nuts", "No nuts", "不含坚果"),
        ),
    ),
    FieldPlan(
        FormKind.REGISTRATION, "access", FieldType.LONG_TEXT, LocalizedText("What you need to take part", "无障碍需求"),
        LocalizedText(
            "Step-free ways, a seat in front, a hearing loop, an interpreter, a quiet room. Read by the desk only.",
            "例如无台阶通道、前排座位、助听设备、翻译、安静房间。仅注册处可见。",
        ),
        length_max=500,
    ),
)  # fmt: skip

QUESTIONS: Mapping[FormKind, Mapping[str, FieldPlan]] = {
    FormKind.REGISTRATION: {plan.key: plan for plan in _REGISTRATION}
}
