"""Money in the reports: for treasurers of the till in question, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, url_for

from confsys.core.i18n import lazy_gettext as _l
from confsys.core.money import Money
from confsys.core.registry import ReportChart, ReportFigure, ReportPart, ReportScope
from confsys.payments import providers
from confsys.payments.queries.figures import Figures, of_span
from confsys.payments.standing import till_standing
from confsys.payments.states import FapiaoKind


def report(scope: ReportScope) -> Iterable[ReportPart]:
    event_id = scope.page.event.id if scope.page is not None else None
    if not till_standing(scope.viewer).covers(event_id):
        return
    settings = current_app.extensions["settings"]
    zone = ZoneInfo(settings.zone)
    first = datetime.combine(scope.first, time(), tzinfo=zone)
    last = datetime.combine(scope.last + timedelta(days=1), time(), tzinfo=zone)
    found = of_span(first, last, settings.currency, event_id=event_id, zone=settings.zone)
    yield ReportPart(
        "payments", _l("Money"), _figures(found, settings.currency), _charts(found, settings.currency), order=35,
        lead=_l("Sums of orders paid and money moved in this time; what is still to come is as of now."),
    )  # fmt: skip


def _figures(found: Figures, currency: str) -> list[ReportFigure]:
    orders, entries = url_for("payments.desk"), url_for("payments.ledger")

    def money(key: str, label: Any, minor: int, href: str) -> ReportFigure:
        return ReportFigure(f"payments.{key}", label, minor, href, kind="money", unit=currency)

    return [
        ReportFigure("payments.orders", _l("Orders paid"), found.orders, orders),
        money("fees", _l("Fees"), found.sold.get(FapiaoKind.FAPIAO, 0), orders),
        money("dues", _l("Dues"), found.sold.get(FapiaoKind.DUES_BILL, 0), orders),
        money("received", _l("Money received"), found.received, f"{entries}?q=kind:payment"),
        money("taken_back", _l("Prices taken back"), found.taken_back, f"{entries}?q=kind:credit"),
        money("sent_back", _l("Money sent back"), found.sent_back, f"{entries}?q=kind:refund"),
        money("open", _l("Still to be paid"), found.open, f"{orders}?q=state:open"),
    ]


def _charts(found: Figures, currency: str) -> list[ReportChart]:
    def whole(minor: int) -> float:
        return float(Money(minor, currency).amount)

    ways = sorted(found.by_provider, key=lambda key: -found.by_provider[key])
    charts = [
        ReportChart(
            "payments.months", _l("Money received by month"), [f"{y}-{m:02}" for y, m in found.by_month],
            [(currency, [whole(minor) for minor in found.by_month.values()])],
        ),
        ReportChart(
            "payments.ways", _l("Money received by way of paying"), [providers.named(key).label for key in ways],
            [(currency, [whole(found.by_provider[key]) for key in ways])], across=True,
        ),
    ]  # fmt: skip
    return [chart for chart in charts if chart.labels]
