"""Names and addresses as people paste them: one a line, from mail programs, lists and spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from confsys.accounts.addresses import normalized

_TAIL_ADDRESS = re.compile(r"^(?P<name>.*?)[\s,;，；\t]+(?P<address>\S+@\S+)$")

_NAME_HEADINGS = frozenset(
    {"name", "full name", "first name", "last name", "given name", "family name", "given", "family", "姓名", "姓", "名"}
)


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


def read_table(raw: bytes) -> tuple[list[Invitee], Sequence[tuple[int, str]]]:
    """Everybody in a CSV file, as spreadsheets of any country write it: the cell with an @ is the address.

    With headings, columns of names make the name; without, whatever stands before the address does.
    """
    text = _decoded(raw)
    first = text.split("\n", 1)[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))
    names: list[int] | None = None
    found: dict[str, Invitee] = {}
    wrong = []
    for number, cells in enumerate(rows, start=1):
        place = next((n for n, cell in enumerate(cells) if "@" in cell), None)
        if place is None:
            if number == 1:
                names = [n for n, cell in enumerate(cells) if cell.strip().lower() in _NAME_HEADINGS]
            elif any(cell.strip() for cell in cells):
                wrong.append((number, ", ".join(cells)[:80]))
            continue
        columns = range(place) if names is None else names
        name = " ".join(cells[n].strip() for n in columns if n < len(cells) and n != place)
        try:
            invitee = _one(f"{name} <{cells[place].strip()}>" if name else cells[place].strip())
        except ValueError:
            wrong.append((number, ", ".join(cells)[:80]))
        else:
            found.setdefault(invitee.address, invitee)
    return list(found.values()), wrong


def _decoded(raw: bytes) -> str:
    """UTF-8 with or without its mark, else as Chinese spreadsheets write."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


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
