"""Every page kind and every macro, as HTML: what the content policy forbids, what assistive tools need."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.look.gallery import PAGES, ROOT, create_app

MACROS = ROOT / "templates" / "macros"
SIGNATURE = re.compile(r"{%-? macro (\w+)\((.*?)\) -?%}")
NAMED = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list", "popovertarget")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


# One page at a time, so that all tests of a page read the same answer.
@pytest.fixture(scope="module", params=[(page, lang) for page in PAGES for lang in ("en", "zh")], ids="-".join)
def tree(request: pytest.FixtureRequest, client: FlaskClient) -> html.HtmlElement:
    page, lang = request.param
    return html.document_fromstring(client.get(f"/{page}?lang={lang}").text)


def _labelled(control: html.HtmlElement, tree: html.HtmlElement) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    labels = tree.xpath("//label[@for=$id]", id=control.get("id", ""))
    return any(label.text_content().strip() for label in labels)


def test_nothing_that_the_content_policy_forbids(tree: html.HtmlElement) -> None:
    assert tree.xpath("//*[@style]") == []
    assert tree.xpath("//style") == []
    assert tree.xpath("//@*[starts-with(name(), 'on') or starts-with(name(), 'hx-on')]") == []
    assert [s for s in tree.xpath("//script[not(@src)]") if s.get("type") != "application/json"] == []
    assert [a for a in tree.xpath("//@href | //@src") if a.startswith(("http:", "https:", "//", "javascript:"))] == []


def test_one_title_and_headings_in_order(tree: html.HtmlElement) -> None:
    levels = [int(h.tag[1]) for h in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert len(tree.xpath("//h1")) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert tree.xpath("string(//title)").strip(" ·")


def test_every_control_has_a_name(tree: html.HtmlElement) -> None:
    controls = tree.xpath("//*[self::input[not(@type='hidden')] or self::select or self::textarea]")
    assert [html.tostring(c) for c in controls if not _labelled(c, tree)] == []
    buttons = tree.xpath("//button")
    assert [html.tostring(b) for b in buttons if not (b.text_content().strip() or b.get("aria-label"))] == [
        html.tostring(b) for b in buttons if b.get("data-theme-switch") is not None
    ]
    assert [html.tostring(b) for b in buttons if b.get("type") is None] == []


def test_ids_are_unique_and_named_ids_exist(tree: html.HtmlElement) -> None:
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, times in ids.items() if times > 1] == []
    for attribute in NAMED:
        for value in tree.xpath(f"//@{attribute}"):
            assert set(value.split()) <= set(ids), f"{attribute}={value}"
    for fragment in tree.xpath("//a[starts-with(@href, '#')]/@href"):
        assert fragment[1:] in ids, fragment


def test_forms_that_change_something_carry_the_token(tree: html.HtmlElement) -> None:
    for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        assert form.xpath(".//input[@name='csrf_token']"), html.tostring(form)[:200]
    assert tree.xpath("//p//form | //p//div | //p//ul | //button//a | //a//a") == []


def test_the_language_is_said(tree: html.HtmlElement) -> None:
    assert tree.get("lang") in {"en", "zh-Hans"}


def _macros() -> Iterator[tuple[str, str, str]]:
    for path in sorted(MACROS.glob("*.html")):
        for name, signature in SIGNATURE.findall(path.read_text("utf-8")):
            if not name.startswith("_"):
                yield path.stem, name, signature


@pytest.mark.parametrize(("file", "name", "signature"), list(_macros()))
def test_every_macro_is_documented_as_it_is(file: str, name: str, signature: str) -> None:
    documented = (ROOT / "docs" / "design-system.md").read_text("utf-8")
    chapter = documented.partition(f"\n## {file}.html")[2].partition("\n## ")[0]
    assert f"{name}({signature}" in chapter


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, name, _ in _macros()])
def test_every_macro_is_shown_in_the_gallery(file: str, name: str) -> None:
    folders = ("tests/look/pages", "tests/look/parts", "templates/partials", "templates/macros")
    texts = [p.read_text("utf-8") for folder in folders for p in (ROOT / folder).glob("*.html")]
    uses = sum(len(re.findall(rf"\b{name}\(", text)) for text in texts)
    definitions = sum(len(re.findall(rf"macro {name}\(", text)) for text in texts)
    assert uses > definitions
