"""``report.json`` and ``report.html``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from proceedings.findings import Finding, Severity
from proceedings.markup import html, plain
from proceedings.report.pictures import picture_name, shown
from proceedings.verify.check import Check
from proceedings.volume.book import Book, file_name
from proceedings.volume.model import Paper

_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans SC", sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #bbb }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem } table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
.error { color: #a51212 } .warning { color: #8a5300 } .note { color: #3b5a77 } .held { color: #17692f }
.zh { color: #555 } figure { display: inline-block; margin: .4rem 1rem .4rem 0 }
figure img { border: 1px solid #999; max-width: 14rem }
"""
_WORDS = {"error": "Error 错误", "warning": "Warning 警告", "note": "Note 提示"}


def report_files(
    book: Book, findings: Sequence[Finding], checks: Sequence[Check], pictures: Sequence[str]
) -> dict[str, bytes]:
    """Both files by name; ``pictures`` are those that were drawn into ``report/``."""
    data = {
        "title": book.volume.title.pick(book.volume.language),
        "papers": {paper.id: str(book.pages[paper.id]) for paper in book.papers()},
        "findings": [finding.as_dict() for finding in findings],
        "checks": [check.as_dict() for check in checks],
    }
    return {
        "report.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode(),
        "report.html": ("\n".join(_page(book, findings, checks, set(pictures))) + "\n").encode(),
    }


def _page(book: Book, findings: Sequence[Finding], checks: Sequence[Check], pictures: set[str]) -> Iterator[str]:
    title = escape(plain(book.volume.title.pick(book.volume.language)))
    counts = Counter(finding.severity for finding in findings)
    summary = ", ".join(f"{counts[severity]} × {_WORDS[severity]}" for severity in Severity) or "–"
    yield '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    yield f"<title>{title}: report</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{title}</h1><p>{summary}</p>"
    yield from _verified(checks)
    volume_wide = [finding for finding in findings if finding.paper is None]
    if volume_wide:
        yield "<h2>Volume 论文集</h2>"
        yield from _list(volume_wide)
    yield "<h2>Papers 论文</h2>"
    for paper in book.volume.printed():
        own = [finding for finding in findings if finding.paper == paper.id]
        yield from _paper(book, paper, own, pictures)
    yield "</body></html>"


def _verified(checks: Sequence[Check]) -> Iterator[str]:
    if not checks:
        return
    yield "<h2>Read back 成品核对</h2><table><tr><th>What 项目</th><th>Held 通过</th><th>Not 未通过</th></tr>"
    for name in dict.fromkeys(check.name for check in checks):
        group = [check for check in checks if check.name == name]
        failed = [check for check in group if not check.held]
        problems = "<br>".join(escape(f"{check.subject}: {check.problem}") for check in failed[:20])
        css = "held" if not failed else "warning"
        count = f"{len(group) - len(failed)} / {len(group)}"
        yield f'<tr><td>{escape(name)}</td><td class="{css}">{count}</td><td>{problems}</td></tr>'
    yield "</table>"


def _paper(book: Book, paper: Paper, findings: Sequence[Finding], pictures: set[str]) -> Iterator[str]:
    pages = f" ({book.pages[paper.id]})" if paper.id in book.pages else ""
    yield f"<h3>{escape(paper.id)}{pages}: {html(paper.title.pick(book.language(paper)))}</h3>"
    if not findings:
        yield '<p class="held">fine 无问题</p>'
        return
    yield from _list(findings)
    names = [(mark.page, picture_name(file_name(paper), mark)) for _, mark in shown(tuple(findings))]
    for page, name in dict.fromkeys(names):
        if name in pictures:
            yield f'<figure><img src="report/{escape(name)}" alt="page {page}">'
            yield f"<figcaption>p. {page}</figcaption></figure>"


def _list(findings: Sequence[Finding]) -> Iterator[str]:
    yield "<ul>"
    for finding in sorted(findings, key=lambda f: list(Severity).index(f.severity)):
        group = f" [{finding.group}]" if finding.group else ""
        yield f'<li class="{finding.severity}"><b>{_WORDS[finding.severity]}{group}</b> {escape(finding.text("en"))}'
        yield f'<br><span class="zh">{escape(finding.text("zh"))}</span></li>'
    yield "</ul>"
