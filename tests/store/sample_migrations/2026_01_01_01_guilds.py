"""Two tables, a raw partial index and a trigger to start from."""

from piccolo.columns import ForeignKey, Integer, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from bruecke.store.migrations import Manager


class Guild(Table, tablename="guild"):
    id = Varchar(length=22, primary_key=True, default="")


def _params(**changed: object) -> dict[str, object]:
    return {
        "default": "",
        "null": False,
        "primary_key": False,
        "unique": False,
        "index": False,
        "index_method": IndexMethod.btree,
        "choices": None,
        "db_column_name": None,
        "secret": False,
        **changed,
    }


async def forwards() -> Manager:
    manager = Manager(migration_id="2026_01_01_01_guilds", app_name="bruecke")
    manager.add_table("Guild", tablename="guild")
    manager.add_table("Member", tablename="member")
    for name, params in {
        "id": _params(length=22, primary_key=True),
        "name": _params(length=10),
        "nickname": _params(length=40, default=None, null=True),
        "town": _params(length=40, index=True),
        "motto": _params(length=40, index=True),
        "greeting": _params(length=40),
    }.items():
        manager.add_column("Guild", "guild", name, column_class=Varchar, params=params)
    manager.add_column("Guild", "guild", "size", column_class=Integer, params=_params(default=0))
    manager.add_column(
        "Member",
        "member",
        "id",
        column_class=Varchar,
        params=_params(length=22, primary_key=True),
    )
    manager.add_column(
        "Member",
        "member",
        "guild",
        column_class=ForeignKey,
        params=_params(
            references=Guild,
            on_delete=OnDelete.cascade,
            on_update=OnUpdate.cascade,
            target_column=None,
            default=None,
            null=True,
            index=True,
        ),
    )
    manager.add_index("CREATE UNIQUE INDEX guild_big ON guild (name, town) WHERE size > 10")
    manager.add_index("CREATE INDEX guild_motto_size ON guild (motto, size)")
    return manager
