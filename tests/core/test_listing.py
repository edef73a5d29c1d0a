"""Lists page, sort, filter and export in the database; spreadsheets never run what people typed."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask, Response
from openpyxl import load_workbook
from sqlalchemy import select

from confsys.accounts.models import Person
from confsys.core.exporting import safe
from confsys.core.listing import Column, Filter, Listing, like
from tests import factories
from tests.conftest import QueryCounter

people: Listing[Person] = Listing(
    name="people",
    columns=[
        Column("family", "Family name", lambda p: p.family, Person.family),
        Column("given", "Given name", lambda p: p.given),
        Column("country", "Country", lambda p: p.country, export_only=True),
    ],
    view=lambda rows: [row[0] for row in rows],
    search=lambda query, text: query.where(Person.family.like(like(text), escape="\\")),
    filters=[
        Filter("country", "Country", lambda: [("CN", "China"), ("NO", "Norway")],
               lambda query, value: query.where(Person.country == value)),
    ],
    default_sort="family",
    tie_break=[Person.id],
)  # fmt: skip


def page(**arguments: str):
    return people.answer(select(Person), arguments)


def families(**arguments: str) -> list[str]:
    return [person.family for person in page(**arguments).rows]


@pytest.fixture
def _three(app: Flask) -> None:
    for family, country in (("Åsen", "NO"), ("Zhang", "CN"), ("Li", "CN")):
        factories.person(family=family, country=country)


@pytest.mark.usefixtures("_three")
def test_sorts_and_filters_and_searches() -> None:
    assert families() == ["Li", "Zhang", "Åsen"]
    assert families(sort="-family") == ["Åsen", "Zhang", "Li"]
    assert families(q="country:CN") == ["Li", "Zhang"]
    assert families(q="country:CN Zha") == ["Zhang"]
    assert families(q='"unclosed') == []


@pytest.mark.usefixtures("_three")
def test_a_chip_writes_the_query_and_takes_it_back() -> None:
    ((_group, chips),) = page().chips
    assert (chips[0].href, chips[0].active) == ("?q=country%3ACN", False)
    ((_group, chips),) = page(q="Li country:CN").chips
    assert (chips[0].href, chips[0].active) == ("?q=Li", True)


def test_a_percent_sign_is_a_character(app: Flask) -> None:
    factories.person(family="100%")
    factories.person(family="1000")
    assert families(q="100%") == ["100%"]


def test_pages_of_fifty_with_as_many_queries_as_for_one(app: Flask, queries: QueryCounter) -> None:
    factories.person()
    with queries:
        page()
    one = queries.count
    for _ in range(60):
        factories.person()
    with queries:
        found = page(page="2")
    assert queries.count == one == 2
    assert (found.total, found.pages, len(found.rows)) == (61, 2, 11)
    assert page(page="99").number == 2
    assert page(page="x").number == 1


def test_exports_hold_everything_and_are_harmless(app: Flask) -> None:
    factories.person(family="=HYPERLINK(1)", given="张", country="CN")
    answer = page(format="csv")
    assert isinstance(answer, Response)
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows == [["Family name", "Given name", "Country"], ["'=HYPERLINK(1)", "张", "CN"]]
    sheet = load_workbook(io.BytesIO(page(format="xlsx").get_data())).active
    assert sheet.cell(2, 1).value == "'=HYPERLINK(1)"
    assert sheet.cell(2, 1).data_type == "s"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert safe(-5) == -5
