"""Tables of events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.models import Organisation
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.core.stages import Window
from confsys.events.states import (
    Blindness,
    CoHostKind,
    EventState,
    FieldAudience,
    FieldType,
    FormKind,
    GrantState,
    Mode,
    Role,
    StageKind,
)  # fmt: skip


class Series(Model):
    """What an event is the n-th edition of."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[LocalizedText]


class Event(Model, Versioned):
    """One meeting. Its kind only chose its beginnings: every setting is the event's own."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("slug = lower(slug)", name="slug_lower_case"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("edition IS NULL OR edition > 0", name="edition_positive"),
        CheckConstraint("state = 'draft' OR starts_on IS NOT NULL", name="public_has_dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[EventState] = mapped_column(enum_column(EventState), default=EventState.DRAFT, index=True)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    edition: Mapped[int | None]
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    name: Mapped[LocalizedText]
    acronym: Mapped[str] = mapped_column(String(40), default="")
    tagline: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    mode: Mapped[Mode] = mapped_column(enum_column(Mode), default=Mode.IN_PERSON)
    #: One of the checked palette of the design system.
    accent: Mapped[str] = mapped_column(String(20), default="teal")
    features: Mapped[list[str]] = mapped_column(default=list)
    blindness: Mapped[Blindness] = mapped_column(enum_column(Blindness), default=Blindness.DOUBLE)
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    #: Rules a room keeps for this event, by room: {"submissions": {"pages_max": 8, …}}; see each room's ``options``.
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Steps of the guided set-up that were finished.
    setup_done: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]

    stages: Mapped[list[Stage]] = relationship(
        back_populates="event", order_by="Stage.id", cascade="all, delete-orphan"
    )
    tracks: Mapped[list[Track]] = relationship(order_by="Track.position", cascade="all, delete-orphan")
    topics: Mapped[list[Topic]] = relationship(order_by="Topic.position", cascade="all, delete-orphan")
    series: Mapped[Series | None] = relationship()


class Stage(Model, Versioned):
    """When something may be done. ``due`` is shown; writes pass until ``closes``."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("event_id", "kind"),
        CheckConstraint("opens IS NULL OR due IS NULL OR opens <= due", name="opens_before_due"),
        CheckConstraint("due IS NULL OR closes IS NULL OR due <= closes", name="due_before_closes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[StageKind] = mapped_column(enum_column(StageKind))
    opens: Mapped[datetime | None]
    due: Mapped[datetime | None]
    closes: Mapped[datetime | None]
    #: The due date is shown "anywhere on Earth".
    anywhere: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(back_populates="stages")

    @property
    def window(self) -> Window:
        return Window(self.opens, self.due, self.closes)


class Track(Model, Versioned):
    """A part of the programme with papers, chairs and reviewers of its own."""

    __tablename__ = "track"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[LocalizedText]
    description: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    position: Mapped[int] = mapped_column(default=0)


class Topic(Model):
    """A subject that authors and reviewers choose from."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[LocalizedText]
    position: Mapped[int] = mapped_column(default=0)


class FormField(Model, Versioned):
    """A field an event adds to one of its forms."""

    __tablename__ = "form_field"
    __table_args__ = (
        UniqueConstraint("event_id", "form", "key"),
        CheckConstraint(
            "type <> 'score' OR (lowest IS NOT NULL AND highest IS NOT NULL AND lowest < highest)",
            name="score_has_scale",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    form: Mapped[FormKind] = mapped_column(enum_column(FormKind))
    key: Mapped[str] = mapped_column(String(40))
    type: Mapped[FieldType] = mapped_column(enum_column(FieldType))
    label: Mapped[LocalizedText]
    help: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    #: [{"value", "label": {"en", "zh"}}] of choices, or the words at the steps of a score
    choices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    lowest: Mapped[int | None]
    highest: Mapped[int | None]
    length_max: Mapped[int | None]
    #: The one score that ranks papers, and the one that says how sure the reviewer is.
    is_overall: Mapped[bool] = mapped_column(default=False)
    is_confidence: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[FieldAudience] = mapped_column(enum_column(FieldAudience), default=FieldAudience.AUTHORS)


class RoleGrant(Model, Versioned):
    """A role in an event: invited by address, taken by a person, perhaps for one track and for a time."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("state <> 'active' OR person_id IS NOT NULL", name="active_has_person"),
        CheckConstraint("address = lower(address)", name="address_lower_case"),
        Index("ix_role_grant_event_role", "event_id", "role", "state"),
        # One role a person, and one a person and track; an invitation counts by its address.
        UniqueConstraint("event_id", "person_id", "role", "track_id"),
        UniqueConstraint("event_id", "address", "role", "track_id"),
        Index(
            "uq_role_grant_person_whole",
            "event_id",
            "person_id",
            "role",
            unique=True,
            **where("track_id IS NULL"),
        ),
        Index(
            "uq_role_grant_address_whole",
            "event_id",
            "address",
            "role",
            unique=True,
            **where("track_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"))
    state: Mapped[GrantState] = mapped_column(enum_column(GrantState), default=GrantState.INVITED)
    #: Where the invitation went, and the name it used before anybody had an account.
    address: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200), default="")
    #: The language of the invitation, and what the inviter added to it.
    locale: Mapped[str] = mapped_column(String(5), default="en")
    message: Mapped[str] = mapped_column(String(2000), default="")
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    #: Whom the person named who declined.
    suggestion: Mapped[str] = mapped_column(String(300), default="")
    #: When the last reminder of an invitation went out.
    reminded_at: Mapped[datetime | None]
    #: How it is shown on the committees page: order is data, not alphabet.
    title: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    position: Mapped[int] = mapped_column(default=0)
    shown: Mapped[bool] = mapped_column(default=True)


class CoHost(Model, Versioned):
    """An organisation that carries the event with others: how, which part of it, and what it may count on."""

    __tablename__ = "co_host"
    __table_args__ = (
        UniqueConstraint("event_id", "organisation_id"),
        CheckConstraint("places IS NULL OR places >= 0", name="places_not_negative"),
        CheckConstraint("talks IS NULL OR talks >= 0", name="talks_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[CoHostKind] = mapped_column(enum_column(CoHostKind))
    position: Mapped[int] = mapped_column(default=0)
    url: Mapped[str] = mapped_column(String(300), default="")
    #: Its part of the event; roles given to its people reach no further.
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"), index=True)
    #: Places for its people and talks in the programme that are kept for it. None: nothing was agreed.
    places: Mapped[int | None]
    talks: Mapped[int | None]

    organisation: Mapped[Organisation] = relationship()


class CoHostRole(Model):
    """A role that a person has as one of a co-host's people."""

    __tablename__ = "co_host_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    co_host_id: Mapped[int] = mapped_column(ForeignKey("co_host.id"), index=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("role_grant.id"), unique=True)


class SitePage(Model, Versioned):
    """A page of the event's public site, in Markdown."""

    __tablename__ = "site_page"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[LocalizedText]
    body: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    position: Mapped[int] = mapped_column(default=0)
    published: Mapped[bool] = mapped_column(default=True)
