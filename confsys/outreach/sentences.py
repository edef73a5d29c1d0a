"""What the story says about outreach."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "outreach.plan": _l("planned the activity “%(title)s”"),
    "outreach.change": _l("changed the activity “%(title)s”"),
    "outreach.announce": _l("announced the activity “%(title)s”"),
    "outreach.call_off": _l("cancelled the activity “%(title)s”"),
    "outreach.held": _l("wrote the report of the activity “%(title)s”"),
    "outreach.book": _l("signed up %(size)s for “%(title)s”"),
    "outreach.give_back": _l("gave back %(size)s places at “%(title)s”"),
    "outreach.check_in": _l("checked in %(arrived)s at the door"),
    "outreach.feedback": _l("told how “%(title)s” was"),
    "outreach.forget": _l("took the names out of %(count)s bookings"),
    "outreach.volunteer_joined": _l("told what they offer as a volunteer"),
    "outreach.volunteer_state": _l("changed a volunteer's state to %(state)s"),
    "outreach.help_offered": _l("offered help at “%(title)s”"),
    "outreach.help_answered": _l("answered an offer of help at “%(title)s”"),
    "outreach.help_withdrawn": _l("withdrew help at “%(title)s”"),
    "outreach.hours_reported": _l("reported hours at “%(title)s”"),
    "outreach.hours_approved": _l("approved hours at “%(title)s”"),
    "outreach.certified": _l("certified %(hours)s hours of %(name)s (%(number)s)"),
    "outreach.speaker": _l("told what they speak about"),
    "outreach.request": _l("asked for a speaker (request %(code)s)"),
    "outreach.ask_speaker": _l("asked a speaker for request %(code)s"),
    "outreach.accept": _l("agreed to speak for request %(code)s"),
    "outreach.decline": _l("declined to speak for request %(code)s"),
    "outreach.request_declined": _l("could not meet request %(code)s"),
}
