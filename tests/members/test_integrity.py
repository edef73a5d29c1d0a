"""Integrity: the steps of a case, and that it does not exist for anybody outside."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Affiliation, Organisation, Person, Relation, SiteRoleGrant
from confsys.accounts.states import RelationKind, SiteRole
from confsys.core.actor import Actor
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.localized import LocalizedText
from confsys.core.mail.models import MailMessage
from confsys.events.context import standing_in
from confsys.events.states import Role, StageKind
from confsys.members.models import IntegrityCase
from confsys.members.operations import integrity
from confsys.members.operations.integrity import Complaint, Judgement
from confsys.members.queries import sanction
from confsys.members.queries.integrity import cases_for, integrity_figures
from confsys.members.states import Allegation, CaseOutcome, CaseState
from confsys.reviewing.rules import may_bid
from confsys.submissions.rules import may_start
from tests import factories
from tests.conftest import NOW
from tests.members import make

WORDS = "The figures of the second table were invented."
LATER = NOW + timedelta(days=40)


def officer() -> Person:
    made = factories.person()
    made.roles.append(SiteRoleGrant(role=SiteRole.INTEGRITY))
    return factories.saved(made)


class Case:
    """A case with its people, brought to a state."""

    def __init__(self) -> None:
        self.officer, self.complainant, self.respondent = officer(), factories.person(), factories.person()
        self.tier = make.tier("panel", "P")
        self.panel = [make.member(tier_=self.tier).person for _ in range(3)]
        told = Complaint(Allegation.FABRICATION, self.respondent.emails[0].address, WORDS)
        self.row: IntegrityCase = integrity.file_complaint(told, actor=Actor(self.complainant.id), at=NOW)
        self.desk = Actor(self.officer.id)

    def notify(self) -> Case:
        integrity.give_notice(self.row, "", version=None, actor=self.desk, at=NOW)
        return self

    def convene(self) -> Case:
        self.notify()
        integrity.reply(self.row, "They were measured.", actor=Actor(self.respondent.id), at=NOW)
        for person in self.panel:
            integrity.add_panelist(self.row, person.emails[0].address, actor=self.desk, at=NOW)
        integrity.convene(self.row, version=None, actor=self.desk, at=NOW)
        return self

    def decide(self, outcome: CaseOutcome, until: date | None = None) -> Case:
        self.convene()
        for person in self.panel:
            integrity.give_opinion(self.row, "I agree.", actor=Actor(person.id), at=NOW)
        integrity.decide(self.row, Judgement(outcome, "See above.", until), version=None, actor=self.desk, at=NOW)
        return self

    def close(self) -> Case:
        integrity.close(self.row, None, version=None, actor=self.desk, at=LATER)
        return self


def test_nobody_outside_knows_of_a_case(app: Flask) -> None:
    case = Case().decide(CaseOutcome.WARNING)
    event = factories.event()
    outsiders = [
        factories.admin(), make.secretary(), factories.grant(event, Role.CHAIR), factories.grant(event, Role.ORGANISER),
        factories.person(),
    ]  # fmt: skip
    for person in outsiders:
        client = factories.sign_in(app.test_client(), person)
        missing, real = client.get("/integrity/cases/NOSUCHCASE"), client.get(f"/integrity/cases/{case.row.code}")
        assert missing.status_code == real.status_code == 404
        assert cases_for(factories.viewer(person)) == []
        visitor = app.test_client()
        codes = {visitor.get(f"/integrity/cases/{code}").status_code for code in ("NOSUCHCASE", case.row.code)}
        assert codes == {302}  # a visitor is sent to sign in, whether there is a case or not
        for where in (
            "/integrity/cases",
            "/home",
            "/office/membership/members",
            "/office/membership/members?format=csv",
        ):
            page = client.get(where).text
            assert case.row.code not in page
            assert WORDS not in page
        for step in ("dismiss", "notify", "decide", "close", "reply", "opinion", "appeal"):
            assert client.post(f"/integrity/cases/{case.row.code}/{step}", data={"text": "x"}).status_code == 404


def _everything(client: FlaskClient, slug: str) -> dict[str, str]:
    """What every page without further address says to a reader; tokens that are new each time are taken out."""
    found = {}
    for rule in client.application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not set(rule.arguments) <= {"slug"} or "static" in rule.endpoint:
            continue
        address = rule.rule.replace("<slug>", slug)
        for form in ("", "?format=csv", "?q=zzz"):
            if form and not rule.rule.startswith(("/office", "/treasury", "/membership", "/events/<slug>/people")):
                continue
            answer = client.get(address + form, buffered=True)
            text = answer.text if "text" in answer.content_type or "json" in answer.content_type else ""
            found[address + form] = re.sub(r"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}|nonce-[\w-]+", "", text)
    return found


def test_a_case_changes_no_page_list_count_or_export_of_anybody_outside(app: Flask) -> None:
    """Somebody with every other role of the society and of an event sees the same before and after."""
    event, everything = factories.event(), factories.person()
    for role in (Role.ORGANISER, Role.CHAIR, Role.HELPER):
        factories.grant(event, role, everything)
    for site_role in set(SiteRole) - {SiteRole.INTEGRITY}:
        everything.roles.append(SiteRoleGrant(role=site_role))
    client = factories.sign_in(app.test_client(), factories.saved(everything))
    case = Case()
    words = case.row.complaint
    after_filing = _everything(client, event.slug)
    assert len(after_filing) > 60
    case.decide(CaseOutcome.SUSPENDED, date(2026, 12, 31)).close()
    now = _everything(client, event.slug)
    for address, text in now.items():
        assert words not in text, address
        assert case.row.code not in text, address
        assert text == after_filing[address], address


def test_neither_the_audit_nor_mail_tells_of_a_case(app: Flask) -> None:
    case = Case().decide(CaseOutcome.WARNING).close()
    assert db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.object_type.like("integrity%"))) == 0
    mails = list(db.session.scalars(select(MailMessage).where(MailMessage.scope == "integrity")))
    assert len(mails) >= 6
    for mail in mails:
        assert mail.subject == "A confidential message waits for you"
        assert WORDS not in mail.text
        assert "integrity officer" not in mail.text
        assert case.respondent.family not in mail.subject


def test_who_reads_what(app: Flask) -> None:
    case = Case()
    here = f"/integrity/cases/{case.row.code}"

    def page(person: Person) -> str:
        answer = factories.sign_in(app.test_client(), person).get(here)
        return answer.text if answer.status_code == 200 else ""

    assert WORDS in page(case.officer)
    assert WORDS in page(case.complainant)
    assert page(case.respondent) == ""  # not before the notice
    case.convene()
    assert WORDS in page(case.respondent)
    assert "They were measured." in page(case.panel[0])
    assert "They were measured." not in page(case.complainant)
    assert str(case.panel[0].name) not in page(case.respondent)


def test_a_dismissed_complaint_never_reaches_the_respondent(app: Flask) -> None:
    case = Case()
    integrity.dismiss(case.row, "Nothing in it.", version=None, actor=case.desk, at=NOW)
    client = factories.sign_in(app.test_client(), case.respondent)
    assert client.get(f"/integrity/cases/{case.row.code}").status_code == 404
    mail = select(func.count(MailMessage.id)).where(MailMessage.person_id == case.respondent.id)
    assert db.session.scalar(mail) == 0


def test_an_officer_who_is_a_party_is_only_a_party(app: Flask) -> None:
    boss = officer()
    told = Complaint(Allegation.OTHER, boss.emails[0].address, WORDS)
    case = integrity.file_complaint(told, actor=Actor(factories.person().id), at=NOW)
    assert factories.sign_in(app.test_client(), boss).get(f"/integrity/cases/{case.code}").status_code == 404
    assert cases_for(factories.viewer(boss)) == []


@pytest.mark.parametrize("tie", ["organisation", "relation", "reversed", "party", "not a member"])
def test_no_panelist_with_a_tie(app: Flask, tie: str) -> None:
    case = Case().notify()
    person = case.panel[0]
    if tie == "organisation":
        place = factories.saved(Organisation(name=LocalizedText("Here")))
        db.session.add_all(
            Affiliation(person_id=someone.id, organisation_id=place.id) for someone in (person, case.respondent)
        )
    elif tie in {"relation", "reversed"}:
        one, other = (person, case.complainant) if tie == "relation" else (case.complainant, person)
        db.session.add(Relation(person_id=one.id, other_person_id=other.id, other_name="x", kind=RelationKind.COAUTHOR))
    else:
        person = case.respondent if tie == "party" else factories.person()
    db.session.commit()
    with pytest.raises(Invalid):
        integrity.add_panelist(case.row, person.emails[0].address, actor=case.desk, at=NOW)


def test_the_other_side_is_heard_and_the_panel_is_odd(app: Flask) -> None:
    case = Case().notify()
    for person in case.panel[:2]:
        integrity.add_panelist(case.row, person.emails[0].address, actor=case.desk, at=NOW)
    with pytest.raises(Invalid, match="may still reply"):
        integrity.convene(case.row, version=None, actor=case.desk, at=NOW)
    with pytest.raises(Invalid, match="three, five"):
        integrity.convene(case.row, version=None, actor=case.desk, at=LATER)
    with pytest.raises(Invalid, match="over"):
        integrity.reply(case.row, "Too late.", actor=Actor(case.respondent.id), at=LATER)


def test_a_suspension_bars_after_the_appeal_and_until_its_last_day(app: Flask) -> None:
    until = date(2026, 12, 31)
    case = Case().decide(CaseOutcome.SUSPENDED, until)
    me = case.respondent.id
    assert sanction(me, NOW.date()) is None
    with pytest.raises(Invalid, match="may still appeal"):
        integrity.close(case.row, None, version=None, actor=case.desk, at=NOW)
    case.close()
    found = sanction(me, LATER.date())
    assert found is not None
    assert (found.submitting, found.reviewing, found.until) == (True, True, until)
    assert sanction(me, until + timedelta(days=1)) is None
    assert sanction(case.complainant.id, LATER.date()) is None


def test_submitting_and_reviewing_obey_with_a_neutral_sentence(app: Flask) -> None:
    case = Case().decide(CaseOutcome.SUSPENDED, date(2026, 12, 31)).close()
    event = factories.event()
    factories.stage(event, StageKind.CALL, due_in=300)
    factories.stage(event, StageKind.BIDDING, due_in=300)
    factories.grant(event, Role.REVIEWER, case.respondent)
    from confsys.core import clock

    with clock.frozen(LATER):
        standing = standing_in(event, factories.viewer(case.respondent))
        for answer in (may_start(standing), may_bid(standing)):
            assert not answer
            assert "integrity" not in str(answer.reason).lower()
        fair = standing_in(event, factories.viewer(case.complainant))
        assert may_start(fair)


def test_an_appeal_may_clear(app: Flask) -> None:
    case = Case().decide(CaseOutcome.SUSPENDED, date(2026, 12, 31))
    integrity.appeal(case.row, "The data are public.", actor=Actor(case.respondent.id), at=NOW)
    integrity.close(case.row, Judgement(CaseOutcome.CLEARED, "They are."), version=None, actor=case.desk, at=NOW)
    assert sanction(case.respondent.id, NOW.date()) is None
    page = factories.sign_in(app.test_client(), case.respondent).get(f"/integrity/cases/{case.row.code}").text
    assert "cleared: the complaint was unfounded" in page


def test_numbers_of_a_year_and_erasure_after_retention(app: Flask) -> None:
    case = Case().decide(CaseOutcome.WARNING).close()
    before = integrity_figures(2026)
    assert before == {"received": 1, "closed": 1, "warning": 1}
    assert integrity.erase_expired(at=LATER) == 0
    assert integrity.erase_expired(at=LATER + timedelta(days=366 * 5)) == 1
    row = factories.refreshed(case.row)
    assert (row.complaint, row.respondent_id, row.complainant_id, row.panel) == ("", None, None, [])
    assert integrity_figures(2026) == before


def test_the_pages_from_complaint_to_notice(app: Flask) -> None:
    boss, respondent = officer(), factories.person()
    client = factories.sign_in(app.test_client(), factories.person())
    form = {"allegation": "plagiarism", "respondent": respondent.emails[0].address, "text": WORDS}
    assert client.post("/integrity/complaint", data={**form, "text": ""}).status_code == 422
    here = client.post("/integrity/complaint", data=form).location
    desk = factories.sign_in(app.test_client(), boss)
    assert here.rpartition("/")[2] in desk.get("/integrity/cases").text
    assert desk.post(here + "/notify", data={"address": "", "version": "0"}).status_code == 409
    assert desk.post(here + "/notify", data={"address": "", "version": "1"}).status_code == 303
    assert db.session.scalar(select(IntegrityCase.state)) is CaseState.NOTICE
    other = factories.sign_in(app.test_client(), respondent)
    assert other.post(here + "/reply", data={"text": ""}).status_code == 422
    assert other.post(here + "/reply", data={"text": "No."}).status_code == 303
