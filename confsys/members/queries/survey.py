"""What the surveys say: of a year, of classes large enough, over the years. Only closed ones say anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.reporting import FEW, guarded
from confsys.members.models import Member, Survey, SurveyQuestion, SurveySheet, SurveyTurnout, Term, Tier
from confsys.members.states import QuestionKind, SurveyState, TermState

POINTS = (1, 2, 3, 4, 5)


def surveys() -> list[Survey]:
    query = select(Survey).options(selectinload(Survey.questions))
    return list(db.session.scalars(query.order_by(Survey.year.desc())))


def survey_of(year: int) -> Survey | None:
    return db.session.scalar(select(Survey).where(Survey.year == year).options(selectinload(Survey.questions)))


def latest() -> Survey | None:
    return next(iter(surveys()), None)


def survey_open() -> Survey | None:
    query = select(Survey).where(Survey.state == SurveyState.OPEN)
    return db.session.scalar(query.options(selectinload(Survey.questions)))


def has_answered(survey: Survey, person_id: int | None) -> bool:
    return person_id is not None and db.session.get(SurveyTurnout, (survey.id, person_id)) is not None


def turnout(survey: Survey) -> int:
    """How many have answered so far."""
    query = select(func.count()).select_from(SurveySheet).where(SurveySheet.survey_id == survey.id)
    return db.session.scalar(query) or 0


def classes_today(day: date) -> dict[str, int]:
    """Class -> how many members are in it on a day."""
    query = (
        select(Tier.key, func.count(Member.id.distinct()))
        .join(Member, Member.tier_id == Tier.id)
        .join(Term, Term.member_id == Member.id)
        .where(
            Term.state == TermState.ACTIVE, Term.starts_on <= day, Term.grace_until >= day,
            or_(Member.ended_on.is_(None), Member.ended_on > day),
        )
        .group_by(Tier.key)
    )  # fmt: skip
    return {row[0]: row[1] for row in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """``mean`` and ``counts`` (of 1 to 5) are absent where fewer than five answered."""

    key: str
    kind: QuestionKind
    text: LocalizedText
    answered: int
    mean: float | None
    counts: tuple[int, ...] | None
    #: Class -> mean, for the classes large enough.
    by_class: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SurveyResult:
    year: int
    asked: int
    answered: int
    questions: tuple[QuestionResult, ...]

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.asked else None

    @property
    def overall(self) -> float | None:
        """The first question on the scale stands for the whole."""
        return next((q.mean for q in self.questions if q.kind is QuestionKind.SCALE), None)


def result(survey: Survey) -> SurveyResult | None:
    """The results of a closed survey; None while it is open, or when fewer than five have answered."""
    found = results([survey])
    return found[0] if found else None


def results(of: Sequence[Survey] | None = None) -> list[SurveyResult]:
    """Of all closed surveys, the oldest first. Two queries."""
    closed = [survey for survey in (surveys() if of is None else of) if survey.state is SurveyState.CLOSED]
    sheets: dict[int, list[SurveySheet]] = {survey.id: [] for survey in closed}
    query = select(SurveySheet).where(SurveySheet.survey_id.in_(list(sheets)))
    for sheet in db.session.scalars(query):
        sheets[sheet.survey_id].append(sheet)
    return [
        SurveyResult(
            survey.year, survey.asked, len(sheets[survey.id]),
            tuple(_question(question, sheets[survey.id]) for question in survey.questions),
        )
        for survey in sorted(closed, key=lambda survey: survey.year)
        if len(sheets[survey.id]) >= FEW
    ]  # fmt: skip


def _question(question: SurveyQuestion, sheets: Sequence[SurveySheet]) -> QuestionResult:
    given = [(sheet.group, sheet.answers[question.key]) for sheet in sheets if question.key in sheet.answers]
    told = question.kind is QuestionKind.SCALE and len(given) >= FEW
    values = [int(value) for _group, value in given] if told else []
    return QuestionResult(
        question.key, question.kind, question.text, len(given), fmean(values) if told else None,
        tuple(values.count(point) for point in POINTS) if told else None,
        tuple(_by_class(given)) if told else (),
    )  # fmt: skip


def _by_class(given: Sequence[tuple[str, int | str]]) -> list[tuple[str, float]]:
    """Means of the classes of which enough answered; no small one can be found from the others."""
    counts = Counter(group for group, _value in given)
    groups = sorted(counts)
    large = [group for group, told in zip(groups, guarded([counts[g] for g in groups]), strict=True) if told and group]
    return [(group, fmean(int(value) for own, value in given if own == group)) for group in large]


def words_of(survey: Survey) -> list[tuple[LocalizedText, list[str]]]:
    """What was written, for the office: question by question, in no order, without anything beside it."""
    if survey.state is not SurveyState.CLOSED:
        return []
    query = select(SurveySheet).where(SurveySheet.survey_id == survey.id).order_by(SurveySheet.id)
    sheets = list(db.session.scalars(query))
    if len(sheets) < FEW:
        return []
    return [
        (question.text, sorted(str(sheet.answers[question.key]) for sheet in sheets if question.key in sheet.answers))
        for question in survey.questions
        if question.kind is QuestionKind.TEXT
    ]


def classes() -> dict[str, LocalizedText]:
    return {tier.key: tier.name for tier in db.session.scalars(select(Tier))}
