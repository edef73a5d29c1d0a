"""Our Crossref records beside those that the publishers of 17 real papers deposited: docs/proceedings.md says why they
differ, and here the differences are exactly those."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import proceedings
from tests.proceedings.volumes import real_papers
from tests.shared import shared

WHERE = "data/conferences/papers/crossref-as-deposited"


def _texts(node: Any, path: str) -> list[str]:
    return [" ".join("".join(found.itertext()).split()) for found in node.iterfind(path)]


def _fields(item: Any) -> dict[str, Any]:
    """What one deposited work says, field by field; lists in document order."""
    people = item.findall("{*}contributors/{*}person_name")
    return {
        "title": _texts(item, "{*}titles/{*}title"),
        "doi": _texts(item, "{*}doi_data/{*}doi"),
        "given": [text for one in people for text in _texts(one, "{*}given_name")],
        "surname": [text for one in people for text in _texts(one, "{*}surname")],
        "sequence": [one.get("sequence") for one in people],
        "role": [one.get("contributor_role") for one in people],
        "orcid": [text.rpartition("/")[2] for one in people for text in _texts(one, "{*}ORCID")],
        "orcid form": sorted({text.rpartition("/")[0] for one in people for text in _texts(one, "{*}ORCID")}),
        "year": _texts(item, "{*}publication_date/{*}year"),
        "first page": _texts(item, "{*}pages/{*}first_page"),
        "last page": _texts(item, "{*}pages/{*}last_page"),
        "licence for": [ref.get("applies_to") for ref in item.iterfind(".//{*}license_ref")],
        "licence": sorted({text.removeprefix("http://").removeprefix("https://").removesuffix("/legalcode").rstrip("/")
                           for text in _texts(item, ".//{*}license_ref")}),
        "relations": len(item.findall(".//{*}related_item")),
        "text mining": len(item.findall("{*}doi_data/{*}collection[@property='text-mining']")),
        "citations": len(item.findall("{*}citation_list/{*}citation")),
    }  # fmt: skip


@pytest.fixture(scope="module")
def pairs(tmp_path_factory) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Theirs and ours of each paper."""
    deposits = sorted(Path(shared(WHERE)).glob("*.xml"))
    volume = proceedings.load(real_papers(tmp_path_factory.mktemp("real")))
    pages = {paper.id: proceedings.Range(2 * n + 1, 2 * n + 2) for n, paper in enumerate(volume.printed())}
    [data] = proceedings.export(proceedings.Book(volume, pages), "crossref").values()
    ours = {
        _texts(item, "{*}doi_data/{*}doi")[0]: _fields(item)
        for item in etree.fromstring(data).iter("{*}conference_paper")
    }
    theirs = [_fields(next(etree.parse(str(path)).iter("{*}journal_article"))) for path in deposits]
    return [(one, ours[one["doi"][0]]) for one in theirs]


def test_titles_and_identifiers_are_the_same(pairs):
    assert len(pairs) == 17
    for theirs, ours in pairs:
        for field in ("title", "doi", "licence"):
            assert ours[field] == theirs[field], (theirs["doi"], field)


def test_authors_are_the_same_and_two_papers_gain_theirs(pairs):
    without = [theirs["doi"] for theirs, _ in pairs if not theirs["surname"]]
    assert len(without) == 2
    for theirs, ours in pairs:
        assert ours["surname"], ours["doi"]
        for field in ("given", "surname", "sequence", "role", "orcid"):
            assert ours[field] == theirs[field] or theirs["doi"] in without, (theirs["doi"], field)


def test_what_differs(pairs):
    """Pages, kinds of licence, relations, links for text mining, references, and how an ORCID is written."""
    for theirs, ours in pairs:
        assert theirs["last page"] == []
        assert theirs["first page"] == [theirs["doi"][0].rpartition(".")[2].lstrip("0")]
        assert int(ours["last page"][0]) == int(ours["first page"][0]) + 1
        assert (theirs["licence for"], ours["licence for"]) == (["vor", "am", "tdm"], ["vor", "tdm"])
        assert (theirs["relations"], ours["relations"]) == (2, 0)
        assert (theirs["text mining"], ours["text mining"]) == (1, 0)
        assert ours["citations"] == 0
        assert set(ours["orcid form"]) <= {"https://orcid.org"}
    assert sum(theirs["orcid form"] == ["http://orcid.org"] for theirs, _ in pairs) == 11
    assert sum(theirs["citations"] > 0 for theirs, _ in pairs) == 16
