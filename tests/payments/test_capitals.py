"""Sums in Chinese capitals, as the rules for bills and receipts (正确填写票据和结算凭证的基本规定) write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.payments.capitals import DIGITS, PLACES, in_capitals


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "零元整"), (1, "壹分"), (10, "壹角整"), (1_409_50, "壹仟肆佰零玖元伍角整"),
        (6_007_14, "陆仟零柒元壹角肆分"),
        (1_680_32, "壹仟陆佰捌拾元零叁角贰分"),
        (107_000_53, "壹拾万柒仟元零伍角叁分"), (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (325_04, "叁佰贰拾伍元零肆分"), (2_080_00, "贰仟零捌拾元整"), (100_000_000_00, "壹亿元整"),
        (100_001_000_00, "壹亿零壹仟元整"), (10_001_00, "壹万零壹元整"), (-5_00, "负伍元整"),
    ],
)  # fmt: skip
def test_as_the_rules_write_them(minor: int, words: str) -> None:
    assert in_capitals(minor) == words


def _read(words: str) -> int:
    """The other way round, written apart: capitals back to fen."""
    yuan, _, rest = words.partition("元") if "元" in words else ("", "", words)
    total = section = digit = 0
    for character in yuan:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in PLACES:
            section, digit = section + digit * 10 ** PLACES.index(character), 0
        else:
            section, digit = section + digit, 0
            total, section = (total + section) * {"万": 10**4, "亿": 10**8}[character], 0
    small = 0
    for number, unit in zip(rest.lstrip("零整")[::2], rest.lstrip("零整")[1::2], strict=False):
        small += DIGITS.index(number) * {"角": 10, "分": 1}[unit] if unit in "角分" else 0
    return (total + section + digit) * 100 + small


@given(st.integers(0, 10**10 - 1))
def test_read_back_they_are_the_same_sum(minor: int) -> None:
    words = in_capitals(minor)
    assert "零零" not in words
    if minor < 10**6:  # below a 万 the other way round needs no memory of groups
        assert _read(words) == minor
