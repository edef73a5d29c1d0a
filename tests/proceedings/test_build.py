"""A volume is built, is the same twice, and a refused or killed build leaves the last one in place."""

import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

import proceedings
from proceedings.inspection.pdf import text_of_pages
from proceedings.text import fold
from proceedings.verify.pages import stamped
from tests.proceedings.volumes import small

PRISM = "{http://prismstandard.org/namespaces/basic/2.1/}"
BOUND = ("pdf", "papers", "unstamped", "bibtex")


def digests(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("volume")
    return proceedings.build(small(folder / "in"), folder / "out", only=BOUND)


def test_pages_follow_on_and_unprinted_papers_take_none(built):
    assert {id_: str(pages) for id_, pages in built.pages.items()} == {"p1": "1–2", "p2": "3–4"}
    assert built.code in (0, 1)


def test_every_page_carries_its_number(built):
    with pikepdf.open(built.file("volume.pdf")) as pdf:
        labels = [page.label for page in pdf.pages]
    texts = text_of_pages(str(built.file("volume.pdf")))
    assert labels[0] == "i"
    for label, text in zip(labels[labels.index("1") :][:4], texts[labels.index("1") :][:4], strict=True):
        assert label in text.split()


def test_contents_and_index_lead_to_the_papers(built):
    with pikepdf.open(built.file("volume.pdf")) as pdf:
        number = {page.obj.objgen: page.label for page in pdf.pages}
        targets = [
            number[note.A.D[0].objgen]
            for page in pdf.pages
            for note in page.obj.get("/Annots", [])
            if note.get("/A") is not None and note.A.get("/S") == "/GoTo"
        ]
        assert not any(
            str(note.A.get("/URI", "")).startswith("volume:")
            for page in pdf.pages
            for note in page.obj.get("/Annots", [])
            if "/A" in note
        )
    assert set(targets) == {"1", "3"}
    assert len(targets) > 8


def test_bookmarks_name_parts_sessions_and_papers(built):
    with pikepdf.open(built.file("volume.pdf")) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        papers = [child.title for item in outline.root for child in item.children]
    assert titles[:3] == ["Preface", "Committees", "Contents"]
    assert papers == ["A Study of O(n²) Things", "On BERT & Co: 50% of nothing"]


def test_single_papers_say_what_they_are(built):
    with pikepdf.open(built.file("papers/p1.pdf")) as pdf:
        assert pdf.docinfo["/Title"] == "A Study of O(n²) Things"
        with pdf.open_metadata() as xmp:
            assert xmp[f"{PRISM}doi"] == "10.5555/exam.2026.p1"
            assert xmp[f"{PRISM}startingPage"] == "1"
        assert pdf.pages[0].label == "1"
    assert "10.5555/exam.2026.p1" in text_of_pages(str(built.file("papers/p1.pdf")))[0]
    assert "10.5555" not in text_of_pages(str(built.file("unstamped/p1.pdf")))[0]


def test_chinese_and_latin_are_both_set(built):
    text = fold("".join(text_of_pages(str(built.file("volume.pdf")))))
    for name in ("曾明", "欧阳娜", "delapena", "prabhat", "关于事物的研究", "第一届示例会议论文集"):
        assert name in text


def test_same_input_same_bytes(built, tmp_path: Path):
    again = proceedings.build(small(tmp_path / "in"), tmp_path / "out", only=BOUND)
    assert digests(again.folder) == digests(built.folder)


def test_a_refused_paper_is_named_and_the_last_volume_stays(tmp_path: Path):
    folder = small(tmp_path / "in")
    proceedings.build(folder, tmp_path / "out", only=("pdf",))
    before = digests(tmp_path / "out")
    (folder / "papers/p2.pdf").write_bytes(b"")
    result = proceedings.build(folder, tmp_path / "out", only=("pdf",))
    assert (result.code, result.refused, result.artefacts) == (3, ("p2",), ())
    assert digests(tmp_path / "out") == before


def test_announced_pages_hold(tmp_path: Path):
    result = proceedings.build(small(tmp_path / "in", frozen={"p2": [7, 8]}), tmp_path / "out", only=("pdf",))
    assert "volume-frozen-pages" in {finding.code for finding in result.findings if finding.paper == "p2"}
    assert result.code == 3


def test_right_hand_pages(tmp_path: Path):
    folder = small(tmp_path / "in", options={"recto": True})
    shutil.copy(folder / "papers/p1.pdf", tmp_path / "long.pdf")
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(folder / "papers/p1.pdf")
    result = proceedings.build(folder, tmp_path / "out", only=("pdf",))
    assert {id_: str(pages) for id_, pages in result.pages.items()} == {"p1": "1–3", "p2": "5–6"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sessions": []}, "volume-bad-value"),
        ({"year": "2026"}, "volume-wrong-type"),
        ({"yeer": 2026}, "volume-unknown-field"),
        ({"start": "2026-02-30"}, "volume-bad-value"),
        ({"cover": "../../etc/passwd"}, "volume-path-outside"),
        ({"frozen": {"nobody": [1, 2]}}, "volume-unknown-paper"),
    ],
)
def test_bad_volume_json_is_explained(tmp_path: Path, change, code):
    result = proceedings.build(small(tmp_path / "in", **change), tmp_path / "out")
    assert code in {finding.code for finding in result.findings}
    assert result.code == 2
    assert not (tmp_path / "out").exists()


def test_not_json_and_absent(tmp_path: Path):
    assert proceedings.build(tmp_path, tmp_path / "out").findings[0].code == "volume-absent"
    (tmp_path / "volume.json").write_text("{")
    assert proceedings.build(tmp_path, tmp_path / "out").findings[0].code == "volume-not-json"


def test_two_papers_of_one_id(tmp_path: Path):
    folder = small(tmp_path)
    data = json.loads((folder / "volume.json").read_text())
    data["sessions"][0]["papers"][1]["id"] = "P1"
    (folder / "volume.json").write_text(json.dumps(data))
    with pytest.raises(proceedings.VolumeError) as error:
        proceedings.load(folder)
    assert error.value.findings[0].code == "volume-duplicate-id"


def test_qpdf_finds_no_fault(built):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    for artefact in built.artefacts:
        if artefact.path.endswith(".pdf"):
            done = subprocess.run(["qpdf", "--check", built.file(artefact.path)], capture_output=True, check=False)
            assert done.returncode == 0, (artefact.path, done.stderr)


def test_an_unknown_format_is_a_mistake_of_the_caller(tmp_path: Path):
    with pytest.raises(ValueError, match="unknown format: papyrus"):
        proceedings.build(tmp_path, tmp_path / "out", only=("papyrus",))


def test_a_stamp_that_is_gone_or_has_slipped_is_noticed(built, tmp_path: Path):
    """What verification reads is the stamp in the finished file, not what was meant to be there."""
    labels = 0
    with pikepdf.open(built.file("volume.pdf")) as pdf:
        for page in pdf.pages:
            labels += not page.label.isdigit()
            if page.label == "1":
                page.obj.Contents[-1] = pdf.make_stream(b"\nQ\n")
            if page.label == "2":
                name = page.obj.Contents[-1].read_bytes().split(b"/")[-1].split()[0]
                page.obj.Contents[-1] = pdf.make_stream(b"\nQ\nq 1 0 0 1 90 0 cm /" + name + b" Do Q")
        pdf.save(tmp_path / "broken.pdf")
    said = stamped(str(built.file("volume.pdf")), labels, labels + 4)
    assert [label in words.split() for label, words in zip("1234", said, strict=True)] == [True] * 4
    assert stamped(str(tmp_path / "broken.pdf"), labels, labels + 2) == [None, None]
