"""Forms of reviewers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, Optional

from confsys.core.forms import BoxesField, Form, VersionedForm
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.models import FormField
from confsys.events.states import FieldType


class ProfileForm(VersionedForm):
    load = IntegerField(_l("How many papers can you review?"), [Optional()])
    topics = BoxesField(_l("Topics you are at home in"), coerce=int, choices=[])
    note = TextAreaField(_l("A word to the chairs"), [Length(max=500)])


class DeclineForm(Form):
    reason = TextAreaField(_l("Why can you not review it?"), [Length(max=500)])


def typed(fields: Sequence[FormField], given: Any) -> Mapping[str, Any]:
    """What was typed into the event's own fields (inputs named ``own-<key>``), unjudged."""
    return {each.key: _typed(each, f"own-{each.key}", given) for each in fields}


def _typed(each: FormField, name: str, given: Any) -> Any:
    if each.type is FieldType.CHOICES:
        return given.getlist(name)
    return name in given if each.type is FieldType.CHECK else given.get(name, "")
