"""Volumes to build.

From the real papers, from real metadata with a typeset page in place of each paper, and small ones.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

import typst
from docx import Document
from lxml import etree

from proceedings.inspection.pdf import text_of_pages
from proceedings.setting.press import FONTS
from proceedings.text import fold
from tests.shared import shared

_BRACKETS = re.compile(r"^(?P<zh>.*[\u4e00-\u9fff].*?)\s*[(（](?P<en>[^\u4e00-\u9fff]+)[)）]$", re.DOTALL)
_ORCID = re.compile(r"(?P<name>\D{4,60}?)\s+\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_PAGE = """
#set page(width: {width}pt, height: {height}pt, margin: 72pt)
#set text(font: ("Libertinus Serif", "Noto Serif SC"), size: 11pt)
#set document(date: none)
#for page in range({pages}) [
  #if page > 0 [#pagebreak()]
  #if page == 0 [
    #text(size: 16pt, weight: "bold", {title})

    {authors}

    {abstract}
  ] else [ Page #page of the body. {filler} ]
]
"""


def typeset(path: Path, title: str, authors: str, abstract: str = "", pages: int = 1, size=(595.28, 841.89)) -> None:
    """A PDF of some pages whose first names title and authors, as a camera-ready paper does."""
    random = Random(title)  # the body differs from paper to paper, and is the same at every run
    words = ["lorem", "ipsum", "dolor", "sit", "amet", "elit", "sed", "do", "tempor", "magna", "aliqua", "enim", "quis"]
    quoted = {"title": title, "authors": authors, "abstract": abstract}
    strings = {key: json.dumps(value, ensure_ascii=False).replace("\\u", "\\\\u") for key, value in quoted.items()}
    source = _PAGE.format(
        filler=" ".join(f"{random.choice(words)}" for _ in range(60)),
        width=size[0],
        height=size[1],
        pages=pages,
        title=f"[#{strings['title']}]",
        authors=f"#{strings['authors']}",
        abstract=f"#{strings['abstract']}",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        typst.compile(source.encode(), format="pdf", timestamp=0, font_paths=[str(FONTS)], ignore_system_fonts=True)
    )


def write(folder: Path, data: dict[str, Any]) -> Path:
    """``volume.json`` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "volume.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def small(folder: Path, **changes: Any) -> Path:
    """Two bilingual papers of two pages and one that is not printed; invented people."""
    papers = [
        {
            "id": "p1",
            "title": {"en": "A Study of $O(n^2)$ Things", "zh": "关于事物的研究"},
            "authors": [
                {
                    "given": "Ming",
                    "family": "Zeng",
                    "native": "曾明",
                    "affiliation": {"en": "Example University", "zh": "示例大学"},
                    "orcid": "0000-0002-1825-0097",
                    "email": "zeng@example.org",
                },
                {"given": "Ana", "family": "de la Peña", "affiliation": "Instituto Ejemplo"},
            ],
            "abstract": {"en": "We study things.", "zh": "本文研究事物。"},
            "keywords": {"en": ["things", "study"], "zh": ["事物", "研究"]},
            "file": "papers/p1.pdf",
        },
        {
            "id": "p2",
            "title": "On BERT & Co: 50% of <i>nothing</i>",
            "authors": [{"given": "Na", "family": "Ouyang", "native": "欧阳娜"}, {"name": "Prabhat"}],
            "abstract": "Nothing is 50% < 100% & more.",
            "keywords": ["nothing"],
            "file": "papers/p2.pdf",
        },
        {"id": "talk", "title": "An Unprinted Talk", "authors": ["Some Body"], "archival": False},
    ]
    data = {
        "format": 1,
        "title": {"en": "Proceedings of the First Example Conference", "zh": "第一届示例会议论文集"},
        "acronym": "EXAM",
        "year": 2026,
        "start": "2026-11-20",
        "end": "2026-11-22",
        "place": {"en": "Suzhou, China", "zh": "中国苏州"},
        "publisher": {"en": "Example Press", "zh": "示例出版社"},
        "isbn": "978-7-0000-0000-0",
        "issn": "2049-3630",
        "doi_prefix": "10.5555",
        "url": "https://proceedings.example.org/exam2026",
        "published": "2026-11-20",
        "licence": "CC-BY-4.0",
        "editors": [{"given": "Li", "family": "Wang", "native": "王莉"}],
        "committees": [
            {
                "title": {"en": "Programme Committee", "zh": "程序委员会"},
                "order": "stroke",
                "members": [
                    {"native": "欧阳娜", "given": "Na", "family": "Ouyang", "affiliation": "示例大学"},
                    {"native": "丁一", "given": "Yi", "family": "Ding", "affiliation": "示例大学"},
                ],
            }
        ],
        "prefaces": [
            {
                "title": {"en": "Preface", "zh": "前言"},
                "text": "欢迎。\n\n*Welcome* to **all**.\n\n1. one\n2. two",
            }
        ],
        "depositor": {"name": "Example Society", "email": "doi@example.org"},
        "sessions": [{"title": {"en": "Things", "zh": "事物"}, "papers": papers}],
    }
    data.update(changes)
    typeset(
        folder / "papers/p1.pdf",
        "A Study of O(n²) Things 关于事物的研究",
        "Ming Zeng 曾明, Ana de la Peña",
        pages=2,
    )
    typeset(folder / "papers/p2.pdf", "On BERT & Co: 50% of nothing", "欧阳娜 Na Ouyang, Prabhat", pages=2)
    return write(folder, data)


def _text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def deposited(path: Path) -> dict[str, Any]:
    """Title, authors and DOI of a real Crossref deposit of one article."""
    article = etree.parse(str(path)).find(".//{*}journal_article")
    people = []
    for person in article.iterfind(".//{*}contributors/{*}person_name[@contributor_role='author']"):
        people.append(
            {
                "given": _text_of(person.find("{*}given_name")),
                "family": _text_of(person.find("{*}surname")),
                "orcid": _text_of(person.find("{*}ORCID")).strip(),
            }
        )
    return {
        "title": _text_of(article.find("{*}titles/{*}title")),
        "authors": people,
        "doi": _text_of(article.find("{*}doi_data/{*}doi")),
    }


def real_papers(folder: Path) -> Path:
    """The 17 real PDFs and 7 real DOCX as one volume; titles and authors from deposits and documents."""
    base = shared("data/conferences/papers")
    pdfs = []
    with (base / "pdf-manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = Path(row["file"]).stem
            record = deposited(base / "crossref-as-deposited" / f"{name}.xml")
            # Two deposits have no authors at all: the papers' first pages have.
            record["authors"] = record["authors"] or _authors_on_page(base / "pdf" / f"{name}.pdf", row["title"])
            pdfs.append(
                {"id": name, "file": f"papers/{name}.pdf", "title": row["title"], "licence": "CC-BY-4.0"}
                | {"authors": record["authors"], "doi": record["doi"]}
            )
            (folder / "papers").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(base / row["file"].removeprefix("papers/"), folder / "papers" / f"{name}.pdf")
    documents = []
    for path in sorted((base / "docx").glob("*.docx")):
        shutil.copyfile(path, folder / "papers" / path.name)
        documents.append({"id": path.stem, "file": f"papers/{path.name}"} | document_record(path))
    data = {
        "format": 1,
        "title": {"en": "Proceedings of the Workshop on Real Papers", "zh": "真实论文研讨会论文集"},
        "acronym": "REAL",
        "year": 2026,
        "start": "2026-11-20",
        "end": "2026-11-22",
        "place": {"en": "Suzhou, China", "zh": "中国苏州"},
        "publisher": "Example Press",
        "doi_prefix": "10.5555",
        "licence": "CC-BY-4.0",
        "sessions": [
            {"title": "Papers in PDF", "papers": pdfs},
            {"title": "Papers in Word", "papers": documents},
        ],
    }
    return write(folder, data)


def document_record(path: Path) -> dict[str, Any]:
    """Title and authors as a real manuscript states them at its head."""
    lines = [paragraph.text.strip() for paragraph in Document(str(path)).paragraphs if paragraph.text.strip()]
    if "Authors" in lines[:4]:
        heads = (_ORCID.match(line) for line in lines)
        names = [re.sub(r"[✉†‡*\s]+$", "", head["name"]) for head in heads if head]
    else:
        names = _names_of(lines[1])
    return {"title": lines[0], "authors": names}


def _names_of(line: str) -> list[str]:
    """Names of a line of authors with marks of affiliation; none in a line that is a date."""
    line = re.sub(r"\^[^^]*\^|[\d*†]+", "\n", line)
    names = [re.sub(r"^(?:and|&)\s+", "", part.strip()) for part in re.split(r"[,\n]|\s(?:and|&)\s", line)]
    return [name for name in names if len(name.split()) > 1]


def _authors_on_page(path: Path, title: str) -> list[str]:
    """Authors of a paper whose deposit has none: the line below its title."""
    lines = text_of_pages(str(path), 0, 1)[0].splitlines()
    below = [line for line in lines[:6] if fold(line) not in fold(title)]
    return next(names for names in map(_names_of, below) if names)


def split_title(title: str) -> str | dict[str, str]:
    """``中文题目(English Title)`` parted where the last bracket holds the whole of the English."""
    match = _BRACKETS.match(title)
    return {"zh": match["zh"], "en": match["en"]} if match else title


def _marked(markup: str) -> str:
    return re.sub(r"<tex-math>(.*?)</tex-math>", r"$\1$", markup)


def _person(author: dict[str, Any]) -> dict[str, Any]:
    person = {"given": author.get("given") or "", "family": author.get("family") or ""}
    variant = author.get("variant")
    if variant:
        person["native"] = {"family": variant.get("family") or "", "given": variant.get("given") or ""}
    if author.get("anthology_id"):
        person["key"] = author["anthology_id"]
    return person


def _shown(person: dict[str, Any]) -> str:
    native = person.get("native", {})
    return f"{native.get('family', '')}{native.get('given', '')} {person['given']} {person['family']}"


def ccl(folder: Path, count: int | None = None, chinese: bool = True) -> Path:
    """CCL 2021: 108 papers in Chinese and English; a typeset page stands in for each."""
    volume = json.loads(shared("data/conferences/ccl2021.json").read_text("utf-8"))["volumes"][0]
    papers = []
    for record in volume["papers"][:count]:
        title = split_title(record["title"])
        people = [_person(author) for author in record["authors"]]
        papers.append(
            {
                "id": record["id"],
                "title": title,
                "authors": people,
                "abstract": record["abstract"] or "",
                "file": f"papers/{record['id']}.pdf",
            }
        )
        shown = record["title"]
        names = ", ".join(_shown(person) for person in people)
        first, _, last = (record["pages"] or "1").partition("–")
        length = int(last or first) - int(first) + 1 if first.isdigit() else 1
        typeset(
            folder / f"papers/{record['id']}.pdf",
            shown,
            names,
            record["abstract"] or "",
            pages=min(length, 3),
        )
    data = {
        "format": 1,
        "language": "zh" if chinese else "en",
        "title": {"en": volume["booktitle"], "zh": "第二十届中国计算语言学大会论文集"},
        "acronym": "CCL",
        "year": 2021,
        "place": {"en": "Huhhot, China", "zh": "中国呼和浩特"},
        "publisher": volume["publisher"],
        "doi_prefix": "10.5555",
        "editors": [_person(editor) for editor in volume["editors"]],
        "sessions": [{"title": {"en": "Papers", "zh": "论文"}, "papers": papers}],
    }
    return write(folder, data)


def hard(folder: Path) -> Path:
    """The 86 awkward records."""
    records = json.loads(shared("data/conferences/hard-metadata.json").read_text("utf-8"))["records"]
    papers = []
    for number, record in enumerate(records):
        name = f"{number:02}-{record['id']}"
        people = [_person(author) for author in record["authors"]]
        people = [person for person in people if person["given"] or person["family"]]
        papers.append(
            {
                "id": name,
                "title": _marked(record["title_markup"]),
                "authors": people,
                "abstract": _marked(record.get("abstract_markup") or record.get("abstract") or ""),
                "file": f"papers/{name}.pdf",
            }
        )
        names = ", ".join(f"{p['given']} {p['family']}" for p in people)
        typeset(folder / f"papers/{name}.pdf", record["title"], names, record.get("abstract") or "")
    data = {
        "format": 1,
        "title": "Proceedings of the Workshop on Awkward Records",
        "acronym": "HARD",
        "year": 2021,
        "doi_prefix": "10.5555",
        "publisher": "Example Press",
        "sessions": [{"title": "Papers", "papers": papers}],
    }
    return write(folder, data)
