"""The editor of an event's form fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request
from werkzeug.exceptions import NotFound

from confsys.core.access import access
from confsys.core.decisions import Decision
from confsys.core.errors import Invalid
from confsys.core.forms import localized, pair_of
from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.localized import LocalizedText
from confsys.core.pages import back, notice
from confsys.core.viewer import Viewer
from confsys.events.context import EventPage, event_page
from confsys.events.forms import QuestionForm
from confsys.events.models import FormField
from confsys.events.operations import fields as operations
from confsys.events.operations.fields import Choice, FieldSettings
from confsys.events.presets.questions import QUESTIONS
from confsys.events.queries.parts import field_by_id, form_fields_of_event
from confsys.events.states import Feature, FieldAudience, FieldType, FormKind
from confsys.events.timeline import usable
from confsys.events.views import settings
from confsys.events.views.blueprint import bp
from confsys.events.words import AUDIENCES, FIELD_TYPES, FORMS

#: The room that shows a form: without it the form is not offered.
FORM_ROOMS = {
    FormKind.SUBMISSION: Feature.SUBMISSIONS,
    FormKind.REVIEW: Feature.REVIEWING,
    FormKind.REGISTRATION: Feature.REGISTRATION,
}


def _kinds(page: EventPage) -> list[FormKind]:
    on = usable(page.event.features)
    return [kind for kind in FormKind if FORM_ROOMS[kind].value in on]


@bp.get("/events/<slug>/settings/forms")
@access(event_page, settings.editors)
def forms(page: EventPage) -> Any:
    rows = form_fields_of_event(page.event.id)
    groups = [(kind, FORMS[kind], [row for row in rows if row.form is kind]) for kind in _kinds(page)]
    has = {(row.form, row.key) for row in rows}
    ready = {
        kind: [plan for key, plan in QUESTIONS.get(kind, {}).items() if (kind, key) not in has]
        for kind in _kinds(page)
    }  # fmt: skip
    return settings.drawn(
        "forms", page, "forms", groups=groups, types=FIELD_TYPES, audiences=AUDIENCES, review=FormKind.REVIEW,
        ready=ready,
    )  # fmt: skip


def read_choices(text: str) -> list[Choice]:
    """``value | English | 中文`` one a line. Without a value the text itself is it. Raises Invalid."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if not any(parts):
            continue
        if len(parts) > 3:
            raise Invalid(choices=_l("A line has at most two bars: value | English | 中文."))
        value = parts[0]
        label = LocalizedText(parts[1] if len(parts) > 1 else value, parts[2] if len(parts) > 2 else "")
        found.append(Choice(value[:100], label))
    return found


def write_choices(choices: Sequence[Any]) -> str:
    lines = []
    for choice in choices:
        label = LocalizedText.of(choice["label"])
        lines.append(" | ".join(part for part in (str(choice["value"]), label.en, label.zh) if part))
    return "\n".join(lines)


def _given(form: QuestionForm) -> FieldSettings:
    return FieldSettings(
        label=localized(form, "label"), help=localized(form, "help"), required=form.required.data,
        choices=read_choices(form.choices.data or ""), lowest=form.lowest.data, highest=form.highest.data,
        length_max=form.length_max.data, audience=FieldAudience(form.audience.data),
        is_overall=form.is_overall.data, is_confidence=form.is_confidence.data,
    )  # fmt: skip


def _form_of(viewer: Viewer, slug: str, kind: str) -> tuple[EventPage, FormKind]:
    page = event_page(viewer, slug)
    if kind not in {known.value for known in _kinds(page)}:
        raise NotFound
    return page, FormKind(kind)


def _editor(found: tuple[EventPage, Any]) -> Decision:
    return settings.editors(found[0])


@bp.route("/events/<slug>/settings/forms/<kind>/new", methods=["GET", "POST"])
@access(_form_of, _editor)
def new_field(found: tuple[EventPage, FormKind]) -> Any:
    page, kind = found
    wanted = request.args.get("type", FieldType.LONG_TEXT.value)
    form = QuestionForm(data={"type": wanted, "audience": FieldAudience.AUTHORS.value, "lowest": 1, "highest": 5})
    if form.validate_on_submit() and form.attempt(
        lambda: operations.add_field(
            page.event, kind, form.key.data or "", FieldType(form.type.data), _given(form), actor=page.viewer.actor,
            at=g.now,
        )
    ):  # fmt: skip
        notice(_("The field is added at the end of the form."))
        return back("events.forms", slug=page.event.slug)
    return settings.drawn("field", page, "forms", form=form, kind=kind, heading=FORMS[kind], row=None), form.status


@bp.post("/events/<slug>/settings/forms/<kind>/ready")
@access(_form_of, _editor)
def ready_field(found: tuple[EventPage, FormKind]) -> Any:
    """A question that nearly everybody asks, as it stands ready."""
    page, kind = found
    plan = QUESTIONS.get(kind, {}).get(request.form.get("key", ""))
    if plan is None:
        raise NotFound
    operations.add_field(
        page.event, kind, plan.key, plan.type, operations.given_by(plan), actor=page.viewer.actor, at=g.now
    )
    notice(_("The field is added at the end of the form."))
    return back("events.forms", slug=page.event.slug)


def _field(viewer: Viewer, slug: str, field_id: int) -> tuple[EventPage, FormField]:
    page = event_page(viewer, slug)
    row = field_by_id(page.event.id, field_id)
    if row is None:
        raise NotFound
    return page, row


@bp.route("/events/<slug>/settings/fields/<int:field_id>", methods=["GET", "POST"])
@access(_field, _editor)
def edit_field(found: tuple[EventPage, FormField]) -> Any:
    page, row = found
    form = QuestionForm(
        data={
            "version": row.version, "type": row.type.value, "key": row.key, **pair_of("label", row.label),
            **pair_of("help", row.help), "required": row.required, "choices": write_choices(row.choices),
            "lowest": row.lowest, "highest": row.highest, "length_max": row.length_max,
            "audience": row.audience.value, "is_overall": row.is_overall, "is_confidence": row.is_confidence,
        }
    )  # fmt: skip
    del form.type, form.key
    if form.validate_on_submit() and form.attempt(
        lambda: operations.edit_field(
            row, _given(form), version=form.seen_version, actor=page.viewer.actor, at=g.now
        )
    ):  # fmt: skip
        notice(_("Saved."))
        return back("events.forms", slug=page.event.slug)
    return settings.drawn(
        "field", page, "forms", form=form, kind=row.form, heading=FORMS[row.form], row=row
    ), form.status


@bp.post("/events/<slug>/settings/fields/<int:field_id>/move")
@access(_field, _editor)
def move_field(found: tuple[EventPage, FormField]) -> Any:
    page, row = found
    step = -1 if request.form.get("to") == "up" else 1
    operations.move_field(row, step, actor=page.viewer.actor, at=g.now)
    return back("events.forms", slug=page.event.slug)


@bp.post("/events/<slug>/settings/fields/<int:field_id>/remove")
@access(_field, _editor)
def remove_field(found: tuple[EventPage, FormField]) -> Any:
    page, row = found
    operations.remove_field(row, actor=page.viewer.actor, at=g.now)
    notice(_("The field is taken from the form."))
    return back("events.forms", slug=page.event.slug)
