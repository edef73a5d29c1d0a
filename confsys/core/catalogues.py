"""Message catalogues: one a room, so that a room brings its own words and takes them away with it.

``confsys/translations/<room>/zh/LC_MESSAGES/messages.po`` is the source; the compiled form is made beside it
whenever it is older. English is the source language and needs no catalogue.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract as extract_messages
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
FOLDER = PACKAGE / "translations"
KEYWORDS = {
    "_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None, "_n": (1, 2), "ngettext": (1, 2),
}  # fmt: skip


JINJA = "jinja2.ext:babel_extract"
METHODS = {".py": "python", ".html": JINJA, ".txt": JINJA}
JINJA_OPTIONS = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}


@dataclass(frozen=True)
class Room:
    """A catalogue and the places its words come from."""

    name: str

    @property
    def po(self) -> Path:
        return FOLDER / self.name / "zh" / "LC_MESSAGES" / "messages.po"

    @property
    def sources(self) -> list[Path]:
        if self.name == "core":
            modules = sorted(PACKAGE.glob("*.py"))
            templates = sorted((ROOT / "templates").glob("*.html"))
            return [
                PACKAGE / "core",
                *modules,
                *templates,
                ROOT / "templates" / "macros",
                ROOT / "templates" / "partials",
                ROOT / "templates" / "core",
            ]
        return [PACKAGE / self.name, ROOT / "templates" / self.name]


def rooms() -> list[Room]:
    """Every room that has words: each package of the application, ``core`` first."""
    packages = [
        p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists() and p.name not in {"migrations", "core"}
    ]
    return [Room("core"), *(Room(name) for name in sorted(packages))]


def compiled() -> list[Path]:
    """The folders Flask-Babel reads, after bringing every compiled catalogue up to date."""
    folders = []
    for po in sorted(FOLDER.glob("*/zh/LC_MESSAGES/messages.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
        folders.append(po.parent.parent.parent)
    return folders


def _compile(po: Path, mo: Path) -> None:
    # Several processes may start at once: each writes its own file and renames it into place.
    with po.open("rb") as source:
        catalog = read_po(source, locale="zh")
    handle, name = tempfile.mkstemp(dir=mo.parent, suffix=".mo")
    with os.fdopen(handle, "wb") as target:
        write_mo(target, catalog)
    Path(name).replace(mo)


def _files(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield from sorted(path for path in source.rglob("*") if path.suffix in METHODS)
    elif source.exists():
        yield source


#: A catalogue's format wants a date; ours is as good as any other and never changes.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def extract(room: Room) -> Catalog:
    """All words of a room as its sources stand now.

    Line numbers and the date are left out: they would change with every edit and hide the real changes.
    """
    catalog = Catalog(locale="zh", project="confsys", fuzzy=False, charset="utf-8", creation_date=BEGINNING)
    for path in itertools.chain.from_iterable(_files(source) for source in room.sources):
        name = str(path.relative_to(ROOT))
        with path.open("rb") as opened:
            found = extract_messages(
                METHODS[path.suffix], opened, KEYWORDS, ["NOTE:"], JINJA_OPTIONS, strip_comment_tags=True
            )
            for _line, message, comments, context in found:
                catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def update(room: Room) -> Catalog:
    """Bring a room's catalogue to its sources: new words empty, vanished words dropped, none guessed."""
    fresh = extract(room)
    if room.po.exists():
        with room.po.open("rb") as source:
            known = read_po(source, locale="zh")
        for message in fresh:
            old = known.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string = old.string
    if len(fresh):
        room.po.parent.mkdir(parents=True, exist_ok=True)
        with room.po.open("wb") as target:
            write_po(target, fresh, width=110, omit_header=False, sort_output=True, include_lineno=False)
    return fresh


def _translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and bool(strings[0])


def problems(room: Room) -> list[str]:
    """What keeps a room from being complete in Chinese: missing, unused and malformed messages."""
    fresh = extract(room)
    if not len(fresh):
        return []
    if not room.po.exists():
        return [f"{room.name}: no catalogue; run `make translations`"]
    with room.po.open("rb") as source:
        known = read_po(source, locale="zh")
    found = []
    for message in fresh:
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        if old is None or not _translated(old) or old.fuzzy:
            found.append(f"{room.name}: not translated: {message.id!r} ({message.locations[0][0]})")
        else:
            found += [f"{room.name}: {error}: {message.id!r}" for error in old.check(known)]
    wanted = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in fresh if m.id}
    for old in known:
        if old.id and ((old.id if isinstance(old.id, str) else old.id[0]), old.context) not in wanted:
            found.append(f"{room.name}: no longer used: {old.id!r}")
    return found
