"""News of this room. Each is sent inside the transaction of the change, with the Order as sender, ``actor`` and ``at``.

A selling room looks at ``order.lines`` for those whose ``seller`` is its own and leaves the rest alone.
"""

from blinker import Namespace

_payments = Namespace()

#: The whole price has come (or there was none): hand over what was sold. Sent once an order, and once more only
#: after an expired one was revived.
order_paid = _payments.signal("order-paid")
#: Given up before it was paid: let go of what was held for it.
order_cancelled = _payments.signal("order-cancelled")
#: Its due date passed unpaid: let go of what was held for it.
order_expired = _payments.signal("order-expired")
#: The price of a paid order was taken back, with ``refund``, ``whole`` (nothing of the order is left) and
#: ``line_ids`` (the lines it is about; empty: a sum of money only, unless ``whole``).
order_refunded = _payments.signal("order-refunded")
#: Late money wants to revive an expired order: a seller that can no longer deliver raises core.errors.Invalid, and
#: the money waits to be sent back.
order_reviving = _payments.signal("order-reviving")
#: Asks for which events' money the Viewer (the sender) may act as treasurer; a listener answers with a set of ids.
desks_asked = _payments.signal("desks-asked")
