"""Word documents to PDF through LibreOffice, kept on a short lead.

Each call has a profile of its own (two runs on one profile wait for each other or fail), a time limit and
one retry; the whole group of processes is killed when time is up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 180.0
_TRIES = 2


class OfficeError(Exception):
    """No PDF was made.

    ``code`` is "office-absent" or "office-failed" (a code of the catalogue of findings).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def program() -> str | None:
    """Path of LibreOffice, or ``None`` where it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def to_pdf(document: Path, target: Path, seconds: float = SECONDS) -> None:
    """Write ``document`` (DOCX) as PDF to ``target``. Raises :class:`OfficeError`."""
    office = program()
    if office is None:
        raise OfficeError("office-absent")
    for _ in range(_TRIES):
        with tempfile.TemporaryDirectory(prefix="office-") as folder:
            made = _once(office, document, Path(folder), seconds)
            if made is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(made, target)
                return
    raise OfficeError("office-failed")


def _once(office: str, document: Path, folder: Path, seconds: float) -> Path | None:
    source = folder / "paper.docx"  # a plain name: LibreOffice derives the PDF's from it
    shutil.copyfile(document, source)
    output = folder / "out"
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(output),
        str(source),
    ]
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(process)
    made = output / "paper.pdf"
    return made if made.is_file() and made.stat().st_size else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the program and whatever it started (soffice is a script that starts another)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
