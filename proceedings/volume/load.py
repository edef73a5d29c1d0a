"""From ``volume.json`` to a :class:`~proceedings.volume.model.Volume`, or a list of what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from proceedings.findings import Finding, Severity, found
from proceedings.people import Person
from proceedings.text import NOTHING, Text, tidy
from proceedings.volume import model
from proceedings.volume.licences import licence_of
from proceedings.volume.validate import validate

FORMAT = 1
NAME = "volume.json"


class VolumeError(Exception):
    """``volume.json`` cannot be used; ``findings`` say why, each by its place in the file."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.text() for finding in self.findings))


def load(folder: Path | str) -> model.Volume:
    """Read ``volume.json`` in ``folder``. Raises :class:`VolumeError`; papers' files are not opened."""
    folder = Path(folder)
    path = folder / NAME
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise VolumeError([found("volume-absent", folder=str(folder))]) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise VolumeError([found("volume-not-json", problem=str(error))]) from None
    return volume_of(data, folder)


def volume_of(data: object, folder: Path | str) -> model.Volume:
    """The same from data already read.

    Paths in it are relative to ``folder``. Raises :class:`VolumeError`.
    """
    faults = list(validate(data))
    if not faults and isinstance(data, dict):
        faults = list(_inconsistencies(data, Path(folder)))
    if any(fault.severity is Severity.ERROR for fault in faults) or not isinstance(data, dict):
        raise VolumeError(faults)
    return _Reader(Path(folder).resolve()).volume(data)


def _inconsistencies(data: Mapping[str, Any], folder: Path) -> Iterator[Finding]:
    """What a schema cannot say: ids used twice, impossible dates, paths that lead out of the folder."""
    papers = [paper for session in data["sessions"] for paper in session["papers"]]
    # Ids become file names, and some systems do not tell capitals from small letters.
    counted = Counter(paper["id"].casefold() for paper in papers)
    for number in (key for key, count in counted.items() if count > 1):
        yield found("volume-duplicate-id", id=number)
    for where, value in _strings(data, "volume"):
        name = where.rpartition(".")[2]
        if name in _DATES and not _is_date(value):
            yield found("volume-bad-value", where=where, value=value, allowed="YYYY-MM-DD")
        if name in _FILES or "supplements[" in name:
            inside = (folder / value).resolve()
            if not inside.is_relative_to(folder.resolve()):
                yield found("volume-path-outside", where=where, value=value)
    known = {paper["id"] for paper in papers}
    for paper in papers:
        if paper.get("duplicate_of", "") and paper["duplicate_of"] not in known - {paper["id"]}:
            yield found("volume-unknown-paper", where=f"paper {paper['id']}", id=paper["duplicate_of"])
    for number in data.get("frozen", {}):
        if number not in known:
            yield found("volume-unknown-paper", where="volume.frozen", id=number)


_DATES = {"start", "end", "published", "received", "revised", "accepted_on"}
_FILES = {"file", "source", "logo", "photo", "cover"}


def _strings(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, f"{where}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _strings(item, f"{where}[{number}]")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _people(values: Iterable[Any] | None) -> tuple[Person, ...]:
    people = (Person.of(value) for value in values or ())
    return tuple(person for person in people if person.display())


def _texts(value: Any) -> tuple[Text, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(Text.of, values) if text)


def _text(data: Mapping[str, Any], name: str) -> Text:
    return Text.of(data[name]) if name in data else NOTHING


def _date(data: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(data[name]) if data.get(name) else None


def _plain(data: Mapping[str, Any], name: str) -> str:
    return tidy(data.get(name, ""))


def _each(read: Callable[[Mapping[str, Any], str], Any], data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Several fields read the same way, as keyword arguments."""
    return {name: read(data, name) for name in names}


class _Reader:
    """Builds the model; knows the folder that paths are relative to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, data: Mapping[str, Any], name: str) -> Path | None:
        return self.folder / data[name] if data.get(name) else None

    def volume(self, data: Mapping[str, Any]) -> model.Volume:
        words = (
            "title",
            "subtitle",
            "short_title",
            "event",
            "theme",
            "place",
            "publisher",
            "publisher_place",
        )
        plain = ("acronym", "number", "isbn", "eisbn", "issn", "doi", "doi_prefix", "url", "contact")
        sessions = tuple(self.session(session) for session in data["sessions"])
        return model.Volume(
            folder=self.folder,
            sessions=sessions,
            year=data.get("year") or (int(data["start"][:4]) if data.get("start") else 0),
            language=data.get("language", "en"),
            licence=licence_of(data.get("licence")),
            editors=_people(data.get("editors")),
            imprint=_texts(data.get("imprint", [])),
            cover=self.path(data, "cover"),
            depositor=(data["depositor"]["name"], data["depositor"]["email"]) if "depositor" in data else ("", ""),
            hosts=tuple(model.Hosts(_text(h, "title"), _texts(h["names"])) for h in data.get("hosts", ())),
            committees=tuple(
                model.Committee(_text(c, "title"), _people(c["members"]), c.get("order", "given"))
                for c in data.get("committees", ())
            ),
            tiers=tuple(self.tier(tier) for tier in data.get("sponsors", ())),
            prefaces=tuple(self.preface(preface) for preface in data.get("prefaces", ())),
            talks=tuple(self.talk(talk) for talk in data.get("invited", ())),
            programme=tuple(self.day(day) for day in data.get("programme", ())),
            series=self.series(data.get("series")),
            options=model.Options(**data.get("options", {})),
            profile=_profile(data.get("checks", {})),
            frozen={key: (pages[0], pages[1]) for key, pages in data.get("frozen", {}).items()},
            **_each(_text, data, *words, "copyright", "colophon"),
            **_each(_plain, data, *plain),
            **_each(_date, data, "start", "end", "published"),
        )

    def session(self, data: Mapping[str, Any]) -> model.Session:
        papers = tuple(self.paper(paper) for paper in data["papers"])
        return model.Session(_text(data, "title"), papers, data.get("code", ""), _people(data.get("chairs")))

    def paper(self, data: Mapping[str, Any]) -> model.Paper:
        accepted = data.get("accepted")
        return model.Paper(
            id=data["id"],
            authors=_people(data.get("authors")),
            file=self.path(data, "file"),
            source=self.path(data, "source"),
            keywords=_keywords(data.get("keywords", [])),
            archival=data.get("archival", True),
            withdrawn=data.get("withdrawn", False),
            licence=licence_of(data["licence"]) if data.get("licence") else None,
            funding=_texts(data.get("funding", [])),
            awards=_texts(data.get("awards", [])),
            supplements=tuple(self.folder / name for name in data.get("supplements", ())),
            references=tuple(data.get("references", ())),
            accepted=model.Accepted(_text(accepted, "title"), _people(accepted.get("authors"))) if accepted else None,
            form=model.Form(**data["form"]) if "form" in data else None,
            registered=data.get("registered"),
            similarity=data.get("similarity"),
            **_each(_text, data, "title", "abstract", "copyright", "notice"),
            **_each(_plain, data, "doi", "key", "language", "clc", "url", "duplicate_of"),
            **_each(_date, data, "received", "revised", "accepted_on", "published"),
        )

    def tier(self, data: Mapping[str, Any]) -> model.Tier:
        sponsors = tuple(
            model.Sponsor(_text(item, "name"), self.path(item, "logo"), item.get("url", ""))
            for item in data["sponsors"]
        )
        return model.Tier(_text(data, "title"), sponsors)

    def preface(self, data: Mapping[str, Any]) -> model.Preface:
        return model.Preface(
            _text(data, "title"),
            data.get("text", ""),
            self.path(data, "file"),
            _people(data.get("authors")),
            _text(data, "date"),
        )

    def talk(self, data: Mapping[str, Any]) -> model.Talk:
        words = _each(_text, data, "title", "abstract", "biography", "when", "room")
        return model.Talk(speakers=_people(data.get("speakers")), photo=self.path(data, "photo"), **words)

    def day(self, data: Mapping[str, Any]) -> model.Day:
        entries = tuple(
            model.Entry(item["time"], _text(item, "title"), _text(item, "room"), tuple(item.get("papers", ())))
            for item in data["entries"]
        )
        return model.Day(_text(data, "title"), entries)

    def series(self, data: Mapping[str, Any] | None) -> model.Series | None:
        return model.Series(_text(data, "title"), data.get("issn", ""), data.get("volume", "")) if data else None


def _keywords(value: Any) -> model.Keywords:
    if isinstance(value, dict):
        return model.Keywords(*(tuple(tidy(word) for word in value.get(side, ())) for side in ("en", "zh")))
    words = [Text.of(word) for word in value]
    return model.Keywords(tuple(w.en for w in words if w.en), tuple(w.zh for w in words if w.zh))


def _profile(data: Mapping[str, Any]) -> model.Profile:
    tuples: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return model.Profile(**tuples)
