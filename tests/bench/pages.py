"""A real conference of 490 papers through the whole chain, and what its pages cost: `python -m tests.bench.pages`.

ICLR 2017 is imported with its reviews and decisions, its authors become the reviewers, an assignment of three
reviewers a paper is computed, accepted papers are laid out in a programme, given a final version each (typeset here
from its record) and built into a volume. Then every list is asked for as its chair: queries and CPU time of one
request, the median of nine. Reference, measured on this kind of machine: pretalx 675 ms for a list and 123 ms for one
submission, HotCRP 79 ms for 1,000 rows and 18 ms.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy import event as listening

from confsys import migrations, settings
from confsys.app import create_app
from confsys.core import clock, queue
from confsys.core.actor import SYSTEM, Actor
from confsys.core.db import db
from confsys.core.files import receive_path
from confsys.core.localized import LocalizedText
from confsys.events.context import standing_in
from confsys.events.models import Event, FormField, RoleGrant
from confsys.events.operations.creating import Basics, create_event
from confsys.events.presets import presets
from confsys.events.states import EventState, FormKind, Role
from confsys.programme import days
from confsys.programme.models import Room, Session, Talk
from confsys.programme.operations import papers, releases, rooms, sessions, talks
from confsys.programme.operations.rooms import RoomContent
from confsys.programme.operations.sessions import Place, SessionContent
from confsys.programme.states import SessionKind
from confsys.publishing.checklist import ITEMS
from confsys.publishing.checks import Look
from confsys.publishing.freezing import frozen_inputs
from confsys.publishing.operations import camera_ready, proofs, volumes
from confsys.publishing.operations.volumes import Imprint
from confsys.reviewing.matching.material import Parameters
from confsys.reviewing.models import Assignment, AssignmentRun
from confsys.reviewing.operations import runs
from confsys.submissions.importing import extras
from confsys.submissions.importing.reading import read
from confsys.submissions.models import Submission
from confsys.submissions.operations.importing import import_papers
from confsys.submissions.states import SubmissionState
from tests import factories
from tests.conftest import FreshClient
from tests.shared import ROOT

DATA = ROOT.parent / "shared/data/conferences/iclr2017.json"
SLUG, ROUNDS, HALLS, DAYS, PER_SESSION = "iclr", 9, 6, 3, 6
MOST_QUERIES, LIST_MS, RECORD_MS = 20, 60, 30
LISTS = (
    "papers", "review", "review/committee", "review/conflicts", "review/late", "people", "timetable/talks",
    "publishing/", "organise/story", "programme/people",
)  # fmt: skip
PAGE = """
#let paper = json(bytes(sys.inputs.paper))
#set page(paper: "a4", margin: 2.5cm)
#text(17pt, weight: "bold", paper.title) #parbreak()
#paper.authors #parbreak() #paper.abstract
"""


@contextmanager
def _stage(what: str) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    print(f"{what:44} {time.process_time() - cpu:8.2f} s CPU {time.perf_counter() - wall:8.2f} s")


def _meeting(slug: str, admin: Actor) -> Event:
    first = date(2027, 4, 24)
    name = LocalizedText("Representations", "表示学习会议")
    basics = Basics(
        slug, name, "ICLR", first, first + timedelta(days=DAYS - 1), "Europe/Paris", LocalizedText("Toulon")
    )
    made = create_event(presets()["annual_meeting"], basics, actor=admin, at=clock.now())
    made.state = EventState.PUBLIC
    # The import brings the conference's own scales: from 1 to 10, where the preset has 1 to 5.
    db.session.execute(delete(FormField).where(FormField.event_id == made.id, FormField.form == FormKind.REVIEW))
    db.session.commit()
    return made


def _imported(meeting: Event, *wanted: str) -> None:
    file = read(DATA.read_bytes(), DATA.name)
    import_papers(meeting, file, extras=extras.chosen(wanted), actor=SYSTEM, at=clock.now())


def _assigned(meeting: Event, actor: Actor) -> AssignmentRun:
    run = runs.ask(meeting, Parameters(coverage=3, load=6), actor=actor, at=clock.now())
    queue.drain()
    db.session.refresh(run)
    return run


def _laid_out(meeting: Event, actor: Actor) -> None:
    """Accepted papers in order of their numbers, six to a session, six sessions at once."""
    standing = standing_in(meeting, factories.viewer(factories.grant(meeting, Role.ORGANISER)))
    at = clock.now()
    common = {"standing": standing, "actor": actor, "at": at}
    papers.bring_in_papers(meeting, **common)
    halls: list[Room] = [
        rooms.add_room(meeting, RoomContent(name=LocalizedText(f"Hall {n + 1}", f"{n + 1} 号厅")), **common)
        for n in range(HALLS)
    ]
    waiting = list(db.session.scalars(select(Talk).where(Talk.event_id == meeting.id).order_by(Talk.id)))
    for n in range(0, len(waiting), PER_SESSION):
        slot, hall = divmod(n // PER_SESSION, HALLS)
        day = meeting.starts_on + timedelta(days=slot % DAYS)
        starts = days.moment_at(day, 540 + 150 * (slot // DAYS), meeting.zone)
        made: Session = sessions.add_session(
            meeting, SessionContent(SessionKind.ORAL, LocalizedText(f"Session {n // PER_SESSION + 1}")),
            Place(starts, halls[hall].id, 20 * PER_SESSION), **common,
        )  # fmt: skip
        for talk in waiting[n : n + PER_SESSION]:
            talks.place_talk(meeting, talk, made, version=None, **common)
    releases.release(meeting, **common)


def _final_versions(meeting: Event, actor: Actor, at: datetime) -> None:
    import typst

    from proceedings.setting.press import FONTS

    accepted = select(Submission).where(Submission.event_id == meeting.id, Submission.state == SubmissionState.ACCEPTED)
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "paper.typ", Path(folder) / "paper.pdf"
        source.write_text(PAGE, "utf-8")
        for paper in db.session.scalars(accepted).all():
            names = ", ".join(author.name.both for author in paper.authors)
            record = {"title": paper.title.en, "authors": names, "abstract": paper.abstract.en}
            typst.compile(
                str(source), output=str(path), font_paths=[str(FONTS)], ignore_system_fonts=True,
                sys_inputs={"paper": json.dumps(record)},
            )  # fmt: skip
            stored = receive_path(path, name=path.name, actor=actor, at=at)
            camera_ready.upload(paper, stored, Look(False, 1, []), actor=actor, at=at)
            row = camera_ready.tick(paper, list(ITEMS), actor=actor, at=at)
            row = camera_ready.sign(paper, "CC-BY-4.0", names, actor=actor, at=at)
            proofs.waive(row, "A bench has no authors to sign.", version=row.version, actor=actor, at=at)
            camera_ready.approve(row, version=row.version, actor=actor, at=at)


def _built(meeting: Event, actor: Actor) -> None:
    imprint = Imprint(code="iclr", title=LocalizedText("Proceedings"), publisher=LocalizedText("The bench"))
    volume = volumes.create_volume(meeting, imprint, actor=actor, at=clock.now())
    build = volumes.start_build(volume, frozen_inputs(meeting, volume), actor=actor, at=clock.now())
    queue.drain()
    db.session.refresh(build)
    print(f"the volume is {build.state.value}: {len(build.papers)} papers, {len(build.artefacts)} files")
    volumes.sign_off(build, "The Bench", actor=actor, at=clock.now())
    volumes.publish(volume, build, version=volume.version, actor=actor, at=clock.now())


def _cost(app: Flask, client: object, address: str) -> tuple[int, float, int]:
    """(queries, median CPU milliseconds, bytes) of one page."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            asked.append(statement)

    spent, size = [], 0
    for n in range(ROUNDS + 1):
        asked.clear()
        listening.listen(db.engine, "before_cursor_execute", note)
        begun = time.process_time()
        answer = client.get(address)  # type: ignore[attr-defined]
        spent.append((time.process_time() - begun) * 1000)
        listening.remove(db.engine, "before_cursor_execute", note)
        assert answer.status_code == 200, (address, answer.status_code)
        size = len(answer.data)
        if n == 0:
            spent.clear()  # the first request compiles templates
    return len(asked), statistics.median(spent), size


def _measured(app: Flask, meeting: Event) -> list[str]:
    """The table, and what missed its target."""
    chair = factories.grant(meeting, Role.CHAIR)
    factories.grant(meeting, Role.PUBLICATION_CHAIR, chair)
    factories.grant(meeting, Role.ORGANISER, chair)
    chair_client = factories.sign_in(app.test_client(), chair)
    reviewed = select(Submission.number).join(Assignment).where(Submission.event_id == meeting.id)
    number = db.session.scalar(reviewed.group_by(Submission.number).order_by(func.count().desc()).limit(1))
    serving = select(RoleGrant.person_id).where(RoleGrant.event_id == meeting.id, RoleGrant.role == Role.REVIEWER)
    reviewer_id = db.session.scalar(serving.limit(1))
    pages: list[tuple[str, int | None, int | None]] = [
        (f"/events/{SLUG}/{name}", MOST_QUERIES, LIST_MS) for name in LISTS
    ]
    pages += [
        (f"/events/{SLUG}/review/papers/{number}", None, RECORD_MS),
        (f"/events/{SLUG}/papers/{number}", None, RECORD_MS),
        (f"/events/{SLUG}/review/committee/{reviewer_id}", None, LIST_MS),
        (f"/events/{SLUG}/organise", None, None),
        (f"/events/{SLUG}/programme/?day=all", MOST_QUERIES, None),
        (f"/events/{SLUG}/proceedings/iclr/", MOST_QUERIES, None),
    ]
    missed = []
    print(f"\n{'page':44} {'queries':>8} {'CPU ms':>8} {'kB':>7}")
    for address, most, limit in pages:
        count, spent, size = _cost(app, chair_client, address)
        over = (most is not None and count >= most) or (limit is not None and spent >= limit)
        missed += [address] if over else []
        print(f"{address:44} {count:8} {spent:8.1f} {size / 1000:7.1f}{'  MISSED' if over else ''}")
    return missed


def main() -> int:
    if not DATA.exists():
        print(f"shared data absent: {DATA.name}: the bench of the pages was not run")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        given = settings.read(
            {}, mode="tests", mail="outbox", var=Path(folder), secret_key="k" * 32, rate_limits=False,
            base_url="http://localhost",
        )  # fmt: skip
        app = create_app(given)
        app.test_client_class = FreshClient
        with app.app_context():
            migrations.upgrade(db.engine)
            person = factories.admin()
            actor = Actor(person.id)
            # Once before its reviews, to assign reviewers; once with all that came of it.
            before = _meeting(f"{SLUG}-before", actor)
            _imported(before, "reviewers")
            with _stage("assignment: 3 a paper, at most 6 each"):
                run = _assigned(before, actor)
            print(f"the assignment is {run.state.value}: {len(run.result.get('pairs', ()))} pairs")
            meeting = _meeting(SLUG, actor)
            with _stage("import: 490 papers, reviews, decisions"):
                _imported(meeting, "reviews", "decisions", "reviewers")
            with _stage("programme laid out and released"):
                _laid_out(meeting, actor)
            with _stage("final versions"):
                _final_versions(meeting, actor, clock.now())
            with _stage("volume built, verified, published"):
                _built(meeting, actor)
            missed = _measured(app, meeting)
            db.session.remove()
            db.engine.dispose()
    print(f"\n{'All targets reached.' if not missed else 'Missed: ' + ', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
