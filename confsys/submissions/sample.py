"""The papers of the sample: sixty at the annual meeting in every state, a few at the other events."""

from __future__ import annotations

import json
import random
import tempfile
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from confsys.core.actor import Actor
from confsys.core.audit import record
from confsys.core.db import db
from confsys.core.files import StoredFile, receive_path
from confsys.core.localized import LocalizedText
from confsys.core.operation import operation
from confsys.events.models import Event
from confsys.submissions.models import Author, PaperFile, Submission
from confsys.submissions.operations.numbers import next_numbers
from confsys.submissions.operations.writing import index
from confsys.submissions.states import FileKind, SubmissionState

if TYPE_CHECKING:
    from confsys.accounts.models import Person
    from confsys.sample import Sample

PAPERS = 60
S = SubmissionState
#: What was studied, how, and where: twelve by ten by six make more titles than the story needs.
SUBJECTS = (
    ("fault location in rural feeders", "农村馈线故障定位"), ("bed planning in county hospitals", "县级医院床位规划"),
    ("question answering over statutes", "法规问答"), ("battery ageing from field records", "基于运行记录的电池老化"),
    ("timetables for night trains", "夜行列车时刻表"), ("sensor drift in river stations", "水文站传感器漂移"),
    ("peer feedback in large courses", "大班课程的同伴反馈"),
    ("seed quality from photographs", "基于照片的种子质量评价"),
    ("speech of older speakers", "老年人语音"), ("inventories of small museums", "小型博物馆藏品清点"),
    ("grasping of soft objects", "柔性物体抓取"), ("reuse of research data", "科研数据再利用"),
)  # fmt: skip
METHODS = (
    ("Sparse graphs for {}", "面向{}的稀疏图方法"), ("Ten years of {}", "{}：十年数据的启示"),
    ("What simple baselines say about {}", "简单基线如何看待{}"),
    ("A question we could not answer about {}", "关于{}的一个未解问题"),
    ("Learning from few examples: {}", "小样本学习用于{}"), ("Explaining {} to those who decide", "向决策者解释{}"),
    ("{}: a reproducible benchmark", "{}：可复现的基准"), ("Uncertainty first: {}", "不确定性优先的{}"),
)  # fmt: skip
ABSTRACT_EN = (
    "We study {subject}. Records of {years} years from {places} places were cleaned and are published with this paper. "
    "A plain model with two parameters is compared with three larger ones; the larger ones win in the middle of the "
    "range and lose at its ends. We say where the data end and the guess begins, and what would have to be measured "
    "next."
)
ABSTRACT_ZH = (
    "本文研究{subject}。我们整理了来自{places}个地点、跨度{years}年的记录，并随文公开。将只有两个参数的简单模型与三个较大的模型比较："
    "后者在常见区间占优，在两端则不及前者。"
    "文中说明数据止于何处、推测始于何处，以及下一步应当测量什么。"
)
KEYWORDS = (
    ("reproducibility", "可复现性"), ("baselines", "基线模型"), ("field data", "现场数据"), ("uncertainty", "不确定性"),
    ("open data", "开放数据"), ("small samples", "小样本"), ("decision support", "决策支持"),
)  # fmt: skip
#: How many papers are in which state; reviewing turns some of the submitted ones into decided ones.
STATES = (*[S.SUBMITTED] * 52, *[S.DRAFT] * 5, *[S.WITHDRAWN] * 3)
#: What such papers say further on, each in an order of its own: two papers with the same words would be a finding.
SENTENCES = (
    "The records were kept by hand until the third year.", "Two readers checked every tenth entry.",
    "Where they disagreed, both readings are given.", "The small model was fixed before the data were opened.",
    "Nothing was tuned on the last year.", "At the ends of the range the intervals grow.",
    "A site that reported twice is counted once.", "The code runs on one machine in an afternoon.",
    "What looks like a trend is a change of instruments.", "We asked the people on site before we asked the model.",
    "The third comparison is the fairest and the dullest.", "Half of the gain comes from cleaning.",
    "Missing months were left missing.", "The figures in the margin are those of the worst site.",
    "A larger model hides this and does not mend it.", "We would measure the evenings next.",
    "The two seasons were treated apart.", "An error of one unit is of no consequence here.",
    "The table gives the medians, since the means mislead.", "No result depends on the choice of the first site.",
    "Costs are given in hours of work.", "The reader may repeat all of it with the files beside this paper.",
    "One hypothesis had to be given up.",
)  # fmt: skip
BETWEEN = ("", "Still: ", "As before: ", "In short: ", "On site we learnt this. ", "Note this. ", "Again: ", "Then: ")
SECTIONS = ("Introduction", "Data", "Method", "Results", "Discussion")
#: A page of a paper that nobody wrote; typst sets it with the fonts of the proceedings.
PAGE = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title)
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.5cm), columns: 2)
#set text(font: ("Libertinus Serif", "Noto Serif SC"), size: 10pt)
#set par(justify: true)
#place(top + center, scope: "parent", float: true, [
  #text(17pt, weight: "bold", paper.title) #v(0.2em) #text(12pt, paper.title_zh) #v(0.4em)
  #text(11pt, paper.authors) #v(0.8em)
])
#heading(level: 1)[Abstract]
#paper.abstract
#v(0.5em)
#paper.abstract_zh
#for (section, paragraphs) in paper.sections [
  #heading(level: 1, section)
  #for words in paragraphs [ #words #parbreak() ]
]
"""


def _title(n: int) -> tuple[LocalizedText, LocalizedText]:
    """(title, subject) of the n-th paper; no two alike."""
    subject, method = SUBJECTS[n % len(SUBJECTS)], METHODS[(n // len(SUBJECTS) + n) % len(METHODS)]
    title = method[0].format(subject[0])
    return LocalizedText(title[0].upper() + title[1:], method[1].format(subject[1])), LocalizedText(*subject)


def _authors(story: Sample, first: Person | None) -> list[Person]:
    team = story.dice.sample(story.scholars[45:], story.dice.randint(1, 4))
    return [first, *team] if first is not None else team


def _write(event: Event, n: int, state: SubmissionState, story: Sample, first: Person | None = None) -> Submission:
    title, subject = _title(n)
    figures = {"years": story.dice.randint(2, 11), "places": story.dice.randint(3, 40)}
    words = story.dice.sample(KEYWORDS, 3)
    received = story.at - timedelta(days=story.dice.randint(8, 70), minutes=story.dice.randint(0, 1400))
    paper = Submission(
        event_id=event.id, number=next_numbers(event.id)[0], state=state, title=title,
        abstract=LocalizedText(
            ABSTRACT_EN.format(subject=subject.en, **figures), ABSTRACT_ZH.format(subject=subject.zh, **figures)
        ),
        keywords={"en": [en for en, _zh in words], "zh": [zh for _en, zh in words]},
        track_id=event.tracks[n % len(event.tracks)].id if event.tracks else None,
        answers={}, declared_conflicts=[], created_at=received - timedelta(days=2),
        submitted_at=None if state is S.DRAFT else received,
        withdrawn_at=story.at - timedelta(days=3) if state is S.WITHDRAWN else None,
        withdrawal_reason="The data turned out to be incomplete." if state is S.WITHDRAWN else "",
    )  # fmt: skip
    team = _authors(story, first)
    paper.created_by_id = team[0].id
    for position, person in enumerate(team):
        organisation = person.affiliations[0].organisation
        paper.authors.append(
            Author(
                position=position, person_id=person.id, given=person.given, family=person.family, native=person.native,
                email=person.emails[0].address, affiliation=organisation.name, organisation_id=organisation.id,
                country=organisation.country, is_contact=position == 0, is_corresponding=position == 0,
                is_presenter=position == 0,
            )
        )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    index(paper)
    if state is not S.DRAFT:
        actor = Actor(paper.created_by_id)
        record("submission.submit", paper, actor=actor, at=received, event_id=event.id, changes={}, number=paper.number)
    return paper


def manuscript(paper: Submission, story: Sample, byline: str = "") -> StoredFile:
    """A PDF with the paper's own words. Without a ``byline`` it is blind: it names nobody."""
    words: dict[str, Any] = {
        "sections": _sections(paper.number), "title": paper.title.en, "title_zh": paper.title.zh,
        "authors": byline or f"Paper {paper.number}",
        "abstract": paper.abstract.en, "abstract_zh": paper.abstract.zh,
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="confsys-sample-") as folder:
        target = Path(folder) / "paper.pdf"
        target.write_bytes(_set(words))
        return receive_path(target, name="paper.pdf", actor=Actor(paper.created_by_id), at=story.at)


def _sections(seed: int) -> list[tuple[str, list[str]]]:
    dice = random.Random(seed)  # noqa: S311  a story, not a secret

    def paragraph() -> str:
        return " ".join(dice.choice(BETWEEN) + sentence for sentence in dice.sample(SENTENCES, 5))

    return [(section, [paragraph() for _ in range(4)]) for section in SECTIONS]


def _set(words: dict[str, Any]) -> bytes:
    made = _press().compile(
        PAGE.encode(), sys_inputs={"paper": json.dumps(words)}, format="pdf", timestamp=0, pdf_tags=False
    )
    assert isinstance(made, bytes)  # noqa: S101  a PDF is one file
    return made


@lru_cache(maxsize=1)
def _press() -> Any:
    """One setter for all papers of the story: its fonts are read once."""
    # typst is loaded by whoever tells a story, not by the web process.
    import typst  # noqa: PLC0415

    from proceedings.setting.press import FONTS  # noqa: PLC0415  (loads typst)

    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]))


def _attach(paper: Submission, stored: StoredFile, story: Sample) -> None:
    db.session.add(stored)
    db.session.flush()
    paper.files.append(
        PaperFile(
            kind=FileKind.MANUSCRIPT, number=1, file_id=stored.id, uploaded_at=paper.submitted_at or story.at,
            uploaded_by_id=paper.created_by_id, pages=2, findings=[],
        )
    )  # fmt: skip


@operation
def tell(story: Sample) -> None:
    annual = story.events["annual"]
    states = list(STATES)
    story.dice.shuffle(states)
    papers = []
    for n, state in enumerate(states):
        # Four papers are the demo author's, one still a draft and one to be accepted: there is something to do.
        mine = story.people["author"] if n in (3, 17, 30) or (state is S.DRAFT and S.DRAFT not in states[:n]) else None
        papers.append(_write(annual, n, state, story, mine))
    for paper in papers:
        if paper.state is not S.DRAFT:
            _attach(paper, manuscript(paper, story), story)
    for n in range(7):
        _write(story.events["youth"], PAPERS + n, S.SUBMITTED, story)
    db.session.flush()
