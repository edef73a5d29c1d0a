"""Every figure of the sample's reports opens exactly the rows it says, and is what those rows make."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from confsys import migrations, sample, settings
from confsys.accounts.models import Person
from confsys.app import create_app
from confsys.core.db import db
from confsys.core.reporting import measured
from confsys.reports import reading
from confsys.reports.models import Report
from confsys.reports.reading import FigureView, RowsView
from tests import factories
from tests.conftest import FreshClient


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, sample.Sample]]:
    given = settings.read(
        {}, mode="tests", mail="outbox", var=tmp_path_factory.mktemp("figures"), secret_key="k" * 32, rate_limits=False
    )
    app = create_app(given)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = FreshClient
    with app.app_context():
        migrations.upgrade(db.engine)
        story = sample.load(app)
        assert story is not None
        yield app, story
        db.session.remove()
        db.engine.dispose()


def lines_of(client: FlaskClient, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.mimetype == "text/csv", f"{address} is no list"
    return len(list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))) - 1


def remade(figure: FigureView, rows: RowsView) -> float | None:
    """The figure once more, from the rows behind it."""
    if figure.measure == "count":
        return len(figure.at)
    if figure.measure == "share":
        return len(figure.hits) / len(figure.at) if figure.at else None
    place = next(n for n, column in enumerate(rows.columns) if column.key == figure.column)
    values: list[Any] = [rows.rows[n][place] for n in figure.at]
    return measured(figure.measure, [value for value in values if value is not None])


def check(client: FlaskClient, report: Report, address: str) -> int:
    """How many figures of a report were opened."""
    opened = 0
    view = reading.read(report.data)
    for _part, figure in view.figures():
        if found := view.figure(figure.key):
            assert remade(*found) == pytest.approx(figure.value), figure.key
            assert lines_of(client, f"{address}/rows/{figure.key}?format=csv") == len(figure.at), figure.key
            opened += 1
        elif figure.href and figure.kind == "number":
            joint = "&" if "?" in figure.href else "?"
            assert lines_of(client, f"{figure.href}{joint}format=csv") == figure.value, figure.key
            opened += 1
        else:
            assert figure.few or not figure.value, f"{figure.key} opens nothing"
    return opened


def signed_in(app: Flask, person: Person) -> FlaskClient:
    return factories.sign_in(app.test_client(), person)


def test_every_figure_of_the_year_opens_its_rows(told: tuple[Flask, sample.Sample]) -> None:
    app, story = told
    years = db.session.scalars(select(Report).where(Report.year.is_not(None))).all()
    client = signed_in(app, story.people["secretary"])
    assert years
    for report in years:
        assert report.made_at is not None
        assert check(client, report, f"/reports/{report.code}") > 15


def test_every_figure_of_the_meeting_opens_its_rows(told: tuple[Flask, sample.Sample]) -> None:
    app, story = told
    event = story.events["annual"]
    report = db.session.scalars(select(Report).where(Report.event_id == event.id)).one()
    client = signed_in(app, story.people["organiser"])
    assert check(client, report, f"/events/{event.slug}/reports/{report.code}") > 10
