"""Text that exists in English, in Chinese, or in both."""

from __future__ import annotations

from dataclasses import dataclass

LOCALES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in up to two languages; the reader gets theirs, or else the other one."""

    en: str = ""
    zh: str = ""

    def in_(self, locale: str) -> str:
        """The text for a reader of ``locale`` ('en' or 'zh')."""
        return (self.zh or self.en) if locale.startswith("zh") else (self.en or self.zh)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def __str__(self) -> str:
        return self.en or self.zh

    @classmethod
    def of(cls, value: LocalizedText | dict[str, str] | str | None) -> LocalizedText:
        """From a mapping ``{"en", "zh"}``, a plain string (taken as English) or nothing."""
        if isinstance(value, LocalizedText):
            return value
        if isinstance(value, dict):
            return cls(en=value.get("en") or "", zh=value.get("zh") or "")
        return cls(en=value or "")

    def as_dict(self) -> dict[str, str]:
        return {"en": self.en, "zh": self.zh}


#: For defaults: no text at all.
NO_TEXT = LocalizedText()
