"""People entered by others, and roles in the society."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from confsys.accounts import sessions
from confsys.accounts.models import Person
from confsys.accounts.operations.people import Entry, people_for, person_for
from confsys.accounts.operations.society import close_account, give_role, reopen_account, take_role
from confsys.accounts.queries.people import by_addresses, by_verified_email
from confsys.accounts.states import SiteRole
from confsys.cli import main
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.mail import MailMessage
from confsys.core.names import PersonName
from tests import factories
from tests.conftest import QueryCounter

WEI = PersonName("Wei", "Zhang", "张伟")


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def enter(entries: list[Entry]) -> list[Person]:
    return people_for(entries, actor=SYSTEM, at=clock.now())


def test_a_person_is_entered_once_without_account_and_without_mail(app: Flask) -> None:
    first = person_for(WEI, "Wei@Example.org", affiliation="Linjiang University", actor=SYSTEM, at=clock.now())
    again = person_for(PersonName("W.", "Z."), "wei@example.org", actor=SYSTEM, at=clock.now())
    assert first.id == again.id
    assert again.name == WEI
    assert again.affiliations[0].organisation.name.en == "Linjiang University"
    assert by_verified_email("wei@example.org") is None
    assert count(MailMessage) == 0


def test_who_has_an_account_is_found_by_any_proved_address(app: Flask) -> None:
    known = factories.person(email="wei@example.org")
    assert person_for(WEI, "wei@example.org", actor=SYSTEM, at=clock.now()).id == known.id
    assert factories.refreshed(known).family != "Zhang"


def test_a_list_keeps_its_order_and_its_repetitions(app: Flask) -> None:
    entries = [Entry(WEI, "a@example.org"), Entry(WEI, "b@example.org"), Entry(WEI, "A@example.org")]
    found = enter(entries)
    assert found[0] is found[2]
    assert found[0] is not found[1]


def test_one_bad_address_keeps_the_whole_list_out(app: Flask) -> None:
    with pytest.raises(Invalid):
        enter([Entry(WEI, "a@example.org"), Entry(WEI, "not an address")])
    assert count(Person) == 0


def test_a_name_is_found_where_none_was_given(app: Flask) -> None:
    assert person_for(PersonName(), "li.mei@example.org", actor=SYSTEM, at=clock.now()).family == "li.mei"


def test_reading_takes_the_same_queries_for_three_and_for_thirty(app: Flask, queries: QueryCounter) -> None:
    counts = []
    for size in (3, 30):
        entries = [Entry(WEI, f"p{size}-{n}@example.org", f"Place {n % 5}") for n in range(size)]
        with queries:
            enter(entries)
        counts.append(len([s for s in queries.statements if s.lstrip().upper().startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_a_proved_address_goes_before_a_mere_claim(app: Flask) -> None:
    claim = person_for(WEI, "wei@example.org", actor=SYSTEM, at=clock.now())
    owner = factories.person(email="wei@example.org")
    assert by_addresses(["WEI@example.org"])["wei@example.org"].id == owner.id != claim.id


def test_nobody_takes_the_keys_from_themselves(app: Flask) -> None:
    admin = factories.admin()
    own = factories.viewer(admin).actor
    with pytest.raises(Invalid):
        take_role(admin, SiteRole.ADMIN, actor=own, at=clock.now())
    with pytest.raises(Invalid):
        close_account(admin, actor=own, at=clock.now())
    other = factories.person()
    give_role(other, SiteRole.TREASURER, actor=own, at=clock.now())
    give_role(other, SiteRole.TREASURER, actor=own, at=clock.now())
    assert [grant.role for grant in other.roles] == [SiteRole.TREASURER]
    take_role(other, SiteRole.TREASURER, actor=own, at=clock.now())
    assert other.roles == []


def test_a_closed_account_is_outside_at_once_and_can_come_back(app: Flask) -> None:
    someone = factories.person()
    token = sessions.SessionUser(someone).get_id()
    close_account(someone, actor=SYSTEM, at=clock.now())
    assert sessions._load(token) is None
    reopen_account(someone, actor=SYSTEM, at=clock.now())
    assert factories.refreshed(someone).disabled_at is None


def test_create_admin_from_the_command_line(app: Flask) -> None:
    command = main.get_command(None, "create-admin")
    given = ["Root@example.org", "--given", "Grace", "--family", "Hopper", "--password", "a quiet sentence"]
    command.main(given, standalone_mode=False)
    admin = by_verified_email("root@example.org")
    assert (admin.name.latin, [grant.role for grant in admin.roles]) == ("Grace Hopper", [SiteRole.ADMIN])
    assert sessions.authenticate("root@example.org", "a quiet sentence") is not None
    command.main(["root@example.org", "--password", "another quiet one"], standalone_mode=False)
    assert count(Person) == 1
    assert sessions.authenticate("root@example.org", "another quiet one").name.latin == "Grace Hopper"
