"""`python -m bruecke` is the `bruecke` command."""

from bruecke.cli import main

main()
