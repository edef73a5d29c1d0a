"""A schedule file of whichever format, or a sentence that says why it cannot be read."""

from __future__ import annotations

from confsys.core.errors import Invalid
from confsys.programme.interchange import frab_json, frab_xml
from confsys.programme.interchange.forms import Schedule, Unreadable
from confsys.programme.wording import UNREADABLE


def read_schedule(data: bytes) -> Schedule:
    """Raises Invalid, its sentence on the field ``file``."""
    try:
        return frab_json.read(data) if data.lstrip()[:1] == b"{" else frab_xml.read(data)
    except Unreadable as error:
        raise Invalid(file=UNREADABLE[error.code](error.values)) from error
