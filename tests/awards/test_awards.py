"""Awards from the draft to the certificate; and what jurors, candidates and strangers must not see or do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Affiliation, Organisation, Person, Relation
from confsys.accounts.states import RelationKind
from confsys.awards import rules
from confsys.awards.models import Award, AwardCertificate, Juror, Nomination, Vote
from confsys.awards.queries import jury
from confsys.awards.queries.jury import Bar
from confsys.awards.standing import AwardStanding
from confsys.awards.states import AgeRule, AwardState, Check, Scheme, Source
from confsys.core import clock
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.core.viewer import Viewer
from confsys.events.models import Event
from confsys.events.states import Role
from confsys.members.models import Honour
from confsys.submissions.models import Conflict
from confsys.submissions.states import ConflictKind, ConflictSource, SubmissionState
from tests import factories
from tests.awards import made
from tests.conftest import NOW, QueryCounter
from tests.members import make

HERE = "/awards/AWD23456"
TERMS = {
    "name_en": "Young researcher prize", "name_zh": "青年学者奖", "purpose_en": "For independent work.",
    "sources": ["members", "committee"], "scheme": "score", "winners_most": "1", "rule": "age", "age_limit": "40",
    "age_on": "2026-12-31",
}  # fmt: skip


@pytest.fixture
def office(app: Flask) -> FlaskClient:
    return made.client(app, made.secretary())


def the_award() -> Award:
    return db.session.scalars(select(Award).execution_options(populate_existing=True)).one()


def nominations() -> list[Nomination]:
    query = select(Nomination).order_by(Nomination.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def step(office: FlaskClient, award: Award, to: str) -> int:
    return office.post(f"/awards/{award.code}/step", data={"to": to}).status_code


def test_from_the_draft_to_the_certificate(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    answer = office.post("/awards/new", data={**TERMS, "age_limit": ""})
    assert answer.status_code == 422
    assert "Young researcher prize" in answer.text
    assert office.post("/awards/new", data=TERMS).status_code == 303
    award = the_award()
    here = f"/awards/{award.code}"
    assert client.get(here).status_code in {302, 404}
    assert step(office, award, "nominating") == 303
    assert client.get(here).status_code == 200

    member, nominee, juror = make.member().person, factories.person("Wei", "Zhang", "张伟"), factories.person()
    nominating = made.client(app, member)
    form = {"address": nominee.emails[0].address, "why": made.WHY}
    assert nominating.post(f"{here}/nominate", data={**form, "why": "Good."}).status_code == 422
    assert nominating.post(f"{here}/nominate", data=form).status_code == 303
    assert nominating.post(f"{here}/nominate", data=form).status_code == 422, "once only"
    assert nominating.post(f"{here}/nominate", data={**form, "address": member.emails[0].address}).status_code == 422
    assert step(office, award, "judging") != 303, "no jury, nothing checked"
    assert office.post(f"{here}/jury", data={"address": nominee.emails[0].address}).status_code == 422
    assert office.post(f"{here}/jury", data={"address": juror.emails[0].address}).status_code == 303

    (row,) = nominations()
    own = made.client(app, nominee)
    declare = f"{here}/nominations/{row.id}/declare"
    assert own.post(declare, data={"declared": "1990-05-09"}).status_code == 422, "no consent, nothing kept"
    assert nominations()[0].declared is None
    assert own.post(declare, data={"declared": "1990-05-09", "consent": "y"}).status_code == 303
    check = f"{here}/nominations/{row.id}/check"
    against = {"result": "does_not", "version": nominations()[0].version}
    assert office.post(check, data=against).status_code == 422, "against the declared day it must say why"
    assert office.post(check, data={"result": "fits", "version": nominations()[0].version}).status_code == 303
    assert step(office, award, "judging") == 303

    voting = made.client(app, juror)
    assert voting.post(f"{here}/ballot", data={f"score-{row.id}": "11"}).status_code == 422
    assert voting.post(f"{here}/ballot", data={f"score-{row.id}": "9"}).status_code == 303
    assert step(office, award, "closed") == 303
    assert "9.00" in office.get(f"{here}/committee").text
    prize = {f"place-{row.id}": "1", f"citation-{row.id}": "For what nobody had measured."}
    decide = {**prize, "reasons": "The jury agreed at once and without reserve.", "version": the_award().version}
    assert office.post(f"{here}/announce").status_code != 303, "nothing decided"
    assert office.post(f"{here}/decide", data={**decide, f"citation-{row.id}": ""}).status_code == 422
    assert office.post(f"{here}/decide", data=decide).status_code == 303
    assert "张伟" not in client.get(here).text, "decided is not announced"
    assert office.post(f"{here}/announce").status_code == 303

    page = client.get(here).text
    assert "张伟" in page
    assert "For what nobody had measured." in page
    assert nominations()[0].declared is None, "what was declared is forgotten"
    certificate = db.session.scalars(select(AwardCertificate)).one()
    assert certificate.number == "AW-2026-0001"
    honour = db.session.scalars(select(Honour)).one()
    assert (honour.person_id, honour.title.zh, honour.year) == (nominee.id, "青年学者奖", 2026)
    assert "张伟" in client.get(f"/certificates/award/{certificate.code}").text
    assert client.get("/certificates/award/NOTACODE2345").status_code == 404
    pdf = client.get(f"/certificates/award/{certificate.code}.pdf").data
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    for printed in ("张伟", "青年学者奖", certificate.number, certificate.code):
        assert printed in words
    keys = list(db.session.scalars(select(MailMessage.key).where(MailMessage.key.like("awards.%")).order_by("id")))
    assert [key.split(":")[0] for key in keys] == [
        "awards.nominated", "awards.juror_asked", "awards.ballot_open", "awards.won",
    ]  # fmt: skip


def test_nobody_sees_a_vote_before_the_close(app: Flask, office: FlaskClient) -> None:
    award = made.award(state=AwardState.JUDGING)
    row, other = made.candidate(award, factories.person()), made.candidate(award, factories.person())
    first, second = factories.person(), factories.person()
    made.juror(award, first)
    made.juror(award, second)
    scores = {f"score-{row.id}": "7", f"score-{other.id}": "2"}
    assert made.client(app, first).post(f"{HERE}/ballot", data=scores).status_code == 303
    pages = [
        office.get(f"{HERE}/committee").text, made.client(app, second).get(f"{HERE}/ballot").text,
        app.test_client().get(HERE).text,
    ]  # fmt: skip
    for page in pages:
        assert 'value="7"' not in page
        assert "7.00" not in page
        assert 'id="count"' not in page
    assert "has voted" in pages[0]
    assert 'value="7"' in made.client(app, first).get(f"{HERE}/ballot").text
    facts = [entry.facts for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "awards.voted"))]
    assert facts == [{"award": "Prize for open tools"}], "the story tells that somebody voted, and not how"


def test_the_terms_stand_still_once_the_jury_votes(app: Flask, office: FlaskClient) -> None:
    award = made.award(state=AwardState.JUDGING)
    assert office.post(f"{HERE}/edit", data={**TERMS, "version": award.version}).status_code == 403
    assert the_award().name.en == "Prize for open tools"


def test_a_vote_that_was_counted_is_never_cast_again(app: Flask, office: FlaskClient) -> None:
    award = made.award(state=AwardState.JUDGING)
    row, person = made.candidate(award, factories.person()), factories.person()
    made.juror(award, person)
    voting = made.client(app, person)
    voting.post(f"{HERE}/ballot", data={f"score-{row.id}": "5"})
    assert step(office, award, "closed") == 303
    assert voting.post(f"{HERE}/ballot", data={f"score-{row.id}": "10"}).status_code == 403
    for to in ("judging", "nominating", "announced", "draft", "nonsense"):
        assert step(office, award, to) != 303
    assert db.session.scalars(select(Vote.score)).one() == 5


def test_a_pick_is_one_to_so_many(app: Flask) -> None:
    award = made.award(state=AwardState.JUDGING, scheme=Scheme.PICK, picks=1)
    rows, person = [made.candidate(award, factories.person()) for _ in range(2)], factories.person()
    made.juror(award, person)
    voting = made.client(app, person)
    for chosen, status in (([], 422), (rows, 422), (rows[:1], 303), (rows[1:], 303)):
        data = {f"score-{row.id}": "1" for row in chosen}
        assert voting.post(f"{HERE}/ballot", data=data).status_code == status
    assert db.session.scalars(select(Vote.nomination_id)).one() == rows[1].id


def _near(kind: Bar, juror: Person, event: Event, award: Award) -> Nomination:
    """A candidate to whom the juror is too near in this way."""
    other = factories.person()
    if kind in {Bar.WROTE, Bar.CONFLICT}:
        authors = (other, juror) if kind is Bar.WROTE else (other,)
        paper = factories.submission(event, *authors, state=SubmissionState.ACCEPTED)
        if kind is Bar.CONFLICT:
            factories.saved(
                Conflict(
                    submission_id=paper.id, person_id=juror.id, kind=ConflictKind.OTHER, source=ConflictSource.CHAIR,
                    created_at=clock.now(),
                )
            )  # fmt: skip
        return made.candidate(award, None, paper)
    if kind is Bar.RELATION:
        factories.saved(Relation(person_id=other.id, kind=RelationKind.ADVISOR, other_person_id=juror.id))
    if kind is Bar.ORGANISATION:
        place = factories.saved(Organisation(name=LocalizedText("Linjiang University", "临江大学")))
        for someone in (juror, other):
            factories.saved(Affiliation(person_id=someone.id, organisation_id=place.id))
    return made.candidate(award, other, nominated_by_id=juror.id if kind is Bar.NOMINATED else None)


@pytest.mark.parametrize("kind", [k for k in Bar if k is not Bar.DECLARED])
def test_a_juror_does_not_vote_about_whom_they_are_near_to(app: Flask, kind: Bar) -> None:
    event, person = factories.event(), factories.person()
    award = made.award(state=AwardState.JUDGING, event_id=event.id)
    near, far = _near(kind, person, event, award), made.candidate(award, factories.person())
    juror = made.juror(award, person)
    assert {line.candidate.id: line.bar for line in jury.ballot(award, juror)} == {near.id: kind, far.id: None}
    voting = made.client(app, person)
    if kind is Bar.WROTE:  # an author of a candidate is a candidate, and no juror at all
        assert voting.get(f"{HERE}/ballot").status_code == 404
        return
    both = {f"score-{near.id}": "10", f"score-{far.id}": "1"}
    assert voting.post(f"{HERE}/ballot", data=both).status_code == 422
    assert voting.post(f"{HERE}/ballot", data={f"score-{far.id}": "1"}).status_code == 303


def test_stepping_back_drops_the_vote_and_a_later_conflict_takes_it_from_the_count(app: Flask) -> None:
    award = made.award(state=AwardState.JUDGING)
    rows, person = [made.candidate(award, factories.person()) for _ in range(2)], factories.person()
    made.juror(award, person)
    voting = made.client(app, person)
    voting.post(f"{HERE}/ballot", data={f"score-{row.id}": "8" for row in rows})
    back = f"{HERE}/ballot/{rows[0].id}/step-back"
    assert voting.post(back, data={"reason": ""}).status_code == 422
    assert voting.post(back, data={"reason": "my cousin"}).status_code == 303
    assert voting.post(back, data={"reason": "my cousin"}).status_code == 422
    assert list(db.session.scalars(select(Vote.nomination_id))) == [rows[1].id]
    factories.saved(Relation(person_id=person.id, kind=RelationKind.FAMILY, other_person_id=rows[1].person_id))
    assert [(line.votes, line.barred) for line in jury.tally(award)] == [(0, 1), (0, 1)]


def test_a_candidate_of_the_committee_is_only_a_candidate(app: Flask) -> None:
    keeper, award = made.secretary(), made.award()
    desk = made.client(app, keeper)
    assert desk.get(f"{HERE}/committee").status_code == 200
    made.candidate(award, keeper)
    assert desk.get(f"{HERE}/committee").status_code == 404
    assert step(desk, award, "judging") == 404
    assert "You are a candidate" in desk.get(HERE).text


def test_papers_are_nominated_by_the_events_committee_alone(app: Flask, office: FlaskClient) -> None:
    event = factories.event()
    applied = factories.submission(event, state=SubmissionState.ACCEPTED, answers={"award": True})
    other = factories.submission(event, state=SubmissionState.ACCEPTED)
    refused = factories.submission(event, state=SubmissionState.REJECTED)
    made.award(event_id=event.id)
    chair = made.client(app, factories.grant(event, Role.CHAIR))
    assert office.post(f"{HERE}/papers", data={"all": "1"}).status_code == 404
    assert chair.post(f"{HERE}/papers", data={"paper": refused.id}).status_code == 404
    assert chair.post(f"{HERE}/papers", data={"all": "1"}).status_code == 303
    assert [row.submission_id for row in nominations()] == [applied.id]
    assert chair.post(f"{HERE}/papers", data={"paper": other.id}).status_code == 303
    assert chair.post(f"{HERE}/papers", data={"paper": other.id}).status_code == 404


@pytest.mark.parametrize("path", ["committee", "edit", "ballot", "nominations/{}/declare"])
def test_the_working_pages_are_not_there_for_others(app: Flask, path: str) -> None:
    award = made.award(rule=AgeRule.AGE, age_limit=40, age_on=date(2026, 12, 31), state=AwardState.JUDGING)
    row = made.candidate(award, factories.person())
    made.juror(award)
    for person in (factories.person(), factories.admin(), make.member().person):
        assert made.client(app, person).get(f"{HERE}/{path.format(row.id)}").status_code == 404
    assert app.test_client().get(f"{HERE}/{path.format(row.id)}").status_code == 302


def test_candidates_are_confidential(app: Flask, client: FlaskClient, office: FlaskClient) -> None:
    """Not on the page, not in the lists, not in the story: until the announcement."""
    made.award()
    nominee = factories.person("Secret", "Candidate", "隐名者")
    form = {"address": nominee.emails[0].address, "why": made.WHY}
    assert office.post(f"{HERE}/nominate", data=form).status_code == 303
    for viewer in (client, made.client(app, factories.person())):
        for path in ("/awards", HERE):
            assert "隐名者" not in viewer.get(path).text
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action.like("awards.%")))
    assert [entry.facts for entry in entries] == [{"award": "Prize for open tools"}]


def standing(**changes: Any) -> AwardStanding:
    values: dict[str, Any] = {"state": AwardState.NOMINATING, "sources": frozenset(Source), "at": NOW}
    return AwardStanding(Viewer(person_id=1), **{**values, **changes})


def test_when_nominations_and_votes_are_open() -> None:
    later, sooner = NOW + timedelta(days=1), NOW - timedelta(days=1)
    assert rules.may_nominate(standing(is_member=True, nominate_until=later))
    assert not rules.may_nominate(standing(is_member=True, nominate_until=sooner))
    assert not rules.may_nominate(standing(is_member=False))
    assert not rules.may_nominate(standing(is_member=True, sources=frozenset({Source.COMMITTEE})))
    assert rules.may_nominate(standing(keeps=True, sources=frozenset({Source.COMMITTEE})))
    for state in AwardState:
        judging = state is AwardState.JUDGING
        assert bool(rules.may_vote(standing(state=state, is_juror=True, judge_until=later))) is judging
        assert not rules.may_vote(standing(state=state, is_juror=True, judge_until=sooner))
        assert not rules.may_vote(standing(state=state, keeps=True))
        counted = state in rules.COUNTED
        assert bool(rules.may_see_votes(standing(state=state, is_juror=True))) is counted
        assert bool(rules.may_see_votes(standing(state=state, keeps=True))) is counted
        assert not rules.may_see_votes(standing(state=state, keeps=True, is_juror=True, is_candidate=True))
        assert not rules.may_see_votes(standing(state=state, is_member=True))


def test_who_does_not_keep_the_rule_is_not_on_the_ballot(app: Flask) -> None:
    award = made.award(state=AwardState.JUDGING)
    made.candidate(award, factories.person(), check=Check.DOES_NOT)
    row = made.candidate(award, factories.person(), check=Check.FITS)
    assert [line.candidate.id for line in jury.ballot(award, made.juror(award))] == [row.id]


def test_a_nominee_may_withdraw_and_what_they_declared_is_gone(app: Flask) -> None:
    award = made.award(rule=AgeRule.AGE, age_limit=40, age_on=date(2026, 12, 31))
    person = factories.person()
    row = made.candidate(award, person, declared=date(1990, 1, 1), consented_at=NOW)
    other = made.client(app, factories.person())
    assert other.post(f"{HERE}/nominations/{row.id}/withdraw-mine").status_code == 404
    own = made.client(app, person)
    assert own.post(f"{HERE}/nominations/{row.id}/withdraw-mine").status_code == 303
    assert (nominations()[0].declared, nominations()[0].withdrawn_at) == (None, NOW)


def test_the_pages_ask_as_often_for_three_as_for_one(app: Flask, queries: QueryCounter) -> None:
    event = factories.event()
    award = made.award(event_id=event.id, state=AwardState.JUDGING)
    chair, voter = made.client(app, factories.grant(event, Role.CHAIR)), factories.person()
    made.juror(award, voter)
    voting, counts = made.client(app, voter), []
    for n in (1, 2):
        for _ in range(n):
            made.candidate(award, factories.person())
            made.candidate(award, None, factories.submission(event, state=SubmissionState.ACCEPTED))
            made.juror(award)
        db.session.expunge_all()
        with queries:
            assert chair.get(f"{HERE}/committee").status_code == 200
            assert voting.get(f"{HERE}/ballot").status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1] < 60


def test_a_jury_of_the_past_is_kept_with_its_count(app: Flask, office: FlaskClient) -> None:
    juror = made.juror(made.award(state=AwardState.CLOSED))
    assert office.post(f"{HERE}/jury/{juror.id}/dismiss").status_code != 303
    assert db.session.scalar(select(func.count(Juror.id))) == 1
