"""Calendar files, read back by other people's readers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.core import ics


def entry(starts_at: datetime, **given_: object) -> ics.Entry:
    values = {
        "uid": "a@example.org",
        "ends_at": starts_at + timedelta(hours=1),
        "summary": "Talk",
        "changed_at": starts_at,
    }
    return ics.Entry(**{"starts_at": starts_at, **values, **given_})


def read(*entries: ics.Entry, zone: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(ics.written(ics.Calendar("Meeting, the; best\nof", zone, entries)))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("month", [1, 3, 7, 11])
def test_times_come_back_in_the_zone(zone: str, month: int) -> None:
    starts = datetime(2026, month, 29, 1, 30, tzinfo=UTC)
    (event,) = read(entry(starts), zone=zone).walk("VEVENT")
    assert event["DTSTART"].dt == starts
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_onsets_are_written_in_the_offset_that_ends(zone: str) -> None:
    """RFC 5545 3.6.5: summer time in Brussels begins at 02:00 of winter time, not at 03:00."""
    starts = datetime(2026, 6, 1, tzinfo=UTC)
    (described,) = read(entry(starts), zone=zone).walk("VTIMEZONE")
    onsets = [part for part in described.subcomponents if part["TZOFFSETFROM"].td != part["TZOFFSETTO"].td]
    assert onsets
    for onset in onsets:
        moment = (onset["DTSTART"].dt - onset["TZOFFSETFROM"].td).replace(tzinfo=UTC)
        before, after = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone)), moment.astimezone(ZoneInfo(zone))
        assert (before.utcoffset(), after.utcoffset()) == (onset["TZOFFSETFROM"].td, onset["TZOFFSETTO"].td)


def test_brussels_summer_time() -> None:
    text = ics.written(ics.Calendar("x", "Europe/Brussels", [entry(datetime(2026, 6, 1, tzinfo=UTC))])).decode()
    assert "DTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200" in text


def test_cancelled_says_so_and_keeps_its_identity() -> None:
    (event,) = read(entry(datetime(2026, 6, 1, tzinfo=UTC), cancelled=True, sequence=4), zone="UTC").walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 4, "a@example.org")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\x85\u2028\u2029"), max_size=200))
def test_any_text_survives_folding_and_escaping(text: str) -> None:
    document = ics.written(ics.Calendar("x", "UTC", [entry(datetime(2026, 6, 1, tzinfo=UTC), summary=text)]))
    assert all(len(line) <= 75 for line in document.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(document).walk("VEVENT")
    assert str(event["SUMMARY"]) == text
