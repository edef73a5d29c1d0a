"""The people of the sample: the demo accounts and a hundred invented researchers at invented universities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from confsys.accounts import passwords
from confsys.accounts.lookup import lookup_of
from confsys.accounts.models import Affiliation, EmailAddress, Organisation, Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName, folded, suggested_latin
from confsys.core.operation import operation

if TYPE_CHECKING:
    from datetime import datetime

    from confsys.sample import Sample

PASSWORD = "confsys-demo"  # noqa: S105  printed by `make run`; the sample loads in demo mode only
SCHOLARS = 100
#: Places among the scholars that the demo accounts take: the first forty review.
REVIEWER, AUTHOR = 0, 40
DEMO = {
    "author": PersonName("Zhiyuan", "Lin", "林致远"),
    "reviewer": PersonName("Ruolan", "Shen", "沈若兰"),
    "chair": PersonName("Jingxing", "Gu", "顾景行"),
    "organiser": PersonName("Wanqing", "Tang", "唐婉清"),
    "admin": PersonName("Andrea", "Keller"),
    "treasurer": PersonName("Shouyi", "Qian", "钱守一"),
    "attendee": PersonName("Qiuhe", "Bai", "白秋禾"),
    "volunteer": PersonName("Yuhe", "Jiang", "江雨禾"),
}
PLACES = (
    ("linjiang", "Linjiang University", "临江大学", "CN"),
    ("yunmeng", "Yunmeng Institute of Technology", "云梦理工学院", "CN"),
    ("beiling", "Beiling University", "北陵大学", "CN"),
    ("haitang", "Haitang Normal University", "海棠师范大学", "CN"),
    ("qingshi", "Qingshi Research Institute", "青石研究院", "CN"),
    ("songgang", "Songgang Polytechnic", "松岗科技大学", "CN"),
    ("lanxi", "Lanxi Software Company", "兰溪软件公司", "CN"),
    ("weststrand", "University of Weststrand", "", "IE"),
    ("altmuehl", "Altmühl Technical University", "", "DE"),
    ("norrvik", "Norrvik Institute", "", "SE"),
    ("porto-novo-lab", "Novo Systems Laboratory", "", "PT"),
    ("harrow-field", "Harrowfield College", "", "GB"),
)
#: Names, one blank between two.
SURNAMES = "赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫 蒋 韩 杨 朱 秦 许 何 吕 张 孔 曹 严 华 金 魏 陶 姜 欧阳 上官 司马"
GIVEN = "思远 嘉言 明哲 子涵 晓彤 文博 雨桐 浩然 静宜 俊杰 若曦 天佑 欣怡 梦瑶 志强 安琪 立新 泽宇 秋实 知行 冬青 南星"
FAMILY = "Okafor Lindqvist Moreau Haas Silva Novak Byrne Rossi Tanaka Kowalski Iyer Dumont Eriksen Vargas"
FIRST = "Amara Nils Claire Jonas Beatriz Petra Sean Giulia Kenji Anna Ravi Louise Mette Diego"
WORDS = (
    "distributed systems", "consensus", "storage", "query optimisation", "stream processing", "privacy",
    "machine learning", "graph data", "scheduling", "verification", "networks", "data quality", "operating systems",
    "benchmarking", "human factors",
)  # fmt: skip


@operation
def tell(story: Sample) -> None:
    places = [_place(*row) for row in PLACES]
    db.session.add_all(places)
    secret = passwords.hashed(PASSWORD)
    for key, name in DEMO.items():
        story.people[key] = _person(name, f"{key}@example.org", places[len(story.people)], story.at)
        story.people[key].password_hash = secret
    story.people["admin"].roles.append(SiteRoleGrant(role=SiteRole.ADMIN))
    for role in (SiteRole.SECRETARY, SiteRole.OUTREACH):
        story.people["organiser"].roles.append(SiteRoleGrant(role=role))
    story.people["treasurer"].roles.append(SiteRoleGrant(role=SiteRole.TREASURER))
    taken: set[str] = set()
    while len(story.scholars) < SCHOLARS:
        story.scholars.append(_scholar(story, places, taken))
    story.scholars[REVIEWER], story.scholars[AUTHOR] = story.people["reviewer"], story.people["author"]
    for person in story.scholars:
        person.expertise = story.dice.sample(WORDS, 4)
        db.session.add(person)
    db.session.add_all(story.people.values())
    db.session.flush()


def _place(domain: str, en: str, zh: str, country: str) -> Organisation:
    return Organisation(
        name=LocalizedText(en, zh), lookup=lookup_of([en, zh]), country=country, domains=[f"{domain}.example"]
    )


def _person(name: PersonName, address: str, place: Organisation, at: datetime) -> Person:
    person = Person(created_at=at, consented_at=at, session_nonce="sample", country=place.country)
    person.set_name(name)
    person.locale = "zh" if name.native else "en"
    person.zone = "Asia/Shanghai" if name.native else "Europe/Berlin"
    person.emails.append(EmailAddress(address=address, verified_at=at, is_primary=True))
    person.affiliations.append(Affiliation(organisation=place, starts_on=date(2019, 9, 1)))
    return person


def _scholar(story: Sample, places: list[Organisation], taken: set[str]) -> Person:
    """A researcher nobody knows: two of three with a Chinese name, some with a former affiliation."""
    dice = story.dice
    if dice.random() < 2 / 3:
        native = dice.choice(SURNAMES.split()) + dice.choice(GIVEN.split())
        given, family = suggested_latin(native)
        name, here = PersonName(given, family, native), dice.choice(places[:7])
    else:
        name, here = PersonName(dice.choice(FIRST.split()), dice.choice(FAMILY.split())), dice.choice(places[7:])
    local = folded(f"{name.given}.{name.family}".replace("'", "").replace(" ", ""))
    local = local if local not in taken else f"{local}{len(taken)}"
    taken.add(local)
    person = _person(name, f"{local}@{here.domains[0]}", here, story.at)
    if dice.random() < 0.2:
        former = dice.choice([place for place in places if place is not here])
        ended = story.at.date() - timedelta(days=400)
        person.affiliations[0].starts_on = ended
        person.affiliations.append(Affiliation(organisation=former, starts_on=date(2015, 9, 1), ends_on=ended))
    return person
