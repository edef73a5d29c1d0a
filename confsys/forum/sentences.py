"""What the story says about the forum."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "forum.topic_proposed": _l("proposed the topic “%(title)s”"),
    "forum.topic_reworded": _l("reworded the topic “%(title)s”"),
    "forum.topic_withdrawn": _l("withdrew the topic “%(title)s”"),
    "forum.topic_decided": _l("decided about the topic “%(title)s”"),
    "forum.topic_became_track": _l("made a track of the topic “%(title)s”"),
    "forum.topic_became_event": _l("made a salon of the topic “%(title)s”"),
}
