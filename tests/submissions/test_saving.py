"""Drafts take anything, submissions stay complete, stale pages lose nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts.models import EmailAddress
from confsys.core import clock
from confsys.core.audit import AuditEntry
from confsys.core.db import db
from confsys.core.decisions import Refused
from confsys.core.errors import Invalid, StaleVersion
from confsys.core.localized import LocalizedText
from confsys.core.mail import MailMessage
from confsys.core.names import PersonName
from confsys.events.states import StageKind
from confsys.submissions import operations
from confsys.submissions.content import AuthorContent, PaperContent, content_of
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.submissions import desk


def mails() -> list[MailMessage]:
    return list(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


def test_who_begins_a_paper_is_its_first_author_and_contact(app: Flask) -> None:
    me = factories.person("Wei", "Zhang", "张伟", country="CN")
    paper = desk.started(desk.open_call(), me)
    assert paper.number == 1
    assert paper.state is SubmissionState.DRAFT
    line = paper.authors[0]
    assert (line.person_id, line.name, line.country) == (me.id, PersonName("Wei", "Zhang", "张伟"), "CN")
    assert line.is_contact
    assert line.is_corresponding


def test_numbers_count_up_and_are_never_given_twice(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    first, second = desk.started(event, me), desk.started(event, me)
    here = desk.standing(event, me)
    operations.discard(second, standing=here, actor=here.viewer.actor, at=clock.now())
    third = desk.started(event, me)
    assert (first.number, third.number) == (1, 3)
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 2


def test_a_draft_takes_unfinished_authors(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.started(event, me)
    unfinished = AuthorContent(email="Somebody", orcid="0000-0000")
    desk.saved(paper, me, desk.content(desk.of(me), unfinished, AuthorContent()))
    stored = content_of(factories.refreshed(paper))
    assert [line.email for line in stored.authors] == [me.emails[0].address, "somebody"]
    assert stored.authors[1].orcid == "0000-0000"
    with pytest.raises(Invalid) as refusal:
        desk.submit(paper, me)
    assert {"authors-1-family", "authors-1-email", "authors-1-orcid"} <= set(refusal.value.fields)
    assert factories.refreshed(paper).state is SubmissionState.DRAFT


def test_submitting_sends_a_receipt_to_every_contact_in_their_language(app: Flask) -> None:
    me = factories.person("Ann", "Grey", locale="en")
    colleague = factories.person("Mei", "Lin", "林梅", locale="zh")
    event = desk.open_call()
    what = desk.content(desk.of(me), desk.of(colleague, corresponding=False), desk.author("Not", "Contact", ""))
    paper = desk.submitted(event, me, what)
    assert paper.submitted_at == clock.now()
    english, chinese = mails()
    assert english.to_address == me.emails[0].address
    assert "On Order" in english.text
    assert "Received at: " in english.text
    assert chinese.to_address == colleague.emails[0].address
    assert chinese.locale == "zh"
    assert "论秩序" in chinese.text
    assert "收到" in chinese.subject
    assert f"/events/{event.slug}/my-papers/{paper.number}" in chinese.text


def test_a_submission_must_stay_complete(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    kept = content_of(paper)
    with pytest.raises(Invalid) as refusal:
        desk.saved(paper, me, replace(kept, title=LocalizedText()))
    assert set(refusal.value.fields) == {"title_en"}
    assert content_of(factories.refreshed(paper)) == kept


def test_a_save_from_a_stale_page_is_refused_even_when_only_authors_changed(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    seen, before = paper.version, content_of(paper)
    line = replace(before.authors[0], affiliation=LocalizedText("Elsewhere"))
    desk.saved(paper, me, replace(before, authors=(line,)), version=seen)
    assert factories.refreshed(paper).version == seen + 1
    with pytest.raises(StaleVersion):
        desk.saved(paper, me, replace(before, title=LocalizedText("Mine")), version=seen)


def test_saving_the_same_again_changes_nothing(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    version, entries = paper.version, db.session.scalar(select(func.count()).select_from(AuditEntry))
    assert desk.saved(paper, me, content_of(paper)) == ()
    assert factories.refreshed(paper).version == version
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_a_quiet_save_of_a_draft_leaves_no_line_in_the_story(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.started(event, me)
    desk.saved(paper, me, desk.content(desk.of(me)), quiet=True)
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert actions == ["submission.start"]


def test_the_last_contact_with_an_account_stays(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.started(event, me)
    stranger = desk.author(contact=True, corresponding=True)
    with pytest.raises(Invalid, match="must stay as contact"):
        desk.saved(paper, me, desk.content(stranger))
    other = factories.person()
    desk.saved(paper, me, desk.content(desk.of(other)))
    assert [line.person_id for line in paper.authors] == [other.id]


def test_a_line_keeps_its_row_and_person_when_it_moves(app: Flask) -> None:
    me, other, event = factories.person(), factories.person(), desk.open_call()
    paper = desk.started(event, me)
    desk.saved(paper, me, desk.content(desk.of(me), desk.of(other)))
    first, second = content_of(paper).authors
    ids = [line.id for line in paper.authors]
    desk.saved(paper, me, desk.content(second, first))
    assert [line.id for line in factories.refreshed(paper).authors] == ids[::-1]
    assert [line.person_id for line in paper.authors] == [other.id, me.id]


def test_a_row_of_another_paper_cannot_be_taken(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    theirs = desk.submitted(event, factories.person())
    paper = desk.started(event, me)
    desk.saved(paper, me, desk.content(replace(desk.of(me), id=theirs.authors[0].id)))
    assert paper.authors[0].id != theirs.authors[0].id
    assert factories.refreshed(theirs).authors[0].submission_id == theirs.id


def test_choices_of_another_event_are_refused(app: Flask) -> None:
    me, event, other = factories.person(), desk.open_call(), desk.open_call()
    foreign = factories.track(other)
    paper = desk.started(event, me)
    with pytest.raises(Invalid, match="does not belong"):
        desk.saved(paper, me, desk.content(desk.of(me), track_id=foreign.id))


@pytest.mark.parametrize(
    ("minutes_after_due", "may_start", "may_save"), [(-1, True, True), (60, False, True), (121, False, False)]
)
def test_the_due_date_is_shown_and_writes_pass_until_the_door_closes(
    app: Flask, minutes_after_due: int, may_start: bool, may_save: bool
) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.started(event, me)
    due = event.stages[0].due
    assert due is not None
    with clock.frozen(due + timedelta(minutes=minutes_after_due)):
        for allowed, act in (
            (may_start, lambda: desk.started(event, me)),
            (may_save, lambda: desk.saved(paper, me, desk.content(desk.of(me)))),
            (may_save, lambda: desk.submit(paper, me)),
        ):
            if allowed:
                act()
            else:
                with pytest.raises(Refused, match=r"deadline has passed|closed"):
                    act()


def test_nobody_writes_before_the_call_opens_or_where_there_is_none(app: Flask) -> None:
    me = factories.person()
    early = factories.event()
    factories.stage(early, StageKind.CALL, opens_in=1)
    with pytest.raises(Refused, match="not opened yet"):
        desk.started(early, me)
    with pytest.raises(Refused, match="no dates"):
        desk.started(factories.event(), me)


def test_an_author_who_is_no_contact_reads_but_does_not_write(app: Flask) -> None:
    me, reader, event = factories.person(), factories.person(), desk.open_call()
    paper = desk.submitted(event, me, desk.content(desk.of(me), desk.of(reader, contact=False, corresponding=False)))
    with pytest.raises(Refused, match="not one of its contacts"):
        desk.saved(paper, reader, desk.content(desk.of(me)))
    with pytest.raises(Refused) as refusal:
        desk.saved(paper, factories.person(), desk.content(desk.of(me)))
    assert refusal.value.denial.hidden


def test_discarding_a_draft_takes_its_files_along(app: Flask, tmp_path) -> None:
    from tests.submissions.papers import a_pdf, uploaded

    me, event = factories.person(), desk.open_call()
    paper = desk.started(event, me)
    uploaded(paper, me, a_pdf(tmp_path))
    here = desk.standing(event, me)
    operations.discard(paper, standing=here, actor=here.viewer.actor, at=clock.now())
    assert db.session.scalar(select(func.count()).select_from(PaperFile)) == 0


def test_a_verified_address_opens_the_papers_that_name_it(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    late = factories.person()
    what = desk.content(desk.of(me), desk.author("Lei", "Sun", "孙磊", email="lei@example.org"))
    paper = desk.submitted(event, me, what)
    assert paper.authors[1].person_id is None
    factories.saved(EmailAddress(person_id=late.id, address="lei@example.org", verified_at=clock.now()))
    linked = operations.link_authors(late, "lei@example.org", actor=factories.viewer(late).actor, at=clock.now())
    assert linked == 1
    assert factories.refreshed(paper.authors[1]).person_id == late.id


def test_staff_correct_a_record_and_the_contacts_learn_of_it(app: Flask) -> None:
    from confsys.events.states import Role

    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    desk.move_call(event, days=-30)
    chair = factories.grant(event, Role.CHAIR)
    here = desk.standing(event, chair)
    fixed = replace(content_of(paper), title=LocalizedText("On Order, Corrected", "论秩序"))
    parts = operations.correct(
        paper, fixed, standing=here, version=paper.version, actor=here.viewer.actor, at=clock.now()
    )
    assert parts == ("title",)
    assert "Changed: title" in mails()[-1].text
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "submission.correct")).one()
    assert entry.changes["title"] == [{"en": "On Order", "zh": "论秩序"}, {"en": "On Order, Corrected", "zh": "论秩序"}]
    conflicted = factories.grant(event, Role.CHAIR, me)
    with pytest.raises(Refused):
        operations.correct(
            paper,
            fixed,
            standing=desk.standing(event, conflicted),
            version=None,
            actor=here.viewer.actor,
            at=clock.now(),
        )


def test_titles_and_names_are_found_without_marks_and_in_han(app: Flask) -> None:
    me, event = factories.person("Ayşe", "Şenöz", ""), desk.open_call()
    paper = desk.submitted(event, me, desk.content(desk.of(me), keywords={"zh": ("图神经网络",)}))
    assert "senoz ayse" in paper.search_text
    assert "ayse senoz" in paper.search_text
    assert "图神经网络" in paper.blind_search_text
    assert "senoz" not in paper.blind_search_text


def test_an_empty_title_does_not_begin_a_paper(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    here = desk.standing(event, me)
    with pytest.raises(Invalid, match="title"):
        operations.start(event, PaperContent(), standing=here, actor=here.viewer.actor, at=clock.now())
