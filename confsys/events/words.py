"""What the closed sets of this room are called."""

from __future__ import annotations

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.events.states import (
    Blindness,
    CoHostKind,
    EventState,
    Feature,
    FieldAudience,
    FieldType,
    FormKind,
    GrantState,
    Mode,
    Role,
    StageKind,
)

STATES: dict[EventState, Lazy] = {
    EventState.DRAFT: _l("draft"),
    EventState.PUBLIC: _l("public"),
    EventState.ARCHIVED: _l("archived"),
}
STATE_TONES: dict[EventState, str] = {
    EventState.DRAFT: "draft",
    EventState.PUBLIC: "open",
    EventState.ARCHIVED: "closed",
}
MODES: dict[Mode, Lazy] = {
    Mode.IN_PERSON: _l("in person"),
    Mode.ONLINE: _l("online"),
    Mode.HYBRID: _l("in person and online"),
}
BLINDNESS: dict[Blindness, Lazy] = {
    Blindness.NONE: _l("open: authors and reviewers know each other"),
    Blindness.SINGLE: _l("single-blind: authors do not know reviewers"),
    Blindness.DOUBLE: _l("double-blind: nor do reviewers know authors"),
}
STAGES: dict[StageKind, Lazy] = {
    StageKind.TOPIC_CALL: _l("Call for topics"),
    StageKind.PROPOSALS: _l("Short proposals"),
    StageKind.CALL: _l("Call for papers"),
    StageKind.BIDDING: _l("Bidding"),
    StageKind.REVIEW: _l("Review"),
    StageKind.REBUTTAL: _l("Rebuttal"),
    StageKind.DISCUSSION: _l("Discussion"),
    StageKind.CAMERA_READY: _l("Camera-ready papers"),
    StageKind.REGISTRATION: _l("Registration"),
    StageKind.EVENT: _l("The event"),
}
#: What happens in a stage, for whoever sets its dates.
STAGE_SENTENCES: dict[StageKind, Lazy] = {
    StageKind.TOPIC_CALL: _l("Anybody with an account proposes topics."),
    StageKind.PROPOSALS: _l("People offer a few minutes to speak; the host orders them, nobody reviews."),
    StageKind.CALL: _l("Authors write, submit and change their papers."),
    StageKind.BIDDING: _l("Reviewers say which papers they would like to review."),
    StageKind.REVIEW: _l("Reviewers read and write their reviews."),
    StageKind.REBUTTAL: _l("Authors answer the reviews."),
    StageKind.DISCUSSION: _l("Reviewers and chairs discuss each paper."),
    StageKind.CAMERA_READY: _l("Authors of accepted papers upload the final version."),
    StageKind.REGISTRATION: _l("People register and pay."),
    StageKind.EVENT: _l("The days of the event itself."),
}
FEATURES: dict[Feature, Lazy] = {
    Feature.SUBMISSIONS: _l("Submissions"),
    Feature.REVIEWING: _l("Peer review"),
    Feature.PROGRAMME: _l("Programme"),
    Feature.REGISTRATION: _l("Registration"),
    Feature.PUBLISHING: _l("Proceedings"),
    Feature.EXCHANGE: _l("Exchange"),
    Feature.FORUM: _l("Forum"),
    Feature.AWARDS: _l("Awards"),
}
FEATURE_SENTENCES: dict[Feature, Lazy] = {
    Feature.SUBMISSIONS: _l("A call, a form, papers with authors and files."),
    Feature.REVIEWING: _l("A committee, conflicts, assignment, reviews, decisions."),
    Feature.PROGRAMME: _l("Rooms, sessions and a public timetable."),
    Feature.REGISTRATION: _l("Tickets, attendees, check-in."),
    Feature.PUBLISHING: _l("Camera-ready papers and a printed and online volume."),
    Feature.EXCHANGE: _l("Questions, discussion and feedback on the day."),
    Feature.FORUM: _l("Topics, salons, round tables, needs and demonstrations, as the event chooses."),
    Feature.AWARDS: _l("Nominations, a jury, winners with certificates; mentors for young authors."),
}
ROLES: dict[Role, Lazy] = {
    Role.ORGANISER: _l("Organiser"),
    Role.CHAIR: _l("Programme chair"),
    Role.TRACK_CHAIR: _l("Track chair"),
    Role.REVIEWER: _l("Reviewer"),
    Role.PROGRAMME_MANAGER: _l("Programme manager"),
    Role.PUBLICATION_CHAIR: _l("Publication chair"),
    Role.EDITOR: _l("Editor-in-chief"),
    Role.TREASURER: _l("Treasurer"),
    Role.HELPER: _l("Helper"),
    Role.SEAT: _l("Seat at the table"),
}
ROLE_SENTENCES: dict[Role, Lazy] = {
    Role.ORGANISER: _l("Runs the event: settings, dates, people, site. Sees papers, not who reviewed them."),
    Role.CHAIR: _l("Leads the review: committee, assignment, decisions."),
    Role.TRACK_CHAIR: _l("Leads the review of one track."),
    Role.REVIEWER: _l("Reads papers and writes reviews."),
    Role.PROGRAMME_MANAGER: _l("Makes the timetable."),
    Role.PUBLICATION_CHAIR: _l("Gathers camera-ready papers and builds the volume."),
    Role.EDITOR: _l("Answers for the volume: nothing is published without this signature."),
    Role.TREASURER: _l("Looks after fees and payments."),
    Role.HELPER: _l("Helps on the day."),
    Role.SEAT: _l("Sits at the round table: sends a statement before, takes part, agrees to the summary."),
}
#: The headings of the committees page.
COMMITTEES: dict[Role, Lazy] = {
    Role.ORGANISER: _l("Organising committee"),
    Role.CHAIR: _l("Programme chairs"),
    Role.TRACK_CHAIR: _l("Track chairs"),
    Role.REVIEWER: _l("Reviewers"),
    Role.PROGRAMME_MANAGER: _l("Programme"),
    Role.PUBLICATION_CHAIR: _l("Proceedings"),
    Role.EDITOR: _l("Editors-in-chief"),
    Role.TREASURER: _l("Treasurer"),
    Role.HELPER: _l("Local team"),
    Role.SEAT: _l("At the table"),
}
CO_HOSTS: dict[CoHostKind, Lazy] = {
    CoHostKind.HOST: _l("Host"),
    CoHostKind.ORGANISER: _l("Organised by"),
    CoHostKind.CO_ORGANISER: _l("Co-organised by"),
    CoHostKind.SUPPORTER: _l("Supported by"),
}
GRANT_STATES: dict[GrantState, Lazy] = {
    GrantState.INVITED: _l("invited"),
    GrantState.ACTIVE: _l("accepted"),
    GrantState.DECLINED: _l("declined"),
    GrantState.WITHDRAWN: _l("withdrawn"),
}
GRANT_TONES: dict[GrantState, str] = {
    GrantState.INVITED: "waiting",
    GrantState.ACTIVE: "done",
    GrantState.DECLINED: "closed",
    GrantState.WITHDRAWN: "closed",
}
FORMS: dict[FormKind, Lazy] = {
    FormKind.SUBMISSION: _l("Submission form"),
    FormKind.REVIEW: _l("Review form"),
    FormKind.REGISTRATION: _l("Registration form"),
}
FIELD_TYPES: dict[FieldType, Lazy] = {
    FieldType.TEXT: _l("one line of text"),
    FieldType.LONG_TEXT: _l("long text"),
    FieldType.CHOICE: _l("one of several choices"),
    FieldType.CHOICES: _l("any of several choices"),
    FieldType.SCORE: _l("a score on a scale"),
    FieldType.NUMBER: _l("a number"),
    FieldType.CHECK: _l("a box to tick"),
    FieldType.COUNTRY: _l("a country"),
}
AUDIENCES: dict[FieldAudience, Lazy] = {
    FieldAudience.AUTHORS: _l("authors, reviewers and chairs"),
    FieldAudience.REVIEWERS: _l("reviewers and chairs"),
    FieldAudience.CHAIRS: _l("chairs only"),
}
