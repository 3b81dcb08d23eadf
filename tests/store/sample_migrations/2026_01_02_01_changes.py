"""Every kind of change SQLite cannot make in place, at once."""

from piccolo.columns import BigInt, ForeignKey, Integer, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from bruecke.store.engine import current_engine
from bruecke.store.migrations import Manager


class Guild(Table, tablename="guild"):
    id = Varchar(length=22, primary_key=True, default="")


async def name_the_nameless() -> None:
    await current_engine().run_ddl("UPDATE guild SET nickname = '' WHERE nickname IS NULL")


async def forwards() -> Manager:
    manager = Manager(migration_id="2026_01_02_01_changes", app_name="bruecke")
    manager.add_raw(name_the_nameless)

    def alter(column: str, before: dict[str, object], after: dict[str, object]) -> None:
        manager.alter_column(
            "Guild",
            "guild",
            column,
            params=after,
            old_params=before,
            column_class=Varchar,
            old_column_class=Varchar,
        )

    alter("name", {"unique": False, "length": 10}, {"unique": True, "length": 80})
    alter("nickname", {"null": True, "default": None}, {"null": False, "default": ""})
    alter("greeting", {"default": ""}, {"default": "Moin"})
    manager.alter_column(
        "Guild",
        "guild",
        "size",
        params={"default": 1},
        old_params={"default": 0},
        column_class=BigInt,
        old_column_class=Integer,
    )
    manager.alter_column(
        "Member",
        "member",
        "guild",
        params={"on_delete": OnDelete.set_null},
        old_params={"on_delete": OnDelete.cascade},
        column_class=ForeignKey,
        old_column_class=ForeignKey,
    )
    manager.drop_column("Guild", "guild", "motto")
    manager.rename_column("Guild", "guild", "town", "city")
    manager.add_column(
        "Guild",
        "guild",
        "state",
        column_class=Varchar,
        params={
            "length": 40,
            "default": "open",
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": True,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
    )
    return manager
