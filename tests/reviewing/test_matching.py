"""The pure part between peer review and the engine."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from confsys.reviewing.matching.material import Material, Paper, Parameters, Reviewer
from confsys.reviewing.matching.problem import kept
from confsys.reviewing.matching.scores import Voices, Weights, common_topics
from confsys.reviewing.matching.solution import Solution, solve
from confsys.reviewing.states import AssignmentState, BidValue

topics = st.frozensets(st.integers(1, 4), max_size=3)


@given(topics, topics)
def test_common_topics_are_between_none_and_all(a: frozenset[int], b: frozenset[int]) -> None:
    share = common_topics(a, b)
    assert 0 <= share <= 1 + 1e-9
    assert share == common_topics(b, a)
    assert (share > 0) == bool(a & b)


def test_a_wish_lifts_and_unwillingness_lowers() -> None:
    silent = Voices(text=0.4, topics=0.5)
    weights = Weights()
    by_bid = [Voices(0.4, 0.5, bid).score(weights) for bid in (BidValue.RATHER_NOT, None, BidValue.CAN, BidValue.WANT)]
    assert by_bid == sorted(by_bid)
    assert silent.score(weights) == by_bid[1]
    assert Voices().score(weights) == 0


@st.composite
def materials(draw: st.DrawFn) -> Material:
    papers = tuple(Paper(i, i, topics=draw(topics)) for i in range(1, draw(st.integers(1, 5)) + 1))
    people = tuple(
        Reviewer(100 + i, draw(st.none() | st.integers(0, 4)), topics=draw(topics))
        for i in range(draw(st.integers(1, 5)))
    )
    pairs = st.tuples(st.sampled_from([p.id for p in papers]), st.sampled_from([r.id for r in people]))
    return Material(
        papers, people, barred=draw(st.frozensets(pairs, max_size=4)), refused=draw(st.frozensets(pairs, max_size=3)),
        bids=draw(st.dictionaries(pairs, st.sampled_from(BidValue), max_size=6)),
        present=draw(st.dictionaries(pairs, st.sampled_from(list(AssignmentState)[:2]), max_size=4)),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(materials(), st.integers(1, 2), st.integers(1, 3), st.booleans())
def test_no_solution_breaks_a_rule(material: Material, coverage: int, load: int, keep: bool) -> None:
    parameters = Parameters(coverage=coverage, load=load, keep_proposals=keep)
    solution = solve(material, parameters)
    stands = set(kept(material, parameters))
    if not solution.is_feasible:
        assert not solution.pairs
        return
    pairs = set(solution.pairs)
    assert stands <= pairs
    assert not pairs & material.barred
    assert not (pairs - stands) & material.refused
    for paper in material.papers:
        wanted = max(coverage, len([p for p, _ in stands if p == paper.id]))
        assert len([p for p, _ in pairs if p == paper.id]) == wanted
    for reviewer in material.reviewers:
        limit = load if reviewer.load is None else reviewer.load
        carried = len([r for _, r in pairs if r == reviewer.id])
        assert carried <= max(limit, len([r for _, r in stands if r == reviewer.id]))
    assert solution.total <= solution.bound + 1e-6


@settings(deadline=None, max_examples=30)
@given(materials())
def test_a_solution_survives_its_keeping(material: Material) -> None:
    solution = solve(material, Parameters(coverage=1, load=2))
    assert Solution.of(json.loads(json.dumps(solution.as_dict()))) == solution


def test_parameters_survive_their_keeping() -> None:
    parameters = Parameters(4, 7, Weights(0.1, 0.2, 0.7), True, {1: 2}, {5: 9})
    assert Parameters.of(json.loads(json.dumps(parameters.as_dict()))) == parameters
