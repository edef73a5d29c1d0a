"""Tables of people and organisations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from confsys.accounts.states import LinkPurpose, RelationKind, SiteRole
from confsys.core.db import Model, Versioned, enum_column, where
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName


class Organisation(Model, Versioned):
    """A university, institute, company or society; departments are organisations with a parent."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[LocalizedText]
    #: Folded names and aliases, for finding the row again from what people type.
    lookup: Mapped[str] = mapped_column(Text, default="", index=False)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    city: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    #: E-mail domains whose holders belong here.
    domains: Mapped[list[str]] = mapped_column(default=list)
    ror: Mapped[str | None] = mapped_column(String(40), unique=True)
    #: 统一社会信用代码
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)


class Person(Model, Versioned):
    """Anybody the product knows: with an account (password or single sign-on) or only by name."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("given <> '' OR family <> '' OR native <> ''", name="has_a_name"),
        CheckConstraint("locale IN ('en', 'zh')", name="known_locale"),
        Index("ix_person_sort_key", "sort_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[str] = mapped_column(String(120), default="")
    family: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    #: PersonName.sort_key, so that lists sort in the database.
    sort_key: Mapped[str] = mapped_column(String(300), default="")
    #: Empty: no password; the person signs in elsewhere, or was entered by somebody else and has no account yet.
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    #: Changed to end every session of the person.
    session_nonce: Mapped[str] = mapped_column(String(32), default="")
    totp_secret: Mapped[str] = mapped_column(String(64), default="")
    totp_enabled_at: Mapped[datetime | None]
    #: The last time step a code was used for: a code works once.
    totp_last_step: Mapped[int] = mapped_column(default=0)
    locale: Mapped[str] = mapped_column(String(5), default="en")
    zone: Mapped[str] = mapped_column(String(64), default="Asia/Shanghai")
    orcid: Mapped[str | None] = mapped_column(String(19), unique=True)
    #: True when ORCID itself said so.
    orcid_confirmed: Mapped[bool] = mapped_column(default=False)
    country: Mapped[str] = mapped_column(String(2), default="")
    #: Free words about what the person knows, for matching papers with reviewers.
    expertise: Mapped[list[str]] = mapped_column(default=list)
    biography: Mapped[LocalizedText] = mapped_column(default=LocalizedText)
    created_at: Mapped[datetime]
    #: When the person agreed to how their data are kept; empty for people entered by others.
    consented_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    emails: Mapped[list[EmailAddress]] = relationship(back_populates="person", order_by="EmailAddress.id")
    affiliations: Mapped[list[Affiliation]] = relationship(
        back_populates="person", order_by="Affiliation.id", cascade="all, delete-orphan"
    )
    roles: Mapped[list[SiteRoleGrant]] = relationship(cascade="all, delete-orphan")

    @property
    def name(self) -> PersonName:
        return PersonName(self.given, self.family, self.native)

    def set_name(self, name: PersonName) -> None:
        self.given, self.family, self.native = name.given.strip(), name.family.strip(), name.native.strip()
        self.sort_key = name.sort_key


class EmailAddress(Model):
    """An address of a person. Verified once, it belongs to one person only."""

    __tablename__ = "email_address"
    __table_args__ = (
        CheckConstraint("address = lower(address)", name="address_lower_case"),
        CheckConstraint("NOT is_primary OR verified_at IS NOT NULL", name="primary_is_verified"),
        UniqueConstraint("person_id", "address"),
        Index("ix_email_address_address", "address"),
        Index(
            "uq_email_address_verified", "address", unique=True,
            **where("verified_at IS NOT NULL"),
        ),
        Index(
            "uq_email_address_primary", "person_id", unique=True,
            **where("is_primary"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    verified_at: Mapped[datetime | None]
    is_primary: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(back_populates="emails")


class ExternalIdentity(Model):
    """An account elsewhere that signs a person in here: ``issuer`` says whose ``subject`` it is."""

    __tablename__ = "external_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    linked_at: Mapped[datetime]


class Affiliation(Model):
    """Where a person works or worked. No end date: still there."""

    __tablename__ = "affiliation"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="affiliations")
    organisation: Mapped[Organisation] = relationship()


class Relation(Model):
    """A tie that bars reviewing: advisor, co-author, family, other. Counts both ways."""

    __tablename__ = "relation"
    __table_args__ = (
        CheckConstraint("other_person_id IS NOT NULL OR other_name <> ''", name="names_somebody"),
        CheckConstraint("other_person_id IS NULL OR other_person_id <> person_id", name="not_oneself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RelationKind] = mapped_column(enum_column(RelationKind))
    other_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    other_name: Mapped[str] = mapped_column(String(200), default="")
    other_email: Mapped[str] = mapped_column(String(254), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class Publication(Model):
    """A past paper of a person: what they know, and with whom they wrote it."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("person_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(500))
    abstract: Mapped[str] = mapped_column(Text, default="")
    #: [{"given", "family", "native"}], as imported
    authors: Mapped[list[Any]] = mapped_column(JSON, default=list)
    venue: Mapped[str] = mapped_column(String(300), default="")
    year: Mapped[int | None]
    doi: Mapped[str] = mapped_column(String(200), default="")
    #: Folded title and year: importing twice adds nothing.
    fingerprint: Mapped[str] = mapped_column(String(64))


class SiteRoleGrant(Model):
    """A role in the society itself."""

    __tablename__ = "site_role_grant"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[SiteRole] = mapped_column(enum_column(SiteRole))


class LinkToken(Model):
    """A single-use link that acts on POST only. The link carries the token, the table its hash."""

    __tablename__ = "link_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(254), default="")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
