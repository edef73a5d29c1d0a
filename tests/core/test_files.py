"""Files: addressed by content, sniffed, served safely; in a folder or in an S3-compatible store."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from confsys import settings
from confsys.core import clock
from confsys.core.actor import SYSTEM
from confsys.core.files import UploadRefused, receive, send, sniffing
from confsys.core.files.storage import LocalStore, S3Store, Store, digest

PDF = b"%PDF-1.7\n%content"


def upload(content: bytes, name: str) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def package(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, sniffing.PDF),
        (b"junk\n" + PDF, sniffing.PDF),
        (package("word/document.xml"), sniffing.DOCX),
        (package("xl/workbook.xml"), sniffing.XLSX),
        (package("readme"), sniffing.ZIP),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        ("标题,作者".encode(), sniffing.TEXT),
        (("作" * 400).encode()[:1023], sniffing.TEXT),
        (b"\0\1\2", sniffing.BINARY),
    ],
)
def test_known_by_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    path = tmp_path / "anything.exe"
    path.write_bytes(content)
    assert sniffing.sniff(path) == media_type


def test_received_under_its_digest_and_never_by_its_name(app: Flask, var: Path) -> None:
    row = receive(upload(PDF, "../../etc/passwd.pdf"), allowed={sniffing.PDF}, actor=SYSTEM, at=clock.now())
    assert row.name == "passwd.pdf"
    assert (var / "files" / row.sha256[:2] / row.sha256).read_bytes() == PDF
    again = receive(upload(PDF, "other.pdf"), actor=SYSTEM, at=clock.now())
    assert again.sha256 == row.sha256


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (b"<html>sign in</html>", "another kind")])
def test_refused_with_a_sentence(app: Flask, content: bytes, words: str) -> None:
    with pytest.raises(UploadRefused, match=words):
        receive(upload(content, "paper.pdf"), allowed={sniffing.PDF}, actor=SYSTEM, at=clock.now())


def test_served_so_that_it_runs_nothing(app: Flask) -> None:
    row = receive(upload(PDF, "wang-wei-final.pdf"), actor=SYSTEM, at=clock.now())
    with app.test_request_context():
        answer = send(row, name="论文-17.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "wang" not in str(answer.headers)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "local":
        return LocalStore(tmp_path / "files")
    import requests

    address = request.getfixturevalue("s3_address")
    requests.put(f"{address}/papers", timeout=10).raise_for_status()
    given = settings.read(
        {}, mode="tests", file_store="s3", s3_bucket="papers", s3_endpoint=address, s3_access_key="k", s3_secret_key="s"
    )
    return S3Store(given)


def test_both_stores_keep_and_give_back(any_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "paper"
    path.write_bytes(PDF * 100_000)
    with path.open("rb") as source:
        sha256 = digest(source)
    any_store.check()
    any_store.put(path, sha256)
    any_store.put(path, sha256)
    assert b"".join(any_store.read(sha256)) == PDF * 100_000
    with any_store.local(sha256) as local:
        assert local.read_bytes() == PDF * 100_000


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "paper"
    path.write_bytes(PDF)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    made = LocalStore(tmp_path / "files")
    with pytest.raises(OSError, match="No space"):
        made.put(path, "a" * 64)
    assert list((tmp_path / "files" / "aa").iterdir()) == []
