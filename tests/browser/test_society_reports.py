"""The yearly report opened, followed to its rows, downloaded and set by LibreOffice; a volunteer's certificate."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from proceedings.office import program, to_pdf
from tests.browser.conftest import Site

WORDS = {
    "en": {"title": "Yearly report", "chapters": ["Papers", "Peer review", "Outreach"], "download": "Word document"},
    "zh": {"title": "年度报告", "chapters": ["论文", "同行评审", "科普"], "download": "Word 文档"},
}


def _figures(page: Page) -> dict[str, str]:
    """Label -> value of the page's figures."""
    return dict(
        page.locator(".figures li").evaluate_all(
            "items => items.map(i => ['.figure-label', '.figure-value'].map(c => i.querySelector(c).innerText))"
        )
    )


def _text_of(document: Path) -> str:
    pdf = document.with_suffix(".pdf")
    to_pdf(document, pdf)
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_bounded() for page in opened)


@pytest.mark.parametrize(("locale", "phone"), [("en", False), ("zh", True)])
def test_the_yearly_report_is_read_followed_and_downloaded(
    site: Site, tmp_path: Path, locale: str, phone: bool
) -> None:
    words = WORDS[locale]
    page = site.sign_in("secretary", locale, phone=phone)
    site.speaks(page, locale)
    page.goto("/reports")
    site.looks_right(page, locale)
    page.locator("article h2 a").last.click()
    expect(page.locator("h1")).to_contain_text(words["title"])
    site.looks_right(page, locale)
    figures = _figures(page)
    assert len(figures) > 25
    # A figure of more than nought leads to as many rows as it says.
    number = next(n for n, value in enumerate(figures.values()) if re.fullmatch(r"[1-9]\d?", value))
    value = list(figures.values())[number]
    page.locator(".figures li a").nth(number).click()
    site.looks_right(page, locale)
    expect(page.locator("tbody tr")).to_have_count(min(50, int(value)))
    page.go_back()
    page.locator("details.menu summary", has_text=re.compile("Download|下载")).click()
    with page.expect_download() as caught:
        page.locator(".menu-list a", has_text=words["download"]).first.click()
    document = tmp_path / "report.docx"
    caught.value.save_as(document)
    if program() is None:
        pytest.skip("LibreOffice is not installed: the document was downloaded and not set")
    text = _text_of(document)
    assert [chapter for chapter in words["chapters"] if chapter not in text] == []
    told = [v for v in figures.values() if v not in {"–", "0"}]
    assert [v for v in told if v.replace(" ", "") not in text.replace(" ", "")] == []


@pytest.mark.parametrize(("locale", "phone"), [("en", True), ("zh", False)])
def test_a_volunteer_takes_a_certificate_and_a_stranger_checks_it(
    site: Site, tmp_path: Path, locale: str, phone: bool
) -> None:
    page = site.sign_in("volunteer", locale, phone=phone)
    site.speaks(page, locale)
    page.goto("/outreach/volunteer")
    site.looks_right(page, locale)
    with page.expect_download() as caught:
        page.locator("form[action$='/volunteer/certificate'] button").click()
    certificate = tmp_path / "certificate.pdf"
    caught.value.save_as(certificate)
    with pypdfium2.PdfDocument(certificate) as opened:
        text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in opened)
    assert "Certificate of volunteering" in text
    assert "志愿服务记录证明" in text
    code = re.search(r"\b[2-9A-HJ-NP-Z]{12}\b", text)
    assert code
    stranger = site.visit(locale, phone=phone)
    stranger.goto(f"/outreach/certificates/{code.group(0)}")
    site.looks_right(stranger, locale)
    expect(stranger.locator(".notice-success")).to_be_visible()
