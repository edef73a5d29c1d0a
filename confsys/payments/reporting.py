"""Money in the reports: for treasurers of the till in question, and for nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from flask import current_app

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.registry import ReportChart, ReportPart, ReportScope
from confsys.core.reporting import Col, Rows, span_of
from confsys.payments import providers
from confsys.payments.models import Order
from confsys.payments.queries.figures import Moved, Owed, Sold, Till
from confsys.payments.standing import till_standing
from confsys.payments.states import EntryKind, FapiaoKind
from confsys.payments.words import ENTRIES, FAPIAO_KINDS

ORDERS: list[Col[Order]] = [
    Col("paid", _l("Paid"), lambda o: o.paid_at, "date"),
    Col("total", _l("Price"), lambda o: o.total, "money"),
]
SOLD: list[Col[Sold]] = [
    Col("paid", _l("Paid"), lambda s: s.paid_at, "date"),
    Col("bill", _l("Document"), lambda s: FAPIAO_KINDS[s.bill]),
    Col("amount", _l("Amount"), lambda s: s.amount, "money"),
]
MOVED: list[Col[Moved]] = [
    Col("at", _l("When"), lambda m: m.at, "date"),
    Col("kind", _l("What"), lambda m: ENTRIES[m.kind]),
    Col("way", _l("Way of paying"), lambda m: providers.named(m.provider).label if m.provider else ""),
    Col("amount", _l("Amount"), lambda m: m.amount, "money"),
]
OWED: list[Col[Owed]] = [
    Col("placed", _l("Placed"), lambda o: o.placed_at, "date"),
    Col("due", _l("Due"), lambda o: o.due_at, "date"),
    Col("amount", _l("Amount"), lambda o: o.amount, "money"),
]


def report(scope: ReportScope) -> Iterable[ReportPart]:
    event_id = scope.page.event.id if scope.page is not None else None
    if not till_standing(scope.viewer).covers(event_id):
        return
    currency = current_app.extensions["settings"].currency
    till, span = Till(currency, event_id), span_of(scope)
    paid, moved = till.orders_paid(*span), till.moved(*span)
    orders = Rows("orders", _l("Orders paid"), paid, ORDERS)
    sold = Rows("sold", _l("What was sold"), till.sold(paid), SOLD)
    entries = Rows("entries", _l("Money moved"), moved, MOVED)
    owed = Rows("owed", _l("Still to be paid"), till.owed(), OWED)
    money = {"kind": "money", "unit": currency}
    yield ReportPart(
        "payments", _l("Money"),
        [
            orders.count("payments.orders", _l("Orders paid")),
            sold.total("payments.fees", _l("Fees"), "amount", lambda s: s.bill is FapiaoKind.FAPIAO, **money),
            sold.total("payments.dues", _l("Dues"), "amount", lambda s: s.bill is FapiaoKind.DUES_BILL, **money),
            entries.total("payments.received", _l("Money received"), "amount", _is(EntryKind.PAYMENT), **money),
            entries.total("payments.taken_back", _l("Prices taken back"), "amount", _is(EntryKind.CREDIT), **money),
            entries.total("payments.sent_back", _l("Money sent back"), "amount", _is(EntryKind.REFUND), **money),
            owed.total("payments.open", _l("Still to be paid"), "amount", **money),
        ],
        _charts([one for one in moved if one.kind is EntryKind.PAYMENT], currency), order=35,
        lead=_l("Sums of orders paid and money moved in this time; what is still to come is as of now."),
        rows=[orders.table(), sold.table(), entries.table(), owed.table()],
    )  # fmt: skip


def _is(kind: EntryKind) -> Callable[[Moved], bool]:
    return lambda moved: moved.kind is kind


def _charts(received: Sequence[Moved], currency: str) -> list[ReportChart]:
    zone = ZoneInfo(current_app.extensions["settings"].zone)
    months: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for one in received:
        months[f"{one.at.astimezone(zone):%Y-%m}"] += one.amount
        ways[one.provider] += one.amount

    def whole(minor: int) -> float:
        return float(Money(minor, currency).amount)

    by_month, by_way = sorted(months.items()), ways.most_common()
    return [
        ReportChart(
            "payments.months", _l("Money received by month"), [month for month, _sum in by_month],
            [(currency, [whole(minor) for _month, minor in by_month])],
        ),
        ReportChart(
            "payments.ways", _l("Money received by way of paying"),
            [providers.named(way).label for way, _sum in by_way],
            [(currency, [whole(minor) for _way, minor in by_way])], across=True,
        ),
    ]  # fmt: skip
