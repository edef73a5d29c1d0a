"""Conflicts of interest: each source, both directions, and the traps of e-mail domains."""

import pytest

from reviewers.conflicts import (
    Affiliation,
    Organisation,
    Person,
    Policy,
    Relation,
    Submission,
    Work,
    detect,
    expand,
)

THIS_YEAR = Policy(year=2026, years=3)


def sources(author: Person, reviewer: Person, policy: Policy = THIS_YEAR, organisations=()) -> set[str]:
    found = detect([Submission("p", (author.id,))], [author, reviewer], [reviewer.id], policy, organisations)
    assert all(conflict.reviewer == reviewer.id and conflict.paper == "p" for conflict in found)
    return {conflict.source for conflict in found}


def test_an_author_is_in_conflict_with_the_own_paper() -> None:
    ann = Person("ann")
    assert sources(ann, ann) == {"author"}


def test_two_accounts_with_one_verified_address_are_one_person() -> None:
    assert sources(Person("a", ("Ann@QQ.com",)), Person("b", ("ann@qq.com ",))) == {"email"}


@pytest.mark.parametrize("free", ["gmail.com", "qq.com", "163.com", "126.com", "foxmail.com", "sina.com"])
def test_free_mail_says_nothing(free: str) -> None:
    assert sources(Person("a", (f"a@{free}",)), Person("b", (f"b@{free}",))) == set()


def test_domains_reach_their_parents_but_not_public_suffixes() -> None:
    assert expand("iesl.cs.umass.edu") == ("iesl.cs.umass.edu", "cs.umass.edu", "umass.edu")
    assert expand("mail.tsinghua.edu.cn") == ("mail.tsinghua.edu.cn", "tsinghua.edu.cn")
    assert expand("ict.ac.cn") == ("ict.ac.cn",)
    assert expand("vip.qq.com") == ()
    assert expand("aberdeen.ac.uk", {"aberdeen.ac.uk": "abdn.ac.uk"}) == ("abdn.ac.uk",)
    assert sources(Person("a", ("a@pku.edu.cn",)), Person("b", ("b@tsinghua.edu.cn",))) == set()
    assert sources(Person("a", ("a@cs.pku.edu.cn",)), Person("b", ("b@math.pku.edu.cn",))) == {"domain"}


def test_organisations_meet_in_a_common_parent_unless_it_is_an_umbrella() -> None:
    def tree(umbrella: bool) -> list[Organisation]:
        return [
            Organisation("academy", umbrella=umbrella),
            Organisation("computing", "academy", ("ict.ac.cn",)),
            Organisation("automation", "academy"),
        ]

    a = Person("a", affiliations=(Affiliation("computing"),))
    b = Person("b", affiliations=(Affiliation("automation"),))
    assert sources(a, b, organisations=tree(umbrella=False)) == {"organisation"}
    assert sources(a, b, organisations=tree(umbrella=True)) == set()
    by_mail = Person("c", ("c@mail.ict.ac.cn",))
    assert "organisation" in sources(a, by_mail, organisations=tree(umbrella=True))


def test_an_ended_affiliation_counts_for_some_years() -> None:
    now = Person("a", affiliations=(Affiliation("u"),))
    recent = Person("b", affiliations=(Affiliation("u", 2015, 2023),))
    long_ago = Person("c", affiliations=(Affiliation("u", 2010, 2022),))
    assert sources(now, recent) == {"organisation"}
    assert sources(now, long_ago) == set()
    assert sources(now, long_ago, Policy(year=2026, years=None)) == {"organisation"}


def test_internships_count_as_the_policy_says() -> None:
    intern = Person("a", affiliations=(Affiliation("lab", 2025, 2025, "internship"),))
    member = Person("b", affiliations=(Affiliation("lab"),))
    assert sources(intern, member) == {"organisation"}
    assert sources(intern, member, Policy(year=2026, internships=False)) == set()


def test_domains_only_where_nothing_better_is_known() -> None:
    policy = Policy(year=2026, domains="without_affiliation")
    known = Person("a", ("a@pku.edu.cn",), (Affiliation("elsewhere"),))
    unknown = Person("b", ("b@pku.edu.cn",))
    assert sources(known, unknown, policy) == set()
    assert sources(Person("c", ("c@pku.edu.cn",)), unknown, policy) == {"domain"}


def test_relations_count_whoever_declared_them() -> None:
    student, advisor = Person("s", relations=(Relation("a", "advisor"),)), Person("a")
    assert sources(student, advisor) == {"relation"}
    assert sources(advisor, student) == {"relation"}
    found = detect([Submission("p", ("a",))], [student, advisor], ["s"], THIS_YEAR)
    assert [(c.detail, c.declared_by) for c in found] == [("advisor", "s")]


def test_coauthors_within_the_years() -> None:
    def wrote(who: str, year: int | None) -> Person:
        return Person(who, works=(Work("doi:1", year),))

    assert sources(wrote("a", 2024), wrote("b", 2024)) == {"coauthor"}
    assert sources(wrote("a", 2020), wrote("b", 2020)) == set()
    assert sources(wrote("a", None), wrote("b", None)) == {"coauthor"}
    assert sources(Person("a", coauthors={"b": 2023}), Person("b")) == {"coauthor"}
    assert sources(Person("b"), Person("a", coauthors={"b": 2023})) == {"coauthor"}


def test_a_loop_of_organisations_ends() -> None:
    loop = [Organisation("x", "y"), Organisation("y", "x")]
    a, b = Person("a", affiliations=(Affiliation("x"),)), Person("b", affiliations=(Affiliation("y"),))
    assert sources(a, b, organisations=loop) == {"organisation"}


def test_each_conflict_is_told_once_and_unknown_people_are_no_error() -> None:
    a = Person("a", ("a@x.org", "b@x.org"))
    b = Person("b", ("c@x.org",))
    found = detect([Submission("p", ("a", "stranger"))], [a, b], ["b", "ghost"], THIS_YEAR)
    assert [(c.source, c.detail) for c in found] == [("domain", "x.org")]
