"""Typesetting: front matter, back matter and stamps, set by typst with fonts that travel with the volume."""

from proceedings.setting.press import Press, SettingError, Sheets

__all__ = ["Press", "SettingError", "Sheets"]
