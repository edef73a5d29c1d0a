"""The files under static/: whole, small, and with their licences."""

from __future__ import annotations

import re

import pytest

from tests.look.gallery import ROOT

STATIC = ROOT / "static"
OWN = [p for p in STATIC.rglob("*") if p.suffix in {".css", ".js"} and "vendor" not in p.parts]


def test_the_grid_has_every_position_of_a_long_day() -> None:
    rules = (STATIC / "css/components/timetable-grid.css").read_text("utf-8")
    steps, rooms = range(1, 217), range(1, 41)
    expected = {f".tt-r{n} {{ grid-row-start: {n + 1}; }}" for n in steps}
    expected |= {f".tt-s{n} {{ grid-row-end: span {n}; }}" for n in steps}
    expected |= {f".tt-rows-{n} {{ --rows: {n}; }}" for n in steps}
    expected |= {f".tt-c{n} {{ grid-column: {n + 1}; }}" for n in rooms}
    expected |= {f".tt-w{n} {{ grid-column-end: span {n}; }}" for n in range(2, 13)}
    expected |= {f".tt-cols-{n} {{ --rooms: {n}; }}" for n in rooms}
    assert set(re.findall(r"\.tt-\S+ { [^}]+ }", rules)) == expected


def test_every_vendored_library_has_its_licence() -> None:
    for folder in [*(STATIC / "vendor").iterdir(), *(ROOT / "tests/vendor").iterdir()]:
        assert [p for p in folder.iterdir() if p.name.upper().startswith("LICENSE")], folder.name


def test_every_sheet_and_script_is_used() -> None:
    skeleton = (ROOT / "templates/skeleton.html").read_text("utf-8")
    scripts = "".join(p.read_text("utf-8") for p in OWN if p.suffix == ".js")
    served = (ROOT / "confsys/programme/views/public.py").read_text("utf-8")  # the worker has an address of its own
    for path in OWN:
        name = path.relative_to(STATIC / "css").with_suffix("").as_posix() if path.suffix == ".css" else path.name
        assert (
            f"'{name}'" in skeleton
            or f"css/{name}.css" in skeleton
            or any(f"/{name}" in text or f'"{name}"' in text for text in (skeleton, scripts, served))
        ), name


@pytest.mark.parametrize("path", OWN, ids=lambda p: p.name)
def test_files_stay_small_and_local(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert len(text.splitlines()) < 400
    assert "http://" not in text
    assert "https://" not in text


def test_every_icon_that_is_asked_for_exists() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text("utf-8")))
    folders = (ROOT / "templates", ROOT / "tests/look")
    texts = "".join(p.read_text("utf-8") for folder in folders for p in folder.rglob("*.html"))
    asked = set(re.findall(r"\bicon\('([\w-]+)'[,)]", texts)) | set(re.findall(r"icon_name='([\w-]+)'", texts))
    assert asked <= drawn
    assert {f"state-{s}" for s in ("open", "waiting", "done", "closed", "wrong", "draft")} <= drawn
