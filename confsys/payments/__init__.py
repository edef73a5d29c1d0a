"""Orders and money. Sells anything and knows not what.

A selling room (members, registration, publishing …) places an order; the buyer pays it through one of the
providers; the selling room hears of it by a signal and recognises its own lines.

    from confsys.payments.operations import orders
    from confsys.payments.operations.orders import NewLine

    order = orders.place(
        person.id, [NewLine(LocalizedText("Dues 2027", "2027年度会费"), 200_00, seller="members", reference="term:17")],
        currency="CNY", due_at=at + timedelta(days=30), actor=actor, at=at,
    )
    return back("payments.order", code=order.code)            # the buyer chooses how to pay there

Signals (``payments.signals``) are sent inside the transaction of the change, so what the listener writes is kept or
lost together with it. See ``docs/architecture.md``, "Money".
"""
