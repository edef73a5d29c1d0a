"""The pool of speakers, and requests from schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from confsys.accounts.addresses import checked
from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.errors import Invalid
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.identifiers import new_code
from confsys.core.localized import LocalizedText
from confsys.core.operation import lock, operation
from confsys.events.states import Mode
from confsys.outreach import mails
from confsys.outreach.models import Activity, PublicSpeaker, SchoolRequest, SpeakerOffer
from confsys.outreach.operations.activities import Plan, plan_activity
from confsys.outreach.states import ActivityKind, OfferState, RequestState, TargetGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a speaker offers."""

    topics: tuple[str, ...]
    cities: tuple[str, ...]
    online: bool = False
    groups: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    available_from: date | None = None
    available_until: date | None = None
    per_year: int = 4
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a school writes."""

    school: str
    contact: str
    email: str
    city: str
    place: str = ""
    online_is_fine: bool = False
    group: TargetGroup = TargetGroup.YOUTH
    headcount: int
    topic: str
    message: str = ""
    first_day: date
    last_day: date
    locale: str = "en"


@operation
def offer_talks(person_id: int, profile: Profile, *, actor: Actor, at: datetime) -> PublicSpeaker:
    """Join the pool, or change what one offers."""
    if not profile.topics:
        raise Invalid(topics=_l("Please name at least one topic."))
    if not profile.cities and not profile.online:
        raise Invalid(cities=_l("Please name a city, or say that you also speak on line."))
    if profile.available_from and profile.available_until and profile.available_from > profile.available_until:
        raise Invalid(available_until=_l("The last day must not lie before the first."))
    speaker = db.session.scalar(select(PublicSpeaker).where(PublicSpeaker.person_id == person_id))
    if speaker is None:
        speaker = PublicSpeaker(person_id=person_id, joined_at=at)
    for name in ("topics", "cities", "groups", "weekdays"):
        setattr(speaker, name, list(getattr(profile, name)))
    for name in ("online", "available_from", "available_until", "per_year", "active"):
        setattr(speaker, name, getattr(profile, name))
    record("outreach.speaker", speaker, actor=actor, at=at)
    return speaker


@operation
def ask_for_speaker(asking: Asking, *, actor: Actor, at: datetime) -> SchoolRequest:
    """A school asks; the office looks at it."""
    email = checked(asking.email, "email")
    if asking.first_day > asking.last_day:
        raise Invalid(last_day=_l("The last day must not lie before the first."))
    if asking.last_day < at.date():
        raise Invalid(last_day=_l("These days are over."))
    if asking.headcount <= 0:
        raise Invalid(headcount=_l("Please say how many will listen."))
    values = {name: getattr(asking, name) for name in Asking.__dataclass_fields__}
    made = SchoolRequest(**{**values, "email": email}, code=new_code(), created_at=at)
    record("outreach.request", made, actor=actor, at=at, changes={}, code=made.code)
    mails.tell_school("outreach/mail/request_received.txt", made, at=at)
    return made


@operation
def ask_speaker(
    request: SchoolRequest, speaker: PublicSpeaker, why: Sequence[tuple[str, str]], *, actor: Actor, at: datetime
) -> SpeakerOffer:
    """Ask one speaker of the pool; ``why`` is kept as it was. A second one may be asked when the first says no."""
    lock(request)
    if request.state not in {RequestState.OPEN, RequestState.ASKED}:
        raise Invalid(_l("This request has been settled already."))
    known = select(SpeakerOffer).where(SpeakerOffer.request_id == request.id)
    offers = list(db.session.scalars(known))
    if any(offer.state is OfferState.ASKED for offer in offers):
        raise Invalid(_l("Another speaker has been asked and has not answered yet."))
    if any(offer.speaker_id == speaker.id for offer in offers):
        raise Invalid(_l("This speaker has answered already."))
    reasons = [{"kind": kind, "value": value} for kind, value in why]
    offer = SpeakerOffer(request_id=request.id, speaker_id=speaker.id, state=OfferState.ASKED, why=reasons, asked_at=at)
    request.state = RequestState.ASKED
    record("outreach.ask_speaker", offer, actor=actor, at=at, changes={}, code=request.code)
    mails.tell_speaker("outreach/mail/speaker_asked.txt", offer, request, speaker, at=at)
    return offer


@operation
def accept_offer(
    offer: SpeakerOffer, day: date, hour: int, *, zone: str, actor: Actor, at: datetime
) -> Activity:  # fmt: skip
    """The speaker says yes and when. The talk stands in the office's plan at once, and the school is told."""
    request = offer.request
    lock(request)
    lock(offer)
    if offer.state is not OfferState.ASKED:
        raise Invalid(_l("This question has been answered."))
    if not request.first_day <= day <= request.last_day:
        raise Invalid(day=_l("The school asked for another time: see the days above."))
    begins = datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))
    plan = Plan(
        kind=ActivityKind.LECTURE, title=_both(request.topic), starts_at=begins,
        ends_at=begins + timedelta(minutes=90), target_groups=(request.group.value,),
        mode=Mode.ONLINE if all(reason["kind"] != "city" for reason in offer.why) else Mode.IN_PERSON,
        city=_both(request.city), place=_both(request.place or request.school), hosts=_both(request.school),
        takes_bookings=False, planned_headcount=request.headcount,
    )  # fmt: skip
    activity = plan_activity(plan, person_ids=[offer.speaker.person_id], actor=actor, at=at)
    offer.state, offer.answered_at = OfferState.ACCEPTED, at
    request.activity_id, request.state = activity.id, RequestState.AGREED
    record("outreach.accept", offer, actor=actor, at=at, code=request.code)
    mails.tell_school("outreach/mail/request_agreed.txt", request, at=at, activity=activity, offer=offer, zone=zone)
    return activity


def _both(text: str) -> LocalizedText:
    """What a school wrote in its own language, for readers of both."""
    return LocalizedText(text, text)


@operation
def decline_offer(offer: SpeakerOffer, note: str, *, actor: Actor, at: datetime) -> None:
    """The speaker cannot; the office may ask somebody else."""
    lock(offer.request)
    lock(offer)
    if offer.state is not OfferState.ASKED:
        raise Invalid(_l("This question has been answered."))
    offer.state, offer.answered_at, offer.note = OfferState.DECLINED, at, note
    offer.request.state = RequestState.OPEN
    record("outreach.decline", offer, actor=actor, at=at, changes={}, code=offer.request.code)


@operation
def decline_request(request: SchoolRequest, answer: str, *, actor: Actor, at: datetime) -> None:
    """The office cannot help, and says why."""
    lock(request)
    if request.state not in {RequestState.OPEN, RequestState.ASKED}:
        raise Invalid(_l("This request has been settled already."))
    if not answer:
        raise Invalid(answer=_l("Please tell the school why."))
    request.state, request.answer = RequestState.DECLINED, answer
    for offer in db.session.scalars(select(SpeakerOffer).where(SpeakerOffer.request_id == request.id)):
        if offer.state is OfferState.ASKED:
            offer.state, offer.answered_at = OfferState.VOID, at
    record("outreach.request_declined", request, actor=actor, at=at, changes={}, code=request.code)
    mails.tell_school("outreach/mail/request_declined.txt", request, at=at)
