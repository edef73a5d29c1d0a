"""Names and addresses as people paste them: one a line, from mail programs, lists and spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from confsys.accounts.addresses import normalized

_TAIL_ADDRESS = re.compile(r"^(?P<name>.*?)[\s,;，；\t]+(?P<address>\S+@\S+)$")


@dataclass(frozen=True, slots=True)
class Invitee:
    """``name`` is shown in the list until the person has an account; empty is fine."""

    address: str
    name: str = ""


def read(text: str) -> tuple[list[Invitee], Sequence[tuple[int, str]]]:
    """Everybody named in ``text``, each address once, and the lines (from 1) that hold no address.

    Takes ``Name <address>``, ``address``, and ``name, address`` or with a tab.
    """
    found: dict[str, Invitee] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), start=1):
        plain = line.strip().rstrip(",;，；")
        if not plain:
            continue
        try:
            invitee = _one(plain)
        except ValueError:
            wrong.append((number, plain[:80]))
        else:
            found.setdefault(invitee.address, invitee)
    return list(found.values()), wrong


def _one(line: str) -> Invitee:
    if "<" in line:
        name, address = parseaddr(line)
        if not address:  # a name with a comma, not quoted
            name, _, rest = line.rpartition("<")
            address = rest.partition(">")[0]
    else:
        match = _TAIL_ADDRESS.match(line)
        name, address = (match["name"], match["address"]) if match else ("", line)
    return Invitee(normalized(address.strip("<>")), " ".join(name.replace('"', "").split())[:200])
