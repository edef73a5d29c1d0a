"""Every assignment as a table to take away, and rows of such a table understood again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from confsys.accounts.models import EmailAddress, Person
from confsys.core.db import db
from confsys.core.i18n import Lazy
from confsys.core.i18n import lazy_gettext as _l
from confsys.core.names import PersonName
from confsys.events.standing import EventStanding
from confsys.reviewing.matching.material import Pair
from confsys.reviewing.models import Assignment, Review
from confsys.reviewing.queries.material import reviewers
from confsys.reviewing.queries.scope import LIVE, chaired_ids, kept_away_pairs
from confsys.reviewing.states import ReviewState
from confsys.reviewing.wording import ASSIGNMENT_WORDS
from confsys.submissions.models import Submission

COLUMNS = ("paper", "reviewer", "action", "name", "state", "title")
ASSIGN, REMOVE = "assign", "remove"
#: What may stand in the column of actions; empty means to assign.
ACTIONS = {
    "": ASSIGN,
    "assign": ASSIGN,
    "add": ASSIGN,
    "分配": ASSIGN,
    "remove": REMOVE,
    "clear": REMOVE,
    "撤回": REMOVE,
}
HEADINGS = {"paper": "paper", "论文": "paper", "reviewer": "reviewer", "email": "reviewer", "审稿人": "reviewer",
            "邮箱": "reviewer", "action": "action", "操作": "action"}  # fmt: skip


def table(standing: EventStanding) -> list[tuple[Any, ...]]:
    """Live assignments of the papers the viewer chairs, in the columns that an import reads."""
    query = (
        select(
            Submission.number, Submission.title, Assignment.state, Assignment.label, Person.given, Person.family,
            Person.native, EmailAddress.address,
        )
        .join(Submission, Submission.id == Assignment.submission_id)
        .outerjoin(Person, Person.id == Assignment.person_id)
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Submission.id.in_(chaired_ids(standing)), Assignment.state.in_(LIVE))
        .order_by(Submission.number, Assignment.id)
    )  # fmt: skip
    return [
        (row.number, row.address or "", "", PersonName(row.given or "", row.family or "", row.native or "").both
         or row.label, str(ASSIGNMENT_WORDS[row.state]), str(row.title))
        for row in db.session.execute(query)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its place in the file, and what it wants."""

    place: int
    number: str
    address: str
    action: str


@dataclass(frozen=True, slots=True)
class Problem:
    place: int
    text: Lazy


@dataclass(frozen=True)
class Wanted:
    """What a table would do: pairs to propose, assignments to take back, and what keeps it from being done."""

    propose: Sequence[tuple[Pair, Line]]
    take_back: Sequence[tuple[int, Line]]
    unchanged: int
    problems: Sequence[Problem]


def lines(text: str) -> tuple[list[Line], list[Problem]]:
    """The rows of a CSV text; the headings paper and reviewer are needed."""
    text = text.lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))
    heads = [HEADINGS.get(cell.strip().lower(), "") for cell in rows[0]] if rows else []
    if "paper" not in heads or "reviewer" not in heads:
        return [], [Problem(1, _l("The first row must name the columns paper and reviewer."))]
    found, wrong = [], []
    for place, cells in enumerate(rows[1:], start=2):
        given = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head}
        if not any(given.values()):
            continue
        action = ACTIONS.get(given.get("action", "").lower())
        if action is None:
            wrong.append(Problem(place, _l("The action is neither assign nor remove.")))
        else:
            address = given.get("reviewer", "").lower()
            found.append(Line(place, given.get("paper", "").lstrip("#"), address, action))
    return found, wrong


def wanted(rows: Sequence[Line], standing: EventStanding) -> Wanted:
    """What the rows would do now, judged one by one; a paper that the viewer does not chair does not exist."""
    papers = {
        str(row.number): row.id
        for row in db.session.execute(
            select(Submission.id, Submission.number).where(Submission.id.in_(chaired_ids(standing)))
        )
    }
    people = _people({row.address for row in rows})
    serving = {each.id for each in reviewers(standing.event_id, free_at=standing.at)}
    away, known = kept_away_pairs(list(papers.values())), _known(list(papers.values()))
    propose: dict[Pair, Line] = {}
    back: dict[int, Line] = {}
    same, wrong = 0, []
    for line in rows:
        paper, person = papers.get(line.number), people.get(line.address)
        pair = (paper or 0, person or 0)
        row = known.get(pair)
        if paper is None:
            wrong.append(Problem(line.place, _l("There is no paper of this number among yours.")))
        elif person is None:
            wrong.append(Problem(line.place, _l("Nobody here has this address.")))
        elif line.action == REMOVE:
            if row is None:
                same += 1
            elif row[1]:
                wrong.append(
                    Problem(line.place, _l("The review has been submitted; it cannot be taken away any more."))
                )
            else:
                back[row[0]] = line
        elif person not in serving:
            wrong.append(Problem(line.place, _l("This person does not review for this event.")))
        elif pair in away:
            wrong.append(Problem(line.place, _l("This person has a conflict of interest with the paper.")))
        elif row is not None or pair in propose:
            same += 1
        else:
            propose[pair] = line
    return Wanted(tuple(propose.items()), tuple(back.items()), same, wrong)


def _people(addresses: set[str]) -> dict[str, int]:
    query = select(EmailAddress.address, EmailAddress.person_id).where(
        EmailAddress.address.in_(addresses), EmailAddress.verified_at.is_not(None)
    )
    return {row.address: row.person_id for row in db.session.execute(query)}


def _known(papers: Sequence[int]) -> Mapping[Pair, tuple[int, bool]]:
    """Live assignments by pair: id, and whether the review is in."""
    query = (
        select(Assignment.id, Assignment.submission_id, Assignment.person_id, Review.state)
        .outerjoin(Review, Review.assignment_id == Assignment.id)
        .where(Assignment.submission_id.in_(papers), Assignment.state.in_(LIVE), Assignment.person_id.is_not(None))
    )
    rows = db.session.execute(query)
    return {(row.submission_id, row.person_id or 0): (row.id, row.state is ReviewState.SUBMITTED) for row in rows}
