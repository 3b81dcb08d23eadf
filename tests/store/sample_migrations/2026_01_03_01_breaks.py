"""Fails on purpose: two guilds share a greeting."""

from piccolo.columns import Varchar

from bruecke.store.engine import current_engine
from bruecke.store.migrations import Manager


async def rename_all() -> None:
    await current_engine().run_ddl("UPDATE guild SET nickname = 'lost'")


async def forwards() -> Manager:
    manager = Manager(migration_id="2026_01_03_01_breaks", app_name="bruecke")
    manager.add_raw(rename_all)
    manager.alter_column(
        "Guild",
        "guild",
        "greeting",
        params={"unique": True},
        old_params={"unique": False},
        column_class=Varchar,
        old_column_class=Varchar,
    )
    return manager
