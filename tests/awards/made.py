"""Awards to test with, in a committed state."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.awards.models import Award, Juror, Nomination
from confsys.awards.states import AwardState, Source
from confsys.core import clock
from confsys.core.localized import LocalizedText
from confsys.submissions.models import Submission
from tests import factories

WHY = "Measured for three years what everybody had assumed, in the open, and published what did not fit."


def secretary() -> Person:
    someone = factories.person()
    someone.roles.append(SiteRoleGrant(role=SiteRole.SECRETARY))
    return factories.saved(someone)


def award(code: str = "AWD23456", **columns: Any) -> Award:
    """Of the society, open for nominations by everybody who may."""
    values: dict[str, Any] = {
        "code": code, "name": LocalizedText("Prize for open tools", "开放工具奖"),
        "purpose": LocalizedText("For what others build upon.", "表彰供他人使用的工具。"),
        "state": AwardState.NOMINATING, "sources": [source.value for source in Source], "created_at": clock.now(),
    }  # fmt: skip
    return factories.saved(Award(**{**values, **columns}))


def candidate(of: Award, person: Person | None = None, paper: Submission | None = None, **columns: Any) -> Nomination:
    values: dict[str, Any] = {
        "award_id": of.id, "person_id": person.id if person else None, "submission_id": paper.id if paper else None,
        "source": Source.PAPERS if paper else Source.COMMITTEE, "why": WHY, "created_at": clock.now(),
    }  # fmt: skip
    return factories.saved(Nomination(**{**values, **columns}))


def juror(of: Award, person: Person | None = None) -> Juror:
    someone = person or factories.person()
    return factories.saved(Juror(award_id=of.id, person_id=someone.id, asked_at=clock.now()))


def client(app: Flask, person: Person) -> FlaskClient:
    return factories.sign_in(app.test_client(), person)
