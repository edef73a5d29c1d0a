"""Every pair of colours that carries text or a sign, measured as WCAG 2.2 asks, on white and on dark paper."""

from __future__ import annotations

import re

import pytest

from tests.look.gallery import ROOT

CSS = ROOT / "static" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
ACCENT = re.compile(r"\.accent-(\w+) { --accent: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\); }")
TINT = 0.08

TOKENS = {name: pair for name, *pair in PAIR.findall((CSS / "tokens.css").read_text("utf-8"))}
ACCENTS_CSS = (CSS / "accents.css").read_text("utf-8")
ACCENTS = {name: pair for name, *pair in ACCENT.findall(ACCENTS_CSS)}
ON_ACCENT = {name: pair for name, *pair in PAIR.findall(ACCENTS_CSS)}["on-accent"]
Colour = tuple[float, float, float]


def rgb(text: str) -> Colour:
    return tuple(int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def mixed(front: str, share: float, back: str) -> Colour:
    return tuple(f * share + b * (1 - share) for f, b in zip(rgb(front), rgb(back), strict=True))  # type: ignore[return-value]


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21)
    assert contrast(rgb("#767676"), rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_there_is_a_palette() -> None:
    assert len(ACCENTS) >= 8
    assert ACCENTS["teal"][0] == "#0f5a5e"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ACCENTS)
def test_accents_can_be_read(name: str, theme: int) -> None:
    accent = ACCENTS[name][theme]
    tint = mixed(accent, TINT, TOKENS["paper"][theme])
    for ground in (*(rgb(TOKENS[g][theme]) for g in ("paper", "surface", "sunken", "raised")), tint):
        assert contrast(rgb(accent), ground) >= 4.5
    assert contrast(rgb(ON_ACCENT[theme]), rgb(accent)) >= 4.5
    assert contrast(rgb(TOKENS["ink"][theme]), tint) >= 7
    assert contrast(rgb(TOKENS["ink-soft"][theme]), tint) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    "name", ["ink", "ink-soft", "waiting", "done", "closed", "wrong", *(f"tone-{n}" for n in range(1, 9))]
)
def test_words_can_be_read(name: str, theme: int) -> None:
    for ground in ("paper", "surface", "sunken", "raised"):
        assert contrast(rgb(TOKENS[name][theme]), rgb(TOKENS[ground][theme])) >= 4.5, ground


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_on_tints_can_be_read(theme: int) -> None:
    for state in ("waiting", "done", "closed", "wrong"):
        tint = rgb(TOKENS[f"{state}-tint"][theme])
        assert contrast(rgb(TOKENS[state][theme]), tint) >= 4.5
        assert contrast(rgb(TOKENS["ink"][theme]), tint) >= 7
    for n in range(1, 9):
        ground = mixed(TOKENS[f"tone-{n}"][theme], 0.10, TOKENS["paper"][theme])
        assert contrast(rgb(TOKENS["ink-soft"][theme]), ground) >= 4.5
        assert contrast(rgb(TOKENS["wrong"][theme]), ground) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(theme: int) -> None:
    for ground in ("paper", "surface", "raised"):
        assert contrast(rgb(TOKENS["line-strong"][theme]), rgb(TOKENS[ground][theme])) >= 3
