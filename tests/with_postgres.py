"""Run a command (the suite) with a PostgreSQL server beside it: python -m tests.with_postgres COMMAND…"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import postgres


def main() -> int:
    if postgres.binaries() is None:
        print("PostgreSQL is not installed: the suite was NOT run on PostgreSQL.", file=sys.stderr)
        return 0
    with postgres.server() as address:
        environment = {**os.environ, postgres.SERVER_VARIABLE: address, "CONFSYS_TEST_DATABASE": "postgresql"}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
