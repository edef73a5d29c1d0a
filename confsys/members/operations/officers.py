"""Who the integrity officers are. It takes two people to make one or to unmake one: an administrator alone cannot let
themselves into the cases.

Nothing of it stands in the audit that others read.
"""

from __future__ import annotations

from datetime import datetime

from confsys.accounts.models import Person, SiteRoleGrant
from confsys.accounts.queries.people import by_verified_email
from confsys.accounts.states import SiteRole
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.operation import expect_version, lock, operation
from confsys.members import mails
from confsys.members.mails import CONFIDENTIAL
from confsys.members.models import OfficerChange
from confsys.members.queries.officers import keepers, officers, open_changes
from confsys.members.states import OfficerChangeState

S = OfficerChangeState


@operation
def propose(address: str, *, gives: bool, actor: Actor, at: datetime) -> OfficerChange:
    """Name somebody who shall become an officer, or be one no longer. Nothing changes before another confirms."""
    person = by_verified_email(address)
    if person is None:
        raise Invalid(address=_l("Nobody with this address has an account here."))
    if person.id == actor.person_id:
        raise Invalid(address=_l("Nobody proposes themselves."))
    serves = any(grant.role is SiteRole.INTEGRITY for grant in person.roles)
    if serves == gives:
        raise Invalid(address=_l("This is so already."))
    lock(person)
    if any(waiting.person_id == person.id for waiting in open_changes()):
        raise Invalid(address=_l("A change for this person waits for confirmation already."))
    row = OfficerChange(person=person, gives=gives, state=S.PROPOSED, proposed_by_id=actor.person_id, proposed_at=at)
    record("member.officer_proposed", row, actor=actor, at=at, changes={}, scope=CONFIDENTIAL)
    for other in keepers():
        if other.id not in {actor.person_id, person.id}:
            mails.officer_mail(row, other, at=at)
    return row


@operation
def confirm(row: OfficerChange, *, version: int | None, actor: Actor, at: datetime) -> None:
    """The second person's word. Where another officer serves, one of the two must be one."""
    lock(row)
    expect_version(row, version)
    if row.state is not S.PROPOSED:
        raise Invalid(_l("This has been settled in the meantime."))
    if actor.person_id in {row.proposed_by_id, row.person_id}:
        raise Invalid(_l("Somebody else must confirm this."))
    others = {officer.id for officer in officers()} - {row.person_id}
    if others and others.isdisjoint({row.proposed_by_id, actor.person_id or 0}):
        raise Invalid(_l("An integrity officer must propose or confirm this."))
    row.state, row.confirmed_by_id, row.closed_at = S.CONFIRMED, actor.person_id, at
    _change(row.person, gives=row.gives)
    record("member.officer_confirmed", row, actor=actor, at=at, scope=CONFIDENTIAL)
    mails.officer_mail(row, row.person, at=at)


def _change(person: Person, *, gives: bool) -> None:
    grant = next((grant for grant in person.roles if grant.role is SiteRole.INTEGRITY), None)
    if gives and grant is None:
        person.roles.append(SiteRoleGrant(role=SiteRole.INTEGRITY))
    elif not gives and grant is not None:
        person.roles.remove(grant)


@operation
def drop(row: OfficerChange, *, version: int | None, actor: Actor, at: datetime) -> None:
    lock(row)
    expect_version(row, version)
    if row.state is not S.PROPOSED:
        raise Invalid(_l("This has been settled in the meantime."))
    row.state, row.closed_at = S.DROPPED, at
    record("member.officer_dropped", row, actor=actor, at=at, scope=CONFIDENTIAL)


@operation
def step_down(person: Person, *, actor: Actor, at: datetime) -> None:
    """An officer gives the role back; that takes nobody's leave."""
    _change(person, gives=False)
    record("member.officer_stepped_down", person, actor=actor, at=at, changes={}, scope=CONFIDENTIAL)
    db.session.flush()
