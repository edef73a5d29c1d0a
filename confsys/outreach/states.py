"""Closed sets of outreach, and which change of state may follow which."""

import enum


class ActivityKind(enum.StrEnum):
    """What the statistics of popular science count apart."""

    LECTURE = "lecture"
    EXHIBITION = "exhibition"
    WORKSHOP = "workshop"
    OPEN_LAB = "open_lab"
    COMPETITION = "competition"
    CONSULTATION = "consultation"
    TRAINING = "training"
    BROADCAST = "broadcast"


class ActivityState(enum.StrEnum):
    DRAFT = "draft"
    PUBLIC = "public"
    CANCELLED = "cancelled"
    HELD = "held"


#: from -> allowed next states. What was held stays held; its report may be corrected.
ACTIVITY_TRANSITIONS: dict[ActivityState, frozenset[ActivityState]] = {
    ActivityState.DRAFT: frozenset({ActivityState.PUBLIC, ActivityState.CANCELLED}),
    ActivityState.PUBLIC: frozenset({ActivityState.CANCELLED, ActivityState.HELD}),
    ActivityState.CANCELLED: frozenset(),
    ActivityState.HELD: frozenset(),
}


class TargetGroup(enum.StrEnum):
    YOUTH = "youth"
    FARMERS = "farmers"
    WORKERS = "workers"
    ELDERLY = "elderly"
    OFFICIALS = "officials"
    PUBLIC = "public"


class ThemeDay(enum.StrEnum):
    """Days and weeks on which the public expects science."""

    SCIENCE_WEEK = "science_week"  # 科技活动周, May
    WORKERS_DAY = "workers_day"  # 全国科技工作者日, 30 May
    SCIENCE_MONTH = "science_month"  # 全国科普月, September
    EARTH_DAY = "earth_day"
    ENVIRONMENT_DAY = "environment_day"
    DISASTER_DAY = "disaster_day"  # 全国防灾减灾日, 12 May
    SAFETY_MONTH = "safety_month"  # 安全生产月, June
    HEALTH_DAY = "health_day"


class BookingState(enum.StrEnum):
    PLACED = "placed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class VolunteerState(enum.StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    RESTING = "resting"


class ShiftState(enum.StrEnum):
    """A volunteer offers help, the office agrees; afterwards hours are reported and approved."""

    OFFERED = "offered"
    AGREED = "agreed"
    REPORTED = "reported"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


SHIFT_TRANSITIONS: dict[ShiftState, frozenset[ShiftState]] = {
    ShiftState.OFFERED: frozenset({ShiftState.AGREED, ShiftState.DECLINED, ShiftState.WITHDRAWN}),
    ShiftState.AGREED: frozenset({ShiftState.REPORTED, ShiftState.WITHDRAWN}),
    ShiftState.REPORTED: frozenset({ShiftState.APPROVED, ShiftState.DECLINED}),
    ShiftState.APPROVED: frozenset(),
    ShiftState.DECLINED: frozenset(),
    ShiftState.WITHDRAWN: frozenset({ShiftState.OFFERED}),
}


class RequestState(enum.StrEnum):
    OPEN = "open"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OfferState(enum.StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    VOID = "void"


class ArticleState(enum.StrEnum):
    """A member records an article; the office confirms that it is one, or says why not."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class MediumKind(enum.StrEnum):
    """What is shown of an activity beside its words."""

    PICTURE = "picture"
    MATERIAL = "material"
    LINK = "link"
