"""The EPUB by the judgement of epubcheck, with the text of a Word paper and the abstracts of the others."""

import json
import posixpath
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import proceedings
from proceedings.formats.epub import write
from tests.proceedings.volumes import small
from tests.proceedings.words import document


@pytest.fixture(scope="module")
def epub(tmp_path_factory) -> Path:
    folder = small(tmp_path_factory.mktemp("epub"))
    data = json.loads((folder / "volume.json").read_text())
    pages = {"p1": proceedings.Range(1, 2), "p2": proceedings.Range(3, 4)}
    book = proceedings.Book(proceedings.volume_of(data, folder), pages)
    target = folder / "volume.epub"
    target.write_bytes(write(book, {"p2": document(folder / "w.docx")}))
    return target


def test_epubcheck_finds_no_fault(epub: Path):
    program = shutil.which("epubcheck")
    if program is None or shutil.which("java") is None:
        pytest.skip("epubcheck is not installed")
    # Debian's command is the archive itself, which only a kernel that knows of such archives can run.
    done = subprocess.run(["java", "-jar", program, "--failonwarnings", epub], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_every_link_leads_to_a_part_of_the_book(epub: Path):
    with zipfile.ZipFile(epub) as archive:
        names = set(archive.namelist())
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        for name in (name for name in names if name.endswith(".xhtml")):
            page = archive.read(name).decode()
            for link in re.findall(r'(?:href|src)="([^"#:]+)(?:#[^"]*)?"', page):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) in names, (name, link)
        words = "".join(archive.read(name).decode() for name in names if name.endswith(".xhtml"))
    assert "A table cell" in words
    assert "本文研究事物" in words
