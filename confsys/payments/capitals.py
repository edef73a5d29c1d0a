"""Sums of yuan in Chinese capitals (大写金额), as receipts carry them so that no stroke can be added.

>>> in_capitals(1_200_05)
'壹仟贰佰元零伍分'
"""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def in_capitals(minor: int) -> str:
    """A sum in fen. Below nothing it begins with 负; above 9999 万亿 there is no such word."""
    if abs(minor) >= 10**18:
        raise ValueError(minor)
    if minor < 0:
        return "负" + in_capitals(-minor)
    yuan, fen = divmod(minor, 100)
    jiao, fen = divmod(fen, 10)
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{whole or '零元'}整"
    between = "零" if whole and (not jiao or yuan % 10 == 0) else ""
    parts = (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "整")
    return whole + between + parts


def _whole(yuan: int) -> str:
    """In groups of four digits; one 零 stands for any run of them between digits that say something."""
    groups: list[int] = []
    while yuan:
        yuan, rest = divmod(yuan, 10_000)
        groups.append(rest)
    said = ""
    for power in reversed(range(len(groups))):
        group = groups[power]
        if not group:
            continue
        if said and (group < 1000 or not groups[power + 1]):
            said += "零"
        said += _four(group) + GROUPS[power]
    return said


def _four(group: int) -> str:
    said, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return said
