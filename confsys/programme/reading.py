"""A schedule file of whichever format, or a sentence that says why it cannot be read."""

from __future__ import annotations

from confsys.core.errors import Invalid
from confsys.programme.interchange import frab_json, frab_xml, table
from confsys.programme.interchange.forms import Schedule, Unreadable
from confsys.programme.wording import UNREADABLE


class InvalidRows(Invalid):
    """Rows of a table that cannot be read: (row, sentence), the first row being the head."""

    def __init__(self, rows: list[tuple[int, str]], sentence: str) -> None:
        super().__init__(file=sentence)
        self.rows = rows


def read_schedule(data: bytes, zone: str = "UTC") -> Schedule:
    """Raises Invalid, its sentence on the field ``file``. ``zone``: the clock of a table, which names none."""
    try:
        return _read(data, zone)
    except table.UnreadableRows as error:
        rows = [(wrong.row, UNREADABLE[wrong.code](dict(wrong.values))) for wrong in error.rows]
        raise InvalidRows(rows, UNREADABLE[error.code](error.values)) from error
    except Unreadable as error:
        raise Invalid(file=UNREADABLE[error.code](error.values)) from error


def _read(data: bytes, zone: str) -> Schedule:
    begins = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begins == b"{":
        return frab_json.read(data.removeprefix(b"\xef\xbb\xbf"))
    return frab_xml.read(data) if begins == b"<" else table.read(data, zone)
