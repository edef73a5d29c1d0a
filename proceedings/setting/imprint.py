"""The copyright page, line by line."""

from __future__ import annotations

from proceedings.setting.terms import TERMS
from proceedings.volume.model import Volume


def imprint(volume: Volume) -> list[list[str]]:
    """Paragraphs of lines.

    Owner and rights, publisher, numbers, what the event adds (CIP data and the like).
    """
    language = volume.language

    def say(name: str) -> str:
        return TERMS[name].pick(language)

    holder = (volume.copyright or volume.publisher).pick(language)
    year = str(volume.year or "")
    owner = [f"© {year} {holder}".replace("  ", " ")] if holder else []
    licence = volume.licence
    if licence.spdx or licence.url:
        name = licence.name.pick(language) or licence.spdx
        gap = "" if language == "zh" else " "
        owner.append(f"{say('licensed')}{gap}{name}")
        owner += [licence.url] if licence.url else []
    elif owner:
        owner.append(say("rights"))
    return [part for part in (owner, _publisher(volume), _numbers(volume), _additions(volume)) if part]


def _publisher(volume: Volume) -> list[str]:
    language = volume.language
    lines = [
        ("，" if language == "zh" else ", ").join(
            part for part in (volume.publisher.pick(language), volume.publisher_place.pick(language)) if part
        )
    ]
    if volume.contact:
        lines.append(f"{TERMS['contact'].pick(language)}: {volume.contact}")
    if volume.url:
        lines.append(volume.url)
    return [line for line in lines if line]


def _numbers(volume: Volume) -> list[str]:
    lines = []
    if volume.series:
        series = volume.series.title.pick(volume.language)
        number = f", {TERMS['volume'].pick(volume.language)} {volume.series.volume}" if volume.series.volume else ""
        issn = f", ISSN {volume.series.issn}" if volume.series.issn else ""
        lines.append(f"{series}{number}{issn}")
    lines += [
        f"{name} {value}"
        for name, value in (
            ("ISBN", volume.isbn),
            ("ISBN (online)", volume.eisbn),
            ("ISSN", volume.issn),
            ("DOI", volume.doi),
        )
        if value
    ]
    return lines


def _additions(volume: Volume) -> list[str]:
    return [text.pick(volume.language) for text in volume.imprint]
