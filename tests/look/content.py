"""Invented people, papers and sessions in both languages. Nobody here exists."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 1, 6, 40, tzinfo=UTC)
SOCIETY = ("Society for Electrical Engineering", "电气工程学会")
GROUPS = ("call", "papers", "review", "programme", "registration", "proceedings", "exchange", "settings")


def say(en: str, zh: str) -> str:
    return zh if str(get_locale()).startswith("zh") else en


class Window(Thing):
    """Stands in for confsys.core.stages.Window."""

    def phase(self, at: datetime) -> str:
        if self.opens and at < self.opens:
            return "before"
        if at <= self.due:
            return "open"
        return "grace" if self.closes and at <= self.closes else "closed"


def window(opens: float, due: float, grace: float = 0) -> Window:
    """A stage that opens and falls due so many days from now."""
    end = (NOW + timedelta(days=due)).astimezone(ZONE).replace(hour=23, minute=59)
    return Window(opens=NOW + timedelta(days=opens), due=end, closes=end + timedelta(days=grace))


def event(accent: str) -> Thing:
    return Thing(
        slug="2027",
        accent=accent,
        name=say("Annual Meeting 2027", "2027 年学术年会"),
        dates_text=say("15 – 18 Apr 2027", "2027年4月15日至18日"),
        place_text=say("Hangzhou, China", "中国杭州"),
    )


def my_events() -> list[Thing]:
    return [
        Thing(name=say("Annual Meeting 2027", "2027 年学术年会"), href="/home"),
        Thing(name=say("Young Engineers’ Forum", "青年工程师论坛"), href="/public_home"),
    ]


def account_links(*, signed_in: bool) -> list[Thing]:
    if not signed_in:
        return [Thing(label=say("Sign in", "登录"), href="/sign_in", post=False)]
    return [
        Thing(label=say("Your profile", "个人资料"), href="/form", post=False),
        Thing(label=say("Sign out", "退出"), href="/sign_in", post=True),
    ]


def navigation(page: str) -> list[Thing]:
    words = [
        (say("Overview", "概览"), "home", "", None),
        (say("Your papers", "您的论文"), "record", "", None),
        (say("Your reviews", "您的评审"), "split", "", 2),
        (say("Programme", "日程"), "timetable", "", None),
        (say("Registration", "注册"), "form", "", None),
    ]
    chain = [
        (say("Stages", "阶段"), "overview", "call", None),
        (say("Call text", "征稿启事"), "form", "call", None),
        (say("All papers", "全部论文"), "list", "papers", None),
        (say("Import", "导入"), "steps", "papers", None),
        (say("Assignment", "分配"), "steps", "review", None),
        (say("Discussion", "讨论"), "parts", "review", 4),
        (say("Decisions", "录用决定"), "board", "review", None),
        (say("Sessions", "分会场"), "board", "programme", None),
        (say("Timetable", "时间表"), "timetable_edit", "programme", None),
        (say("Orders", "订单"), "list", "registration", None),
        (say("Volume", "论文集"), "steps", "proceedings", None),
        (say("Questions", "提问"), "parts", "exchange", None),
        (say("Team", "团队"), "list_empty", "settings", None),
    ]
    organiser = page in {"overview", "list", "list_empty", "board", "timetable_edit", "steps", "parts"}
    items = words + (chain if organiser else [])
    return [
        Thing(label=label, href=f"/{target}", active=target == page, group=group, badge=badge)
        for label, target, group, badge in items
    ]


PEOPLE = [
    ("Lin Yue", "林悦"),
    ("Zhou Qiming", "周启明"),
    ("Amara Diallo", ""),
    ("Chen Jiayi", "陈嘉怡"),
    ("Henrik Solberg", ""),
    ("Gao Ruoxi", "高若曦"),
    ("Priya Raman", ""),
    ("Wu Haoran", "吴浩然"),
]
TITLES = [
    ("Partial discharge in aged cable joints under harmonic load", "谐波负载下老化电缆接头的局部放电"),
    ("A droop law for grid-forming converters with bounded frequency", "频率有界的构网型变流器下垂控制"),
    ("Estimating transformer hot spots from sparse fibre sensors", "基于稀疏光纤测点的变压器热点估计"),
    (
        "Fault ride-through of offshore collection networks: what ten years of records say",
        "海上集电网络的故障穿越：十年记录的启示",
    ),
    ("Scheduling storage by the price of regret", "以遗憾代价调度储能"),
    ("Wireless synchrophasors for rural feeders", "面向农村馈线的无线同步相量"),
    ("Soft switching in a 3 kV SiC stack", "3 kV 碳化硅串联器件的软开关"),
    ("How operators read alarms at night", "夜班调度员如何读取告警"),
]


def papers() -> list[Thing]:
    states = [
        ("open", say("in review", "评审中")),
        ("waiting", say("waits for a review", "等待评审")),
        ("done", say("accepted", "已录用")),
        ("closed", say("withdrawn", "已撤回")),
        ("wrong", say("file unreadable", "文件不可读")),
        ("draft", say("draft", "草稿")),
    ]
    rows = []
    for n, (title, person) in enumerate(zip(TITLES, PEOPLE, strict=True)):
        tone, word = states[n % len(states)]
        scores = [3 + (n * 7 + k * 3) % 5 for k in range(n % 4)]
        rows.append(
            Thing(
                id=17 + 13 * n,
                title=say(*title),
                name=person[0],
                native=person[1],
                tone=tone,
                word=word,
                scores=scores,
                mean=round(sum(scores) / len(scores), 1) if scores else None,
                pages=4 + n % 5,
                file="report.pdf",
                received=NOW - timedelta(days=3 * n, hours=n),
            )
        )
    return [View(row) for row in rows]


class View(dict[str, Any]):
    """Attribute and key, as a frozen view behaves in a template."""

    def __init__(self, thing: Thing) -> None:
        super().__init__(vars(thing))
        self.__dict__ = self


def columns() -> list[dict[str, Any]]:
    return [
        {"key": "title", "label": say("Title", "题目"), "sort": True},
        {"key": "id", "label": say("No.", "编号"), "kind": "number", "sort": True},
        {"key": "author", "label": say("Contact", "联系人"), "sort": True},
        {"key": "state", "label": say("State", "状态"), "kind": "state"},
        {"key": "scores", "label": say("Scores", "评分"), "kind": "state"},
        {"key": "pages", "label": say("Pages", "页数"), "kind": "number", "sort": True},
        {"key": "received", "label": say("Received", "收到时间"), "kind": "date", "sort": True},
    ]


def paper_page() -> Thing:
    """What core.listing gives a template."""

    def chip(label: str, active: bool, count: int) -> Thing:
        return Thing(label=label, href="/list?q=state", active=active, count=count)

    chips = [
        (
            say("State", "状态"),
            [chip(say("in review", "评审中"), True, 31), chip(say("accepted", "已录用"), False, 12)],
        ),
        (
            say("Track", "方向"),
            [chip(say("Power systems", "电力系统"), False, 120), chip(say("Storage", "储能"), False, 44)],
        ),
    ]
    return Thing(
        rows=papers(),
        total=412,
        number=3,
        pages=9,
        query="state:review",
        sort="title",
        chips=chips,
        columns=columns(),
        export_href=lambda kind: f"/list?format={kind}",
    )


def item(key: str, title: str, room: str | None, start: int, minutes: int, **more: Any) -> dict[str, Any]:
    return {"id": key, "title": title, "room": room, "start": start, "minutes": minutes, **more}


def sessions() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rooms = [
        {"key": "a", "label": say("Hall A", "一号厅"), "note": say("400 seats", "400 座")},
        {"key": "b", "label": say("Room 201", "201 室"), "note": say("80 seats", "80 座")},
        {"key": "c", "label": say("Room 202", "202 室"), "note": say("80 seats", "80 座")},
        {"key": "d", "label": say("Foyer", "前厅"), "note": None},
    ]
    power, storage, people = (
        say("Power systems", "电力系统"),
        say("Storage", "储能"),
        say("People and grids", "人与电网"),
    )
    items = [
        item("o", say("Opening", "开幕式"), "a", 540, 30),
        item(
            "k",
            say("Keynote: the grid as a commons", "主旨报告：作为公共品的电网"),
            "a",
            570,
            60,
            people="Amara Diallo",
            code="K1",
        ),
        item("c1", say("Coffee", "茶歇"), None, 630, 30),
        item(
            "s1",
            say("Insulation and ageing", "绝缘与老化"),
            "a",
            660,
            90,
            track=power,
            tone=1,
            code="S1",
            people="周启明",
            href="/record",
        ),
        item("s2", say("Storage markets", "储能市场"), "b", 660, 75, track=storage, tone=2, code="S2", href="/record"),
        item(
            "s3",
            say("Alarms and attention", "告警与注意力"),
            "c",
            660,
            90,
            track=people,
            tone=3,
            code="S3",
            href="/record",
            clash=say("Chen Jiayi speaks in Hall A at 11:20", "陈嘉怡 11:20 在一号厅有报告"),
        ),
        item("l", say("Lunch", "午餐"), None, 750, 60),
        item("s4", say("Converters", "变流器"), "a", 810, 90, track=power, tone=1, code="S4"),
        item("p1", say("Posters, first half", "海报（上）"), "d", 810, 120, code="P1"),
        item("t", say("Open problems", "开放问题"), "b", 810, 15, track=storage, tone=2),
        item("s5", say("Fault records", "故障记录"), "b", 840, 60, track=power, tone=1, code="S5", locked=True),
        item(
            "w",
            say("Workshop: writing for practitioners", "工作坊：面向工程师的写作"),
            "c",
            825,
            105,
            track=people,
            tone=3,
        ),
    ]
    return rooms, items


def tray() -> list[dict[str, Any]]:
    return [
        {
            "id": "x1",
            "title": say("Sensors in the field", "现场传感"),
            "minutes": 90,
            "track": say("Power systems", "电力系统"),
            "tone": 1,
        },
        {
            "id": "x2",
            "title": say("Round table: data that may travel", "圆桌：可以流动的数据"),
            "minutes": 60,
            "tone": 4,
            "track": say("Society", "学会"),
        },
    ]


def draft() -> dict[str, Any]:
    return {
        "title": {"en": "Scheduling storage by the price of regret", "zh": "以遗憾代价调度储能"},
        "kind": "full",
        "abstract": say("We ask what an operator would pay not to regret.", "我们追问：调度员愿为“不后悔”付出多少。"),
        "topics": ["ai"],
        "authors": [
            {"name": "Lin Yue 林悦", "email": "lin@example.org"},
            {"name": "Amara Diallo", "email": "a@example.org"},
        ],
        "pages": 8,
        "stamp": "7",
    }


def wrong_input() -> MultiDict[str, str]:
    return MultiDict(
        [
            ("abstract", ""),
            ("pages", "14"),
            ("authors-0-name", ""),
            ("authors-0-email", "lin at example"),
            ("kind", ""),
            ("keywords", "storage"),
            ("presentation", "talk"),
        ]
    )
