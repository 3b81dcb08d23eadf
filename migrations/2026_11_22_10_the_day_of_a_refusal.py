"""The day of a refusal."""

from piccolo.columns.column_types import BigInt
from piccolo.columns.indexes import IndexMethod
from bruecke.store.migrations import Manager


async def forwards() -> Manager:
    manager = Manager(migration_id="2026_11_22_10_the_day_of_a_refusal", app_name="bruecke")
    manager.add_column(
        table_class_name="Subscription",
        tablename="subscription",
        column_name="refused_at",
        db_column_name="refused_at",
        column_class_name="BigInt",
        column_class=BigInt,
        params={
            "default": 0,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )
    return manager
