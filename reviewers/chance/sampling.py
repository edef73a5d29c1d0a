"""Drawing a whole assignment whose pairs come with exactly the given chances.

Chances are whole multiples of 2 to the -BITS. Bit by bit, from the smallest: the pairs whose bit is set form
a graph in which every paper and, with a dummy that takes up what a reviewer leaves free, every reviewer has
an even number of edges. It falls apart into closed walks of even length; along each, edges are rounded up
and down by turns, and a coin says which come first. So every pair keeps its chance, every paper its number
of reviews, and no reviewer exceeds a load, in every single draw.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from ..demand import Demand
from ..kinds import Floats, Ints
from .market import Market

BITS = 15
WHOLE = 1 << BITS
FINE = 10_000


def in_parts(market: Market, chance: Floats, cap: float) -> Ints | None:
    """The chances as multiples of 1/WHOLE that meet coverage and loads exactly; None when that needs more pairs.

    They are rounded down, and a flow hands the remainder to the best pairs that can take one more part or, where that
    is not enough, to any pair up to the cap (or one part above it, where the cap is no multiple of a part).
    """
    most = int(cap * WHOLE + 1e-9)
    level = _not_above(market, chance) * WHOLE + 1e-9
    for share in (1.0, 0.9, 0.5, 0.0):  # less of them leaves more to the flow, where searching the prices ended early
        parts = np.minimum(np.floor(share * level).astype(np.int64), most)
        for room in (np.minimum(1, most - parts), most - parts, np.minimum(WHOLE, most + 1) - parts):
            more = _handed_out(market, market.demand, parts, room)
            if more is not None:
                return parts + more
    return None


def _not_above(market: Market, chance: Floats) -> Floats:
    """The chances, made smaller where those of a reviewer or a paper sum to a hair more than they may."""
    for owner, most in ((market.reviewers, market.demand.most), (market.papers, market.demand.need)):
        sums = np.bincount(owner, chance, len(most))
        share = np.divide(most, sums, out=np.ones(len(most)), where=sums > most)
        chance = chance * share[owner]
    return chance


def _handed_out(market: Market, demand: Demand, parts: Ints, room: Ints) -> Ints | None:
    """What each pair takes of the remainder, within its room; None when it cannot be handed out."""
    papers, reviewers = len(demand.need), len(demand.most)
    given = np.bincount(market.papers, parts, papers).astype(np.int64)
    taken = np.bincount(market.reviewers, parts, reviewers).astype(np.int64)
    lacking, free = WHOLE * demand.need - given, WHOLE * demand.most - taken
    owed = np.maximum(0, WHOLE * demand.least - taken)
    sink, count = papers + reviewers, len(parts)
    if (lacking < 0).any() or (free < 0).any() or owed.sum() > lacking.sum():
        return None
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        market.papers.astype(np.int32),
        (market.reviewers + papers).astype(np.int32),
        room.astype(np.int64),
        -np.rint(market.score * FINE).astype(np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(papers, sink, dtype=np.int32),
        np.full(reviewers, sink, np.int32),
        free - owed,
        np.zeros(reviewers, np.int64),
    )
    supply = np.concatenate([lacking, -owed, [owed.sum() - lacking.sum()]])
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply.astype(np.int64))
    if solver.solve() != solver.OPTIMAL:
        return None
    return np.asarray(solver.flows(np.arange(count, dtype=np.int32)), np.int64)


def draw(market: Market, parts: Ints, seed: int) -> Ints:
    """Places of the drawn pairs in the market."""
    demand = market.demand
    papers, reviewers = len(demand.need), len(demand.most)
    taken = np.bincount(market.reviewers, parts, reviewers).astype(np.int64)
    left = np.concatenate([market.papers, np.full(reviewers, papers)])
    right = np.concatenate([market.reviewers, np.arange(reviewers)]) + papers + 1
    weight = np.concatenate([parts, WHOLE * demand.most - taken])
    coins = np.random.default_rng(seed)
    for _ in range(BITS):
        odd = np.flatnonzero(weight & 1)
        weight[odd] += _alternate(left[odd], right[odd], papers + 1 + reviewers, coins)
        weight >>= 1
    return np.flatnonzero(weight[: len(parts)])


def _alternate(left: Ints, right: Ints, nodes: int, coins: np.random.Generator) -> Ints:
    """+1 or -1 for each edge, along closed walks through all edges."""
    ends = np.concatenate([left, right])
    order = np.argsort(ends, kind="stable")
    start = np.searchsorted(ends[order], np.arange(nodes + 1)).tolist()
    edges = (order % max(1, len(left))).tolist()
    other = (left + right).tolist()
    used, place, sign = bytearray(len(left)), start[:-1], [0] * len(left)
    for first in range(len(left)):
        if used[first]:
            continue
        node = begin = int(left[first])
        turn = 1 if coins.random() < 0.5 else -1
        while True:
            at, end = place[node], start[node + 1]
            while at < end and used[edges[at]]:
                at += 1
            place[node] = at
            if at == end:
                break
            edge = edges[at]
            used[edge], sign[edge] = 1, turn
            turn, node = -turn, other[edge] - node
        if node != begin:
            raise AssertionError("every paper and reviewer has an even number of edges")
    return np.array(sign, np.int64)
