"""A report as Word document, workbook and data file, read back."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from confsys.core.i18n import force_locale
from confsys.core.localized import LocalizedText
from confsys.core.registry import ReportChart, ReportPart, ReportTable
from confsys.core.reporting import Col, Rows
from confsys.reports import collecting, reading
from confsys.reports.states import FileForm
from confsys.reports.writing import contents
from tests.conftest import NOW
from tests.shared import ROOT

PEOPLE = [("Ada", 3, "2026-01-02"), ("=HYPERLINK(1)", 5, None), ("博", 1, "2026-03-04")]


def part() -> ReportPart:
    rows = Rows(
        "people", LocalizedText("People", "人员"), PEOPLE,
        [Col("name", LocalizedText("Name", "姓名"), lambda p: p[0]), Col("n", "N", lambda p: p[1], "number"),
         Col("day", "Day", lambda p: p[2], "date")],
    )  # fmt: skip
    return ReportPart(
        "first", LocalizedText("First part", "第一部分"),
        [
            rows.count("first.many", LocalizedText("With two or more", "两次以上"), lambda p: p[1] > 1),
            rows.total("first.sum", "Sum", "n"),
            rows.share("first.share", "Share", lambda p: p[1] > 1),
            rows.median("first.median", "Median", "n"),
        ],
        [ReportChart("first.chart", LocalizedText("A picture", "一幅图"), ["a", "b"], [("x", [1, None]), ("y", [2, 3])],
                     see=LocalizedText("Look here.", "请看此处。"))],
        [ReportTable("first.table", LocalizedText("A table", "一张表"), ["day", "what"], [[NOW, "=1+1"]])],
        rows=[rows.table()],
    )  # fmt: skip


@pytest.fixture
def data(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(collecting, "contributed", lambda *_: [part()])
    scope: Any = type("Scope", (), {"first": NOW.date(), "last": NOW.date()})
    return collecting.collect(scope, kind="year", title=LocalizedText("The report", "这份报告"), at=NOW)


def test_the_data_file_keeps_to_its_schema(data: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "docs/report.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    kept = json.loads(contents(data)[FileForm.JSON, ""])
    assert [error.message for error in Draft202012Validator(schema).iter_errors(kept)] == []
    assert kept == data


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", ["The report", "First part", "A picture", "10 Mar 2026", "2 of 3"]),
     ("zh", ["这份报告", "第一部分", "一幅图", "2026年3月10日", "3 项中的 2 项"])],
)  # fmt: skip
def test_the_word_document_has_chapters_contents_pictures_and_tables(
    data: dict[str, Any], locale: str, words: list[str]
) -> None:
    document = Document(io.BytesIO(contents(data)[FileForm.DOCX, locale]))
    text = "\n".join(p.text for p in document.paragraphs)
    text += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert [word for word in words if word not in text] == []
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [f"1  {words[1]}"]
    contents_lines = [p for p in document.paragraphs if p.style.name == "toc 1"]
    assert [link.get(qn("w:anchor")) for line in contents_lines for link in line._p.iter(qn("w:hyperlink"))] == [
        "part1"
    ]
    assert "part1" in {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    picture = document.inline_shapes[0]._inline.docPr
    assert words[2] in picture.get("descr")
    assert len(document.tables) == 3
    for table in document.tables:  # the head is repeated on each page
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert document.core_properties.title == words[0]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_workbook_marks_the_rows_behind_each_figure(data: dict[str, Any], locale: str) -> None:
    book = load_workbook(io.BytesIO(contents(data)[FileForm.XLSX, locale]))
    with force_locale(locale):
        figures = reading.read(data).parts[0].figures
    rows = book[{"en": "People", "zh": "人员"}[locale]]
    header = [cell.value for cell in rows[1]]
    marked = {
        figure.key: sum(
            rows.cell(line, header.index(figure.label) + 1).value or 0 for line in range(2, rows.max_row + 1)
        )
        for figure in figures
    }
    assert marked == {"first.many": 2, "first.sum": 3, "first.share": 2, "first.median": 3}
    front = book.worksheets[0]
    values = [front.cell(line, 3).value for line in range(4, 8)]
    assert values == [2, 9, pytest.approx(2 / 3), 3]
    assert front.cell(4, 5).hyperlink.location or front.cell(4, 5).hyperlink.target
    assert rows.cell(3, 1).value == "'=HYPERLINK(1)"
    assert rows.cell(2, 3).value.isoformat()[:10] == "2026-01-02"
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    assert len(book.worksheets[1]._charts) == 1
