"""What the story says about the forum."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "forum.topic_proposed": _l("proposed the topic “%(title)s”"),
    "forum.topic_reworded": _l("reworded the topic “%(title)s”"),
    "forum.topic_withdrawn": _l("withdrew the topic “%(title)s”"),
    "forum.topic_decided": _l("decided about the topic “%(title)s”"),
    "forum.topic_became_track": _l("made a track of the topic “%(title)s”"),
    "forum.topic_became_event": _l("made a salon of the topic “%(title)s”"),
    "forum.gathering_set": _l("set the question, host and scribe"),
    "forum.talk_offered": _l("offered to speak about “%(title)s”"),
    "forum.talk_changed": _l("changed the short talk “%(title)s”"),
    "forum.talk_withdrawn": _l("withdrew the short talk “%(title)s”"),
    "forum.talk_placed": _l("decided about the short talk “%(title)s”"),
    "forum.talk_moved": _l("moved the short talk “%(title)s” in the order"),
    "forum.minutes_written": _l("wrote at the minutes"),
    "forum.minutes_published": _l("published the minutes"),
    "forum.quote_asked": _l("asked %(who)s about their words in the minutes"),
    "forum.quote_answered": _l("answered about their words in the minutes"),
    "forum.quote_removed": _l("took words of %(who)s out of the minutes"),
    "forum.idea": _l("wrote down the idea “%(title)s”"),
    "forum.idea_moved": _l("changed the state of the idea “%(title)s”"),
    "forum.idea_removed": _l("took out the idea “%(title)s”"),
    "forum.seats_invited": _l("asked %(count)s people to the table"),
    "forum.statement": _l("sent a statement to the table"),
}
