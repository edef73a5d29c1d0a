"""Words for the closed sets of outreach, and the tones of their states."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.states import Mode
from confsys.outreach.states import (
    ActivityKind,
    ActivityState,
    ArticleState,
    BookingState,
    OfferState,
    RequestState,
    ShiftState,
    TargetGroup,
    ThemeDay,
    VolunteerState,
)

KINDS: dict[ActivityKind, Lazy] = {
    ActivityKind.LECTURE: _l("Lecture"),
    ActivityKind.EXHIBITION: _l("Exhibition"),
    ActivityKind.WORKSHOP: _l("Workshop"),
    ActivityKind.OPEN_LAB: _l("Open laboratory"),
    ActivityKind.COMPETITION: _l("Competition"),
    ActivityKind.CONSULTATION: _l("Consultation"),
    ActivityKind.TRAINING: _l("Training"),
    ActivityKind.BROADCAST: _l("Broadcast"),
}
GROUPS: dict[TargetGroup, Lazy] = {
    TargetGroup.YOUTH: _l("Young people"),
    TargetGroup.FARMERS: _l("Farmers"),
    TargetGroup.WORKERS: _l("Urban workers"),
    TargetGroup.ELDERLY: _l("Older people"),
    TargetGroup.OFFICIALS: _l("Civil servants"),
    TargetGroup.PUBLIC: _l("Everybody"),
}
THEME_DAYS: dict[ThemeDay, Lazy] = {
    ThemeDay.SCIENCE_WEEK: _l("Science Week (May)"),
    ThemeDay.WORKERS_DAY: _l("Science Workers' Day (30 May)"),
    ThemeDay.SCIENCE_MONTH: _l("National Science Month (September)"),
    ThemeDay.EARTH_DAY: _l("Earth Day (22 April)"),
    ThemeDay.ENVIRONMENT_DAY: _l("World Environment Day (5 June)"),
    ThemeDay.DISASTER_DAY: _l("Disaster Prevention Day (12 May)"),
    ThemeDay.SAFETY_MONTH: _l("Safety Month (June)"),
    ThemeDay.HEALTH_DAY: _l("World Health Day (7 April)"),
}
MODES: dict[Mode, Lazy] = {
    Mode.IN_PERSON: _l("On site"),
    Mode.ONLINE: _l("On line"),
    Mode.HYBRID: _l("On site and on line"),
}
ACTIVITY_STATES: dict[ActivityState, tuple[Lazy, str]] = {
    ActivityState.DRAFT: (_l("draft"), "draft"),
    ActivityState.PUBLIC: (_l("announced"), "open"),
    ActivityState.CANCELLED: (_l("cancelled"), "wrong"),
    ActivityState.HELD: (_l("held"), "done"),
}
BOOKING_STATES: dict[BookingState, tuple[Lazy, str]] = {
    BookingState.PLACED: (_l("place kept"), "done"),
    BookingState.WAITING: (_l("on the waiting list"), "waiting"),
    BookingState.CANCELLED: (_l("given back"), "closed"),
}
VOLUNTEER_STATES: dict[VolunteerState, tuple[Lazy, str]] = {
    VolunteerState.APPLIED: (_l("wants to join"), "waiting"),
    VolunteerState.ACTIVE: (_l("active"), "done"),
    VolunteerState.RESTING: (_l("resting"), "closed"),
}
SHIFT_STATES: dict[ShiftState, tuple[Lazy, str]] = {
    ShiftState.OFFERED: (_l("help offered"), "waiting"),
    ShiftState.AGREED: (_l("agreed"), "open"),
    ShiftState.REPORTED: (_l("hours reported"), "waiting"),
    ShiftState.APPROVED: (_l("hours approved"), "done"),
    ShiftState.DECLINED: (_l("declined"), "closed"),
    ShiftState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
REQUEST_STATES: dict[RequestState, tuple[Lazy, str]] = {
    RequestState.OPEN: (_l("to be looked at"), "waiting"),
    RequestState.ASKED: (_l("speaker asked"), "open"),
    RequestState.AGREED: (_l("speaker found"), "done"),
    RequestState.DECLINED: (_l("could not be met"), "closed"),
    RequestState.WITHDRAWN: (_l("withdrawn"), "closed"),
}
OFFER_STATES: dict[OfferState, tuple[Lazy, str]] = {
    OfferState.ASKED: (_l("asked"), "waiting"),
    OfferState.ACCEPTED: (_l("said yes"), "done"),
    OfferState.DECLINED: (_l("said no"), "closed"),
    OfferState.VOID: (_l("no longer needed"), "closed"),
}
ARTICLE_STATES: dict[ArticleState, tuple[Lazy, str]] = {
    ArticleState.REPORTED: (_l("to be confirmed"), "waiting"),
    ArticleState.CONFIRMED: (_l("confirmed"), "done"),
    ArticleState.DECLINED: (_l("does not count"), "closed"),
}
