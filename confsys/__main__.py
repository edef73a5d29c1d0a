"""`python -m confsys` is the `confsys` command."""

from confsys.cli import main

main()
