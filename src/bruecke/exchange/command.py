"""What `bruecke import` does: read, check, show, and write only when told to."""

import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bruecke.actions import import_undo, imports
from bruecke.clock import now
from bruecke.domain.errors import DomainError, NotThere
from bruecke.exchange import lines
from bruecke.exchange.freinet import CannotRead, Export, read_export
from bruecke.exchange.offers import read_row
from bruecke.exchange.progress import Progress
from bruecke.language.dates import today
from bruecke.store import regions
from bruecke.store.migrations import pending


def import_file(file: str, region: str, write: bool) -> Coroutine[Any, Any, None]:
    """The whole command; a file that cannot be read ends it before the database is opened."""
    try:
        export = read_export(Path(file))
    except CannotRead as problem:
        sys.exit(f"Nothing was imported. {problem}")
    return _import(export, _read(export), region, write)


def _read(export: Export) -> list[imports.Row]:
    progress = Progress(sys.stderr, "reading", len(export.rows))
    seen: dict[str, int] = {}
    found: list[imports.Row] = []
    for number, fields in enumerate(export.rows, start=1):
        found.append(read_row(number, fields, seen))
        progress.tick()
    progress.end()
    return found


async def _import(export: Export, rows: list[imports.Row], region: str, write: bool) -> None:
    await _up_to_date()
    region = region or await _only_region()
    instant = now()
    progress = Progress(sys.stderr, "writing", len(rows))
    try:
        if write:
            source = imports.Source(export.source, export.digest)
            day = today(instant)
            report = await imports.take(region, rows, source, instant, day, progress.tick)
        else:
            report = await imports.preview(region, rows)
    except DomainError:
        sys.exit(f'Nothing was imported. There is no region "{region}": bruecke region add')
    finally:
        progress.end()
    _say(lines.of_rows(report))
    _say(lines.sums(report, region, write))


async def _only_region() -> str:
    there = [region.id for region in await regions.with_desks()]
    if len(there) == 1:
        return there[0]
    names = ", ".join(there) or "none yet, see bruecke region add"
    sys.exit(f"Nothing was imported. Please name the region with --region: {names}")


async def undo(batch: str) -> None:
    """Takes a batch back and says what stays."""
    await _up_to_date()
    try:
        undone = await import_undo.undo(batch, now())
    except NotThere:
        sys.exit(f"Nothing was undone. There is no import {batch}.")
    except DomainError:
        sys.exit(f"Nothing was undone. The import {batch} is undone already.")
    _say(lines.of_undo(undone))


async def _up_to_date() -> None:
    # A dry run writes nothing, so it does not migrate either.
    if await pending():
        sys.exit("The database is not up to date yet. Please run: bruecke migrate")


def _say(said: Any) -> None:
    for line in said:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
