"""Lists of authors, however they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.core.names import PersonName, parted
from confsys.submissions.authorlist import merged, read_list
from tests.submissions.desk import author


@pytest.mark.parametrize(
    ("line", "name", "email", "place", "country"),
    [
        ("Wei Zhang <w@example.org> (Uni of Examples)", ("Wei", "Zhang", ""), "w@example.org", "Uni of Examples", ""),
        ("张伟；示例大学；wei@example.org", ("", "", "张伟"), "wei@example.org", "示例大学", ""),
        ("张伟 (Wei Zhang), 示例大学, wei@x.edu.cn", ("Wei", "Zhang", "张伟"), "wei@x.edu.cn", "示例大学", ""),
        ("Ann Grey*1, Dept of X, Uni Y, Germany", ("Ann", "Grey", ""), "", "Dept of X, Uni Y", "DE"),
        ("Prabhat", ("", "Prabhat", ""), "", "", ""),
        ("Jan van der Berg\tTU Delft\tjan@x.nl", ("Jan", "van der Berg", ""), "jan@x.nl", "TU Delft", ""),
        ("Wei Zhang (张伟)", ("Wei", "Zhang", "张伟"), "", "", ""),
        ("李娜（示例大学）", ("", "", "李娜"), "", "示例大学", ""),
        ("Şenöz, Ayşe; Koç University; Turkey", ("Ayşe", "Şenöz", ""), "", "Koç University", "TR"),
    ],
)  # fmt: skip
def test_lines_as_people_write_them(line: str, name: tuple, email: str, place: str, country: str) -> None:
    (found,) = read_list(line)
    assert found.name == PersonName(*name)
    assert (found.email, str(found.affiliation), found.country) == (email, place, country)


def test_an_orcid_is_taken_out_of_the_line() -> None:
    (found,) = read_list("Ann Grey, Uni Y, https://orcid.org/0000-0002-1825-0097")
    assert (found.orcid, found.affiliation.en) == ("0000-0002-1825-0097", "Uni Y")


@pytest.mark.parametrize(
    "table",
    [
        "given name,family name,email,affiliation\nMei,Lin,mei@x.cn,Uni A",
        "\ufeffEmail\tSurname\tFirst name\tOrganisation\r\nmei@x.cn\tLin\tMei\tUni A\r\n",
        "Name;E-mail;Affiliation\nLin, Mei;MEI@x.cn;Uni A",
        "姓名,邮箱,单位\nMei Lin,mei@x.cn,Uni A",
    ],
)
def test_tables_are_known_by_their_headings(table: str) -> None:
    (found,) = read_list(table)
    assert (found.name.given, found.name.family, found.email) == ("Mei", "Lin", "mei@x.cn")
    assert found.affiliation.en == "Uni A"


def test_a_table_keeps_both_forms_of_a_name_and_of_a_place() -> None:
    table = "given,family,native,affiliation_en,affiliation_zh,country\nMei,Lin,林梅,Uni A,甲大学,China"
    (found,) = read_list(table)
    assert found.name == PersonName("Mei", "Lin", "林梅")
    assert (found.affiliation.en, found.affiliation.zh, found.country) == ("Uni A", "甲大学", "CN")


def test_a_long_list_keeps_its_order() -> None:
    names = [f"{chr(65 + n // 26)}en {chr(65 + n % 26)}ing" for n in range(162)]
    assert [found.name.latin for found in read_list("\n".join(names))] == names


def test_nobody_is_added_twice() -> None:
    known = [author("Mei", "Lin", email="mei@x.cn")]
    lines = merged(known, read_list("Mei Lin <mei@x.cn>\nJan Berg\nJan Berg"))
    assert [line.name.latin for line in lines] == ["Mei Lin", "Jan Berg"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van der Berg, Jan", PersonName("Jan", "van der Berg")),
        ("Maria de la Cruz", PersonName("Maria", "de la Cruz")),
        ("Martin Luther King Jr.", PersonName("Martin Luther", "King Jr.")),
        ("Bernard ’t Hart", PersonName("Bernard", "’t Hart")),
        ("张 伟", PersonName(native="张伟")),
        ("", PersonName()),
    ],
)
def test_a_whole_name_is_parted_as_writing_allows(text: str, name: PersonName) -> None:
    assert parted(text) == name


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_and_every_author_has_a_name_or_comes_from_a_table(text: str) -> None:
    for found in read_list(text):
        assert not found.blank
