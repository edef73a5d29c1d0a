"""Groups 9, 10 and 12: forms, registration, sources."""

from __future__ import annotations

from collections.abc import Iterator

from proceedings.findings import Finding, found
from proceedings.text import has_han
from proceedings.volume.model import Paper, Profile


def check(paper: Paper, profile: Profile) -> Iterator[Finding]:
    """What the office still waits for."""
    if profile.form_required or paper.form is not None:
        yield from _form(paper)
    if profile.registration_required and not paper.registered:
        yield found("not-registered")
    if profile.source_required and (paper.source is None or not paper.source.is_file()):
        yield found("source-missing")
    if paper.similarity is not None and profile.similarity_limit and paper.similarity > profile.similarity_limit:
        yield found("similarity", percent=f"{paper.similarity:g}", limit=f"{profile.similarity_limit:g}")


def _form(paper: Paper) -> Iterator[Finding]:
    form = paper.form
    if form is None or not form.signed_by.strip():
        yield found("form-missing")
        return
    name = form.signed_by.strip()
    if len(name.split()) < 2 and not (has_han(name) and len(name) >= 2):
        yield found("form-name", name=name)
    for value, english, chinese in ((form.organisation, "organisation", "单位"), (form.address, "address", "地址")):
        if not value.strip():
            yield found("form-incomplete", missing=english, missing_zh=chinese)
