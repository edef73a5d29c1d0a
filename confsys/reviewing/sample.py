"""Peer review's part of the sample: bids, a computed assignment, reviews in every state, decisions partly told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from confsys.accounts.models import Person
from confsys.accounts.sessions import viewer_of
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.events.context import standing_in
from confsys.events.models import Event, FormField, RoleGrant
from confsys.events.states import FieldType, GrantState, Role
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.matching.solution import solve
from confsys.reviewing.models import Assignment, Bid, Decision, Review, ReviewerProfile
from confsys.reviewing.operations import assignments, runs, telling
from confsys.reviewing.queries.fields import confidence_field, overall_field, review_fields
from confsys.reviewing.queries.material import material
from confsys.reviewing.queries.scope import serving
from confsys.reviewing.states import AssignmentState, BidValue, Outcome, ReviewState, RunState
from confsys.submissions.models import Submission
from confsys.submissions.operations import conflicts
from confsys.submissions.states import SubmissionState

if TYPE_CHECKING:
    from confsys.sample import Sample

TEXTS = (
    "The question is well put and the evaluation honest. I would have liked to see the failure cases discussed too.",
    "Clear writing, careful experiments. The comparison with the simplest baseline is missing and easy to add.",
    "问题提得好，实验扎实。建议补充与最简单基线的比较，并说明失败的情形。",
    "The idea is interesting, but the evidence does not carry the claim of the title. A narrower one would do.",
    "论证清楚，结论可信。第三节的符号与第二节不一致，请统一。",
)
NOTES = ("I know this line of work well.", "本人从事同一方向的研究。", "")


def tell(story: Sample) -> None:
    """Everything in the annual meeting; its papers were submitted by the room before."""
    event = story.events.get("annual")
    if event is None or db.session.scalar(_papers(event).limit(1)) is None:
        return
    _committee(event, story)
    conflicts.refresh(event.id, at=story.at)
    _assignment(event, story)
    _reviews(event, story)
    _decisions(event, story)


def _papers(event: Event) -> Select[Submission]:
    under_review = Submission.state == SubmissionState.SUBMITTED
    return select(Submission).where(Submission.event_id == event.id, under_review).order_by(Submission.number)


def _committee(event: Event, story: Sample) -> None:
    """Profiles and bids of everybody who serves; the demo's reviewer is one of them."""
    people = set(db.session.scalars(serving(event.id)))
    reviewer = story.people["reviewer"]
    if reviewer.id not in people:
        db.session.add(
            RoleGrant(
                event_id=event.id, person_id=reviewer.id, role=Role.REVIEWER, state=GrantState.ACTIVE,
                address=reviewer.emails[0].address, invited_at=story.at, answered_at=story.at,
            )
        )  # fmt: skip
        people.add(reviewer.id)
    topics, papers = [topic.id for topic in event.topics], db.session.scalars(_papers(event)).all()
    for n, person_id in enumerate(sorted(person_id for person_id in people if person_id is not None)):
        known = story.dice.sample(topics, min(3, len(topics)))
        db.session.add(
            ReviewerProfile(
                event_id=event.id, person_id=person_id, is_senior=n % 5 == 0, topic_ids=sorted(known),
                load_max=story.dice.choice((None, None, 5, 7, 8)),
            )
        )  # fmt: skip
        for paper in story.dice.sample(papers, min(8, len(papers))):
            wish = story.dice.choice(list(BidValue))
            db.session.add(Bid(submission_id=paper.id, person_id=person_id, value=wish, at=story.at))
    db.session.commit()


def _assignment(event: Event, story: Sample) -> None:
    """One run, computed, applied and given out."""
    chair = Actor(story.people["chair"].id)
    parameters = Parameters(coverage=3, load=6)
    run = runs.ask(event, parameters, actor=chair, at=story.at)
    runs.keep_solution(run, solve(material(event.id, story.at), parameters))
    if run.state is RunState.READY:
        runs.apply(run, actor=chair, at=story.at)
        assignments.release(event, actor=chair, at=story.at)


def _reviews(event: Event, story: Sample) -> None:
    """Two thirds are in, some are drafts, some not begun. The demo's reviewer has work left."""
    fields, mine = review_fields(event.id), story.people["reviewer"].id
    given = select(Assignment).join(Submission).where(
        Submission.event_id == event.id, Assignment.state == AssignmentState.RELEASED
    )  # fmt: skip
    for n, row in enumerate(db.session.scalars(given.order_by(Submission.number, Assignment.id)).all()):
        if n % 7 == 6 or (row.person_id == mine and n % 2):
            continue
        draft = n % 7 == 5 or row.person_id == mine
        db.session.add(_review(row, fields, story, draft=draft))
    db.session.commit()


def _review(row: Assignment, fields: list[FormField], story: Sample, *, draft: bool) -> Review:
    lean = story.dice.choice((-1, 0, 0, 1))
    answers = {field.key: _answer(field, lean, story) for field in fields}
    overall, confidence = overall_field(fields), confidence_field(fields)
    return Review(
        assignment=row, state=ReviewState.DRAFT if draft else ReviewState.SUBMITTED,
        answers={key: value for key, value in answers.items() if value not in (None, "")},
        overall=answers[overall.key] if overall else None, confidence=answers[confidence.key] if confidence else None,
        saved_at=story.at, submitted_at=None if draft else story.at,
    )  # fmt: skip


def _answer(field: FormField, lean: int, story: Sample) -> object:
    if field.type is FieldType.SCORE:
        low, high = field.lowest or 1, field.highest or 5
        middle = round((low + high) / 2) + (lean if field.is_overall else 0)
        return min(high, max(low, middle + story.dice.choice((-1, 0, 0, 1, 1))))
    if field.type is FieldType.LONG_TEXT:
        return story.dice.choice(TEXTS) if field.required else story.dice.choice(NOTES)
    return None


def _decisions(event: Event, story: Sample) -> None:
    """Papers whose reviews are complete are decided; two thirds of the decisions are out."""
    chair: Person = story.people["chair"]
    scale = overall_field(review_fields(event.id))
    line = ((scale.lowest or 1) + (scale.highest or 5)) / 2 if scale else 3
    made: list[Decision] = []
    for paper in db.session.scalars(_papers(event)).all():
        scores = [score for score in _scores(paper.id) if score is not None]
        if len(scores) < 3:
            continue
        accepted = sum(scores) / len(scores) >= line
        made.append(
            Decision(
                submission_id=paper.id, outcome=Outcome.ACCEPT if accepted else Outcome.REJECT, comment="", note="",
                presentation=("oral" if len(made) % 3 else "poster") if accepted else "", decided_at=story.at,
                decided_by_id=chair.id,
            )
        )  # fmt: skip
    db.session.add_all(made)
    db.session.commit()
    out = [row.id for n, row in enumerate(made) if n % 3 != 2]
    if out:
        standing = standing_in(event, viewer_of(chair))
        telling.release(event, out, standing=standing, actor=Actor(chair.id), at=story.at)


def _scores(paper_id: int) -> list[float | None]:
    query = select(Review.overall).join(Assignment, Assignment.id == Review.assignment_id)
    submitted = Review.state == ReviewState.SUBMITTED
    return list(db.session.scalars(query.where(Assignment.submission_id == paper_id, submitted)))
