"""E-mail domains: which tell where a person works, and which organisations contain which."""

from __future__ import annotations

from collections.abc import Mapping

FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com live.cn msn.com yahoo.com yahoo.co.jp
    yahoo.co.uk yahoo.com.cn yahoo.cn ymail.com icloud.com me.com mac.com aol.com mail.com gmx.com gmx.de
    gmx.net web.de proton.me protonmail.com pm.me zoho.com fastmail.com mail.ru yandex.ru yandex.com
    naver.com daum.net
    hanmail.net qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com vip.126.com yeah.net 188.com
    sina.com sina.cn vip.sina.com sohu.com vip.sohu.com tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com
    263.net eyou.com hotmail.co.uk hotmail.fr hotmail.de outlook.fr outlook.de
    users.noreply.github.com
    """.split()  # noqa: SIM905 - a list of words reads best as words
)

_SECOND_LEVEL = frozenset(
    "ac edu co com or org ne net go gov gob gouv mil res sch gv nhs plc ltd id asn web k12 nom".split()  # noqa: SIM905
)
"""Labels under which a two-letter top domain registers organisations: ac.uk, edu.cn, co.jp, com.au."""

_CHINESE_PROVINCES = frozenset(
    "bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs qh nx xj".split()  # noqa: SIM905
)
_GENERIC_SECOND = frozenset({"uk.com", "us.com", "cn.com", "eu.com", "de.com", "jpn.com"})


def is_public_suffix(domain: str) -> bool:
    """Whether unrelated organisations register names directly under `domain`."""
    labels = domain.split(".")
    if len(labels) == 1 or domain in _GENERIC_SECOND:
        return True
    if len(labels) != 2 or len(labels[1]) != 2:
        return False
    return labels[0] in _SECOND_LEVEL or (labels[1] == "cn" and labels[0] in _CHINESE_PROVINCES)


def expand(
    domain: str, aliases: Mapping[str, str] | None = None, free_mail: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The domain and its parents, most special first, without public suffixes and free mail.

    >>> expand("iesl.cs.umass.edu")
    ('iesl.cs.umass.edu', 'cs.umass.edu', 'umass.edu')
    """
    labels = domain.strip().rstrip(".").lower().split(".")
    chain = [".".join(labels[start:]) for start in range(len(labels))]
    if any(part in FREE_MAIL or part in free_mail for part in chain):
        return ()
    same = aliases or {}
    kept = (same.get(part, part) for part in chain if part and not is_public_suffix(part))
    return tuple(dict.fromkeys(kept))


def of_address(address: str) -> str:
    """The domain of an e-mail address, in lower case; empty when there is none."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def normal_address(address: str) -> str:
    """An address in the form in which two spellings of it compare equal."""
    return address.strip().lower()
