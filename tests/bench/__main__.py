"""`make bench`: measures, prints, and writes docs/benchmarks.md."""

import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import candidates, pages, pushes, queries
from tests.bench.figures import Figure, machine

REPORT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[], list[Figure]]] = {
    "Matching": candidates.measure,
    "Push": pushes.measure,
    "Pages": pages.measure,
    "Questions": queries.measure,
}
INTRODUCTION = """# Benchmarks

Written by `make bench` on {day}, on {machine}.
Machines are noisy and differ: what counts are the ratios, and both sides of a ratio come from the
same run. "within 2 ×" means that the target is not reached yet, but its double is kept.

How they are made: `tests/bench/`. Matching: the whole answer against the bare `sqlite3` query on
the same file and index. Push: from rows in the outbox to closed rows, against the encryption alone.
Pages: CPU of the server for one request of a seeded demo, against a route that only says "ok".
"""


def main() -> None:
    """Runs the parts named on the command line, or all; only a whole run writes the report."""
    logging.disable(logging.INFO)
    chosen = sys.argv[1:] or list(PARTS)
    lines = []
    for name in chosen:
        lines += [f"\n## {name}\n", "| figure | measured | target | kept |", "|---|---|---|---|"]
        for figure in PARTS[name]():
            row = f"| {figure.what} | {figure.measured} | {figure.target} | {figure.within} |"
            sys.stdout.write(row + "\n")
            sys.stdout.flush()
            lines.append(row)
    if len(chosen) == len(PARTS):
        day = datetime.now(UTC).date().isoformat()
        head = INTRODUCTION.format(day=day, machine=machine())
        REPORT.write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
