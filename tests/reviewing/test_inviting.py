"""From a list of names to a committee: looked at before anybody is asked, then answered, reminded, and told more."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Affiliation, Organisation, Person
from confsys.accounts.operations.publications import import_publications
from confsys.core import clock, queue
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.jobs import Job
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.events import invitees
from confsys.events.models import Event, RoleGrant
from confsys.events.operations import roles
from confsys.events.states import Role, StageKind
from confsys.reviewing.models import ReviewerProfile
from confsys.reviewing.operations.committee import set_profile
from confsys.reviewing.queries.material import reviewers
from confsys.submissions.models import Author, Conflict
from confsys.submissions.states import ConflictKind
from tests import factories
from tests.conftest import QueryCounter
from tests.reviewing import make

LIST = "/events/am/review/committee/invite"
ORCID = """@article{Zhang_2024,title={Reading Graphs},DOI={10.1/x},journal={J. of Graphs},
 author={Zhang, Wei and Li, Mei},year={2024},month=jan}
@inproceedings{Zhang_2023, title={图网络综述}, author={张伟}, year={2023}}"""


@pytest.fixture
def event(app: Flask) -> Event:
    made = factories.event("am")
    factories.stage(made, StageKind.REVIEW, opens_in=10, due_in=30)
    return made


@pytest.fixture
def chair(event: Event) -> Person:
    return factories.grant(event, Role.CHAIR)


def mails() -> int:
    return db.session.scalar(select(func.count(MailMessage.id))) or 0


def look(client: FlaskClient, someone: Person, people: str = "", status: int = 200, **more: object) -> str:
    factories.sign_in(client, someone)
    given = {"people": people, "track": "", "locale": "en", "message": "", **more}
    answer = client.post(LIST, data=given, content_type="multipart/form-data")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def grants(event: Event) -> dict[str, RoleGrant]:
    rows = select(RoleGrant).where(RoleGrant.event_id == event.id, RoleGrant.role == Role.REVIEWER)
    return {row.address: row for row in db.session.scalars(rows.execution_options(populate_existing=True))}


def test_a_list_is_looked_at_before_anybody_is_asked(event: Event, chair: Person, client: FlaskClient) -> None:
    serving = make.reviewer(event)
    page = look(client, chair, f"Li Mei <li@lab.example>\n{serving.emails[0].address}\nnobody at all")
    assert "serves already" in page
    assert "opens an account on accepting" in page
    assert "Line 3: nobody at all" in page
    assert set(grants(event)) == {serving.emails[0].address}
    assert mails() == 0


def test_only_the_ticked_are_written_to(event: Event, chair: Person, client: FlaskClient) -> None:
    factories.sign_in(client, chair)
    people = "Li Mei <li@lab.example>\nWu <wu@lab.example>"
    given = {"people": people, "track": "", "locale": "zh", "message": "Please.", "selected": ["li@lab.example"]}
    assert client.post(f"{LIST}/send", data=given).status_code == 303
    assert set(grants(event)) == {"li@lab.example"}
    assert (grants(event)["li@lab.example"].locale, mails()) == ("zh", 1)
    assert client.post(f"{LIST}/send", data={**given, "selected": []}).status_code == 422
    assert db.session.scalar(select(func.count(Person.id)).where(Person.family == "Li")) == 0, (
        "no account before consent"
    )


@pytest.mark.parametrize(
    "table",
    [
        "name,email\nLi Mei,li@lab.example\n,\nWu Yu,wu@lab.example\n",
        "姓名;邮箱\r\nLi Mei;li@lab.example\r\nWu Yu;wu@lab.example\r\n",
        "Li Mei\tli@lab.example\nWu Yu\twu@lab.example",
        "email,family name,given name,remark\nli@lab.example,Li,Mei,old friend\nwu@lab.example,Wu,Yu,\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_lists_come_as_spreadsheets_write_them(table: str, encoding: str) -> None:
    found, wrong = invitees.read_table(table.encode(encoding))
    assert [(each.name, each.address) for each in found] == [("Li Mei", "li@lab.example"), ("Wu Yu", "wu@lab.example")]
    assert not wrong


def test_a_row_without_an_address_is_told(event: Event, chair: Person, client: FlaskClient) -> None:
    raw = b"name,email\nLi Mei,li@lab.example\nWu Yu,none\n"
    assert invitees.read_table(raw)[1] == [(3, "Wu Yu, none")]
    page = look(client, chair, file=(io.BytesIO(raw), "list.csv"))
    assert "li@lab.example" in page
    assert "Line 3: Wu Yu, none" in page
    look(client, chair, "", status=422)


def test_conflicts_are_known_before_anybody_is_asked(event: Event, chair: Person, client: FlaskClient) -> None:
    """By domain and address for strangers, by all that is known for people with an account."""
    author = factories.person(email="author@physics.uni-x.edu.cn")
    paper = factories.submission(event, author)
    place = factories.saved(Organisation(name=LocalizedText("Institute", "研究所")))
    line = db.session.scalars(select(Author).where(Author.submission_id == paper.id)).one()
    line.organisation_id = place.id
    factories.saved(line)
    colleague = factories.person(email="colleague@elsewhere.edu")
    factories.saved(Affiliation(person_id=colleague.id, organisation_id=place.id))
    page = look(client, chair, "stranger@chem.uni-x.edu.cn\ncolleague@elsewhere.edu\nfree@far.edu\nfriend@gmail.com")
    told = {row.split("</tr>")[0].split('value="')[1].split('"')[0]: row for row in page.split("<tr>")[2:]}
    assert "same e-mail domain" in told["stranger@chem.uni-x.edu.cn"]
    assert "same organisation" in told["colleague@elsewhere.edu"]
    assert f">#{paper.number}<" in told["colleague@elsewhere.edu"]
    assert ">#" not in told["free@far.edu"]
    assert db.session.scalar(select(func.count(Conflict.id))) == 0


def test_a_paper_that_is_hidden_from_the_chair_takes_no_part(event: Event, chair: Person, client: FlaskClient) -> None:
    paper = factories.submission(event, factories.person(email="a@uni-x.edu.cn"))
    make.conflict(paper, chair)
    assert "same e-mail domain" not in look(client, chair, "b@uni-x.edu.cn")


def test_an_organiser_invites_without_learning_of_conflicts(event: Event, client: FlaskClient) -> None:
    factories.submission(event, factories.person(email="a@uni-x.edu.cn"))
    page = look(client, factories.grant(event, Role.ORGANISER), "b@uni-x.edu.cn")
    assert "b@uni-x.edu.cn" in page
    assert "Conflicts of interest" not in page.split("<main")[1]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRACK_CHAIR, Role.TREASURER])
def test_others_do_not_invite(event: Event, client: FlaskClient, role: Role) -> None:
    factories.sign_in(client, factories.grant(event, role))
    for method, address in (("get", LIST), ("post", LIST), ("post", f"{LIST}/send")):
        assert getattr(client, method)(address).status_code in {403, 404}
    assert client.post("/events/am/review/committee/remind", data={"everything": "1"}).status_code in {403, 404}


def test_a_list_asks_no_more_for_more(event: Event, chair: Person, client: FlaskClient, queries: QueryCounter) -> None:
    factories.submission(event)
    counts = []
    for size in (1, 3):
        people = "\n".join(f"p{size}{n}@lab{n}.example" for n in range(size))
        look(client, chair, people)
        with queries as counted:
            look(client, chair, people)
        counts.append(counted.count)
    assert counts[0] == counts[1]


# --- answers, reminders


def invited(event: Event, chair: Person, address: str = "li@lab.example") -> RoleGrant:
    found, _ = invitees.read(address)
    roles.invite(event, found, Role.REVIEWER, actor=Actor(chair.id), at=clock.now())
    return grants(event)[address]


def test_who_declines_may_name_somebody_else(event: Event, chair: Person, client: FlaskClient) -> None:
    grant = invited(event, chair)
    roles.decline(grant, "On leave", suggestion=" Wu Yu  wu@lab.example ", actor=Actor(), at=clock.now())
    factories.sign_in(client, chair)
    page = client.get("/events/am/review/committee").get_data(as_text=True)
    assert "suggests Wu Yu wu@lab.example" in page
    assert "Wu Yu wu@lab.example" in client.get(f"{LIST}?people=Wu+Yu+wu@lab.example").get_data(as_text=True)
    assert "wu@lab.example" in client.get("/events/am/review/committee?format=csv").get_data(as_text=True)
    roles.invite(event, [invitees.Invitee("li@lab.example")], Role.REVIEWER, actor=Actor(chair.id), at=clock.now())
    assert grants(event)["li@lab.example"].suggestion == ""


def test_the_daily_reminder_comes_once_and_only_near_the_end(event: Event, chair: Person) -> None:
    grant = invited(event, chair)
    before, now = grant.token_hash, clock.now()
    assert roles.remind_waiting(actor=Actor(), at=now) == 0
    later = now + roles.LIFETIME - roles.REMINDED_BEFORE
    assert roles.remind_waiting(actor=Actor(), at=later) == 1
    assert roles.remind_waiting(actor=Actor(), at=later + timedelta(hours=1)) == 0
    fresh = grants(event)["li@lab.example"]
    assert fresh.token_hash != before
    assert (fresh.expires_at, mails()) == (later + roles.LIFETIME, 2)
    with pytest.raises(Invalid):
        roles.accept(fresh, factories.person(), at=later + roles.LIFETIME + timedelta(seconds=1))


def test_a_chair_reminds_those_who_wait(event: Event, chair: Person, client: FlaskClient) -> None:
    waiting, other = invited(event, chair), invited(event, chair, "wu@lab.example")
    roles.decline(other, "", actor=Actor(), at=clock.now())
    factories.sign_in(client, chair)
    address = "/events/am/review/committee/remind"
    client.post(address, data={"action": "remind", "selected": [str(other.id)]})
    assert mails() == 2
    client.post(address, data={"action": "remind", "selected": [str(waiting.id), str(other.id)]})
    assert mails() == 3


# --- what they can take


def test_who_accepts_is_asked_at_once_what_they_can_take(event: Event, chair: Person, client: FlaskClient) -> None:
    someone = factories.person(email="li@lab.example")
    grant = invited(event, chair)
    factories.sign_in(client, someone)
    answer = client.post(f"/invitations/mine/{grant.id}/accept")
    assert answer.location == "/events/am/reviews/profile"
    page = client.get(answer.location).get_data(as_text=True)
    assert "Welcome to the committee" in page
    first = date.today() + timedelta(days=3)  # noqa: DTZ011  a day as typed
    given = {"load": "4", "away_from": first.isoformat(), "away_until": (first + timedelta(2)).isoformat(), "note": ""}
    assert client.post("/events/am/reviews/profile", data=given).status_code == 303
    profile = db.session.scalars(select(ReviewerProfile)).one()
    assert (profile.load_max, profile.away_from) == (4, first)
    factories.sign_in(client, chair)
    assert "Away" in client.get(f"/events/am/review/committee/{someone.id}").get_data(as_text=True)


def test_who_is_away_all_the_time_gets_no_papers(event: Event) -> None:
    away, partly = make.reviewer(event), make.reviewer(event)
    stage = next(stage for stage in event.stages if stage.kind is StageKind.REVIEW)
    assert stage.opens is not None
    assert stage.due is not None
    first, last, at = stage.opens.date(), stage.due.date(), clock.now()
    set_profile(event, away.id, load_max=5, away=(first, last), actor=Actor(away.id), at=at)
    set_profile(event, partly.id, load_max=5, away=(first, last - timedelta(5)), actor=Actor(partly.id), at=at)
    assert {each.id: each.load for each in reviewers(event.id)} == {away.id: 0, partly.id: 5}
    with pytest.raises(Invalid):
        set_profile(event, away.id, load_max=5, away=(last, first), actor=Actor(away.id), at=at)


def test_works_exported_from_orcid_and_new_ties_are_compared_again(event: Event) -> None:
    member, author = make.reviewer(event), factories.person()
    paper = factories.submission(event, author)
    queue.drain()
    at = clock.now()
    assert import_publications(member, ORCID, actor=Actor(member.id), at=at).added == 2
    assert import_publications(author, ORCID.split("@inp")[0], actor=Actor(author.id), at=at).added == 1
    names = [job.name for job in db.session.scalars(select(Job))]
    assert names.count("reviewing.compare") == 1
    assert names.count("reviewing.near") >= 1
    with clock.frozen(at + timedelta(hours=1)):
        queue.drain()
    found = db.session.scalars(select(Conflict)).one()
    assert (found.submission_id, found.person_id, found.kind) == (paper.id, member.id, ConflictKind.COAUTHOR)
