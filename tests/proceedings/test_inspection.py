"""Every real, odd and damaged file gets its own clear sentence, or passes."""

import dataclasses
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import proceedings
from proceedings.findings import LANGUAGES, Finding, Severity, catalogue, found, page_list
from proceedings.inspection import Kind, Report, anonymity
from proceedings.isolation import AbandonedError, Pool
from proceedings.people import Person
from tests.proceedings.volumes import deposited
from tests.shared import shared

PAPERS = "data/conferences/papers"


@pytest.fixture(scope="module")
def pool():
    with Pool(1) as pool:
        yield pool


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


DAMAGED = {
    "pdf-damaged/crlf-mangled.pdf": {"pdf-damaged"},
    "pdf-damaged/empty.pdf": {"file-empty"},
    "pdf-damaged/encrypted-owner-only.pdf": {"pdf-locked", "font-type3"},
    "pdf-damaged/encrypted-rc4-40.pdf": {"pdf-locked", "font-type3"},
    "pdf-damaged/encrypted-user-password.pdf": {"pdf-password"},
    "pdf-damaged/html-named.pdf": {"file-is-html"},
    "pdf-damaged/leading-junk.pdf": set(),
    "pdf-damaged/linearized.pdf": {"font-type3"},
    "pdf-damaged/many-pages.pdf": {"font-type3"},
    "pdf-damaged/rotated.pdf": {"page-rotated", "font-type3"},
    "pdf-damaged/truncated-half.pdf": {"pdf-damaged"},
    "pdf-damaged/truncated-last-kilobyte.pdf": {"pdf-damaged"},
    "pdf-damaged/zeroed-middle.pdf": {"pdf-repaired", "font-not-embedded", "font-type3"},
    "docx-damaged/empty.docx": {"file-empty"},
    "docx-damaged/plain-zip.docx": {"file-is-zip"},
    "docx-damaged/really-a-docx.pdf": {"file-is-docx"},
    "docx-damaged/really-a-pdf.docx": {"file-is-pdf"},
    "docx-damaged/truncated.docx": {"docx-damaged"},
    "pdf-edge/annotated_pdf.pdf": {"font-not-embedded", "has-annotations"},
    "pdf-edge/crazyones-pdfa.pdf": set(),
    "pdf-edge/habibi.pdf": set(),
    "pdf-edge/libreoffice-writer-password.pdf": {"pdf-password"},
    "pdf-edge/minimal-document.pdf": set(),
    "pdf-edge/multicolumn.pdf": set(),
    "pdf-edge/pdflatex-forms.pdf": {"has-form"},
    "pdf-edge/with-attachment.pdf": {"has-attachments"},
    "docx/deep-rules-revision.docx": {"docx-tracked-changes"},
    "docx/sortee-manuscript.docx": set(),
    "pdf/jcon.00093.pdf": set(),
}


@pytest.mark.parametrize("file", DAMAGED)
def test_each_odd_file_gets_its_sentences(file, pool):
    report = proceedings.inspect(shared(f"{PAPERS}/{file}"), pool=pool)
    assert codes(report) == DAMAGED[file]
    for finding in report.findings:
        for language in LANGUAGES:
            assert "{" not in finding.text(language)


def test_every_shared_file_is_covered():
    there = {
        f"{folder}/{path.name}"
        for folder in ("pdf-damaged", "docx-damaged", "pdf-edge")
        for path in shared(f"{PAPERS}/{folder}").iterdir()
        if path.suffix in (".pdf", ".docx")
    }
    assert there <= set(DAMAGED)


def test_tracked_changes_are_counted_as_words_changed(pool):
    report = proceedings.inspect(shared(f"{PAPERS}/docx/deep-rules-revision.docx"), pool=pool)
    assert report.traits["tracked_changes"] == 381


def test_report_survives_json(pool):
    report = proceedings.inspect(shared(f"{PAPERS}/pdf/jcon.00054.pdf"), pool=pool)
    assert Report.from_dict(report.as_dict()) == report
    assert len(report.pages) == 8
    assert "Threading" in report.first_page_text


def test_metadata_that_names_the_author_is_found_in_a_blind_file(pool):
    record = deposited(shared(f"{PAPERS}/crossref-as-deposited/jcon.00093.xml"))
    author = Person.of(record["authors"][0])
    report = proceedings.inspect(
        shared(f"{PAPERS}/pdf/jcon.00093.pdf"), pool=pool, blind=True, authors=[author], name="paper.pdf"
    )
    assert {"anonymity-metadata", "anonymity-name"} <= codes(report)


def test_docx_creator_is_found_in_a_blind_file(pool):
    report = proceedings.inspect(shared(f"{PAPERS}/docx/ecvp-abstract.docx"), pool=pool, blind=True)
    fields = {f.params["field"] for f in report.findings if f.code == "anonymity-metadata-suspect"}
    assert fields == {"author", "last_modified_by"}


def blind_report(*pages: str, name: str = "paper.pdf", **metadata: str) -> Report:
    return Report(name, Kind.PDF, 1, "", opens=True, text=pages, metadata=metadata)


LI = Person.of(
    {"given": "Jun", "family": "Li", "native": "李军", "affiliation": "苏州大学", "email": "li@suda.example"}
)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (blind_report("A paper\nby Jun Li and others"), "anonymity-name"),
        (blind_report("A paper\nby LI, JUN"), "anonymity-name"),
        (blind_report("论文\n李 军"), "anonymity-name"),
        (blind_report("论文\n苏州大学计算机学院"), "anonymity-affiliation"),
        (blind_report("write to li@suda.example please"), "anonymity-email"),
        (blind_report("x", author="LI Jun"), "anonymity-metadata"),
        (blind_report("x", name="JunLi_final.pdf"), "anonymity-file-name"),
        (blind_report("as in our previous work, we"), "anonymity-self-citation"),
        (blind_report("我们之前的工作表明"), "anonymity-self-citation"),
        (blind_report("text\nAcknowledgements\nWe thank"), "anonymity-acknowledgements"),
        (blind_report("see https://github.com/somebody/code"), "anonymity-repository"),
    ],
)
def test_each_leak_is_found(report, code):
    assert code in {finding.code for finding in anonymity(report, [LI])}


def test_names_in_the_references_and_inside_other_words_are_no_leak():
    report = blind_report("Adjunct listing of things", "more\nReferences\n[1] Jun Li. A paper. li@suda.example")
    assert anonymity(report, [LI]) == ()


def test_the_authors_own_page_is_not_blind(pool):
    path = shared(f"{PAPERS}/pdf/jcon.00093.pdf")
    assert not any(code.startswith("anonymity") for code in codes(proceedings.inspect(path, pool=pool)))


def test_catalogue_speaks_both_languages_about_the_same_figures():
    import string

    for code, message in catalogue().items():
        fields = [
            # A word inside a sentence has its Chinese beside it: {side} and {side_zh}.
            {name.removesuffix("_zh") for _, name, _, _ in string.Formatter().parse(message.texts[language]) if name}
            for language in LANGUAGES
        ]
        assert fields[0] == fields[1], code
        assert 0 <= message.group <= 13


def test_finding_survives_json():
    finding = found("page-rotated", pages="1-3").about("p7")
    assert Finding.from_dict(finding.as_dict()) == finding
    assert finding.severity is Severity.NOTE


def test_page_list_joins_runs():
    assert page_list([3, 1, 2, 7, 7]) == "1-3, 7"
    assert page_list(range(1, 40, 2), most=2) == "1, 3 …"


def test_missing_and_unaccepted_files(tmp_path: Path):
    assert codes(proceedings.inspect(tmp_path / "none.pdf")) == {"file-missing"}
    (tmp_path / "a.tex").write_text("\\documentclass{article}")
    report = proceedings.inspect(tmp_path / "a.tex")
    assert codes(report) == {"file-is-other"}
    assert report.kind is Kind.LATEX


def test_a_file_of_a_kind_not_asked_for(pool):
    path = shared(f"{PAPERS}/docx/ecvp-abstract.docx")
    assert codes(proceedings.inspect(path, pool=pool, accept=("pdf",))) == {"file-not-accepted"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Kind.LOCKED_OFFICE),
        (b"{\\rtf1 hello}", Kind.RTF),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"just words\n", Kind.TEXT),
        (b"\x00\x01\x02\xff" * 40, Kind.UNKNOWN),
        (b"Rar!\x1a\x07", Kind.ARCHIVE),
    ],
)
def test_sniffing(tmp_path: Path, head, kind):
    (tmp_path / "f").write_bytes(head)
    assert proceedings.inspect(tmp_path / "f").kind is kind


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_damage_never_raises(data, pool, tmp_path: Path):
    source = shared(f"{PAPERS}/pdf-edge/pdflatex-forms.pdf").read_bytes()
    raw = bytearray(source[: data.draw(st.integers(0, len(source)))])
    for place in data.draw(st.lists(st.integers(0, max(0, len(raw) - 1)), max_size=8)):
        if raw:
            raw[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(raw))
    report = proceedings.inspect(path, pool=pool, seconds=20)
    assert report.opens or report.refused


def test_a_worker_that_stalls_or_dies_is_replaced():
    with Pool(1) as pool:
        with pytest.raises(AbandonedError) as stalled:
            pool.call("signal:pause", {}, seconds=0.5)
        assert stalled.value.reason == "timeout"
        with pytest.raises(AbandonedError) as died:
            pool.call("os:_exit", {"status": 3})
        assert died.value.reason == "died"
        with pytest.raises(AbandonedError, match="MemoryError"):
            pool.call("builtins:bytes", {"source": 8 << 30})
        assert pool.call("os.path:basename", {"p": "a/b"}) == "b"


def test_a_document_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path, pool):
    import zipfile

    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(700):
                part.write(b" " * (1 << 20))
    assert codes(proceedings.inspect(path, pool=pool)) == {"docx-bomb"}


def test_a_font_declared_but_never_drawn_with_is_no_fault(tmp_path: Path, pool):
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    helvetica = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(helvetica)))
    page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf ET")
    pdf.save(tmp_path / "idle.pdf")
    page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf (x) Tj ET")
    pdf.save(tmp_path / "drawn.pdf")
    assert "font-not-embedded" not in codes(proceedings.inspect(tmp_path / "idle.pdf", pool=pool))
    assert "font-not-embedded" in codes(proceedings.inspect(tmp_path / "drawn.pdf", pool=pool))


def test_a_script_in_the_pdf_refuses_it(tmp_path: Path, pool):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pdf.save(tmp_path / "script.pdf")
    assert "has-scripts" in codes(proceedings.inspect(tmp_path / "script.pdf", pool=pool))


def test_the_report_is_frozen(tmp_path: Path):
    report = proceedings.inspect(tmp_path / "none.pdf")
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.opens = True  # type: ignore[misc]
