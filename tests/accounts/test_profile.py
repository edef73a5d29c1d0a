"""What people say about themselves: names, addresses, affiliations, relations, past papers."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from confsys.accounts.models import Organisation, Person, Publication, Relation
from confsys.accounts.operations import profile as operations
from confsys.accounts.operations.organisations import organisation_for, organisations_for
from confsys.accounts.operations.publications import import_publications
from confsys.accounts.states import RelationKind
from confsys.core import clock
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.names import PersonName
from tests import factories
from tests.accounts.mailbox import last_link, letters
from tests.conftest import QueryCounter

BIBTEX = r"""
@article{one, title={The {\"U}ber {GNN} \& friends}, author={Zhang, Wei and M{\"u}ller, J{\"o}rg and 张伟}, year=2021,
  journal={Journal of Graphs}, doi={https://doi.org/10.1000/ABC}}
@inproceedings{two, title={Nodes & Edges}, author={John von Neumann}, booktitle={Proc. of Things}, year={2020}}
@book{three, author={Nobody}}
"""


@pytest.fixture
def ada(client: FlaskClient) -> Person:
    person = factories.person("Ada", "Byron", email="ada@example.org")
    factories.sign_in(client, person)
    return person


def filled(person: Person, **changed: str) -> dict[str, str]:
    return {
        "version": str(person.version), "given": person.given, "family": person.family, "native": person.native,
        "zone": person.zone, "locale": person.locale, **changed,
    }  # fmt: skip


def test_saving_the_profile(client: FlaskClient, ada: Person) -> None:
    changed = filled(
        ada, native="埃达", expertise="engines, 分析机\nengines\n looms ", orcid="https://orcid.org/0000-0002-1825-0097",
        country="gb", zone="Europe/London", biography_zh="数学家",
    )  # fmt: skip
    assert client.post("/account", data=changed).status_code == 303
    factories.refreshed(ada)
    assert ada.name == PersonName("Ada", "Byron", "埃达")
    assert ada.expertise == ["engines", "分析机", "looms"]
    assert (ada.orcid, ada.orcid_confirmed) == ("0000-0002-1825-0097", False)
    assert (ada.country, ada.zone) == ("GB", "Europe/London")
    assert ada.biography.zh == "数学家"
    assert ada.sort_key == ada.name.sort_key


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "last place"),
        ({"orcid": "twelve"}, "looks like"),
        ({"zone": "Mars/Olympus"}, "Choose a time zone"),
        ({"given": "", "family": "", "native": " "}, "your name"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(
    client: FlaskClient, ada: Person, changed: dict[str, str], told: str
) -> None:
    answer = client.post("/account", data=filled(ada, biography_en="Typed text", **changed))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Typed text" in answer.text
    assert factories.refreshed(ada).family == "Byron"


def test_an_orcid_of_somebody_else_is_refused(client: FlaskClient, ada: Person) -> None:
    factories.person(orcid="0000-0002-1825-0097")
    answer = client.post("/account", data=filled(ada, orcid="0000-0002-1825-0097"))
    assert answer.status_code == 422
    assert "Another account has this ORCID iD" in answer.text


def test_a_stale_page_shows_both_versions_and_the_next_save_counts(client: FlaskClient, ada: Person) -> None:
    stale = filled(ada, family="Lovelace")
    client.post("/account", data=filled(ada, family="King"))
    answer = client.post("/account", data=stale)
    assert answer.status_code == 409
    assert "King" in answer.text
    assert 'value="Lovelace"' in answer.text
    assert factories.refreshed(ada).family == "King"
    client.post("/account", data={**stale, "version": str(ada.version)})
    assert factories.refreshed(ada).family == "Lovelace"


def test_a_second_address_counts_once_it_is_proved(client: FlaskClient, ada: Person) -> None:
    client.post("/account/emails", data={"address": "Ada@Work.example.org"})
    link = last_link("ada@work.example.org")
    assert client.get(link).status_code == 200
    assert factories.refreshed(ada).emails[1].verified_at is None
    client.post(link)
    second = factories.refreshed(ada).emails[1]
    assert factories.refreshed(second).verified_at == clock.now()
    client.post(f"/account/emails/{second.id}/primary")
    assert [factories.refreshed(row).is_primary for row in ada.emails] == [False, True]
    assert client.post(f"/account/emails/{second.id}/remove").status_code == 422
    client.post(f"/account/emails/{ada.emails[0].id}/remove")
    assert [row.address for row in factories.refreshed(ada).emails] == ["ada@work.example.org"]


def test_an_unproved_address_cannot_be_primary(client: FlaskClient, ada: Person) -> None:
    client.post("/account/emails", data={"address": "ada@work.example.org"})
    row = factories.refreshed(ada).emails[1]
    assert client.post(f"/account/emails/{row.id}/primary").status_code == 422


def test_somebody_else_s_address_is_taken_in_silence_and_never_given(client: FlaskClient, ada: Person) -> None:
    factories.person(email="bob@example.org")
    known = client.post("/account/emails", data={"address": "bob@example.org"})
    unknown = client.post("/account/emails", data={"address": "eve@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert "/verify/" not in letters("bob@example.org")[-1].text


def test_nobody_touches_the_addresses_of_others(client: FlaskClient, ada: Person) -> None:
    other = factories.person()
    client.post(f"/account/emails/{other.emails[0].id}/remove")
    assert client.post(f"/account/emails/{other.emails[0].id}/primary").status_code == 422
    assert len(factories.refreshed(other).emails) == 1


def test_affiliations_find_the_organisation_again(client: FlaskClient, ada: Person) -> None:
    university = organisation_for("Université de Genève")
    client.post("/account/affiliations", data={"organisation": "universite  DE geneve", "starts_on": "2020-01-01"})
    row = factories.refreshed(ada).affiliations[0]
    assert row.organisation_id == university.id
    assert client.get("/organisations/suggestions", query_string={"organisation": "geneve"}).text.count("<option") == 1
    wrong = {"organisation": "X", "starts_on": "2020-01-02", "ends_on": "2020-01-01"}
    assert client.post("/account/affiliations", data=wrong).status_code == 422
    client.post(f"/account/affiliations/{row.id}/end", data={"ends_on": "2024-06-30"})
    assert factories.refreshed(row).ends_on == date(2024, 6, 30)
    client.post(f"/account/affiliations/{row.id}/remove")
    assert factories.refreshed(ada).affiliations == []


def test_one_organisation_for_all_spellings(app: Flask) -> None:
    found = organisations_for(["Linjiang University", "linjiang  university", "临江大学", "Linjiang, University"])
    assert len({row.id for row in found.values()}) == 2
    assert found["临江大学"].name.zh == "临江大学"
    assert organisation_for("LINJIANG UNIVERSITY").id == found["Linjiang University"].id
    assert organisation_for("Linjiang").id not in {row.id for row in found.values()}


def test_a_wildcard_is_a_plain_character(app: Flask) -> None:
    organisation_for("Institute A")
    assert organisation_for("Institute %").name.en == "Institute %"
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_a_relation_points_at_a_known_person(app: Flask) -> None:
    ada, bob = factories.person(), factories.person(email="bob@example.org")
    actor = factories.viewer(ada).actor
    tie = operations.Tie(RelationKind.ADVISOR, "Bob", "Bob@example.org")
    row = operations.add_relation(ada, tie, actor=actor, at=clock.now())
    assert row.other_person_id == bob.id
    with pytest.raises(Invalid):
        operations.add_relation(ada, operations.Tie(RelationKind.FAMILY), actor=actor, at=clock.now())
    own = operations.Tie(RelationKind.OTHER, address=ada.emails[0].address)
    with pytest.raises(Invalid):
        operations.add_relation(ada, own, actor=actor, at=clock.now())
    operations.remove_relation(bob, row.id, actor=factories.viewer(bob).actor, at=clock.now())
    assert db.session.get(Relation, row.id) is not None


def test_bibtex_is_read_as_far_as_it_can_be(client: FlaskClient, ada: Person) -> None:
    answer = client.post("/account/publications", data={"bibtex": BIBTEX})
    assert answer.status_code == 200
    assert "the entry has no title" in answer.text
    rows = db.session.scalars(select(Publication).order_by(Publication.year.desc())).all()
    assert [(row.title, row.year, row.venue) for row in rows] == [
        ("The Über GNN & friends", 2021, "Journal of Graphs"),
        ("Nodes & Edges", 2020, "Proc. of Things"),
    ]
    assert rows[0].doi == "10.1000/abc"
    assert rows[0].authors == [
        {"given": "Wei", "family": "Zhang", "native": ""},
        {"given": "Jörg", "family": "Müller", "native": ""},
        {"given": "", "family": "", "native": "张伟"},
    ]
    assert rows[1].authors[0]["family"] == "von Neumann"


def test_importing_twice_adds_nothing(app: Flask) -> None:
    ada = factories.person()
    actor = factories.viewer(ada).actor
    first = import_publications(ada, BIBTEX, actor=actor, at=clock.now())
    second = import_publications(ada, BIBTEX.replace("Nodes", "NODES"), actor=actor, at=clock.now())
    assert ((first.added, first.known), (second.added, second.known)) == ((2, 0), (0, 2))


@pytest.mark.parametrize("text", ["", "no bibtex at all", "@article{x, title={open", "@comment{nothing}"])
def test_what_is_not_bibtex_is_said(client: FlaskClient, ada: Person, text: str) -> None:
    assert client.post("/account/publications", data={"bibtex": text}).status_code == 422


def test_a_publication_is_removed_by_its_owner_only(client: FlaskClient, ada: Person) -> None:
    other = factories.person()
    import_publications(other, BIBTEX, actor=factories.viewer(other).actor, at=clock.now())
    row = db.session.scalars(select(Publication)).first()
    client.post(f"/account/publications/{row.id}/remove")
    assert db.session.get(Publication, row.id) is not None


@pytest.mark.parametrize(
    "path", ["/account/publications", "/account/affiliations", "/account/emails", "/account/relations"]
)
def test_the_number_of_queries_does_not_grow(
    client: FlaskClient, ada: Person, queries: QueryCounter, path: str
) -> None:
    actor, person_id = factories.viewer(ada).actor, ada.id
    counts = []
    for n in range(1, 4):
        ada = db.session.get_one(Person, person_id)
        import_publications(ada, f"@book{{a, title={{Book {n}}}}}", actor=actor, at=clock.now())
        operations.add_affiliation(ada, f"Place {n}", actor=actor, at=clock.now())
        operations.add_relation(ada, operations.Tie(RelationKind.OTHER, f"X{n}"), actor=actor, at=clock.now())
        client.post("/account/emails", data={"address": f"a{n}@example.org"})
        db.session.remove()  # as at the start of a real request
        with queries:
            assert client.get(path).status_code == 200
        counts.append(queries.count)
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 4
