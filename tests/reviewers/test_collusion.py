"""Arranged bids stand out; honest ones do not."""

import numpy as np

from reviewers.collusion import suspicious

PAPERS = 100
AUTHORS = [(paper, paper) for paper in range(PAPERS)]


def honest(seed: int = 1) -> list[tuple[int, int]]:
    dice = np.random.default_rng(seed)
    return [(p, r) for r in range(20, PAPERS) for p in dice.choice(PAPERS, 10, replace=False).tolist() if p != r]


def kinds(found: list) -> set[tuple[str, tuple[int, ...]]]:
    return {(finding.kind, finding.people) for finding in found}


def test_two_with_few_bids_on_each_other() -> None:
    found = suspicious([(1, 0), (0, 1), *honest()], AUTHORS, PAPERS)
    assert (found[0].kind, found[0].people, found[0].papers) == ("mutual", (0, 1), (0, 1))


def test_a_ring_of_three_and_a_group_of_five() -> None:
    ring = suspicious([(1, 0), (2, 1), (0, 2)], AUTHORS, PAPERS)
    assert kinds(ring) == {("ring", (0, 1, 2))}
    group = [(a, b) for a in range(5) for b in range(5) if a != b]
    assert ("group", (0, 1, 2, 3, 4)) in kinds(suspicious([*group, *honest()], AUTHORS, PAPERS))


def test_bids_gathered_on_one_author() -> None:
    authors = [*AUTHORS, (10, 99), (11, 99), (12, 99)]
    assert ("target", (0, 99)) in kinds(suspicious([(10, 0), (11, 0), (12, 0)], authors, PAPERS))


def test_bids_far_from_the_own_writing() -> None:
    near = {(paper, 0): paper / PAPERS for paper in range(PAPERS)}
    found = suspicious([(1, 0), (2, 0), (3, 0), (90, 0)], AUTHORS, PAPERS, near)
    assert [(f.kind, f.papers) for f in found if f.kind == "far"] == [("far", (1, 2, 3))]


def test_honest_bids_are_let_be() -> None:
    assert suspicious(honest(7), AUTHORS, PAPERS) == []
    assert suspicious([], [], 0) == []
