"""What happened to memberships, as sentences; %(…)s are facts of the entry."""

from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, Lazy | str] = {
    "member.applied": _l("applied for membership (%(tier)s)"),
    "member.referee_replaced": _l("named another referee"),
    "member.vouched": _l("vouched for the applicant"),
    "member.not_vouched": _l("did not vouch for the applicant"),
    "member.to_office": _l("the application went to the office"),
    "member.application_withdrawn": _l("withdrew the application"),
    "member.approved": _l("approved the application"),
    "member.declined": _l("declined the application"),
    "member.due_opened": _l("opened dues"),
    "member.due_paid": _l("the dues were paid"),
    "member.due_voided": _l("cancelled the dues"),
    "member.joined": _l("became a member"),
    "member.prolonged": _l("the membership runs until %(until)s"),
    "member.term_reversed": _l("the term until %(until)s was taken back"),
    "member.class_changed": _l("changed to the class %(tier)s"),
    "member.consent": _l("changed what the directory shows"),
    "member.new_card": _l("took a new card"),
    "member.ended": _l("ended the membership"),
    "member.taken_up": _l("took the membership up again"),
    "member.branch": _l("moved to another branch"),
    "member.tier_created": _l("set up the class %(key)s"),
    "member.tier_edited": _l("changed the class %(key)s"),
}
