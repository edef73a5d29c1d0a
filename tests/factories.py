"""Things to test with. Each factory makes one row, filled plausibly, in a committed state.

They write directly, not through operations: a test of an operation must not depend on another operation.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient

from confsys.accounts.models import EmailAddress, Person, SiteRoleGrant
from confsys.accounts.sessions import viewer_of
from confsys.accounts.states import SiteRole
from confsys.core import clock
from confsys.core.db import Model, db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.viewer import Viewer
from confsys.events.models import Event, RoleGrant, Stage, Track
from confsys.events.states import EventState, Feature, GrantState, Role, StageKind
from confsys.submissions.models import Author, Submission
from confsys.submissions.states import SubmissionState

_numbers = itertools.count(1)


def saved(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()
    return row


def person(given: str = "", family: str = "", native: str = "", *, email: str = "", **columns: Any) -> Person:
    """A person with a verified primary address and no password."""
    n = next(_numbers)
    name = PersonName(given or f"Given{n}", family or f"Family{n}", native)
    made = Person(created_at=clock.now(), session_nonce=f"nonce{n}", **columns)
    made.set_name(name)
    address = email or f"person{n}@example.org"
    made.emails.append(EmailAddress(address=address, verified_at=clock.now(), is_primary=True))
    return saved(made)


def admin(**columns: Any) -> Person:
    made = person(**columns)
    made.roles.append(SiteRoleGrant(role=SiteRole.ADMIN))
    return saved(made)


def viewer(of: Person) -> Viewer:
    return viewer_of(of)


def event(slug: str = "", **columns: Any) -> Event:
    """A public annual meeting in June 2026 with every room on, double-blind, without stages."""
    n = next(_numbers)
    values: dict[str, Any] = {
        "slug": slug or f"meeting-{n}", "kind": "annual_meeting", "state": EventState.PUBLIC,
        "name": LocalizedText("Annual Meeting", "年会"), "acronym": f"AM{n}", "zone": "Asia/Shanghai",
        "starts_on": date(2026, 6, 10), "ends_on": date(2026, 6, 12), "features": [f.value for f in Feature],
        "created_at": clock.now(),
    }  # fmt: skip
    return saved(Event(**{**values, **columns}))


def stage(of: Event, kind: StageKind, *, opens_in: int = -1, due_in: int = 7, grace_hours: int = 0) -> Stage:
    """A stage around the present; days counted from now."""
    at = clock.now()
    due = at + timedelta(days=due_in)
    made = Stage(kind=kind, opens=at + timedelta(days=opens_in), due=due, closes=due + timedelta(hours=grace_hours))
    of.stages.append(made)
    return saved(made)


def track(of: Event, code: str = "", **columns: Any) -> Track:
    n = next(_numbers)
    made = Track(event_id=of.id, code=code or f"T{n}", name=LocalizedText(f"Track {n}", f"专题{n}"), **columns)
    return saved(made)


def grant(of: Event, role: Role, to: Person | None = None, *, track_id: int | None = None) -> Person:
    """Give a role; returns who has it."""
    someone = to or person()
    address = someone.emails[0].address
    saved(
        RoleGrant(
            event_id=of.id, person_id=someone.id, role=role, state=GrantState.ACTIVE, address=address,
            invited_at=clock.now(), answered_at=clock.now(), track_id=track_id,
        )
    )  # fmt: skip
    return someone


def submission(
    of: Event, *authors: Person, state: SubmissionState = SubmissionState.SUBMITTED, **columns: Any
) -> Submission:
    """A submission by the given people; the first is contact, corresponding author and presenter."""
    n = next(_numbers)
    at = clock.now()
    given: dict[str, Any] = {
        "event_id": of.id, "number": n, "state": state, "created_at": at,
        "title": LocalizedText(f"Paper {n}", f"论文{n}"), "abstract": LocalizedText("An abstract.", "摘要。"),
        "submitted_at": None if state is SubmissionState.DRAFT else at,
        "withdrawn_at": at if state is SubmissionState.WITHDRAWN else None,
        "outcome_at": at if state in {SubmissionState.ACCEPTED, SubmissionState.REJECTED} else None,
    }  # fmt: skip
    made = Submission(**{**given, **columns})
    for position, someone in enumerate(authors or (person(),)):
        first = position == 0
        made.authors.append(
            Author(
                position=position, person_id=someone.id, given=someone.given, family=someone.family,
                native=someone.native, email=someone.emails[0].address, is_contact=first, is_corresponding=first,
                is_presenter=first,
            )
        )  # fmt: skip
    return saved(made)


def sign_in(client: FlaskClient, someone: Person) -> FlaskClient:
    """Open a session as ``someone`` without the sign-in page."""
    with client.session_transaction() as session:
        session["_user_id"] = f"{someone.id}:{someone.session_nonce}"
        session["_fresh"] = True
    return client


def refreshed(row: Model) -> Any:
    """The row as the database has it now."""
    db.session.expire(row)
    return row
