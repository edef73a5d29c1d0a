"""OAI-PMH 2.0: what libraries ask for regularly, answered from what is public.

Every record is of one printed paper, in ``oai_dc``, written by the engine from what the build froze.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from lxml import etree

from confsys.publishing.models import Notice, VolumePaper
from confsys.publishing.queries import notices, volumes

NS = "http://www.openarchives.org/OAI/2.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIX = "oai_dc"
PAGE = 100
Writer = Callable[["Archive", VolumePaper], etree._Element]
#: Which arguments a verb must have, and which it may have.
_ARGUMENTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "GetRecord": (frozenset({"metadataPrefix", "identifier"}), frozenset()),
}


class Refused(Exception):
    """An error of the protocol: ``code`` as the protocol names it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True)
class Archive:
    """Who answers: the address of the endpoint, the society and where it is reached, the moment."""

    address: str
    name: str
    contact: str
    at: datetime
    #: {(volume id, submission id): notices} of the papers that the answer holds.
    notices: Mapping[tuple[int, int], Sequence[Notice]] = field(default_factory=dict)

    def said_about(self, paper: VolumePaper) -> Sequence[Notice]:
        return self.notices.get((paper.build.volume_id, paper.submission_id), ())

    def identifier(self, paper: VolumePaper) -> str:
        """The same for every build of a volume."""
        return f"oai:{urlsplit(self.address).hostname}:{paper.build.volume_id}/{paper.submission_id}"


def answer(archive: Archive, asked: Mapping[str, Sequence[str]]) -> bytes:
    """The response to a request, errors of the protocol included."""
    spaces: Any = {None: NS, "xsi": _XSI}
    root = etree.Element(f"{{{NS}}}OAI-PMH", nsmap=spaces)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NS} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd")
    _add(root, "responseDate", _stamp(archive.at))
    request = _add(root, "request", archive.address)
    try:
        verb, values = _understood(asked)
        for name, value in {"verb": verb, **values}.items():
            request.set(name, value)
        root.append(_VERBS[verb](archive, values))
    except Refused as refused:
        if refused.code in ("badVerb", "badArgument"):
            request.attrib.clear()
        _add(root, "error", str(refused)).set("code", refused.code)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _understood(asked: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    verb = asked.get("verb", ())
    if len(verb) != 1 or verb[0] not in _ARGUMENTS:
        raise Refused("badVerb", "The verb is missing, unknown or given twice.")
    values = {name: given[0] for name, given in asked.items() if name != "verb"}
    needed, allowed = _ARGUMENTS[verb[0]]
    lists = verb[0] in ("ListRecords", "ListIdentifiers")
    if lists and "resumptionToken" in values:
        needed, allowed = frozenset({"resumptionToken"}), frozenset()
    if any(len(given) != 1 for given in asked.values()) or not needed <= values.keys() <= needed | allowed:
        raise Refused("badArgument", "An argument is missing, unknown or given twice.")
    if values.get("metadataPrefix", _PREFIX) != _PREFIX:
        raise Refused("cannotDisseminateFormat", "Records are given in oai_dc.")
    if verb[0] == "ListSets" or "set" in values:
        raise Refused("noSetHierarchy", "There are no sets.")
    return verb[0], values


def _identify(archive: Archive, _values: Mapping[str, str]) -> etree._Element:
    made = etree.Element(f"{{{NS}}}Identify")
    first = volumes.first_public_at() or archive.at
    for name, text in (
        ("repositoryName", archive.name), ("baseURL", archive.address), ("protocolVersion", "2.0"),
        ("adminEmail", _reachable(archive.contact)), ("earliestDatestamp", _stamp(first)), ("deletedRecord", "no"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):  # fmt: skip
        _add(made, name, text)
    return made


def _reachable(contact: str) -> str:
    """The bare address. The schema wants a dot in the host, which a machine on trial has not."""
    address = parseaddr(contact)[1]
    return address if "." in address.rpartition("@")[2] else f"{address}.localdomain"


def _formats(archive: Archive, values: Mapping[str, str]) -> etree._Element:
    if "identifier" in values:
        _one(archive, values["identifier"])
    made = etree.Element(f"{{{NS}}}ListMetadataFormats")
    form = _add(made, "metadataFormat")
    _add(form, "metadataPrefix", _PREFIX)
    _add(form, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    _add(form, "metadataNamespace", "http://www.openarchives.org/OAI/2.0/oai_dc/")
    return made


def _record(archive: Archive, values: Mapping[str, str]) -> etree._Element:
    paper = _one(archive, values["identifier"])
    archive = replace(archive, notices=notices.of_volumes({paper.build.volume_id}))
    made = etree.Element(f"{{{NS}}}GetRecord")
    made.append(_written(archive, paper))
    return made


def _one(archive: Archive, identifier: str) -> VolumePaper:
    match = re.search(r":(\d{1,9})/(\d{1,9})$", identifier)
    paper = volumes.harvested_one(int(match[1]), int(match[2])) if match else None
    if paper is None or archive.identifier(paper) != identifier:
        raise Refused("idDoesNotExist", "There is no record of this identifier.")
    return paper


def _records(archive: Archive, values: Mapping[str, str]) -> etree._Element:
    made = etree.Element(f"{{{NS}}}ListRecords")
    return _listed(made, archive, values, _written)


def _identifiers(archive: Archive, values: Mapping[str, str]) -> etree._Element:
    made = etree.Element(f"{{{NS}}}ListIdentifiers")
    return _listed(made, archive, values, _header)


def _listed(made: etree._Element, archive: Archive, values: Mapping[str, str], write: Writer) -> etree._Element:
    since, until, after = _span(values)
    papers = volumes.harvested(_moment(since), _moment(until, end=True), after, PAGE + 1)
    said = notices.of_volumes({paper.build.volume_id for paper in papers})
    archive = replace(archive, notices=said)
    if not papers:
        raise Refused("noRecordsMatch", "Nothing was published then.")
    for paper in papers[:PAGE]:
        made.append(write(archive, paper))
    if len(papers) > PAGE:
        _add(made, "resumptionToken", f"{papers[PAGE - 1].id}!{since}!{until}")
    elif after:
        _add(made, "resumptionToken")
    return made


def _span(values: Mapping[str, str]) -> tuple[str, str, int]:
    """From, until, and the record after which to go on: from the token, which holds all of them."""
    if "resumptionToken" not in values:
        return values.get("from", ""), values.get("until", ""), 0
    match = re.fullmatch(r"(\d{1,12})!([^!]*)!([^!]*)", values["resumptionToken"])
    if match is None:
        raise Refused("badResumptionToken", "This token was not given here.")
    return match[2], match[3], int(match[1])


def _moment(text: str, end: bool = False) -> datetime | None:
    """A day or a second; the end of a span lies after the last moment that it takes in."""
    if not text:
        return None
    step = timedelta(days=1) if len(text) == 10 else timedelta(seconds=1)
    try:
        moment = datetime.strptime(text, "%Y-%m-%d" if len(text) == 10 else "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        return moment + step if end else moment
    except (ValueError, OverflowError) as error:
        raise Refused("badArgument", "A date looks like 2026-11-25 or 2026-11-25T08:30:00Z.") from error


def _header(archive: Archive, paper: VolumePaper) -> etree._Element:
    made = etree.Element(f"{{{NS}}}header")
    _add(made, "identifier", archive.identifier(paper))
    moments = [paper.build.finished_at or archive.at, *(notice.published_at for notice in archive.said_about(paper))]
    _add(made, "datestamp", _stamp(max(moments)))
    return made


def _written(archive: Archive, paper: VolumePaper) -> etree._Element:
    # The engine's formats load Word and XML libraries that the web process does not need at start.
    import proceedings  # noqa: PLC0415
    from proceedings.formats.oai import dublin_core  # noqa: PLC0415

    build = paper.build
    own = next(id_ for id_, submission in build.inputs["papers"].items() if submission == paper.submission_id)
    volume = proceedings.volume_of(build.inputs["volume"], Path())
    book = proceedings.Book(volume, {own: proceedings.Range(paper.first_page, paper.last_page)})
    described = dublin_core(book, next(iter(book.papers())))
    address = url_for(
        "proceedings.paper", slug=build.volume.event.slug, code=build.volume.code, position=paper.position,
        _external=True,
    )  # fmt: skip
    etree.SubElement(described, f"{{{_DC}}}identifier").text = address
    for notice in archive.said_about(paper):
        words = f"{notices.WORDS[notice.kind][0]}: {notice.text.en}"
        etree.SubElement(described, f"{{{_DC}}}description").text = words
        etree.SubElement(described, f"{{{_DC}}}relation").text = url_for(
            "proceedings.notice", slug=build.volume.event.slug, code=build.volume.code, number=notice.number,
            _external=True,
        )  # fmt: skip
    made = etree.Element(f"{{{NS}}}record")
    made.append(_header(archive, paper))
    _add(made, "metadata").append(described)
    return made


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    node = etree.SubElement(parent, f"{{{NS}}}{name}")
    node.text = text
    return node


_VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListIdentifiers": _identifiers,
    "ListRecords": _records,
    "GetRecord": _record,
}
