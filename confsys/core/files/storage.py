"""Where content lies: a local folder, or an S3-compatible store. Addressed by SHA-256."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from flask import Flask, current_app

if TYPE_CHECKING:
    from confsys.settings import Settings

CHUNK = 1 << 18


class Store(Protocol):
    def put(self, path: Path, sha256: str) -> None:
        """Keep the content of ``path``; keeping the same content again changes nothing."""

    def read(self, sha256: str) -> Iterator[bytes]:
        """The content in pieces. Raises FileNotFoundError."""

    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """A file on this machine with the content, for programs that need a path."""

    def remove(self, sha256: str) -> None:
        """Delete the content; content that is not there is no fault."""

    def check(self) -> None:
        """Raise OSError when the store cannot be reached or written."""


def digest(source: BinaryIO) -> str:
    """SHA-256 of a stream, hexadecimal."""
    found = hashlib.sha256()
    while piece := source.read(CHUNK):
        found.update(piece)
    return found.hexdigest()


class LocalStore:
    """``<folder>/ab/abcdef…``; a file appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, path: Path, sha256: str) -> None:
        target = self.path(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as sink, path.open("rb") as source:
                while piece := source.read(CHUNK):
                    sink.write(piece)
                sink.flush()
                os.fsync(sink.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def read(self, sha256: str) -> Iterator[bytes]:
        with self.path(sha256).open("rb") as source:
            while piece := source.read(CHUNK):
                yield piece

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        path = self.path(sha256)
        if not path.exists():
            raise FileNotFoundError(path)
        yield path

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def check(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.folder):
            pass


class S3Store:
    """Objects named ``ab/abcdef…`` in one bucket of any S3-compatible service."""

    def __init__(self, settings: Settings) -> None:
        # Loaded only where it is used: the library is an optional extra.
        from obstore.store import S3Store as Bucket  # noqa: PLC0415

        plain_http = settings.s3_endpoint.startswith("http://")
        self.bucket = Bucket(
            settings.s3_bucket,
            endpoint=settings.s3_endpoint or None,
            region=settings.s3_region,
            access_key_id=settings.s3_access_key,
            secret_access_key=settings.s3_secret_key,
            virtual_hosted_style_request=False,
            client_options={"allow_http": plain_http},
        )

    @staticmethod
    def key(sha256: str) -> str:
        return f"{sha256[:2]}/{sha256}"

    def put(self, path: Path, sha256: str) -> None:
        import obstore  # noqa: PLC0415  (optional extra)

        obstore.put(self.bucket, self.key(sha256), path)

    def read(self, sha256: str) -> Iterator[bytes]:
        import obstore  # noqa: PLC0415  (optional extra)

        for piece in obstore.get(self.bucket, self.key(sha256)).stream(min_chunk_size=CHUNK):
            yield bytes(piece)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="confsys-") as folder:
            path = Path(folder) / sha256
            with path.open("wb") as sink:
                for piece in self.read(sha256):
                    sink.write(piece)
            yield path

    def remove(self, sha256: str) -> None:
        import obstore  # noqa: PLC0415  (optional extra)

        obstore.delete(self.bucket, self.key(sha256))

    def check(self) -> None:
        import obstore  # noqa: PLC0415  (optional extra)
        from obstore.exceptions import BaseError  # noqa: PLC0415

        try:
            next(iter(obstore.list(self.bucket, prefix="readyz")), None)
        except BaseError as error:
            raise OSError(str(error)) from error


def configure(app: Flask) -> None:
    settings = app.extensions["settings"]
    made = S3Store(settings) if settings.file_store == "s3" else LocalStore(settings.var / "files")
    app.extensions["file_store"] = made
    app.config["MAX_CONTENT_LENGTH"] = settings.upload_limit_mb * 1024 * 1024 + 65536
    app.config["MAX_FORM_MEMORY_SIZE"] = 2 * 1024 * 1024
    app.config["MAX_FORM_PARTS"] = 10_000  # a paper of five hundred authors is one form


def store() -> Store:
    return cast("Store", current_app.extensions["file_store"])
