"""Outreach as each person meets it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.mail import MailMessage
from confsys.outreach import signed
from confsys.outreach.models import Activity, Booking, SchoolRequest, SpeakerOffer, Volunteer, VolunteerShift
from confsys.outreach.states import ActivityState, RequestState, ShiftState, VolunteerState
from tests import factories
from tests.conftest import NOW, QueryCounter
from tests.outreach import made

GUEST = {"name": "Lu Yan", "email": "lu@example.org", "adults": "2", "minors": "1"}


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    return factories.sign_in(app.test_client(), made.office())


def test_a_family_signs_up_without_an_account_and_comes(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    made.activity(capacity=5)
    here = "/outreach/activities/stars/sign-up"
    answer = client.post(here, data=GUEST)
    assert answer.status_code == 422
    assert "Lu Yan" in answer.text
    assert "Children come with a guardian" in answer.text
    answer = client.post(here, data={**GUEST, "guardian_name": "Lu Yan", "consent": "y"})
    assert answer.status_code == 303
    assert "place kept" in client.get(answer.location).text
    assert client.get(answer.location + "/ticket.svg").data.startswith(b"<svg")
    booking = db.session.scalar(select(Booking))
    ticket = f"/outreach/check-in/{signed.code_of(signed.TICKET, booking.id)}"
    assert client.get(ticket).status_code == 302  # a guest's own ticket lets nobody in by itself
    assert office.get(ticket).status_code == 200
    assert factories.refreshed(booking).arrived is None  # looking is not checking in
    assert office.post(ticket, data={"arrived": "3"}).status_code == 303
    assert factories.refreshed(booking).arrived == 3
    assert "Lu Yan" in office.get("/outreach/activities/stars/door").text


def test_a_forged_code_opens_nothing(app: Flask, client: FlaskClient) -> None:
    made.activity()
    client.post("/outreach/activities/stars/sign-up", data={**GUEST, "minors": "0"})
    booking = db.session.scalar(select(Booking))
    code = signed.code_of(signed.TICKET, booking.id)
    assert client.get(f"/outreach/bookings/{code}").status_code == 404  # the ticket is not the link of the party
    assert client.get(f"/outreach/bookings/{code[:-2]}xx").status_code == 404


def test_feedback_waits_for_the_day_and_is_summed(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    activity = made.activity(days=1)
    client.post("/outreach/activities/stars/sign-up", data={**GUEST, "minors": "0"})
    code = signed.code_of(signed.BOOKING, db.session.scalar(select(Booking.id)))
    here = f"/outreach/bookings/{code}/feedback"
    assert client.get(here).status_code in {302, 403}
    with clock.frozen(activity.starts_at + timedelta(hours=1)):
        assert client.post(here, data={"rating": "4", "understood": "5", "comment": "More!"}).status_code == 303
        assert client.post(here, data={"rating": "5", "understood": "5", "comment": "More!"}).status_code == 303
        page = office.get("/outreach/office/activities/stars").text
    assert "On average 5.0 of 5" in page
    assert "Lu Yan" not in page


def test_drafts_and_the_office_are_hidden(app: Flask, client: FlaskClient) -> None:
    made.activity("secret", state=ActivityState.DRAFT)
    factories.sign_in(client, factories.person())
    for path in ("activities/secret", "activities/secret.ics", "office", "office/volunteers", "office/requests",
                 "office/activities/secret", "activities/secret/door"):  # fmt: skip
        assert client.get(f"/outreach/{path}").status_code == 404, path
    assert "secret" not in client.get("/outreach/").text
    assert "secret" not in client.get("/outreach/calendar?month=2026-03").text
    assert b"secret" not in client.get("/outreach/calendar.ics").data


def test_a_closed_door_says_why(app: Flask, client: FlaskClient) -> None:
    made.activity(takes_bookings=False)
    page = client.get("/outreach/activities/stars").text
    assert "This activity is for a closed group: nobody signs up here." in page
    assert "The outreach office can help." in page


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_office_plans_announces_and_reports(app: Flask, locale: str) -> None:
    person = made.office()
    person.locale = locale
    db.session.commit()
    client = factories.sign_in(app.test_client(), person)
    plan = {
        "title_en": "Why maps lie", "title_zh": "地图为什么会说谎", "kind": "lecture", "target_groups": ["youth"],
        "theme_day": "",
        "mode": "in_person", "starts_at": "2026-03-11T14:00", "ends_at": "2026-03-11T13:00", "takes_bookings": "y",
    }  # fmt: skip
    answer = client.post("/outreach/office/activities/new", data=plan)
    assert answer.status_code == 422
    assert "地图为什么会说谎" in answer.text
    answer = client.post("/outreach/office/activities/new", data={**plan, "ends_at": "2026-03-11T16:00"})
    assert answer.location == "/outreach/office/activities/why-maps-lie"
    activity = db.session.scalar(select(Activity))
    client.post("/outreach/office/activities/why-maps-lie/announce", data={"version": str(activity.version)})
    activity = factories.refreshed(activity)
    assert activity.state is ActivityState.DRAFT  # nobody has checked its content
    edit = {**plan, "ends_at": "2026-03-11T16:00", "checked_by": "Gu", "version": str(activity.version)}
    assert client.post("/outreach/office/activities/why-maps-lie/edit", data=edit).status_code == 303
    assert client.post("/outreach/office/activities/why-maps-lie/edit", data=edit).status_code == 409
    seen = {"version": str(factories.refreshed(activity).version)}
    client.post("/outreach/office/activities/why-maps-lie/announce", data=seen)
    assert factories.refreshed(activity).state is ActivityState.PUBLIC
    with clock.frozen(NOW + timedelta(days=3)):
        told = {"actual_headcount": "33", "cost": "1200.50", "version": str(activity.version)}
        assert client.post("/outreach/office/activities/why-maps-lie/outcome", data=told).status_code == 303
    found = factories.refreshed(activity)
    assert (found.state, found.actual_headcount, found.cost_minor) == (ActivityState.HELD, 33, 120050)


def test_a_volunteer_helps_and_hours_are_approved_by_somebody_else(app: Flask, office: FlaskClient) -> None:
    person = factories.person()
    client = factories.sign_in(app.test_client(), person)
    activity = made.activity(days=1)
    client.post("/outreach/volunteer", data={"cities": "Hangzhou，Shanghai", "skills": "explaining"})
    someone = db.session.scalar(select(Volunteer))
    assert someone.cities == ["Hangzhou", "Shanghai"]
    assert client.post("/outreach/activities/stars/help").status_code == 404  # not taken on yet
    office.post(f"/outreach/office/volunteers/{someone.id}/take")
    assert client.post("/outreach/activities/stars/help").status_code == 303
    shift = db.session.scalar(select(VolunteerShift))
    office.post(f"/outreach/office/shifts/{shift.id}/agree")
    hours = f"/outreach/shifts/{shift.id}/hours"
    assert client.post(hours, data={"hours": "2", "task": "Guide"}).status_code == 403  # it has not begun
    with clock.frozen(activity.ends_at):
        assert client.post(hours, data={"hours": "9", "task": "Guide"}).status_code == 422
        assert client.post(hours, data={"hours": "2:30", "task": "Guide"}).status_code == 303
        assert client.get("/outreach/activities/stars/door").status_code == 200
        office.post("/outreach/office/hours", data={"selected": [str(shift.id)]})
    found = factories.refreshed(shift)
    assert (found.state, found.minutes) == (ShiftState.APPROVED, 150)


def test_nobody_approves_their_own_hours(app: Flask) -> None:
    person = made.office()
    someone = factories.saved(
        Volunteer(person_id=person.id, state=VolunteerState.ACTIVE, cities=["X"], skills=[], joined_at=NOW)
    )
    shift = factories.saved(
        VolunteerShift(
            volunteer_id=someone.id, activity_id=made.activity(days=-1).id, state=ShiftState.REPORTED, minutes=60,
            created_at=NOW,
        )
    )  # fmt: skip
    answer = factories.sign_in(app.test_client(), person).post("/outreach/office/hours", data={"selected": [shift.id]})
    assert answer.status_code == 422
    assert factories.refreshed(shift).state is ShiftState.REPORTED


def test_a_school_asks_and_gets_a_speaker(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    speaker = made.speaker("privacy")
    made.speaker("storage")
    asking = {
        "school": "Hill School", "contact": "Ms Lu", "email": "school@example.org", "city": "hangzhou",
        "group": "youth", "headcount": "40", "topic": "Privacy on your telephone", "first_day": "2026-03-16",
        "last_day": "2026-03-20",
    }  # fmt: skip
    assert client.post("/outreach/schools", data={**asking, "last_day": "2026-03-15"}).status_code == 422
    own = client.post("/outreach/schools", data=asking).location
    asked = db.session.scalar(select(SchoolRequest))
    page = office.get(f"/outreach/office/requests/{asked.code}").text
    assert "speaks about “privacy”" in page
    assert page.count("Ask this speaker") == 1
    office.post(f"/outreach/office/requests/{asked.code}/ask", data={"speaker": speaker.id})
    offer = db.session.scalar(select(SpeakerOffer))
    stranger = factories.sign_in(app.test_client(), factories.person())
    assert stranger.get(f"/outreach/offers/{offer.id}").status_code == 404
    assert stranger.post(f"/outreach/offers/{offer.id}/accept").status_code == 404
    theirs = factories.sign_in(app.test_client(), speaker.person)
    assert "Hill School" in theirs.get("/home").text
    assert theirs.get(f"/outreach/offers/{offer.id}").status_code == 200
    outside = {"day": "2026-04-20", "hour": "14"}
    assert theirs.post(f"/outreach/offers/{offer.id}/accept", data=outside).status_code == 422
    inside = {"day": "2026-03-17", "hour": "14"}
    assert theirs.post(f"/outreach/offers/{offer.id}/accept", data=inside).status_code == 303
    found = factories.refreshed(asked)
    assert found.state is RequestState.AGREED
    assert found.activity.experts[0].person_id == speaker.person_id
    assert "Speaker found" in client.get(own).text
    subjects = list(db.session.scalars(select(MailMessage.subject).order_by(MailMessage.id)))
    assert [re.sub(r"\(.*\)", "()", s) for s in subjects] == [
        "We have your request for a speaker ()", "Hill School asks for a talk", "A speaker for you ()",
    ]  # fmt: skip


def test_a_speaker_says_no_and_another_is_asked(app: Flask, office: FlaskClient) -> None:
    first, second = made.speaker("privacy"), made.speaker("privacy")
    asked = made.request()
    ask = f"/outreach/office/requests/{asked.code}/ask"
    office.post(ask, data={"speaker": first.id})
    assert office.post(ask, data={"speaker": second.id}).status_code == 422  # one at a time
    offer = db.session.scalar(select(SpeakerOffer))
    factories.sign_in(app.test_client(), first.person).post(f"/outreach/offers/{offer.id}/decline")
    assert office.post(ask, data={"speaker": second.id}).status_code == 303
    office.post(f"/outreach/office/requests/{asked.code}/decline", data={"answer": "Nobody is free."})
    assert factories.refreshed(asked).state is RequestState.DECLINED


def test_lists_ask_as_often_for_three_as_for_one(app: Flask, office: FlaskClient, queries: QueryCounter) -> None:
    def rows(n: int) -> None:
        person = factories.person()
        activity = made.activity(f"a{n}", experts=(person.id,))
        shift = {"state": ShiftState.REPORTED, "minutes": 30, "created_at": NOW}
        factories.saved(VolunteerShift(volunteer_id=made.volunteer().id, activity_id=activity.id, **shift))
        made.speaker("privacy")
        made.request(code=f"REQ2345{n}")

    pages = ("/outreach/", "/outreach/calendar", "/outreach/calendar.ics", "/outreach/office",
             "/outreach/office/volunteers", "/outreach/office/requests", "/outreach/office/requests/REQ23451",
             "/home")  # fmt: skip
    counts: list[list[int]] = []
    for start in (1, 2):
        for n in range(start, start + 1 + (start == 2)):
            rows(n)
        taken = []
        for page in pages:
            db.session.expire_all()
            with queries:
                assert office.get(page).status_code == 200
            taken.append(queries.count)
        counts.append(taken)
    assert dict(zip(pages, counts[0], strict=True)) == dict(zip(pages, counts[1], strict=True))
