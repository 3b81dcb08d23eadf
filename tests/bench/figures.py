"""One measured figure with the target it is held against."""

import os
import platform
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Figure(NamedTuple):
    """A line of the report; `within` says whether twice the target is kept, "" where none is."""

    what: str
    measured: str
    target: str
    within: str = ""


def within(value: float, target: float, most: bool = True) -> str:
    """ "yes", "within 2 ×" or "no": the target of DESIGN 7, or its double for a first version."""
    if value <= target if most else value >= target:
        return "yes"
    return "within 2 ×" if (value <= 2 * target if most else 2 * value >= target) else "no"


def cpu_seconds(group: int) -> float:
    """User and system time of all processes of a process group, in seconds."""
    ticks = 0
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def median(measure: Callable[[], float], rounds: int = 5) -> float:
    """The middle one of several measurements: these machines are noisy."""
    return statistics.median(measure() for _ in range(rounds))


def machine() -> str:
    """What the figures were made on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in (PROC / "cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}"
