"""Policy of a region and consent ahead."""

from piccolo.columns.column_types import Boolean
from piccolo.columns.column_types import Varchar
from piccolo.columns.indexes import IndexMethod
from bruecke.store.migrations import Manager


async def forwards() -> Manager:
    manager = Manager(
        migration_id="2026_11_22_07_policy_of_a_region_and_consent", app_name="bruecke"
    )
    manager.add_column(
        table_class_name="Region",
        tablename="region",
        column_name="passes_by_itself",
        db_column_name="passes_by_itself",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
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
    manager.add_column(
        table_class_name="Posting",
        tablename="posting",
        column_name="advance_consent",
        db_column_name="advance_consent",
        column_class_name="Boolean",
        column_class=Boolean,
        params={
            "default": False,
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
    manager.add_column(
        table_class_name="Match",
        tablename="match",
        column_name="by_policy",
        db_column_name="by_policy",
        column_class_name="Varchar",
        column_class=Varchar,
        params={
            "length": 20,
            "default": "",
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
