"""Who may do what with orders: buyers with their own, treasurers with those of their till."""

from __future__ import annotations

from confsys.core.decisions import Decision, allow_if
from confsys.payments.standing import OrderStanding, TillStanding


def may_see_order(standing: OrderStanding) -> Decision:
    return allow_if(standing.is_buyer or standing.is_treasurer)


def may_pay_order(standing: OrderStanding) -> Decision:
    """Pay, claim a transfer, ask for an invoice, cancel: whoever ordered it."""
    return allow_if(standing.is_buyer)


def may_handle_order(standing: OrderStanding) -> Decision:
    """Confirm money, refund, record a 发票."""
    return allow_if(standing.is_treasurer)


def may_open_desk(standing: TillStanding) -> Decision:
    return allow_if(standing.everything or standing.events)
