"""What this room brings into the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import url_for

from confsys.core.i18n import gettext as _
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.registry import Card, Feature, NavItem, Section
from confsys.core.viewer import Viewer
from confsys.payments import jobs as _jobs
from confsys.payments.queries import desk, orders
from confsys.payments.reporting import report
from confsys.payments.rules import may_open_desk
from confsys.payments.sample import tell
from confsys.payments.sentences import SENTENCES
from confsys.payments.standing import till_standing
from confsys.payments.states import FapiaoKind, OrderState
from confsys.payments.views import bp
from confsys.payments.words import ORDER


def society(viewer: Viewer) -> Iterable[NavItem]:
    if may_open_desk(till_standing(viewer)):
        yield NavItem(_l("Treasury"), url_for("payments.desk"), "payments.desk", order=80)


def home(viewer: Viewer, at: datetime) -> Iterable[Section]:
    """What is to be paid, and, for a treasurer, what waits at the desk."""
    due = [order for order in orders.of_buyer(viewer) if order.state is OrderState.OPEN]
    if due:
        cards = [
            Card(
                title=_("Order %(code)s", code=order.code), href=url_for("payments.order", code=order.code),
                state=str(ORDER[order.state][0]), state_tone="waiting", due=order.due_at,
                button=_("Pay"), button_href=url_for("payments.order", code=order.code) + "#pay",
                facts=[order.price.format(viewer.locale)],
            )
            for order in due
        ]  # fmt: skip
        yield Section("orders", _l("To be paid"), cards, order=12, more_href=url_for("payments.mine"))
    standing = till_standing(viewer)
    if may_open_desk(standing):
        requests, asked = desk.count_requests(standing), "state:requested"
        waiting = [
            (_("Transfers to confirm"), len(desk.transfers(standing)), url_for("payments.desk")),
            (
                _("Money to send back"),
                len(desk.refunds_to_send(standing)) + len(desk.overpaid(standing)),
                url_for("payments.desk"),
            ),
            (_("Fapiao requests"), requests[FapiaoKind.FAPIAO], url_for("payments.fapiao_list", q=asked)),
            (_("Requests for dues bills"), requests[FapiaoKind.DUES_BILL], url_for("payments.dues_bills", q=asked)),
        ]
        found = [
            Card(title=title, href=href, state=str(count), state_tone="waiting", button=_("Open"), button_href=href)
            for title, count, href in waiting
            if count
        ]
        yield Section("treasury", _l("Treasury"), found, order=25, empty=_l("Nothing waits for the treasurer."),
                      more_href=url_for("payments.desk"))  # fmt: skip


feature = Feature(
    name="payments", blueprints=[bp], society=society, home=home, report=report, sample=tell, sentences=SENTENCES,
    constraints={
        "uq_fapiao_request_number": _l("This number is recorded already."),
        "uq_payment_external": _l("This payment is recorded already."),
    },
)  # fmt: skip
__all__ = ["_jobs", "feature"]
