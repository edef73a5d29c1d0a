"""What is wrong with an entry by GB/T 7714, as far as its words alone tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proceedings.text import has_han

_CODE = re.compile(r"\[([A-Z]{1,2})(?:/[A-Z]{2})?\]")
_CODES = {
    "2015": {"M", "C", "G", "N", "J", "D", "R", "S", "P", "DB", "CP", "EB", "A", "CM", "DS", "Z"},
    "2025": {"M", "C", "J", "N", "D", "R", "S", "P", "EB", "A", "CM", "DS", "PP", "CP", "Z"},
}
_CONFERENCE = re.compile(r"会议|年会|论文集|proceedings|conference|symposium|workshop", re.IGNORECASE)


def lint(text: str, edition: str) -> Iterator[tuple[str, str]]:
    """Problems as (English, Chinese)."""
    code = _CODE.search(text)
    if code is None:
        yield "the type of the source, such as [J] or [C], is missing", "缺少文献类型标识，如 [J]、[C]"
    elif code.group(1) not in _CODES[edition]:
        yield f"[{code.group(1)}] is no type of the standard", f"标准中没有文献类型标识 [{code.group(1)}]"
    elif code.group(1) == "C" and "//" not in text and _CONFERENCE.search(text[code.end() :]):
        yield "[C] must be followed by // before the proceedings", "[C] 与论文集题名之间缺少“//”"
    if not re.search(r"[.。]\s*$", text):
        yield "it does not end in a full stop", "末尾缺少句点"
    if not re.search(r"(?:1[89]|20)\d\d", text):
        yield "the year is missing", "缺少年份"
    if re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff](?=[,，.])", text[:12]):
        yield "a Chinese name holds a blank", "中文姓名中间不应有空格"
    head = text[: code.start()] if code else text
    names = re.split(r"[,，]", head.split(". ")[0])
    if has_han(head) and len(names) > 4 and "等" not in head:
        yield "after three authors 等 must follow", "作者超过三人时，第三人后应加“等”"
