"""Files given to reviewers: a neutral name, and no hidden trace of who made them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.files import receive_path
from confsys.events.states import Blindness, Role
from confsys.reviewing.blinding import DOCX, PDF, blind
from confsys.submissions.models import PaperFile, Submission
from confsys.submissions.states import FileKind
from tests import factories
from tests.reviewing import make

SENTINEL = "Zyxwvut"


def a_pdf(path: Path) -> Path:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T=SENTINEL, Rect=[0, 0, 9, 9])
        page.obj.Annots = pdf.make_indirect([pdf.make_indirect(note)])
        pdf.docinfo["/Author"] = SENTINEL
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [SENTINEL]
        pdf.save(path)
    return path


def test_a_pdf_loses_its_properties(tmp_path: Path) -> None:
    source, target = a_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    assert SENTINEL.encode() in source.read_bytes()
    blind(str(source), str(target), PDF)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == 1
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        assert "/T" not in pdf.pages[0].obj.Annots[0]
    assert SENTINEL.encode() not in target.read_bytes()


def test_a_word_document_loses_its_properties(tmp_path: Path) -> None:
    source, target = tmp_path / "a.docx", tmp_path / "b.docx"
    with zipfile.ZipFile(source, "w") as made:
        made.writestr("docProps/core.xml", f"<x>{SENTINEL}</x>")
        made.writestr("word/comments.xml", f'<w:comment w:author="{SENTINEL}" w:initials="ZX"/>')
        made.writestr("word/document.xml", "<w:t>The text stays.</w:t>")
    blind(str(source), str(target), DOCX)
    with zipfile.ZipFile(target) as read:
        everything = b"".join(read.read(name) for name in read.namelist())
        assert read.testzip() is None
    assert b"The text stays." in everything
    assert SENTINEL.encode() not in everything


def test_other_kinds_are_not_pretended_to_be_blind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="image/png"):
        blind("a", "b", "image/png")


def with_file(paper: Submission, path: Path) -> None:
    stored = receive_path(path, name=f"{SENTINEL}.pdf", actor=SYSTEM, at=clock.now())
    kind, at = FileKind.MANUSCRIPT, clock.now()
    factories.saved(PaperFile(submission_id=paper.id, kind=kind, number=1, file=stored, uploaded_at=at, pages=1))


@pytest.mark.parametrize("blindness", [Blindness.DOUBLE, Blindness.SINGLE])
def test_a_reviewer_gets_the_paper_as_blind_as_the_event_is(
    app: Flask, client: FlaskClient, tmp_path: Path, blindness: Blindness
) -> None:
    event = factories.event("am", blindness=blindness)
    paper, reviewer = factories.submission(event), make.reviewer(event)
    with_file(paper, a_pdf(tmp_path / "a.pdf"))
    make.assignment(paper, reviewer)
    factories.sign_in(client, reviewer)
    answer = client.get(f"/events/am/reviews/{paper.number}/paper")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert SENTINEL not in str(answer.headers)
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert ("/Info" in pdf.trailer) is (blindness is Blindness.SINGLE)
    factories.sign_in(client, make.reviewer(event))
    assert client.get(f"/events/am/reviews/{paper.number}/paper").status_code == 404
    factories.sign_in(client, factories.grant(event, Role.CHAIR))
    assert client.get(f"/events/am/review/papers/{paper.number}/file").status_code == 200
