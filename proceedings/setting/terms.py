"""Fixed words of the volume's own pages, in both languages."""

from __future__ import annotations

import calendar
from datetime import date

from proceedings.text import Text
from proceedings.volume.book import Range

TERMS = {
    "committees": Text("Committees", "组织机构"),
    "sponsors": Text("Sponsors", "赞助单位"),
    "talks": Text("Invited Talks", "特邀报告"),
    "contents": Text("Contents", "目录"),
    "programme": Text("Programme", "会议日程"),
    "authors": Text("Author Index", "作者索引"),
    "keywords": Text("Keyword Index", "关键词索引"),
    "institutions": Text("Index of Institutions", "机构索引"),
    "editors": Text("Edited by", "主编"),
    "comma": Text(", ", "、"),
    "pinyin": Text("in alphabetical order", "按姓氏拼音排序"),
    "stroke": Text("in order of the strokes of their surnames", "按姓氏笔画排序"),
    "index_pinyin": Text(
        "By family name; Chinese names by their reading in pinyin.", "按姓氏排列，中文姓名按汉语拼音。"
    ),
    "index_stroke": Text(
        "Chinese names by the strokes of their characters; then all others by family name.",
        "中文姓名按姓氏笔画排列，其余按姓氏字母排列。",
    ),
    "index_latin": Text("By family name in Latin letters.", "按姓氏拉丁字母排列。"),
    "others": Text("{count} more", "等{count}人"),
    "rights": Text("All rights reserved.", "版权所有，翻印必究。"),
    "publisher": Text("Published by", "出版"),
    "pages": Text("pages", "页"),
    "volume": Text("Volume", "卷"),
    "licensed": Text("Licensed under", "许可协议："),
    "contact": Text("Contact", "联系方式"),
    "keywords_plain": Text("Keywords", "关键词"),
    "funding": Text("Funding", "基金项目"),
    "licence": Text("Licence", "许可"),
    "cite": Text("How to cite", "引用格式"),
    "colophon": Text(
        "Set in Libertinus Serif and Noto Serif SC. Page numbers, contents, index and records were "
        "made from one source and read back from the finished volume.",
        "正文字体：Libertinus Serif、思源宋体（Noto Serif SC）。"
        "页码、目录、索引与元数据出自同一数据源，并经成品回读核对。",
    ),
}
_MONTHS = tuple(calendar.month_name)[1:]


def day(when: date, language: str) -> str:
    """``22 November 2026`` or ``2026年11月22日``."""
    if language == "zh":
        return f"{when.year}年{when.month}月{when.day}日"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def days(start: date | None, end: date | None, language: str) -> str:
    """The days of an event, the common parts said once; empty where unknown."""
    if start is None:
        return ""
    if end is None or end == start:
        return day(start, language)
    if language == "zh":
        if start.year != end.year:
            return f"{day(start, language)}—{day(end, language)}"
        tail = f"{end.day}日" if start.month == end.month else f"{end.month}月{end.day}日"
        return f"{day(start, language)}—{tail}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end, language)}"
    first = f"{start.day} {_MONTHS[start.month - 1]}"
    return f"{first if start.year == end.year else day(start, language)} – {day(end, language)}"


def pages(range_: Range, language: str) -> str:
    """``pages 3–12``, ``page 3`` or ``第3–12页``."""
    if language == "zh":
        return f"第{range_}页"
    return f"page {range_}" if range_.count == 1 else f"pages {range_}"
