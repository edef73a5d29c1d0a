"""The members of the sample: classes, branches, committees, and some dozens of members over the years."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from confsys.accounts import passwords
from confsys.accounts.models import EmailAddress, Person, SiteRoleGrant
from confsys.accounts.states import SiteRole
from confsys.core.actor import Actor
from confsys.core.db import db
from confsys.core.localized import LocalizedText
from confsys.core.names import PersonName
from confsys.core.operation import operation
from confsys.members.models import Body, Member, Office, OfficeTerm, Tier
from confsys.members.operations.applying import Wish, apply, vouch
from confsys.members.operations.dues import ask_renewal, open_due, settle
from confsys.members.operations.integrity import Complaint, file_complaint
from confsys.members.operations.tiers import TierRules, create_tier
from confsys.members.queries.membership import last_term
from confsys.members.sample_heard import tell_heard
from confsys.members.states import Allegation, Audience, BodyKind, DueKind, MembershipState, Period
from confsys.members.terms import state_on

if TYPE_CHECKING:
    from confsys.sample import Sample

PASSWORD = "confsys-demo"  # noqa: S105  printed by `make run`; the sample loads in demo mode only
DEMO = {
    "member": PersonName("Nanxing", "Ye", "叶南星"),
    "secretary": PersonName("Zhixing", "Bai", "白知行"),
    "integrity": PersonName("Qiushi", "Meng", "孟秋实"),
}
TIERS = {
    "ordinary": TierRules(
        LocalizedText("Ordinary member", "普通会员"), "M", position=1, referees=2, dues_minor=200_00,
        benefits=LocalizedText(
            "Member price and first places at every meeting\nThe proceedings of the year\n"
            "A vote, and suggestions that are answered",
            "各类会议享受会员价并优先报名\n获赠当年论文集\n选举权，以及提案建议必有答复",
        ),
    ),
    "student": TierRules(
        LocalizedText("Student member", "学生会员"), "S", LocalizedText("With proof of study", "凭学籍证明"), 2,
        dues_minor=50_00, referees=1,
        benefits=LocalizedText(
            "Member price at every meeting\nGrants for young researchers", "各类会议享受会员价\n可申请青年人才支持"
        ),
    ),
    "senior": TierRules(
        LocalizedText("Senior member", "高级会员"), "G", LocalizedText("Ten years in the field", "从业满十年"),
        position=3, dues_minor=400_00, referees=2,
        benefits=LocalizedText(
            "All that ordinary members get\nMay be elected to committees", "享有普通会员全部权益\n可当选工作委员会委员"
        ),
    ),
    "foreign": TierRules(LocalizedText("Foreign member", "外籍会员"), "F", position=4, referees=1, dues_minor=300_00),
    "corporate": TierRules(
        LocalizedText("Corporate member", "单位会员"), "U", LocalizedText("Companies, institutes", "企业与院所"),
        5, Period.CALENDAR, 12, (10, 1), dues_minor=5000_00,
    ),
    "honorary": TierRules(LocalizedText("Honorary member", "荣誉会员"), "H", position=6, months=60, is_open=False),
}  # fmt: skip
BODIES = (
    ("linjiang", BodyKind.BRANCH, "Linjiang branch", "临江分会"),
    ("beiling", BodyKind.BRANCH, "Beiling branch", "北陵分会"),
    ("systems", BodyKind.BRANCH, "Branch of computer systems", "计算机系统专业分会"),
    ("academic", BodyKind.COMMITTEE, "Committee for academic exchange", "学术交流工作委员会"),
    ("youth", BodyKind.COMMITTEE, "Committee for young researchers", "青年工作委员会"),
    ("secretariat", BodyKind.OFFICE, "Membership office", "会员服务部"),
)
OFFICES = (("Chair", "主任委员"), ("Vice-chair", "副主任委员"), ("Secretary", "秘书"))
MEMBERS = 45


@operation
def tell(story: Sample) -> None:
    secret = passwords.hashed(PASSWORD)
    for key, name in DEMO.items():
        story.people[key] = _person(story, key, name, secret)
    story.people["secretary"].roles.append(SiteRoleGrant(role=SiteRole.SECRETARY))
    story.people["integrity"].roles.append(SiteRoleGrant(role=SiteRole.INTEGRITY))
    office = Actor(story.people["secretary"].id)
    tiers = {key: create_tier(key, rules, actor=office, at=story.at) for key, rules in TIERS.items()}
    bodies = _bodies(story)
    accounts = {person.id for person in story.people.values()}  # what these are is told one by one
    everyone = [story.people["member"], *(one for one in story.scholars[:MEMBERS] if one.id not in accounts)]
    for n, person in enumerate(everyone):
        _member(story, n, person, tiers, bodies)
    _accounts(story, tiers)
    tell_heard(story, everyone, bodies)
    told = Complaint(
        Allegation.DUPLICATE, story.scholars[MEMBERS + 3].emails[0].address,
        "The same measurements were handed in to two meetings; both texts are attached to my letter.",
    )  # fmt: skip
    file_complaint(told, actor=Actor(story.scholars[MEMBERS + 2].id), at=story.at - timedelta(days=3))
    hopeful = story.scholars[MEMBERS + 1]
    voucher = story.people["member"].emails[0].address
    wish = Wish(tiers["student"], "I work on stream processing and would like to help the youth committee.", [voucher])
    apply(hopeful, wish, actor=Actor(hopeful.id), at=story.at - timedelta(days=2))


def _person(story: Sample, key: str, name: PersonName, secret: str) -> Person:
    person = Person(created_at=story.at, consented_at=story.at, session_nonce="sample", password_hash=secret)
    person.set_name(name)
    person.locale = "zh"
    person.emails.append(EmailAddress(address=f"{key}@example.org", verified_at=story.at, is_primary=True))
    db.session.add(person)
    db.session.flush()
    return person


def _bodies(story: Sample) -> dict[str, Body]:
    made = {}
    for n, (key, kind, en, zh) in enumerate(BODIES):
        body = Body(key=key, kind=kind, name=LocalizedText(en, zh), position=n)
        db.session.add(body)
        made[key] = body
        for place, (title_en, title_zh) in enumerate(OFFICES):
            holder = story.scholars[n * 3 + place]
            office = Office(title=LocalizedText(title_en, title_zh), position=place, is_single=title_en == "Chair")
            body.offices.append(office)
            began = story.at.date() - timedelta(days=500)
            office.terms.append(
                OfficeTerm(person_id=holder.id, starts_on=began, ends_on=story.at.date() + timedelta(days=600))
            )
            if office.is_single:
                office.terms.append(
                    OfficeTerm(
                        person_id=story.scholars[n * 3 + 20].id, starts_on=began - timedelta(days=1461),
                        ends_on=began - timedelta(days=1),
                    )
                )  # fmt: skip
    db.session.flush()
    return made


def _member(story: Sample, n: int, person: Person, tiers: dict[str, Tier], bodies: dict[str, Body]) -> None:
    """Joined some years ago and renewed ever since, or not: some are in grace, some lapsed."""
    key = ("ordinary", "ordinary", "student", "senior", "ordinary", "foreign")[n % 6] if n else "ordinary"
    at = story.at - timedelta(days=40 + 365 * (n % 5) + 7 * (n % 11))
    actor = Actor(person.id)
    due = open_due(person, tiers[key], DueKind.JOIN, tiers[key].dues_minor, actor=actor, at=at)
    term = settle(due, actor=actor, at=at)
    assert term is not None  # noqa: S101  a first payment makes a term
    member = term.member
    years = 6 if n % 9 else 2
    for _year in range(years):
        if not _renew(member, actor, story):
            break
    member.branch_id = list(bodies.values())[n % 3].id
    if n % 4:
        member.consent = {
            "name": Audience.PUBLIC.value, "affiliation": Audience.MEMBERS.value, "honours": Audience.PUBLIC.value,
            "card": Audience.PUBLIC.value,
        }  # fmt: skip


def _accounts(story: Sample, tiers: dict[str, Tier]) -> None:
    """Of the accounts one can sign in with: the reviewer is in grace, the attendee lapsed, the author has applied."""
    ordinary = tiers["ordinary"]
    for key, days in (("reviewer", 365 + 30), ("attendee", 365 + 200)):
        person, at = story.people[key], story.at - timedelta(days=days)
        actor = Actor(person.id)
        settle(open_due(person, ordinary, DueKind.JOIN, ordinary.dues_minor, actor=actor, at=at), actor=actor, at=at)
    author, voucher = story.people["author"], story.people["member"]
    words = "I study how systems fail, and review for the youth committee."
    wish = Wish(tiers["student"], words, [voucher.emails[0].address])
    application = apply(author, wish, actor=Actor(author.id), at=story.at - timedelta(days=5))
    [asked] = application.asked
    vouch(asked, confirms=True, words="A careful student.", actor=Actor(voucher.id), at=story.at - timedelta(days=1))


def _renew(member: Member, actor: Actor, story: Sample) -> bool:
    """Pay the next term a week before the last one ends, if that is in the past."""
    last = last_term(member)
    assert last is not None  # noqa: S101  see _member
    if state_on(story.at.date(), last.span) is MembershipState.CURRENT:
        return False
    then = story.at - timedelta(days=(story.at.date() - last.ends_on).days + 7)
    settle(ask_renewal(member, actor=actor, at=then), actor=actor, at=then)
    db.session.expire(member, ["terms"])
    return True
