"""Money: a whole number of minor units with its currency. Never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import format_currency, get_currency_precision


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``Money(12_00, "CNY")`` is twelve yuan."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.minor, int) or len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"not money: {self.minor!r} {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """From what a person types, such as ``1,200.50``. Raises ValueError when it is not an exact amount."""
        try:
            amount = Decimal(text.replace(",", "").replace("，", "").strip())
        except InvalidOperation as error:
            raise ValueError(text) from error
        minor = amount.scaleb(get_currency_precision(currency))
        if not amount.is_finite() or minor != minor.to_integral_value():
            raise ValueError(text)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-get_currency_precision(self.currency))

    def format(self, locale: str) -> str:
        return format_currency(self.amount, self.currency, locale="zh_Hans_CN" if locale == "zh" else locale)

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.minor < other.minor

    def __bool__(self) -> bool:
        return self.minor != 0
