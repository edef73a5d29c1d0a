"""Schedule files: read what others write, write what the schemas demand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from jsonschema import Draft6Validator, FormatChecker
from lxml import etree

from confsys.programme.interchange import frab_json, frab_xml
from confsys.programme.interchange.forms import Day, Human, Reference, Schedule, Slot, Space, Unreadable
from tests.shared import shared

EXAMPLES = "standards/schedule/examples"


def xsd_errors(document: bytes) -> list[str]:
    schema = etree.XMLSchema(etree.parse(shared("standards/schedule/schedule.xml.xsd")))
    schema.validate(etree.fromstring(document))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def json_errors(document: bytes) -> list[str]:
    schema = json.loads(shared("standards/schedule/schedule-v1.schema.json").read_text())
    return [
        error.message
        for error in Draft6Validator(schema, format_checker=FormatChecker()).iter_errors(json.loads(document))
    ]


def facts(schedule: Schedule) -> list[tuple]:
    return sorted(
        (s.guid, s.starts_at, s.minutes, s.room, s.title, s.subtitle, s.track, s.type, s.language, s.abstract,
         s.description, tuple((h.name) for h in s.people), tuple((r.url, r.title) for r in s.links),
         tuple((r.url, r.title) for r in s.attachments))
        for s in schedule.slots()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "items", "rooms", "days"),
    [
        (f"{EXAMPLES}/fosdem-2026.xml", 883, 30, 2),
        (f"{EXAMPLES}/31c3-2014.xml", 138, 4, 4),
        (f"{EXAMPLES}/frab-camp2019.json", 79, 2, 5),
        (f"{EXAMPLES}/pretalx-democon.json", 36, 2, 3),
        ("data/conferences/juliacon2023-schedule.json", 354, 10, 5),
    ],
)
def test_real_schedules_come_back_whole_and_valid(name: str, items: int, rooms: int, days: int) -> None:
    reader = frab_xml if name.endswith(".xml") else frab_json
    schedule = reader.read(shared(name).read_bytes())
    assert sum(1 for _ in schedule.slots()) == items
    assert (len({s.room for s in schedule.slots()}), len(schedule.days)) == (rooms, days)
    as_xml, as_json = frab_xml.write(schedule), frab_json.write(replace(schedule, base_url="https://example.org/x/"))
    assert xsd_errors(as_xml) == []
    assert json_errors(as_json) == []
    assert facts(frab_xml.read(as_xml)) == facts(schedule)
    assert facts(frab_json.read(as_json)) == facts(schedule)


def test_night_belongs_to_the_day_before_when_a_file_gives_only_the_clock() -> None:
    document = b"""<schedule><version>1</version><conference><title>T</title>
      <time_zone_name>Europe/Berlin</time_zone_name></conference>
      <day index="1" date="2014-12-27"><room name="A"><event id="7" guid="short">
      <start>00:30</start><duration>01:00:00</duration><title>Night</title></event></room></day></schedule>"""
    (slot,) = frab_xml.read(document).slots()
    assert slot.starts_at == datetime(2014, 12, 27, 23, 30, tzinfo=UTC)
    assert (slot.minutes, slot.room, slot.id) == (60, "A", 7)
    (again,) = frab_xml.read(document).slots()
    assert again.guid == slot.guid


@pytest.mark.parametrize("document", [b"", b"<a/>", b"{}", b"no", b"<schedule><day/></schedule>", b'{"schedule": 3}'])
def test_what_is_no_schedule_is_refused(document: bytes) -> None:
    for reader in (frab_xml, frab_json):
        with pytest.raises(Unreadable):
            reader.read(document)


def test_a_wrong_value_is_named_with_its_item() -> None:
    document = b"""<schedule><conference/><day date="2026-01-01"><room name="A"><event id="1"><title>Tea</title>
      <date>2026-01-01T10:00:00+01:00</date><duration>soon</duration></event></room></day></schedule>"""
    with pytest.raises(Unreadable) as refused:
        frab_xml.read(document)
    assert (refused.value.code, refused.value.values) == ("duration", {"item": "Tea", "value": "soon"})


def test_entities_of_a_file_are_not_opened(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("treasure")
    document = f"""<!DOCTYPE schedule [<!ENTITY x SYSTEM "file://{secret}">]><schedule><conference><title>&x;</title>
      </conference></schedule>""".encode()
    assert "treasure" not in frab_xml.read(document).title


def awkward() -> Schedule:
    starts = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
    slot = Slot(
        guid="3f2504e0-4f89-11d3-9a0c-0305e82c3301", starts_at=starts, minutes=20, room="一号厅 & Co",
        title="神经网络 <b>&",
        id=0, slug="UPPER-case", code="abc", track="机器学习", people=(Human("张伟"), Human("X", "12", "no-uuid")),
        links=(Reference("https://example.org/a b", "Slides", "strange"),), abstract="line\x0bbreak",
    )  # fmt: skip
    twin = replace(slot, guid="3f2504e0-4f89-11d3-9a0c-0305e82c3302", title="神经网络 <b>&")
    day = Day(1, date(2026, 6, 10), starts, datetime(2026, 6, 10, 20, 0, tzinfo=UTC), (slot, twin))
    return Schedule(
        title="年会", acronym="年", version="3", zone="US/Eastern", rooms=(Space("一号厅 & Co", "x", capacity=3),),
        tracks=(("机器学习", ""),), days=(day,), base_url="https://example.org/",
    )  # fmt: skip


def test_awkward_words_make_valid_files() -> None:
    assert xsd_errors(frab_xml.write(awkward())) == []
    assert json_errors(frab_json.write(awkward())) == []
    (first, second) = frab_xml.read(frab_xml.write(awkward())).slots()
    assert first.title == "神经网络 <b>&"
    assert first.people[0].name == "张伟"
    assert first.slug != second.slug
    assert first.id != second.id
