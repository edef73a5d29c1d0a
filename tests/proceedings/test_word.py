"""The volume in Word: contents, sections, indexes as fields; authors' documents with all that was in them."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

import proceedings
from proceedings import office
from proceedings.inspection.pdf import text_of_pages
from proceedings.word.volume import write_volume
from tests.proceedings.volumes import small
from tests.proceedings.words import document


@pytest.fixture(scope="module")
def volume(tmp_path_factory) -> Path:
    folder = small(tmp_path_factory.mktemp("word"))
    data = json.loads((folder / "volume.json").read_text())
    pages = {"p1": proceedings.Range(1, 2), "p2": proceedings.Range(3, 4)}
    papers = {
        "p1": document(folder / "a.docx", "A Study of O(n²) Things", "Note of the first paper."),
        "p2": document(folder / "b.docx", note="Note of the second paper."),
    }
    write_volume(proceedings.Book(proceedings.volume_of(data, folder), pages), papers, folder / "volume.docx")
    return folder / "volume.docx"


def _part(volume: Path, name: str) -> str:
    with zipfile.ZipFile(volume) as archive:
        return archive.read(name).decode()


def test_contents_and_index_are_fields(volume: Path):
    fields = [field.strip() for field in re.findall(r"<w:instrText[^>]*>([^<]*)<", _part(volume, "word/document.xml"))]
    assert any(field.startswith("TOC") for field in fields)
    assert any("PAGEREF" in field or field.startswith("INDEX") for field in fields)


def test_every_footnote_is_there_once_and_has_its_mark(volume: Path):
    notes, body = _part(volume, "word/footnotes.xml"), _part(volume, "word/document.xml")
    assert notes.count("Note of the first paper.") == notes.count("Note of the second paper.") == 1
    marks = re.findall(r'<w:footnoteReference[^>]*w:id="(\d+)"', body)
    assert len(marks) == len(set(marks)) == 2
    assert all(f'w:id="{mark}"' in notes for mark in marks)


def test_tables_pictures_and_equations_are_kept(volume: Path):
    body = _part(volume, "word/document.xml")
    assert body.count("A table cell") == 2
    assert len(re.findall(r"<m:oMath[ >]", body)) == 2
    assert len(re.findall(r"<a:blip\b", body)) == 2
    assert len(Document(str(volume)).sections) >= 4


def test_opens_in_libreoffice_with_footnotes(volume: Path, tmp_path: Path):
    if office.program() is None:
        pytest.skip("LibreOffice is not installed")
    office.to_pdf(volume, tmp_path / "volume.pdf")
    pages = text_of_pages(str(tmp_path / "volume.pdf"))
    words = "\n".join(pages)
    assert len(pages) >= 5
    for wanted in ("Note of the first paper.", "Note of the second paper.", "欧阳娜"):
        assert wanted in words
