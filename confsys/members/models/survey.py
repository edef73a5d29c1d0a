"""The yearly survey. Who answered and what was answered are kept apart, and the former only until it is closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.members.states import QuestionKind, SurveyState

#: Tables that keep no order of arrival, so that two of them cannot be laid side by side.
_NO_ORDER = {"sqlite_with_rowid": False}


class Survey(Model, Versioned):
    """One a year; one open at a time."""

    __tablename__ = "society_survey"
    __table_args__ = (
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year_valid"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_when_closed"),
        Index("uq_society_survey_open", "state", unique=True, **where("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    state: Mapped[SurveyState] = mapped_column(enum_column(SurveyState), default=SurveyState.DRAFT)
    intro: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: The last day to answer, as members are told.
    closes_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    #: How many members there were when it was closed.
    asked: Mapped[int] = mapped_column(default=0)

    questions: Mapped[list[SurveyQuestion]] = relationship(
        back_populates="survey", order_by="SurveyQuestion.position, SurveyQuestion.id", cascade="all, delete-orphan"
    )


class SurveyQuestion(Model):
    """``key`` stays the same over the years: by it the answers of one year are laid beside those of another."""

    __tablename__ = "society_survey_question"
    __table_args__ = (UniqueConstraint("survey_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("society_survey.id"))
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    text: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)

    survey: Mapped[Survey] = relationship(back_populates="questions")


class SurveyTurnout(Model):
    """Somebody has answered. Neither when nor what; the rows go when the survey is closed."""

    __tablename__ = "society_survey_turnout"
    __table_args__ = (_NO_ORDER,)

    survey_id: Mapped[int] = mapped_column(ForeignKey("society_survey.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class SurveySheet(Model):
    """What somebody answered. ``group``: their class, where enough members are in it; else nothing."""

    __tablename__ = "society_survey_sheet"
    __table_args__ = (_NO_ORDER,)

    #: Drawn by lot.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("society_survey.id"), index=True)
    group: Mapped[str] = mapped_column(String(40), default="")
    answers: Mapped[dict[str, Any]]
