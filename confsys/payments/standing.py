"""What a viewer is to the tills and to one order. Computed once a request."""

from __future__ import annotations

from dataclasses import dataclass, field

from confsys.core.once import once_a_request
from confsys.core.viewer import Viewer
from confsys.payments.models import Order
from confsys.payments.signals import desks_asked


@dataclass(frozen=True, slots=True)
class TillStanding:
    """Whose money a viewer handles as treasurer: everybody's (the society's treasurer), or that of some events."""

    viewer: Viewer
    everything: bool = False
    events: frozenset[int] = field(default_factory=frozenset)

    def covers(self, event_id: int | None) -> bool:
        return self.everything or event_id in self.events


@dataclass(frozen=True, slots=True)
class OrderStanding:
    viewer: Viewer
    is_buyer: bool
    is_treasurer: bool


@once_a_request
def till_standing(viewer: Viewer) -> TillStanding:
    if not viewer.signed_in or not viewer.complete:
        return TillStanding(viewer)
    if "treasurer" in viewer.site_roles:
        return TillStanding(viewer, everything=True)
    answers = desks_asked.send(viewer)
    return TillStanding(viewer, events=frozenset().union(*(found for _listener, found in answers if found)))


def order_standing(viewer: Viewer, order: Order) -> OrderStanding:
    own = viewer.signed_in and order.buyer_id == viewer.person_id
    return OrderStanding(viewer, own, till_standing(viewer).covers(order.event_id))
