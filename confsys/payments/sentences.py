"""What happened at the till, in words."""

from confsys.core.i18n import lazy_gettext as _l

SENTENCES = {
    "payments.placed": _l("placed order %(order)s"),
    "payments.paid": _l("order %(order)s is paid"),
    "payments.cancelled": _l("cancelled order %(order)s"),
    "payments.expired": _l("order %(order)s expired unpaid"),
    "payments.extended": _l("gave order %(order)s more time"),
    "payments.billed_to": _l("changed who the invoice of order %(order)s names"),
    "payments.started": _l("began to pay order %(order)s"),
    "payments.claimed": _l("announced a transfer for order %(order)s"),
    "payments.received": _l("money came for order %(order)s"),
    "payments.rejected": _l("found no money for order %(order)s"),
    "payments.revived": _l("late money revived order %(order)s"),
    "payments.too_late": _l("money for order %(order)s came too late"),
    "payments.other_currency": _l("money in another currency came for order %(order)s"),
    "payments.refund_decided": _l("decided to send money of order %(order)s back"),
    "payments.refund_sent": _l("money of order %(order)s was sent back"),
    "payments.refund_failed": _l("money of order %(order)s could not be sent back by the provider"),
    "payments.fapiao_requested": _l("asked for a fapiao for order %(order)s"),
    "payments.fapiao_issued": _l("recorded the fapiao of order %(order)s"),
    "payments.fapiao_declined": _l("declined a fapiao for order %(order)s"),
    "payments.fapiao_reversed": _l("recorded the reversal of the fapiao of order %(order)s"),
}
