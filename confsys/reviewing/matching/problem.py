"""From what is known to a problem of the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from confsys.reviewing.matching.material import Material, Pair, Parameters
from confsys.reviewing.matching.scores import Voices, common_topics
from confsys.reviewing.states import AssignmentState

if TYPE_CHECKING:
    from reviewers import Instance
    from reviewers.kinds import Ints


def kept(material: Material, parameters: Parameters) -> list[Pair]:
    """Pairs that stand whatever is computed: the released ones, and proposals when the chair keeps them.

    One whose reviewer must keep away by now, or no longer serves, is not among them.
    """
    papers, people = {paper.id for paper in material.papers}, {reviewer.id for reviewer in material.reviewers}
    stands = {AssignmentState.RELEASED}
    if parameters.keep_proposals:
        stands.add(AssignmentState.PROPOSED)
    return sorted(
        pair
        for pair, state in material.present.items()
        if state in stands and pair not in material.barred and pair[0] in papers and pair[1] in people
    )


def pair_scores(material: Material, parameters: Parameters) -> dict[Pair, float]:
    """Scores of the pairs something speaks for or against; every other pair scores zero."""
    found: dict[Pair, Voices] = {}
    topics = dict(_topics(material))
    for pair in {*material.text, *material.bids, *topics}:
        found[pair] = Voices(material.text.get(pair, 0.0), topics.get(pair, 0.0), material.bids.get(pair))
    scores = {pair: voices.score(parameters.weights) for pair, voices in found.items()}
    return {pair: score for pair, score in scores.items() if score}


def _topics(material: Material) -> Iterator[tuple[Pair, float]]:
    at_home = defaultdict(list)
    for reviewer in material.reviewers:
        for topic in reviewer.topics:
            at_home[topic].append(reviewer)
    for paper in material.papers:
        near = {reviewer for topic in paper.topics for reviewer in at_home[topic]}
        for reviewer in near:
            yield (paper.id, reviewer.id), common_topics(paper.topics, reviewer.topics)


def _other_tracks(material: Material) -> Iterator[Pair]:
    """Pairs that the tracks of reviewers exclude."""
    for reviewer in material.reviewers:
        if reviewer.tracks:
            yield from ((p.id, reviewer.id) for p in material.papers if p.track_id not in reviewer.tracks)


def instance(material: Material, parameters: Parameters) -> Instance:
    """The problem for ``reviewers.assign``. Ids are those of submissions and people."""
    # The engine loads OR-Tools: kept out of the web's start.
    from reviewers import Rules, build, sparse_by_id  # noqa: PLC0415
    from reviewers.kinds import pairs  # noqa: PLC0415
    from reviewers.topup import top_up  # noqa: PLC0415

    papers = [paper.id for paper in material.papers]
    people = [reviewer.id for reviewer in material.reviewers]
    row, column = {p: n for n, p in enumerate(papers)}, {r: n for n, r in enumerate(people)}

    def known(given: Iterable[Pair]) -> list[Pair]:
        return sorted(pair for pair in given if pair[0] in row and pair[1] in column)

    def places(given: Iterable[Pair]) -> Ints:
        return pairs([(row[p], column[r]) for p, r in known(given)])

    stands = kept(material, parameters)
    found = pair_scores(material, parameters)
    scores: dict[tuple[str | int, str | int], float] = {pair: found[pair] for pair in known(found)}
    base = build(
        papers, people, sparse_by_id(papers, people, scores, fill=0.0),
        coverage={p: max(0, parameters.coverage_for(p) - material.outside.get(p, 0)) for p in papers},
        load_max={r.id: parameters.load_for(r) for r in material.reviewers},
        conflicts=known(material.barred), forbidden=known({*_other_tracks(material)} - {*stands}),
        authorship=known(material.wrote),
        senior=[reviewer.id for reviewer in material.reviewers if reviewer.is_senior],
        groups={"organisation": {r.id: map(str, sorted(r.organisations)) for r in material.reviewers}},
        rules=Rules(
            seniors=parameters.seniors, cycles=2 if parameters.no_returns else 0,
            limits={"organisation": 1} if parameters.one_organisation else {},
        ),
    )  # fmt: skip
    return top_up(base, places(stands), declined=places(material.refused - {*stands}))
