"""Events begin from presets, or from an earlier edition with its dates moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from confsys.core import clock
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.events import presets
from confsys.events.models import Event, FormField, RoleGrant, SitePage
from confsys.events.operations.creating import Basics, clone_event, create_event
from confsys.events.states import Role, StageKind
from tests import factories

KINDS = ["annual_meeting", "engineers_forum", "industry_forum", "round_table", "salon", "youth_conference"]


def basics(slug: str = "am26", starts: date = date(2026, 10, 14), zone: str = "Asia/Shanghai") -> Basics:
    return Basics(slug, LocalizedText("Meeting", "会议"), "AM", starts, starts, zone)


def create(kind: str, **changed: object) -> Event:
    actor = factories.viewer(factories.person()).actor
    return create_event(presets.presets()[kind], basics(**changed), actor=actor, at=clock.now())


def test_the_six_kinds_are_there() -> None:
    assert sorted(presets.presets()) == KINDS


def test_every_accent_is_of_the_checked_palette() -> None:
    css = (Path(__file__).parents[2] / "static/css/accents.css").read_text()
    for preset in presets.presets().values():
        assert f".accent-{preset.accent}" in css, preset.kind


@pytest.mark.parametrize("kind", KINDS)
def test_created_whole_with_its_creator_as_organiser(app: Flask, kind: str) -> None:
    event = create(kind)
    preset = presets.presets()[kind]
    assert [s.kind for s in event.stages] == [plan.kind for plan in preset.stages]
    assert db.session.scalar(select(RoleGrant.role).where(RoleGrant.event_id == event.id)) is Role.ORGANISER
    keys = db.session.scalars(select(FormField.key).where(FormField.event_id == event.id)).all()
    assert set(keys) == {plan.key for plan in preset.fields}
    assert db.session.scalars(select(SitePage).where(SitePage.event_id == event.id)).all()
    if "reviewing" in event.features:
        overall = select(FormField).where(FormField.event_id == event.id, FormField.is_overall)
        assert db.session.scalar(overall) is not None


def test_a_bad_preset_is_named_with_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "festival.toml"
    path.write_text('name = { en = "Festival" }\n')
    with pytest.raises(presets.PresetError, match=r"festival\.toml: 'summary' is missing"):
        presets.read(path)


def test_a_clone_keeps_weekday_and_wall_clock_over_a_change_of_the_clocks(app: Flask) -> None:
    source = create("annual_meeting", zone="Europe/Berlin", starts=date(2026, 6, 10))
    actor = factories.viewer(factories.person()).actor
    made = clone_event(source, basics("am27", date(2026, 12, 8), "Europe/Berlin"), actor=actor, at=clock.now())
    berlin = ZoneInfo("Europe/Berlin")
    old = {s.kind: s.due.astimezone(berlin) for s in source.stages}
    new = {s.kind: s.due.astimezone(berlin) for s in made.stages}
    assert new[StageKind.REVIEW].weekday() == old[StageKind.REVIEW].weekday()
    assert new[StageKind.REVIEW].time() == old[StageKind.REVIEW].time()
    assert (new[StageKind.REVIEW].date() - old[StageKind.REVIEW].date()).days == 182


def test_a_clone_copies_forms_and_pages_but_no_people(app: Flask) -> None:
    source = create("youth_conference")
    factories.grant(source, Role.CHAIR)
    actor = factories.viewer(factories.person()).actor
    made = clone_event(source, basics("yc27", date(2027, 10, 14)), actor=actor, at=clock.now())
    roles = db.session.scalars(select(RoleGrant.role).where(RoleGrant.event_id == made.id)).all()
    assert roles == [Role.ORGANISER]
    for table in (FormField, SitePage):
        ours = db.session.scalars(select(table.key).where(table.event_id == made.id)).all()
        theirs = db.session.scalars(select(table.key).where(table.event_id == source.id)).all()
        assert sorted(ours) == sorted(theirs)
