"""The names an instance has given so far, for the parts of the input that refer to them."""

from dataclasses import dataclass, field

from confsys.programme.solver.data import times
from confsys.programme.solver.data.fields import Field
from confsys.programme.solver.data.instance import Session
from confsys.programme.solver.rules import Form


@dataclass
class Names:
    """Index of every session, room, track and submission by name, the calendar, and who is in which track."""

    form: Form
    zone: str
    grid: int
    sessions: tuple[Session, ...]
    session_ids: dict[str, int]
    rooms: dict[str, int]
    tracks: dict[str, int]
    items: dict[str, int] = field(default_factory=dict)
    members: dict[int, frozenset[int]] = field(default_factory=dict)

    @property
    def session_axis(self) -> tuple[dict[str, int], str]:
        return self.session_ids, "day" if self.form is Form.GRID else "session"

    def session_at(self, moment: int) -> int | None:
        """The session or day a moment falls into."""
        return next((i for i, s in enumerate(self.sessions) if s.start <= moment < s.end), None)

    def of_day(self, day: Field) -> frozenset[int]:
        """All sessions of a local date, or the grid's day of that name."""
        name = day.text()
        found = frozenset(i for i, s in enumerate(self.sessions) if name in (s.day, self.day_name(i)))
        if not found:
            day.fail(f"there is no day '{name}'")
        return found

    def day_name(self, session: int) -> str:
        return self.sessions[session].id if self.form is Form.GRID else self.sessions[session].day


def read_spans(field: Field, zone: str) -> tuple[times.Span, ...]:
    """A list of [from, to] moments, sorted."""
    return tuple(sorted(read_span(row, zone) for row in field.rows()))


def read_span(field: Field, zone: str) -> times.Span:
    parts = list(field.rows())
    if len(parts) != 2:
        field.fail("must be two moments, from and to")
    start, end = (part.parsed(lambda text: times.instant(text, zone)) for part in parts)
    if end <= start:
        field.fail("ends before it starts")
    return start, end
