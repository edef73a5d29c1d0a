"""Licences by their short names."""

from __future__ import annotations

import re
from typing import Any

from proceedings.text import Text
from proceedings.volume.model import Licence

_CC = re.compile(r"CC[- ]BY((?:-(?:NC|ND|SA)){0,2})[- ](\d\.\d)", re.IGNORECASE)
_PARTS = {
    "": ("Attribution", "署名"),
    "nc": ("NonCommercial", "非商业性使用"),
    "nd": ("NoDerivatives", "禁止演绎"),
    "sa": ("ShareAlike", "相同方式共享"),
}


def licence_of(value: Any) -> Licence:
    """From a short name (``CC-BY-4.0``, ``CC BY-NC 4.0``, ``CC0-1.0``), or a mapping with spdx, url and name.

    A name that is not known is printed as it is.
    """
    if not value:
        return Licence()
    if isinstance(value, dict):
        known = licence_of(value.get("spdx"))
        return Licence(
            value.get("spdx", ""),
            value.get("url") or known.url,
            Text.of(value["name"]) if "name" in value else known.name,
        )
    match = _CC.fullmatch(value.strip())
    if match:
        return _creative_commons(match.group(1).lower(), match.group(2))
    if value.strip().upper() in ("CC0", "CC0-1.0"):
        words = Text("CC0 1.0 Universal public domain dedication", "CC0 1.0 公共领域贡献")
        return Licence("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", words)
    return Licence(value.strip(), "", Text.of(value))


def _creative_commons(extra: str, version: str) -> Licence:
    parts = ["", *filter(None, extra.split("-"))]
    english = "-".join(_PARTS[part][0] for part in parts)
    chinese = "-".join(_PARTS[part][1] for part in parts)
    name = Text(f"Creative Commons {english} {version} International", f"知识共享 {chinese} {version} 国际许可协议")
    code = f"by{extra}"
    return Licence(f"CC-{code.upper()}-{version}", f"https://creativecommons.org/licenses/{code}/{version}/", name)
