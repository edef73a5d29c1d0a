"""Small things everything else stands on: names, money, identifiers, texts, windows of time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confsys.core import identifiers
from confsys.core.clock import frozen, now
from confsys.core.localized import LocalizedText
from confsys.core.money import Money
from confsys.core.names import PersonName, folded, suggested_latin
from confsys.core.stages import Phase, Window, end_of_day


@pytest.mark.parametrize(
    ("native", "latin"),
    [("张伟", ("Wei", "Zhang")), ("欧阳文", ("Wen", "Ouyang")), ("赵平安", ("Ping'an", "Zhao")),
     ("单田芳", ("Tianfang", "Shan")), ("曾国藩", ("Guofan", "Zeng"))],
)  # fmt: skip
def test_suggested_latin_follows_the_national_standard(native: str, latin: tuple[str, str]) -> None:
    assert suggested_latin(native) == latin


def test_a_name_is_shown_as_its_owner_writes_it() -> None:
    name = PersonName("Wei", "Zhang", "张伟")
    assert (name.both, name.shown("zh"), name.shown("en")) == ("张伟 (Wei Zhang)", "张伟", "Wei Zhang")
    assert PersonName(family="Mausam").both == "Mausam"
    assert PersonName(native="张伟").shown("en") == "张伟"


def test_names_sort_by_family_in_latin_letters() -> None:
    names = [PersonName(native="张伟"), PersonName("Ada", "Şenöz"), PersonName("Bo", "Šmid"), PersonName(native="阿里")]
    assert [n.both for n in sorted(names, key=lambda n: n.sort_key)] == ["阿里", "Ada Şenöz", "Bo Šmid", "张伟"]


def test_folded_text_knows_no_marks() -> None:
    assert folded("O’Donnell ŞENÖZ Bošnjak") == "o'donnell senoz bosnjak"


def test_orcid_checks_its_last_character() -> None:
    assert identifiers.orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert identifiers.orcid("000000015271808x") == "0000-0001-5271-808X"
    with pytest.raises(ValueError, match="checksum"):
        identifiers.orcid("0000-0002-1825-0098")
    with pytest.raises(ValueError, match="shape"):
        identifiers.orcid("12")


@given(st.integers(-(10**12), 10**12))
def test_money_survives_being_typed(minor: int) -> None:
    amount = Money(minor, "CNY")
    assert Money.parse(f"{amount.amount:,}", "CNY") == amount


def test_money_never_mixes_and_never_rounds() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(ValueError, match=r"1\.005"):
        Money.parse("1.005", "CNY")
    assert Money.parse("500", "JPY").minor == 500
    assert Money(120_050, "CNY").format("zh") == "¥1,200.50"


def test_a_localized_text_falls_back_to_the_other_language() -> None:
    assert LocalizedText(en="Salon").in_("zh") == "Salon"
    assert LocalizedText(zh="沙龙").in_("en") == "沙龙"
    assert not LocalizedText()


def test_a_window_shows_due_and_accepts_until_it_closes() -> None:
    due = datetime(2026, 3, 1, tzinfo=UTC)
    window = Window(due - timedelta(days=9), due, due + timedelta(hours=2))
    moments = [due - timedelta(days=10), due, due + timedelta(hours=1), due + timedelta(hours=3)]
    assert [window.phase(m) for m in moments] == [Phase.BEFORE, Phase.OPEN, Phase.GRACE, Phase.CLOSED]
    assert [window.accepts(m) for m in moments] == [False, True, True, False]
    assert Window().accepts(due)


def test_anywhere_on_earth_is_twelve_hours_behind() -> None:
    day = date(2026, 3, 1)
    assert end_of_day(day, "Asia/Shanghai", anywhere=True).astimezone(UTC) == datetime(
        2026, 3, 2, 11, 59, 59, tzinfo=UTC
    )
    assert end_of_day(day, "Asia/Shanghai").astimezone(UTC) == datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)


def test_the_clock_takes_aware_moments_only() -> None:
    with pytest.raises(ValueError, match="aware"), frozen(datetime(2026, 1, 1)):  # noqa: DTZ001  the point
        pass
    with frozen(datetime(2026, 1, 1, tzinfo=UTC)):
        assert now() == datetime(2026, 1, 1, tzinfo=UTC)
