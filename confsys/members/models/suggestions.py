"""What members suggest, who answers it until when, and what the answer was."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Person
from confsys.core.db import Model, Versioned, enum_column
from confsys.members.models.bodies import Body
from confsys.members.states import SuggestionState, SuggestionTopic


class Suggestion(Model, Versioned):
    """``shares``: the filer agrees that it is published with its answer; ``named``: with their name."""

    __tablename__ = "society_suggestion"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_at_when_answered"),
        CheckConstraint("state <> 'answered' OR (answer <> '' AND in_time IS NOT NULL)", name="answered_whole"),
        CheckConstraint(
            "state NOT IN ('routed', 'answered') OR (body_id IS NOT NULL AND due_on IS NOT NULL)", name="routed_whole"
        ),
        CheckConstraint("rating IS NULL OR (state = 'answered' AND rating BETWEEN 1 AND 5)", name="answer_rated"),
        CheckConstraint("shares OR NOT named", name="named_when_shared"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    topic: Mapped[SuggestionTopic] = mapped_column(enum_column(SuggestionTopic))
    state: Mapped[SuggestionState] = mapped_column(enum_column(SuggestionState), default=SuggestionState.FILED)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    shares: Mapped[bool] = mapped_column(default=False)
    named: Mapped[bool] = mapped_column(default=False)
    #: The office keeps it off the public page all the same: it names somebody, say.
    kept_back: Mapped[bool] = mapped_column(default=False)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("society_body.id"), index=True)
    filed_at: Mapped[datetime]
    routed_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: Whether the answer came by its day; fixed when it came.
    in_time: Mapped[bool | None]
    rating: Mapped[int | None]
    rating_note: Mapped[str] = mapped_column(String(1000), default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    body: Mapped[Body | None] = relationship()

    @property
    def is_public(self) -> bool:
        return self.state is SuggestionState.ANSWERED and self.shares and not self.kept_back
