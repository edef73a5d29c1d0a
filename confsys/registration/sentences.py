"""What the story says about registrations."""

from __future__ import annotations

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "registration.basket_opened": _l("began to register; places held: %(count)s"),
    "registration.described": _l("filled in who comes; places: %(count)s"),
    "registration.basket_left": _l("gave a basket up"),
    "registration.registered": _l("registered %(name)s"),
    "registration.confirmed": _l("%(name)s has a paid place"),
    "registration.let_go": _l("let go of the unpaid place of %(name)s"),
    "registration.ended": _l("ended the place of %(name)s; its price was taken back"),
    "registration.extra_ended": _l("took “%(ticket)s” back from %(name)s"),
    "registration.extras_added": _l("booked something besides for %(name)s"),
    "registration.changed": _l("changed the details of %(name)s"),
    "registration.claimed": _l("%(name)s took a place over"),
    "registration.handed_on": _l("handed the place of %(name)s on to %(other)s"),
    "registration.given_up": _l("gave up the place of %(name)s"),
    "registration.proof_accepted": _l("accepted the proof for the student price of %(name)s"),
    "registration.proof_refused": _l("refused the proof for the student price of %(name)s"),
    "registration.checked_in": _l("checked in %(name)s"),
    "registration.certified": _l("issued a certificate of attendance to %(name)s"),
    "registration.badges_asked": _l("had badges made: %(count)s"),
    "registration.badges_gone": _l("threw a sheet of badges away: %(count)s"),
    "registration.ticket_saved": _l("saved the ticket %(ticket)s"),
    "registration.voucher_saved": _l("saved the voucher %(code)s"),
    "registration.waits": _l("joined the waiting list for %(ticket)s"),
    "registration.stepped_out": _l("left the waiting list for %(ticket)s"),
    "registration.offered": _l("%(name)s was offered a place that came free"),
    "registration.offer_over": _l("%(name)s did not take the offered place"),
}
