"""What search engines read about an item: schema.org as JSON-LD."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from confsys.programme.filters import plain
from confsys.programme.snapshots import PersonView, Programme, SessionView, TalkView
from confsys.programme.states import SessionKind

Address = Callable[[str, int], str]
_KINDS = {SessionKind.SOCIAL: "SocialEvent", SessionKind.POSTER: "ExhibitionEvent", SessionKind.BREAK: "Event"}


def session(programme: Programme, shown: SessionView, locale: str, page_of: Address) -> dict[str, Any]:
    data = _item(programme, shown, locale)
    data.update(
        {
            "@type": _KINDS.get(shown.kind, "EducationEvent"), "name": shown.title.in_(locale),
            "startDate": shown.starts_at.isoformat(), "endDate": shown.ends_at.isoformat(),
            "url": page_of("session", shown.id),
        }
    )  # fmt: skip
    if shown.description:
        data["description"] = plain(shown.description.in_(locale))
    if shown.duties:
        data["organizer"] = [_person(programme.people[duty.person], locale) for duty in shown.duties]
    if shown.talks:
        data["subEvent"] = [
            {"@type": "EducationEvent", "name": talk.title.in_(locale), "startDate": talk.starts_at.isoformat(),
             "endDate": talk.ends_at.isoformat(), "url": page_of("talk", talk.id), "location": data["location"]}
            for talk in shown.talks
        ]  # fmt: skip
    return data


def talk(programme: Programme, held: SessionView, shown: TalkView, locale: str, page_of: Address) -> dict[str, Any]:
    data = _item(programme, held, locale)
    data.update(
        {
            "@type": "EducationEvent", "name": shown.title.in_(locale), "startDate": shown.starts_at.isoformat(),
            "endDate": shown.ends_at.isoformat(), "url": page_of("talk", shown.id),
            "performer": [_person(programme.people[part.person], locale) for part in shown.parts],
        }
    )  # fmt: skip
    if shown.abstract:
        data["description"] = plain(shown.abstract.in_(locale))[:2000]
    return data


def _item(programme: Programme, held: SessionView, locale: str) -> dict[str, Any]:
    room = programme.room_name(held).in_(locale)
    place = programme.place.in_(locale)
    return {
        "@context": "https://schema.org",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": "zh-Hans" if locale == "zh" else "en",
        "location": {"@type": "Place", "name": room or place or programme.name.in_(locale), "address": place or room},
        "superEvent": {
            "@type": "EducationEvent", "name": programme.name.in_(locale),
            **({"startDate": programme.starts_on.isoformat()} if programme.starts_on else {}),
            **({"endDate": programme.ends_on.isoformat()} if programme.ends_on else {}),
            "location": {"@type": "Place", "name": place or programme.name.in_(locale), "address": place},
        },
    }  # fmt: skip


def _person(person: PersonView, locale: str) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "Person", "name": person.name.shown(locale)}
    if person.affiliation:
        data["affiliation"] = {"@type": "Organization", "name": person.affiliation.in_(locale)}
    return data
