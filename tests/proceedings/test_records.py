"""Every record format is valid by the official schema, and says what the book says."""

import json
from pathlib import Path

import pytest

import proceedings
from proceedings.markup import html, latex, plain
from proceedings.people import Person
from proceedings.references import format_reference
from proceedings.references.gbt7714 import EDITIONS
from proceedings.sorting import family_length, stroke_rank, surname_pinyin
from proceedings.verify.records import check
from tests.proceedings.schemas import anthology_faults, faults
from tests.proceedings.volumes import ccl, hard, small

KINDS = {"small": small, "ccl": lambda folder: ccl(folder, 30), "hard": hard}


@pytest.fixture(scope="module", params=KINDS)
def records(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    volume = proceedings.load(KINDS[request.param](folder / "in"))
    pages = {paper.id: proceedings.Range(2 * n + 1, 2 * n + 2) for n, paper in enumerate(volume.printed())}
    book = proceedings.Book(volume, pages)
    files = {name: data for kind in proceedings.RECORDS for name, data in proceedings.export(book, kind).items()}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return book, folder, files


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [("crossref", "crossref.xml"), ("jats", "jats/"), ("datacite", "datacite/"), ("oai", "oai-dc.xml")],
)
def test_xml_is_valid(records, schema, pattern):
    _, _, files = records
    chosen = [data for name, data in files.items() if pattern in name]
    assert chosen
    assert [fault for data in chosen for fault in faults(schema, data)] == []


def test_anthology_is_valid(records):
    _, folder, _ = records
    assert anthology_faults(folder / "metadata/anthology.xml") == []


def test_records_agree_with_the_book(records):
    book, folder, files = records
    made = {name: name.split("/")[1] if name.count("/") > 1 else "record" for name in files}
    assert [item.problem for item in check(book, folder, made) if not item.held] == []


def test_keys_are_unique(records):
    book, _, _ = records
    keys = book.keys()
    assert len(set(keys.values())) == len(keys)


def test_latex_bibliography_has_no_letters_with_marks(tmp_path: Path):
    volume = proceedings.load(small(tmp_path))
    book = proceedings.Book(volume, {"p1": proceedings.Range(1, 2), "p2": proceedings.Range(3, 4)})
    text = proceedings.export(book, "bibtex")["metadata/volume-latex.bib"].decode()
    assert r"de la Pe{\~n}a, Ana" in text
    assert "ñ" not in text


def test_gbt_7714_against_the_reference_engine():
    """Expectations recorded from the CSL styles through citeproc, for items of our own invention."""
    recorded = json.loads((Path(__file__).parent / "gbt7714.json").read_text("utf-8"))
    for year, expected in recorded["expected"].items():
        for item in recorded["items"]:
            assert format_reference(item, EDITIONS[year]) == expected[item["id"]], (year, item["id"])


def test_pinyin_names_are_whole_in_the_new_edition():
    item = {
        "type": "article-journal",
        "language": "en",
        "title": "T",
        "author": [{"family": "Yu", "given": "Yang", "pinyin": True}],
    }
    assert format_reference(item, EDITIONS["2025"]).startswith("Yu Yang. T[J]")
    assert format_reference(item, EDITIONS["2015"]).startswith("YU Y. T[J]")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("cost $5 and $6", "cost $5 and $6"),
        (r"$\mathcal{P}^2$ and $x_{i}$", "P² and x_i"),
        ("a < b & <i>c</i>", "a < b & c"),
        ("<b>never closed", "<b>never closed"),
    ],
)
def test_plain_words(source, expected):
    assert plain(source) == expected


def test_markup_is_escaped():
    assert html("a < b <script>") == "a &lt; b &lt;script&gt;"
    assert latex("50% of {x}_1", True) == r"50\% of \{x\}\_1"


def test_names_and_their_order():
    assert surname_pinyin("单") == "shan"
    assert family_length("欧阳娜") == 2
    assert family_length("欧阳", "Ou") == 1
    assert stroke_rank("丁") < stroke_rank("王") < stroke_rank("李")
    assert Person.of({"given": "Na", "family": "Ouyang", "native": "欧阳娜"}).native_family == "欧阳"
    assert Person.of("Prabhat").display() == "Prabhat"
