"""Notices that a later move covers."""

from piccolo.columns.column_types import BigInt
from piccolo.columns.indexes import IndexMethod
from bruecke.store.migrations import Manager


async def forwards() -> Manager:
    manager = Manager(
        migration_id="2026_11_22_11_notices_that_a_later_move_covers", app_name="bruecke"
    )
    manager.add_column(
        table_class_name="Notification",
        tablename="notification",
        column_name="covered_at",
        db_column_name="covered_at",
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
