"""The card: an address that anybody can check and nobody can make up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.members.consent import reads
from confsys.members.models import Member
from confsys.members.queries.membership import valid_membership
from confsys.members.states import Audience


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """What whoever checks a card learns: whether it holds today, and the name only by consent."""

    valid: bool
    tier_name: LocalizedText
    until: date | None
    name: PersonName | None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="member-card")


def card_token(member: Member) -> str:
    """What the code on the card holds. A new card key makes it worthless."""
    return str(_signer().dumps([member.id, member.card_key]))


def checked_card(token: str, day: date) -> CheckedCard | None:
    """The card behind a code; None for one that was never issued or has been replaced."""
    try:
        member_id, key = _signer().loads(token)
    except (BadSignature, TypeError, ValueError):
        return None
    query = select(Member).where(Member.id == member_id, Member.card_key == key)
    member = db.session.scalar(query.options(joinedload(Member.person), joinedload(Member.tier)))
    if member is None:
        return None
    membership = valid_membership(member.person_id, day)
    shown = reads(Audience.PUBLIC, member.consent, "card")
    return CheckedCard(
        valid=membership is not None, tier_name=member.tier.name,
        until=membership.ends_on if membership is not None else None, name=member.person.name if shown else None,
    )  # fmt: skip
