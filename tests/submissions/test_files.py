"""Uploads: each odd file gets a clear sentence in both languages; what cannot be read is refused, the rest is kept."""

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from confsys.core.decisions import Refused
from confsys.core.errors import Invalid
from confsys.core.files import store
from confsys.submissions.checking import Check, Examination, examine
from confsys.submissions.operations.receipts import current_file
from confsys.submissions.options import SubmissionOptions
from tests import factories
from tests.shared import shared
from tests.submissions import desk
from tests.submissions.papers import a_pdf, uploaded

PAPERS = "data/conferences/papers"
ANY = SubmissionOptions(accept=("pdf", "docx"))

#: What becomes of every odd file: refused, warned about (kept), or fine, and by which finding.
FATES = {
    "pdf-damaged/crlf-mangled.pdf": ("refused", "pdf-damaged"),
    "pdf-damaged/empty.pdf": ("refused", "file-empty"),
    "pdf-damaged/encrypted-owner-only.pdf": ("warned", "pdf-locked"),
    "pdf-damaged/encrypted-rc4-40.pdf": ("warned", "pdf-locked"),
    "pdf-damaged/encrypted-user-password.pdf": ("refused", "pdf-password"),
    "pdf-damaged/html-named.pdf": ("refused", "file-is-html"),
    "pdf-damaged/leading-junk.pdf": ("fine", ""),
    "pdf-damaged/linearized.pdf": ("warned", "font-type3"),
    "pdf-damaged/many-pages.pdf": ("warned", "font-type3"),
    "pdf-damaged/rotated.pdf": ("warned", "page-rotated"),
    "pdf-damaged/truncated-half.pdf": ("refused", "pdf-damaged"),
    "pdf-damaged/truncated-last-kilobyte.pdf": ("refused", "pdf-damaged"),
    "pdf-damaged/zeroed-middle.pdf": ("warned", "pdf-repaired"),
    "docx-damaged/empty.docx": ("refused", "file-empty"),
    "docx-damaged/plain-zip.docx": ("refused", "file-is-zip"),
    "docx-damaged/really-a-docx.pdf": ("refused", "file-is-docx"),
    "docx-damaged/really-a-pdf.docx": ("refused", "file-is-pdf"),
    "docx-damaged/truncated.docx": ("refused", "docx-damaged"),
    "pdf-edge/annotated_pdf.pdf": ("warned", "font-not-embedded"),
    "pdf-edge/crazyones-pdfa.pdf": ("fine", ""),
    "pdf-edge/habibi.pdf": ("fine", ""),
    "pdf-edge/libreoffice-writer-password.pdf": ("refused", "pdf-password"),
    "pdf-edge/minimal-document.pdf": ("fine", ""),
    "pdf-edge/multicolumn.pdf": ("fine", ""),
    "pdf-edge/pdflatex-forms.pdf": ("warned", "has-form"),
    "pdf-edge/with-attachment.pdf": ("warned", "has-attachments"),
}


@pytest.mark.parametrize("file", FATES)
def test_every_odd_file_gets_a_clear_sentence(app: Flask, file: str) -> None:
    fate, code = FATES[file]
    path = shared(f"{PAPERS}/{file}")
    seen = examine(path, name=path.name, options=ANY)
    assert seen.refused is (fate == "refused")
    assert {check.code for check in seen.checks} >= ({code} if code else set())
    assert not (fate == "fine" and seen.checks)
    for check in seen.checks:
        with force_locale("en"):
            english = check.text
        with force_locale("zh"):
            chinese = check.text
        assert english.endswith((".", "?"))
        assert chinese != english
        assert Check.of(check.as_dict()) == check


def test_every_shared_file_has_a_fate() -> None:
    there = {
        f"{folder}/{path.name}"
        for folder in ("pdf-damaged", "docx-damaged", "pdf-edge")
        for path in shared(f"{PAPERS}/{folder}").iterdir()
        if path.suffix in {".pdf", ".docx"}
    }
    assert there == set(FATES)


def test_a_refused_file_is_not_kept_and_the_paper_stays_as_it_was(app: Flask) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    path = shared(f"{PAPERS}/pdf-damaged/encrypted-user-password.pdf")
    seen = examine(path, name=path.name, options=ANY)
    version = paper.version
    with pytest.raises(Invalid, match="password") as refusal:
        uploaded(paper, me, path, examination=seen)
    assert set(refusal.value.fields) == {"file"}
    assert factories.refreshed(paper).version == version
    assert paper.files == []


def test_versions_are_kept_and_the_newest_counts(app: Flask, tmp_path: Path) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    first = uploaded(paper, me, a_pdf(tmp_path, name="one.pdf"))
    second = uploaded(paper, me, a_pdf(tmp_path, pages=2, name="two.pdf"), examination=Examination(pages=2))
    again = uploaded(paper, me, tmp_path / "two.pdf")
    assert (first.number, second.number) == (1, 2)
    assert again.id == second.id
    assert current_file(factories.refreshed(paper)) is second
    assert b"".join(store().read(first.file.sha256)) == (tmp_path / "one.pdf").read_bytes()


def test_a_file_after_the_door_closed_is_refused(app: Flask, tmp_path: Path) -> None:
    me, event = factories.person(), desk.open_call()
    paper = desk.submitted(event, me)
    desk.move_call(event, days=-8)
    with pytest.raises(Refused, match="closed"):
        uploaded(paper, me, a_pdf(tmp_path))
    assert factories.refreshed(paper).files == []


@pytest.mark.parametrize(
    ("rule", "pages", "size", "code", "refused"),
    [
        ({"pages_max": 2}, 3, (595, 842), "rule-too-long", False),
        ({"pages_max": 2, "pages_strict": True}, 3, (595, 842), "rule-too-long", True),
        ({"pages_min": 2}, 1, (595, 842), "rule-too-short", False),
        ({"page_size": "a4"}, 1, (612, 792), "rule-paper-size", False),
        ({"page_size": "a4"}, 1, (842, 595), "", False),
        ({"pages_max": 2, "pages_min": 2, "page_size": "a4"}, 2, (595, 842), "", False),
    ],
)
def test_the_rules_of_the_event(
    app: Flask, tmp_path: Path, rule: dict, pages: int, size: tuple[int, int], code: str, refused: bool
) -> None:
    path = a_pdf(tmp_path, pages=pages, size=size)
    seen = examine(path, name=path.name, options=SubmissionOptions.read(rule))
    assert {check.code for check in seen.checks} - {"pdf-no-text"} == ({code} if code else set())
    assert seen.refused is refused
    assert seen.pages == pages
    assert all("%(" not in check.text for check in seen.checks)


def test_a_blind_paper_must_not_name_its_authors_in_text_or_metadata(app: Flask, tmp_path: Path) -> None:
    path = a_pdf(tmp_path, name="Lin-final.pdf", Author="LIN Mei")
    authors = [desk.author("Mei", "Lin", "林梅")]
    blind = {check.code for check in examine(path, name=path.name, options=ANY, authors=authors, blind=True).checks}
    assert "anonymity-metadata" in blind
    assert "anonymity-file-name" not in blind
    seen = {check.code for check in examine(path, name=path.name, options=ANY, authors=authors).checks}
    assert not any(code.startswith("anonymity") for code in seen)


def test_an_event_may_insist_on_embedded_fonts(app: Flask) -> None:
    path = shared(f"{PAPERS}/pdf-edge/annotated_pdf.pdf")
    strict = SubmissionOptions(fonts_embedded=True)
    assert examine(path, name=path.name, options=strict).refused


def test_a_word_document_where_only_pdf_is_taken(app: Flask) -> None:
    path = shared(f"{PAPERS}/docx/ecvp-abstract.docx")
    seen = examine(path, name=path.name, options=SubmissionOptions())
    assert [check.code for check in seen.refusals] == ["file-not-accepted"]
