"""What members set about themselves, and what the office keeps about them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, operation
from confsys.members.consent import FIELDS
from confsys.members.models import Member
from confsys.members.states import Audience, EndReason


@operation
def set_consent(
    member: Member, consent: Mapping[str, Audience], *, version: int | None, actor: Actor, at: datetime
) -> None:
    """Who may read which field of mine. What is not named is nobody's."""
    expect_version(member, version)
    if set(consent) - set(FIELDS):
        raise Invalid(_l("There is no such field."))
    member.consent = {key: audience.value for key, audience in consent.items() if audience is not Audience.NOBODY}
    record("member.consent", member, actor=actor, at=at, changes={}, scope="person")


@operation
def new_card(member: Member, *, actor: Actor, at: datetime) -> None:
    """A fresh card; every one shown or printed before is worthless from now on."""
    member.card_key = secrets.token_hex(8)
    record("member.new_card", member, actor=actor, at=at, changes={})


@operation
def end_membership(
    member: Member, reason: EndReason, on: date, *, version: int | None, actor: Actor, at: datetime
) -> None:
    """The membership ends on a day, whatever was paid. The number stays with the person."""
    expect_version(member, version)
    member.ended_on, member.end_reason = on, reason
    record("member.ended", member, actor=actor, at=at)


@operation
def take_up_again(member: Member, *, version: int | None, actor: Actor, at: datetime) -> None:
    """Undo an end: what was paid counts again, and the member may renew."""
    expect_version(member, version)
    if member.end_reason is EndReason.DIED:
        raise Invalid(_l("This cannot be changed any more."))
    member.ended_on = member.end_reason = None
    record("member.taken_up", member, actor=actor, at=at)


@operation
def set_branch(member: Member, branch_id: int | None, *, version: int | None, actor: Actor, at: datetime) -> None:
    """The branch somebody belongs to; the story keeps where they came from."""
    expect_version(member, version)
    member.branch_id = branch_id
    record("member.branch", member, actor=actor, at=at)
