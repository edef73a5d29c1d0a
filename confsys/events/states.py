"""Closed sets of the events room, and which change of state may follow which."""

import enum


class EventState(enum.StrEnum):
    DRAFT = "draft"
    PUBLIC = "public"
    ARCHIVED = "archived"


#: from -> allowed next states
EVENT_TRANSITIONS: dict[EventState, frozenset[EventState]] = {
    EventState.DRAFT: frozenset({EventState.PUBLIC}),
    EventState.PUBLIC: frozenset({EventState.DRAFT, EventState.ARCHIVED}),
    EventState.ARCHIVED: frozenset({EventState.PUBLIC}),
}


class Mode(enum.StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Blindness(enum.StrEnum):
    """Who does not know whom during review."""

    NONE = "none"
    SINGLE = "single"  # authors do not know reviewers
    DOUBLE = "double"  # nor reviewers authors


class StageKind(enum.StrEnum):
    TOPIC_CALL = "topic_call"
    PROPOSALS = "proposals"
    CALL = "call"
    BIDDING = "bidding"
    REVIEW = "review"
    REBUTTAL = "rebuttal"
    DISCUSSION = "discussion"
    CAMERA_READY = "camera_ready"
    REGISTRATION = "registration"
    EVENT = "event"


class Feature(enum.StrEnum):
    """Rooms that an event may do without. One that is off is not in the menu and answers 404."""

    SUBMISSIONS = "submissions"
    REVIEWING = "reviewing"
    PROGRAMME = "programme"
    REGISTRATION = "registration"
    PUBLISHING = "publishing"
    EXCHANGE = "exchange"
    FORUM = "forum"
    AWARDS = "awards"


#: The room that a stage belongs to; a stage that is not named here belongs to the event itself.
STAGE_ROOMS: dict[StageKind, Feature] = {
    StageKind.TOPIC_CALL: Feature.FORUM,
    StageKind.PROPOSALS: Feature.FORUM,
    StageKind.CALL: Feature.SUBMISSIONS,
    StageKind.BIDDING: Feature.REVIEWING,
    StageKind.REVIEW: Feature.REVIEWING,
    StageKind.REBUTTAL: Feature.REVIEWING,
    StageKind.DISCUSSION: Feature.REVIEWING,
    StageKind.CAMERA_READY: Feature.PUBLISHING,
    StageKind.REGISTRATION: Feature.REGISTRATION,
}


class Role(enum.StrEnum):
    """What a person does for an event."""

    ORGANISER = "organiser"
    CHAIR = "chair"
    TRACK_CHAIR = "track_chair"
    REVIEWER = "reviewer"
    PROGRAMME_MANAGER = "programme_manager"
    PUBLICATION_CHAIR = "publication_chair"
    EDITOR = "editor"  # in chief: answers for what is published
    TREASURER = "treasurer"
    HELPER = "helper"
    SEAT = "seat"  # at a round table


class CoHostKind(enum.StrEnum):
    """How an organisation carries an event, in the order in which they are named."""

    HOST = "host"  # 主办
    ORGANISER = "organiser"  # 承办
    CO_ORGANISER = "co_organiser"  # 协办
    SUPPORTER = "supporter"  # 支持


class GrantState(enum.StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


GRANT_TRANSITIONS: dict[GrantState, frozenset[GrantState]] = {
    GrantState.INVITED: frozenset({GrantState.ACTIVE, GrantState.DECLINED, GrantState.WITHDRAWN}),
    GrantState.ACTIVE: frozenset({GrantState.WITHDRAWN}),
    GrantState.DECLINED: frozenset({GrantState.INVITED}),
    GrantState.WITHDRAWN: frozenset({GrantState.INVITED}),
}


class FormKind(enum.StrEnum):
    SUBMISSION = "submission"
    REVIEW = "review"
    REGISTRATION = "registration"


class FieldType(enum.StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    SCORE = "score"
    NUMBER = "number"
    CHECK = "check"
    COUNTRY = "country"


class FieldAudience(enum.StrEnum):
    """Who reads a field of the review form."""

    CHAIRS = "chairs"
    REVIEWERS = "reviewers"
    AUTHORS = "authors"
