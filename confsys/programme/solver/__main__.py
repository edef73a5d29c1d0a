"""`python -m confsys.programme.solver`."""

import sys

from confsys.programme.solver.cli import main

sys.exit(main())
