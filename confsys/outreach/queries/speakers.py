"""Speakers, requests, and who fits whom."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from confsys.accounts.models import Person
from confsys.core.db import db
from confsys.core.viewer import Viewer
from confsys.outreach.matching import Match, Offerer, Wish, matches
from confsys.outreach.models import Activity, ActivityExpert, PublicSpeaker, SchoolRequest, SpeakerOffer
from confsys.outreach.rules import is_office
from confsys.outreach.states import ActivityState, OfferState, RequestState


def of_person(person_id: int | None) -> PublicSpeaker | None:
    if person_id is None:
        return None
    return db.session.scalar(select(PublicSpeaker).where(PublicSpeaker.person_id == person_id))


def by_id(speaker_id: int) -> PublicSpeaker | None:
    query = select(PublicSpeaker).where(PublicSpeaker.id == speaker_id)
    return db.session.scalar(query.options(joinedload(PublicSpeaker.person).selectinload(Person.emails)))


def pool(viewer: Viewer) -> list[PublicSpeaker]:
    """Everybody who speaks when asked, for the office."""
    if not is_office(viewer):
        return []
    query = (
        select(PublicSpeaker)
        .where(PublicSpeaker.active)
        .options(joinedload(PublicSpeaker.person))
        .order_by(PublicSpeaker.id)
    )
    return list(db.session.scalars(query.options(joinedload(PublicSpeaker.person))))


def requests(viewer: Viewer, *, settled: bool = False) -> list[SchoolRequest]:
    """Requests of schools, for the office: the ones that wait, or the ones that are settled."""
    if not is_office(viewer):
        return []
    waiting = [RequestState.OPEN, RequestState.ASKED]
    chosen = SchoolRequest.state.not_in(waiting) if settled else SchoolRequest.state.in_(waiting)
    order = SchoolRequest.id.desc() if settled else SchoolRequest.first_day
    return list(db.session.scalars(select(SchoolRequest).where(chosen).order_by(order).limit(200)))


def _loaded() -> tuple[object, ...]:
    offers = selectinload(SchoolRequest.offers).joinedload(SpeakerOffer.speaker).joinedload(PublicSpeaker.person)
    return offers, joinedload(SchoolRequest.activity)


def request_by_code(code: str) -> SchoolRequest | None:
    query = select(SchoolRequest).where(SchoolRequest.code == code).options(*_loaded())  # type: ignore[arg-type]
    return db.session.scalar(query)


def request_by_id(request_id: int) -> SchoolRequest | None:
    query = select(SchoolRequest).where(SchoolRequest.id == request_id).options(*_loaded())  # type: ignore[arg-type]
    return db.session.scalar(query)


def offer_by_id(offer_id: int) -> SpeakerOffer | None:
    loading = joinedload(SpeakerOffer.request), joinedload(SpeakerOffer.speaker)
    return db.session.scalar(select(SpeakerOffer).where(SpeakerOffer.id == offer_id).options(*loading))


def asked_of(person_id: int) -> list[SpeakerOffer]:
    """Questions that wait for this speaker's answer."""
    query = (
        select(SpeakerOffer)
        .join(PublicSpeaker, PublicSpeaker.id == SpeakerOffer.speaker_id)
        .where(PublicSpeaker.person_id == person_id, SpeakerOffer.state == OfferState.ASKED)
        .options(joinedload(SpeakerOffer.request))
        .order_by(SpeakerOffer.id)
    )
    return list(db.session.scalars(query))


def matched(viewer: Viewer, request: SchoolRequest, zone: str) -> list[tuple[Match, PublicSpeaker]]:
    """Speakers that fit a request, best first, with why. Two queries, whatever the size of the pool."""
    speakers = {speaker.id: speaker for speaker in pool(viewer)}
    given = _given_days([speaker.person_id for speaker in speakers.values()], request.first_day, zone)
    asked = {offer.speaker_id for offer in request.offers}
    wish = Wish(
        request.topic, request.city, request.online_is_fine, request.group.value, request.first_day, request.last_day
    )
    offerers = [_offerer(s, given.get(s.person_id, [])) for s in speakers.values() if s.id not in asked]
    return [(match, speakers[match.id]) for match in matches(wish, offerers)]


def _offerer(speaker: PublicSpeaker, days: list[date]) -> Offerer:
    return Offerer(
        speaker.id, speaker.topics, speaker.cities, speaker.online, speaker.groups, speaker.weekdays,
        speaker.available_from, speaker.available_until, speaker.per_year, frozenset(days), len(days),
    )  # fmt: skip


def _given_days(person_ids: list[int], about: date, zone: str) -> dict[int, list[date]]:
    """Days of the request's year on which people of the pool already speak."""
    there = ZoneInfo(zone)
    first, last = datetime(about.year, 1, 1, tzinfo=there), datetime(about.year + 1, 1, 1, tzinfo=there)
    query = (
        select(ActivityExpert.person_id, Activity.starts_at)
        .join(Activity, Activity.id == ActivityExpert.activity_id)
        .where(
            ActivityExpert.person_id.in_(person_ids), Activity.starts_at >= first, Activity.starts_at < last,
            Activity.state != ActivityState.CANCELLED,
        )
    )  # fmt: skip
    found: dict[int, list[date]] = {}
    for person_id, starts_at in db.session.execute(query):
        if person_id is not None:
            found.setdefault(person_id, []).append(starts_at.astimezone(there).date())
    return found
