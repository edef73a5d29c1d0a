"""Talking to Crossref: a batch is posted, its result is asked for. Nothing here knows the database."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import requests
from lxml import etree

#: Seconds to connect and to wait for an answer.
TIMEOUT = (10, 60)


class Unreachable(Exception):
    """No answer, or none that makes sense: try again later."""


class Refused(Exception):
    """The agency does not take it, and never will as it is: wrong user, malformed file."""


class Progress(enum.Enum):
    UNKNOWN = "unknown"
    QUEUED = "queued"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What became of one DOI of a batch."""

    doi: str
    good: bool
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    progress: Progress
    records: tuple[RecordResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """``url`` without a path: https://doi.crossref.org, or a test server."""

    url: str
    user: str
    password: str

    def submit(self, batch: str, xml: str) -> None:
        """Post a batch. It is queued there; :meth:`result` says what became of it."""
        fields = {"operation": "doMDUpload", "login_id": self.user, "login_passwd": self.password}
        files = {"fname": (f"{batch}.xml", xml.encode(), "application/xml")}
        response = self._ask("POST", "/servlet/deposit", data=fields, files=files)
        if "SUCCESS" not in response.text.upper():
            raise Refused(_words(response.text))

    def result(self, batch: str) -> Answer:
        """How far a batch is, with one line for each of its records when it is done."""
        fields = {"usr": self.user, "pwd": self.password, "doi_batch_id": batch, "type": "result"}
        response = self._ask("GET", "/servlet/submissionDownload", params=fields)
        try:
            root = etree.fromstring(response.content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise Unreachable(_words(response.text)) from error
        status = root.get("status", "")
        if status in ("unknown_submission", ""):
            return Answer(Progress.UNKNOWN)
        if status != "completed":
            return Answer(Progress.QUEUED)
        return Answer(Progress.DONE, tuple(_record(node) for node in root.iter("record_diagnostic")))

    def _ask(self, method: str, path: str, **values: object) -> requests.Response:
        try:
            response = requests.request(method, self.url.rstrip("/") + path, timeout=TIMEOUT, **values)  # type: ignore[arg-type]
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error
        if response.status_code in (401, 403):
            raise Refused(f"HTTP {response.status_code}")
        if response.status_code != 200:
            raise Unreachable(f"HTTP {response.status_code}")
        return response


def _record(node: etree._Element) -> RecordResult:
    message = (node.findtext("msg") or "").strip()
    good = node.get("status", "") in ("Success", "Warning")
    return RecordResult((node.findtext("doi") or "").strip().lower(), good, message[:1000])


def _words(text: str) -> str:
    """An answer that is no result, short enough for a person to read."""
    return " ".join(text.split())[:300]
