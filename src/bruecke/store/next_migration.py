"""Writes the next migration: `python -m bruecke.store.next_migration what it is about`."""

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import black
from piccolo.apps.migrations.auto.diffable_table import DiffableTable
from piccolo.apps.migrations.auto.schema_differ import SchemaDiffer
from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot

from bruecke import clock
from bruecke.store.migrations import Manager, all_managers
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables.indexes import INDEXES

_INDEX_NAME = re.compile(r"INDEX (?:IF NOT EXISTS )?\"?(\w+)", re.IGNORECASE)


def index_name(statement: str) -> str:
    """The name a CREATE INDEX statement gives."""
    found = _INDEX_NAME.search(statement)
    if found is None:
        raise ValueError(f"No index name in {statement!r}")
    return found[1]


async def write(about: str) -> Path | None:
    """A migration from the migrated to today's tables and INDEXES; None if nothing changed.

    A renamed column is asked for on the terminal. Read the file before you commit it.
    """
    before = await all_managers()
    today = [
        DiffableTable(
            class_name=table.__name__,
            tablename=table._meta.tablename,
            columns=table._meta.non_default_columns,
            constraints=table._meta.constraints,
        )
        for table in APP_CONFIG.table_classes
    ]
    snapshot = SchemaSnapshot(managers=list(before)).get_snapshot()
    changes = SchemaDiffer(schema=today, schema_snapshot=snapshot).get_alter_statements()
    steps = _index_steps(before) + [line for change in changes for line in change.statements]
    if not steps:
        return None
    imports = {repr(found) for change in changes for found in change.extra_imports}
    imports.add("from bruecke.store.migrations import Manager")
    definitions = sorted({repr(found) for change in changes for found in change.extra_definitions})
    folder = Path(APP_CONFIG.migrations_folder_path)
    name = _name(about, [manager.migration_id for manager in before])
    text = "\n".join(
        [
            f'"""{about[:1].upper()}{about[1:].rstrip(".")}."""',
            *sorted(imports, key=lambda line: ("bruecke" in line, line)),
            *definitions,
            "async def forwards() -> Manager:",
            f"    manager = Manager(migration_id={name!r}, app_name={APP_CONFIG.app_name!r})",
            *(f"    {step}" for step in steps),
            "    return manager",
        ]
    )
    path = folder / f"{name}.py"
    folder.mkdir(exist_ok=True)
    path.write_text(black.format_str(text, mode=black.Mode(line_length=100)))
    return path


def _index_steps(before: list[Manager]) -> list[str]:
    there: dict[str, str] = {}
    for manager in before:
        for name in manager.dropped_indexes:
            there.pop(name, None)
        there.update({index_name(statement): statement for statement in manager.indexes})
    wanted = {index_name(statement): statement for statement in INDEXES}
    gone = [name for name, statement in there.items() if wanted.get(name) != statement]
    fresh = [statement for name, statement in wanted.items() if there.get(name) != statement]
    return [f"manager.drop_index({name!r})" for name in gone] + [
        f"manager.add_index({statement!r})" for statement in fresh
    ]


def _name(about: str, taken: list[str]) -> str:
    words = "_".join(re.findall(r"[a-z0-9]+", about.lower())[:6])
    day = datetime.fromtimestamp(clock.now(), UTC).strftime("%Y_%m_%d")
    number = sum(name.startswith(day) for name in taken) + 1
    return f"{day}_{number:02}_{words}"


def main() -> None:
    """Entry of the command."""
    about = " ".join(sys.argv[1:]).strip()
    if not about:
        sys.exit("Say in a few words what the migration is about")
    path = asyncio.run(write(about))
    sys.stdout.write(f"{path or 'Nothing changed'}\n")


if __name__ == "__main__":
    main()
