"""What counts as a clash, on small timetables and against a slow and simple count."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.programme.clashes import Activity, Block, Clash, Frame, Hall, find
from confsys.programme.states import ClashKind, SessionKind, Severity

ORAL = SessionKind.ORAL


def block(number: int, start: int, end: int, *people: str, room: int | None = 1, **given_: object) -> Block:
    activities = tuple(Activity(p.strip("?"), start, end, bound=not p.endswith("?")) for p in people)
    return Block(
        **{"id": number, "kind": ORAL, "start": start, "end": end, "room": room, "activities": activities, **given_}
    )


def kinds(*blocks: Block, **frame: object) -> list[tuple[ClashKind, tuple[int, ...]]]:
    return [(clash.kind, clash.sessions) for clash in find(blocks, Frame(**frame))]


def test_a_person_in_two_places() -> None:
    assert kinds(block(1, 0, 60, "ann"), block(2, 30, 90, "ann", room=2)) == [(ClashKind.PERSON, (1, 2))]


def test_the_end_is_not_part_of_an_interval() -> None:
    assert kinds(block(1, 0, 60, "ann"), block(2, 60, 90, "ann")) == []


def test_a_coauthor_is_milder_and_two_coauthors_are_nothing() -> None:
    (clash,) = find([block(1, 0, 60, "ann"), block(2, 0, 60, "ann?", room=2)], Frame())
    assert (clash.kind, clash.severity, clash.person) == (ClashKind.COAUTHOR, Severity.WARN, "ann")
    assert kinds(block(1, 0, 60, "ann?"), block(2, 0, 60, "ann?", room=2)) == []


def test_only_the_minutes_of_the_talk_bind_a_speaker() -> None:
    early = Block(1, ORAL, 0, 90, 1, activities=(Activity("ann", 0, 20),))
    late = Block(2, ORAL, 0, 90, 2, activities=(Activity("ann", 20, 40),))
    assert kinds(early, late) == []


def test_chairing_and_speaking_in_one_session_is_no_clash() -> None:
    both = Block(1, ORAL, 0, 90, 1, activities=(Activity("ann", 0, 90), Activity("ann", 0, 20)))
    assert kinds(both) == []


def test_a_room_holds_one_session_unless_it_is_a_hall_for_several() -> None:
    pair = (block(1, 0, 60), block(2, 59, 90))
    assert kinds(*pair) == [(ClashKind.ROOM, (1, 2))]
    assert kinds(*pair, halls={1: Hall(holds_several=True)}) == []


def test_three_at_once_are_three_pairs() -> None:
    found = kinds(block(1, 0, 60), block(2, 10, 60), block(3, 20, 60))
    assert found == [(ClashKind.ROOM, pair) for pair in ((1, 2), (1, 3), (2, 3))]


@pytest.mark.parametrize(
    ("wrong", "frame", "kind"),
    [
        (block(1, 0, 60), {"span": (10, 100)}, ClashKind.OUTSIDE),
        (block(1, 0, 60), {"halls": {1: Hall(open=((30, 90),))}}, ClashKind.ROOM_CLOSED),
        (block(1, 0, 60, "ann"), {"away": {"ann": ((50, 70),)}}, ClashKind.AWAY),
        (block(1, 0, 60, audience=51), {"halls": {1: Hall(capacity=50)}}, ClashKind.CAPACITY),
        (block(1, 0, 60, talk_minutes=61), {}, ClashKind.OVERFULL),
    ],
)
def test_what_is_wrong_with_one_session(wrong: Block, frame: dict, kind: ClashKind) -> None:
    assert kinds(wrong, **frame) == [(kind, (1,))]
    assert kinds(wrong, **frame, severities={kind: Severity.IGNORE}) == []


def test_just_fitting_is_fine() -> None:
    fits = block(1, 10, 70, "ann", audience=50, talk_minutes=60)
    frame = {"span": (10, 70), "halls": {1: Hall(50, open=((10, 70),))}, "away": {"ann": ((0, 10), (70, 80))}}
    assert kinds(fits, **frame) == []


def test_posters_hang_side_by_side() -> None:
    assert kinds(block(1, 0, 60, kind=SessionKind.POSTER, talk_minutes=600)) == []


def test_nothing_runs_beside_what_is_for_everybody_but_coffee() -> None:
    opening = block(1, 0, 60, room=None, kind=SessionKind.SOCIAL)
    coffee = block(2, 0, 60, kind=SessionKind.BREAK)
    assert kinds(opening, coffee) == []
    assert kinds(opening, block(3, 30, 90)) == [(ClashKind.PLENARY, (1, 3))]


def test_tracks_are_judged_only_when_asked() -> None:
    pair = (block(1, 0, 60, track=7), block(2, 0, 60, room=2, track=7))
    assert kinds(*pair) == []
    assert kinds(*pair, severities={ClashKind.TRACK: Severity.WARN}) == [(ClashKind.TRACK, (1, 2))]


def test_the_gravest_comes_first_and_one_session_can_be_asked_about() -> None:
    blocks = [block(1, 0, 60, "ann"), block(2, 0, 60, "ann", room=2), block(3, 0, 60, "bob", room=2)]
    frame = Frame(severities={ClashKind.ROOM: Severity.WARN, ClashKind.PERSON: Severity.BLOCK_MOVE})
    assert [clash.kind for clash in find(blocks, frame)] == [ClashKind.PERSON, ClashKind.ROOM]
    assert [clash.sessions for clash in find(blocks, frame, touching=3)] == [(2, 3)]


spans = st.tuples(st.integers(0, 40), st.integers(1, 12))
people = st.lists(st.sampled_from(["a", "b", "c", "d?", "a?"]), max_size=3, unique_by=lambda p: p.strip("?"))


@st.composite
def timetables(draw: st.DrawFn) -> list[Block]:
    drawn = draw(st.lists(st.tuples(spans, people, st.sampled_from([1, 2, None])), max_size=12))
    return [block(n, s, s + length, *who, room=room) for n, ((s, length), who, room) in enumerate(drawn)]


def slowly(blocks: list[Block]) -> set[tuple[ClashKind, tuple[int, int], str]]:
    found = set()
    for one, other in combinations(blocks, 2):
        if one.start >= other.end or other.start >= one.end:
            continue
        pair = (one.id, other.id)
        if one.room is not None and one.room == other.room:
            found.add((ClashKind.ROOM, pair, ""))
        if one.room is None or other.room is None:
            found.add((ClashKind.PLENARY, pair, ""))
        for a in one.activities:
            for b in other.activities:
                if a.person == b.person and (a.bound or b.bound):
                    kind = ClashKind.PERSON if a.bound and b.bound else ClashKind.COAUTHOR
                    found.add((kind, pair, a.person))
    return found


@given(timetables())
def test_the_sweep_finds_what_comparing_everything_finds(blocks: list[Block]) -> None:
    found: list[Clash] = find(blocks, Frame())
    assert {(clash.kind, clash.sessions, clash.person) for clash in found} == slowly(blocks)
    assert len(found) == len(slowly(blocks))


def test_buildings_take_time_to_walk_between() -> None:
    halls = {1: Hall(venue="Main"), 2: Hall(venue="Annex"), 3: Hall(venue="Main")}
    frame = {"halls": halls, "walking": {("Annex", "Main"): 15}}
    here = block(1, 0, 60, "ann", room=1)
    assert kinds(here, block(2, 70, 90, "ann", room=2), **frame) == [(ClashKind.WALK, (1, 2))]
    assert kinds(here, block(2, 75, 90, "ann", room=2), **frame) == []
    assert kinds(here, block(2, 60, 90, "ann", room=3), **frame) == []
    assert kinds(here, block(2, 60, 90, "ann?", room=2), **frame) == [], "a co-author need not hurry"
    (clash,) = find([here, block(2, 70, 90, "ann", room=2)], Frame(**frame))
    assert (clash.need, clash.have) == (15, 10)


def test_a_part_waits_for_the_one_before_it() -> None:
    first = block(1, 60, 120, room=1)
    assert kinds(first, block(2, 0, 60, room=2, after=1)) == [(ClashKind.ORDER, (1, 2))]
    assert kinds(first, block(2, 100, 150, room=2, after=1)) == [(ClashKind.ORDER, (1, 2))]
    assert kinds(first, block(2, 120, 150, room=2, after=1)) == []
    assert kinds(block(2, 0, 60, after=9)) == [], "what has no place yet is before nothing"
