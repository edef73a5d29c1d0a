"""Certificates of hours, stale pages of the office, and papers that become talks for everybody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from confsys.accounts.models import Person
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.outreach.models import Activity, Volunteer, VolunteerCertificate, VolunteerShift
from confsys.outreach.operations import certifying
from confsys.outreach.states import ActivityState, ShiftState
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import NOW
from tests.outreach import made


def helped(someone: Volunteer, slug: str, minutes: int, state: ShiftState = ShiftState.APPROVED) -> VolunteerShift:
    activity = made.activity(slug, days=-3, title=LocalizedText(slug.title(), "活动"))
    approved = NOW if state is ShiftState.APPROVED else None
    return factories.saved(
        VolunteerShift(
            volunteer_id=someone.id, activity_id=activity.id, state=state, minutes=minutes, task="Guided visitors",
            created_at=NOW, approved_at=approved,
        )
    )  # fmt: skip


def signed_in(app: Flask, someone: Volunteer) -> FlaskClient:
    return factories.sign_in(app.test_client(), db.session.get_one(Person, someone.person_id))


def test_a_certificate_counts_approved_hours_is_numbered_and_never_changes(app: Flask) -> None:
    someone, other = made.volunteer(), made.volunteer()
    with pytest.raises(Invalid):
        certifying.certify(someone, actor=Actor(), at=NOW)
    helped(someone, "stars", 90)
    helped(someone, "maps", 60, ShiftState.REPORTED)
    first = certifying.certify(someone, actor=Actor(), at=NOW)
    assert (first.number, first.minutes, len(first.contents["activities"])) == ("VC-2026-0001", 90, 1)
    assert certifying.certify(someone, actor=Actor(), at=NOW).id == first.id
    helped(other, "soil", 30)
    assert certifying.certify(other, actor=Actor(), at=NOW).number == "VC-2026-0002"
    helped(someone, "birds", 45)
    second = certifying.certify(someone, actor=Actor(), at=NOW)
    assert (second.number, second.minutes) == ("VC-2026-0003", 135)
    with pytest.raises(DatabaseError):
        db.session.execute(text("UPDATE volunteer_certificate SET minutes = 9999"))
    db.session.rollback()


def test_the_volunteer_takes_it_a_stranger_checks_it_and_nobody_else_reads_it(app: Flask, client: FlaskClient) -> None:
    someone = made.volunteer()
    mine = signed_in(app, someone)
    assert mine.post("/outreach/volunteer/certificate").status_code == 303  # nothing approved yet
    helped(someone, "stars", 90)
    answer = mine.post("/outreach/volunteer/certificate")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    issued = db.session.scalars(select(VolunteerCertificate)).one()
    assert issued.number in mine.get("/outreach/volunteer").text
    pdf = f"/outreach/volunteer/certificates/{issued.number}.pdf"
    assert mine.get(pdf).data == answer.data
    assert factories.sign_in(app.test_client(), made.office()).get(pdf).status_code == 200
    assert signed_in(app, made.volunteer()).get(pdf).status_code == 404
    checked = client.get(f"/outreach/certificates/{issued.code.lower()}")
    assert "We issued this certificate" in checked.text
    assert "1.5" in checked.text
    assert client.get("/outreach/certificates/NOSUCHCODE22").status_code == 404


def test_the_office_announces_and_cancels_only_what_it_has_seen(app: Flask) -> None:
    office = factories.sign_in(app.test_client(), made.office())
    activity: Activity = made.activity(state=ActivityState.DRAFT)
    here = "/outreach/office/activities/stars"
    stale = re.search(r'name="version" value="(\d+)"', office.get(here).text)
    assert stale
    activity.title = LocalizedText("Changed meanwhile", "已修改")
    db.session.commit()
    for verb in ("announce", "call_off"):
        answer = office.post(f"{here}/{verb}", data={"version": stale.group(1)}, follow_redirects=True)
        assert "Somebody has changed the plan meanwhile" in answer.text
        assert factories.refreshed(activity).state is ActivityState.DRAFT
    office.post(f"{here}/announce", data={"version": str(activity.version)})
    assert factories.refreshed(activity).state is ActivityState.PUBLIC


def test_an_author_makes_an_accepted_paper_a_public_talk_once(app: Flask) -> None:
    event, author = factories.event("am"), factories.person("Wei", "Zhang", "张伟")
    paper = factories.submission(event, author, state=SubmissionState.ACCEPTED, title=LocalizedText("Leaves", "叶"))
    client = factories.sign_in(app.test_client(), author)
    here = f"/outreach/papers/am/{paper.number}/talk"
    assert here in client.get(f"/events/am/my-papers/{paper.number}").text
    page = client.get(here)
    assert 'value="Leaves"' in page.text
    begins = (NOW + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    data = {"title_en": "Why leaves fall", "starts_at": begins}
    answer = client.post(here, data=data)
    assert answer.status_code == 422
    assert "Why leaves fall" in answer.text
    assert client.post(here, data={**data, "target_groups": "youth"}).status_code == 303
    made_of = db.session.scalars(select(Activity)).one()
    assert (made_of.submission_id, made_of.state) == (paper.id, ActivityState.DRAFT)
    assert [expert.person_id for expert in made_of.experts] == [author.id]
    assert client.post(here, data={**data, "target_groups": "youth"}).status_code == 403
    assert "Why leaves fall" in client.get(f"/events/am/my-papers/{paper.number}").text
    assert "Why leaves fall" in factories.sign_in(app.test_client(), made.office()).get("/home").text


def test_no_public_talk_of_somebody_elses_paper_or_of_one_not_accepted(app: Flask) -> None:
    event, author = factories.event("am"), factories.person()
    rejected = factories.submission(event, author, state=SubmissionState.REJECTED)
    accepted = factories.submission(event, factories.person(), state=SubmissionState.ACCEPTED)
    client = factories.sign_in(app.test_client(), author)
    for paper in (rejected, accepted):
        assert client.get(f"/outreach/papers/am/{paper.number}/talk").status_code == 404
